// @title      The Party organizations of an area's own level
// @title.zh   辖区的同级党组织
// @topic      bodies
// @about      Party organizations that cover the area itself and are of its level: of a community
// @about      those of the community.
// @about.zh   当日直接覆盖该辖区、所属级别与辖区级别相同的党组织。
// @param      area   string  required  "area id" / "辖区编号"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @returns    organization, name, tier, extended_committee
// @source     the graph itself
MATCH (a:Area {id: $area})<-[c:COVERS]-(o:PartyOrganization)
WHERE c.since <= $as_of < c.until AND o.level = a.level
RETURN DISTINCT o.id AS organization, o.name AS name, o.tier AS tier,
  o.extended_committee AS extended_committee
ORDER BY organization
