// @title      Party organizations whose tier does not fit the number of members
// @title.zh   党组织层级与党员数不匹配
// @about      One row per organization of a community or unit. Counted by affiliation: Party members,
// @about      probationary ones too, of the organization and of all below it. Not applicable to work
// @about      committees, groups and functional branches. Guidance: the figures were written for
// @about      Party and state organs, and exceptions are approved often.
// @about.zh   社区和单位党组织各一行；按组织关系计本级及所属各级党组织的党员（含预备党员）。党工委、党小组、
// @about.zh   功能型党支部不适用。所依文本适用于机关，社区仅供参考，经批准的例外较多。
// @rule       R06
// @severity   info
// @identity   subject
// @places     subject bodies_at_places, subject organizations_at_buildings, subject organizations_at_seats
// @version    2
// @verified   V2
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      general_branch_min  int[1..10000]  50   "members from which a general branch is usual, persons" / "一般设党总支的党员数（人）"
// @param      committee_min       int[1..10000]  100  "members from which a Party committee is usual, persons" / "一般设党委的党员数（人）"
// @reason     {subject} has {members} Party members with those below it; {findings}
// @reason.zh  {subject}连同所属党组织有党员{members}人，{findings}
// @finding    too_few "fewer than its tier has as a rule" / "少于该层级党组织一般应有的人数"
// @finding    too_many "as many as a higher tier has as a rule" / "已达到上一层级党组织一般应有的人数"
// @tells      MEMBER_OF, party_status, party_joined_on
// @returns    subject, area, tier, members, not_known, verdict, findings, missing, evidence
// @source     中国共产党党和国家机关基层组织工作条例 Art. 5-7 (index of the text seen on a public page),
// @source     written for organs; for communities guidance only.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (b:PartyOrganization)
  RETURN b
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-()<-[c:COVERS]-(b:PartyOrganization)
  WHERE w.since <= $as_of < w.until AND c.since <= $as_of < c.until
  RETURN b
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-()<-[i:BASED_IN]-()<-[c:COVERS]-(b:PartyOrganization)
  WHERE w.since <= $as_of < w.until AND i.since <= $as_of < i.until AND c.since <= $as_of < c.until
  RETURN b
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[up:PART_OF*1..4]-()<-[c:COVERS]-(b:PartyOrganization)
  WHERE w.since <= $as_of < w.until AND all(e IN up + [c] WHERE e.since <= $as_of < e.until)
  RETURN b
}
WITH b WHERE b.level IN ['community', 'unit']
WITH b,
  [(b)-[c:COVERS]->(x)
   WHERE c.since <= $as_of < c.until | x] AS covered,
  [(b)-[c:COVERS]->()-[i:BASED_IN]->(x)
   WHERE c.since <= $as_of < c.until AND i.since <= $as_of < i.until | x] AS seats
WITH b, reduce(found = covered + seats, y IN [x IN covered WHERE x:Building OR x:Grid]
  | found + [(y)-[up:PART_OF*1..4]->(x)
             WHERE (x:Building OR x:Quarter) AND all(e IN up WHERE e.since <= $as_of < e.until) | x]) AS grounds
WHERE size(grounds) > 0 OR EXISTS { MATCH (b)-[r:SUBORDINATE_TO]-() WHERE r.since <= $as_of < r.until }
WITH b,
  reduce(low = null, key IN reduce(found = [], x IN grounds
    | found + [(x)-[w:WITHIN]->(a)
               WHERE w.since <= $as_of < w.until | toString(w.height) + a.id])
    | CASE WHEN low < key THEN low ELSE key END) AS low,
  reduce(found = [], s IN [b] + grounds
    | found + [(s)-[w:WITHIN*0..1]->()-[k:COMPLETE_IN {subject: 'party_organization'}]->(:SourceDocument)
               WHERE all(e IN w + [k] WHERE e.since <= $as_of < e.until) | k.id]) AS tree_listed,
  coalesce(b.tier, '') IN ['work_committee', 'group', 'functional_branch'] AS exempt
// An organization may be below by two ways; what is counted and listed is distinct further on.
WITH b, substring(low, 1) AS area, tree_listed, exempt, CASE WHEN exempt THEN [] ELSE
  [(b)<-[up:SUBORDINATE_TO*0..8]-(x:PartyOrganization)
   WHERE all(e IN up WHERE e.since <= $as_of < e.until) | x] END AS tree
