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
MATCH (p)-[v:LIVES_IN]->(q:Quarter)
WHERE v.since <= $as_of < v.until
// What lies above a quarter is found once for all who live there.
WITH q, collect(DISTINCT p) AS persons
WITH q, persons, [(q)-[w:WITHIN]->(a)
                  WHERE w.since <= $as_of < w.until | toString(w.height) + a.id] AS within,
  [(q)-[w:WITHIN*0..1]->()-[k:COMPLETE_IN {subject: 'report'}]->(:SourceDocument)
   WHERE all(e IN w + [k] WHERE e.since <= $as_of < e.until) | {id: k.id, since: k.since}] AS registers
WITH q.id AS home, persons, registers,
  reduce(low = null, key IN within | CASE WHEN low < key THEN low ELSE key END) AS low
UNWIND persons AS p
WITH p, min(low) AS low, collect(home) AS homes, collect(registers) AS listed
WITH p, substring(low, 1) AS area, homes, listed,
  [(p)-[r:REPORTED_TO]->(:PartyOrganization)
   WHERE r.since <= $as_of < r.until | {id: r.id, since: r.since}] AS found,
  [(p)-[k:COMPLETE_IN {subject: 'report'}]->(:SourceDocument)
   WHERE k.since <= $as_of < k.until | {id: k.id, since: k.since}] AS own
WITH p, area, homes,
  CASE WHEN size(found) < 2 THEN found ELSE
    COLLECT { UNWIND found AS r RETURN r ORDER BY r.since, r.id } END AS found,
  CASE WHEN size(found) > 0 THEN [] ELSE
    COLLECT { UNWIND [own] + listed AS list
              UNWIND list AS k
              RETURN DISTINCT k ORDER BY k.since, k.id } END AS registers
WITH p, homes, area, found, registers,
  // A member on the day, or not yet: the month or year of joining does not tell.
  [word IN coalesce(p.date_precision, []) WHERE p.party_joined_on <= $as_of < CASE word
      WHEN 'party_joined_on:month' THEN p.party_joined_on + duration({months: 1, days: -1})
      WHEN 'party_joined_on:year' THEN p.party_joined_on + duration({years: 1, days: -1}) END
     | p.id + '.party_joined_on'] AS days
WITH p, homes, area, found, registers, days,
  CASE WHEN size(days) > 0 THEN 'unknown'
       WHEN size(found) > 0 THEN 'covered'
       WHEN size(registers) > 0 THEN 'gap'
       ELSE 'unknown' END AS state
RETURN p.id AS subject, area, state,
  CASE state WHEN 'covered' THEN found[0].since
             WHEN 'gap' THEN coalesce(
               COLLECT { MATCH (p)-[r:REPORTED_TO]->(:PartyOrganization)
                         WHERE r.until <= $as_of
                         RETURN r.until ORDER BY r.until DESC LIMIT 1 }[0],
               registers[0].since) END AS since,
  // The register of the place decides; naming the person here would undo the mask of the subject.
  CASE state WHEN 'unknown' THEN
    CASE WHEN size(days) > 0 THEN days
         WHEN size(homes) = 1 THEN ['report@' + homes[0]] ELSE
      COLLECT { UNWIND homes AS id RETURN 'report@' + id AS m ORDER BY m } END ELSE [] END AS missing,
  CASE state WHEN 'covered' THEN [r IN found | r.id]
             WHEN 'gap' THEN [k IN registers | k.id]
             ELSE [] END AS evidence
ORDER BY subject
