// @title      Quarters with a joint conference within the period
// @title.zh   联席会议按期召开
// @about      Covered: a joint conference on the quarter or its community was held at most period
// @about      days ago. A gap begins on the day after the last one went out of the period. The
// @about      period is the place's in rule R40.
// @about.zh   最近 period 天内召开过涉及本小区或本社区的联席会议即为覆盖；周期按当地规则 R40 的取值。
// @dimension    13
// @subject      Quarter
// @denominator  quarter
// @places       subject itself
// @closes       meeting
// @reason       {subject}: no joint conference within the period
// @reason.zh    {subject}未按期召开联席会议
// @rules        R40
// @settings     joint_meeting_overdue period=period_days
// @claim        joint_meeting.covered covered
// @param      as_of   date    today  "day the answer is for" / "统计日期"
// @param      area    string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      period  int[1..3650]  90     "days, inclusive" / "周期（天，含）"
// @turns      held_on + days period
// @returns    subject, area, state, since, missing, evidence, last_held_on
// @source     石鼓区“五建五提升”, 2022-09-19 (monthly, 31 days); 城东区, 通川区, 淡水街道 (定期, no
// @source     period); quarterly elsewhere (十堰张湾, 惠州仲恺).
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
                  RETURN a ORDER BY w.height, a.id } AS above
WITH q, above, above[0].id AS area,
  [q] + [s IN above WHERE s.level = 'community'] AS places
WITH q, area,
  COLLECT { UNWIND places AS s
            MATCH (s)<-[c:CONCERNS]-(m:Meeting)
            WHERE m.kind = 'joint_conference' AND m.status = 'held' AND m.held_on <= $as_of
              AND c.since <= $as_of < c.until
            RETURN DISTINCT m ORDER BY m.held_on DESC, m.id } AS held,
  COLLECT { UNWIND [q] + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'meeting'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k ORDER BY k.since, k.id } AS registers
WITH q, area, held, registers,
  [m IN held WHERE m.held_on + duration({days: $period}) >= $as_of] AS found
WITH q, area, held, registers, found,
  CASE WHEN size(found) > 0 THEN 'covered'
       WHEN size(registers) > 0 THEN 'gap'
       ELSE 'unknown' END AS state
RETURN q.id AS subject, area, state,
  CASE state WHEN 'covered' THEN found[size(found) - 1].held_on
             WHEN 'gap' THEN coalesce(held[0].held_on + duration({days: $period + 1}), registers[0].since)
             END AS since,
  CASE state WHEN 'unknown' THEN ['meeting@' + q.id] ELSE [] END AS missing,
  CASE state WHEN 'covered' THEN [m IN found | m.id]
             WHEN 'gap' THEN [k IN registers | k.id]
             ELSE [] END AS evidence,
  held[0].held_on AS last_held_on
ORDER BY subject
