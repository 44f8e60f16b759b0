// @title      Full Party members who live in the quarter
// @title.zh   居住在本小区的正式党员
// @about      Three full members can form a branch (rule R01); of a building it is its quarter.
// @about.zh   正式党员三人以上可成立党支部（规则 R01）；楼栋按其所在小区计。
// @closes     party_branch, party_group
// @kind       party_member_resident
// @reason     {candidate} lives in the quarter and is a full member of the Party
// @reason.zh  {candidate}居住在本小区，为正式党员
// @param      subject  string  required  "id of the place or thing that has the gap" / "缺口对象编号"
// @param      as_of    date    today     "day the answer is for" / "统计日期"
// @tells      LIVES_IN, party_status, party_joined_on, party_full_on
// @returns    candidate:personal, name:personal, metres, minutes, nodes:personal, edges:personal, starts, sources, precisions,
// @returns    unconfirmed:personal
// @source     支部工作条例 Art. 4 (three full members form a branch; wording read on a public page)
CALL () {
  MATCH path = (q:Quarter {id: $subject})<-[:LIVES_IN]-(p:Person)
  RETURN path, p
  UNION ALL
  MATCH path = (:Building {id: $subject})-[:PART_OF*1..2]->(q:Quarter)<-[:LIVES_IN]-(p:Person)
  RETURN path, p
}
WITH path, p
WHERE p.party_status = 'full' AND coalesce(p.party_full_on, p.party_joined_on, $as_of) <= $as_of
  AND all(e IN relationships(path) WHERE e.since <= $as_of < e.until)
RETURN p.id AS candidate, p.name AS name, null AS metres, null AS minutes,
  [n IN nodes(path) | n.id] AS nodes, [e IN relationships(path) | e.id] AS edges,
  [e IN relationships(path) | e.since] AS starts, [e IN relationships(path) | e.source] AS sources,
  [e IN relationships(path) | coalesce(e.date_precision, [])] AS precisions,
  // Whose month or year it is may be a full member later in it.
  [word IN coalesce(p.date_precision, []) WHERE $as_of < CASE
     WHEN word = 'party_full_on:month' THEN p.party_full_on + duration({months: 1, days: -1})
     WHEN word = 'party_full_on:year' THEN p.party_full_on + duration({years: 1, days: -1})
     WHEN p.party_full_on IS NOT NULL THEN null
     WHEN word = 'party_joined_on:month' THEN p.party_joined_on + duration({months: 1, days: -1})
     WHEN word = 'party_joined_on:year' THEN p.party_joined_on + duration({years: 1, days: -1}) END
   | p.id + '.' + split(word, ':')[0]] AS unconfirmed
ORDER BY candidate, edges
