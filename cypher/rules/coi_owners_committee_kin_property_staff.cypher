// @title      Owners' committee members with relatives at the firm that serves the quarter
// @title.zh   业委会委员近亲属在本区物业任职
// @about      One row per sitting member and property project of the quarter. A relative counts by
// @about      a recorded kinship only, never by a name. A tie is the relative's employment with the
// @about      operating firm or an affiliate, or a post in the project itself. Relatives by
// @about      marriage other than the spouse do not count. Passes where the member's kinship is
// @about      listed and the staff, or each relative's employers, too. Not applicable where no
// @about      firm runs the property.
// @about.zh   业委会（物管会）现任成员与本小区每个物业项目一行；只依据登记的亲属关系，不按姓名推断。
// @about.zh   亲属在运营企业或其关联企业任职、或在该项目任职即为不通过；配偶以外的姻亲不计。
// @about.zh   亲属关系及企业人员（或各亲属的任职单位）均已登记完整、未见任职的为通过；非企业运营的不适用。
// @rule       R28
// @severity   warning..violation
// @identity   subject, post, quarter, project
// @places     quarter itself
// @version    1
// @verified   V1
// @param      as_of          date     today                   "day the answer is for" / "统计日期"
// @param      area           string   null                    "area id, null = everywhere" / "辖区编号，空为全部"
// @param      kin_scope      string{spouse_lineal,near_relatives} "spouse_lineal" "spouse, parents, children, grandparents and grandchildren; or near relatives, which adds brothers and sisters" / "配偶和直系血亲，或近亲属（另含兄弟姐妹）"
// @param      kinds          strings  ["employee","seconded"] "kinds of employment that are barred" / "受限任职性质"
// @param      affiliates     bool     true                    "the firm's parents and affiliates count as the firm" / "关联企业视同本企业"
// @param      disclose_only  bool     false                   "a kinship that was disclosed is in order" / "已公示的亲属关系不计"
// @reason     a relative of {subject}, who sits on the owners' committee of {quarter}, works for {firm}, which runs {project}
// @reason.zh  {subject}任{quarter}业委会成员，其近亲属在运营{project}的{firm}或其关联企业任职
// @tells      EMPLOYED_BY, RELATED_TO
// @returns    subject, post, quarter, project, firm, area, verdict, missing:sensitive, evidence:sensitive
// @source     上海市住宅物业管理规定 Art. 20, 北京市物业管理条例 Art. 39, 湖州 Art. 18, 清远 Art. 22
// @source     (近亲属; texts read, transcriptions), 海南 Art. 26 (近亲属; public page). Elsewhere
// @source     optional, disclosure only, or not verified: 湖南, 青海, 四川, 广东.
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
                  RETURN {person: p, post: h.id} ORDER BY h.id } AS seats
WHERE size(seats) > 0
WITH q, seats,
  [(q)-[w:WITHIN]->(a)
   WHERE w.since <= $as_of < w.until | toString(w.height) + a.id] AS within,
  COLLECT { MATCH (q)<-[v:SERVES]-(pp:PropertyProject)
            WHERE v.since <= $as_of < v.until
            RETURN {node: pp, edge: v.id} ORDER BY v.id } AS served,
  COLLECT { MATCH (q)-[w:WITHIN*0..1]->()-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['property_project', 'employment', 'kinship']
              AND all(e IN w + [k] WHERE e.since <= $as_of < e.until)
            RETURN {subject: k.subject, id: k.id} ORDER BY k.id } AS registers
WITH q, seats, registers,
  reduce(low = null, key IN within | CASE WHEN low < key THEN low ELSE key END) AS low,
  CASE WHEN size(served) > 0 THEN COLLECT {
    UNWIND served AS x
    WITH x.node AS pp, x.edge AS v
    OPTIONAL MATCH (pp)-[r:OPERATED_BY]->(f)
    WHERE r.since <= $as_of < r.until
    WITH v, r, pp, f, coalesce(f:PropertyFirm OR f:Unit, false) AS firm
    RETURN {project: pp, serves: v, operator: f, operated: r.id, firm: firm, listed:
      CASE WHEN NOT firm THEN [] ELSE COLLECT {
        MATCH (f)-[k:COMPLETE_IN {subject: 'employment'}]->(:SourceDocument)
        WHERE k.since <= $as_of < k.until
        RETURN k.id ORDER BY k.id } END}
    ORDER BY v, r.id } ELSE
    [{project: null, serves: null, operator: null, operated: null, firm: false, listed: []}] END AS runs
UNWIND seats AS seat
WITH q, substring(low, 1) AS area, registers, runs, seat.person AS p, seat.post AS h
WHERE p IS NOT NULL
WITH q, area, registers, runs, p, h,
  [(p)-[r:RELATED_TO]-(x:Person)
   WHERE (r.relation IN ['spouse', 'parent', 'grandparent']
       OR ($kin_scope = 'near_relatives' AND r.relation = 'sibling'))
     AND NOT ($disclose_only AND coalesce(r.disclosed, false))
     AND r.since <= $as_of < r.until
   | {node: x, id: x.id, edge: r.id}] AS kin,
  [k IN registers WHERE k.subject = 'kinship' | k.id] + COLLECT {
    MATCH (p)-[k:COMPLETE_IN {subject: 'kinship'}]->(:SourceDocument)
    WHERE k.since <= $as_of < k.until
    RETURN k.id ORDER BY k.id } AS kin_listed