WITH b, area, tree_listed, exempt, tree,
  reduce(found = [], x IN tree
    | found + [(x)<-[m:MEMBER_OF]-(p:Person)
               WHERE m.since <= $as_of < m.until AND coalesce(p.party_status, '') <> 'none'
                 AND coalesce(p.party_joined_on, $as_of) <= $as_of
               | {id: m.id, person: p.id, open:
                  CASE WHEN p.party_status IS NULL THEN p.id + '.party_status'
                       ELSE [word IN coalesce(p.date_precision, []) WHERE p.party_joined_on <= $as_of < CASE word
                         WHEN 'party_joined_on:month' THEN p.party_joined_on + duration({months: 1, days: -1})
                         WHEN 'party_joined_on:year' THEN p.party_joined_on + duration({years: 1, days: -1}) END
                        | p.id + '.party_joined_on'][0] END}]) AS found,
  [x IN tree | {at: x.id, group: coalesce(x.tier, '') = 'group', ids:
    [(x)-[k:COMPLETE_IN {subject: 'membership'}]->(:SourceDocument)
     WHERE k.since <= $as_of < k.until | k.id]
    + [(x)-[c:COVERS]->()-[w:WITHIN*0..1]->()-[k:COMPLETE_IN {subject: 'membership'}]->(:SourceDocument)
       WHERE all(e IN [c, k] + w WHERE e.since <= $as_of < e.until) | k.id]
    + [(x)-[c:COVERS]->()-[i:BASED_IN]->()-[w:WITHIN*0..1]->()
         -[k:COMPLETE_IN {subject: 'membership'}]->(:SourceDocument)
       WHERE all(e IN [c, i, k] + w WHERE e.since <= $as_of < e.until) | k.id]
    + reduce(more = [], y IN [(x)-[c:COVERS]->(y) WHERE (y:Building OR y:Grid) AND c.since <= $as_of < c.until | y]
      | more + [(y)-[up:PART_OF*1..4]->(s)-[w:WITHIN*0..1]->()
                  -[k:COMPLETE_IN {subject: 'membership'}]->(:SourceDocument)
                WHERE (s:Building OR s:Quarter) AND all(e IN [k] + up + w WHERE e.since <= $as_of < e.until)
                | k.id])
  }] AS lists,
  CASE b.tier WHEN 'committee' THEN $committee_min
              WHEN 'general_branch' THEN $general_branch_min ELSE 0 END AS low,
  CASE b.tier WHEN 'committee' THEN null
              WHEN 'general_branch' THEN $committee_min ELSE $general_branch_min END AS beyond
WITH b, area, tree_listed, exempt, found, lists, low, beyond,
  [k IN lists WHERE NOT k.group AND size(k.ids) = 0 | 'membership@' + k.at] AS bare,
  size(COLLECT { UNWIND found AS m WITH m WHERE m.open IS NULL RETURN DISTINCT m.person }) AS members,
  [m IN found WHERE m.open IS NOT NULL | m.open] AS dubious
WITH b, area, tree_listed, exempt, lists, members, low, beyond,
  CASE WHEN size(dubious) < 2 THEN dubious ELSE
    COLLECT { UNWIND dubious AS one WITH DISTINCT one AS id RETURN id ORDER BY id } END AS open,
  CASE WHEN size(tree_listed) = 0 THEN ['party_organization@' + b.id] ELSE [] END
  + CASE WHEN size(bare) < 2 THEN bare ELSE
      COLLECT { UNWIND bare AS m WITH DISTINCT m AS id RETURN id ORDER BY id } END AS unlisted
WITH b, area, tree_listed, lists, unlisted, members, open,
  CASE WHEN exempt OR b.tier IS NULL THEN []
       WHEN members >= beyond THEN ['too_many']
       WHEN size(unlisted) = 0 AND members + size(open) < low THEN ['too_few']
       ELSE [] END AS findings,
  CASE WHEN exempt THEN 'not_applicable'
       WHEN b.tier IS NULL OR members < low THEN 'unknown'
       WHEN beyond IS NULL THEN 'pass'
       WHEN size(unlisted) > 0 OR members + size(open) >= beyond THEN 'unknown'
       ELSE 'pass' END AS otherwise
WITH b, area, tree_listed, lists, unlisted, members, open, findings,
  CASE WHEN size(findings) > 0 THEN 'fail' ELSE otherwise END AS verdict
RETURN b.id AS subject, area, b.tier AS tier, members, size(open) AS not_known, verdict, findings,
  CASE WHEN verdict <> 'unknown' THEN []
       WHEN b.tier IS NULL THEN [b.id + '.tier']
       ELSE unlisted + open END AS missing,
  [b.id] + CASE WHEN verdict <> 'fail' THEN [] ELSE
    // Asked again: with each row that is sorted both engines count the whole list that it comes from.
    COLLECT { MATCH (b)<-[up:SUBORDINATE_TO*0..8]-(:PartyOrganization)<-[m:MEMBER_OF]-(p:Person)
              WHERE all(e IN up + [m] WHERE e.since <= $as_of < e.until)
                AND coalesce(p.party_status, '') <> 'none' AND coalesce(p.party_joined_on, $as_of) <= $as_of
              WITH DISTINCT m.id AS id RETURN id ORDER BY id } END
  + CASE WHEN 'too_few' IN findings THEN
      COLLECT { UNWIND tree_listed AS k WITH DISTINCT k AS id RETURN id ORDER BY id }
      + COLLECT { UNWIND lists AS k UNWIND k.ids AS one WITH DISTINCT one AS id RETURN id ORDER BY id } ELSE [] END AS evidence
ORDER BY subject
