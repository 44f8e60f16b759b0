// @title      Coverage of quarters by area in six dimensions
// @title.zh   各辖区小区覆盖统计
// @topic      coverage
// @about      Counts of quarters at every level, with the states of quarter_coverage. `total` is the
// @about      number of recorded quarters; only where total_complete is true does a register list
// @about      all quarters of the area, so only there may a percentage be formed.
// @about.zh   按各级辖区统计小区数，口径同“各小区覆盖情况”。total 为已记录的小区数；
// @about.zh   total_complete 为 true 时小区台账齐全，方可计算百分比。
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @returns    dimension, area, name, level, covered, gap, unknown, total, total_complete
// @source     the graph itself
CALL () {
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
  WITH q,
    [x IN [
      [branch, 'party_organization'], [committee, 'owners_committee'],
      [project, 'property_project'], [team, 'team'], [station, 'station'], [grid, 'grid']
    ] | CASE WHEN x[0] THEN 'covered' WHEN x[1] IN complete THEN 'gap' ELSE 'unknown' END] AS states
  MATCH (q)-[w:WITHIN]->(a)
  WHERE w.since <= $as_of < w.until
  RETURN a, states
  UNION ALL
  // An area without quarters has a row of zeros.
  MATCH (a:Area)
  RETURN a, [] AS states
}
UNWIND range(0, 5) AS i
WITH a, i, states[i] AS state
WITH a, i,
  sum(CASE WHEN state = 'covered' THEN 1 ELSE 0 END) AS covered,
  sum(CASE WHEN state = 'gap' THEN 1 ELSE 0 END) AS gap,
  sum(CASE WHEN state = 'unknown' THEN 1 ELSE 0 END) AS unknown
WITH a, i, covered, gap, unknown
WHERE $area IS NULL OR EXISTS {
  MATCH (a)-[w:WITHIN]->(:Area {id: $area}) WHERE w.since <= $as_of < w.until
}
RETURN ['party_branch', 'owners_committee', 'property_service', 'volunteer_team',
    'service_station', 'grid'][i] AS dimension,
  a.id AS area, a.name AS name, a.level AS level,
  covered, gap, unknown, covered + gap + unknown AS total,
  EXISTS {
    MATCH (a)-[w:WITHIN]->()-[k:COMPLETE_IN {subject: 'quarter'}]->(:SourceDocument)
    WHERE w.since <= $as_of < w.until AND k.since <= $as_of < k.until
  } AS total_complete
ORDER BY i, area
