// @title      Paths from a need or a place to resources, nearest first
// @title.zh   从需求或地方到资源的路径
// @about      From a need to the place it concerns, or from a building, quarter or area; up to three
// @about      levels up; to a body that covers or a provider that serves that level; to a unit that
// @about      co-builds with it, or not; to the resource. A hop up costs 2, a hop over COVERS,
// @about      SERVES, CO_BUILDS or OFFERS 1, the step from the need to its place nothing. A resource
// @about      whose known uses fill its capacity is left out. `starts`, `sources`, `known` and `precisions` give
// @about      for each hop its first day, its source and whether that day is known; `used` is the
// @about      capacity known to be in use, `use_known` whether every use says how much it takes.
// @about      With near, paths over ties that have ended or not begun and to full resources too, the
// @about      least blocked first: `blocks` gives for each hop ended, not_begun, full or null.
// @about.zh   自需求所涉及之处，或楼栋、小区、辖区出发，向上至多三级，到覆盖或服务该处的组织，可再经一家共建单位，到资源。
// @about.zh   向上一级计 2，覆盖、服务、共建、提供各计 1，需求到所涉及之处计 0；已知用量已满的资源不列。
// @about.zh   starts、sources、known 为每一步的起始日、来源和起始日是否已知；used 为已知用量，use_known 为用量是否全部已知。
// @about.zh   near 为真时，已结束、未开始的关系和已满的资源也列，阻断少的在前；blocks 为每一步的阻断原因，空为畅通。
// @param      source    string      required  "id of a need, building, quarter or area" / "需求、楼栋、小区或辖区编号"
// @param      category  string      null      "resource category; null = those that would meet the need, else all" / "资源类别，空为该需求可对接的类别，其他为全部"
// @param      targets   strings     null      "ids of resources or of their providers, null = all" / "资源或提供者编号，空为全部"
// @param      max_hops  int[1..7]   7         "longest path, edges" / "路径最多步数（边数）"
// @param      near      bool        false     "also ways that are blocked today" / "是否包括当日不通的路径"
// @param      k         int[1..10000]  5      "how many paths" / "路径条数"
// @param      as_of     date        today     "day the answer is for" / "统计日期"
// @returns    resource, resource_name, category, provider, provider_name, capacity, capacity_unit, used, use_known, blocks, cost, hops, nodes, names, types, edges, starts, ends, sources, known, precisions
// @source     the graph itself
CALL () {
  MATCH (n:Need {id: $source})-[c:CONCERNS]->(place)
  WHERE $near OR c.since <= $as_of < c.until
  RETURN place, [n] AS before, [c] AS first, coalesce(n.resource_categories, []) AS wanted
  UNION ALL
  MATCH (place:Quarter {id: $source})
  RETURN place, [] AS before, [] AS first, null AS wanted
  UNION ALL
  MATCH (place:Building {id: $source})
  RETURN place, [] AS before, [] AS first, null AS wanted
  UNION ALL
  MATCH (place:Area {id: $source})
  RETURN place, [] AS before, [] AS first, null AS wanted
}
MATCH path = (place)-[:PART_OF*0..3]->()<-[v:COVERS|SERVES]-(body)<-[:CO_BUILDS*0..1]-(o)
  -[:OFFERS]->(r:Resource)
WHERE ($near OR all(e IN relationships(path) WHERE e.since <= $as_of < e.until))
  AND (type(v) = 'SERVES' OR body:PartyOrganization OR body:ResidentsCommittee)
  AND CASE WHEN $category IS NULL THEN wanted IS NULL OR r.category IN wanted
    ELSE r.category = $category END
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
  [n IN stops | n.id] AS nodes, [n IN stops | n.name] AS names,
  [e IN hops | type(e)] AS types, [e IN hops | e.id] AS edges,
  [e IN hops | e.since] AS starts, [e IN hops | e.until] AS ends,
  [e IN hops | e.source] AS sources,
  [e IN hops | e.since_known] AS known,
  [e IN hops | coalesce(e.date_precision, [])] AS precisions
ORDER BY size([b IN blocks WHERE b IS NOT NULL]), cost, hops, resource, edges
LIMIT $k
