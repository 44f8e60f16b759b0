// @title      What the documents say of an area, in words
// @title.zh   文献对辖区的文字记述
// @topic      figures
// @about      Places, stations, teams, resources, needs, projects, mechanisms and published figures
// @about      of the area that have words or steps of their own; with `text`, those in whose name,
// @about      words or steps it occurs. The words are this graph's, not the document's.
// @about.zh   辖区内有文字说明或步骤的处所、阵地、队伍、资源、需求、项目、机制和公布数字；给出 text 时，
// @about.zh   只列名称、说明或步骤中含有该文字者。说明系本图概括，不是原文。
// @param      area   string  required  "area id" / "辖区编号"
// @param      text   string  null      "what has to occur, e.g. 停车费; null = all" / "应含的文字，如 停车费，空为全部"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @returns    thing, name, type, about, steps, source
// @source     the published documents; each row names its document
MATCH (:Area {id: $area})<-[up:PART_OF*0..7]-(place)
WHERE all(p IN up WHERE p.since <= $as_of < p.until)
WITH DISTINCT place
MATCH (place)<-[at:COVERS|SERVES|BASED_IN*0..1]-(body)
WHERE all(e IN at WHERE e.since <= $as_of < e.until)
WITH DISTINCT body
CALL (body) {
  RETURN body AS thing
  UNION
  MATCH (body)<-[k:CONCERNS]-(x) WHERE k.since <= $as_of RETURN x AS thing
  UNION
  MATCH (body)-[f:OFFERS]->(x:Resource) WHERE f.since <= $as_of < f.until RETURN x AS thing
}
WITH DISTINCT thing
WHERE (thing.about IS NOT NULL OR thing.steps IS NOT NULL)
  AND ($text IS NULL OR thing.name CONTAINS $text OR coalesce(thing.about, '') CONTAINS $text
    OR any(s IN coalesce(thing.steps, []) WHERE s CONTAINS $text))
RETURN thing.id AS thing, thing.name AS name, labels(thing)[0] AS type, thing.about AS about,
  thing.steps AS steps, thing.source AS source
ORDER BY thing
