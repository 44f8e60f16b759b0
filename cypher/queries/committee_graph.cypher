// @title      A Party organization's extended committee in rings
// @title.zh   大党委同心圆
// @topic      network
// @about      Ring 1: secretary, deputy secretaries and committee members; 2: part-time members;
// @about      3: units that co-build; 4: what these offer. One row per edge; persons by id only.
// @about.zh   第1圈书记、副书记、委员，第2圈兼职委员，第3圈共建单位，第4圈其提供的资源；每条关系一行，
// @about.zh   人员只列编号。
// @param      organization  string  required  "id of a Party organization" / "党组织编号"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @param      ended  bool    false     "also ties that have ended by the day" / "含当日已终止的关系"
// @returns    ring, edge, type, from, to, role, since, until, date_precision, source
// @source     the graph itself
MATCH (o:PartyOrganization {id: $organization})
CALL (o) {
  MATCH (o)<-[e:HOLDS_POST]-(:Person)
  WHERE e.role IN ['secretary', 'deputy_secretary', 'committee_member', 'part_time_member']
  RETURN e, CASE WHEN e.role = 'part_time_member' THEN 2 ELSE 1 END AS ring
  UNION ALL
  MATCH (o)<-[e:CO_BUILDS]-()
  RETURN e, 3 AS ring
  UNION ALL
  MATCH (o)<-[k:CO_BUILDS]-(u)-[e:OFFERS]->(:Resource)
  WHERE k.since <= $as_of AND ($ended OR $as_of < k.until)
  RETURN e, 4 AS ring
}
WITH DISTINCT e, ring
WHERE e.since <= $as_of AND ($ended OR $as_of < e.until)
RETURN ring, e.id AS edge, type(e) AS type, startNode(e).id AS from, endNode(e).id AS to,
  e.role AS role, e.since AS since, e.until AS until,
  coalesce(e.date_precision, []) AS date_precision, e.source AS source
ORDER BY ring, edge
