// @title      Quarters without a volunteer team
// @title.zh   小区无志愿服务队
// @about      One row per quarter. Counted are the volunteer teams that serve the quarter itself; a
// @about      team of the whole community is not one of the quarter. From large_quarter_households
// @about      on (inclusive) a quarter needs min_teams_large. Severity: info where there are teams,
// @about      but too few for a large quarter; else warning.
// @about.zh   每个小区一行，只计服务本小区的志愿服务队，全社区的队伍不计；达到大型小区户数（含）的，
// @about.zh   按大型小区的支数要求。已有队伍、仅未达大型小区要求的作提示，其余为提醒。
// @rule       R37
// @severity   info..warning
// @identity   subject
// @places     subject itself
// @version    1
// @verified   S
// @param      as_of  date         today  "day the answer is for" / "统计日期"
// @param      area   string       null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      min_teams                int[1..100]     1     "teams that every quarter needs" / "每个小区至少队伍数（支）"
// @param      large_quarter_households int[1..100000]  2000  "a large quarter has at least so many households" / "大型小区的户数（含）"
// @param      min_teams_large          int[1..100]     2     "teams that a large quarter needs" / "大型小区至少队伍数（支）"
// @reason     {subject} has {teams} volunteer teams on record, {short} fewer than required
// @reason.zh  {subject}已登记志愿服务队{teams}支，比要求少{short}支
// @returns    subject, area, teams, short, verdict, severity, missing, evidence
// @source     石鼓区“五建五提升”, 2022-09-19: 每个小区至少建立一支志愿服务队. The larger number for
// @source     large quarters is an engineering default.
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
WITH q, [s IN above | s.id] AS areas,
  COLLECT { MATCH (q)<-[v:SERVES]-(t:Team)
            WHERE t.kind = 'volunteer_team' AND v.since <= $as_of < v.until
            RETURN {team: t.id, id: v.id} ORDER BY v.id } AS found,
  COLLECT { UNWIND [q] + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'team'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k.id AS id ORDER BY id } AS registers,
  CASE WHEN $min_teams_large > $min_teams THEN $min_teams_large ELSE $min_teams END AS most
WITH q, areas[0] AS area, found, registers, most,
  size(COLLECT { UNWIND found AS x RETURN DISTINCT x.team }) AS teams,
  CASE WHEN q.households >= $large_quarter_households THEN most
       WHEN q.households IS NOT NULL OR most = $min_teams THEN $min_teams END AS needed
WITH q, area, found, registers, teams, needed,
  // Where the size is not known, what is enough for a small quarter may be too few for a large one.
  needed IS NULL AND teams >= $min_teams AS size_matters,
  teams >= coalesce(needed, most) AS enough
WITH q, area, found, registers, teams, needed, size_matters,
  CASE WHEN enough THEN 'pass'
       WHEN size_matters OR size(registers) = 0 THEN 'unknown'
       ELSE 'fail' END AS verdict
RETURN q.id AS subject, area, teams, coalesce(needed, $min_teams) - teams AS short, verdict,
  CASE WHEN verdict = 'fail' THEN CASE WHEN teams < $min_teams THEN 'warning' ELSE 'info' END
       END AS severity,
  CASE verdict WHEN 'unknown' THEN
      CASE WHEN size(registers) = 0 THEN ['team@' + q.id] ELSE [] END
      + CASE WHEN size_matters THEN [q.id + '.households'] ELSE [] END
    ELSE [] END AS missing,
  [x IN found | x.id] + CASE verdict WHEN 'fail' THEN registers ELSE [] END AS evidence
ORDER BY subject
