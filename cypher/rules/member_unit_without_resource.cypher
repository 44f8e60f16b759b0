// @title      Member units that neither offer a resource nor take part in a project
// @title.zh   成员单位无资源、无项目
// @about      One row per unit or property firm that co-builds with a Party organization. What its
// @about      own Party organization offers or joins counts as the unit's. Passes with what was
// @about      open at any time of the last months. The area is where the unit is based; where that
// @about      is not known, what the organization covers with which it co-builds.
// @about.zh   每个与党组织共建的单位（含物业企业）一行；其自身党组织提供的资源、参加的项目视同本单位。
// @about.zh   最近 months 个月内有过即为通过。辖区按单位所在地，不详的按共建党组织的覆盖范围。
// @rule       R43
// @severity   info
// @identity   subject
// @places     subject seats_of_units, subject members_without_seat
// @version    1
// @verified   S
// @param      as_of   date        today  "day the answer is for" / "统计日期"
// @param      area    string      null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      months  int[1..120]  12    "months looked back, the first day included" / "回溯月数（含起始日）"
// @reason     {subject} is a member unit, but has offered no resource and joined no project for months
// @reason.zh  成员单位{subject}在规定期限内未提供资源，也未参加项目
// @turns      OFFERS + months months, TAKES_PART_IN + months months
// @returns    subject, area, verdict, missing, evidence
// @source     淡水街道“大党委”, 2022-05-25 (三张清单: 需求、资源、项目), stated in one document, not law;
// @source     the period is an engineering default.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (:PartyOrganization)<-[c:CO_BUILDS]-(u)
  WHERE (u:Unit OR u:PropertyFirm) AND c.since <= $as_of < c.until
  RETURN u
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-()<-[b:BASED_IN]-(u)-[c:CO_BUILDS]->(:PartyOrganization)
  WHERE w.since <= $as_of < w.until AND (u:Unit OR u:PropertyFirm)
    AND b.since <= $as_of < b.until AND c.since <= $as_of < c.until
  RETURN u
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(s)<-[v:COVERS]-(:PartyOrganization)<-[c:CO_BUILDS]-(u)
  WHERE w.since <= $as_of < w.until AND (s:Area OR s:Quarter) AND (u:Unit OR u:PropertyFirm)
    AND v.since <= $as_of < v.until AND c.since <= $as_of < c.until
    AND NOT EXISTS { MATCH (u)-[b:BASED_IN]->(x)
                     WHERE (x:Area OR x:Quarter) AND b.since <= $as_of < b.until }
  RETURN u
}
WITH u, $as_of - duration({months: $months}) AS begin,
  COLLECT { MATCH (u)-[c:CO_BUILDS]->(:PartyOrganization)
            WHERE c.since <= $as_of < c.until
            RETURN c.id ORDER BY c.id } AS links,
  COLLECT { MATCH (u)-[b:BASED_IN]->(s)
            WHERE b.since <= $as_of < b.until
            RETURN s ORDER BY s.id } AS seats,
  COLLECT { MATCH (u)<-[v:COVERS]-(o:PartyOrganization)
            WHERE o.level = 'unit' AND v.since <= $as_of < v.until
            RETURN DISTINCT o ORDER BY o.id } AS own
WITH u, begin, links, own, CASE WHEN size(seats) > 0 THEN seats ELSE
  COLLECT { MATCH (u)-[c:CO_BUILDS]->(:PartyOrganization)-[v:COVERS]->(s)
            WHERE (s:Area OR s:Quarter)
              AND c.since <= $as_of < c.until AND v.since <= $as_of < v.until
            RETURN DISTINCT s ORDER BY s.id } END AS places
WITH u, begin, links, own, places, COLLECT { UNWIND places AS x
                                             MATCH (x)-[w:WITHIN]->(a)
                                             WHERE w.since <= $as_of < w.until
                                             WITH DISTINCT a, w.height AS height
                                             RETURN a ORDER BY height, a.id } AS above
WITH u, begin, links, own, above,
  COLLECT { UNWIND [u] + own AS x
            MATCH (x)-[e:OFFERS]->(:Resource)
            WHERE e.since <= $as_of AND e.until > begin
            RETURN DISTINCT e.id AS id ORDER BY id }
  + COLLECT { UNWIND [u] + own AS x
              MATCH (x)-[e:TAKES_PART_IN]->(:Project)
              WHERE e.since <= $as_of AND e.until > begin
              RETURN DISTINCT e.id AS id ORDER BY id } AS found,
  COLLECT { UNWIND [u] + [x IN places WHERE NOT x:Area] + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'resource'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k.id ORDER BY k.id } AS registers
WITH u, links, found, registers, above[0].id AS area,
  CASE WHEN size(found) > 0 THEN 'pass'
       WHEN size(registers) > 0 THEN 'fail'
       ELSE 'unknown' END AS verdict
RETURN u.id AS subject, area, verdict,
  CASE verdict WHEN 'unknown' THEN ['resource@' + u.id] ELSE [] END AS missing,
  links + CASE verdict WHEN 'pass' THEN found WHEN 'fail' THEN registers ELSE [] END AS evidence
ORDER BY subject