WITH q, area, registers, runs, p, h, kin, kin_listed,
  // What ties a relative to any firm or project.
  CASE WHEN size(kin) = 0 THEN [] ELSE COLLECT {
    UNWIND kin AS one
    WITH one.node AS x, one.edge AS related
    MATCH (x)-[w:EMPLOYED_BY]->(g)
    WHERE w.kind IN $kinds AND w.since <= $as_of < w.until
    RETURN {related: related, id: w.id, at: g} ORDER BY w.id, related } + COLLECT {
    UNWIND kin AS one
    WITH one.node AS x, one.edge AS related
    MATCH (x)-[j:HOLDS_POST]->(g:PropertyProject)
    WHERE j.role IN ['project_manager', 'staff'] AND j.since <= $as_of < j.until
    RETURN {related: related, id: j.id, at: g} ORDER BY j.id, related } END AS jobs,
  CASE WHEN size(kin) = 0 THEN [] ELSE COLLECT {
    UNWIND kin AS one
    WITH one.node AS x
    MATCH (x)-[k:COMPLETE_IN {subject: 'employment'}]->(:SourceDocument)
    WHERE k.since <= $as_of < k.until
    RETURN DISTINCT {person: x.id, id: k.id} AS z ORDER BY z.id } END AS own
UNWIND runs AS run
WITH q, area, registers, p, h, kin, kin_listed, jobs, own, run,
  run.project AS pp, run.operator AS f, run.firm AS by_firm
WITH q, area, registers, p, h, kin, kin_listed, jobs, own, run, pp, f, by_firm,
  CASE WHEN NOT by_firm OR size(jobs) = 0 THEN [] ELSE COLLECT {
    MATCH (f)-[us:SUBORDINATE_TO*0..3]-(g)
    WHERE ($affiliates OR size(us) = 0) AND all(u IN us WHERE u.since <= $as_of < u.until)
    RETURN DISTINCT g ORDER BY g.id } END AS firms,
  [k IN registers WHERE k.subject = 'employment' | k.id] + run.listed AS staff_listed
WITH q, area, registers, p, h, kin, kin_listed, own, run, pp, f, by_firm, staff_listed,
  CASE WHEN NOT by_firm THEN [] ELSE [x IN jobs WHERE x.at IN firms OR x.at = pp] END AS ties,
  CASE WHEN size(kin_listed) > 0 THEN [] ELSE ['kinship@' + p.id] END
  + CASE WHEN size(kin) = 0 OR size(staff_listed) > 0 THEN [] ELSE COLLECT {
      UNWIND kin AS one
      WITH one.id AS id
      RETURN DISTINCT 'employment@' + id AS m ORDER BY m } END AS open_anyhow
WITH q, area, registers, p, h, kin, kin_listed, own, run, pp, f, by_firm, staff_listed, ties,
  [m IN open_anyhow WHERE NOT any(k IN own WHERE m = 'employment@' + k.person)] AS open
WITH q, area, registers, p, h, kin, kin_listed, own, run, pp, f, by_firm, staff_listed, ties, open,
  CASE WHEN pp IS NULL THEN CASE WHEN any(k IN registers WHERE k.subject = 'property_project')
                                 THEN 'not_applicable' ELSE 'unknown' END
       WHEN NOT by_firm THEN CASE WHEN f IS NOT NULL OR coalesce(pp.mode, 'contract') <> 'contract'
                                  THEN 'not_applicable' ELSE 'unknown' END
       WHEN size(ties) > 0 THEN 'fail'
       WHEN size(open) = 0 THEN 'pass'
       ELSE 'unknown' END AS verdict
RETURN p.id AS subject, h AS post, q.id AS quarter, pp.id AS project,
  CASE WHEN by_firm THEN f.id END AS firm, area, verdict,
  CASE WHEN verdict <> 'unknown' THEN []
       WHEN pp IS NULL THEN ['property_project@' + q.id]
       WHEN by_firm THEN open
       WHEN pp.mode IS NULL THEN [pp.id + '.mode', 'property_project@' + pp.id]
       ELSE ['property_project@' + pp.id] END AS missing,
  [id IN [h, run.serves, run.operated] WHERE id IS NOT NULL]
  + CASE verdict WHEN 'fail' THEN COLLECT { UNWIND ties AS x
                                            UNWIND [x.related, x.id] AS id
                                            RETURN DISTINCT id ORDER BY id }
                 WHEN 'pass' THEN kin_listed
                   + CASE WHEN size(kin) = 0 THEN [] ELSE staff_listed + [k IN own | k.id] END
                 WHEN 'not_applicable' THEN CASE WHEN pp IS NULL THEN
                   [k IN registers WHERE k.subject = 'property_project' | k.id] ELSE [] END
                 ELSE [] END AS evidence
ORDER BY post, quarter, project
