// @title      Teams of an area
// @title.zh   辖区的队伍、社团和群团组织
// @topic      bodies
// @about      Teams that serve the area or a place in it.
// @about.zh   服务该辖区及其内部各处的志愿服务队、社团和群团组织。
// @param      area   string  required  "area id" / "辖区编号"
// @param      kind   string  null      "volunteer_team, interest_group or mass_organization; null = all" / "类型：volunteer_team、interest_group 或 mass_organization，空为全部"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @returns    team, name, kind, members, about, serves
// @source     the graph itself
MATCH (:Area {id: $area})<-[w:WITHIN]-(place)
WHERE w.since <= $as_of < w.until
MATCH (place)<-[e:SERVES]-(team:Team)
WHERE e.since <= $as_of < e.until AND ($kind IS NULL OR team.kind = $kind)
WITH DISTINCT team
RETURN team.id AS team, team.name AS name, team.kind AS kind, team.members AS members,
  team.about AS about,
  COLLECT {
    MATCH (team)-[e:SERVES]->(t) WHERE e.since <= $as_of < e.until
    RETURN DISTINCT t.id ORDER BY t.id
  } AS serves
ORDER BY team
