// @title      Who employs the part-time members of a Party organization
// @title.zh   党组织兼职委员的任职单位
// @topic      bodies
// @about      One row per employment of a person who is a part-time member on the day.
// @about.zh   当日兼职委员的每段任职单位关系一行。
// @param      organization  string  required  "id of a Party organization" / "党组织编号"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @param      ended  bool    false     "also ties that have ended by the day" / "含当日已终止的关系"
// @tells      EMPLOYED_BY
// @returns    ring, edge, type, from:personal, to:personal, role, since, until, date_precision, source
// @source     the graph itself
MATCH (:PartyOrganization {id: $organization})<-[h:HOLDS_POST {role: 'part_time_member'}]-(p:Person)
WHERE h.since <= $as_of AND ($ended OR $as_of < h.until)
WITH DISTINCT p
MATCH (p)-[e:EMPLOYED_BY]->(u)
WHERE e.since <= $as_of AND ($ended OR $as_of < e.until)
RETURN 2 AS ring, e.id AS edge, type(e) AS type, p.id AS from, u.id AS to, null AS role,
  e.since AS since, e.until AS until,
  coalesce(e.date_precision, []) AS date_precision, e.source AS source
ORDER BY edge
