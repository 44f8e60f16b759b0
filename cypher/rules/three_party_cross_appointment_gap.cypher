// @title      Quarters with too few links between branch, owners' committee and property
// @title.zh   三方交叉任职缺口
// @about      One row per quarter. Links: branch-committee, a person in both; branch-property, a
// @about      person in the branch and the project, or a branch member employed by the operator;
// @about      committee-property, both take part in one joint meeting, never by employment.
// @about      A person whom R27 bars makes no link (blocked_by). Not applicable where one of the
// @about      three is known to be missing. candidates could make a missing link.
// @about.zh   每个小区一行：党支部、业委会、物业三方之间的联系。业委会与物业只认共同参加联席会议，
// @about.zh   不认任职；受 R27 限制的人员不计。三方中已知缺一方的不适用。
// @rule       R20
// @severity   info
// @identity   subject
// @places     subject itself
// @version    1
// @verified   V2
// @param      as_of       date     today                   "day the answer is for" / "统计日期"
// @param      area        string   null                    "area id, null = everywhere" / "辖区编号，空为全部"
// @param      min_links   int      2                       "links required, of three" / "至少联系数（共三项）"
// @param      admissible  strings  ["branch-committee","branch-property","committee-property"] "links that count" / "计入的联系"
// @param      kinds       strings  ["employee","seconded"] "kinds of employment that R27 bars" / "R27 所限任职性质"
// @param      affiliates  bool     true                    "the firm's parents and affiliates count as the firm" / "关联企业视同本企业"
// @reason     branch, owners' committee and property of {subject} have only these links: {links}
// @reason.zh  {subject}的党支部、业委会、物业之间的联系不足，现有：{links}
// @tells      OWNS_HOME_IN, EMPLOYED_BY, party_status
// @returns    subject, area, verdict, links, missing, evidence, blocked_by, candidates:sensitive
// @source     城东区育才路社区“微综合体”, undated (三方交叉任职); 北京 and one more district (public pages).
// @source     The limit between committee and property is rule R27's.
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
            RETURN DISTINCT b ORDER BY b.id } AS branches,
  COLLECT { MATCH (q)<-[v:SERVES]-(pp:PropertyProject)
            WHERE v.since <= $as_of < v.until
            RETURN DISTINCT pp ORDER BY pp.id } AS projects
WITH q, committees, branches, projects, above[0].id AS area,
  COLLECT { UNWIND [q] + above AS s
            MATCH (s)-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['post', 'owners_committee', 'party_organization', 'property_project']
              AND k.since <= $as_of < k.until
            RETURN {at: s.id, subject: k.subject, id: k.id} ORDER BY k.id } AS registers,
  CASE WHEN size(projects) = 0 THEN [] ELSE COLLECT {
    UNWIND projects AS pp
    MATCH (pp)-[r:OPERATED_BY]->(f)
    WHERE r.since <= $as_of < r.until AND (f:PropertyFirm OR f:Unit)
    RETURN {project: pp, firm: f} ORDER BY pp.id, f.id } END AS firms,
  CASE WHEN size(projects) = 0 THEN [] ELSE COLLECT {
    UNWIND projects AS pp
    MATCH (pp)<-[j:HOLDS_POST]-(p:Person)
    WHERE j.since <= $as_of < j.until
    RETURN {person: p, project: pp, crew: j.role IN ['project_manager', 'staff']}
    ORDER BY j.id } END AS manned
WITH q, area, committees, branches, projects, registers, manned, [x IN firms | x.firm] AS operators,
  [x IN manned WHERE x.crew AND any(y IN firms WHERE y.project = x.project) | x.person.id] AS firm_crew,
  [x IN firms | x.firm] + CASE WHEN size(firms) = 0 OR NOT $affiliates THEN [] ELSE COLLECT {
    UNWIND [x IN firms | x.firm] AS f
    MATCH (f)-[us:SUBORDINATE_TO*1..3]-(g)
    WHERE all(u IN us WHERE u.since <= $as_of < u.until)
    RETURN DISTINCT g ORDER BY g.id } END AS employers
