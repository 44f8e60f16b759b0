// @title      Co-builders based nowhere, by what the organization that they joined covers
// @title.zh   无驻地的共建单位，按所加入党组织覆盖的处所列出
// @about      One row per co-building unit or firm without a seat, and quarter or area.
// @about.zh   每个无驻地登记的共建单位及所加入党组织覆盖的小区、辖区一行。
// @param      as_of  date  today  "day the answer is for" / "统计日期"
// @returns    subject, place
// @source     the model: CO_BUILDS, COVERS, BASED_IN
MATCH (u)-[c:CO_BUILDS]->(:PartyOrganization)-[v:COVERS]->(x)
WHERE c.since <= $as_of < c.until AND v.since <= $as_of < v.until AND (x:Area OR x:Quarter)
  AND NOT EXISTS { MATCH (u)-[s:BASED_IN]->(y)
                   WHERE (y:Area OR y:Quarter) AND s.since <= $as_of < s.until }
RETURN DISTINCT u.id AS subject, x.id AS place
ORDER BY subject, place
