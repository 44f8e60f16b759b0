// @title      Joint branches that cover too many places or units, or only one
// @title.zh   联合党支部覆盖单位过多
// @about      One row per joint branch; counted are the quarters and units that it covers. A joint
// @about      branch of a single one joins nothing (info). Not applicable where it is known to cover
// @about      none. What it covers is a closed list where a register of Party organizations is
// @about      complete at the branch itself or in an area above; one at a quarter lists the branches
// @about      of that quarter, not the quarters of a branch.
// @about.zh   联合党支部各一行，计其覆盖的小区和单位；只覆盖一个的仅作提示，已知未覆盖任何小区或单位的不适用。
// @about.zh   党组织台账在该支部本身或上级辖区齐全时，才能断定没有其他覆盖对象；只在某个小区齐全的不算。
// @rule       R05
// @severity   info..warning
// @identity   subject
// @places     subject bodies_at_places, subject organizations_at_buildings, subject organizations_at_seats
// @version    1
// @verified   V2
// @param      as_of      date        today  "day the answer is for" / "统计日期"
// @param      area       string      null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      max_units  int[1..50]  5      "quarters and units that a joint branch may cover, inclusive" / "最多覆盖小区和单位数（个，含本数）"
// @param      min_units  int[0..50]  2      "quarters and units below which it joins nothing, inclusive" / "联合至少应有的小区和单位数（个，含本数）"
// @reason     {subject} covers {units} quarters and units; {findings}
// @reason.zh  {subject}覆盖小区和单位{units}个，{findings}
// @finding    too_many "more than a joint branch has as a rule" / "超过联合党支部一般不超过的个数"
// @finding    single "a joint branch of one joins nothing" / "未达到联合组建的条件"
// @returns    subject, area, units, verdict, findings, severity, missing, evidence
// @source     中国共产党支部工作条例（试行）, setting up of branches (wording read on a public page): as
// @source     a rule not more than five units. To count quarters as units is an analogy.
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
WITH b WHERE b.tier = 'joint_branch'
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
  COLLECT { UNWIND [b] + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'party_organization'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN DISTINCT k.id AS id ORDER BY id } AS registers,
  COLLECT { MATCH (b)-[c:COVERS]->(x)
            WHERE (x:Quarter OR x:Unit OR x:PropertyFirm) AND c.since <= $as_of < c.until
            RETURN {id: c.id, unit: x.id} ORDER BY c.id } AS covered
WITH b, area, registers, covered,
  size(COLLECT { UNWIND covered AS c RETURN DISTINCT c.unit }) AS units
WITH b, area, registers, covered, units,
  CASE WHEN units > $max_units THEN 'fail'
       WHEN size(registers) = 0 THEN 'unknown'
       WHEN units = 0 THEN 'not_applicable'
       WHEN units < $min_units THEN 'fail'
       ELSE 'pass' END AS verdict
RETURN b.id AS subject, area, units, verdict,
  CASE WHEN verdict <> 'fail' THEN []
       WHEN units > $max_units THEN ['too_many'] ELSE ['single'] END AS findings,
  CASE WHEN verdict <> 'fail' THEN null
       WHEN units > $max_units THEN 'warning' ELSE 'info' END AS severity,
  CASE verdict WHEN 'unknown' THEN ['party_organization@' + b.id] ELSE [] END AS missing,
  [c IN covered | c.id] + CASE WHEN units > $max_units THEN [] ELSE registers END AS evidence
ORDER BY subject
