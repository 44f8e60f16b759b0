// @title      The areas that each place is in
// @title.zh   各处所所在的辖区
// @about      One row per quarter, grid or area and area that it is in, itself included.
// @about.zh   每个小区、网格、辖区及其所在的各级辖区（辖区含自身）一行。
// @param      as_of  date  today  "day the answer is for" / "统计日期"
// @returns    subject, place
// @source     the model: WITHIN
MATCH (x)-[w:WITHIN]->(a:Area)
WHERE w.since <= $as_of < w.until
RETURN DISTINCT x.id AS subject, a.id AS place
ORDER BY subject, place
