// @title      Party organizations whose chain of subordination is broken
// @title.zh   组织隶属链断裂
// @about      One row per organization. Each has exactly one superior, the organization of a
// @about      district excepted; no one is above himself; an organization of a quarter stands below
// @about      that of its community, and this below that of its subdistrict (as the chain requires),
// @about      or below a committee or general branch of the same level; a group stands below a
// @about      branch. With group in the chain a quarter's branch needs a group below it. A superior stands
// @about      higher than what an organization covers: that there is none is told by a complete list of the
// @about      organization itself or of an area above, never by one of the quarter or area that it covers.
// @about.zh   每个党组织一行。除区级外均应有且只有一个上级，不得循环隶属；小区党组织应隶属本社区党组织，
// @about.zh   社区党组织应隶属本街道党组织（按所设链条），或隶属同级党委、党总支；党小组应隶属党支部。
// @about.zh   链条中含 group 的，小区党支部之下应有党小组。上级在所覆盖的范围之上：没有上级，须由该组织本身或
// @about.zh   更高辖区的完整台账说明，所覆盖的小区或辖区自己的台账不足为据。
// @rule       R09
// @severity   info..violation
// @identity   subject
// @places     subject bodies_at_places, subject organizations_at_buildings, subject organizations_at_seats
// @version    2
// @verified   S
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      required_chain  strings{subdistrict,community,quarter,group}  ["subdistrict","community","quarter"]  "levels that the chain has" / "隶属链应有的层级"
// @reason     {subject}: {findings}
// @reason.zh  {subject}{findings}
// @finding    no_superior "it has no superior organization" / "没有上级党组织"
// @finding    several_superiors "it has more than one superior organization" / "上级党组织多于一个"
// @finding    cycle "it stands above itself" / "循环隶属"
// @finding    superior_level "its superior is not of the level next above" / "上级党组织不是链条中的上一级"
// @finding    other_place "its superior is not that of its own community or subdistrict" / "上级不是本社区（街道）的党组织"
// @finding    group_not_under_branch "it is a group and does not stand below a branch" / "党小组未隶属于党支部"
// @finding    no_group "no group stands below it" / "未设党小组"
// @returns    subject, area, superiors, verdict, findings, severity, missing, evidence
// @source     Chains as described in 石鼓区 (2022-09-19), 通川区 (2022-01-08) and 天元区 (2020-12-22), each
// @source     stated in one document, not law; that a chain is unbroken is an engineering default.
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
WITH b, covered + seats AS own, reduce(found = covered + seats, y IN [x IN covered WHERE x:Building OR x:Grid]
  | found + [(y)-[up:PART_OF*1..4]->(x)
             WHERE (x:Building OR x:Quarter) AND all(e IN up WHERE e.since <= $as_of < e.until) | x]) AS grounds
WHERE size(grounds) > 0 OR EXISTS { MATCH (b)-[r:SUBORDINATE_TO]-() WHERE r.since <= $as_of < r.until }
WITH b, own, grounds, COLLECT { UNWIND grounds AS x
                                 MATCH (x)-[w:WITHIN]->(a)
                                 WHERE w.since <= $as_of < w.until
                                 WITH DISTINCT a, w.height AS height
                                 RETURN a ORDER BY height, a.id } AS above
WITH b, above[0].id AS area,
  CASE b.level
    WHEN 'community' THEN CASE WHEN NOT 'community' IN $required_chain THEN null
                               WHEN 'subdistrict' IN $required_chain THEN 'subdistrict' END
    WHEN 'quarter' THEN CASE WHEN NOT 'quarter' IN $required_chain THEN null
                             WHEN 'community' IN $required_chain THEN 'community'
                             WHEN 'subdistrict' IN $required_chain THEN 'subdistrict' END
  END AS upper,
  COLLECT { UNWIND [b] + grounds + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'party_organization'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            WITH DISTINCT k.id AS id, s IN own AS same
            RETURN {id: id, higher: NOT same} ORDER BY id } AS registers,
  COLLECT { MATCH (b)-[r:SUBORDINATE_TO]->(y:PartyOrganization)
            WHERE r.since <= $as_of < r.until
            RETURN {id: r.id, node: y} ORDER BY r.id } AS above,
  COLLECT { MATCH (b)-[us:SUBORDINATE_TO*1..8]->(y)
            WHERE y = b AND all(u IN us WHERE u.since <= $as_of < u.until)
            UNWIND us AS u
            RETURN DISTINCT u.id AS id ORDER BY id } AS loop,
  CASE WHEN 'group' IN $required_chain AND b.level = 'quarter'
         AND b.tier IN ['branch', 'joint_branch', 'functional_branch'] THEN COLLECT {
    MATCH (b)<-[r:SUBORDINATE_TO]-(g:PartyOrganization)
    WHERE g.tier = 'group' AND r.since <= $as_of < r.until
    RETURN r.id ORDER BY r.id } END AS groups
