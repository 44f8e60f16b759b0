// @title      Where bodies are: what they cover, serve, or are based in
// @title.zh   各组织所在处所：覆盖、服务或驻在
// @about      One row per body and quarter, grid or area to which it is tied directly.
// @about.zh   每个组织及其直接覆盖、服务或驻在的小区、网格、辖区一行。
// @param      as_of  date  today  "day the answer is for" / "统计日期"
// @returns    subject, place
// @source     the model: COVERS, SERVES, BASED_IN
MATCH (b)-[v:COVERS|SERVES|BASED_IN]->(x)
WHERE v.since <= $as_of < v.until AND (x:Area OR x:Quarter OR x:Grid)
RETURN DISTINCT b.id AS subject, x.id AS place
ORDER BY subject, place
