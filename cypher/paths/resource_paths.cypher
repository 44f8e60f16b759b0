// @title      Paths from a need or a quarter to resources, nearest first
// @title.zh   从需求或小区到资源的路径
// @about      From a need to the place it concerns, or from a quarter; up to three levels up; to a
// @about      body that covers or a provider that serves that level; to a unit that co-builds with
// @about      it, or not; to the resource. A hop up costs 2, a hop over COVERS, SERVES, CO_BUILDS or
// @about      OFFERS 1, the step from the need to its place nothing. `starts`, `sources` and `known`
// @about      give for each hop its first day, its source and whether that day is known.
// @about.zh   自需求所涉及之处或小区出发，向上至多三级，到覆盖或服务该处的组织，可再经一家共建单位，到资源。
// @about.zh   向上一级计 2，覆盖、服务、共建、提供各计 1，需求到所涉及之处计 0；starts、sources、known 为每一步的起始日、来源和起始日是否已知。
// @param      source    string  required  "need or quarter id" / "需求或小区编号"
// @param      category  string  null      "resource category; null = those that would meet the need, for a quarter all" / "资源类别，空为该需求可对接的类别，小区则为全部"
// @param      k         int     5         "how many paths" / "路径条数"
// @param      as_of     date    today     "day the answer is for" / "统计日期"
// @returns    resource, resource_name, category, provider, provider_name, cost, hops, nodes, names, types, edges, starts, sources, known
// @source     the graph itself
CALL () {
  MATCH (n:Need {id: $source})-[c:CONCERNS]->(place)
  WHERE c.since <= $as_of < c.until
  RETURN place, [n] AS before, [c] AS first, coalesce(n.resource_categories, []) AS wanted
  UNION ALL
  MATCH (place:Quarter {id: $source})
  RETURN place, [] AS before, [] AS first, null AS wanted
}
MATCH path = (place)-[:PART_OF*0..3]->()<-[v:COVERS|SERVES]-(body)<-[:CO_BUILDS*0..1]-(o)
  -[:OFFERS]->(r:Resource)
WHERE all(e IN relationships(path) WHERE e.since <= $as_of < e.until)
  AND (type(v) = 'SERVES' OR body:PartyOrganization OR body:ResidentsCommittee)
  AND CASE WHEN $category IS NULL THEN wanted IS NULL OR r.category IN wanted
    ELSE r.category = $category END
WITH r, o, before + nodes(path) AS stops, first + relationships(path) AS hops
RETURN r.id AS resource, r.name AS resource_name, r.category AS category,
  o.id AS provider, o.name AS provider_name,
  reduce(sum = 0, e IN hops |
    sum + CASE type(e) WHEN 'PART_OF' THEN 2 WHEN 'CONCERNS' THEN 0 ELSE 1 END) AS cost,
  size(hops) AS hops,
  [n IN stops | n.id] AS nodes, [n IN stops | n.name] AS names,
  [e IN hops | type(e)] AS types, [e IN hops | e.id] AS edges,
  [e IN hops | e.since] AS starts, [e IN hops | e.source] AS sources,
  [e IN hops | e.since_known] AS known
ORDER BY cost, hops, resource, edges
LIMIT $k
