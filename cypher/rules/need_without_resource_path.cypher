// @title      Open needs without a path to a resource
// @title.zh   需求无资源通路
// @about      One row per open need (it concerns a place on the day). Passes where a path leads to a
// @about      resource of a category that would meet it (capacity aside), or a running project meets it. The
// @about      path: the place, up to three levels above it, a body that covers or a provider that
// @about      serves that level, at most one co-builder, the resource. Levels above the community
// @about      count only as far as fallback_levels names them; each edge is a hop, the one from the
// @about      need to its place too. cost: a level up 2, every other hop 1, the first none. The
// @about      alternative is the nearest category within the same reach that would not meet it.
// @about      A fail needs complete lists of resources and of co-building for every place of the need.
// @about      raised: since when the need is known to be open; older than age_days is a warning.
// @about.zh   每项未办结的需求一行：经所涉及之处、向上至多三级、覆盖或服务该级的组织、至多一家共建单位，
// @about.zh   能到达可对接类别的资源（不计容量），或已有在办项目对接的为通过。社区以上层级只计 fallback_levels 所列；
// @about.zh   每条边计一步。alternative 为可及范围内最近的其他类别资源。资源、共建台账均齐全方判不通过；
// @about.zh   提出超过 age_days 天的为提醒。
// @rule       R26
// @severity   info..warning
// @identity   subject
// @places     subject needs_at_places
// @version    1
// @verified   E
// @param      as_of            date         today  "day the answer is for" / "统计日期"
// @param      area             string       null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      max_hops         int[1..7]    6      "longest path, edges" / "通路最多步数（边数）"
// @param      age_days         int[0..3660] 30     "days open after which it is a warning" / "提出多少天以后为提醒（天）"
// @param      fallback_levels  strings{subdistrict,district,city,province}  ["subdistrict","district"]  "levels above the community whose providers count" / "社区以上计入的层级"
// @reason     no resource that would meet {subject} can be reached, and no project meets it
// @reason.zh  {subject}沿资源通路找不到可对接的资源，也没有在办项目对接
// @turns      CONCERNS + days age_days
// @returns    subject, category, area, verdict, severity, raised, resource, cost, alternative, alternative_cost, missing, evidence
// @source     Engineering rule after 淡水街道“大党委”, 2022-05-25 (需求、资源、项目三张清单) and
// @source     城东区育才路社区 (你呼我应); no text sets a period or a distance.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (n:Need)
  RETURN n
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-()<-[c:CONCERNS]-(n:Need)
  WHERE w.since <= $as_of < w.until AND c.since <= $as_of < c.until
  RETURN n
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[up:PART_OF*1..4]-(:Building)<-[c:CONCERNS]-(n:Need)
  WHERE w.since <= $as_of < w.until AND all(e IN up + [c] WHERE e.since <= $as_of < e.until)
  RETURN n
}
MATCH (n)-[c:CONCERNS]->(x)
WHERE c.since <= $as_of < c.until
// Needs are kept with their place and places with what lies above them, so that each of these is
// searched once, however many needs lie below it.
WITH x, collect({need: n, edge: c.id, raised: CASE WHEN c.since_known THEN c.since END}) AS needs
MATCH (x)-[up:PART_OF*0..8]->(s)
WHERE all(e IN up WHERE e.since <= $as_of < e.until)
WITH s, collect({place: x, needs: needs, steps: size(up), edges: [e IN up | e.id],
                 walked: size(up) <= 3 AND (size(up) = 0 OR NOT s:Area OR s.level = 'community'
                                            OR s.level IN $fallback_levels)}) AS ways
WITH s, ways,
  COLLECT { MATCH (s)-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['resource', 'co_building'] AND k.since <= $as_of < k.until
            RETURN {subject: k.subject, id: k.id} ORDER BY k.id } AS registers,
  CASE WHEN any(w IN ways WHERE w.walked) THEN COLLECT {
    MATCH (s)<-[v:COVERS|SERVES]-(b)<-[us:CO_BUILDS*0..1]-(o)-[f:OFFERS]->(r:Resource)
    WHERE v.since <= $as_of < v.until AND f.since <= $as_of < f.until
      AND all(u IN us WHERE u.since <= $as_of < u.until)
      AND (type(v) = 'SERVES' OR b:PartyOrganization OR b:ResidentsCommittee)
    RETURN {category: r.category, resource: r.id, hops: 2 + size(us),
            edges: [v.id] + [u IN us | u.id] + [f.id]}
    ORDER BY size(us), r.id, v.id, f.id, head([u IN us | u.id]) } ELSE [] END AS offers
WITH s, ways, registers, offers,
  COLLECT { UNWIND offers AS x
            RETURN DISTINCT x.category AS category ORDER BY category } AS categories
