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
MATCH (n)-[c:CONCERNS]->(x)
WHERE c.since <= $as_of < c.until
// Needs are kept with their place, and places with what lies above them: each of these is read once.
WITH x, collect(DISTINCT n) AS needs
MATCH (x)-[up:PART_OF*0..8]->(s)
WHERE all(e IN up WHERE e.since <= $as_of < e.until)
WITH s, collect({place: x, needs: needs, steps: size(up)}) AS ways
WITH s, ways,
  [(s)-[w:WITHIN]->(a)
   WHERE w.since <= $as_of < w.until | toString(w.height) + a.id] AS within,
  [(s)-[k:COMPLETE_IN]->(:SourceDocument)
   WHERE k.subject IN ['resource', 'co_building'] AND k.since <= $as_of < k.until
   | {subject: k.subject, id: k.id, since: k.since}] AS registers,
  CASE WHEN any(y IN ways WHERE y.steps <= 3) THEN
    [(s)<-[c:COVERS|SERVES]-(b)<-[us:CO_BUILDS*0..1]-(o)-[f:OFFERS]->(r:Resource)
     WHERE c.since <= $as_of < c.until AND all(u IN us WHERE u.since <= $as_of < u.until)
       AND f.since <= $as_of
     | {id: f.id, since: f.since, until: f.until, resource: r.id, category: r.category}] ELSE [] END AS offers
WITH ways, registers, offers,
  reduce(low = null, key IN within | CASE WHEN low < key THEN low ELSE key END) AS low
UNWIND ways AS y
WITH y.place AS x, min(low) AS low,
  collect({needs: CASE y.steps WHEN 0 THEN y.needs ELSE [] END, registers: registers,
           offers: CASE WHEN y.steps <= 3 THEN offers ELSE [] END}) AS levels
WITH x, low, reduce(found = [], y IN levels | found + y.needs) AS needs,
  reduce(found = [], y IN levels | found + y.registers) AS registers,
  reduce(found = [], y IN levels | found + y.offers) AS offers
WITH low, needs, registers, offers,
  [t IN ['co_building', 'resource'] WHERE NOT any(k IN registers WHERE k.subject = t) | t + '@' + x.id] AS open
UNWIND needs AS n
WITH n, min(low) AS low,
  collect({registers: registers, open: open,
           offers: [o IN offers WHERE o.category IN n.resource_categories]}) AS places,
  [(n)<-[m:MEETS]-(pj:Project)
   WHERE m.since <= $as_of AND coalesce(pj.status, 'active') IN ['planned', 'active']
   | {id: m.id, since: m.since, until: m.until, project: pj.id}] AS meets
WITH n, substring(low, 1) AS area, places, meets,
  reduce(found = [], y IN places | found + y.offers) AS offers,
  reduce(found = [], y IN places | found + y.open) AS open
WITH n, area, places,
  CASE WHEN size(offers) < 2 THEN offers ELSE
    COLLECT { UNWIND offers AS x RETURN DISTINCT x ORDER BY x.since, x.id } END AS offers,
  CASE WHEN size(meets) < 2 THEN meets ELSE
    COLLECT { UNWIND meets AS x RETURN x ORDER BY x.since, x.id } END AS meets,
  CASE WHEN n.resource_categories IS NULL THEN [n.id + '.resource_categories'] ELSE [] END
  + CASE WHEN size(places) = 1 THEN open ELSE
    COLLECT { UNWIND open AS m RETURN m ORDER BY m } END AS open
WITH n, area, places, open,
  [x IN offers WHERE x.until > $as_of] AS offered,
  [x IN meets WHERE x.until > $as_of] AS met,
  [x IN offers + meets WHERE x.until <= $as_of | x.until] AS over
WITH n, area, places, open, offered, met, over,
  CASE WHEN size(offered) + size(met) > 0 THEN 'covered'
       WHEN size(open) = 0 THEN 'gap'
       ELSE 'unknown' END AS state
WITH n, area, places, open, offered, met, over, state,
  CASE state WHEN 'gap' THEN
    COLLECT { UNWIND range(0, size(places) - 1) AS i
              UNWIND places[i].registers AS k
              WITH i, k.subject AS subject, min(k.since) AS since
              RETURN since ORDER BY since DESC LIMIT 1 }[0] END AS closed_since
RETURN n.id AS subject, area, state,
  CASE state
    WHEN 'covered' THEN CASE WHEN offered[0].since <= met[0].since THEN offered[0].since
                             ELSE coalesce(met[0].since, offered[0].since) END
    WHEN 'gap' THEN coalesce(
      COLLECT { UNWIND over AS until RETURN until ORDER BY until DESC LIMIT 1 }[0],
      closed_since) END AS since,
  CASE state WHEN 'unknown' THEN open ELSE [] END AS missing,
  CASE state WHEN 'covered' THEN [x IN offered | x.id] + [x IN met | x.id]
             WHEN 'gap' THEN COLLECT { UNWIND places AS x
                                       UNWIND x.registers AS k
                                       RETURN DISTINCT k.id AS id ORDER BY id }
             ELSE [] END AS evidence,
  CASE WHEN size(offered) < 2 THEN [x IN offered | x.resource] ELSE
    COLLECT { UNWIND offered AS x RETURN DISTINCT x.resource AS id ORDER BY id } END AS resources,
  CASE WHEN size(met) < 2 THEN [x IN met | x.project] ELSE
    COLLECT { UNWIND met AS x RETURN DISTINCT x.project AS id ORDER BY id } END AS projects
ORDER BY subject
