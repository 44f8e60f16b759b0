// @title      Branches with too few full members
// @title.zh   支部正式党员不足3人
// @about      One row per branch, joint branch and functional branch. Counted: full members who
// @about      are affiliated with it; of a functional branch, those who reported to it. Probationary
// @about      members do not count. By bounds: members of unknown status are possible ones. A branch
// @about      of which no member at all is recorded is most likely a gap in the data: info only.
// @about.zh   党支部、联合党支部、功能型党支部各一行；按组织关系计正式党员，功能型党支部按报到党员计，
// @about.zh   预备党员不计。政治面貌不详的按可能计算；一名党员也没有登记的，多为数据缺失，仅作提示。
// @rule       R02
// @severity   info..violation
// @identity   subject
// @places     subject bodies_at_places, subject organizations_at_buildings, subject organizations_at_seats
// @version    2
// @verified   V2
// @param      as_of  date        today  "day the answer is for" / "统计日期"
// @param      area   string      null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      min    int[1..50]  3      "full members that a branch needs, persons" / "支部最少正式党员数（人）"
// @reason     {subject} has {full_members} full members on record, {short} fewer than a branch needs
// @reason.zh  {subject}登记正式党员{full_members}人，比成立支部的最少人数少{short}人
// @tells      MEMBER_OF, REPORTED_TO, party_status, party_joined_on, party_full_on
// @returns    subject, area, tier, full_members, not_known, short, verdict, severity, missing, evidence
// @source     中国共产党支部工作条例（试行） Art. 4 (wording read on a public page): three full
// @source     members and more form a branch. 党章 Art. 30 says the same (a weak copy was read).
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
              AND coalesce(p.party_full_on, p.party_joined_on, $as_of) <= $as_of
            RETURN {id: m.id, person: p.id, full: coalesce(p.party_status, '') = 'full', open:
              CASE WHEN p.party_status IS NULL THEN p.id + '.party_status'
                   WHEN p.party_status = 'full' THEN [word IN coalesce(p.date_precision, []) WHERE $as_of < CASE
                     WHEN word = 'party_full_on:month' THEN p.party_full_on + duration({months: 1, days: -1})
                     WHEN word = 'party_full_on:year' THEN p.party_full_on + duration({years: 1, days: -1})
                     WHEN p.party_full_on IS NOT NULL THEN null
                     WHEN word = 'party_joined_on:month' THEN p.party_joined_on + duration({months: 1, days: -1})
                     WHEN word = 'party_joined_on:year' THEN p.party_joined_on + duration({years: 1, days: -1}) END
                    | p.id + '.' + split(word, ':')[0]][0] END} ORDER BY m.id } AS members
WITH b, area, list, registers, members,
  size(COLLECT { UNWIND members AS m WITH m WHERE m.full AND m.open IS NULL RETURN DISTINCT m.person }) AS full_members,
  COLLECT { UNWIND members AS m WITH m WHERE m.open IS NOT NULL RETURN DISTINCT m.open AS m ORDER BY m } AS open
WITH b, area, list, registers, members, full_members, open,
  CASE WHEN full_members >= $min THEN 'pass'
       WHEN size(registers) > 0 AND full_members + size(open) < $min THEN 'fail'
       ELSE 'unknown' END AS verdict
RETURN b.id AS subject, area, b.tier AS tier, full_members, size(open) AS not_known,
  $min - full_members AS short, verdict,
  CASE WHEN verdict <> 'fail' THEN null
       WHEN size(members) = 0 THEN 'info'
       WHEN b.tier = 'functional_branch' THEN 'warning'
       ELSE 'violation' END AS severity,
  CASE WHEN verdict <> 'unknown' THEN []
       ELSE CASE WHEN size(registers) = 0 THEN [list + '@' + b.id] ELSE [] END
            + open END AS missing,
  [m IN members | m.id] + CASE verdict WHEN 'fail' THEN registers ELSE [] END AS evidence
ORDER BY subject
