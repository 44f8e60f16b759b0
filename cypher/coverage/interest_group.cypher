// @title      Communities with interest groups
// @title.zh   社团（文体团队）覆盖
// @about      Covered: an interest group serves the community or one of its quarters. groups: how
// @about      many are recorded; members: their sum, null where one is not known.
// @about.zh   有社团服务本社区或其小区即为覆盖；groups 为已登记的社团数，members 为人数合计，有缺则空。
// @dimension    15
// @subject      Area
// @denominator  area
// @places       subject itself
// @closes       team
// @reason       {subject} has no interest group
// @reason.zh    {subject}没有社团
// @measure      groups sum "interest groups" / "社团数"
// @measure      members sum "members of the groups" / "社团成员数"
// @claim        interest_group.bodies groups
// @claim        interest_group.persons members
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @returns    subject, area, state, since, missing, evidence, groups, members
// @source     通川区石龙溪社区“一三模式”, 2022-01-08 (6 groups, 120 people); 石鼓区, 2022-09-19.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (c:Area {level: 'community'})
  RETURN c
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(c:Area {level: 'community'})
  WHERE w.since <= $as_of < w.until
  RETURN c
}
WITH c, COLLECT { MATCH (c)-[w:WITHIN]->(a)
                  WHERE w.since <= $as_of < w.until
                  RETURN a ORDER BY w.height, a.id } AS above
WITH c, above, above[0].id AS area,
  [c] + COLLECT { MATCH (c)<-[up:PART_OF]-(q:Quarter)
                  WHERE up.since <= $as_of < up.until
                  RETURN q ORDER BY q.id } AS places
WITH c, area,
  COLLECT { UNWIND places AS s
            MATCH (s)<-[v:SERVES]-(t:Team)
            WHERE t.kind = 'interest_group' AND v.since <= $as_of < v.until
            RETURN v ORDER BY v.since, v.id } AS found,
  COLLECT { UNWIND places AS s
            MATCH (s)<-[v:SERVES]-(t:Team)
            WHERE t.kind = 'interest_group' AND v.since <= $as_of < v.until
            RETURN DISTINCT t ORDER BY t.id } AS teams,
  COLLECT { UNWIND places AS s
            MATCH (s)<-[v:SERVES]-(t:Team)
            WHERE t.kind = 'interest_group' AND v.until <= $as_of
            RETURN v.until ORDER BY v.until DESC LIMIT 1 } AS ended,
  COLLECT { UNWIND above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'team'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k ORDER BY k.since, k.id } AS registers
WITH c, area, found, teams, ended, registers,
  CASE WHEN size(found) > 0 THEN 'covered'
       WHEN size(registers) > 0 THEN 'gap'
       ELSE 'unknown' END AS state
RETURN c.id AS subject, area, state,
  CASE state WHEN 'covered' THEN found[0].since
             WHEN 'gap' THEN coalesce(ended[0], registers[0].since) END AS since,
  CASE state WHEN 'unknown' THEN ['team@' + c.id] ELSE [] END AS missing,
  CASE state WHEN 'covered' THEN [v IN found | v.id]
             WHEN 'gap' THEN [k IN registers | k.id]
             ELSE [] END AS evidence,
  size(teams) AS groups,
  CASE WHEN state <> 'unknown' AND all(t IN teams WHERE t.members IS NOT NULL)
       THEN reduce(total = 0, t IN teams | total + t.members) END AS members
ORDER BY subject
