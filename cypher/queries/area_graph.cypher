// @title      Organizations of an area and the ties between them
// @title.zh   辖区内的组织及其关系
// @about      Places of the area, bodies and providers of those places, units that co-build with the bodies, resources and needs. No persons.
// @param      area   string  required  "area id" / "辖区编号"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @param      limit  int     5000      "most edges" / "关系数上限"
// @returns    edge, type, from, to, since, until
// @source     the graph itself
MATCH (p)-[ps:PART_OF*0..6]->(:Area {id: $area})
WHERE all(x IN ps WHERE x.since <= $as_of < x.until) AND NOT p:Meeting
WITH collect(DISTINCT p) AS places
CALL (places) {
  UNWIND places AS p
  MATCH (p)-[e:PART_OF]->(up) WHERE up IN places
  RETURN e
  UNION
  UNWIND places AS p
  MATCH (p)<-[e:COVERS|SERVES|BASED_IN|CONCERNS]-(b) WHERE NOT b:Claim
  RETURN e
  UNION
  UNWIND places AS p
  MATCH (p)<-[c:COVERS|SERVES]-(b)
  WHERE c.since <= $as_of < c.until
  WITH DISTINCT b
  MATCH (b)-[e:SUBORDINATE_TO|OPERATED_BY|OFFERS]->()
  RETURN e
  UNION
  UNWIND places AS p
  MATCH (p)<-[c:COVERS|SERVES]-(b)
  WHERE c.since <= $as_of < c.until
  WITH DISTINCT b
  MATCH (b)<-[e:CO_BUILDS]-()
  RETURN e
  UNION
  UNWIND places AS p
  MATCH (p)<-[c:COVERS|SERVES]-(b)
  WHERE c.since <= $as_of < c.until
  WITH DISTINCT b
  MATCH (b)<-[k:CO_BUILDS]-(u)
  WHERE k.since <= $as_of < k.until
  WITH DISTINCT u
  MATCH (u)-[e:OFFERS]->()
  RETURN e
}
WITH DISTINCT e
WHERE e.since <= $as_of < e.until
RETURN e.id AS edge, type(e) AS type, startNode(e).id AS from, endNode(e).id AS to,
  e.since AS since, e.until AS until
ORDER BY edge
LIMIT $limit
