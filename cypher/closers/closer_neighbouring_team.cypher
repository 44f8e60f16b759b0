// @title      Volunteer teams of neighbouring quarters or of the community
// @title.zh   邻近小区或社区的志愿服务队
// @about      A team that serves the community or another quarter of it could serve this one too.
// @about.zh   服务本社区或其他小区的志愿服务队，可延伸服务。
// @closes     volunteer_team
// @kind       neighbouring_team
// @reason     {candidate} serves the community or another quarter of it
// @reason.zh  {candidate}服务本社区或其他小区
// @param      subject  string  required  "id of the place or thing that has the gap" / "缺口对象编号"
// @param      as_of    date    today     "day the answer is for" / "统计日期"
// @returns    candidate, name, metres, minutes, nodes, edges, starts, sources, precisions
// @source     石鼓区“五建五提升”, 2022-09-19; engineering choice: near first
MATCH path = (q:Quarter {id: $subject})-[:PART_OF]->(c:Area {level: 'community'})<-[:PART_OF*0..1]-(o)<-[:SERVES]-(b:Team)
WHERE all(e IN relationships(path) WHERE e.since <= $as_of < e.until) AND o <> q AND b.kind = 'volunteer_team'
WITH q, o, b, path, CASE WHEN q.lat IS NOT NULL AND q.lon IS NOT NULL AND o.lat IS NOT NULL AND o.lon IS NOT NULL
    THEN 2 * 6371008.8 * asin(sqrt(haversin(radians(q.lat - o.lat))
      + cos(radians(q.lat)) * cos(radians(o.lat)) * haversin(radians(q.lon - o.lon)))) END AS metres
RETURN b.id AS candidate, b.name AS name, metres, null AS minutes,
  [n IN nodes(path) | n.id] AS nodes, [e IN relationships(path) | e.id] AS edges,
  [e IN relationships(path) | e.since] AS starts, [e IN relationships(path) | e.source] AS sources,
  [e IN relationships(path) | coalesce(e.date_precision, [])] AS precisions
ORDER BY coalesce(metres, 1.0E9), candidate, edges
