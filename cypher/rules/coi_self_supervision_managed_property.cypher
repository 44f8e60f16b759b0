// @title      Persons who manage a quarter's property and sit in a body that supervises it
// @title.zh   社区代管物业中的自我监督
// @about      One row per person and quarter: a post in its property project, or a seat in its
// @about      owners' committee, its owners' supervision committee or the residents' committee;
// @about      staff of the operating firm count as managing. findings: a owners' committee, b
// @about      owners' supervision committee, c residents' committee; organization where the
// @about      residents' committee itself runs the property (the subject is then the committee).
// @about.zh   每人每小区一行：在本小区物业项目任职（含运营企业员工），同时任业委会（a）、业主监督委员会（b）
// @about.zh   或居委会（c）职务的为不通过；居委会本身运营物业的另列一行（organization）。
// @rule       R29
// @severity   info..violation
// @identity   subject, quarter
// @places     quarter itself
// @version    1
// @verified   S
// @param      as_of       date     today                   "day the answer is for" / "统计日期"
// @param      area        string   null                    "area id, null = everywhere" / "辖区编号，空为全部"
// @param      check_org_level bool  true                   "also where the residents' committee runs the property" / "一并检查居委会自营物业"
// @reason     {subject} takes part in running the property of {quarter}; {findings}
// @reason.zh  {subject}参与{quarter}物业管理，{findings}
// @finding    a "and sits on the owners' committee there" / "同时是该小区业委会成员"
// @finding    b "and sits on the owners' supervision committee there" / "同时是该小区业主监督委员会成员"
// @finding    c "and sits on the residents' committee that supervises it" / "同时是负责监督的居委会成员"
// @finding    organization "the residents' committee itself runs the property that it supervises" / "居委会自己运营其监督的物业"
// @tells      EMPLOYED_BY
// @returns    subject, quarter, area, verdict, findings, severity, missing, evidence
// @source     Derived: 物业管理条例 Art. 15 and 20, since 2026-01-01 城市居民委员会组织法 (2025) Art. 10(7):
// @source     guidance and supervision of owners' committees (texts read, transcriptions), with the practice of
// @source     通川区石龙溪社区“一三模式”, 2022-01-08 (社区代管). No single article forbids it.
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
WITH q, above[0].id AS area,
  [s IN above WHERE s.level = 'community'] AS communities,
  COLLECT { MATCH (q)<-[v:SERVES]-(pp:PropertyProject)
            WHERE v.since <= $as_of < v.until
            RETURN DISTINCT pp ORDER BY pp.id } AS projects,
  COLLECT { MATCH (q)<-[c:COVERS]-(o:OwnersCommittee)
            WHERE c.since <= $as_of < c.until
            RETURN DISTINCT o ORDER BY o.id } AS committees,
  COLLECT { MATCH (q)<-[c:COVERS]-(b:SupervisionCommittee)
            WHERE b.kind = 'owners' AND c.since <= $as_of < c.until
            RETURN DISTINCT b ORDER BY b.id } AS boards,
  COLLECT { UNWIND [q] + above AS s
            MATCH (s)-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['post', 'owners_committee', 'property_project']
              AND k.since <= $as_of < k.until
            RETURN {at: s.id, subject: k.subject, id: k.id} ORDER BY k.id } AS registers
WITH q, area, communities, projects, committees, boards, registers,
  COLLECT { UNWIND communities AS s
            MATCH (s)<-[c:COVERS]-(b:ResidentsCommittee)
            WHERE c.since <= $as_of < c.until
            RETURN DISTINCT b ORDER BY b.id } AS councils,
  COLLECT { UNWIND projects AS pp
            MATCH (pp)-[r:OPERATED_BY]->(f)
            WHERE r.since <= $as_of < r.until
            RETURN {by: f, firm: f:PropertyFirm OR f:Unit, id: r.id} ORDER BY r.id } AS runners
WITH q, area, communities, projects, committees, boards, councils, registers, runners,
  [x IN runners WHERE x.firm | x.by] AS firms,
  [k IN registers WHERE k.subject = 'post' | k.id] AS posts,
  [k IN registers WHERE k.subject = 'post' AND k.at <> q.id | k.id] AS above,
  COLLECT { UNWIND committees + boards + councils + projects AS b
            MATCH (b)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN {at: b.id, id: k.id} ORDER BY k.id } AS own
