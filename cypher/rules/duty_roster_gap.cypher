// @title      Days without a Party member on duty at a station
// @title.zh   服务站值班空档
// @about      One row per service station and day, from as_of on, lookahead days. On duty: a Party
// @about      member, full or probationary, whose post as duty member covers the day. Posts and lists
// @about      are those of the row's day, the station's area that of as_of. Not applicable to a day
// @about      on which the station no longer serves, belongs or is based anywhere.
// @about.zh   每个服务站、每天一行，自统计日期起连续若干天。当天有值班党员（含预备党员）任职即为有人值班；
// @about.zh   当天已停用的服务站不适用。
// @rule       R47
// @severity   info
// @identity   subject, day
// @places     subject bodies_at_places
// @version    2
// @verified   S
// @param      as_of      date         today  "first day the answer is for" / "起始日期"
// @param      area       string       null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      lookahead  int[1..31]   7      "days looked at, the first included" / "检查天数（含起始日）"
// @reason     no Party member is on duty at {subject} on {day}
// @reason.zh  {subject}{day}没有党员值班
// @tells      party_status, party_joined_on
// @turns      daily
// @returns    subject, day, area, verdict, missing, evidence
// @source     石鼓区“五建五提升”, 2022-09-19: 每天有党员在服务站值班.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (st:ServiceStation)
  RETURN st
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-()<-[v:SERVES|BASED_IN]-(st:ServiceStation)
  WHERE w.since <= $as_of < w.until AND v.since <= $as_of < v.until
  RETURN st
}
WITH st,
  COLLECT { MATCH (st)-[v:SERVES|SUBORDINATE_TO|BASED_IN]->()
            RETURN {id: v.id, since: v.since, until: v.until} ORDER BY v.id } AS ties
WHERE any(v IN ties WHERE v.since <= $as_of < v.until)
WITH st, ties,
  COLLECT { MATCH (st)-[v:SERVES|BASED_IN]->(x)
            WHERE v.since <= $as_of < v.until
            RETURN DISTINCT x ORDER BY x.id } AS places,
  COLLECT { MATCH (st)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.role = 'duty_member' AND coalesce(p.party_status, 'full') <> 'none'
            RETURN {id: h.id, since: h.since, until: h.until, open: p.party_status IS NULL,
                    person: p.id, joined: p.party_joined_on,
                    // The last day on which the person joined, as far as the month or year tells.
                    sure: p.party_joined_on + CASE
                      WHEN 'party_joined_on:month' IN p.date_precision THEN duration({months: 1, days: -1})
                      WHEN 'party_joined_on:year' IN p.date_precision THEN duration({years: 1, days: -1})
                      ELSE duration({days: 0}) END} ORDER BY h.id } AS duties
WITH st, ties, duties, places, COLLECT { UNWIND places AS x
                                         MATCH (x)-[w:WITHIN]->(a)
                                         WHERE w.since <= $as_of < w.until
                                         WITH DISTINCT a, w.height AS height
                                         RETURN a ORDER BY height, a.id } AS above
WITH st, ties, duties, above[0].id AS area,
  COLLECT { UNWIND [st] + places + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
            RETURN DISTINCT {id: k.id, since: k.since, until: k.until} AS k ORDER BY k.id } AS lists
UNWIND range(0, $lookahead - 1) AS n
WITH st, ties, duties, area, lists, $as_of + duration({days: n}) AS day
WITH st, ties, area, day,
  any(v IN ties WHERE v.since <= day < v.until) AS stands,
  [h IN duties WHERE h.since <= day < h.until AND NOT h.open AND coalesce(h.sure, day) <= day | h.id]
    AS on_duty,
  [h IN duties WHERE h.since <= day < h.until AND h.open | h.person + '.party_status']
  + [h IN duties WHERE h.since <= day < h.until AND NOT h.open AND h.joined <= day < h.sure
     | h.person + '.party_joined_on'] AS open,
  [k IN lists WHERE k.since <= day < k.until | k.id] AS registers
WITH st, ties, area, day, on_duty, open, registers,
  CASE WHEN NOT stands THEN 'not_applicable'
       WHEN size(on_duty) > 0 THEN 'pass'
       WHEN size(registers) = 0 OR size(open) > 0 THEN 'unknown'
       ELSE 'fail' END AS verdict
RETURN st.id AS subject, toString(day) AS day, area, verdict,
  CASE verdict WHEN 'unknown' THEN
      CASE WHEN size(registers) = 0 THEN ['post@' + st.id] ELSE [] END + open
    ELSE [] END AS missing,
  CASE verdict WHEN 'pass' THEN on_duty
               WHEN 'fail' THEN registers
               WHEN 'not_applicable' THEN [v IN ties WHERE v.since <= $as_of < v.until | v.id]
               ELSE [] END AS evidence
ORDER BY subject, day
