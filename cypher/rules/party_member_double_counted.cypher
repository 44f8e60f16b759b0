// @title      Party members counted in more than one organization
// @title.zh   党员重复计数
// @about      One row per person with a recorded membership (组织关系), of which there may be one.
// @about      organizations: membership in several; functional: one of them is a functional branch,
// @about      whose members stay with their own branch and register there; periods: two open
// @about      periods in one organization. The area is where the person lives.
// @about.zh   每名登记有组织关系的人员一行；组织关系应只有一处。organizations 为登记在多个党组织，
// @about.zh   functional 为其中有功能性党支部（其成员组织关系不转入，以报到登记），
// @about.zh   periods 为同一党组织有两段未结束的记录。辖区按居住地。
// @rule       R41
// @severity   info..warning
// @identity   subject
// @places     subject residents_in_quarters
// @version    1
// @verified   V2
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      most   int[1..9]  1   "memberships that one person may have at a time" / "每人同时可有的组织关系数"
// @reason     {subject} is counted as a Party member more than once, in {organizations}: {findings}
// @reason.zh  {subject}的组织关系重复登记（{organizations}）：{findings}
// @finding    organizations "membership is recorded in several organizations" / "同时登记在多个党组织"
// @finding    functional "one of them is a functional branch, where members only register" / "其中有功能性党支部，应以报到登记而非转入组织关系"
// @finding    periods "one organization has two open periods" / "同一党组织有两段未结束的记录"
// @tells      MEMBER_OF, LIVES_IN
// @returns    subject:sensitive, area, verdict, findings, organizations, missing:sensitive, evidence:sensitive
// @source     中国共产党党员教育管理工作条例 (2019) Art. 25: every member belongs to one branch, group or other
// @source     organization of the Party (wording read on a public page); 党章 Art. 8 to the same effect,
// @source     known as quoted. Who is counted twice makes the counts of rules R01 to R06 wrong.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (p:Person)-[m:MEMBER_OF]->(:PartyOrganization)
  WHERE m.since <= $as_of < m.until
  RETURN DISTINCT p
  UNION ALL
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[v:LIVES_IN]-(p:Person)
  WHERE w.since <= $as_of < w.until AND v.since <= $as_of < v.until
    AND EXISTS { MATCH (p)-[m:MEMBER_OF]->(:PartyOrganization) WHERE m.since <= $as_of < m.until }
  RETURN DISTINCT p
}
WITH [(p)-[v:LIVES_IN]->(q:Quarter)
      WHERE v.since <= $as_of < v.until | q] AS homes, p
// What lies above quarters is found once for all who live there.
WITH homes, collect(p) AS persons
WITH persons,
  CASE WHEN size(homes) < 2 THEN [q IN homes | q.id] ELSE
    COLLECT { UNWIND homes AS q RETURN DISTINCT q.id AS id ORDER BY id } END AS quarters,
  reduce(low = null, key IN reduce(found = [], q IN homes
    | found + [(q)-[w:WITHIN]->(a)
               WHERE w.since <= $as_of < w.until | toString(w.height) + a.id])
    | CASE WHEN low < key THEN low ELSE key END) AS low,
  reduce(found = [], q IN homes
    | found + [(q)-[w:WITHIN*0..1]->()-[k:COMPLETE_IN {subject: 'membership'}]->(:SourceDocument)
               WHERE all(e IN w + [k] WHERE e.since <= $as_of < e.until) | k.id]) AS registers
WITH persons, quarters, substring(low, 1) AS area, CASE WHEN size(registers) < 2 THEN registers ELSE
  COLLECT { UNWIND registers AS id RETURN DISTINCT id ORDER BY id } END AS registers
UNWIND persons AS p
WITH p, area, quarters, registers,
  [(p)-[m:MEMBER_OF]->(o:PartyOrganization)
   WHERE m.since <= $as_of < m.until
   | {id: m.id, at: o.id, functional: coalesce(o.tier, '') = 'functional_branch'}] AS memberships,
  [(p)-[k:COMPLETE_IN {subject: 'membership'}]->(:SourceDocument)
   WHERE k.since <= $as_of < k.until | k.id] AS own
WITH p, area, quarters,
  CASE WHEN size(memberships) = 1 THEN memberships ELSE
    COLLECT { UNWIND memberships AS m RETURN m ORDER BY m.id } END AS memberships,
  CASE WHEN size(own) < 2 THEN own ELSE
    COLLECT { UNWIND own AS id RETURN id ORDER BY id } END + registers AS listed
WITH p, area, quarters, memberships, listed,
  CASE WHEN size(memberships) = 1 THEN [memberships[0].at] ELSE
    COLLECT { UNWIND memberships AS m RETURN DISTINCT m.at AS id ORDER BY id } END AS organizations,
  CASE WHEN size(memberships) > $most THEN 'fail'
       WHEN size(listed) > 0 THEN 'pass'
       ELSE 'unknown' END AS verdict
RETURN p.id AS subject, area, verdict,
  CASE WHEN verdict <> 'fail' THEN [] ELSE
    CASE WHEN size(organizations) > 1 THEN ['organizations'] ELSE [] END
    + CASE WHEN size(organizations) > 1 AND any(m IN memberships WHERE m.functional)
           THEN ['functional'] ELSE [] END
    + CASE WHEN size(memberships) > size(organizations) THEN ['periods'] ELSE [] END
  END AS findings,
  organizations,
  CASE WHEN verdict <> 'unknown' THEN []
       WHEN size(quarters) = 0 THEN ['membership@' + p.id]
       WHEN size(quarters) = 1 THEN ['membership@' + quarters[0]]
       ELSE COLLECT { UNWIND quarters AS id RETURN 'membership@' + id AS m ORDER BY m } END AS missing,
  [m IN memberships | m.id] + CASE verdict WHEN 'pass' THEN listed ELSE [] END AS evidence
ORDER BY subject
