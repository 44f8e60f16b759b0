// @title      Buildings with a Party group
// @title.zh   楼栋（楼院）党小组覆盖
// @about      Covered: a Party group covers the building. Entrances (单元) are counted on request.
// @about.zh   有党小组覆盖该楼栋即为覆盖；可选择将单元一并计入。
// @dimension    2
// @subject      Building
// @denominator  building
// @places       subject buildings_in_quarters
// @closes       party_organization
// @reason       {subject} is covered by no Party group
// @reason.zh    {subject}没有党小组覆盖
// @claim        party_group.covered covered
// @claim        party_group.total total
// @claim        party_group.bodies bodies
// @param      as_of      date    today  "day the answer is for" / "统计日期"
// @param      area       string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      entrances  bool    false  "count entrances as well" / "单元一并计入"
// @returns    subject, area, state, since, missing, evidence
// @source     通川区石龙溪社区“一三模式”, 2022-01-08 (楼院党小组); 天元区“幸福邻聚里”, 2020-12-22.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (b:Building)
  RETURN b
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[up:PART_OF*1..4]-(b:Building)
  WHERE w.since <= $as_of < w.until AND all(e IN up WHERE e.since <= $as_of < e.until)
  RETURN b
}
WITH b
WHERE $entrances OR b.level = 'building'
WITH b, [b] + COLLECT { MATCH (b)-[up:PART_OF*1..4]->(x)
                        WHERE (x:Building OR x:Quarter) AND all(e IN up WHERE e.since <= $as_of < e.until)
                        RETURN x ORDER BY size(up), x.id } AS places
WITH b, places, COLLECT { UNWIND places AS x
                            MATCH (x)-[w:WITHIN]->(a)
                            WHERE w.since <= $as_of < w.until
                            WITH DISTINCT a, w.height AS height
                            RETURN a ORDER BY height, a.id } AS above
WITH b, above[0].id AS area,
  COLLECT { MATCH (b)<-[c:COVERS]-(g:PartyOrganization)
            WHERE g.tier = 'group' AND c.since <= $as_of < c.until
            RETURN c ORDER BY c.since, c.id } AS found,
  COLLECT { MATCH (b)<-[c:COVERS]-(g:PartyOrganization)
            WHERE g.tier IS NULL AND c.since <= $as_of < c.until
            RETURN DISTINCT g.id + '.tier' AS tier ORDER BY tier } AS untold,
  COLLECT { MATCH (b)<-[c:COVERS]-(g:PartyOrganization)
            WHERE g.tier = 'group' AND c.until <= $as_of
            RETURN c.until ORDER BY c.until DESC LIMIT 1 } AS ended,
  COLLECT { UNWIND places + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'party_organization'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k ORDER BY k.since, k.id } AS registers
WITH b, area, found, untold, ended, registers,
  CASE WHEN size(found) > 0 THEN 'covered'
       WHEN size(registers) > 0 AND size(untold) = 0 THEN 'gap'
       ELSE 'unknown' END AS state
RETURN b.id AS subject, area, state,
  CASE state WHEN 'covered' THEN found[0].since
             WHEN 'gap' THEN coalesce(ended[0], registers[0].since) END AS since,
  CASE WHEN state <> 'unknown' THEN []
       WHEN size(registers) > 0 THEN untold
       ELSE ['party_organization@' + b.id] + untold END AS missing,
  CASE state WHEN 'covered' THEN [c IN found | c.id]
             WHEN 'gap' THEN [k IN registers | k.id]
             ELSE [] END AS evidence
ORDER BY subject
