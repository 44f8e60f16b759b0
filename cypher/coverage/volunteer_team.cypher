// @title      Quarters with a volunteer team
// @title.zh   志愿服务队覆盖
// @about      Covered: at least one volunteer team serves the quarter; a team of the whole
// @about      community is not one of the quarter. teams: how many are recorded.
// @about.zh   至少一支志愿服务队服务本小区即为覆盖；teams 为已登记的支数。
// @dimension    5
// @subject      Quarter
// @denominator  quarter
// @places       subject itself
// @closes       team
// @reason       {subject} has no volunteer team
// @reason.zh    {subject}没有志愿服务队
// @rules        R37
// @claim        volunteer_team.covered covered
// @claim        volunteer_team.bodies bodies
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @returns    subject, area, state, since, missing, evidence, teams
// @source     石鼓区“五建五提升”, 2022-09-19: 每个小区至少建立一支志愿服务队.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (q:Quarter)
  RETURN q
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(q:Quarter)
  WHERE w.since <= $as_of < w.until
  RETURN q
}
WITH q,
  substring(reduce(low = null, key IN [(q)-[w:WITHIN]->(a)
    WHERE w.since <= $as_of < w.until | toString(w.height) + a.id]
    | CASE WHEN low < key THEN low ELSE key END), 1) AS area,
  COLLECT { MATCH (q)<-[s:SERVES]-(t:Team)
            WHERE t.kind = 'volunteer_team' AND s.since <= $as_of
            RETURN {id: s.id, since: s.since, until: s.until} ORDER BY s.since, s.id } AS spells,
  [(q)-[w:WITHIN*0..1]->()-[k:COMPLETE_IN {subject: 'team'}]->(:SourceDocument)
   WHERE all(e IN w + [k] WHERE e.since <= $as_of < e.until) | {id: k.id, since: k.since}] AS registers
WITH q, area, registers, [s IN spells WHERE s.until > $as_of] AS found,
  [s IN spells WHERE s.until <= $as_of | s.until] AS past
WITH q, area, found, registers, past,
  CASE WHEN size(found) > 0 THEN 'covered'
       WHEN size(registers) > 0 THEN 'gap'
       ELSE 'unknown' END AS state
RETURN q.id AS subject, area, state,
  CASE state WHEN 'covered' THEN found[0].since
             WHEN 'gap' THEN coalesce(
               COLLECT { UNWIND past AS day RETURN day ORDER BY day DESC LIMIT 1 }[0],
               COLLECT { UNWIND registers AS k RETURN k.since AS since ORDER BY since LIMIT 1 }[0]) END AS since,
  CASE state WHEN 'unknown' THEN ['team@' + q.id] ELSE [] END AS missing,
  CASE state WHEN 'covered' THEN [s IN found | s.id]
             WHEN 'gap' THEN COLLECT { UNWIND registers AS k RETURN k.id AS id ORDER BY k.since, id }
             ELSE [] END AS evidence,
  size(found) AS teams
ORDER BY subject
