// @title      Cross-appointments of bodies
// @title.zh   组织间的交叉任职
// @topic      bodies
// @about      One row for each pair of posts that one person holds in two bodies on the day: of one
// @about      body, of the bodies that cover or serve an area, or everywhere. With a body and an
// @about      area, the body has to belong to the area.
// @about.zh   同一人当日在两个组织任职，每对职务一行；可按组织、按辖区查询，均为空时查询全部；
// @about.zh   同时给出组织和辖区时，该组织须在辖区内。
// @param      body   string  null   "id of a Party organization, committee or property project" / "党组织、居委会、业委会或物业项目编号"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @returns    edge, body_a, body_b, person, role_a, role_b, since, until
// @source     the graph itself (derived from the recorded posts)
CALL () {
  MATCH (body:PartyOrganization {id: $body}) RETURN body
  UNION ALL MATCH (body:ResidentsCommittee {id: $body}) RETURN body
  UNION ALL MATCH (body:OwnersCommittee {id: $body}) RETURN body
  UNION ALL MATCH (body:PropertyProject {id: $body}) RETURN body
  UNION ALL
  MATCH (:Area {id: $area})<-[up:PART_OF*0..7]-(place)
  WHERE $body IS NULL AND all(p IN up WHERE p.since <= $as_of < p.until)
  MATCH (place)<-[c:COVERS|SERVES]-(body)
  WHERE c.since <= $as_of < c.until
  RETURN body
  UNION ALL
  MATCH (body:PartyOrganization) WHERE $body IS NULL AND $area IS NULL RETURN body
  UNION ALL
  MATCH (body:ResidentsCommittee) WHERE $body IS NULL AND $area IS NULL RETURN body
  UNION ALL
  MATCH (body:OwnersCommittee) WHERE $body IS NULL AND $area IS NULL RETURN body
  UNION ALL
  MATCH (body:PropertyProject) WHERE $body IS NULL AND $area IS NULL RETURN body
}
WITH DISTINCT body
WHERE $body IS NULL OR $area IS NULL OR EXISTS {
  MATCH (body)-[c:COVERS|SERVES]->(place)-[up:PART_OF*0..7]->(:Area {id: $area})
  WHERE all(p IN [c] + up WHERE p.since <= $as_of < p.until)
}
MATCH (body)-[x:CROSS_APPOINTMENT]-()
WHERE x.since <= $as_of < x.until
WITH DISTINCT x
RETURN x.id AS edge, startNode(x).id AS body_a, endNode(x).id AS body_b, x.person AS person,
  x.role_a AS role_a, x.role_b AS role_b, x.since AS since, x.until AS until
ORDER BY edge
