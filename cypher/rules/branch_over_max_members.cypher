// @title      Branches with too many members
// @title.zh   支部党员超过50人
// @about      One row per branch, joint branch and functional branch. Counted: Party members who
// @about      are affiliated with it, probationary ones too unless switched off; of a functional
// @about      branch, those who reported to it. Members of unknown status are possible ones.
// @about.zh   党支部、联合党支部、功能型党支部各一行；按组织关系计党员（含预备党员，可关闭），功能型党支部
// @about.zh   按报到党员计；政治面貌不详的按可能计算。
// @rule       R03
// @severity   warning
// @identity   subject
// @places     subject bodies_at_places, subject organizations_at_buildings, subject organizations_at_seats
// @version    2
// @verified   V2
// @param      as_of  date         today  "day the answer is for" / "统计日期"
// @param      area   string       null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      max    int[1..500]  50     "members that a branch may have, persons, inclusive" / "支部最多党员数（人，含本数）"
// @param      count_probationary     bool  true  "probationary members count too" / "预备党员计入"
// @param      suggest_general_branch bool  true  "say that a general branch may be set up" / "提示可设立党总支"
// @reason     {subject} has {members} Party members; {findings}
// @reason.zh  {subject}有党员{members}人，{findings}
// @finding    over_max "more than a branch has as a rule" / "超过支部一般不超过的人数"
// @finding    suggest_general_branch "a general branch with several branches may be set up" / "可研究设立党总支、分设支部"
// @tells      MEMBER_OF, REPORTED_TO, party_status, party_joined_on, party_full_on
// @returns    subject, area, tier, members, not_known, verdict, findings, missing, evidence
// @source     中国共产党支部工作条例（试行） Art. 4 (wording read on a public page): as a rule not
// @source     more than 50 members.
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
WITH b WHERE b.tier IN ['branch', 'joint_branch', 'functional_branch']
WITH b,
  [(b)-[c:COVERS]->(x)
   WHERE c.since <= $as_of < c.until | x] AS covered,
  [(b)-[c:COVERS]->()-[i:BASED_IN]->(x)
   WHERE c.since <= $as_of < c.until AND i.since <= $as_of < i.until | x] AS seats
WITH b, reduce(found = covered + seats, y IN [x IN covered WHERE x:Building OR x:Grid]
  | found + [(y)-[up:PART_OF*1..4]->(x)
             WHERE (x:Building OR x:Quarter) AND all(e IN up WHERE e.since <= $as_of < e.until) | x]) AS grounds
WHERE size(grounds) > 0 OR EXISTS { MATCH (b)-[r:SUBORDINATE_TO]-() WHERE r.since <= $as_of < r.until }
WITH b, grounds, COLLECT { UNWIND grounds AS x
                            MATCH (x)-[w:WITHIN]->(a)
                            WHERE w.since <= $as_of < w.until
                            WITH DISTINCT a, w.height AS height
                            RETURN a ORDER BY height, a.id } AS above
WITH b,
  above[0].id AS area,
  CASE b.tier WHEN 'functional_branch' THEN 'report' ELSE 'membership' END AS list,
  COLLECT { UNWIND [b] + grounds + above AS s
            MATCH (s)-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject = CASE b.tier WHEN 'functional_branch' THEN 'report' ELSE 'membership' END
              AND k.since <= $as_of < k.until
            RETURN DISTINCT k.id AS id ORDER BY id } AS registers,
  COLLECT { MATCH (b)<-[m:MEMBER_OF|REPORTED_TO]-(p:Person)
            WHERE (type(m) = 'REPORTED_TO') = (b.tier = 'functional_branch')
              AND m.since <= $as_of < m.until
              AND coalesce(CASE WHEN NOT $count_probationary THEN p.party_full_on END,
                           p.party_joined_on, $as_of) <= $as_of
              AND (p.party_status IS NULL OR p.party_status = 'full'
                   OR ($count_probationary AND p.party_status = 'probationary'))
            RETURN {id: m.id, person: p.id, open:
              CASE WHEN p.party_status IS NULL THEN p.id + '.party_status'
                   ELSE [word IN coalesce(p.date_precision, []) WHERE $as_of < CASE
                     WHEN NOT $count_probationary AND word = 'party_full_on:month' THEN p.party_full_on + duration({months: 1, days: -1})
                     WHEN NOT $count_probationary AND word = 'party_full_on:year' THEN p.party_full_on + duration({years: 1, days: -1})
                     WHEN NOT $count_probationary AND p.party_full_on IS NOT NULL THEN null
                     WHEN word = 'party_joined_on:month' THEN p.party_joined_on + duration({months: 1, days: -1})
                     WHEN word = 'party_joined_on:year' THEN p.party_joined_on + duration({years: 1, days: -1}) END
                    | p.id + '.' + split(word, ':')[0]][0] END} ORDER BY m.id } AS found
WITH b, area, list, registers, found,
  size(COLLECT { UNWIND found AS m WITH m WHERE m.open IS NULL RETURN DISTINCT m.person }) AS members,
  COLLECT { UNWIND found AS m WITH m WHERE m.open IS NOT NULL RETURN DISTINCT m.open AS m ORDER BY m } AS open
WITH b, area, list, registers, found, members, open,
  CASE WHEN members > $max THEN 'fail'
       WHEN size(registers) > 0 AND members + size(open) <= $max THEN 'pass'
       ELSE 'unknown' END AS verdict
RETURN b.id AS subject, area, b.tier AS tier, members, size(open) AS not_known, verdict,
  CASE WHEN verdict <> 'fail' THEN []
       WHEN $suggest_general_branch THEN ['over_max', 'suggest_general_branch']
       ELSE ['over_max'] END AS findings,
  CASE WHEN verdict <> 'unknown' THEN []
       ELSE CASE WHEN size(registers) = 0 THEN [list + '@' + b.id] ELSE [] END
            + open END AS missing,
  [m IN found | m.id] + CASE verdict WHEN 'pass' THEN registers ELSE [] END AS evidence
ORDER BY subject
