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
  COLLECT { MATCH (b)-[c:COVERS]->(x)
            WHERE c.since <= $as_of < c.until
            RETURN x ORDER BY x.id }
  + COLLECT { MATCH (b)-[c:COVERS]->()-[i:BASED_IN]->(x)
              WHERE c.since <= $as_of < c.until AND i.since <= $as_of < i.until
              RETURN x ORDER BY x.id }
  + COLLECT { MATCH (b)-[c:COVERS]->(y)-[up:PART_OF*1..4]->(x)
              WHERE (y:Building OR y:Grid) AND (x:Building OR x:Quarter)
                AND all(e IN [c] + up WHERE e.since <= $as_of < e.until)
              RETURN x ORDER BY x.id } AS grounds
WHERE size(grounds) > 0 OR EXISTS { MATCH (b)-[r:SUBORDINATE_TO]-() WHERE r.since <= $as_of < r.until }
WITH b, grounds, COLLECT { UNWIND grounds AS x
                            MATCH (x)-[w:WITHIN]->(a)
                            WHERE w.since <= $as_of < w.until
                            WITH DISTINCT a, w.height AS height
                            RETURN a ORDER BY height, a.id } AS above
WITH b,
  above[0].id AS area,
  COLLECT { UNWIND [b] + grounds + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'party_organization'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN DISTINCT k.id AS id ORDER BY id } AS tree_listed,
  coalesce(b.tier, '') IN ['work_committee', 'group', 'functional_branch'] AS exempt,
  COLLECT { MATCH (b)<-[up:SUBORDINATE_TO*0..8]-(x:PartyOrganization)
            WHERE all(e IN up WHERE e.since <= $as_of < e.until)
            RETURN DISTINCT x ORDER BY x.id } AS tree
WITH b, area, tree_listed, exempt, CASE WHEN exempt THEN [] ELSE tree END AS tree
WITH b, area, tree_listed, exempt, tree,
  COLLECT { UNWIND tree AS x
            MATCH (x)<-[m:MEMBER_OF]-(p:Person)
            WHERE m.since <= $as_of < m.until AND coalesce(p.party_status, '') <> 'none'
              AND coalesce(p.party_joined_on, $as_of) <= $as_of
            RETURN {id: m.id, person: p.id, open:
              CASE WHEN p.party_status IS NULL THEN p.id + '.party_status'
                   ELSE [word IN coalesce(p.date_precision, []) WHERE p.party_joined_on <= $as_of < CASE word
                     WHEN 'party_joined_on:month' THEN p.party_joined_on + duration({months: 1, days: -1})
                     WHEN 'party_joined_on:year' THEN p.party_joined_on + duration({years: 1, days: -1}) END
                    | p.id + '.party_joined_on'][0] END} ORDER BY m.id } AS found,
  COLLECT { UNWIND tree AS x
            CALL (x) {
              MATCH (x)-[k:COMPLETE_IN {subject: 'membership'}]->(:SourceDocument)
              WHERE k.since <= $as_of < k.until RETURN k.id AS id
              UNION
              MATCH (x)-[c:COVERS]->()-[w:WITHIN*0..1]->()-[k:COMPLETE_IN {subject: 'membership'}]->(:SourceDocument)
              WHERE all(e IN [c, k] + w WHERE e.since <= $as_of < e.until) RETURN k.id AS id
              UNION
              MATCH (x)-[c:COVERS]->()-[i:BASED_IN]->()-[w:WITHIN*0..1]->()
                -[k:COMPLETE_IN {subject: 'membership'}]->(:SourceDocument)
              WHERE all(e IN [c, i, k] + w WHERE e.since <= $as_of < e.until) RETURN k.id AS id
              UNION
              MATCH (x)-[c:COVERS]->(y)-[up:PART_OF*1..4]->(s)-[w:WITHIN*0..1]->()
                -[k:COMPLETE_IN {subject: 'membership'}]->(:SourceDocument)
              WHERE (y:Building OR y:Grid) AND (s:Building OR s:Quarter)
                AND all(e IN [c, k] + up + w WHERE e.since <= $as_of < e.until) RETURN k.id AS id
            }
            RETURN {at: x.id, id: id} AS k ORDER BY k.id, k.at } AS lists,
  CASE b.tier WHEN 'committee' THEN $committee_min
              WHEN 'general_branch' THEN $general_branch_min ELSE 0 END AS low,
  CASE b.tier WHEN 'committee' THEN null
              WHEN 'general_branch' THEN $committee_min ELSE $general_branch_min END AS beyond
WITH b, area, tree_listed, exempt, found, lists, low, beyond,
  CASE WHEN size(tree_listed) = 0 THEN ['party_organization@' + b.id] ELSE [] END
  + [x IN tree WHERE coalesce(x.tier, '') <> 'group' AND NOT any(k IN lists WHERE k.at = x.id)
     | 'membership@' + x.id] AS unlisted,
  size(COLLECT { UNWIND found AS m WITH m WHERE m.open IS NULL RETURN DISTINCT m.person }) AS members,
  COLLECT { UNWIND found AS m WITH m WHERE m.open IS NOT NULL RETURN DISTINCT m.open AS m ORDER BY m } AS open
WITH b, area, tree_listed, found, lists, unlisted, members, open,
  CASE WHEN exempt OR b.tier IS NULL THEN []
       WHEN members >= beyond THEN ['too_many']
       WHEN size(unlisted) = 0 AND members + size(open) < low THEN ['too_few']
       ELSE [] END AS findings,
  CASE WHEN exempt THEN 'not_applicable'
       WHEN b.tier IS NULL OR members < low THEN 'unknown'
       WHEN beyond IS NULL THEN 'pass'
       WHEN size(unlisted) > 0 OR members + size(open) >= beyond THEN 'unknown'
       ELSE 'pass' END AS otherwise
WITH b, area, tree_listed, found, lists, unlisted, members, open, findings,
  CASE WHEN size(findings) > 0 THEN 'fail' ELSE otherwise END AS verdict
RETURN b.id AS subject, area, b.tier AS tier, members, size(open) AS not_known, verdict, findings,
  CASE WHEN verdict <> 'unknown' THEN []
       WHEN b.tier IS NULL THEN [b.id + '.tier']
       ELSE unlisted + open END AS missing,
  [b.id] + CASE WHEN verdict = 'fail' THEN [m IN found | m.id] ELSE [] END
  + CASE WHEN 'too_few' IN findings THEN tree_listed
      + COLLECT { UNWIND lists AS k RETURN DISTINCT k.id AS id ORDER BY id } ELSE [] END AS evidence
ORDER BY subject
