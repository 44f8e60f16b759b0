// @title      Quarters outside the service circle
// @title.zh   超出15分钟服务圈
// @about      One row per quarter. In reach: the recorded walking time of a station that serves it
// @about      is within walk_minutes, or where none is recorded the distance in a straight line
// @about      from the entrance is within distance_m, whether the station serves the quarter or
// @about      not. A walking time wins over a distance; a straight line is not a walk. A station
// @about      stands while it serves, belongs or is based somewhere. Compared are not all stations:
// @about      those that serve the quarter, and those whose box of distance_m around them touches
// @about      the quarter's cell of a net of that width in degrees. in_inner_circle: the same for
// @about      the inner circle, null where not known; it decides no verdict. Unknown where the list
// @about      of stations is open or coordinates that matter are not known: the quarter's, or those
// @about      of a station that is based in it, or that serves its community or is based there.
// @about.zh   每个小区一行。服务站有步行时间的按步行时间，没有的按小区出入口到服务站的直线距离；步行时间
// @about.zh   优先，直线距离不等于步行路程。只与服务本小区的站点和按经纬度网格邻近的站点比较，不逐一比较。
// @about.zh   in_inner_circle 为是否在内圈，不影响结论。站点台账不齐，或所需坐标不详的为未知。
// @rule       R38
// @severity   info..warning
// @identity   subject
// @places     subject itself
// @version    1
// @verified   V2
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      walk_minutes        float[0..240]    15.0    "reach on foot, minutes, inclusive" / "步行圈（分钟，含）"
// @param      distance_m_fallback float[0..50000]  1000.0  "reach in a straight line, metres, inclusive" / "直线距离上限（米，含）"
// @param      inner_walk_minutes  float[0..240]    5.0     "inner circle on foot, minutes, inclusive" / "内圈步行（分钟，含）"
// @param      inner_distance_m    float[0..50000]  300.0   "inner circle in a straight line, metres, inclusive" / "内圈直线距离（米，含）"
// @reason     no service station is in reach of {subject}: {findings}
// @reason.zh  {subject}的服务圈内没有党群服务站：{findings}
// @finding    none_serves "no station serves or is based in the quarter or its community" / "本小区、本社区没有服务站"
// @finding    too_far     "there are stations, but none is near enough" / "有服务站，但都超出步行圈"
// @returns    subject, area, verdict, severity, findings, nearest, minutes, metres, in_inner_circle, missing, evidence
// @source     商务部 guidelines on the 15-minute circle (about 15 minutes on foot), DB4106/T 91—2022
// @source     (from the entrance), a Shanghai guideline (about 1 km): read on public pages, none
// @source     binding here. 通川区石龙溪社区, 2022-01-08: 15 and 5 minutes, a target. 300 m is an
// @source     engineering default.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (q:Quarter)
  RETURN q
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(q:Quarter)
  WHERE w.since <= $as_of < w.until
  RETURN q
}
// A degree of latitude is 111.2 km, so this is a little more than the larger of the two limits.
WITH q, (CASE WHEN $inner_distance_m > $distance_m_fallback THEN $inner_distance_m
              ELSE $distance_m_fallback END + 1) / 111000.0 AS width
WITH collect(q) AS quarters, head(collect(width)) AS width,
  min(q.lat) AS south, max(q.lat) AS north, min(q.lon) AS west, max(q.lon) AS east
CALL (quarters, width, south, north, west, east) {
  UNWIND quarters AS q
  RETURN q, null AS station, toInteger(floor(q.lat / width)) AS y, toInteger(floor(q.lon / width)) AS x
  UNION ALL
  // Each station is in every cell that its box touches: a quarter looks into its own alone.
  MATCH (st:ServiceStation)
  WHERE south - width <= st.lat <= north + width
  WITH st, width, width / cos(radians(abs(st.lat) + width)) AS wide, west, east
  WHERE west - wide <= st.lon <= east + wide
    AND EXISTS { MATCH (st)-[e:SERVES|SUBORDINATE_TO|BASED_IN]->()
                 WHERE e.since <= $as_of < e.until }
  UNWIND range(toInteger(floor((st.lat - width) / width)), toInteger(floor((st.lat + width) / width))) AS y
  UNWIND range(toInteger(floor((st.lon - wide) / width)), toInteger(floor((st.lon + wide) / width))) AS x
  RETURN null AS q, st {.id, .lat, .lon} AS station, y, x
}
WITH y, x, collect(q) AS here, collect(station) AS around
UNWIND here AS q
WITH q, around, COLLECT { MATCH (q)-[w:WITHIN]->(a)
                          WHERE w.since <= $as_of < w.until
                          RETURN a ORDER BY w.height, a.id } AS above
