// @title      Party members who own a home in the quarter
// @title.zh   在本小区有房产的党员
// @about      Owners can sit on the committee; members of any owners' committee are left out.
// @about.zh   业主方可任业委会成员；已任业委会成员的不列。
// @closes     owners_committee, oc_party_ratio
// @kind       party_member_owner
// @reason     {candidate} owns a home in the quarter and is a Party member
// @reason.zh  {candidate}在本小区有房产，为党员
// @param      subject  string  required  "id of the place or thing that has the gap" / "缺口对象编号"
// @param      as_of    date    today     "day the answer is for" / "统计日期"
// @tells      OWNS_HOME_IN, party_status, party_joined_on
// @returns    candidate:personal, name:personal, metres, minutes, nodes:personal, edges:personal, starts, sources, precisions,
// @returns    unconfirmed:personal
// @source     物业管理条例 Art. 16 (members are owners; text read, transcription); 石鼓区“五建五提升”, 2022-09-19
CALL () {
  MATCH path = (:Quarter {id: $subject})<-[:OWNS_HOME_IN]-(p:Person)
  RETURN path, p
  UNION ALL
  MATCH path = (:OwnersCommittee {id: $subject})-[:COVERS]->(:Quarter)<-[:OWNS_HOME_IN]-(p:Person)
  RETURN path, p
}
WITH path, p
WHERE all(e IN relationships(path) WHERE e.since <= $as_of < e.until)
  AND p.party_status IN ['full', 'probationary'] AND coalesce(p.party_joined_on, $as_of) <= $as_of
  AND NOT EXISTS { MATCH (p)-[h:HOLDS_POST]->(y:OwnersCommittee)
                   WHERE h.since <= $as_of < h.until AND h.role IN ['chair', 'vice_chair', 'member'] }
RETURN p.id AS candidate, p.name AS name, null AS metres, null AS minutes,
  [n IN nodes(path) | n.id] AS nodes, [e IN relationships(path) | e.id] AS edges,
  [e IN relationships(path) | e.since] AS starts, [e IN relationships(path) | e.source] AS sources,
  [e IN relationships(path) | coalesce(e.date_precision, [])] AS precisions,
  // Who joined in the month or year of the day may not be a member yet.
  [word IN coalesce(p.date_precision, []) WHERE $as_of < CASE word
     WHEN 'party_joined_on:month' THEN p.party_joined_on + duration({months: 1, days: -1})
     WHEN 'party_joined_on:year' THEN p.party_joined_on + duration({years: 1, days: -1}) END
   | p.id + '.party_joined_on'] AS unconfirmed
ORDER BY candidate, edges
