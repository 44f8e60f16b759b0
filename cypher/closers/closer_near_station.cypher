// @title      Stations in reach, and those of the community
// @title.zh   步行圈内及本社区的党群服务站
// @about      A station whose recorded walk is within minutes, or within metres in a straight line, or of the same community. Where it stands near without any tie, the path is empty: the distance alone leads there.
// @about.zh   有步行时间的按 minutes，其余按直线距离 metres，另列本社区的服务站；仅因距离相近者，路径为空。
// @closes     service_station
// @kind       near_station
// @reason     {candidate} could serve the quarter
// @reason.zh  {candidate}可服务本小区
// @param      subject  string  required  "id of the place or thing that has the gap" / "缺口对象编号"
// @param      as_of    date    today     "day the answer is for" / "统计日期"
// @param      minutes  float[1..120]  15.0  "reach on foot, minutes, inclusive" / "步行上限（分钟，含）"
// @param      metres   float[1..20000]  1000.0  "reach in a straight line, metres, inclusive" / "直线距离上限（米，含）"
// @returns    candidate, name, metres, minutes, nodes, edges, starts, sources, precisions
// @source     通川区石龙溪社区“一三模式”, 2022-01-08 (15 minutes, a target); 15 minutes taken as 1 km
CALL () {
  // Of the same community, however far: it could be asked to serve the quarter.
  MATCH path = (q:Quarter {id: $subject})-[:PART_OF]->(:Area {level: 'community'})<-[:SERVES|BASED_IN]-(b:ServiceStation)
  WHERE all(e IN relationships(path) WHERE e.since <= $as_of < e.until)
  RETURN q, b, nodes(path) AS stops, relationships(path) AS hops, null AS minutes, true AS ours
  UNION ALL
  MATCH path = (q:Quarter {id: $subject})<-[v:SERVES]-(b:ServiceStation)
  WHERE v.since <= $as_of < v.until AND v.walk_minutes <= $minutes
  RETURN q, b, nodes(path) AS stops, relationships(path) AS hops, v.walk_minutes AS minutes, true AS ours
  UNION ALL
  MATCH (q:Quarter {id: $subject})
  MATCH (b:ServiceStation)
  // A degree of latitude is 111.2 km: the first test spares the second, dear one.
  WHERE abs(b.lat - q.lat) <= $metres / 111000.0
    AND EXISTS { MATCH (b)-[e:SERVES|SUBORDINATE_TO|BASED_IN]->() WHERE e.since <= $as_of < e.until }
  RETURN q, b, [b] AS stops, [] AS hops, null AS minutes, false AS ours
}
WITH q, b, stops, hops, minutes, ours, CASE WHEN q.lat IS NOT NULL AND q.lon IS NOT NULL AND b.lat IS NOT NULL AND b.lon IS NOT NULL
    THEN 2 * 6371008.8 * asin(sqrt(haversin(radians(q.lat - b.lat))
      + cos(radians(q.lat)) * cos(radians(b.lat)) * haversin(radians(q.lon - b.lon)))) END AS metres
WHERE ours OR metres <= $metres
RETURN b.id AS candidate, b.name AS name, metres, minutes,
  [n IN stops | n.id] AS nodes, [e IN hops | e.id] AS edges,
  [e IN hops | e.since] AS starts, [e IN hops | e.source] AS sources,
  [e IN hops | coalesce(e.date_precision, [])] AS precisions
ORDER BY coalesce(minutes, 1.0E9), coalesce(metres, 1.0E9), candidate, size(edges) DESC, edges
