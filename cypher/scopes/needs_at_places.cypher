// @title      The places that needs concern
// @title.zh   各需求所涉处所
// @about      One row per need and quarter or area; of a building its quarter.
// @about.zh   每项需求及其所涉小区、辖区一行；涉及楼栋的，列其所在小区。
// @param      as_of  date  today  "day the answer is for" / "统计日期"
// @returns    subject, place
// @source     the model: CONCERNS, PART_OF
CALL () {
  MATCH (n:Need)-[c:CONCERNS]->(x)
  WHERE c.since <= $as_of < c.until AND (x:Area OR x:Quarter)
  RETURN n, x.id AS place
  UNION
  MATCH (n:Need)-[c:CONCERNS]->(:Building)-[up:PART_OF*1..4]->(x:Quarter)
  WHERE all(e IN up + [c] WHERE e.since <= $as_of < e.until)
  RETURN n, x.id AS place
}
RETURN n.id AS subject, place
ORDER BY subject, place
