// @title      Published figures about an area
// @title.zh   辖区的公布数字
// @topic      figures
// @about      Claims that concern the area, a place in it, or a body, station, team, project or
// @about      mechanism of it. They stand as published and are never counted as records.
// @about.zh   涉及该辖区、其内部各处及其组织、阵地、队伍、项目、机制的公布数字；按原文照录，不计为记录。
// @param      area    string  required  "area id" / "辖区编号"
// @param      metric  string  null      "metric, or its part before a dot; null = all" / "指标或其点号前部分，空为全部"
// @param      as_of   date    today     "day the answer is for" / "统计日期"
// @returns    claim, name, metric, value, unit, qualifier, nature, as_of_date, scope, quote, about, source, concerns
// @source     the published documents, read through the Claim nodes; each row names its document
// From the figures, which are few, to the area: not from all that lies in it.
MATCH (c:Claim)-[k:CONCERNS]->(thing)-[at:COVERS|SERVES|BASED_IN|CONCERNS*0..1]->(place)
WHERE all(e IN [k] + at WHERE e.since <= $as_of < e.until)
  AND ($metric IS NULL OR c.metric = $metric OR c.metric STARTS WITH $metric + '.')
MATCH (place)-[up:PART_OF*0..7]->(:Area {id: $area})
WHERE all(p IN up WHERE p.since <= $as_of < p.until)
WITH DISTINCT c
RETURN c.id AS claim, c.name AS name, c.metric AS metric, c.value AS value, c.unit AS unit,
  c.qualifier AS qualifier, c.nature AS nature, c.as_of AS as_of_date, c.scope AS scope,
  c.quote AS quote, c.about AS about, c.source AS source,
  COLLECT {
    MATCH (c)-[k:CONCERNS]->(t) WHERE k.since <= $as_of < k.until
    RETURN DISTINCT t.id ORDER BY t.id
  } AS concerns
ORDER BY metric, claim
