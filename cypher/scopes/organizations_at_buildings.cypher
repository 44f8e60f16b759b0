// @title      Party organizations by the quarter of the buildings that they cover
// @title.zh   按所覆盖楼栋所在小区列出的党组织
// @about      One row per Party organization and quarter in which a building or grid that it covers lies.
// @about.zh   每个党组织及其所覆盖楼栋、网格所在的小区一行。
// @param      as_of  date  today  "day the answer is for" / "统计日期"
// @returns    subject, place
// @source     the model: COVERS, PART_OF
MATCH (b:PartyOrganization)-[v:COVERS]->()-[up:PART_OF*1..4]->(q:Quarter)
WHERE all(e IN up + [v] WHERE e.since <= $as_of < e.until)
RETURN DISTINCT b.id AS subject, q.id AS place
ORDER BY subject, place
