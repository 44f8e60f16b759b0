// @title      Resources of an area
// @title.zh   辖区的资源
// @topic      cobuilding
// @about      What is offered on the day by those who cover, serve or are based in the area or a place
// @about      in it, and by the units that co-build with its Party organizations.
// @about.zh   覆盖、服务或位于该辖区及其内部各处的组织和单位，以及与其党组织共建的单位当日提供的资源。
// @param      area      string  required  "area id" / "辖区编号"
// @param      category  string  null      "category, e.g. mediation; null = all" / "资源类别，如 mediation，空为全部"
// @param      as_of     date    today     "day the answer is for" / "统计日期"
// @returns    resource, name, category, about, provider, provider_name, provider_type
// @source     the graph itself
MATCH (:Area {id: $area})<-[up:PART_OF*0..7]-(place)
WHERE all(p IN up WHERE p.since <= $as_of < p.until)
MATCH (place)<-[at:COVERS|SERVES|BASED_IN]-(body)
WHERE at.since <= $as_of < at.until
WITH DISTINCT body
MATCH (body)<-[cb:CO_BUILDS*0..1]-(o)
WHERE all(e IN cb WHERE e.since <= $as_of < e.until)
WITH DISTINCT o
MATCH (o)-[f:OFFERS]->(r:Resource)
WHERE f.since <= $as_of < f.until AND ($category IS NULL OR r.category = $category)
RETURN DISTINCT r.id AS resource, r.name AS name, r.category AS category, r.about AS about,
  o.id AS provider, o.name AS provider_name, labels(o)[0] AS provider_type
ORDER BY resource, provider