WITH s, ways, registers, [c IN categories | head([x IN offers WHERE x.category = c])] AS nearest
WITH s, ways, registers, [o IN nearest WHERE o.hops = 2] + [o IN nearest WHERE o.hops > 2] AS nearest
UNWIND ways AS w
WITH w.place AS x, {
  needs: CASE WHEN w.steps = 0 THEN w.needs ELSE [] END, area: CASE WHEN s:Area THEN s.id END,
  level: s.level, registers: registers, steps: w.steps, edges: w.edges,
  nearest: CASE WHEN w.walked THEN nearest ELSE [] END} AS way
WITH x, collect(way) AS ways
// The lowest level comes first: a level more costs more than a co-builder.
WITH x,
  COLLECT { UNWIND ways AS w
            RETURN w ORDER BY w.steps, w.area } AS ways,
  COLLECT { UNWIND ways AS w
            UNWIND w.registers AS k
            RETURN k ORDER BY k.id } AS registers
WITH ways, [k IN registers | k.id] AS registers, head([w IN ways WHERE w.area IS NOT NULL]) AS lowest,
  [t IN ['co_building', 'resource'] WHERE NOT any(k IN registers WHERE k.subject = t) | t + '@' + x.id] AS unlisted
UNWIND ways AS place
UNWIND place.needs AS y
WITH ways, registers, lowest, unlisted, y, coalesce(y.need.resource_categories, []) AS wanted
WITH ways, registers, lowest, unlisted, y, wanted,
  head([x IN [w IN ways | {steps: w.steps, edges: w.edges, offer: head([o IN w.nearest
          WHERE o.category IN wanted AND 1 + w.steps + o.hops <= $max_hops])}]
        WHERE x.offer IS NOT NULL]) AS met,
  head([x IN [w IN ways | {steps: w.steps, offer: head([o IN w.nearest
          WHERE NOT o.category IN wanted AND 1 + w.steps + o.hops <= $max_hops])}]
        WHERE x.offer IS NOT NULL]) AS other
WITH y.need AS n, {
  raised: y.raised, area: lowest.area, level: lowest.level, unlisted: unlisted,
  registers: CASE WHEN met IS NULL THEN registers ELSE [] END,
  resource: met.offer.resource, cost: 2 * met.steps + met.offer.hops,
  edges: [y.edge] + met.edges + met.offer.edges,
  other: other.offer.category, other_cost: 2 * other.steps + other.offer.hops} AS place
WITH n, collect(place) AS places
WITH n,
  COLLECT { UNWIND [x IN places WHERE x.area IS NOT NULL] AS x
            RETURN x.area AS id ORDER BY CASE x.level
              WHEN 'community' THEN 0 WHEN 'subdistrict' THEN 1 WHEN 'district' THEN 2
              WHEN 'city' THEN 3 ELSE 4 END, id LIMIT 1 } AS areas,
  COLLECT { UNWIND [x IN places WHERE x.raised IS NOT NULL] AS x
            RETURN x.raised AS raised ORDER BY raised LIMIT 1 } AS raised,
  COLLECT { UNWIND [x IN places WHERE x.resource IS NOT NULL] AS x
            RETURN x ORDER BY x.cost, x.resource, x.edges[0] LIMIT 1 } AS paths,
  COLLECT { UNWIND [x IN places WHERE x.other IS NOT NULL] AS x
            RETURN {category: x.other, cost: x.other_cost} ORDER BY x.other_cost, x.other LIMIT 1 } AS others,
  COLLECT { UNWIND places AS x
            UNWIND x.registers AS id
            RETURN DISTINCT id ORDER BY id } AS registers,
  COLLECT { MATCH (n)<-[m:MEETS]-(pj:Project)
            WHERE m.since <= $as_of < m.until AND coalesce(pj.status, 'active') IN ['planned', 'active']
            RETURN m.id ORDER BY m.id } AS projects,
  CASE WHEN n.resource_categories IS NULL THEN [n.id + '.resource_categories'] ELSE [] END
  + COLLECT { UNWIND places AS x
              UNWIND x.unlisted AS m
              RETURN m ORDER BY m } AS open
WITH n, areas, raised, paths, others, registers, projects, open,
  CASE WHEN size(paths) + size(projects) > 0 THEN 'pass'
       WHEN size(open) > 0 THEN 'unknown'
       ELSE 'fail' END AS verdict
RETURN n.id AS subject, n.category AS category, areas[0] AS area, verdict,
  CASE verdict WHEN 'fail' THEN
    CASE WHEN raised[0] + duration({days: $age_days}) < $as_of THEN 'warning' ELSE 'info' END END AS severity,
  raised[0] AS raised, paths[0].resource AS resource, paths[0].cost AS cost,
  CASE WHEN verdict <> 'pass' THEN others[0].category END AS alternative,
  CASE WHEN verdict <> 'pass' THEN others[0].cost END AS alternative_cost,
  CASE verdict WHEN 'unknown' THEN open ELSE [] END AS missing,
  CASE verdict WHEN 'pass' THEN CASE WHEN size(paths) > 0 THEN paths[0].edges ELSE [] END + projects
               WHEN 'fail' THEN registers
               ELSE [] END AS evidence
ORDER BY subject
