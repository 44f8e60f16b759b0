// @title      Bodies of an area
// @title.zh   辖区内的组织
// @topic      bodies
// @about      Party organizations, residents', owners' and supervision committees and property
// @about      projects that cover or serve the area or a place in it. `covers` lists all that a
// @about      body covers or serves on the day, also outside the area; `covers_names` their names.
// @about.zh   覆盖或服务该辖区及其内部各处的党组织、居委会、业委会、监督委员会和物业项目；
// @about.zh   covers 列出该组织当日覆盖或服务的全部对象，含辖区以外的；covers_names 为其名称。
// @param      area   string  required  "area id" / "辖区编号"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @returns    body, type, name, tier, level, covers, covers_names
// @source     the graph itself
MATCH (:Area {id: $area})<-[up:PART_OF*0..7]-(place)
WHERE all(p IN up WHERE p.since <= $as_of < p.until)
MATCH (place)<-[c:COVERS|SERVES]-(body)
WHERE c.since <= $as_of < c.until
  AND (body:PartyOrganization OR body:ResidentsCommittee OR body:OwnersCommittee
    OR body:SupervisionCommittee OR body:PropertyProject)
WITH DISTINCT body
RETURN body.id AS body, labels(body)[0] AS type, body.name AS name,
  body.tier AS tier, body.level AS level,
  COLLECT {
    MATCH (body)-[c:COVERS|SERVES]->(covered)
    WHERE c.since <= $as_of < c.until
    RETURN DISTINCT covered.id ORDER BY covered.id
  } AS covers,
  COLLECT {
    MATCH (body)-[c:COVERS|SERVES]->(covered)
    WHERE c.since <= $as_of < c.until
    WITH DISTINCT covered ORDER BY covered.id
    RETURN coalesce(covered.name, covered.id)
  } AS covers_names
ORDER BY body