WITH q, around, above, [s IN above | s.id] AS areas,
  COLLECT { MATCH (q)<-[v:SERVES]-(st:ServiceStation)
            WHERE v.since <= $as_of < v.until
            RETURN {edge: v.id, id: st.id, walk: v.walk_minutes, lat: st.lat, lon: st.lon}
            ORDER BY v.id } AS serving,
  COLLECT { UNWIND [q] + above AS s
            WITH s WHERE s:Quarter OR s.level = 'community'
            MATCH (s)<-[v:SERVES|BASED_IN]-(st:ServiceStation)
            WHERE (s:Area OR type(v) = 'BASED_IN') AND v.since <= $as_of < v.until
            RETURN {edge: v.id, id: st.id, walk: null, lat: st.lat, lon: st.lon}
            ORDER BY v.id } AS communal,
  COLLECT { UNWIND [q] + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'station'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k.id AS id ORDER BY id } AS registers
WITH q, areas[0] AS area, serving, communal, registers,
  [v IN serving WHERE v.walk IS NOT NULL] AS walks,
  // North and south first: that spares the dear test. Beyond the limits only what serves is named.
  [s IN around WHERE abs(s.lat - q.lat) * 111000.0 <= $distance_m_fallback
                  OR abs(s.lat - q.lat) * 111000.0 <= $inner_distance_m | s {.*, serves: false}]
  + [s IN serving WHERE s.walk IS NULL | s {.id, .lat, .lon, serves: true}] AS near
WITH q, area, serving, communal, registers, walks,
  [s IN near WHERE NOT any(w IN walks WHERE w.id = s.id) | {id: s.id, serves: s.serves, metres:
     2 * 6371008.8 * asin(sqrt(haversin(radians(s.lat - q.lat))
       + cos(radians(q.lat)) * cos(radians(s.lat)) * haversin(radians(s.lon - q.lon))))}] AS lines
WITH q, area, serving, communal, registers, walks,
  COLLECT { UNWIND lines AS s
            WITH s WHERE s.metres <= $distance_m_fallback OR s.metres <= $inner_distance_m
              OR (s.serves AND s.metres IS NOT NULL)
            RETURN DISTINCT {id: s.id, metres: s.metres} AS s ORDER BY s.metres, s.id } AS lines
WITH q, area, serving, communal, registers, walks, lines,
  COLLECT { UNWIND walks AS w RETURN w ORDER BY w.walk, w.id LIMIT 1 }[0] AS shortest,
  [w IN walks WHERE w.walk <= $walk_minutes | w.edge]
    + [s IN lines WHERE s.metres <= $distance_m_fallback | s.id] AS reached,
  size([w IN walks WHERE w.walk <= $inner_walk_minutes])
    + size([s IN lines WHERE s.metres <= $inner_distance_m]) > 0 AS inner,
  CASE WHEN size(registers) = 0 THEN ['station@' + q.id] ELSE [] END
  + CASE WHEN q.lat IS NULL THEN [q.id + '.lat'] ELSE [] END
  + CASE WHEN q.lon IS NULL THEN [q.id + '.lon'] ELSE [] END
  + COLLECT { UNWIND serving + communal AS s
              WITH s WHERE s.walk IS NULL AND NOT any(w IN walks WHERE w.id = s.id)
              UNWIND CASE WHEN s.lat IS NULL THEN [s.id + '.lat'] ELSE [] END
                + CASE WHEN s.lon IS NULL THEN [s.id + '.lon'] ELSE [] END AS x
              RETURN DISTINCT x ORDER BY x } AS open
WITH q, area, serving, communal, registers, lines, shortest, reached, inner, open,
  CASE WHEN size(reached) > 0 THEN 'pass'
       WHEN size(open) > 0 THEN 'unknown'
       ELSE 'fail' END AS verdict
RETURN q.id AS subject, area, verdict,
  CASE WHEN verdict = 'fail' THEN
    CASE WHEN size(serving) + size(communal) = 0 THEN 'warning' ELSE 'info' END END AS severity,
  CASE WHEN verdict <> 'fail' THEN []
       WHEN size(serving) + size(communal) = 0 THEN ['none_serves']
       ELSE ['too_far'] END AS findings,
  coalesce(shortest.id, lines[0].id) AS nearest, shortest.walk AS minutes,
  toInteger(round(lines[0].metres)) AS metres,
  CASE WHEN inner THEN true WHEN size(open) = 0 THEN false END AS in_inner_circle,
  CASE verdict WHEN 'unknown' THEN open ELSE [] END AS missing,
  CASE verdict WHEN 'pass' THEN reached
               WHEN 'fail' THEN [v IN serving + communal | v.edge] + registers
               ELSE [] END AS evidence
ORDER BY subject
