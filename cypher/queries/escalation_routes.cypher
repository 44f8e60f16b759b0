// @title      Where a matter goes from here: escalation routes
// @title.zh   逐级上报路线
// @topic      bodies
// @about      Every step of every route that begins at the source, one route per topic; a route is
// @about      followed only over steps of its own topic. Steps are numbered as recorded.
// @about.zh   自起点出发的各条上报路线的每一步；按事项分路线，只沿同一事项的步骤延伸；步骤号照录。
// @param      source  string  required  "id of a quarter, area, grid, body, station or mechanism" / "小区、辖区、网格、组织、阵地或机制编号"
// @param      as_of   date    today     "day the answer is for" / "统计日期"
// @returns    topic, step, from, from_name, to, to_name
// @source     the graph itself
// One seek per label: a pattern over several labels, or over none, would scan them.
CALL () {
  MATCH (n:Quarter {id: $source}) RETURN n
  UNION ALL MATCH (n:Area {id: $source}) RETURN n
  UNION ALL MATCH (n:Grid {id: $source}) RETURN n
  UNION ALL MATCH (n:PartyOrganization {id: $source}) RETURN n
  UNION ALL MATCH (n:ResidentsCommittee {id: $source}) RETURN n
  UNION ALL MATCH (n:OwnersCommittee {id: $source}) RETURN n
  UNION ALL MATCH (n:SupervisionCommittee {id: $source}) RETURN n
  UNION ALL MATCH (n:PropertyProject {id: $source}) RETURN n
  UNION ALL MATCH (n:ServiceStation {id: $source}) RETURN n
  UNION ALL MATCH (n:Mechanism {id: $source}) RETURN n
}
MATCH (n)-[route:ESCALATES_TO*1..6]->()
WHERE all(e IN route WHERE e.since <= $as_of < e.until
  AND coalesce(e.topic, '') = coalesce(route[0].topic, ''))
WITH DISTINCT route[size(route) - 1] AS last
RETURN last.topic AS topic, last.step AS step,
  startNode(last).id AS from, startNode(last).name AS from_name,
  endNode(last).id AS to, endNode(last).name AS to_name
ORDER BY coalesce(topic, ''), coalesce(step, 0), last.id
