// @title      Branches of neighbouring quarters
// @title.zh   邻近小区的党支部
// @about      A branch that covers another quarter of the same community could cover this one too.
// @about.zh   覆盖本社区其他小区的党支部，可联合覆盖本小区。
// @closes     party_branch
// @kind       neighbouring_branch
// @reason     {candidate} covers a quarter of the same community and could cover this one
// @reason.zh  {candidate}覆盖本社区另一小区，可一并覆盖本小区
// @param      subject  string  required  "id of the place or thing that has the gap" / "缺口对象编号"
// @param      as_of    date    today     "day the answer is for" / "统计日期"
// @returns    candidate, name, metres, minutes, nodes, edges, starts, sources, precisions
// @source     天元区“幸福邻聚里”, 2020-12-22 (117 branches cover 244 quarters); 支部工作条例
// @source     (联合党支部; number of the article not verified)
MATCH path = (q:Quarter {id: $subject})-[:PART_OF]->(c:Area {level: 'community'})<-[:PART_OF]-(o:Quarter)
  <-[:COVERS]-(b:PartyOrganization)
WHERE all(e IN relationships(path) WHERE e.since <= $as_of < e.until) AND o <> q
  AND b.tier IN ['branch', 'joint_branch', 'functional_branch']
WITH q, o, b, path, CASE WHEN q.lat IS NOT NULL AND q.lon IS NOT NULL AND o.lat IS NOT NULL AND o.lon IS NOT NULL
    THEN 2 * 6371008.8 * asin(sqrt(haversin(radians(q.lat - o.lat))
      + cos(radians(q.lat)) * cos(radians(o.lat)) * haversin(radians(q.lon - o.lon)))) END AS metres
RETURN b.id AS candidate, b.name AS name, metres, null AS minutes,
  [n IN nodes(path) | n.id] AS nodes, [e IN relationships(path) | e.id] AS edges,
  [e IN relationships(path) | e.since] AS starts, [e IN relationships(path) | e.source] AS sources,
  [e IN relationships(path) | coalesce(e.date_precision, [])] AS precisions
ORDER BY coalesce(metres, 1.0E9), candidate, edges
