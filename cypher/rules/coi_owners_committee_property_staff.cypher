// @title      Owners' committee members employed by the firm that serves the quarter
// @title.zh   业委会委员在服务本小区的物业公司任职
// @about      One row per sitting member and property project of the quarter. A tie is employment
// @about      with the operating firm or an affiliate, or a post in the project itself.
// @about      Not applicable where no firm runs the property.
// @about.zh   业委会（物管会）现任成员与本小区每个物业项目一行；在运营企业或其关联企业任职、
// @about.zh   或在该项目任职即为不通过；非企业运营的不适用。
// @rule       R27
// @severity   warning..violation
// @identity   subject, post, quarter, project
// @places     quarter itself
// @version    1
// @verified   V1
// @param      as_of       date     today                   "day the answer is for" / "统计日期"
// @param      area        string   null                    "area id, null = everywhere" / "辖区编号，空为全部"
// @param      kinds       strings  ["employee","seconded"] "kinds of employment that are barred" / "受限任职性质"
// @param      affiliates  bool     true                    "the firm's parents and affiliates count as the firm" / "关联企业视同本企业"
// @reason     {subject} sits on the owners' committee of {quarter} and works for {firm}, which runs {project}
// @reason.zh  {subject}任{quarter}业委会成员，同时在运营{project}的{firm}或其关联企业任职
// @tells      EMPLOYED_BY
// @returns    subject, post, quarter, project, firm, area, verdict, missing, evidence
// @source     上海市住宅物业管理规定 Art. 20, 北京市物业管理条例 Art. 39, 湖州 Art. 18, 清远 Art. 22
// @source     (texts read, transcriptions), 海南 Art. 26 (public page). Elsewhere optional, or not
// @source     verified: 湖南, 青海, 四川, 广东.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (q:Quarter)
  RETURN q
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(q:Quarter)
  WHERE w.since <= $as_of < w.until
  RETURN q
}
WITH q, COLLECT { MATCH (q)<-[c:COVERS]-(:OwnersCommittee)<-[h:HOLDS_POST]-(p:Person)
                  WHERE h.role IN ['chair', 'vice_chair', 'member']
                    AND c.since <= $as_of < c.until AND h.since <= $as_of < h.until
                  RETURN {person: p, id: h.id} ORDER BY h.id } AS seats
WHERE size(seats) > 0
WITH q, seats, COLLECT { MATCH (q)-[w:WITHIN]->(a)
                         WHERE w.since <= $as_of < w.until
                         RETURN a ORDER BY w.height, a.id } AS above
WITH q, seats, above[0].id AS area,
  COLLECT { MATCH (q)<-[v:SERVES]-(pp:PropertyProject)
            WHERE v.since <= $as_of < v.until
            RETURN {node: pp, edge: v} ORDER BY v.id } AS served,
  COLLECT { UNWIND [q] + above AS s
            MATCH (s)-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['property_project', 'employment'] AND k.since <= $as_of < k.until
            RETURN {subject: k.subject, id: k.id} ORDER BY k.id } AS registers
WITH q, area, seats,
  [k IN registers WHERE k.subject = 'property_project' | k.id] AS projects_listed,
  [k IN registers WHERE k.subject = 'employment' | k.id] AS staff_listed,
  CASE WHEN size(served) > 0 THEN COLLECT {
    UNWIND served AS x
    WITH x.node AS pp, x.edge AS v
    OPTIONAL MATCH (pp)-[r:OPERATED_BY]->(f)
    WHERE r.since <= $as_of < r.until
    RETURN {project: pp, serves: v.id, operator: f, operated: r.id, firm: f:PropertyFirm OR f:Unit}
    ORDER BY v.id, r.id } ELSE [{project: null, serves: null, operator: null, operated: null, firm: false}]
  END AS runs
UNWIND runs AS run
WITH q, area, seats, projects_listed, staff_listed, run, run.project AS pp, run.operator AS f,
  coalesce(run.firm, false) AS by_firm
WITH q, area, seats, projects_listed, staff_listed, run, pp, f, by_firm,
  CASE WHEN NOT by_firm THEN [] ELSE [f] + CASE WHEN NOT $affiliates THEN [] ELSE COLLECT {
    MATCH (f)-[us:SUBORDINATE_TO*1..3]-(g)
    WHERE all(u IN us WHERE u.since <= $as_of < u.until)
    RETURN DISTINCT g ORDER BY g.id } END END AS employers
WITH q, area, seats, projects_listed, staff_listed, run, pp, f, by_firm,
  CASE WHEN NOT by_firm THEN [] ELSE COLLECT {
    UNWIND [x IN seats | x.person] AS p
    MATCH (p)-[w:EMPLOYED_BY]->(g)
    WHERE g IN employers AND w.kind IN $kinds AND w.since <= $as_of < w.until
    RETURN DISTINCT {person: p.id, id: w.id} AS tie ORDER BY tie.id } + COLLECT {
    MATCH (pp)<-[j:HOLDS_POST]-(p:Person)
    WHERE j.role IN ['project_manager', 'staff'] AND j.since <= $as_of < j.until
    RETURN {person: p.id, id: j.id} ORDER BY j.id } END AS tied,
  CASE WHEN NOT by_firm THEN [] ELSE COLLECT {
    UNWIND [x IN seats | x.person] + [f] AS s
    MATCH (s)-[k:COMPLETE_IN {subject: 'employment'}]->(:SourceDocument)
    WHERE k.since <= $as_of < k.until
    RETURN DISTINCT {of: s.id, id: k.id} AS own ORDER BY own.id } END AS owned
UNWIND seats AS seat
WITH q, area, projects_listed, staff_listed, run, pp, f, by_firm, owned, seat.id AS post,
  seat.person.id AS subject, [x IN tied WHERE x.person = seat.person.id | x.id] AS ties
WITH q, area, projects_listed, run, pp, f, by_firm, post, subject, ties,
  staff_listed + [x IN owned WHERE x.of = subject OR x.of = f.id | x.id] AS listed
WITH q, area, projects_listed, run, pp, f, by_firm, post, subject, ties, listed,
  CASE WHEN pp IS NULL THEN CASE WHEN size(projects_listed) > 0 THEN 'not_applicable' ELSE 'unknown' END
       WHEN NOT by_firm THEN CASE WHEN f IS NOT NULL OR coalesce(pp.mode, 'contract') <> 'contract'
                                  THEN 'not_applicable' ELSE 'unknown' END
       WHEN size(ties) > 0 THEN 'fail'
       WHEN size(listed) > 0 THEN 'pass'
       ELSE 'unknown' END AS verdict
RETURN subject, post, q.id AS quarter, pp.id AS project,
  CASE WHEN by_firm THEN f.id END AS firm, area, verdict,
  CASE WHEN verdict <> 'unknown' THEN []
       WHEN pp IS NULL THEN ['property_project@' + q.id]
       WHEN by_firm THEN ['employment@' + f.id]
       WHEN pp.mode IS NULL THEN [pp.id + '.mode', 'property_project@' + pp.id]
       ELSE ['property_project@' + pp.id] END AS missing,
  [id IN [post, run.serves, run.operated] WHERE id IS NOT NULL] + ties
  + CASE verdict WHEN 'pass' THEN listed
                 WHEN 'not_applicable' THEN CASE WHEN pp IS NULL THEN projects_listed ELSE [] END
                 ELSE [] END AS evidence
ORDER BY post, quarter, project