WITH q, area, projects, councils, runners, firms,
  COLLECT { UNWIND posts + [k IN own | k.id] AS id
            RETURN DISTINCT id ORDER BY id } AS listed,
  // What is not known of the side that supervises, and of the side that manages.
  [b IN committees + boards WHERE size(posts) = 0 AND NOT any(k IN own WHERE k.at = b.id) | 'post@' + b.id]
  + [b IN councils WHERE size(above) = 0 AND NOT any(k IN own WHERE k.at = b.id) | 'post@' + b.id]
  + CASE WHEN size(committees) = 0 AND size(posts) = 0
           AND NOT any(k IN registers WHERE k.subject = 'owners_committee')
         THEN ['owners_committee@' + q.id] ELSE [] END
  + CASE WHEN size(boards) = 0 AND size(posts) = 0 THEN ['post@' + q.id] ELSE [] END
  + CASE WHEN size(councils) = 0 AND size(above) = 0
         THEN CASE WHEN size(communities) = 0 THEN ['area@' + q.id]
                   ELSE ['post@' + communities[0].id] END ELSE [] END AS open_watch,
  [b IN projects WHERE size(posts) = 0 AND NOT any(k IN own WHERE k.at = b.id) | 'post@' + b.id] AS open_run,
  [k IN registers WHERE k.subject = 'property_project' | k.id] AS absent,
  COLLECT { UNWIND [{finding: null, bodies: projects}, {finding: 'a', bodies: committees},
                    {finding: 'b', bodies: boards}, {finding: 'c', bodies: councils}] AS side
            UNWIND side.bodies AS b
            MATCH (b)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.since <= $as_of < h.until AND NOT h.role IN ['alternate', 'community_worker']
            RETURN {person: p, id: h.id, finding: side.finding} ORDER BY h.id } AS seats
WITH q, area, projects, councils, runners, listed, open_watch, open_run, absent,
  // A person's ties to the property have no finding; those to a body that supervises it have one.
  seats + CASE WHEN size(firms) = 0 THEN [] ELSE COLLECT {
    UNWIND [x IN seats | x.person] AS p
    MATCH (p)-[w:EMPLOYED_BY]->(f)
    WHERE f IN firms AND w.kind IN ['employee', 'seconded'] AND w.since <= $as_of < w.until
    RETURN {person: p, id: w.id, finding: null} ORDER BY w.id } END AS ties
CALL (q, projects, councils, runners, listed, open_watch, open_run, absent, ties) {
  UNWIND ties AS x
  WITH q, projects, listed, open_watch, open_run, absent, x.person AS p, collect(x) AS held
  WITH q, projects, listed, open_watch, open_run, absent, p, held,
    any(x IN held WHERE x.finding IS NULL) AS runs,
    any(x IN held WHERE x.finding IS NOT NULL) AS watches
  WITH q, projects, listed, open_watch, open_run, absent, p, held, runs,
    CASE WHEN runs AND watches THEN 'fail'
         WHEN size(projects) = 0 THEN CASE WHEN size(absent) > 0 THEN 'not_applicable' ELSE 'unknown' END
         WHEN size(CASE WHEN runs THEN open_watch ELSE open_run END) > 0 THEN 'unknown'
         ELSE 'pass' END AS verdict
  RETURN p.id AS subject, verdict,
    CASE verdict WHEN 'fail'
      THEN [f IN ['a', 'b', 'c'] WHERE any(x IN held WHERE x.finding = f)] ELSE [] END AS findings,
    CASE WHEN verdict <> 'unknown' THEN []
         WHEN size(projects) = 0 THEN ['property_project@' + q.id]
         WHEN runs THEN open_watch
         ELSE open_run END AS missing,
    CASE WHEN size(held) = 1 THEN [held[0].id]
         ELSE COLLECT { UNWIND held AS x RETURN DISTINCT x.id AS id ORDER BY id } END
    + CASE verdict WHEN 'pass' THEN listed WHEN 'not_applicable' THEN absent ELSE [] END AS evidence
  UNION ALL
  WITH councils, runners
  WHERE $check_org_level
  UNWIND councils AS b
  WITH b, [x IN runners WHERE x.by = b | x.id] AS evidence
  WHERE size(evidence) > 0
  RETURN b.id AS subject, 'fail' AS verdict, ['organization'] AS findings, [] AS missing, evidence
}
RETURN subject, q.id AS quarter, area, verdict, findings,
  CASE WHEN verdict <> 'fail' THEN null
       WHEN 'a' IN findings OR 'b' IN findings THEN 'violation'
       ELSE 'info' END AS severity,
  missing, evidence
ORDER BY quarter, subject
