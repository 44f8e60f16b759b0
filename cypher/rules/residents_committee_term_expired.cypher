// @title      Residents' committees whose term is over
// @title.zh   居委会任期届满
// @about      One row per residents' committee. The term ends on the recorded day, else so many years
// @about      after the election. An extension does not count: the articles cited know none.
// @about      last_day: of the term.
// @about.zh   每个居委会一行。有任期截止日的按截止日，没有的按选举日加任期年数。所引条文没有延期的规定，
// @about.zh   登记的延期不计。last_day 为任期最后一日。
// @rule       R53
// @severity   violation
// @identity   subject
// @places     subject bodies_at_places
// @version    2
// @verified   V1
// @param      as_of       date       today  "day the answer is for" / "统计日期"
// @param      area        string     null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      term_years  int[1..10] 5      "term, years" / "任期（年）"
// @finding    expired "it is over" / "任期已届满"
// @finding    too_long "it is longer than the law says" / "任期长于法定年限"
// @reason     the term of {subject} ends on {last_day}: {findings}
// @reason.zh  {subject}任期至{last_day}：{findings}
// @turns      elected_on + years term_years
// @returns    subject, area, elected_on, last_day, verdict, findings, missing, evidence
// @source     城市居民委员会组织法 (2018) Art. 8, since 2026-01-01 (2025) Art. 14: a term of five years,
// @source     renewed in time (texts read, transcriptions).
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (r:ResidentsCommittee)
  RETURN r
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Area)<-[v:COVERS]-(r:ResidentsCommittee)
  WHERE w.since <= $as_of < w.until AND v.since <= $as_of < v.until
  RETURN r
}
WITH r, COLLECT { MATCH (r)-[v:COVERS]->(x:Area)
                  WHERE v.since <= $as_of < v.until
                  RETURN x.id ORDER BY x.id DESC } AS places
WHERE size(places) > 0
// Of a month or year the first and the last day: what is so for both is so.
WITH r, places[0] AS area,
  [r.elected_on] + [word IN coalesce(r.date_precision, []) WHERE word STARTS WITH 'elected_on:'
    | r.elected_on + CASE word WHEN 'elected_on:month' THEN duration({months: 1, days: -1})
      ELSE duration({years: 1, days: -1}) END] AS elections,
  [r.term_until] + [word IN coalesce(r.date_precision, []) WHERE word STARTS WITH 'term_until:'
    | r.term_until - CASE word WHEN 'term_until:month' THEN duration({months: 1, days: -1})
      ELSE duration({years: 1, days: -1}) END] AS terms
UNWIND elections AS election
UNWIND terms AS stated
WITH r, area,
  // Both dates are those of the present term; for a day before it they are not known.
  CASE WHEN election > $as_of THEN null ELSE election END AS elected,
  CASE WHEN election > $as_of THEN null ELSE stated END AS term
WITH r, area, elected, term, coalesce(term, elected + duration({years: $term_years})) AS ends
WITH r, area, ends,
  CASE WHEN ends <= $as_of THEN ['expired'] ELSE [] END
  // Five years may be said to end on the same date of the fifth year: a day more as an exclusive end.
  + CASE WHEN term > elected + duration({years: $term_years, days: 1}) THEN ['too_long'] ELSE [] END AS findings
WITH r, area, max(ends) AS ends, collect(findings) AS said, count(*) AS n, count(ends) AS ended
WITH r, area, ends, said, n, ended,
  [f IN ['expired', 'too_long'] WHERE all(s IN said WHERE f IN s)] AS findings
WITH r, area, ends, said, n, ended, findings,
  CASE WHEN size(findings) > 0 THEN 'fail'
       WHEN ended < n OR any(s IN said WHERE size(s) > 0) THEN 'unknown'
       ELSE 'pass' END AS verdict
RETURN r.id AS subject, area, CASE WHEN r.elected_on > $as_of THEN null ELSE r.elected_on END AS elected_on,
  CASE WHEN r.elected_on > $as_of THEN null ELSE ends - duration({days: 1}) END AS last_day, verdict, findings,
  CASE WHEN verdict <> 'unknown' THEN []
       WHEN ended = 0 THEN [r.id + '.elected_on', r.id + '.term_until']
       ELSE [word IN r.date_precision WHERE split(word, ':')[0] IN ['elected_on', 'term_until']
             | r.id + '.' + split(word, ':')[0]] END AS missing,
  CASE WHEN verdict = 'unknown' THEN [] ELSE [r.id] END AS evidence
ORDER BY subject
