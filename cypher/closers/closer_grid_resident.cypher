// @title      Residents without such a post
// @title.zh   未任网格、楼栋职务的居民
// @about      Residents of the quarter who hold no post of a grid, building or entrance; Party members first.
// @about.zh   居住在本小区、未任网格员或楼栋长、单元长的居民，党员在前。
// @closes     grid_post
// @kind       grid_resident
// @reason     {candidate} lives in the quarter and holds no such post
// @reason.zh  {candidate}居住在本小区，未任此类职务
// @param      subject  string  required  "id of the place or thing that has the gap" / "缺口对象编号"
// @param      as_of    date    today     "day the answer is for" / "统计日期"
// @tells      LIVES_IN, party_status
// @returns    candidate:personal, name:personal, metres, minutes, nodes:personal, edges:personal, starts, sources, precisions
// @source     城东区育才路社区“微综合体”, undated (四级网格); 天元区, 2020-12-22 (党员任楼栋长)
CALL () {
  MATCH path = (:Building {id: $subject})-[:PART_OF*1..2]->(q:Quarter)<-[:LIVES_IN]-(p:Person)
  RETURN path, p
  UNION ALL
  MATCH path = (:Grid {id: $subject})-[:PART_OF]->(q:Quarter)<-[:LIVES_IN]-(p:Person)
  RETURN path, p
  UNION ALL
  MATCH path = (:Grid {id: $subject})-[:COVERS]->(q:Quarter)<-[:LIVES_IN]-(p:Person)
  RETURN path, p
}
WITH path, p
WHERE all(e IN relationships(path) WHERE e.since <= $as_of < e.until) AND NOT EXISTS {
  MATCH (p)-[h:HOLDS_POST]->()
  WHERE h.role IN ['grid_worker', 'building_head', 'entrance_head'] AND h.since <= $as_of < h.until }
RETURN p.id AS candidate, p.name AS name, null AS metres, null AS minutes,
  [n IN nodes(path) | n.id] AS nodes, [e IN relationships(path) | e.id] AS edges,
  [e IN relationships(path) | e.since] AS starts, [e IN relationships(path) | e.source] AS sources,
  [e IN relationships(path) | coalesce(e.date_precision, [])] AS precisions
ORDER BY CASE WHEN p.party_status IN ['full', 'probationary'] THEN 0 ELSE 1 END, candidate, edges
