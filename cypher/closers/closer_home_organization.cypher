// @title      Party organizations of the home
// @title.zh   居住地党组织
// @about      Where an employed Party member can register: the branch of the quarter, then the community's organization.
// @about.zh   在职党员可报到的党组织：先小区党支部，后社区党组织。
// @closes     party_member_activation
// @kind       home_organization
// @reason     {candidate} covers the home and can take the registration
// @reason.zh  {candidate}覆盖居住地，可接受报到
// @param      subject  string  required  "id of the place or thing that has the gap" / "缺口对象编号"
// @param      as_of    date    today     "day the answer is for" / "统计日期"
// @tells      LIVES_IN
// @returns    candidate:sensitive, name:sensitive, metres, minutes, nodes:sensitive, edges:sensitive, starts, sources, precisions
// @source     双报到 (在职党员到居住地党组织报到; wording read on public pages)
MATCH path = (:Person {id: $subject})-[:LIVES_IN]->(q:Quarter)-[:PART_OF*0..1]->(x)<-[:COVERS]-(b:PartyOrganization)
WHERE all(e IN relationships(path) WHERE e.since <= $as_of < e.until)
  AND (x = q OR b.level = 'community') AND coalesce(b.tier, '') <> 'group'
RETURN b.id AS candidate, b.name AS name, null AS metres, null AS minutes,
  [n IN nodes(path) | n.id] AS nodes, [e IN relationships(path) | e.id] AS edges,
  [e IN relationships(path) | e.since] AS starts, [e IN relationships(path) | e.source] AS sources,
  [e IN relationships(path) | coalesce(e.date_precision, [])] AS precisions
ORDER BY size(edges), candidate, edges
