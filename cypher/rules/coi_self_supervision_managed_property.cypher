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
// @returns    subject, quarter, area, verdict, findings, severity, missing, evidence
// @source     Derived: 物业管理条例 Art. 15 and 20 (text read, transcription) with the practice of
// @source     通川区石龙溪社区“一三模式”, 2022-01-08 (社区代管). No single article forbids it.
MATCH (q:Quarter)
WITH q, COLLECT { MATCH (q)-[up:PART_OF*0..8]->(s)
                  WHERE all(e IN up WHERE e.since <= $as_of < e.until)
                  RETURN s ORDER BY size(up), s.id } AS chain
WITH q, chain, [s IN chain WHERE s:Area | s.id] AS areas
WHERE $area IS NULL OR $area IN areas
WITH q, chain, areas[0] AS area, [s IN chain WHERE s:Area AND s.level = 'community'] AS communities,
  COLLECT { MATCH (q)<-[v:SERVES]-(pp:PropertyProject)
            WHERE v.since <= $as_of < v.until
            RETURN DISTINCT pp ORDER BY pp.id } AS projects,
  COLLECT { MATCH (q)<-[v:SERVES]-(pp:PropertyProject)-[r:OPERATED_BY]->(f)
            WHERE v.since <= $as_of < v.until AND r.since <= $as_of < r.until
              AND (f:PropertyFirm OR f:Unit)
            RETURN {project: pp, firm: f} ORDER BY pp.id, f.id } AS firms,
  COLLECT { MATCH (q)<-[c:COVERS]-(o:OwnersCommittee)
            WHERE c.since <= $as_of < c.until
            RETURN DISTINCT o ORDER BY o.id } AS committees,
  COLLECT { MATCH (q)<-[c:COVERS]-(b:SupervisionCommittee)
            WHERE b.kind = 'owners' AND c.since <= $as_of < c.until
            RETURN DISTINCT b ORDER BY b.id } AS boards,
  COLLECT { UNWIND chain AS s
            MATCH (s)<-[c:COVERS]-(b:ResidentsCommittee)
            WHERE s:Area AND s.level = 'community' AND c.since <= $as_of < c.until
            RETURN DISTINCT b ORDER BY b.id } AS councils,
  COLLECT { UNWIND chain AS s
            MATCH (s)-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['post', 'owners_committee', 'property_project']
              AND k.since <= $as_of < k.until
            RETURN {at: s.id, subject: k.subject, id: k.id} ORDER BY k.id } AS registers
WITH q, area, communities, projects, firms, committees, boards, councils, registers,
  [k IN registers WHERE k.subject = 'post' | k.id] AS posts,
  [k IN registers WHERE k.subject = 'post' AND k.at <> q.id | k.id] AS above,
  COLLECT { UNWIND committees + boards + councils + projects AS b
            MATCH (b)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN {at: b.id, id: k.id} ORDER BY k.id } AS own
WITH q, area, projects, firms, committees, boards, councils, registers, posts, own,
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
  [k IN registers WHERE k.subject = 'property_project' | k.id] AS absent
CALL (q, projects, firms, committees, boards, councils, posts, own, open_watch, open_run, absent) {
  UNWIND COLLECT {
    UNWIND projects + committees + boards + councils AS b
    MATCH (b)<-[h:HOLDS_POST]-(p:Person)
    WHERE h.since <= $as_of < h.until AND NOT h.role IN ['alternate', 'community_worker']
    RETURN DISTINCT p ORDER BY p.id } AS p
  WITH q, projects, firms, committees, boards, councils, posts, own, open_watch, open_run, absent, p,
    COLLECT { MATCH (p)-[h:HOLDS_POST]->(b)
              WHERE h.since <= $as_of < h.until AND NOT h.role IN ['alternate', 'community_worker']
                AND (b IN committees OR b IN boards OR b IN councils)
              RETURN {id: h.id, finding: CASE WHEN b IN committees THEN 'a'
                                              WHEN b IN boards THEN 'b' ELSE 'c' END}
              ORDER BY h.id } AS watches,
    COLLECT { MATCH (p)-[h:HOLDS_POST]->(b)
              WHERE b IN projects AND h.since <= $as_of < h.until
              RETURN h.id ORDER BY h.id }
    + COLLECT { MATCH (p)-[w:EMPLOYED_BY]->(f)
                WHERE any(x IN firms WHERE x.firm = f) AND w.kind IN ['employee', 'seconded']
                  AND w.since <= $as_of < w.until
                RETURN w.id ORDER BY w.id } AS runs
  WITH q, projects, posts, own, open_watch, open_run, absent, p, watches, runs,
    CASE WHEN size(watches) > 0 AND size(runs) > 0 THEN 'fail'
         WHEN size(projects) = 0 THEN CASE WHEN size(absent) > 0 THEN 'not_applicable' ELSE 'unknown' END
         WHEN size(CASE WHEN size(runs) > 0 THEN open_watch ELSE open_run END) > 0 THEN 'unknown'
         ELSE 'pass' END AS verdict
  RETURN p.id AS subject, verdict,
    CASE verdict WHEN 'fail' THEN
      COLLECT { UNWIND watches AS s RETURN DISTINCT s.finding AS f ORDER BY f } ELSE [] END AS findings,
    CASE WHEN verdict <> 'unknown' THEN []
         WHEN size(projects) = 0 THEN ['property_project@' + q.id]
         WHEN size(runs) > 0 THEN open_watch
         ELSE open_run END AS missing,
    COLLECT { UNWIND [s IN watches | s.id] + runs AS id RETURN DISTINCT id ORDER BY id }
    + CASE verdict WHEN 'pass' THEN COLLECT { UNWIND posts + [k IN own | k.id] AS id
                                              RETURN DISTINCT id ORDER BY id }
                   WHEN 'not_applicable' THEN absent
                   ELSE [] END AS evidence
  UNION ALL
  UNWIND councils AS b
  WITH b, projects, COLLECT { MATCH (b)<-[r:OPERATED_BY]-(pp)
                              WHERE pp IN projects AND r.since <= $as_of < r.until
                              RETURN r.id ORDER BY r.id } AS evidence
  WHERE $check_org_level AND size(evidence) > 0
  RETURN b.id AS subject, 'fail' AS verdict, ['organization'] AS findings, [] AS missing, evidence
}
RETURN subject, q.id AS quarter, area, verdict, findings,
  CASE WHEN verdict <> 'fail' THEN null
       WHEN 'a' IN findings OR 'b' IN findings THEN 'violation'
       ELSE 'info' END AS severity,
  missing, evidence
ORDER BY quarter, subject
