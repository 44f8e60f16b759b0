// @title      Registers that are complete for an area
// @title.zh   各辖区已齐全的台账
// @topic      areas
// @about      What an area's register lists completely; a missing edge below it is then a gap, not an unknown.
// @param      as_of  date  today  "day the answer is for" / "统计日期"
// @returns    area, subject, since, register
// @source     COMPLETE_IN edges that start at an Area
MATCH (a:Area)-[k:COMPLETE_IN]->(d:SourceDocument)
WHERE k.since <= $as_of < k.until
RETURN a.id AS area, k.subject AS subject, k.since AS since, d.id AS register
ORDER BY area, subject, register
