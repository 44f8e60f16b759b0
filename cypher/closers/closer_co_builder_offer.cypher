// @title      Mediation offered by co-building units
// @title.zh   共建单位提供的矛盾调解
// @about      A unit that co-builds with the Party organization of the community or subdistrict offers mediation.
// @about.zh   与社区或街道党组织共建的单位提供矛盾调解。
// @closes     mediation
// @kind       co_builder_offer
// @reason     {candidate} is offered by a co-building unit
// @reason.zh  共建单位提供“{candidate}”
// @param      subject  string  required  "id of the place or thing that has the gap" / "缺口对象编号"
// @param      as_of    date    today     "day the answer is for" / "统计日期"
// @returns    candidate, name, metres, minutes, nodes, edges, starts, sources, precisions
// @source     Engineering choice: mediation by a co-building unit is in none of the documents (通川区: a
// @source     posted lawyer as third party; 城东区: a mediation room).
MATCH path = (:Quarter {id: $subject})-[:PART_OF*1..2]->(a:Area)<-[:COVERS]-(:PartyOrganization)<-[:CO_BUILDS]-(u)-[:OFFERS]->(r:Resource)
WHERE all(e IN relationships(path) WHERE e.since <= $as_of < e.until) AND r.category = 'mediation'
RETURN r.id AS candidate, r.name AS name, null AS metres, null AS minutes,
  [n IN nodes(path) | n.id] AS nodes, [e IN relationships(path) | e.id] AS edges,
  [e IN relationships(path) | e.since] AS starts, [e IN relationships(path) | e.source] AS sources,
  [e IN relationships(path) | coalesce(e.date_precision, [])] AS precisions
ORDER BY size(edges), candidate, edges