WITH q, area, committees, branches, projects, registers, manned, operators, firm_crew, employers,
  // Members of the owners' committee whom R27 bars: their posts make no link.
  CASE WHEN size(employers) = 0 THEN [] ELSE COLLECT {
    MATCH (q)<-[c:COVERS]-(:OwnersCommittee)<-[h:HOLDS_POST]-(p:Person)-[w:EMPLOYED_BY]->(g)
    WHERE g IN employers AND w.kind IN $kinds AND h.role IN ['chair', 'vice_chair', 'member']
      AND c.since <= $as_of < c.until AND h.since <= $as_of < h.until
      AND w.since <= $as_of < w.until
    RETURN DISTINCT p.id AS id ORDER BY id } END
  + CASE WHEN size(firm_crew) = 0 THEN [] ELSE COLLECT {
    MATCH (q)<-[c:COVERS]-(:OwnersCommittee)<-[h:HOLDS_POST]-(p:Person)
    WHERE p.id IN firm_crew AND h.role IN ['chair', 'vice_chair', 'member']
      AND c.since <= $as_of < c.until AND h.since <= $as_of < h.until
    RETURN DISTINCT p.id AS id ORDER BY id } END AS barred
WITH q, area, committees, branches, projects, registers, manned, employers, barred,
  COLLECT { UNWIND committees AS o
            MATCH (o)-[x:CROSS_APPOINTMENT]->(b)
            WHERE b IN branches AND x.since <= $as_of < x.until
            RETURN {link: 'branch-committee', person: x.person, id: x.id} ORDER BY x.id }
  + CASE WHEN size(projects) = 0 THEN [] ELSE COLLECT {
      UNWIND branches AS b
      MATCH (b)-[x:CROSS_APPOINTMENT]->(pp)
      WHERE pp IN projects AND x.since <= $as_of < x.until
      RETURN {link: 'branch-property', person: x.person, id: x.id} ORDER BY x.id } END
  + CASE WHEN size(operators) = 0 THEN [] ELSE COLLECT {
      UNWIND branches AS b
      MATCH (b)<-[h:HOLDS_POST]-(p:Person)-[w:EMPLOYED_BY]->(f)
      WHERE f IN operators AND w.kind IN ['employee', 'seconded']
        AND h.role IN ['secretary', 'deputy_secretary', 'committee_member', 'part_time_member']
        AND h.since <= $as_of < h.until AND w.since <= $as_of < w.until
      UNWIND [h.id, w.id] AS id
      RETURN DISTINCT {link: 'branch-property', person: p.id, id: id} AS x ORDER BY x.id } END AS appointed,
  COLLECT { UNWIND committees AS o
            MATCH (o)-[t:TAKES_PART_IN]->(k:Mechanism)
            WHERE k.kind = 'joint_meeting' AND t.since <= $as_of < t.until
            RETURN {meeting: k, id: t.id} ORDER BY t.id } AS committee_meets,
  CASE WHEN size(committees) = 0 THEN [] ELSE COLLECT {
    UNWIND projects AS pp
    MATCH (pp)-[t:TAKES_PART_IN]->(k:Mechanism)
    WHERE k.kind = 'joint_meeting' AND t.since <= $as_of < t.until
    RETURN {meeting: k, id: t.id} ORDER BY t.id } END AS property_meets,
  [k IN registers WHERE k.subject = 'post'] AS posts,
  COLLECT { UNWIND committees + branches + projects AS b
            MATCH (b)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN {at: b.id, id: k.id} ORDER BY k.id } AS own
WITH q, area, committees, branches, projects, registers, manned, employers, barred, posts, own,
  appointed + [x IN committee_meets WHERE any(y IN property_meets WHERE y.meeting = x.meeting)
               | {link: 'committee-property', person: null, id: x.id}]
            + [x IN property_meets WHERE any(y IN committee_meets WHERE y.meeting = x.meeting)
               | {link: 'committee-property', person: null, id: x.id}] AS ties
WITH q, area, committees, branches, projects, registers, manned, employers, barred, posts, own,
  [x IN ties WHERE x.link IN $admissible AND (x.person IS NULL OR NOT x.person IN barred)] AS good,
  any(x IN ties WHERE x.link IN $admissible AND x.person IN barred) AS dropped
