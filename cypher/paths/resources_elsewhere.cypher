// @title      Resources of a category that no path reaches, by how near they are
// @title.zh   路径未达的同类资源，按远近
// @about      Resources on offer on the day, with the nearest area that holds both the place asked
// @about      from and something that the provider (or the body it co-builds with) covers, serves or
// @about      is based in; `steps` counts the levels from the place up to it. Without such an area
// @about      both are null. Nearest first. With levels, only those that share an area at most that
// @about      many levels up: what lies nearer is found without looking through all there are.
// @about.zh   当日在提供的同类资源，及同时包含出发地方与提供者（或其共建组织）覆盖、服务或所在之处的最近辖区；
// @about.zh   steps 为自出发地方向上的级数；没有共同辖区的两项为空。由近及远。
// @about.zh   给出 levels 时，只列共同辖区在其上至多这么多级之内的：近处有的，不必查遍全部。
// @param      place       string  required  "id of the place from which it was looked for" / "出发地方编号"
// @param      categories  strings null      "resource categories, null = all" / "资源类别，空为全部"
// @param      targets     strings null      "ids of resources or of their providers, null = all" / "资源或提供者编号，空为全部"
// @param      levels      int[0..8] null    "levels up to a shared area, at most; null = all, shared or not" / "至共同辖区至多几级，空为全部，不论有无"
// @param      k           int[1..1000]  1   "how many" / "条数"
// @param      as_of       date    today     "day the answer is for" / "统计日期"
// @returns    resource, resource_name, category, provider, provider_name, offer, since, source, place, place_name, area, area_name, steps
// @source     the graph itself
CALL () {
  MATCH (p:Quarter {id: $place})
  RETURN p
  UNION ALL
  MATCH (p:Building {id: $place})
  RETURN p
  UNION ALL
  MATCH (p:Area {id: $place})
  RETURN p
}
WITH p, COLLECT { MATCH (p)-[up:PART_OF*0..8]->(s)
                  WHERE all(e IN up WHERE e.since <= $as_of < e.until)
                  RETURN {area: s.id, name: s.name, steps: size(up)} ORDER BY size(up), s.id } AS above
CALL (p) {
  MATCH (p)-[up:PART_OF*0..8]->(s)
  WHERE size(up) <= $levels AND all(e IN up WHERE e.since <= $as_of < e.until)
  WITH DISTINCT s
  MATCH (s)<-[down:PART_OF*0..8]-(x)
  WHERE all(e IN down WHERE e.since <= $as_of < e.until)
  WITH DISTINCT x
  MATCH (x)<-[v:COVERS|SERVES|BASED_IN]-(b)
  WHERE v.since <= $as_of < v.until
  WITH DISTINCT b
  MATCH (b)<-[w:CO_BUILDS*0..1]-(o)
  WHERE all(e IN w WHERE e.since <= $as_of < e.until)
  WITH DISTINCT o
  MATCH (o)-[f:OFFERS]->(r:Resource)
  RETURN o, f, r
  UNION ALL
  UNWIND CASE WHEN $levels IS NULL THEN [1] ELSE [] END AS every
  MATCH (r:Resource)<-[f:OFFERS]-(o)
  RETURN o, f, r
}
WITH above, r, o, f
WHERE f.since <= $as_of < f.until AND ($categories IS NULL OR r.category IN $categories)
  AND ($targets IS NULL OR r.id IN $targets OR o.id IN $targets)
WITH above, r, o, f,
  COLLECT { MATCH (o)-[w:CO_BUILDS*0..1]->(b)-[v:COVERS|SERVES|BASED_IN]->(x)-[up:PART_OF*0..8]->(s)
            WHERE v.since <= $as_of < v.until AND all(e IN w WHERE e.since <= $as_of < e.until)
              AND all(e IN up WHERE e.since <= $as_of < e.until)
            RETURN {area: s.id, place: x.id, name: x.name} ORDER BY size(w), size(up), x.id, s.id } AS works
WITH r, o, f, works, [a IN above WHERE any(w IN works WHERE w.area = a.area)] AS common
WITH r, o, f, common, CASE WHEN size(common) > 0
  THEN [w IN works WHERE w.area = common[0].area][0] ELSE works[0] END AS at
RETURN r.id AS resource, r.name AS resource_name, r.category AS category,
  o.id AS provider, o.name AS provider_name, f.id AS offer,
  CASE WHEN f.since_known THEN f.since END AS since, f.source AS source,
  at.place AS place, at.name AS place_name,
  common[0].area AS area, common[0].name AS area_name, common[0].steps AS steps
ORDER BY coalesce(steps, 99), resource
LIMIT $k
