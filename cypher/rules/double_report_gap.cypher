// @title      Units and employed Party members who have not registered where they are
// @title.zh   双报到缺口
// @about      One row per unit based in a place (unit), and per quarter and Party member who lives
// @about      there and is employed, or may be (member); the subject is then the quarter. A unit
// @about      has registered if it or its own Party organization has, with any other organization.
// @about      A unit of an exempt category has no row.
// @about.zh   每个位于本地的单位一行（unit）；居住在小区的在职党员（类别不详的也列）每人每小区一行
// @about.zh   （member），对象为小区。单位或其自身党组织已报到均为通过；exempt 类别的单位不列。
// @rule       R44
// @severity   info
// @identity   subject, person
// @places     subject itself, area itself
// @version    2
// @verified   V2
// @param      as_of   date     today         "day the answer is for" / "统计日期"
// @param      area    string   null          "area id, null = everywhere" / "辖区编号，空为全部"
// @param      exempt  strings{government_organ,public_institution,state_enterprise,private_enterprise,bank,new_economic_organization,new_social_organization,police_station,merchant,other}  ["merchant"]  "categories of units that are not asked" / "不要求报到的单位类别"
// @reason     {subject}: {findings}
// @reason.zh  {subject}：{findings}
// @finding    unit "neither the unit nor its Party organization has registered here" / "单位及其党组织均未到所在地党组织报到"
// @finding    member "an employed Party member who lives here has not registered" / "有在职党员居住在此，未向所在地党组织报到"
// @tells      REPORTED_TO, LIVES_IN, party_status, party_joined_on, party_category
// @returns    subject, person:sensitive, area, verdict, findings, missing:sensitive, evidence
// @source     双报到 (单位党组织和在职党员到所在地党组织报到; wording read on public pages). 天元区
// @source     “幸福邻聚里”, 2020-12-22, names 在职党员进小区, not this word; stated in one document, not law.
CALL () {
  CALL () {
    UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
    MATCH (q:Quarter)
    RETURN q
    UNION
    MATCH (:Area {id: $area})<-[w:WITHIN]-(q:Quarter)
    WHERE w.since <= $as_of < w.until
    RETURN q
  }
  WITH q,
    [(q)-[w:WITHIN]->(a)
     WHERE w.since <= $as_of < w.until | toString(w.height) + a.id] AS within,
    [(q)-[w:WITHIN*0..1]->()-[k:COMPLETE_IN {subject: 'report'}]->(:SourceDocument)
     WHERE all(e IN w + [k] WHERE e.since <= $as_of < e.until) | k.id] AS registers
  WITH q, {id: q.id, registers: registers, area: substring(
    reduce(low = null, key IN within | CASE WHEN low < key THEN low ELSE key END), 1)} AS place
  MATCH (q)<-[v:LIVES_IN]-(p:Person)
  WHERE v.since <= $as_of < v.until
    AND p.party_status IN ['full', 'probationary'] AND coalesce(p.party_joined_on, $as_of) <= $as_of
    AND coalesce(p.party_category, 'employed') = 'employed'
  WITH q, p, min(v.id) AS home, head(collect(place)) AS place
  RETURN place, p.id AS person, home,
    [(p)-[r:REPORTED_TO]->(:PartyOrganization)
     WHERE r.since <= $as_of < r.until | r.id] AS found,
    CASE WHEN p.party_category IS NULL THEN [p.id + '.party_category'] ELSE [] END
    // A member on the day, or not yet: the month or year of joining does not tell.
    + [word IN coalesce(p.date_precision, []) WHERE p.party_joined_on <= $as_of < CASE word
        WHEN 'party_joined_on:month' THEN p.party_joined_on + duration({months: 1, days: -1})
        WHEN 'party_joined_on:year' THEN p.party_joined_on + duration({years: 1, days: -1}) END
       | p.id + '.party_joined_on'] AS doubt
  UNION ALL
  CALL () {
    UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
    MATCH (u:Unit)-[b:BASED_IN]->(s)
    WHERE (s:Area OR s:Quarter) AND b.since <= $as_of < b.until
    RETURN u, s
    UNION
    MATCH (:Area {id: $area})<-[w:WITHIN]-(s)<-[b:BASED_IN]-(u:Unit)
    WHERE (s:Area OR s:Quarter) AND w.since <= $as_of < w.until AND b.since <= $as_of < b.until
    RETURN u, s
  }
  WITH u, s
  WHERE NOT coalesce(u.category, '') IN $exempt
  WITH s, collect(u) AS units
  WITH units,
    [(s)-[w:WITHIN]->(a)
     WHERE w.since <= $as_of < w.until | toString(w.height) + a.id] AS within,
    [(s)-[w:WITHIN*0..1]->()-[k:COMPLETE_IN {subject: 'report'}]->(:SourceDocument)
     WHERE all(e IN w + [k] WHERE e.since <= $as_of < e.until) | k.id] AS listed
  WITH units, listed,
    reduce(low = null, key IN within | CASE WHEN low < key THEN low ELSE key END) AS low
  UNWIND units AS u
  RETURN {id: u.id, area: substring(low, 1), registers:
      listed + [(u)-[k:COMPLETE_IN {subject: 'report'}]->(:SourceDocument)
                WHERE k.since <= $as_of < k.until | k.id]} AS place,
    null AS person, null AS home,
    [(u)-[r:REPORTED_TO]->(:PartyOrganization)
     WHERE r.since <= $as_of < r.until | r.id]
    + [(u)<-[v:COVERS]-(o:PartyOrganization)-[r:REPORTED_TO]->(:PartyOrganization)
       WHERE o.level = 'unit' AND v.since <= $as_of < v.until AND r.since <= $as_of < r.until | r.id] AS found,
    [] AS doubt
}
WITH place, person, home, found, doubt,
  CASE WHEN size(found) > 0 THEN 'pass'
       WHEN size(doubt) > 0 OR size(place.registers) = 0 THEN 'unknown'
       ELSE 'fail' END AS verdict
WITH place, person, home, doubt, verdict,
  CASE verdict WHEN 'pass' THEN found WHEN 'fail' THEN place.registers ELSE [] END AS proof
RETURN place.id AS subject, person, place.area AS area, verdict,
  CASE WHEN verdict <> 'fail' THEN [] WHEN person IS NULL THEN ['unit'] ELSE ['member'] END AS findings,
  CASE verdict WHEN 'unknown' THEN doubt + CASE WHEN size(place.registers) = 0 THEN ['report@' + place.id]
                                                ELSE [] END ELSE [] END AS missing,
  [id IN [home] WHERE id IS NOT NULL]
  + CASE WHEN size(proof) < 2 THEN proof ELSE
      COLLECT { UNWIND proof AS id RETURN DISTINCT id ORDER BY id } END AS evidence
ORDER BY subject, person
