// @title      Party organizations by the seats of the units that they cover
// @title.zh   按所覆盖单位驻地列出的党组织
// @about      One row per Party organization and quarter or area in which a unit that it covers is based.
// @about.zh   每个党组织及其所覆盖单位驻在的小区、辖区一行。
// @param      as_of  date  today  "day the answer is for" / "统计日期"
// @returns    subject, place
// @source     the model: COVERS, BASED_IN
MATCH (b:PartyOrganization)-[v:COVERS]->()-[s:BASED_IN]->(x)
WHERE s.since <= $as_of < s.until AND v.since <= $as_of < v.until
RETURN DISTINCT b.id AS subject, x.id AS place
ORDER BY subject, place
