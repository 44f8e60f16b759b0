// @title      Owners' committees not filed in time
// @title.zh   业委会未按期备案
// @about      One row per owners' committee, interim ones left out. The day of the election does
// @about      not count; due_on is the last day in time. A filing made late passes unless it shall
// @about      be reported. A filing dated after the day asked for is not yet made on it.
// @about.zh   每个业委会一行（不含物管会）。选举当日不计入，due_on 为备案期限最后一日；
// @about.zh   逾期后已补办备案的，默认不再提示。
// @rule       R16
// @severity   warning
// @identity   subject
// @places     subject bodies_at_places
// @version    2
// @verified   V1
// @param      as_of        date         today  "day the answer is for" / "统计日期"
// @param      area         string       null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      days         int[0..365]  30     "days from the election to the filing (inclusive)" / "自选举产生之日起备案期限（日，含）"
// @param      report_late  bool         false  "a filing made after its time fails too" / "逾期补办备案的也提示"
// @reason     {subject} was to be filed by {due_on}: {findings}
// @reason.zh  {subject}应于{due_on}前备案：{findings}
// @finding    not_filed "there is no filing" / "未备案"
// @finding    filed_late "it was filed late" / "逾期备案"
// @turns      elected_on + days days
// @returns    subject, area, elected_on, due_on, filed_on, verdict, findings, missing, evidence
// @source     Within 30 days of the election: 物业管理条例 Art. 16, 北京 Art. 43, 上海 Art. 23, 山东 Art. 31, 绍兴
// @source     Art. 19, 青岛 Art. 37, 清远 Art. 21 (texts read, transcriptions), 海南 Art. 27 and 指导规则 Art. 33
// @source     (public pages). Who receives the filing differs and is not checked.
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
// Of a month or year the first and the last day: what is so for both is so.
WITH o, above[0].id AS area,
  [o.elected_on] + [word IN coalesce(o.date_precision, []) WHERE word STARTS WITH 'elected_on:'
    | o.elected_on + CASE word WHEN 'elected_on:month' THEN duration({months: 1, days: -1})
      ELSE duration({years: 1, days: -1}) END] AS elections,
  [o.filed_on] + [word IN coalesce(o.date_precision, []) WHERE word STARTS WITH 'filed_on:'
    | o.filed_on + CASE word WHEN 'filed_on:month' THEN duration({months: 1, days: -1})
      ELSE duration({years: 1, days: -1}) END] AS filings
UNWIND elections AS election
UNWIND filings AS filing
WITH o, area, filing,
  // The election is that of the present term; for a day before it nothing is known.
  CASE WHEN election > $as_of THEN null ELSE election END AS elected,
  // Filed by the day asked for: true, false, or null where neither property says so.
  CASE WHEN filing IS NULL THEN o.filed ELSE filing <= $as_of END AS filed
WITH o, area, filing, elected, filed, elected + duration({days: $days}) AS due
WITH o, area, elected, filed, due,
  CASE WHEN NOT filed AND due < $as_of THEN ['not_filed']
       WHEN $report_late AND filed AND due < filing THEN ['filed_late']
       ELSE [] END AS findings,
  CASE WHEN elected IS NULL THEN [o.id + '.elected_on'] ELSE [] END
  + CASE WHEN filed IS NULL THEN [o.id + '.filed', o.id + '.filed_on']
         WHEN $report_late AND filed AND filing IS NULL THEN [o.id + '.filed_on']
         ELSE [] END AS open
WITH o, area, collect({open: open, findings: findings}) AS said, min(elected) AS elected, max(due) AS due,
  count(CASE WHEN filed THEN 1 END) AS yes, count(*) AS n
WITH o, area, said, elected, due, yes = n AS filed,
  [f IN ['not_filed', 'filed_late'] WHERE all(s IN said WHERE f IN s.findings AND size(s.open) = 0)] AS findings
WITH o, area, said, elected, due, filed, findings,
  // What is missing for the first and the last day alike; else which of the two it is.
  CASE WHEN size(findings) > 0 OR all(s IN said WHERE size(s.open) + size(s.findings) = 0) THEN []
       WHEN size(said) = 1 OR all(s IN said WHERE size(s.open) > 0) THEN said[0].open
       ELSE [word IN o.date_precision WHERE split(word, ':')[0] IN ['elected_on', 'filed_on']
             | o.id + '.' + split(word, ':')[0]] END AS missing
RETURN o.id AS subject, area, elected AS elected_on, due AS due_on,
  CASE WHEN filed THEN o.filed_on END AS filed_on,
  CASE WHEN size(findings) > 0 THEN 'fail' WHEN size(missing) > 0 THEN 'unknown' ELSE 'pass' END AS verdict,
  findings, missing, [o.id] AS evidence
ORDER BY subject
