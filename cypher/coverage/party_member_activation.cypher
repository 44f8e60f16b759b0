// @title      Resident employed Party members who have registered
// @title.zh   在职党员双报到
// @about      One row per employed Party member who lives in a quarter. Covered: registered with
// @about      an organization beside the own one.
// @about.zh   每名居住在小区的在职党员一行；已向所在地党组织报到即为覆盖。
// @dimension    14
// @subject      Person
// @denominator  residence
// @places       subject residents_in_quarters
// @closes       report
// @reason       {subject} has not registered at home
// @reason.zh    {subject}未向居住地党组织报到
// @rules        R44
// @claim        party_member_activation.persons none
// @claim        party_member_activation.covered covered
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @tells      REPORTED_TO, LIVES_IN, party_status, party_joined_on, party_category
// @returns    subject:sensitive, area, state, since, missing, evidence
// @source     双报到 (在职党员到居住地党组织报到; wording read on public pages). 天元区“幸福邻聚里”,
// @source     2020-12-22, names 在职党员进小区, not this word; stated in one document, not law.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (p:Person {party_category: 'employed'})
  RETURN p
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[v:LIVES_IN]-(p:Person {party_category: 'employed'})
  WHERE w.since <= $as_of < w.until AND v.since <= $as_of < v.until
  RETURN p
}
WITH p
WHERE p.party_status IN ['full', 'probationary'] AND coalesce(p.party_joined_on, $as_of) <= $as_of
WITH p, COLLECT { MATCH (p)-[v:LIVES_IN]->(q:Quarter)
                  WHERE v.since <= $as_of < v.until
                  RETURN DISTINCT q ORDER BY q.id } AS homes
WHERE size(homes) > 0
WITH p, homes, COLLECT { UNWIND homes AS x
                         MATCH (x)-[w:WITHIN]->(a)
                         WHERE w.since <= $as_of < w.until
                         WITH DISTINCT a, w.height AS height
                         RETURN a ORDER BY height, a.id } AS above
WITH p, homes, above[0].id AS area,
  COLLECT { MATCH (p)-[r:REPORTED_TO]->(:PartyOrganization)
            WHERE r.since <= $as_of < r.until
            RETURN r ORDER BY r.since, r.id } AS found,
  COLLECT { MATCH (p)-[r:REPORTED_TO]->(:PartyOrganization)
            WHERE r.until <= $as_of
            RETURN r.until ORDER BY r.until DESC LIMIT 1 } AS ended,
  COLLECT { UNWIND [p] + homes + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'report'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k ORDER BY k.since, k.id } AS registers
WITH p, homes, area, found, ended, registers,
  CASE WHEN size(found) > 0 THEN 'covered'
       WHEN size(registers) > 0 THEN 'gap'
       ELSE 'unknown' END AS state
RETURN p.id AS subject, area, state,
  CASE state WHEN 'covered' THEN found[0].since
             WHEN 'gap' THEN coalesce(ended[0], registers[0].since) END AS since,
  // The register of the place decides; naming the person here would undo the mask of the subject.
  CASE state WHEN 'unknown' THEN [q IN homes | 'report@' + q.id] ELSE [] END AS missing,
  CASE state WHEN 'covered' THEN [r IN found | r.id]
             WHEN 'gap' THEN [k IN registers | k.id]
             ELSE [] END AS evidence
ORDER BY subject
