// @title      Quarters with a service station, or one in reach
// @title.zh   党群服务站（驿站、微综合体）覆盖
// @about      Covered: a station serves the quarter, or stands within distance_m of its entrance
// @about      in a straight line. in_reach, the second measure: the recorded walking time of a
// @about      serving station is within walk_minutes, or where none is recorded the distance is
// @about      within distance_m; null where neither is known. A station that stands by itself
// @about      counts while it serves, belongs or is based somewhere on that day.
// @about.zh   有服务站服务本小区，或直线距离在 distance_m 米以内即为覆盖；
// @about.zh   in_reach 为是否在步行圈内（有步行时间用步行时间，否则用直线距离）。
// @dimension    6
// @subject      Quarter
// @denominator  quarter
// @places       subject itself
// @closes       station
// @reason       {subject} has no service station, and none is in reach
// @reason.zh    {subject}没有党群服务站服务，步行圈内也没有
// @rules        R38
// @settings     quarter_outside_service_circle walk_minutes distance_m=distance_m_fallback
// @measure      in_reach bool "quarters with a station within reach on foot" / "步行圈内有服务站的小区"
// @claim        service_station.covered covered
// @claim        service_station.bodies rows stations
// @claim        service_station.total rows stations
// @param      as_of         date    today  "day the answer is for" / "统计日期"
// @param      area          string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      walk_minutes  float[0..600]  15.0   "reach on foot, minutes, inclusive" / "步行圈（分钟，含）"
// @param      distance_m    float[0..100000]  1000.0 "reach in a straight line, metres, inclusive" / "直线距离上限（米，含）"
// @returns    subject, area, state, since, missing, evidence, stations, in_reach
// @source     通川区石龙溪社区“一三模式”, 2022-01-08 (15 minutes, a target); 15 minutes taken as
// @source     1 km follows guidelines quoted second-hand, not a binding text.
OPTIONAL MATCH (st:ServiceStation)
WHERE st.lat IS NOT NULL AND st.lon IS NOT NULL
  AND EXISTS { MATCH (st)-[e:SERVES|SUBORDINATE_TO|BASED_IN]->() WHERE e.since <= $as_of < e.until }
WITH collect(st {.id, .lat, .lon}) AS placed
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (q:Quarter)
  RETURN q
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(q:Quarter)
  WHERE w.since <= $as_of < w.until
  RETURN q
}
WITH placed, q
WITH q,
  substring(reduce(low = null, key IN [(q)-[w:WITHIN]->(a)
    WHERE w.since <= $as_of < w.until | toString(w.height) + a.id]
    | CASE WHEN low < key THEN low ELSE key END), 1) AS area,
  // A degree of latitude is 111.2 km: the first test spares the second, dear one.
  [s IN placed WHERE abs(s.lat - q.lat) <= $distance_m / 111000.0
    AND 2 * 6371008.8 * asin(sqrt(haversin(radians(s.lat - q.lat))
          + cos(radians(q.lat)) * cos(radians(s.lat)) * haversin(radians(s.lon - q.lon))))
        <= $distance_m | s.id] AS near,
  COLLECT { MATCH (q)<-[v:SERVES]-(st:ServiceStation)
            WHERE v.since <= $as_of
            RETURN {id: v.id, since: v.since, until: v.until, walk: v.walk_minutes, station: st.id,
                    placed: st.lat IS NOT NULL AND st.lon IS NOT NULL} ORDER BY v.since, v.id } AS spells,
  [(q)-[w:WITHIN*0..1]->()-[k:COMPLETE_IN {subject: 'station'}]->(:SourceDocument)
   WHERE all(e IN w + [k] WHERE e.since <= $as_of < e.until) | {id: k.id, since: k.since}] AS registers
WITH q, area, near, registers, [v IN spells WHERE v.until > $as_of] AS found,
  [v IN spells WHERE v.until <= $as_of | v.until] AS past
WITH q, area, near, registers, found, past,
  CASE WHEN size(found) < 2 THEN [v IN found | v.station] ELSE
    COLLECT { UNWIND found AS v RETURN DISTINCT v.station AS id ORDER BY id } END AS serving,
  [v IN found WHERE v.walk IS NOT NULL] AS walks,
  any(v IN found WHERE v.walk IS NULL AND NOT v.placed) AS unplaced,
  CASE WHEN size(found) > 0 OR size(near) > 0 THEN 'covered'
       WHEN size(registers) > 0 THEN 'gap'
       ELSE 'unknown' END AS state
RETURN q.id AS subject, area, state,
  CASE state WHEN 'covered' THEN found[0].since
             WHEN 'gap' THEN coalesce(
               COLLECT { UNWIND past AS day RETURN day ORDER BY day DESC LIMIT 1 }[0],
               COLLECT { UNWIND registers AS k RETURN k.since AS since ORDER BY since LIMIT 1 }[0]) END AS since,
  CASE state WHEN 'unknown' THEN ['station@' + q.id] ELSE [] END AS missing,
  CASE state WHEN 'covered' THEN [v IN found | v.id]
                                 + COLLECT { UNWIND near AS id WITH id WHERE NOT id IN serving
                                             RETURN id ORDER BY id }
             WHEN 'gap' THEN COLLECT { UNWIND registers AS k RETURN k.id AS id ORDER BY k.since, id }
             ELSE [] END AS evidence,
  serving AS stations,
  CASE WHEN any(w IN walks WHERE w.walk <= $walk_minutes)
         OR any(id IN near WHERE NOT any(w IN walks WHERE w.station = id)) THEN true
       WHEN size(registers) = 0 OR unplaced OR q.lat IS NULL OR q.lon IS NULL THEN null
       ELSE false END AS in_reach
ORDER BY subject
