// @title      Owners' committees whose term is over, or whose renewal is late
// @title.zh   业委会任期届满
// @about      One row per owners' committee, interim ones left out. Where only the election is
// @about      recorded, the longest term allowed is taken. From the day on which the renewal has
// @about      to be reported, an election that the committee takes part in must be planned. Where
// @about      extension_max_years says so, an extension with an approval on record moves the end; of
// @about      one whose approval is not recorded it is not known whether the term is over.
// @about      last_day: of the term with its extension; window_from: first day of the time before it.
// @about.zh   每个业委会一行（不含物管会）。任期截止日不详的，按选举产生日加最长任期推算。
// @about.zh   进入届满前报告期限后，应有该业委会参加的换届选举安排。
// @about.zh   设 extension_max_years 的，经批准的延期顺延；延期未登记是否批准的，届满与否为未知。
// @about.zh   last_day 为任期（含延期）最后一日，window_from 为报告期限起始日。
// @rule       R12
// @severity   warning..violation
// @identity   subject
// @places     subject bodies_at_places
// @version    3
// @verified   V1
// @param      as_of                 date        today  "day the answer is for" / "统计日期"
// @param      area                  string      null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      min_term_years        int[0..10]  0      "shortest term allowed (inclusive), years; 0: none" / "任期下限（含，年），0 为不设"
// @param      max_term_years        int[1..10]  5      "longest term allowed (inclusive), years" / "任期上限（含，年）"
// @param      report_before_days    int[0..730] 90     "how long before the end the renewal is reported, days" / "届满前多少日报告（日）"
// @param      report_before_months  int[0..24]  0      "the same in months; if not 0, instead of the days" / "届满前多少个月报告（月），不为 0 时代替日数"
// @param      extension_max_years   int[0..10]  0      "longest extension by the owners' assembly (inclusive), years; 0: extensions do not count" / "业主大会决定延长任期的最长年限（含，年），0 为延期不计"
// @reason     the term of {subject} ends on {last_day}: {findings}
// @reason.zh  {subject}任期至{last_day}：{findings}
// @finding    expired "it is over" / "任期已届满"
// @finding    too_long "it is longer than allowed" / "任期超过规定上限"
// @finding    too_short "it is shorter than allowed" / "任期短于规定下限"
// @finding    extension_too_long "its extension is longer than allowed" / "延期超过规定年限"
// @finding    no_election "the renewal is due and no election is planned" / "已进入换届期限，尚无换届选举安排"
// @turns      elected_on + years max_term_years,
// @turns      elected_on + years max_term_years - months report_before_months,
// @turns      elected_on + years max_term_years - days report_before_days,
// @turns      term_until - months report_before_months, term_until - days report_before_days,
// @turns      extended_until - months report_before_months, extended_until - days report_before_days
// @returns    subject, area, elected_on, last_day, window_from, verdict, findings, severity, missing, evidence
// @source     5 years at most: 业主大会和业主委员会指导规则 Art. 32 (public page, a guideline), 北京市物业管理条例
// @source     Art. 41, 山东 Art. 30, 青岛 Art. 35, 潍坊 Art. 38; 3 to 5: 上海 Art. 20, 杭州 Art. 33, 湖州 Art. 17,
// @source     绍兴 Art. 24, 台州 Art. 27, 舟山 Art. 19. Report before the end: 北京 Art. 49 (6 months), 上海
// @source     Art. 28 (5), 杭州 Art. 33 (3), 台州 Art. 27 and 舟山 Art. 26 (2), 山东 Art. 33 and 潍坊 Art. 40
// @source     (90 days), 宁波 Art. 36, 湖州 Art. 22, 绍兴 Art. 24, 淄博 Art. 35 and 青岛 Art. 41 (60 days);
// @source     prolonged by the assembly, five years at most: 青岛 Art. 41 (texts read, transcriptions). No
// @source     national source for the report before the end.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (o:OwnersCommittee)
  RETURN o
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[c:COVERS]-(o:OwnersCommittee)
  WHERE w.since <= $as_of < w.until AND c.since <= $as_of < c.until
  RETURN o
}
WITH o, COLLECT { MATCH (o)-[c:COVERS]->(q:Quarter)
                  WHERE c.since <= $as_of < c.until
                  RETURN q ORDER BY q.id } AS quarters
WHERE o.kind = 'owners_committee' AND size(quarters) > 0
WITH o, quarters, COLLECT { UNWIND quarters AS x
                            MATCH (x)-[w:WITHIN]->(a)
                            WHERE w.since <= $as_of < w.until
                            WITH DISTINCT a, w.height AS height
                            RETURN a ORDER BY height, a.id } AS above
WITH o, above[0].id AS area, quarters + above AS places,
  // Of a month or year the first and the last day: what is so for both is so.
  [o.elected_on] + [word IN coalesce(o.date_precision, []) WHERE word STARTS WITH 'elected_on:'
    | o.elected_on + CASE word WHEN 'elected_on:month' THEN duration({months: 1, days: -1})
      ELSE duration({years: 1, days: -1}) END] AS elections,
  [o.term_until] + [word IN coalesce(o.date_precision, []) WHERE word STARTS WITH 'term_until:'
    | o.term_until - CASE word WHEN 'term_until:month' THEN duration({months: 1, days: -1})
      ELSE duration({years: 1, days: -1}) END] AS terms,
  [o.extended_until] + [word IN coalesce(o.date_precision, []) WHERE word STARTS WITH 'extended_until:'
    | o.extended_until - CASE word WHEN 'extended_until:month' THEN duration({months: 1, days: -1})
      ELSE duration({years: 1, days: -1}) END] AS extensions
