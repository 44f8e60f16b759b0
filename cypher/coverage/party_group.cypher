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
  UNION ALL
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[up:PART_OF*1..4]-(b:Building)
  WHERE w.since <= $as_of < w.until AND all(e IN up WHERE e.since <= $as_of < e.until)
  RETURN b
}
WITH DISTINCT b
WHERE $entrances OR b.level = 'building'
WITH b,
  [b] + [(b)-[up:PART_OF*1..4]->(x)
         WHERE (x:Building OR x:Quarter) AND all(e IN up WHERE e.since <= $as_of < e.until) | x] AS places,
  [(b)<-[c:COVERS]-(g:PartyOrganization)
   WHERE c.since <= $as_of AND coalesce(g.tier, 'group') = 'group'
   | {id: c.id, since: c.since, until: c.until, untold: CASE WHEN g.tier IS NULL THEN g.id + '.tier' END}] AS spells
WITH b, places, [c IN spells WHERE c.untold IS NULL AND c.until > $as_of] AS groups,
  [c IN spells WHERE c.untold IS NULL AND c.until <= $as_of | c.until] AS past,
  [c IN spells WHERE c.untold IS NOT NULL AND c.until > $as_of | c.untold] AS tiers
WITH b, past,
  substring(reduce(low = null, key IN reduce(found = [], x IN places
    | found + [(x)-[w:WITHIN]->(a)
               WHERE w.since <= $as_of < w.until | toString(w.height) + a.id])
    | CASE WHEN low < key THEN low ELSE key END), 1) AS area,
  CASE WHEN size(groups) < 2 THEN groups ELSE
    COLLECT { UNWIND groups AS c RETURN c ORDER BY c.since, c.id } END AS found,
  CASE WHEN size(tiers) < 2 THEN tiers ELSE
    COLLECT { UNWIND tiers AS tier RETURN DISTINCT tier ORDER BY tier } END AS untold,
  // Which registers close a gap is asked where there is one.
  CASE WHEN size(groups) > 0 THEN [] ELSE reduce(found = [], s IN places
    | found + [(s)-[w:WITHIN*0..1]->()-[k:COMPLETE_IN {subject: 'party_organization'}]->(:SourceDocument)
               WHERE all(e IN w + [k] WHERE e.since <= $as_of < e.until)
               | {id: k.id, since: k.since}]) END AS registers
WITH b, area, past, found, untold, registers,
  CASE WHEN size(found) > 0 THEN 'covered'
       WHEN size(registers) > 0 AND size(untold) = 0 THEN 'gap'
       ELSE 'unknown' END AS state
RETURN b.id AS subject, area, state,
  CASE state WHEN 'covered' THEN found[0].since
             WHEN 'gap' THEN coalesce(
               COLLECT { UNWIND past AS day RETURN day ORDER BY day DESC LIMIT 1 }[0],
               COLLECT { UNWIND registers AS k RETURN k.since AS since ORDER BY since LIMIT 1 }[0]) END AS since,
  CASE WHEN state <> 'unknown' THEN []
       WHEN size(registers) > 0 THEN untold
       ELSE ['party_organization@' + b.id] + untold END AS missing,
  CASE state WHEN 'covered' THEN [c IN found | c.id]
             WHEN 'gap' THEN COLLECT { UNWIND registers AS k
                              WITH DISTINCT k.since AS since, k.id AS id
                              RETURN id ORDER BY since, id }
             ELSE [] END AS evidence
ORDER BY subject
