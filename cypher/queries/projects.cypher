// @title      Projects of an area
// @title.zh   辖区的项目和活动
// @topic      cobuilding
// @about      Projects that concern the area or a place in it: the needs they meet, the resources
// @about      they use, who leads and who else takes part (lists of ids).
// @about.zh   涉及该辖区及其内部各处的项目：所满足的需求、所用的资源、牵头方和其他参与方（均为编号列表）。
// @param      area   string  required  "area id" / "辖区编号"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @returns    project, name, status, about, meets, uses, lead, taking_part
// @source     the graph itself
MATCH (:Area {id: $area})<-[w:WITHIN]-(place)
WHERE w.since <= $as_of < w.until
MATCH (place)<-[k:CONCERNS]-(project:Project)
WHERE k.since <= $as_of < k.until
WITH DISTINCT project
RETURN project.id AS project, project.name AS name, project.status AS status,
  project.about AS about,
  COLLECT {
    MATCH (project)-[e:MEETS]->(n:Need) WHERE e.since <= $as_of < e.until
    RETURN DISTINCT n.id ORDER BY n.id
  } AS meets,
  COLLECT {
    MATCH (project)-[e:USES]->(r:Resource) WHERE e.since <= $as_of < e.until
    RETURN DISTINCT r.id ORDER BY r.id
  } AS uses,
  COLLECT {
    MATCH (project)<-[e:TAKES_PART_IN]-(b) WHERE e.since <= $as_of < e.until AND e.role = 'lead'
    RETURN DISTINCT b.id ORDER BY b.id
  } AS lead,
  COLLECT {
    MATCH (project)<-[e:TAKES_PART_IN]-(b)
    WHERE e.since <= $as_of < e.until AND coalesce(e.role, '') <> 'lead'
    RETURN DISTINCT b.id ORDER BY b.id
  } AS taking_part
ORDER BY project
