// @title      The community's Party organization and residents' committee
// @title.zh   社区党组织和居委会
// @about      They guide the forming of branches and owners' committees, run property where no one does, convene meetings and found groups.
// @about.zh   指导组建党支部、业委会，可代管物业、召集联席会议、发起队伍和社团。
// @closes     party_branch, party_group, owners_committee, property_service, volunteer_team, service_station, grid_post, mediation, joint_meeting, interest_group, big_committee
// @kind       community_body
// @reason     {candidate} guides and supports it in this community
// @reason.zh  {candidate}在本社区负责指导和协助
// @param      subject  string  required  "id of the place or thing that has the gap" / "缺口对象编号"
// @param      as_of    date    today     "day the answer is for" / "统计日期"
// @returns    candidate, name, metres, minutes, nodes, edges, starts, sources, precisions
// @source     民法典 Art. 277 (guidance and help in forming owners' committees; text read, transcription); the four documented places for the rest
CALL () {
  MATCH (x:Quarter {id: $subject})
  RETURN x
  UNION ALL
  MATCH (x:Building {id: $subject})
  RETURN x
  UNION ALL
  MATCH (x:Grid {id: $subject})
  RETURN x
  UNION ALL
  MATCH (x:Area {id: $subject})
  RETURN x
}
WITH x
MATCH path = (x)-[:PART_OF*0..4]->(c:Area {level: 'community'})<-[:COVERS]-(b)
WHERE all(e IN relationships(path) WHERE e.since <= $as_of < e.until) AND (b:ResidentsCommittee OR (b:PartyOrganization AND b.level = 'community'))
RETURN b.id AS candidate, b.name AS name, null AS metres, null AS minutes,
  [n IN nodes(path) | n.id] AS nodes, [e IN relationships(path) | e.id] AS edges,
  [e IN relationships(path) | e.since] AS starts, [e IN relationships(path) | e.source] AS sources,
  [e IN relationships(path) | coalesce(e.date_precision, [])] AS precisions
ORDER BY CASE WHEN b:PartyOrganization THEN 0 ELSE 1 END, candidate, edges