UNWIND elections AS election
UNWIND terms AS stated
UNWIND extensions AS extension
WITH o, area, places, extension,
  // Both dates are those of the present term; for a day before it they are not known.
  CASE WHEN election > $as_of THEN null ELSE election END AS elected,
  CASE WHEN election > $as_of THEN null ELSE stated END AS term
WITH o, area, places, extension, elected, term,
  coalesce(term, elected + duration({years: $max_term_years})) AS term_end
WITH o, area, places, elected, term, term_end,
  CASE WHEN $extension_max_years > 0 AND extension > term_end THEN extension END AS extended
WITH o, area, places, elected, term, term_end, extended,
  CASE WHEN coalesce(o.extension_approved_by, 'none') <> 'none' THEN coalesce(extended, term_end)
       ELSE term_end END AS ends,
  extended IS NOT NULL AND o.extension_approved_by IS NULL AND term_end <= $as_of AS open
WITH o, area, places, elected, term, term_end, extended, ends, open,
  CASE WHEN $report_before_months > 0 THEN ends - duration({months: $report_before_months})
       ELSE ends - duration({days: $report_before_days}) END AS window
WITH o, area, places, elected, ends, open, window,
  CASE WHEN ends <= $as_of AND NOT open THEN ['expired'] ELSE [] END
  // Five years may be said to end on the same date of the fifth year: a day more as an exclusive end.
  + CASE WHEN term > elected + duration({years: $max_term_years, days: 1}) THEN ['too_long'] ELSE [] END
  + CASE WHEN term < elected + duration({years: $min_term_years}) THEN ['too_short'] ELSE [] END
  + CASE WHEN ends > term_end + duration({years: $extension_max_years})
         THEN ['extension_too_long'] ELSE [] END AS lasting
WITH o, area, head(collect(places)) AS places, min(elected) AS elected, max(ends) AS ends, max(window) AS window,
  collect({findings: lasting, waits: window <= $as_of < ends, open:
    CASE WHEN ends IS NULL THEN [o.id + '.elected_on', o.id + '.term_until']
         WHEN open AND size(lasting) = 0 THEN [o.id + '.extension_approved_by'] ELSE [] END}) AS said
// A planned meeting lies ahead, and so may the beginning of its edge: that it is not over counts.
WITH o, area, places, elected, ends, window, said,
  CASE WHEN any(s IN said WHERE s.waits) THEN
    COLLECT { MATCH (o)-[t:TAKES_PART_IN]->(m:Meeting)
              WHERE m.kind = 'election' AND m.status = 'planned' AND $as_of < t.until
                AND (m.held_on IS NULL OR m.held_on >= $as_of)
              RETURN t.id ORDER BY t.id } ELSE [] END AS planned
WITH o, area, elected, ends, window, said, planned,
  CASE WHEN size(planned) = 0 AND any(s IN said WHERE s.waits) THEN
    COLLECT { UNWIND [o] + places AS s
              MATCH (s)-[k:COMPLETE_IN {subject: 'meeting'}]->(:SourceDocument)
              WHERE k.since <= $as_of < k.until
              RETURN k.id ORDER BY k.id } ELSE [] END AS listed
WITH o, area, elected, ends, window, planned, listed,
  [s IN said |
    {findings: s.findings + CASE WHEN s.waits AND size(listed) > 0 THEN ['no_election'] ELSE [] END,
     open: s.open + CASE WHEN s.waits AND size(s.findings) + size(s.open) + size(planned) + size(listed) = 0
                         THEN ['meeting@' + o.id] ELSE [] END}] AS said
WITH o, area, planned, listed, elected, ends, window, said,
  [f IN ['expired', 'too_long', 'too_short', 'extension_too_long', 'no_election']
   WHERE all(s IN said WHERE f IN s.findings)] AS findings
WITH o, area, planned, listed, elected, ends, window, said, findings,
  CASE WHEN size(findings) > 0 THEN 'fail'
       WHEN any(s IN said WHERE size(s.open) + size(s.findings) > 0) THEN 'unknown'
       ELSE 'pass' END AS verdict
RETURN o.id AS subject, area, elected AS elected_on, ends - duration({days: 1}) AS last_day,
  window AS window_from, verdict, findings,
  CASE WHEN verdict <> 'fail' THEN null
       WHEN findings = ['no_election'] THEN 'warning'
       ELSE 'violation' END AS severity,
  CASE WHEN verdict <> 'unknown' THEN []
       WHEN size(said) = 1 OR all(s IN said WHERE size(s.open) > 0 AND s.open = said[0].open) THEN said[0].open
       ELSE reduce(days = [], day IN ['elected_on', 'term_until', 'extended_until'] | days
         + [word IN o.date_precision WHERE split(word, ':')[0] = day | o.id + '.' + day]) END AS missing,
  [o.id] + CASE WHEN 'no_election' IN findings THEN listed
                WHEN verdict = 'pass' AND window <= $as_of THEN planned ELSE [] END AS evidence
ORDER BY subject
