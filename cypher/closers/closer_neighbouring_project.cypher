// @title      Property projects of neighbouring quarters
// @title.zh   邻近小区的物业项目
// @about      Who runs a quarter next to it could run this one too.
// @about.zh   服务本社区其他小区的物业项目，可延伸服务。
// @closes     property_service
// @kind       neighbouring_project
// @reason     {candidate} serves a quarter of the same community
// @reason.zh  {candidate}服务本社区另一小区
// @param      subject  string  required  "id of the place or thing that has the gap" / "缺口对象编号"
// @param      as_of    date    today     "day the answer is for" / "统计日期"
// @returns    candidate, name, metres, minutes, nodes, edges, starts, sources, precisions
// @source     通川区石龙溪社区“一三模式”, 2022-01-08 (社区代管); engineering choice: near first
MATCH path = (q:Quarter {id: $subject})-[:PART_OF]->(c:Area {level: 'community'})<-[:PART_OF]-(o:Quarter)
  <-[:SERVES]-(b:PropertyProject)
WHERE all(e IN relationships(path) WHERE e.since <= $as_of < e.until) AND o <> q
WITH q, o, b, path, CASE WHEN q.lat IS NOT NULL AND q.lon IS NOT NULL AND o.lat IS NOT NULL AND o.lon IS NOT NULL
    THEN 2 * 6371008.8 * asin(sqrt(haversin(radians(q.lat - o.lat))
      + cos(radians(q.lat)) * cos(radians(o.lat)) * haversin(radians(q.lon - o.lon)))) END AS metres
RETURN b.id AS candidate, b.name AS name, metres, null AS minutes,
  [n IN nodes(path) | n.id] AS nodes, [e IN relationships(path) | e.id] AS edges,
  [e IN relationships(path) | e.since] AS starts, [e IN relationships(path) | e.source] AS sources,
  [e IN relationships(path) | coalesce(e.date_precision, [])] AS precisions
ORDER BY coalesce(metres, 1.0E9), candidate, edges
