// @title      Quarters whose grid posts are incomplete
// @title.zh   网格链条不完整
// @about      One row per quarter. level quarter: there is a grid, and every grid of the quarter has
// @about      a grid worker; level building: every building has its head; level unit: every entrance
// @about      has its head. A grid of the quarter covers it or one of its buildings, or lies in it.
// @about      A pass needs complete lists of grids and buildings: an unlisted one may have no head.
// @about      The households that a building head looks after are not recorded one by one and not
// @about      judged. Severity: warning for a missing grid or grid worker, else info.
// @about.zh   每个小区一行：至少一个网格且每个网格有网格员；每栋楼有楼栋长；每个单元有单元长。网格覆盖
// @about.zh   本小区或其楼栋、或属于本小区的都算。网格、楼栋台账齐全才能判定合格。不含联系到户。
// @rule       R39
// @severity   info..warning
// @identity   subject
// @places     subject itself
// @version    1
// @verified   S
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      levels strings{quarter,building,unit} ["quarter","building","unit"] "levels judged: grid workers, heads of buildings, heads of entrances" / "检查的层级：小区（网格员）、楼栋、单元"
// @param      max_households_per_grid int[0..100000] 500 "households in a grid at most, inclusive; 0 = not judged" / "每个网格户数上限（含），0为不检查"
// @reason     grid posts of {subject} are incomplete: {findings}
// @reason.zh  {subject}网格链条不完整：{findings}
// @finding    no_grid                "the quarter lies in no grid" / "未划入网格"
// @finding    grid_worker_missing    "a grid has no grid worker" / "有网格没有网格员"
// @finding    grid_too_large         "a grid has too many households" / "有网格户数超过上限"
// @finding    building_head_missing  "a building has no head" / "有楼栋没有楼栋长"
// @finding    entrance_head_missing  "an entrance has no head" / "有单元没有单元长"
// @returns    subject, area, verdict, severity, findings, at, grids, buildings, entrances, missing, evidence
// @source     城东区育才路社区“微综合体”, undated (四级网格: 网格员、楼栋长、单元长); 滨州市社会治理
// @source     网格化服务管理条例 Art. 7 on who may be a grid worker (local, read in a transcription);
// @source     grid sizes of 300–500 households are examples of other places.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (q:Quarter)
  RETURN q
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(q:Quarter)
  WHERE w.since <= $as_of < w.until
  RETURN q
}
WITH q, COLLECT { MATCH (q)-[w:WITHIN]->(a)
                  WHERE w.since <= $as_of < w.until
                  RETURN a ORDER BY w.height, a.id } AS above
WITH q, above[0].id AS area,
  COLLECT { UNWIND [q] + above AS s
            MATCH (s)-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['post', 'grid', 'building'] AND k.since <= $as_of < k.until
            RETURN {subject: k.subject, id: k.id} ORDER BY k.id } AS registers,
  COLLECT { MATCH (q)<-[up:PART_OF*1..4]-(b:Building)
            WHERE all(e IN up WHERE e.since <= $as_of < e.until)
            RETURN DISTINCT b ORDER BY b.id } AS houses
WITH q, area, registers, houses,
  CASE WHEN 'quarter' IN $levels THEN
    COLLECT { UNWIND [q] + houses AS s
              MATCH (s)<-[c:COVERS|PART_OF]-(g:Grid)
              WHERE c.since <= $as_of < c.until
              RETURN DISTINCT g ORDER BY g.id } ELSE [] END AS grids,
  [b IN houses WHERE b.level = 'building' AND 'building' IN $levels] AS buildings,
  [b IN houses WHERE b.level = 'entrance' AND 'unit' IN $levels] AS entrances
