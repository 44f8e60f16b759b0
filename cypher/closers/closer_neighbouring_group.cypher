// @title      Interest groups of neighbouring communities
// @title.zh   邻近社区的社团
// @about      A group of another community of the same subdistrict could open to this one.
// @about.zh   同一街道其他社区的社团，可面向本社区开放。
// @closes     interest_group
// @kind       neighbouring_group
// @reason     {candidate} works in a community of the same subdistrict
// @reason.zh  {candidate}在同一街道的社区活动
// @param      subject  string  required  "id of the place or thing that has the gap" / "缺口对象编号"
// @param      as_of    date    today     "day the answer is for" / "统计日期"
// @returns    candidate, name, metres, minutes, nodes, edges, starts, sources, precisions
// @source     通川区石龙溪社区“一三模式”, 2022-01-08; engineering choice
MATCH path = (c:Area {id: $subject})-[:PART_OF]->(s:Area)<-[:PART_OF*1..2]-(o)<-[:SERVES]-(b:Team)
WHERE all(e IN relationships(path) WHERE e.since <= $as_of < e.until) AND o <> c AND b.kind = 'interest_group'
RETURN b.id AS candidate, b.name AS name, null AS metres, null AS minutes,
  [n IN nodes(path) | n.id] AS nodes, [e IN relationships(path) | e.id] AS edges,
  [e IN relationships(path) | e.since] AS starts, [e IN relationships(path) | e.source] AS sources,
  [e IN relationships(path) | coalesce(e.date_precision, [])] AS precisions
ORDER BY size(edges), candidate, edges
