// @title      Party organizations whose term is over, about to end, or extended irregularly
// @title.zh   党组织届期已满
// @about      One row per organization. The term ends on the recorded day, else so many years after
// @about      the election; an approved extension moves the end. Whether a quarter's branch is one of
// @about      the community (5 years) or another (3) is not settled: with no recorded end it is
// @about      remarked after the shorter and expired after the longer term. Work committees and
// @about      groups have no term. ends_on: first day after the term and its approved extension.
// @about.zh   每个党组织一行。有任期截止日的按截止日，没有的按选举日加任期年数；经批准的延期顺延。小区党支部按
// @about.zh   社区（5年）还是其他支部（3年）未有定论：无截止日的，满较短年限提示，满较长年限为届满。
// @about.zh   党工委、党小组不适用。ends_on 为任期（含经批准的延期）届满后的第一天。
// @rule       R07
// @severity   info..violation
// @identity   subject
// @places     subject bodies_at_places, subject organizations_at_buildings, subject organizations_at_seats
// @version    2
// @verified   V2
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      term_years_community_committee       int[1..10]  5  "term of a community's committee, years" / "社区党委任期（年）"
// @param      term_years_community_general_branch  int[1..10]  5  "term of a community's general branch, years" / "社区党总支任期（年）"
// @param      term_years_community_branch          int[1..10]  5  "term of a community's branch, years" / "社区党支部任期（年）"
// @param      term_years_quarter_branch            int[1..10]  5  "term of a quarter's branch or general branch, years" / "小区党支部（党总支）任期（年）"
// @param      term_years_quarter_branch_info       int[1..10]  3  "years after which the term of a quarter's branch is remarked" / "小区党支部任期提示年限（年）"
// @param      term_years_other_branch              int[1..10]  3  "term of another branch or general branch, years" / "其他党支部、党总支任期（年）"
// @param      term_years_committee                 int[1..10]  5  "term of another Party committee, years" / "其他党委任期（年）"
// @param      extension_max_months                 int[0..60]  12  "longest extension, months, inclusive" / "延期最长（月，含本数）"
// @param      prewarn_days                         int[0..730]  180  "days before the end from which it is announced, inclusive" / "届满前提示天数（天，含本数）"
// @reason     {subject}: {findings} (term and approved extension end before {ends_on})
// @reason.zh  {subject}{findings}（任期及经批准的延期至{ends_on}前一日）
// @finding    expired "its term is over" / "任期已届满"
// @finding    extension_not_approved "its extension has no approval on record" / "延期未登记批准机关"
// @finding    extension_too_long "its extension is longer than allowed" / "延期超过规定期限"
// @finding    short_term_over "elected longer ago than the shorter of the two possible terms" / "自选举之日起已满较短的任期年限"
// @finding    ends_soon "its term ends soon" / "任期即将届满"
// @turns      elected_on + years term_years_community_committee, elected_on + years term_years_community_committee - days prewarn_days,
// @turns      elected_on + years term_years_community_general_branch, elected_on + years term_years_community_general_branch - days prewarn_days,
// @turns      elected_on + years term_years_community_branch, elected_on + years term_years_community_branch - days prewarn_days,
// @turns      elected_on + years term_years_quarter_branch, elected_on + years term_years_quarter_branch - days prewarn_days,
// @turns      elected_on + years term_years_other_branch, elected_on + years term_years_other_branch - days prewarn_days,
// @turns      elected_on + years term_years_committee, elected_on + years term_years_committee - days prewarn_days,
// @turns      elected_on + years term_years_quarter_branch_info,
// @turns      term_until - days prewarn_days, extended_until - days prewarn_days
// @returns    subject, area, ends_on, verdict, findings, severity, missing, evidence
// @source     关于党的基层组织任期的意见 (2018-07): committees and a community's organizations 5 years,
// @source     other branches 3; 中国共产党基层组织选举工作条例 (2020) Art. 3: to be renewed in time,
// @source     extended with approval, as a rule by not more than a year; 党章 Art. 31: 3 to 5 years
// @source     (wording of all three read on public pages).
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (b:PartyOrganization)
  RETURN b
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-()<-[c:COVERS]-(b:PartyOrganization)
  WHERE w.since <= $as_of < w.until AND c.since <= $as_of < c.until
  RETURN b
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-()<-[i:BASED_IN]-()<-[c:COVERS]-(b:PartyOrganization)
  WHERE w.since <= $as_of < w.until AND i.since <= $as_of < i.until AND c.since <= $as_of < c.until
  RETURN b
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[up:PART_OF*1..4]-()<-[c:COVERS]-(b:PartyOrganization)
  WHERE w.since <= $as_of < w.until AND all(e IN up + [c] WHERE e.since <= $as_of < e.until)
  RETURN b
}
WITH b,
  [(b)-[c:COVERS]->(x)
   WHERE c.since <= $as_of < c.until | x] AS covered,
  [(b)-[c:COVERS]->()-[i:BASED_IN]->(x)
   WHERE c.since <= $as_of < c.until AND i.since <= $as_of < i.until | x] AS seats
WITH b, reduce(found = covered + seats, y IN [x IN covered WHERE x:Building OR x:Grid]
  | found + [(y)-[up:PART_OF*1..4]->(x)
             WHERE (x:Building OR x:Quarter) AND all(e IN up WHERE e.since <= $as_of < e.until) | x]) AS grounds
