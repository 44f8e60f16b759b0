// @title      Organizations of an area and the ties between them
// @title.zh   辖区内的组织及其关系
// @topic      network
// @about      Places of the area, bodies and providers of those places, units that co-build with the bodies, resources and needs. No persons.
// @about      Ties of areas and quarters come first, those of buildings and grids last, so that a limit keeps the whole in sight.
// @about.zh   辖区内各处、覆盖或服务这些地方的组织、与之共建的单位、资源和需求；不含人员。
// @about.zh   先列辖区和小区的关系，最后列楼栋和网格的，以便截断时仍见全貌。
// @param      area   string  required  "area id" / "辖区编号"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @param      ended  bool    false     "also ties that have ended by the day" / "含当日已终止的关系"
// @param      buildings  bool  true  "also buildings and grids" / "含楼栋和网格"
// @param      limit  int[1..1000000]  5000      "most edges" / "关系数上限"
// @returns    edge, type, from, to, since, until, date_precision, source
// @source     the graph itself
MATCH (:Area {id: $area})<-[up:PART_OF*0..7]-(p)
WHERE all(x IN up WHERE x.since <= $as_of < x.until) AND NOT p:Meeting
  AND ($buildings OR NOT (p:Building OR p:Grid))
WITH DISTINCT p
CALL (p) {
  MATCH (p)<-[e:PART_OF|COVERS|SERVES|BASED_IN|CONCERNS]-(b)
  WHERE NOT b:Claim AND NOT b:Meeting AND ($buildings OR NOT (b:Building OR b:Grid))
  RETURN e
  UNION ALL
  MATCH (p)<-[c:COVERS|SERVES]-(b)-[e:SUBORDINATE_TO|OPERATED_BY|OFFERS]->()
  WHERE c.since <= $as_of < c.until
  RETURN e
  UNION ALL
  MATCH (p)<-[c:COVERS|SERVES]-(b)<-[e:CO_BUILDS]-()
  WHERE c.since <= $as_of < c.until
  RETURN e
  UNION ALL
  MATCH (p)<-[c:COVERS|SERVES]-(b)<-[k:CO_BUILDS]-(u)-[e:OFFERS]->()
  WHERE c.since <= $as_of < c.until AND k.since <= $as_of < k.until
  RETURN e
}
WITH DISTINCT e
WHERE e.since <= $as_of AND ($ended OR $as_of < e.until)
WITH e, startNode(e) AS a, endNode(e) AS b
RETURN e.id AS edge, type(e) AS type, a.id AS from, b.id AS to,
  e.since AS since, e.until AS until,
  coalesce(e.date_precision, []) AS date_precision, e.source AS source
ORDER BY CASE WHEN a:Area THEN 0 WHEN a:Quarter THEN 1
    WHEN a:Building OR a:Grid OR b:Building OR b:Grid THEN 3 ELSE 2 END, edge
LIMIT $limit
