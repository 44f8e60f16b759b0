// @title      Quarters without an owners' committee
// @title.zh   未成立业委会（物管会）
// @about      One row per quarter. An interim committee serves in place of an owners' committee for a
// @about      limited time, counted from the day it was formed, or until its own term ends.
// @about      Not applicable to a quarter of one owner. committees: what covers the quarter.
// @about.zh   每个小区一行。物管会在规定年限内（自组建之日起，且在其任期内）视同业委会；
// @about.zh   单一业主的小区不适用。committees 为覆盖本小区的业委会、物管会。
// @rule       R10
// @severity   info..warning
// @identity   subject
// @places     subject itself
// @version    2
// @verified   V1
// @param      as_of                   date       today  "day the answer is for" / "统计日期"
// @param      area                    string     null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      exempt_if_single_owner  bool       true   "a quarter of one owner needs none" / "单一业主的小区可不成立"
// @param      pmc_substitute          bool       true   "an interim committee (物管会) counts" / "物管会视同业委会"
// @param      pmc_max_years           int[1..20] 3      "how long an interim committee counts, in years" / "物管会最长有效年限（年）"
// @reason     {subject} has no owners' committee: {findings}
// @reason.zh  {subject}未成立业委会：{findings}
// @finding    none "nor has it an interim one" / "也没有物管会"
// @finding    interim_over "the time of its interim committee is over" / "物管会已超过有效期限"
// @finding    interim_not_counted "an interim committee does not count here" / "物管会不视同业委会"
// @turns      elected_on + years pmc_max_years
// @returns    subject, area, committees, verdict, findings, missing, evidence
// @source     物业管理条例 Art. 9-10, 北京市物业管理条例 Art. 54 and 58 (texts read, transcriptions);
// @source     通川区石龙溪社区“一三模式”, 2022-01-08 (all quarters covered). To form a committee is
// @source     a right: 民法典 Art. 277.
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
                  RETURN a ORDER BY w.height, a.id } AS above,
  COLLECT { MATCH (q)<-[c:COVERS]-(o:OwnersCommittee)
            WHERE c.since <= $as_of < c.until
            RETURN {id: o.id, edge: c.id, state:
              CASE WHEN o.kind = 'owners_committee' THEN 'formed'
                   WHEN NOT $pmc_substitute THEN 'not_counted'
                   WHEN o.elected_on > $as_of OR size([word IN coalesce(o.date_precision, []) WHERE o.elected_on <= $as_of < CASE word
                        WHEN 'elected_on:month' THEN o.elected_on + duration({months: 1, days: -1})
                        WHEN 'elected_on:year' THEN o.elected_on + duration({years: 1, days: -1}) END
                       | o.id + '.elected_on']) > 0 THEN 'elected_on'
                   WHEN o.term_until <= $as_of THEN 'over'
                   WHEN o.elected_on IS NULL THEN 'elected_on'
                   WHEN o.elected_on + CASE
                     WHEN 'elected_on:month' IN o.date_precision THEN duration({months: 1, days: -1})
                     WHEN 'elected_on:year' IN o.date_precision THEN duration({years: 1, days: -1})
                     ELSE duration({days: 0}) END + duration({years: $pmc_max_years}) <= $as_of THEN 'over'
                   WHEN o.elected_on + duration({years: $pmc_max_years}) <= $as_of THEN 'elected_on'
                   WHEN o.term_until - CASE
                     WHEN 'term_until:month' IN o.date_precision THEN duration({months: 1, days: -1})
                     WHEN 'term_until:year' IN o.date_precision THEN duration({years: 1, days: -1})
                     ELSE duration({days: 0}) END <= $as_of THEN 'term_until'
                   ELSE 'formed' END} ORDER BY c.id } AS covering
WITH q, covering, above[0].id AS area,
  [c IN covering WHERE c.state = 'formed' | c.edge] AS formed,
  // The day that is not known, or of which the month or year does not tell enough.
  [c IN covering WHERE c.state IN ['elected_on', 'term_until'] | c.id + '.' + c.state] AS open,
  COLLECT { UNWIND [q] + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'owners_committee'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k.id ORDER BY k.id } AS listed
WITH q, area, covering, formed, listed,
  $exempt_if_single_owner AND coalesce(q.single_owner, false) AS exempt,
  open + CASE WHEN size(listed) = 0 THEN ['owners_committee@' + q.id] ELSE [] END
       + CASE WHEN $exempt_if_single_owner AND q.single_owner IS NULL THEN [q.id + '.single_owner']
              ELSE [] END AS open
WITH q, area, covering, formed, listed, open,
  CASE WHEN size(formed) > 0 THEN 'pass'
       WHEN exempt THEN 'not_applicable'
       WHEN size(open) > 0 THEN 'unknown'
       ELSE 'fail' END AS verdict
RETURN q.id AS subject, area, [c IN covering | c.id] AS committees, verdict,
  CASE WHEN verdict <> 'fail' THEN []
       WHEN size(covering) = 0 THEN ['none']
       WHEN $pmc_substitute THEN ['interim_over']
       ELSE ['interim_not_counted'] END AS findings,
  CASE verdict WHEN 'unknown' THEN open ELSE [] END AS missing,
  CASE verdict WHEN 'pass' THEN formed
               WHEN 'not_applicable' THEN [q.id]
               WHEN 'fail' THEN [c IN covering | c.edge] + listed
               ELSE [c IN covering | c.edge] END AS evidence
ORDER BY subject