WHERE size(grounds) > 0 OR EXISTS { MATCH (b)-[r:SUBORDINATE_TO]-() WHERE r.since <= $as_of < r.until }
WITH b, grounds, COLLECT { UNWIND grounds AS x
                            MATCH (x)-[w:WITHIN]->(a)
                            WHERE w.since <= $as_of < w.until
                            WITH DISTINCT a, w.height AS height
                            RETURN a ORDER BY height, a.id } AS above
WITH b,
  above[0].id AS area,
  CASE WHEN b.tier = 'committee' AND b.level = 'community' THEN $term_years_community_committee
       WHEN b.tier = 'committee' THEN $term_years_committee
       WHEN b.tier IS NULL THEN null
       WHEN b.level = 'quarter' THEN $term_years_quarter_branch
       WHEN b.level <> 'community' THEN $term_years_other_branch
       WHEN b.tier = 'general_branch' THEN $term_years_community_general_branch
       ELSE $term_years_community_branch END AS years
// Of a month or year the first and the last day: what is so for both is so.
WITH b, area, years, coalesce(b.tier, '') IN ['work_committee', 'group'] AS exempt,
  [b.elected_on] + [word IN coalesce(b.date_precision, []) WHERE word STARTS WITH 'elected_on:'
    | b.elected_on + CASE word WHEN 'elected_on:month' THEN duration({months: 1, days: -1})
      ELSE duration({years: 1, days: -1}) END] AS elections,
  [b.term_until] + [word IN coalesce(b.date_precision, []) WHERE word STARTS WITH 'term_until:'
    | b.term_until - CASE word WHEN 'term_until:month' THEN duration({months: 1, days: -1})
      ELSE duration({years: 1, days: -1}) END] AS terms,
  [b.extended_until] + [word IN coalesce(b.date_precision, []) WHERE word STARTS WITH 'extended_until:'
    | b.extended_until - CASE word WHEN 'extended_until:month' THEN duration({months: 1, days: -1})
      ELSE duration({years: 1, days: -1}) END] AS extensions
UNWIND elections AS elected
UNWIND terms AS term
UNWIND extensions AS extension
WITH b, area, exempt, elected, extension,
  CASE WHEN elected > $as_of THEN null
       WHEN term IS NOT NULL OR years IS NULL THEN term
       ELSE elected + duration({years: years}) END AS term_end,
  CASE WHEN term IS NULL AND b.level = 'quarter' AND b.tier <> 'committee'
       THEN elected + duration({years: $term_years_quarter_branch_info}) END AS short_end
WITH b, area, exempt, elected, term_end, short_end,
  CASE WHEN extension > term_end THEN extension END AS extended,
  coalesce(b.extension_approved_by, 'none') <> 'none' AS approved
WITH b, area, exempt, elected, term_end, short_end, extended, approved,
  CASE WHEN approved THEN coalesce(extended, term_end) ELSE term_end END AS ends_on
WITH b, area, exempt, elected, term_end, ends_on,
  CASE WHEN exempt OR term_end IS NULL THEN []
       ELSE CASE WHEN ends_on <= $as_of THEN ['expired'] ELSE [] END
            + CASE WHEN extended IS NOT NULL AND NOT approved THEN ['extension_not_approved'] ELSE [] END
            + CASE WHEN extended > term_end + duration({months: $extension_max_months})
                   THEN ['extension_too_long'] ELSE [] END
            + CASE WHEN ends_on <= $as_of OR NOT coalesce(short_end <= $as_of, false)
                     OR (extended IS NOT NULL AND approved) THEN [] ELSE ['short_term_over'] END
            + CASE WHEN $as_of < ends_on AND ends_on <= $as_of + duration({days: $prewarn_days})
                   THEN ['ends_soon'] ELSE [] END
  END AS findings
WITH b, area, exempt, max(ends_on) AS ends_on, collect({findings: findings, open:
  CASE WHEN exempt OR term_end IS NOT NULL THEN []
       WHEN elected > $as_of THEN [b.id + '.elected_on']
       WHEN elected IS NOT NULL THEN [b.id + '.tier']
       ELSE [b.id + '.elected_on', b.id + '.term_until'] END}) AS said
WITH b, area, exempt, ends_on, said,
  [f IN ['expired', 'extension_not_approved', 'extension_too_long', 'short_term_over', 'ends_soon']
   WHERE all(s IN said WHERE f IN s.findings)] AS findings
WITH b, area, exempt, ends_on, said, findings,
  CASE WHEN exempt THEN 'not_applicable'
       WHEN size(findings) > 0 THEN 'fail'
       WHEN any(s IN said WHERE size(s.open) + size(s.findings) > 0) THEN 'unknown'
       ELSE 'pass' END AS verdict
RETURN b.id AS subject, area, CASE WHEN NOT exempt THEN ends_on END AS ends_on, verdict, findings,
  CASE WHEN size(findings) = 0 THEN null
       WHEN any(f IN findings WHERE NOT f IN ['short_term_over', 'ends_soon']) THEN 'violation'
       ELSE 'info' END AS severity,
  CASE WHEN verdict <> 'unknown' THEN []
       WHEN all(s IN said WHERE size(s.open) > 0 AND s.open = said[0].open) THEN said[0].open
       ELSE reduce(days = [], day IN ['elected_on', 'term_until', 'extended_until'] | days
         + [word IN b.date_precision WHERE split(word, ':')[0] = day | b.id + '.' + day]) END AS missing,
  [b.id] AS evidence
ORDER BY subject
