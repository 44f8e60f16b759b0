// @title      Quarters where secretary and chair sit in no body together
// @title.zh   书记与业委会主任未交叉任职
// @about      One row per quarter, branch and owners' committee; one row where a body is missing.
// @about      The secretary in the owners' committee, or its chair in the branch committee; a
// @about      part-time seat is none. A person whom R27 bars does not count. Not possible where
// @about      the secretary is no owner or barred, and the chair no full Party member or barred.
// @about      candidates may take the seat; unconfirmed: ownership or Party status not known.
// @about.zh   书记进入业委会，或业委会主任任支部委员，任一即可；兼职委员不算；受 R27 限制的人员不计。
// @about.zh   书记非业主或受限，且主任非正式党员或受限的，为不可能。
// @rule       R18
// @severity   info
// @identity   subject, branch, committee
// @places     subject itself
// @version    1
// @verified   V2
// @param      as_of       date     today                   "day the answer is for" / "统计日期"
// @param      area        string   null                    "area id, null = everywhere" / "辖区编号，空为全部"
// @param      kinds       strings  ["employee","seconded"] "kinds of employment that R27 bars" / "R27 所限任职性质"
// @param      affiliates  bool     true                    "the firm's parents and affiliates count as the firm" / "关联企业视同本企业"
// @reason     neither is the secretary of {branch} on {committee}, nor its chair on the branch committee
// @reason.zh  {branch}书记未进入{committee}，{committee}主任也未任支部委员
// @tells      OWNS_HOME_IN, EMPLOYED_BY, party_status
// @returns    subject, branch, committee, area, verdict, missing, evidence, blocked_by, candidates:sensitive, unconfirmed:sensitive
// @source     天元区“幸福邻聚里”, 2020-12-22 (鼓励); 通川区石龙溪社区“一三模式”, 2022-01-08 (全面推行);
// @source     深圳 (public page). Eligibility: 物业管理条例 Art. 16.
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
  COLLECT { MATCH (q)<-[c:COVERS]-(o:OwnersCommittee)
            WHERE o.kind = 'owners_committee' AND c.since <= $as_of < c.until
            RETURN DISTINCT o ORDER BY o.id } AS committees,
  COLLECT { MATCH (q)<-[c:COVERS]-(b:PartyOrganization)
            WHERE b.level = 'quarter' AND coalesce(b.tier, '') <> 'group'
              AND c.since <= $as_of < c.until
            RETURN DISTINCT b ORDER BY b.id } AS branches
WITH q, committees, branches, above[0].id AS area,
  COLLECT { UNWIND [q] + above AS s
            MATCH (s)-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['post', 'ownership', 'owners_committee', 'party_organization']
              AND k.since <= $as_of < k.until
            RETURN {at: s.id, subject: k.subject, id: k.id} ORDER BY k.id } AS registers,
  // Who runs the property matters only where there are two bodies to link.
  CASE WHEN size(committees) = 0 OR size(branches) = 0 THEN [] ELSE COLLECT {
    MATCH (q)<-[v:SERVES]-(pp:PropertyProject)
    WHERE v.since <= $as_of < v.until
    RETURN DISTINCT pp ORDER BY pp.id } END AS projects
WITH q, area, committees, branches, registers,
  CASE WHEN size(projects) = 0 THEN [] ELSE COLLECT {
    UNWIND projects AS pp
    MATCH (pp)-[r:OPERATED_BY]->(f)
    WHERE r.since <= $as_of < r.until AND (f:PropertyFirm OR f:Unit)
    RETURN {project: pp, firm: f} ORDER BY pp.id, f.id } END AS firms,
  CASE WHEN size(projects) = 0 THEN [] ELSE COLLECT {
    UNWIND projects AS pp
    MATCH (pp)<-[j:HOLDS_POST]-(p:Person)
    WHERE j.role IN ['project_manager', 'staff'] AND j.since <= $as_of < j.until
    RETURN {person: p.id, project: pp} ORDER BY j.id } END AS manned
WITH q, area, committees, branches, registers, firms, [x IN manned | x.person] AS crew,
  [x IN manned WHERE any(y IN firms WHERE y.project = x.project) | x.person] AS firm_crew,
  [x IN firms | x.firm] + CASE WHEN size(firms) = 0 OR NOT $affiliates THEN [] ELSE COLLECT {
    UNWIND [x IN firms | x.firm] AS f
    MATCH (f)-[us:SUBORDINATE_TO*1..3]-(g)
    WHERE all(u IN us WHERE u.since <= $as_of < u.until)
    RETURN DISTINCT g ORDER BY g.id } END AS employers
