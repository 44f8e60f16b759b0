// @title      Party members without a category
// @title.zh   党员分类缺失
// @about      One row per Party member, and per person whose Party status is not known. The
// @about      category is one of categories; none: nothing is recorded, other: recorded as another.
// @about      The area is where the person lives.
// @about.zh   每名党员一行，政治面貌不详的人员也列一行；类别应为 categories 之一。
// @about.zh   none 为未登记类别，other 为登记为其他类别。辖区按居住地。
// @rule       R48
// @severity   info
// @identity   subject
// @places     subject residents_in_quarters
// @version    2
// @verified   S
// @param      as_of       date     today  "day the answer is for" / "统计日期"
// @param      area        string   null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      categories  strings{community_managed,employed,retired,mobile,other}  ["community_managed","employed","retired","mobile"]  "categories that count" / "计入的类别：直管、在职、退休、流动"
// @reason     {subject} is a Party member without one of the categories: {findings}
// @reason.zh  党员{subject}未按直管、在职、退休、流动分类：{findings}
// @finding    none "no category is recorded" / "未登记类别"
// @finding    other "the category recorded is none of them" / "登记的类别不在其中"
// @tells      LIVES_IN, party_status, party_joined_on, party_category
// @returns    subject:sensitive, area, verdict, findings:sensitive, missing, evidence:sensitive
// @source     石鼓区“五建五提升”, 2022-09-19 (分类管理: 直管, 在职, 退休, 流动党员等); 天元区
// @source     “幸福邻聚里”, 2020-12-22 (四类党员). Each stated in one document, not law.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (p:Person)
  WHERE coalesce(p.party_status, '') <> 'none'
  RETURN p
  UNION ALL
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[v:LIVES_IN]-(p:Person)
  WHERE w.since <= $as_of < w.until AND v.since <= $as_of < v.until
    AND coalesce(p.party_status, '') <> 'none'
  RETURN DISTINCT p
}
WITH p
WHERE p.party_status IS NULL OR coalesce(p.party_joined_on, $as_of) <= $as_of
WITH [(p)-[v:LIVES_IN]->(q:Quarter) WHERE v.since <= $as_of < v.until | q] AS homes, p
// The area is found once for all who live in a quarter.
WITH homes, collect(p) AS persons
WITH persons, reduce(low = null, key IN reduce(all = [], q IN homes | all + [(q)-[w:WITHIN]->(a)
    WHERE w.since <= $as_of < w.until | toString(w.height) + a.id])
  | CASE WHEN low < key THEN low ELSE key END) AS low
UNWIND persons AS p
WITH p, substring(low, 1) AS area,
  // A member on the day, or not yet: the month or year of joining does not tell.
  [word IN coalesce(p.date_precision, []) WHERE p.party_joined_on <= $as_of < CASE word
      WHEN 'party_joined_on:month' THEN p.party_joined_on + duration({months: 1, days: -1})
      WHEN 'party_joined_on:year' THEN p.party_joined_on + duration({years: 1, days: -1}) END
     | p.id + '.party_joined_on'] AS days
WITH p, area, days,
  CASE WHEN p.party_status IS NULL THEN 'unknown'
       WHEN p.party_category IN $categories THEN 'pass'
       WHEN size(days) > 0 THEN 'unknown'
       ELSE 'fail' END AS verdict
RETURN p.id AS subject, area, verdict,
  CASE WHEN verdict <> 'fail' THEN []
       WHEN p.party_category IS NULL THEN ['none'] ELSE ['other'] END AS findings,
  CASE WHEN verdict <> 'unknown' THEN []
       WHEN p.party_status IS NULL THEN [p.id + '.party_status'] ELSE days END AS missing,
  [p.id] AS evidence
ORDER BY subject
