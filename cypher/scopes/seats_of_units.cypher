// @title      Where units and firms are based
// @title.zh   各单位、企业的驻地
// @about      One row per unit, firm or station and quarter or area in which it is based.
// @about.zh   每个单位、企业、站点及其驻在的小区或辖区一行。
// @param      as_of  date  today  "day the answer is for" / "统计日期"
// @returns    subject, place
// @source     the model: BASED_IN
MATCH (u)-[s:BASED_IN]->(x)
WHERE s.since <= $as_of < s.until
RETURN DISTINCT u.id AS subject, x.id AS place
ORDER BY subject, place
