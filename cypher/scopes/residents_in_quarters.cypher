// @title      The quarter in which each person lives
// @title.zh   各人居住的小区
// @about      One row per person and quarter.
// @about.zh   每人及其居住的小区一行。
// @tells      LIVES_IN
// @param      as_of  date  today  "day the answer is for" / "统计日期"
// @returns    subject:personal, place:personal
// @source     the model: LIVES_IN
MATCH (p:Person)-[v:LIVES_IN]->(q:Quarter)
WHERE v.since <= $as_of < v.until
RETURN DISTINCT p.id AS subject, q.id AS place
ORDER BY subject, place
