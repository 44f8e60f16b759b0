// @title      Members of the extended Party committees of an area
// @title.zh   大党委（大工委）成员
// @topic      bodies
// @about      Part-time members (posts) and member units (co-building) of the Party organizations
// @about      of communities and subdistricts in the area. The regular committee members are in
// @about      body_members.
// @about.zh   辖区内社区、街道党组织的兼职委员（任职）和成员单位（共建）；专职委员见“组织的任职人员”。
// @param      area   string  required  "area id, usually a community" / "辖区编号，一般为社区"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @returns    member, type, name:personal, link, role, capacity:personal, since, date_precision, organization
// @source     the graph itself
MATCH (:Area {id: $area})<-[w:WITHIN]-(place:Area)
WHERE w.since <= $as_of < w.until
MATCH (place)<-[c:COVERS]-(o:PartyOrganization)
WHERE c.since <= $as_of < c.until AND o.level IN ['community', 'subdistrict']
WITH DISTINCT o
MATCH (o)<-[e:HOLDS_POST|CO_BUILDS]-(m)
WHERE e.since <= $as_of < e.until AND (type(e) = 'CO_BUILDS' OR e.role = 'part_time_member')
RETURN m.id AS member, labels(m)[0] AS type, m.name AS name, type(e) AS link, e.role AS role,
  e.capacity AS capacity, e.since AS since, coalesce(e.date_precision, []) AS date_precision, o.id AS organization
ORDER BY organization, link, member, e.id
