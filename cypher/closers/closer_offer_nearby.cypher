// @title      Resources of that kind offered in the same community
// @title.zh   本社区内提供同类资源的组织
// @about      What a body, team, station, property project or unit elsewhere in the community offers: of a need the categories that would meet it, of a quarter mediation.
// @about.zh   本社区其他组织、队伍、阵地、物业项目、单位提供的资源：需求按可对接的类别，小区按矛盾调解。
// @closes     resource_match, mediation
// @kind       offer_nearby
// @reason     {candidate} is offered in the same community
// @reason.zh  本社区内有“{candidate}”可用
// @param      subject  string  required  "id of the place or thing that has the gap" / "缺口对象编号"
// @param      as_of    date    today     "day the answer is for" / "统计日期"
// @returns    candidate, name, metres, minutes, nodes, edges, starts, sources, precisions
// @source     淡水街道“大党委”, 2022-05-25 (资源清单)
CALL () {
  MATCH (x:Quarter {id: $subject})
  RETURN x, [] AS before, [] AS first, ['mediation'] AS wanted
  UNION ALL
  MATCH (n:Need {id: $subject})-[c:CONCERNS]->(x)
  WHERE c.since <= $as_of < c.until
  RETURN x, [n] AS before, [c] AS first, coalesce(n.resource_categories, []) AS wanted
}
WITH x, before, first, wanted
MATCH path = (x)-[:PART_OF*0..4]->(c:Area {level: 'community'})<-[:PART_OF*0..1]-(o)<-[:COVERS|SERVES|BASED_IN]-(b)
  -[:OFFERS]->(r:Resource)
WHERE all(e IN relationships(path) WHERE e.since <= $as_of < e.until) AND o <> x AND r.category IN wanted
WITH x, o, b, r, before + nodes(path) AS stops, first + relationships(path) AS hops
WITH x, o, b, r, stops, hops, CASE WHEN x.lat IS NOT NULL AND x.lon IS NOT NULL AND o.lat IS NOT NULL AND o.lon IS NOT NULL
    THEN 2 * 6371008.8 * asin(sqrt(haversin(radians(x.lat - o.lat))
      + cos(radians(x.lat)) * cos(radians(o.lat)) * haversin(radians(x.lon - o.lon)))) END AS metres
RETURN r.id AS candidate, r.name AS name, metres, null AS minutes,
  [n IN stops | n.id] AS nodes, [e IN hops | e.id] AS edges,
  [e IN hops | e.since] AS starts, [e IN hops | e.source] AS sources,
  [e IN hops | coalesce(e.date_precision, [])] AS precisions
ORDER BY coalesce(metres, 1.0E9), candidate, edges
