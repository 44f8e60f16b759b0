// @title      Members of a body
// @title.zh   组织的任职人员
// @topic      bodies
// @about      Who holds a post in a body, unit, team, station or place on the day. An empty answer
// @about      means that none is recorded, not that there is none.
// @about.zh   当日在某组织、单位、队伍、阵地、网格、楼栋或小区任职的人员；无结果表示无记录，不等于无人任职。
// @param      body   string  required  "id of a body, unit, team, station, grid, building or quarter" / "组织、单位、队伍、阵地、网格、楼栋或小区编号"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @returns    post, person, person_name:personal, role, since, term_until, date_precision
// @source     the graph itself
// One seek per label: a pattern over several labels, or over none, would scan them.
CALL () {
  MATCH (body:PartyOrganization {id: $body}) RETURN body
  UNION ALL MATCH (body:ResidentsCommittee {id: $body}) RETURN body
  UNION ALL MATCH (body:OwnersCommittee {id: $body}) RETURN body
  UNION ALL MATCH (body:SupervisionCommittee {id: $body}) RETURN body
  UNION ALL MATCH (body:PropertyProject {id: $body}) RETURN body
  UNION ALL MATCH (body:Team {id: $body}) RETURN body
  UNION ALL MATCH (body:ServiceStation {id: $body}) RETURN body
  UNION ALL MATCH (body:Unit {id: $body}) RETURN body
  UNION ALL MATCH (body:PropertyFirm {id: $body}) RETURN body
  UNION ALL MATCH (body:Grid {id: $body}) RETURN body
  UNION ALL MATCH (body:Building {id: $body}) RETURN body
  UNION ALL MATCH (body:Quarter {id: $body}) RETURN body
}
MATCH (body)<-[h:HOLDS_POST]-(person:Person)
WHERE h.since <= $as_of < h.until
RETURN h.id AS post, person.id AS person, person.name AS person_name, h.role AS role,
  h.since AS since, h.term_until AS term_until, coalesce(h.date_precision, []) AS date_precision
ORDER BY post