CALL (q, committees, branches, registers, crew, firm_crew, employers) {
  UNWIND branches AS b
  UNWIND committees AS o
  WITH q, b, o, registers, crew, firm_crew, employers,
    COLLECT { MATCH (o)-[x:CROSS_APPOINTMENT]->(y)
              WHERE y = b AND x.since <= $as_of < x.until
                AND (x.role_b = 'secretary'
                  OR (x.role_a = 'chair' AND x.role_b IN ['deputy_secretary', 'committee_member']))
              RETURN x ORDER BY x.id } AS links,
    COLLECT { MATCH (b)<-[h:HOLDS_POST]-(p:Person)
              WHERE h.role = 'secretary' AND h.since <= $as_of < h.until
              RETURN {person: p, id: h.id} ORDER BY h.id } AS secretaries,
    COLLECT { MATCH (o)<-[h:HOLDS_POST]-(p:Person)
              WHERE h.role = 'chair' AND h.since <= $as_of < h.until
              RETURN {person: p, id: h.id} ORDER BY h.id } AS chairs,
    COLLECT { UNWIND [b, o] AS x
              MATCH (x)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
              WHERE k.since <= $as_of < k.until
              RETURN {at: x.id, id: k.id} ORDER BY k.id } AS own
  WITH q, b, o, registers, crew, links, secretaries, chairs,
    // Who works for the firm: R27 bars them from the owners' committee, so that they make no link.
    firm_crew + CASE WHEN size(employers) = 0 THEN [] ELSE COLLECT {
      UNWIND [x IN secretaries + chairs | x.person] AS p
      MATCH (p)-[w:EMPLOYED_BY]->(g)
      WHERE g IN employers AND w.kind IN $kinds AND w.since <= $as_of < w.until
      RETURN DISTINCT p.id AS id ORDER BY id } END AS tied,
    [x IN [b, o] WHERE NOT any(k IN registers WHERE k.subject = 'post')
       AND NOT any(k IN own WHERE k.at = x.id) | 'post@' + x.id] AS open,
    [k IN own | k.id] + [k IN registers WHERE k.subject = 'post' | k.id] AS listed,
    COLLECT { UNWIND [x IN secretaries | x.person] AS p
              RETURN DISTINCT {id: p.id,
                home: EXISTS { MATCH (p)-[w:OWNS_HOME_IN]->(y)
                               WHERE y = q AND w.since <= $as_of < w.until },
                listed: EXISTS { MATCH (p)-[k:COMPLETE_IN {subject: 'ownership'}]->(:SourceDocument)
                                 WHERE k.since <= $as_of < k.until }
                  OR any(k IN registers WHERE k.subject = 'ownership')
              } AS judged ORDER BY judged.id } AS judged,
    COLLECT { UNWIND [x IN chairs | x.person] AS p
              RETURN DISTINCT {id: p.id, status: p.party_status} AS head ORDER BY head.id } AS heads
  WITH q, b, o, open, listed, [x IN secretaries + chairs | x.id] AS posts,
    [x IN links WHERE NOT x.person IN tied] AS found,
    [x IN judged | {id: x.id, sure: x.home, by:
      CASE WHEN NOT x.home AND x.listed THEN ['R14'] ELSE [] END
      + CASE WHEN x.id IN tied THEN ['R27'] ELSE [] END
      + CASE WHEN x.id IN crew THEN ['R29'] ELSE [] END}] AS judged,
    // Only a full member can be elected to the branch committee.
    [x IN heads | {id: x.id, sure: x.status IS NOT NULL, by:
      CASE WHEN x.status <> 'full' THEN ['R08'] ELSE [] END
      + CASE WHEN x.id IN tied THEN ['R27'] ELSE [] END}] AS heads
  WITH q, b, o, open, listed, posts, found, judged, heads,
    CASE WHEN size(found) > 0 THEN 'pass'
         WHEN size(judged) > 0 AND size(heads) > 0
           AND all(x IN judged + heads WHERE size(x.by) > 0) THEN 'not_possible'
         WHEN size(open) > 0 THEN 'unknown'
         ELSE 'fail' END AS verdict
  RETURN b.id AS branch, o.id AS committee, verdict,
    CASE verdict WHEN 'unknown' THEN open ELSE [] END AS missing,
    CASE verdict WHEN 'pass' THEN [x IN found | x.id]
                 WHEN 'not_possible' THEN posts
                 WHEN 'fail' THEN listed ELSE [] END AS evidence,
    CASE WHEN verdict = 'pass' THEN [] ELSE [x IN judged + heads WHERE size(x.by) > 0 | x.by] END AS bars,
    CASE WHEN verdict = 'pass' THEN [] ELSE
      [x IN judged + heads WHERE size(x.by) = 0 AND x.sure | x.id] END AS candidates,
    CASE WHEN verdict = 'pass' THEN [] ELSE
      [x IN judged + heads WHERE size(x.by) = 0 AND NOT x.sure | x.id] END AS unconfirmed
  UNION ALL
  WITH q, branches, committees, registers
  WHERE size(branches) = 0 OR size(committees) = 0
  WITH q, branches, committees,
    [k IN registers WHERE size(branches) = 0 AND k.subject = 'party_organization' | k.id]
    + [k IN registers WHERE size(committees) = 0 AND k.subject = 'owners_committee' | k.id] AS absent,
    CASE WHEN size(branches) = 0 THEN ['party_organization@' + q.id] ELSE [] END
    + CASE WHEN size(committees) = 0 THEN ['owners_committee@' + q.id] ELSE [] END AS open
  RETURN head([x IN branches | x.id]) AS branch, head([x IN committees | x.id]) AS committee,
    CASE WHEN size(absent) > 0 THEN 'not_applicable' ELSE 'unknown' END AS verdict,
    CASE WHEN size(absent) > 0 THEN [] ELSE open END AS missing, absent AS evidence,
    [] AS bars, [] AS candidates, [] AS unconfirmed
}
RETURN q.id AS subject, branch, committee, area, verdict, missing, evidence,
  CASE WHEN size(bars) = 0 THEN [] ELSE COLLECT { UNWIND bars AS b
                                                  UNWIND b AS id
                                                  RETURN DISTINCT id ORDER BY id } END AS blocked_by,
  candidates, unconfirmed
ORDER BY subject, branch, committee
