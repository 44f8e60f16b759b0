// @title      Branches of the building's quarter
// @title.zh   楼栋所在小区的党支部
// @about      A branch divides into groups.
// @about.zh   党支部可划分党小组。
// @closes     party_group
// @kind       quarter_branch
// @reason     {candidate} covers the quarter and can set up a group in the building
// @reason.zh  {candidate}覆盖本小区，可在楼栋设立党小组
// @param      subject  string  required  "id of the place or thing that has the gap" / "缺口对象编号"
// @param      as_of    date    today     "day the answer is for" / "统计日期"
// @returns    candidate, name, metres, minutes, nodes, edges, starts, sources, precisions
// @source     支部工作条例 Art. 13 (a branch may divide into groups; wording read on a public page)
MATCH path = (:Building {id: $subject})-[:PART_OF*1..2]->(q:Quarter)<-[:COVERS]-(b:PartyOrganization)
WHERE all(e IN relationships(path) WHERE e.since <= $as_of < e.until)
  AND b.tier IN ['branch', 'joint_branch', 'functional_branch']
RETURN b.id AS candidate, b.name AS name, null AS metres, null AS minutes,
  [n IN nodes(path) | n.id] AS nodes, [e IN relationships(path) | e.id] AS edges,
  [e IN relationships(path) | e.since] AS starts, [e IN relationships(path) | e.source] AS sources,
  [e IN relationships(path) | coalesce(e.date_precision, [])] AS precisions
ORDER BY candidate, edges
