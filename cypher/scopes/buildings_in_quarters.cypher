// @title      The quarter that each building is in
// @title.zh   各楼栋所在的小区
// @about      One row per building, or entrance of one, and quarter.
// @about.zh   每个楼栋（单元）及其所在小区一行。
// @param      as_of  date  today  "day the answer is for" / "统计日期"
// @returns    subject, place
// @source     the model: PART_OF
MATCH (b:Building)-[up:PART_OF*1..4]->(q:Quarter)
WHERE all(e IN up WHERE e.since <= $as_of < e.until)
RETURN DISTINCT b.id AS subject, q.id AS place
ORDER BY subject, place
