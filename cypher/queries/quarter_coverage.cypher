// @title      Coverage of each quarter in six dimensions
// @title.zh   各小区覆盖情况
// @topic      coverage
// @about      covered = a record says so; gap = none is recorded and a register of the quarter or of
// @about      an area above is complete for such records; unknown = none is recorded and no
// @about      register is complete. Interim owners' committees count; a Party branch is a branch,
// @about      joint branch or functional branch; a station has to serve the quarter itself.
// @about.zh   covered 有记录；gap 无记录且小区或其上级辖区的相应台账齐全；unknown 无记录且台账不全。
// @about.zh   物管会计入业委会；党支部含联合、功能性党支部；党群服务阵地须直接服务该小区。
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @returns    quarter, name, community, party_branch, owners_committee, property_service, volunteer_team, service_station, grid
// @source     the graph itself
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (q:Quarter) RETURN q
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(q:Quarter)
  WHERE w.since <= $as_of < w.until RETURN q
}
WITH q,
  COLLECT {
    MATCH (q)-[w:WITHIN*0..1]->()-[k:COMPLETE_IN]->(:SourceDocument)
    WHERE all(e IN w + [k] WHERE e.since <= $as_of < e.until)
    RETURN DISTINCT k.subject ORDER BY k.subject
  } AS complete,
  COLLECT {
    MATCH (q)-[p:PART_OF]->(a:Area {level: 'community'})
    WHERE p.since <= $as_of < p.until
    RETURN a.id ORDER BY a.id
  } AS communities,
  EXISTS {
    MATCH (q)<-[c:COVERS]-(b:PartyOrganization)
    WHERE c.since <= $as_of < c.until
      AND b.tier IN ['branch', 'joint_branch', 'functional_branch']
  } AS branch,
  EXISTS {
    MATCH (q)<-[c:COVERS]-(:OwnersCommittee) WHERE c.since <= $as_of < c.until
  } AS committee,
  EXISTS {
    MATCH (q)<-[s:SERVES]-(:PropertyProject) WHERE s.since <= $as_of < s.until
  } AS project,
  EXISTS {
    MATCH (q)<-[s:SERVES]-(:Team {kind: 'volunteer_team'}) WHERE s.since <= $as_of < s.until
  } AS team,
  EXISTS {
    MATCH (q)<-[s:SERVES]-(:ServiceStation) WHERE s.since <= $as_of < s.until
  } AS station,
  EXISTS {
    MATCH (q)<-[c:COVERS]-(:Grid) WHERE c.since <= $as_of < c.until
  } AS grid
WITH q, communities,
  [x IN [
    [branch, 'party_organization'], [committee, 'owners_committee'],
    [project, 'property_project'], [team, 'team'], [station, 'station'], [grid, 'grid']
  ] | CASE WHEN x[0] THEN 'covered' WHEN x[1] IN complete THEN 'gap' ELSE 'unknown' END] AS states
RETURN q.id AS quarter, q.name AS name, communities[0] AS community,
  states[0] AS party_branch, states[1] AS owners_committee, states[2] AS property_service,
  states[3] AS volunteer_team, states[4] AS service_station, states[5] AS grid
ORDER BY quarter
