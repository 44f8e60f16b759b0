// @title      Extended Party committees with too few or too many part-time members
// @title.zh   大党委兼职委员人数异常
// @about      One row per community Party organization that covers an area. Counted: the persons who
// @about      are part-time members. The range is that of the organization's tier where one is set
// @about      (branch, joint branch and functional branch share one), else the general one; where the
// @about      tier is not known all ranges have to agree. On request the total with secretary, deputy
// @about      secretaries and committee members has to be odd. low, high: the range, empty where it
// @about      hangs on a tier that is not known. Nobody at all: warning; outside the range or an even
// @about      total: info. Not applicable where the organization is known to have no extended
// @about      committee (yet) and no one is a part-time member. Too many needs no complete list.
// @about.zh   每个社区党组织一行：兼职委员人数（按人计）应在其层级（支部、总支、党委）的区间内，未设层级
// @about.zh   区间的用通用区间；可另要求专兼职委员总数为奇数。一人也没有的为提醒，超出区间或总数为偶数的
// @about.zh   为提示。已知未设大党委且无兼职委员的不适用。
// @rule       R23
// @severity   info..warning
// @identity   subject
// @places     subject communities_of_organizations
// @version    2
// @verified   V2
// @param      as_of               date    today  "day the answer is for" / "统计日期"
// @param      area                string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      min                 int[0..100]  1     "fewest part-time members, persons" / "兼职委员至少人数"
// @param      max                 int[0..100]  9     "most part-time members, persons" / "兼职委员至多人数"
// @param      branch_min          int[0..100]  null  "fewest under a branch, persons; null = min" / "党支部至少人数，空为通用下限"
// @param      branch_max          int[0..100]  null  "most under a branch, persons; null = max" / "党支部至多人数，空为通用上限"
// @param      general_branch_min  int[0..100]  null  "fewest under a general branch, persons; null = min" / "党总支至少人数，空为通用下限"
// @param      general_branch_max  int[0..100]  null  "most under a general branch, persons; null = max" / "党总支至多人数，空为通用上限"
// @param      committee_min       int[0..100]  null  "fewest under a committee, persons; null = min" / "党委至少人数，空为通用下限"
// @param      committee_max       int[0..100]  null  "most under a committee, persons; null = max" / "党委至多人数，空为通用上限"
// @param      expect_odd_total    bool         false "full and part-time members together have to be odd" / "要求专兼职委员总数为奇数"
// @finding    no_parttime_member  "no one is a part-time member" / "没有兼职委员"
// @finding    below_min           "fewer than the range asks for" / "少于规定人数"
// @finding    above_max           "more than the range allows" / "多于规定人数"
// @finding    total_even          "full and part-time members together are an even number" / "专兼职委员总数为偶数"
// @reason     {subject} has {part_time} part-time members: {findings}
// @reason.zh  {subject}有兼职委员{part_time}人：{findings}
// @returns    subject, area, tier, part_time, total, low, high, verdict, severity, findings, missing, evidence
// @source     淡水街道“大党委”, 2022-05-25 (86 part-time members in 20 communities: a mean, not a norm).
// @source     Local ranges on public pages: by tier 1–2, 2–3, 3–5 with an odd total; 7–9; about 5
// @source     (浏阳 2013). No national number was found; 1 to 9 is the envelope of these.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (:Area)<-[v:COVERS]-(b:PartyOrganization {level: 'community'})
  WHERE v.since <= $as_of < v.until
  RETURN DISTINCT b
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Area)<-[v:COVERS]-(b:PartyOrganization {level: 'community'})
  WHERE w.since <= $as_of < w.until AND v.since <= $as_of < v.until
  RETURN b
}
WITH b, COLLECT { MATCH (b)-[v:COVERS]->(x:Area)
                  WHERE v.since <= $as_of < v.until
                  RETURN x ORDER BY x.id } AS places
WITH b,
  COLLECT { UNWIND places AS x
            MATCH (x)-[w:WITHIN]->(a)
            WHERE w.since <= $as_of < w.until
            WITH DISTINCT a, w.height AS height
            RETURN a ORDER BY height, a.id } AS above,
  COLLECT { MATCH (b)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.role IN ['secretary', 'deputy_secretary', 'committee_member', 'part_time_member']
              AND h.since <= $as_of < h.until
            RETURN {id: h.id, person: p.id, part_time: h.role = 'part_time_member'}
            ORDER BY h.id } AS posts,
  CASE WHEN b.tier IN ['branch', 'joint_branch', 'functional_branch'] THEN ['branch']
       WHEN b.tier IN ['general_branch', 'committee'] THEN [b.tier]
       WHEN b.tier IS NULL THEN ['branch', 'general_branch', 'committee']
       ELSE ['other'] END AS tiers
