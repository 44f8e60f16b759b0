// @title      Posts of grids, buildings and entrances that are filled
// @title.zh   网格员、楼栋长、单元长到位
// @about      One row per required post: a grid worker per grid, a head per building, a head per
// @about      entrance. Subject: <id of the place>#<role>.
// @about.zh   每个网格应有网格员，每栋楼应有楼栋长，每个单元应有单元长；一岗一行。
// @dimension    7
// @subject      Grid, Building
// @denominator  grid, building
// @places       subject itself, subject buildings_in_quarters
// @closes       post
// @reason       {subject}: the required post is not filled
// @reason.zh    {subject}应设岗位无人担任
// @rules        R39
// @claim        grid.bodies none
// @claim        grid_post.covered covered
// @claim        grid_post.total total
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @returns    subject, area, state, since, missing, evidence, place, role
// @source     城东区育才路社区“微综合体”, undated (四级网格: 网格员、楼栋长、单元长); 通川区石龙溪社区
// @source     “一三模式”, 2022-01-08 (网格).
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (place:Grid|Building)
  RETURN place
  UNION ALL
  MATCH (:Area {id: $area})<-[w:WITHIN]-(place:Grid)
  WHERE w.since <= $as_of < w.until
  RETURN place
  UNION ALL
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[up:PART_OF*1..4]-(place:Building)
  WHERE w.since <= $as_of < w.until AND all(e IN up WHERE e.since <= $as_of < e.until)
  RETURN place
}
WITH DISTINCT place, CASE WHEN place:Grid THEN 'grid_worker'
                 WHEN place.level = 'entrance' THEN 'entrance_head'
                 ELSE 'building_head' END AS role
WITH place, role,
  [(place)<-[h:HOLDS_POST]-(:Person)
   WHERE h.role = role AND h.since <= $as_of < h.until | {id: h.id, since: h.since}] AS found,
  [(place)-[up:PART_OF*1..4]->(x)
   WHERE (x:Building OR x:Quarter) AND all(e IN up WHERE e.since <= $as_of < e.until) | x] AS places
// What lies above a quarter is found once for all its buildings.
UNWIND [place] + places AS x
WITH x, collect({place: place, role: role, found: found}) AS below
WITH x, below, CASE WHEN x:Building THEN [] ELSE
  [(x)-[w:WITHIN]->(a)
   WHERE w.since <= $as_of < w.until | toString(w.height) + a.id] END AS within,
  CASE WHEN all(y IN below WHERE size(y.found) > 0) THEN [] ELSE
  [(x)-[w:WITHIN*0..1]->()-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
   WHERE all(e IN w + [k] WHERE e.since <= $as_of < e.until) | {id: k.id, since: k.since}] END AS registers
WITH below, registers,
  reduce(low = null, key IN within | CASE WHEN low < key THEN low ELSE key END) AS low
UNWIND below AS y
WITH y.place AS place, y.role AS role, head(collect(y.found)) AS found, min(low) AS low, collect(registers) AS lists
WITH place, role, substring(low, 1) AS area,
  CASE WHEN size(found) < 2 THEN found ELSE
    COLLECT { UNWIND found AS h RETURN h ORDER BY h.since, h.id } END AS found,
  CASE WHEN size(found) > 0 THEN [] ELSE
    COLLECT { UNWIND lists AS list
              UNWIND list AS k
              RETURN DISTINCT k ORDER BY k.since, k.id } END AS registers
WITH place, role, area, found, registers,
  CASE WHEN size(found) > 0 THEN 'covered'
       WHEN size(registers) > 0 THEN 'gap'
       ELSE 'unknown' END AS state
RETURN place.id + '#' + role AS subject, area, state,
  CASE state WHEN 'covered' THEN found[0].since
             WHEN 'gap' THEN coalesce(
               COLLECT { MATCH (place)<-[h:HOLDS_POST]-(:Person)
                         WHERE h.role = role AND h.until <= $as_of
                         RETURN h.until ORDER BY h.until DESC LIMIT 1 }[0],
               registers[0].since) END AS since,
  CASE state WHEN 'unknown' THEN ['post@' + place.id] ELSE [] END AS missing,
  CASE state WHEN 'covered' THEN [h IN found | h.id]
             WHEN 'gap' THEN [k IN registers | k.id]
             ELSE [] END AS evidence,
  place.id AS place, role
ORDER BY subject