WITH q, area, registers, grids, buildings, entrances,
  COLLECT { UNWIND grids + buildings + entrances AS s
            WITH s, CASE WHEN s:Grid THEN 'grid_worker'
                         WHEN s.level = 'entrance' THEN 'entrance_head' ELSE 'building_head' END AS role
            WHERE NOT EXISTS { MATCH (s)<-[h:HOLDS_POST]-(:Person)
                               WHERE h.role = role AND h.since <= $as_of < h.until }
            RETURN {node: s, id: s.id, role: role} AS x ORDER BY x.role, x.id } AS vacant,
  [k IN registers WHERE k.subject = 'post' | k.id] AS post_lists
// Where no list closes the quarter's posts, one may close those of a building or a grid's own area.
WITH q, area, registers, grids, buildings, entrances, vacant, post_lists,
  CASE WHEN size(post_lists) > 0 THEN [] ELSE
    COLLECT { UNWIND vacant AS x
              WITH x.node AS s
              MATCH (s)-[up:PART_OF*0..4]->(y)-[w:WITHIN*0..1]->()
                -[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
              WHERE (size(up) = 0 OR y:Building OR y:Quarter)
                AND all(e IN up + w + [k] WHERE e.since <= $as_of < e.until)
              RETURN DISTINCT {at: s.id, id: k.id} AS k ORDER BY k.at, k.id } END AS own
WITH q, area, grids, buildings, entrances,
  [k IN registers WHERE k.subject = 'grid' | k.id] AS grid_lists,
  [k IN registers WHERE k.subject = 'building' | k.id] AS building_lists,
  [x IN vacant | {finding: x.role + '_missing', id: x.id, at: 'post@' + x.id,
    proof: post_lists + [k IN own WHERE k.at = x.id | k.id]}] AS vacant
WITH q, area, grids, buildings, entrances, grid_lists, building_lists, vacant,
  CASE WHEN 'quarter' IN $levels AND size(grids) = 0 AND size(grid_lists) > 0
       THEN [{finding: 'no_grid', id: q.id, proof: grid_lists}] ELSE [] END
  + [x IN vacant WHERE size(x.proof) > 0 | {finding: x.finding, id: x.id, proof: x.proof}]
  + [g IN grids WHERE $max_households_per_grid > 0 AND g.households > $max_households_per_grid
     | {finding: 'grid_too_large', id: g.id, proof: [g.id]}] AS gaps,
  CASE WHEN 'quarter' IN $levels AND size(grid_lists) = 0 THEN ['grid@' + q.id] ELSE [] END
  + CASE WHEN ('building' IN $levels OR 'unit' IN $levels) AND size(building_lists) = 0
         THEN ['building@' + q.id] ELSE [] END
  + [x IN vacant WHERE size(x.proof) = 0 | x.at]
  + [g IN grids WHERE $max_households_per_grid > 0 AND g.households IS NULL | g.id + '.households']
  AS open
WITH q, area, grids, buildings, entrances, grid_lists, building_lists, gaps, open,
  COLLECT { UNWIND gaps AS x RETURN DISTINCT x.finding AS f ORDER BY f } AS findings,
  CASE WHEN size(gaps) > 0 THEN 'fail' WHEN size(open) > 0 THEN 'unknown' ELSE 'pass' END AS verdict
RETURN q.id AS subject, area, verdict,
  CASE WHEN verdict = 'fail' THEN
    CASE WHEN any(f IN findings WHERE f IN ['no_grid', 'grid_worker_missing'])
         THEN 'warning' ELSE 'info' END END AS severity,
  findings, COLLECT { UNWIND gaps AS x RETURN DISTINCT x.id AS id ORDER BY id } AS at,
  size(grids) AS grids, size(buildings) AS buildings, size(entrances) AS entrances,
  CASE verdict WHEN 'unknown' THEN open ELSE [] END AS missing,
  CASE verdict WHEN 'fail' THEN COLLECT { UNWIND gaps AS x
                                          UNWIND x.proof AS id RETURN DISTINCT id ORDER BY id }
               WHEN 'pass' THEN [s IN grids + buildings + entrances | s.id] + grid_lists + building_lists
               ELSE [] END AS evidence
ORDER BY subject
