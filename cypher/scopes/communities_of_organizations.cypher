// @title      The areas that community Party organizations cover
// @title.zh   社区党组织所覆盖的辖区
// @about      One row per Party organization of a community and area that it covers.
// @about.zh   每个社区党组织及其所覆盖的辖区一行。
// @param      as_of  date  today  "day the answer is for" / "统计日期"
// @returns    subject, place
// @source     the model: COVERS
MATCH (x:Area)<-[v:COVERS]-(b:PartyOrganization {level: 'community'})
WHERE v.since <= $as_of < v.until
RETURN DISTINCT b.id AS subject, x.id AS place
ORDER BY subject, place
