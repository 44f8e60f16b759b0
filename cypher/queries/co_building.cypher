// @title      Co-building with the Party organizations of an area
// @title.zh   与辖区党组织共建的单位
// @topic      cobuilding
// @about      Member units (and organizations of quarters) that co-build on the day with a Party
// @about      organization that covers the area or a place in it. A property firm counts as
// @about      category property_firm.
// @about.zh   当日与覆盖该辖区及其内部各处的党组织共建的单位和小区党组织；物业企业的类别记为 property_firm。
// @param      area   string  required  "area id" / "辖区编号"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @returns    edge, member, type, name, category, organization, organization_name
// @source     the graph itself
MATCH (:Area {id: $area})<-[up:PART_OF*0..7]-(place)
WHERE all(p IN up WHERE p.since <= $as_of < p.until)
MATCH (place)<-[c:COVERS]-(o:PartyOrganization)
WHERE c.since <= $as_of < c.until
WITH DISTINCT o
MATCH (o)<-[e:CO_BUILDS]-(m)
WHERE e.since <= $as_of < e.until
RETURN e.id AS edge, m.id AS member, labels(m)[0] AS type, m.name AS name,
  CASE WHEN m:PropertyFirm THEN 'property_firm' ELSE m.category END AS category,
  o.id AS organization, o.name AS organization_name
ORDER BY edge