WITH q, area, committees, branches, projects, registers, manned, employers, barred, posts, own,
  good, dropped, [link IN ['branch-committee', 'branch-property', 'committee-property']
                  WHERE any(x IN good WHERE x.link = link)] AS links,
  [k IN registers WHERE (k.subject = 'owners_committee' AND size(committees) = 0)
     OR (k.subject = 'party_organization' AND size(branches) = 0)
     OR (k.subject = 'property_project' AND size(projects) = 0) | k.id] AS absent,
  CASE WHEN size(branches) = 0 THEN ['party_organization@' + q.id] ELSE [] END
  + CASE WHEN size(committees) = 0 THEN ['owners_committee@' + q.id] ELSE [] END
  + [b IN branches + committees + projects
     WHERE size(posts) = 0 AND NOT any(k IN own WHERE k.at = b.id) | 'post@' + b.id]
  + CASE WHEN any(k IN registers WHERE k.subject = 'property_project') THEN []
         ELSE ['property_project@' + q.id] END AS open
WITH q, area, committees, branches, registers, manned, employers, barred, posts, own, good, dropped,
  links, absent, open,
  CASE WHEN size(links) >= $min_links THEN 'pass'
       WHEN size(absent) > 0 THEN 'not_applicable'
       WHEN size(open) > 0 THEN 'unknown'
       ELSE 'fail' END AS verdict
WITH q, area, registers, manned, employers, posts, own, good, dropped, links, absent, open, verdict,
  // Whom to ask: branch members who own a home, full Party members of the other two.
  CASE WHEN NOT verdict IN ['fail', 'unknown'] OR 'branch-committee' IN links
         OR NOT 'branch-committee' IN $admissible
         OR size(committees) = 0 OR size(branches) = 0 THEN [] ELSE
    COLLECT { UNWIND branches AS b
              MATCH (b)<-[h:HOLDS_POST]-(p:Person)-[w:OWNS_HOME_IN]->(y)
              WHERE y = q AND h.role IN ['secretary', 'deputy_secretary', 'committee_member']
                AND h.since <= $as_of < h.until AND w.since <= $as_of < w.until
              RETURN DISTINCT p ORDER BY p.id }
    + COLLECT { UNWIND committees AS o
                MATCH (o)<-[h:HOLDS_POST]-(p:Person)
                WHERE p.party_status = 'full' AND h.role IN ['chair', 'vice_chair', 'member']
                  AND h.since <= $as_of < h.until AND NOT p.id IN barred
                RETURN DISTINCT p ORDER BY p.id } END AS for_committee,
  CASE WHEN NOT verdict IN ['fail', 'unknown'] OR 'branch-property' IN links
         OR NOT 'branch-property' IN $admissible OR size(branches) = 0 THEN [] ELSE
    [x IN manned WHERE x.crew AND x.person.party_status = 'full'
       AND NOT x.person.id IN barred | x.person] END AS for_property
WITH q, area, registers, posts, own, good, dropped, links, absent, open, verdict, for_property,
  [p IN for_committee WHERE NOT any(x IN manned WHERE x.person = p)
     AND (size(employers) = 0 OR NOT EXISTS {
       MATCH (p)-[w:EMPLOYED_BY]->(g)
       WHERE g IN employers AND w.kind IN $kinds AND w.since <= $as_of < w.until })] AS for_committee
RETURN q.id AS subject, area, verdict, links,
  CASE verdict WHEN 'unknown' THEN open ELSE [] END AS missing,
  CASE verdict WHEN 'not_applicable' THEN absent
               WHEN 'fail' THEN [x IN good | x.id]
                 + COLLECT { UNWIND own + posts
                               + [k IN registers WHERE k.subject = 'property_project'] AS k
                             RETURN DISTINCT k.id AS id ORDER BY id }
               ELSE [x IN good | x.id] END AS evidence,
  CASE WHEN dropped AND verdict <> 'pass' THEN ['R27'] ELSE [] END AS blocked_by,
  CASE WHEN size(for_property) + size(for_committee) = 0 THEN [] ELSE
    COLLECT { UNWIND for_property + for_committee AS p
              RETURN DISTINCT p.id AS id ORDER BY id } END AS candidates
ORDER BY subject
