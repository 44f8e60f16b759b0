// @title      One person as secretary, chair and property manager of a quarter
// @title.zh   书记、业委会主任、物业负责人三职一身
// @about      One row per quarter. Fails where the manager of its property project, however the
// @about      property is run, is at the same time chair of its owners' (or interim) committee or
// @about      secretary of its Party branch. Secretary and chair in one person alone is
// @about      encouraged and passes. Not applicable where there is known to be no project, or
// @about      neither a branch nor a committee. persons: who holds such posts.
// @about.zh   每个小区一行。物业项目负责人（不论管理方式）同时任本区业委会（物管会）主任或小区党支部书记的
// @about.zh   不通过；仅书记、主任“一肩挑”属鼓励情形，为通过。已知无物业项目，或党支部和业委会均无的不适用。
// @rule       R34
// @severity   info..violation
// @identity   subject
// @places     subject itself
// @version    1
// @verified   E
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @finding    triple "secretary, chair and property manager in one person" / "书记、业委会主任、物业负责人三职一身"
// @finding    manager_chair "the property manager chairs the owners' committee" / "物业负责人兼任业委会主任"
// @finding    secretary_manager "the branch secretary is the property manager" / "支部书记兼任物业负责人"
// @reason     in {subject}, {persons}: {findings}
// @reason.zh  {subject}：{persons}，{findings}
// @returns    subject, area, verdict, persons, findings, severity, missing, evidence
// @source     Derived rule, no single article: the links that 石鼓区 and 城东区 ask for, taken
// @source     literally, against 上海市住宅物业管理规定 Art. 20, 北京市物业管理条例 Art. 39 and
// @source     湖州 Art. 18 (texts read, transcriptions).
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
  COLLECT { MATCH (q)-[w:WITHIN]->(a)
            WHERE w.since <= $as_of < w.until
            RETURN a ORDER BY w.height, a.id } AS above,
  COLLECT { MATCH (q)<-[c:COVERS]-(b:PartyOrganization)
            WHERE b.level = 'quarter' AND coalesce(b.tier, '') <> 'group'
              AND c.since <= $as_of < c.until
            RETURN DISTINCT b ORDER BY b.id } AS branches,
  COLLECT { MATCH (q)<-[c:COVERS]-(o:OwnersCommittee)
            WHERE c.since <= $as_of < c.until
            RETURN DISTINCT o ORDER BY o.id } AS committees,
  COLLECT { MATCH (q)<-[v:SERVES]-(pp:PropertyProject)
            WHERE v.since <= $as_of < v.until
            RETURN DISTINCT pp ORDER BY pp.id } AS projects
WITH q, branches, committees, projects, above[0].id AS area,
  COLLECT { UNWIND [q] + above AS s
            MATCH (s)-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['post', 'party_organization', 'owners_committee', 'property_project']
              AND k.since <= $as_of < k.until
            RETURN {subject: k.subject, id: k.id} ORDER BY k.id } AS registers,
  COLLECT { UNWIND branches + committees + projects AS b
            MATCH (b)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN {at: b.id, id: k.id} ORDER BY k.id } AS own,
  COLLECT { UNWIND branches + committees + projects AS b
            MATCH (b)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.role IN ['secretary', 'chair', 'project_manager']
              AND h.since <= $as_of < h.until
            RETURN {person: p.id, id: h.id, role: h.role} ORDER BY h.id } AS hats
WITH q, area, branches, committees, projects, registers, own, hats,
  COLLECT { UNWIND hats AS x
            WITH x WHERE x.role = 'project_manager'
            RETURN DISTINCT x.person AS id ORDER BY id } AS managers,
  [x IN hats WHERE x.role = 'secretary' | x.person] AS secretaries,
  [x IN hats WHERE x.role = 'chair' | x.person] AS chairs,
  [k IN registers WHERE k.subject = 'post' | k.id] AS posts,
  [k IN registers WHERE k.subject = 'party_organization' | k.id] AS branches_listed,
  [k IN registers WHERE k.subject = 'owners_committee' | k.id] AS committees_listed,
  [k IN registers WHERE k.subject = 'property_project' | k.id] AS projects_listed
WITH q, area, own, hats, posts,
  [p IN managers WHERE p IN secretaries OR p IN chairs | {id: p,
    code: CASE WHEN NOT p IN secretaries THEN 'manager_chair'
               WHEN p IN chairs THEN 'triple'
               ELSE 'secretary_manager' END}] AS doubles,
  CASE WHEN size(projects) > 0 OR size(projects_listed) = 0 THEN [] ELSE projects_listed END
  + CASE WHEN size(branches) + size(committees) > 0
           OR size(branches_listed) = 0 OR size(committees_listed) = 0 THEN []
         ELSE branches_listed + committees_listed END AS absent,
  CASE WHEN size(branches) = 0 THEN branches_listed ELSE [] END
  + CASE WHEN size(committees) = 0 THEN committees_listed ELSE [] END AS none,
  CASE WHEN size(branches) + size(branches_listed) = 0
       THEN ['party_organization@' + q.id] ELSE [] END
  + CASE WHEN size(committees) + size(committees_listed) = 0
         THEN ['owners_committee@' + q.id] ELSE [] END
  + CASE WHEN size(projects) + size(projects_listed) = 0
         THEN ['property_project@' + q.id] ELSE [] END
  + [b IN branches + committees + projects
     WHERE size(posts) = 0 AND NOT any(k IN own WHERE k.at = b.id) | 'post@' + b.id] AS open
WITH q, area, own, hats, posts, doubles, absent, none, open,
  CASE WHEN size(doubles) > 0 THEN 'fail'
       WHEN size(absent) > 0 THEN 'not_applicable'
       WHEN size(open) > 0 THEN 'unknown'
       ELSE 'pass' END AS verdict
RETURN q.id AS subject, area, verdict, [x IN doubles | x.id] AS persons,
  [code IN ['triple', 'manager_chair', 'secretary_manager']
   WHERE any(x IN doubles WHERE x.code = code)] AS findings,
  CASE WHEN verdict = 'fail' AND all(x IN doubles WHERE x.code = 'secretary_manager')
       THEN 'info' END AS severity,
  CASE verdict WHEN 'unknown' THEN open ELSE [] END AS missing,
  CASE verdict WHEN 'fail' THEN [x IN hats WHERE any(y IN doubles WHERE y.id = x.person) | x.id]
               WHEN 'not_applicable' THEN absent
               WHEN 'pass' THEN posts + [k IN own | k.id] + none
               ELSE [] END AS evidence
ORDER BY subject
