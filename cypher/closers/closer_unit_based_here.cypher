// @title      Units based in the community that do not co-build
// @title.zh   驻本社区、尚未共建的单位
// @about      Units that are based in the community or one of its quarters and have no co-building with its Party organization.
// @about.zh   驻在本社区或其小区、未与社区党组织共建的单位。
// @closes     big_committee
// @kind       unit_based_here
// @reason     {candidate} is based here and does not co-build yet
// @reason.zh  {candidate}驻在本社区，尚未参与共建
// @param      subject  string  required  "id of the place or thing that has the gap" / "缺口对象编号"
// @param      as_of    date    today     "day the answer is for" / "统计日期"
// @returns    candidate, name, metres, minutes, nodes, edges, starts, sources, precisions
// @source     淡水街道“大党委”, 2022-05-25 (机关、企事业单位、“两新”组织)
MATCH path = (c:Area {id: $subject})<-[:PART_OF*0..1]-(x)<-[:BASED_IN]-(u:Unit)
WHERE all(e IN relationships(path) WHERE e.since <= $as_of < e.until) AND NOT EXISTS {
  MATCH (u)-[k:CO_BUILDS]->(b:PartyOrganization)-[v:COVERS]->(a:Area)
  WHERE a.id = $subject AND k.since <= $as_of < k.until AND v.since <= $as_of < v.until }
RETURN u.id AS candidate, u.name AS name, null AS metres, null AS minutes,
  [n IN nodes(path) | n.id] AS nodes, [e IN relationships(path) | e.id] AS edges,
  [e IN relationships(path) | e.since] AS starts, [e IN relationships(path) | e.source] AS sources,
  [e IN relationships(path) | coalesce(e.date_precision, [])] AS precisions
ORDER BY candidate, size(edges), edges