WITH b, above[0].id AS area, posts,
  [x IN posts WHERE x.part_time | x.id] AS part_time_posts,
  COLLECT { UNWIND posts AS x
            RETURN DISTINCT x.person AS id ORDER BY id } AS everybody,
  COLLECT { UNWIND [x IN posts WHERE x.part_time] AS x
            RETURN DISTINCT x.person AS id ORDER BY id } AS persons,
  COLLECT { UNWIND above + [b] AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN DISTINCT k.id AS id ORDER BY id } AS registers,
  COLLECT { UNWIND tiers AS t
            RETURN DISTINCT {
              low: coalesce(CASE t WHEN 'branch' THEN $branch_min
                                   WHEN 'general_branch' THEN $general_branch_min
                                   WHEN 'committee' THEN $committee_min END, $min),
              high: coalesce(CASE t WHEN 'branch' THEN $branch_max
                                    WHEN 'general_branch' THEN $general_branch_max
                                    WHEN 'committee' THEN $committee_max END, $max)} AS r } AS ranges
WITH b, area, posts, part_time_posts, registers, ranges, size(persons) AS part_time,
  size(everybody) AS total, size(registers) > 0 AS closed
WITH b, area, posts, part_time_posts, registers, ranges, part_time, total, closed,
  [r IN ranges WHERE closed AND part_time < r.low] AS below,
  [r IN ranges WHERE part_time > r.high] AS beyond,
  $expect_odd_total AND closed AND total > 0 AND total % 2 = 0 AS even
WITH b, area, posts, part_time_posts, registers, ranges, part_time, total, closed, even, below, beyond,
  size([r IN ranges WHERE r IN below OR r IN beyond]) AS outside,
  // Extended on the day, or not yet: the month or year does not tell.
  CASE WHEN part_time > 0 THEN []
       ELSE [word IN coalesce(b.date_precision, []) WHERE b.extended_since <= $as_of < CASE word
           WHEN 'extended_since:month' THEN b.extended_since + duration({months: 1, days: -1})
           WHEN 'extended_since:year' THEN b.extended_since + duration({years: 1, days: -1}) END
          | b.id + '.extended_since'] END AS days
WITH b, area, posts, part_time_posts, registers, ranges, part_time, total, closed, even, days,
  outside = size(ranges) AND size(below) > 0 AS few, outside = size(ranges) AND size(beyond) > 0 AS many,
  CASE WHEN part_time = 0
         AND (NOT b.extended_committee OR coalesce(b.extended_since, $as_of) > $as_of) THEN 'not_applicable'
       WHEN size(days) > 0 THEN 'unknown'
       WHEN outside = size(ranges) OR even THEN 'fail'
       WHEN closed AND outside = 0 THEN 'pass'
       ELSE 'unknown' END AS verdict
RETURN b.id AS subject, area, b.tier AS tier, part_time, total,
  CASE WHEN size(ranges) = 1 THEN ranges[0].low END AS low,
  CASE WHEN size(ranges) = 1 THEN ranges[0].high END AS high, verdict,
  CASE verdict WHEN 'fail' THEN CASE WHEN few AND part_time = 0 THEN 'warning' ELSE 'info' END END AS severity,
  CASE verdict WHEN 'fail' THEN
    CASE WHEN few AND part_time = 0 THEN ['no_parttime_member'] WHEN few THEN ['below_min'] ELSE [] END
    + CASE WHEN many THEN ['above_max'] ELSE [] END
    + CASE WHEN even THEN ['total_even'] ELSE [] END ELSE [] END AS findings,
  CASE verdict WHEN 'unknown' THEN
    days + CASE WHEN closed THEN [] ELSE ['post@' + b.id] END
    + CASE WHEN size(ranges) > 1 THEN [b.id + '.tier'] ELSE [] END ELSE [] END AS missing,
  CASE verdict WHEN 'not_applicable' THEN [b.id]
               WHEN 'fail' THEN [x IN posts | x.id] + registers
               WHEN 'pass' THEN part_time_posts + registers
               ELSE part_time_posts END AS evidence
ORDER BY subject
