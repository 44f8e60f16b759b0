// @title      Communities whose number of households is out of the range
// @title.zh   社区户数超出一般范围
// @about      One row per community. The number is the one recorded of the community itself: the
// @about      households of its quarters are not added up, they need not be all. The law says "as a
// @about      rule" and allows other sizes where needed, so nothing is more than a remark.
// @about.zh   每个社区一行，只依据登记的社区户数，不以所辖小区户数相加推算。
// @about.zh   法律表述为“一般”，允许根据需要设立不同规模，故仅作提示。
// @rule       R52
// @severity   info
// @identity   subject
// @places     subject itself
// @version    1
// @verified   V1
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      min    int[0..100000] 1000  "fewest households (inclusive)" / "户数下限（含，户）"
// @param      max    int[0..100000] 3000  "most households (inclusive)" / "户数上限（含，户）"
// @finding    too_small "fewer than the usual minimum" / "少于一般范围的下限"
// @finding    too_large "more than the usual maximum" / "多于一般范围的上限"
// @reason     {subject} has {households} households: {findings}
// @reason.zh  {subject}共{households}户：{findings}
// @returns    subject, area, households, verdict, findings, missing, evidence
// @source     城市居民委员会组织法 (2025) Art. 3: as a rule 1,000 to 3,000 households; until 2026-01-01
// @source     (2018) Art. 6: as a rule 100 to 700 (texts read, transcriptions).
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (c:Area {level: 'community'})
  RETURN c
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(c:Area {level: 'community'})
  WHERE w.since <= $as_of < w.until
  RETURN c
}
WITH c, CASE WHEN c.households < $min THEN ['too_small'] ELSE [] END
  + CASE WHEN c.households > $max THEN ['too_large'] ELSE [] END AS findings
RETURN c.id AS subject, c.id AS area, c.households AS households,
  CASE WHEN c.households IS NULL THEN 'unknown'
       WHEN size(findings) > 0 THEN 'fail' ELSE 'pass' END AS verdict,
  findings,
  CASE WHEN c.households IS NULL THEN [c.id + '.households'] ELSE [] END AS missing,
  CASE WHEN c.households IS NULL THEN [] ELSE [c.id] END AS evidence
ORDER BY subject