WITH b, area, upper, [x IN registers | x.id] AS registers, above, loop, groups,
  [x IN registers WHERE x.higher | x.id] AS higher,
  size(COLLECT { UNWIND above AS x RETURN DISTINCT x.node }) AS superiors,
  above[0].node AS superior, coalesce(b.tier, '') = 'group' AS is_group
WITH b, area, upper, registers, higher, above, loop, groups, superiors, superior, is_group,
  CASE WHEN superiors = 1 AND NOT is_group AND superior.level = upper THEN COLLECT {
    MATCH (b)-[c:COVERS]->(y)-[up:PART_OF*0..4]->(x)-[w:WITHIN]->(s:Area)
    WHERE s.level = upper AND (size(up) = 0 OR x:Quarter)
      AND all(e IN [c, w] + up WHERE e.since <= $as_of < e.until)
    RETURN DISTINCT s ORDER BY s.id } END AS places
WITH b, area, upper, registers, higher, above, loop, groups, superiors, superior, is_group, places,
  CASE WHEN places IS NULL THEN [] ELSE COLLECT {
    MATCH (superior)-[c:COVERS]->(s:Area)
    WHERE s IN places AND c.since <= $as_of < c.until
    RETURN c.id ORDER BY c.id } END AS shared,
  CASE WHEN size(places) > 0 OR places IS NULL THEN [] ELSE COLLECT {
    MATCH (b)-[c:COVERS]->(x)
    WHERE (x:Quarter OR x:Area) AND c.since <= $as_of < c.until
    RETURN DISTINCT x.id AS id ORDER BY id } END AS adrift
WITH b, area, registers, higher, above, loop, groups, superiors, superior, shared, adrift,
  places IS NOT NULL AND size(shared) = 0 AS apart, coalesce(size(places), 0) > 0 AS placed,
  is_group OR (superior.level = b.level AND upper IS NOT NULL) AS by_tier,
  CASE WHEN superiors = 0 AND b.level <> 'district' AND size(higher) > 0 THEN ['no_superior']
       WHEN superiors > 1 THEN ['several_superiors'] ELSE [] END
  + CASE WHEN size(loop) > 0 THEN ['cycle'] ELSE [] END
  + CASE WHEN superiors <> 1 THEN []
         WHEN is_group THEN CASE WHEN superior.tier IS NULL
                                   OR superior.tier IN ['branch', 'joint_branch', 'functional_branch']
                                 THEN [] ELSE ['group_not_under_branch'] END
         WHEN upper IS NULL THEN []
         WHEN superior.level = upper THEN
           CASE WHEN size(places) > 0 AND size(shared) = 0 AND size(higher) > 0
                THEN ['other_place'] ELSE [] END
         WHEN superior.level = b.level
           AND (superior.tier IS NULL OR superior.tier IN ['committee', 'general_branch']) THEN []
         ELSE ['superior_level'] END
  + CASE WHEN size(groups) = 0 AND size(registers) > 0 THEN ['no_group'] ELSE [] END AS findings
WITH b, area, registers, higher, above, loop, groups, superiors, shared, findings,
  CASE WHEN (size(registers) = 0 AND size(groups) = 0)
         OR (size(higher) = 0 AND ((superiors = 0 AND b.level <> 'district')
                                   OR (apart AND NOT placed AND size(adrift) = 0)))
       THEN ['party_organization@' + b.id] ELSE [] END
  + CASE WHEN superiors = 1 AND superior.tier IS NULL AND by_tier THEN [superior.id + '.tier'] ELSE [] END
  + CASE WHEN apart AND placed AND size(higher) = 0
         THEN ['party_organization@' + superior.id] ELSE [] END
  + [id IN adrift | 'area@' + id] AS open
RETURN b.id AS subject, area, superiors,
  CASE WHEN size(findings) > 0 THEN 'fail'
       WHEN size(open) > 0 THEN 'unknown'
       WHEN superiors = 0 THEN 'not_applicable'
       ELSE 'pass' END AS verdict,
  findings,
  CASE WHEN size(findings) = 0 THEN null
       WHEN any(f IN findings WHERE f IN ['no_superior', 'several_superiors', 'cycle']) THEN 'violation'
       WHEN findings = ['no_group'] THEN 'info'
       ELSE 'warning' END AS severity,
  CASE WHEN size(findings) > 0 THEN [] ELSE open END AS missing,
  CASE WHEN superiors = 0 AND b.level = 'district' THEN [b.id] ELSE [] END
  + [x IN above | x.id] + [id IN loop WHERE NOT any(x IN above WHERE x.id = id)]
  + shared + coalesce(groups, [])
  + CASE WHEN 'no_group' IN findings THEN registers
         WHEN any(f IN findings WHERE f IN ['no_superior', 'other_place']) THEN higher ELSE [] END AS evidence
ORDER BY subject
