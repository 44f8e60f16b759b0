// @title      Published figures by the place that they are about
// @title.zh   公布数字及其所指之处
// @topic      figures
// @about      One row per claim and what it concerns, with the lowest area of that thing. They stand
// @about      as published and are never counted as records.
// @about.zh   公布数字每条、每个所指对象一行，并给出其所在的最低一级辖区；按原文照录，不计为记录。
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @returns    claim, name, metric, value, unit, qualifier, nature, as_of_date, scope, quote, source, concerns, concerns_name, area
// @source     the published documents, read through the Claim nodes; each row names its document
MATCH (c:Claim)-[k:CONCERNS]->(x)
WHERE k.since <= $as_of < k.until
WITH DISTINCT c, x
WITH c, x, COLLECT { MATCH (x)-[at:COVERS|SERVES|BASED_IN*0..1]->()-[up:PART_OF*0..8]->(a)
                     WHERE a:Area AND all(e IN at + up WHERE e.since <= $as_of < e.until)
                     RETURN a.id ORDER BY size(at) + size(up), a.id } AS areas
WHERE $area IS NULL OR $area IN areas
RETURN c.id AS claim, c.name AS name, c.metric AS metric, c.value AS value, c.unit AS unit,
  c.qualifier AS qualifier, c.nature AS nature, c.as_of AS as_of_date, c.scope AS scope,
  c.quote AS quote, c.source AS source, x.id AS concerns, x.name AS concerns_name, areas[0] AS area
ORDER BY metric, claim, concerns
