// @title      Open needs that a resource can meet
// @title.zh   需求与资源对接
// @about      One row per open need. Covered: a resource of a category that would meet it can be
// @about      reached (its place, up to three levels above, what covers or serves these, their
// @about      co-builders), capacity aside, or a project that is not over meets it.
// @about.zh   每项未办结的需求一行；沿资源路径可达相应类别的资源（不计容量），或已有项目对接，即为覆盖。
// @dimension    11
// @subject      Need
// @denominator  need
// @places       subject needs_at_places
// @closes       resource, co_building
// @reason       {subject}: no resource and no project meets the need
// @reason.zh    {subject}没有可对接的资源或项目
// @rules        R26
// @claim        resource_match.covered covered
// @claim        resource_match.total total
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @returns    subject, area, state, since, missing, evidence, resources, projects
// @source     淡水街道“大党委”, 2022-05-25 (需求、资源、项目三张清单).
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (n:Need)
  RETURN n
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(x)<-[c:CONCERNS]-(n:Need)
  WHERE w.since <= $as_of < w.until AND c.since <= $as_of < c.until
  RETURN n
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[up:PART_OF*1..4]-(:Building)<-[c:CONCERNS]-(n:Need)
  WHERE w.since <= $as_of < w.until AND all(e IN up + [c] WHERE e.since <= $as_of < e.until)
  RETURN n
}
WITH n, COLLECT { MATCH (n)-[c:CONCERNS]->(s)
                  WHERE c.since <= $as_of < c.until
                  RETURN DISTINCT s ORDER BY s.id } AS places
WHERE size(places) > 0
WITH n, places, COLLECT { UNWIND places AS x
                          MATCH (x)-[up:PART_OF*0..8]->(s)
                          WHERE all(e IN up WHERE e.since <= $as_of < e.until)
                          RETURN {place: x.id, node: s, steps: size(up)}
                          ORDER BY size(up), s.id, x.id } AS chain
WITH n, places, chain, COLLECT { UNWIND [y IN chain | y.node] AS x
                                 MATCH (x)-[w:WITHIN]->(a)
                                 WHERE w.since <= $as_of < w.until
                                 WITH DISTINCT a, w.height AS height
                                 RETURN a ORDER BY height, a.id } AS above
WITH n, places, chain, above[0].id AS area,
  COLLECT { UNWIND [x IN chain WHERE x.steps <= 3] AS x
            WITH DISTINCT x.node AS s
            MATCH (s)<-[c:COVERS|SERVES]-(b)
            WHERE c.since <= $as_of < c.until
            RETURN DISTINCT b ORDER BY b.id } AS bodies
WITH n, places, chain, area,
  COLLECT { UNWIND bodies AS b
            MATCH (b)<-[us:CO_BUILDS*0..1]-(o)
            WHERE all(u IN us WHERE u.since <= $as_of < u.until)
            RETURN DISTINCT o ORDER BY o.id } AS providers
WITH n, places, chain, area,
  COLLECT { UNWIND providers AS o
            MATCH (o)-[f:OFFERS]->(r:Resource)
            WHERE r.category IN n.resource_categories AND f.since <= $as_of
            RETURN {edge: f, resource: r.id} ORDER BY f.since, f.id } AS offers,
  COLLECT { MATCH (n)<-[m:MEETS]-(pj:Project)
            WHERE m.since <= $as_of AND coalesce(pj.status, 'active') IN ['planned', 'active']
            RETURN {edge: m, project: pj.id} ORDER BY m.since, m.id } AS meets,
  COLLECT { UNWIND chain AS x
            WITH x.node AS s, x.place AS place
            MATCH (s)-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['resource', 'co_building'] AND k.since <= $as_of < k.until
            RETURN {place: place, subject: k.subject, id: k.id, since: k.since}
            ORDER BY k.since, k.id, place } AS registers
WITH n, area, places, registers,
  [x IN offers WHERE x.edge.until > $as_of] AS offered,
  [x IN meets WHERE x.edge.until > $as_of] AS met,
  [x IN offers + meets WHERE x.edge.until <= $as_of | x.edge.until] AS over,
  CASE WHEN n.resource_categories IS NULL THEN [n.id + '.resource_categories'] ELSE [] END
  + COLLECT { UNWIND ['resource', 'co_building'] AS subject
              UNWIND places AS x
              WITH subject, x
              WHERE NOT any(k IN registers WHERE k.place = x.id AND k.subject = subject)
              RETURN subject + '@' + x.id AS m ORDER BY m } AS open
WITH n, area, registers, offered, met, open,
  COLLECT { UNWIND over AS until RETURN until ORDER BY until DESC LIMIT 1 } AS ended,
  COLLECT { UNWIND registers AS k
            WITH k.place AS place, k.subject AS subject, min(k.since) AS since
            RETURN since ORDER BY since DESC LIMIT 1 } AS closed_since
WITH n, area, registers, offered, met, open, ended, closed_since,
  CASE WHEN size(offered) + size(met) > 0 THEN 'covered'
       WHEN size(open) = 0 THEN 'gap'
       ELSE 'unknown' END AS state
RETURN n.id AS subject, area, state,
  CASE state WHEN 'covered' THEN
               COLLECT { UNWIND offered + met AS x
                         WITH x.edge.since AS since
                         RETURN since ORDER BY since LIMIT 1 }[0]
             WHEN 'gap' THEN coalesce(ended[0], closed_since[0]) END AS since,
  CASE state WHEN 'unknown' THEN open ELSE [] END AS missing,
  CASE state WHEN 'covered' THEN [x IN offered | x.edge.id] + [x IN met | x.edge.id]
             WHEN 'gap' THEN COLLECT { UNWIND registers AS k RETURN DISTINCT k.id AS id ORDER BY id }
             ELSE [] END AS evidence,
  COLLECT { UNWIND offered AS x RETURN DISTINCT x.resource AS id ORDER BY id } AS resources,
  COLLECT { UNWIND met AS x RETURN DISTINCT x.project AS id ORDER BY id } AS projects
ORDER BY subject
