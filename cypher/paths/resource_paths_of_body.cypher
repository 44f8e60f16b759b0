// @title      Paths from a body or a person to resources, nearest first
// @title.zh   从组织或人员到资源的路径
// @about      From a body, unit, team or station, or from the bodies in which a person holds a post:
// @about      to what it offers itself, to its co-builders, and by way of the places that it covers,
// @about      serves or is based in as the paths from a place go. Every hop costs 1, a level up 2.
// @about      Capacity, near and the lists are those of resource_paths.
// @about.zh   自组织、单位、队伍、站点，或人员任职的组织出发：到其自身及共建单位的资源，
// @about.zh   以及经其覆盖、服务或所在之处（同地方出发的路径）可达的资源。每步计 1，向上一级计 2。
// @about.zh   容量、near 和各列同 resource_paths。
// @param      source    string      required  "id of a body, unit, team, station or person" / "组织、单位、队伍、站点或人员编号"
// @param      category  string      null      "resource category, null = all" / "资源类别，空为全部"
// @param      targets   strings     null      "ids of resources or of their providers, null = all" / "资源或提供者编号，空为全部"
// @param      max_hops  int[1..8]   8         "longest path, edges" / "路径最多步数（边数）"
// @param      near      bool        false     "also ways that are blocked today" / "是否包括当日不通的路径"
// @param      k         int[1..10000]  5      "how many paths" / "路径条数"
// @param      as_of     date        today     "day the answer is for" / "统计日期"
// @returns    resource, resource_name, category, provider, provider_name, capacity, capacity_unit, used, use_known, blocks, cost, hops, nodes, names, types, edges, starts, ends, sources, known, precisions
// @source     the graph itself
CALL () {
  MATCH (b:PartyOrganization {id: $source})
  RETURN b, [] AS before, [] AS first
  UNION ALL
  MATCH (b:ResidentsCommittee {id: $source})
  RETURN b, [] AS before, [] AS first
  UNION ALL
  MATCH (b:OwnersCommittee {id: $source})
  RETURN b, [] AS before, [] AS first
  UNION ALL
  MATCH (b:SupervisionCommittee {id: $source})
  RETURN b, [] AS before, [] AS first
  UNION ALL
  MATCH (b:PropertyProject {id: $source})
  RETURN b, [] AS before, [] AS first
  UNION ALL
  MATCH (b:PropertyFirm {id: $source})
  RETURN b, [] AS before, [] AS first
  UNION ALL
  MATCH (b:Unit {id: $source})
  RETURN b, [] AS before, [] AS first
  UNION ALL
  MATCH (b:Team {id: $source})
  RETURN b, [] AS before, [] AS first
  UNION ALL
  MATCH (b:ServiceStation {id: $source})
  RETURN b, [] AS before, [] AS first
  UNION ALL
  MATCH (p:Person {id: $source})-[h:HOLDS_POST]->(b)
  WHERE $near OR h.since <= $as_of < h.until
  RETURN b, [p] AS before, [h] AS first
}
CALL (b) {
  MATCH path = (b)<-[:CO_BUILDS*0..1]-(o)-[:OFFERS]->(r:Resource)
  RETURN path, o, r
  UNION ALL
  MATCH path = (b)-[:COVERS|SERVES|BASED_IN]->(place)-[:PART_OF*0..3]->()<-[v:COVERS|SERVES]-(body)
    <-[:CO_BUILDS*0..1]-(o)-[:OFFERS]->(r:Resource)
  WHERE b <> body AND b <> o
    AND (type(v) = 'SERVES' OR body:PartyOrganization OR body:ResidentsCommittee)
  RETURN path, o, r
}
WITH r, o, path, before, first
WHERE ($near OR all(e IN relationships(path) WHERE e.since <= $as_of < e.until))
  AND ($category IS NULL OR r.category = $category)
  AND ($targets IS NULL OR r.id IN $targets OR o.id IN $targets)
WITH r, o, before + nodes(path) AS stops, first + relationships(path) AS hops
WHERE size(hops) <= $max_hops
WITH r, o, stops, hops,
  COLLECT { MATCH (r)<-[u:USES]-(:Project)
            WHERE u.since <= $as_of < u.until
            RETURN u.amount ORDER BY u.id } AS uses
WITH r, o, stops, hops, uses,
  reduce(sum = 0.0, u IN uses | sum + coalesce(u, 0.0)) AS used
WITH r, o, stops, hops, uses, used, coalesce(used >= r.capacity, false) AS full
WHERE $near OR NOT full
WITH r, o, stops, hops, uses, used,
  [e IN hops | CASE WHEN e.until <= $as_of THEN 'ended' WHEN e.since > $as_of THEN 'not_begun'
                    WHEN type(e) = 'OFFERS' AND full THEN 'full' END] AS blocks
RETURN r.id AS resource, r.name AS resource_name, r.category AS category,
  o.id AS provider, o.name AS provider_name,
  r.capacity AS capacity, r.capacity_unit AS capacity_unit,
  used, all(u IN uses WHERE u IS NOT NULL) AS use_known, blocks,
  reduce(sum = 0, e IN hops |
    sum + CASE type(e) WHEN 'PART_OF' THEN 2 WHEN 'CONCERNS' THEN 0 ELSE 1 END) AS cost,
  size(hops) AS hops,
  [n IN stops | n.id] AS nodes,
  [n IN stops | CASE WHEN NOT n:Person THEN n.name END] AS names,
  [e IN hops | type(e)] AS types, [e IN hops | e.id] AS edges,
  [e IN hops | e.since] AS starts, [e IN hops | e.until] AS ends,
  [e IN hops | e.source] AS sources,
  [e IN hops | e.since_known] AS known,
  [e IN hops | coalesce(e.date_precision, [])] AS precisions
ORDER BY size([b IN blocks WHERE b IS NOT NULL]), cost, hops, resource, edges
LIMIT $k
