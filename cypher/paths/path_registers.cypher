// @title      Whether the registers that resource paths read are complete around a need or quarter
// @title.zh   需求或小区周边的资源、共建台账是否齐全
// @about      Where no path is found: "none" needs both registers complete for the place or an area above it; otherwise the answer is "not known".
// @param      source  string  required  "id of a need or quarter" / "需求或小区编号"
// @param      as_of   date    today     "day the answer is for" / "统计日期"
// @returns    place, subject, complete
// @source     COMPLETE_IN edges at the place and at the areas above it
CALL () {
  MATCH (n:Need {id: $source})-[c:CONCERNS]->(p)
  WHERE c.since <= $as_of < c.until
  RETURN p
  UNION
  MATCH (p:Quarter {id: $source})
  RETURN p
}
UNWIND ['resource', 'co_building'] AS subject
RETURN p.id AS place, subject,
  EXISTS {
    MATCH (p)-[ps:PART_OF*0..6]->(x)-[k:COMPLETE_IN]->(:SourceDocument)
    WHERE k.subject = subject AND k.since <= $as_of < k.until
      AND all(e IN ps WHERE e.since <= $as_of < e.until)
  } AS complete
ORDER BY place, subject
