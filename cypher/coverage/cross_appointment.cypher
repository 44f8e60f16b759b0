// @title      Cross-appointments that exist, of those that are admissible
// @title.zh   交叉任职
// @about      One row per quarter and admissible pair of bodies, where both bodies exist. Subject:
// @about      <quarter id>#<pair>. Pairs: branch-committee; community-committee (the community's
// @about      two committees, part-time members not counted); branch-property;
// @about      community-property (project staff as part-time members of the community Party
// @about      organization). A person of an owners' committee who is tied to the firm that
// @about      serves the quarter (rule R27) makes no link.
// @about.zh   每个小区、每组可交叉任职且双方均已成立的组织为一行；
// @about.zh   业委会成员在服务本小区的物业企业任职的（R27），其任职不计。
// @dimension    8
// @subject      Quarter
// @denominator  quarter, owners_committee, party_organization, property_project
// @places       subject itself
// @closes       post
// @reason       {subject}: no one sits on both bodies of the pair
// @reason.zh    {subject}的两个组织之间没有交叉任职
// @rules        R17, R18, R19, R20, R21
// @settings     coi_owners_committee_property_staff kinds affiliates
// @param      as_of       date     today                   "day the answer is for" / "统计日期"
// @param      area        string   null                    "area id, null = everywhere" / "辖区编号，空为全部"
// @param      interim     bool     true                    "interim committees (物管会) count" / "物管会计入"
// @param      kinds       strings  ["employee","seconded"] "kinds of employment that R27 bars" / "R27 所限任职性质"
// @param      affiliates  bool     true                    "the firm's parents and affiliates count as the firm" / "关联企业视同本企业"
// @tells      EMPLOYED_BY
// @returns    subject, area, state, since, missing, evidence, quarter, pair
// @source     石鼓区 (2022-09-19), 城东区 (undated), 通川区 (2022-01-08), 天元区 (2020-12-22): all
// @source     four promote cross-appointment; 建房规〔2020〕10号 for part-time members.
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
WITH q, above, above[0].id AS area,
  COLLECT { MATCH (q)<-[c:COVERS]-(o:OwnersCommittee)
            WHERE ($interim OR o.kind = 'owners_committee') AND c.since <= $as_of < c.until
            RETURN DISTINCT o ORDER BY o.id } AS committees,
  COLLECT { MATCH (q)<-[c:COVERS]-(b:PartyOrganization)
            WHERE b.level = 'quarter' AND coalesce(b.tier, '') <> 'group'
              AND c.since <= $as_of < c.until
            RETURN DISTINCT b ORDER BY b.id } AS branches,
  COLLECT { MATCH (q)<-[v:SERVES]-(pp:PropertyProject)
            WHERE v.since <= $as_of < v.until
            RETURN DISTINCT pp ORDER BY pp.id } AS projects,
  COLLECT { UNWIND above AS s
            MATCH (s)<-[c:COVERS]-(b)
            WHERE s.level = 'community' AND c.since <= $as_of < c.until
              AND (b:ResidentsCommittee OR (b:PartyOrganization AND b.level = 'community'))
            RETURN DISTINCT b ORDER BY b.id } AS councils,
  COLLECT { MATCH (q)<-[v:SERVES]-(pp:PropertyProject)-[r:OPERATED_BY]->(f)
            WHERE v.since <= $as_of < v.until AND r.since <= $as_of < r.until
              AND (f:PropertyFirm OR f:Unit)
            RETURN {project: pp, firm: f} ORDER BY pp.id, f.id } AS firms
WITH q, above, area, committees, branches, projects, councils,
  COLLECT { MATCH (q)<-[c:COVERS]-(:OwnersCommittee)<-[h:HOLDS_POST]-(p:Person)
            WHERE c.since <= $as_of < c.until AND h.since <= $as_of < h.until
              AND h.role IN ['chair', 'vice_chair', 'member']
              AND any(x IN firms WHERE EXISTS {
                    MATCH (p)-[w:EMPLOYED_BY]->(g)
                    WHERE w.kind IN $kinds AND w.since <= $as_of < w.until
                      AND (g = x.firm OR ($affiliates AND EXISTS {
                        MATCH (g)-[us:SUBORDINATE_TO*1..3]-(y)
                        WHERE y = x.firm AND all(u IN us WHERE u.since <= $as_of < u.until) })) }
                  OR EXISTS {
                    MATCH (p)-[j:HOLDS_POST]->(y)
                    WHERE y = x.project AND j.role IN ['project_manager', 'staff']
                      AND j.since <= $as_of < j.until })
            RETURN DISTINCT p.id AS id ORDER BY id } AS barred
WITH q, above, area, barred,
  [{pair: 'branch-committee', a: committees, b: branches,
    roles_a: ['chair', 'vice_chair', 'member'],
    roles_b: ['secretary', 'deputy_secretary', 'committee_member', 'part_time_member']},
   {pair: 'community-committee', a: committees, b: councils,
    roles_a: ['chair', 'vice_chair', 'member'],
    roles_b: ['secretary', 'deputy_secretary', 'committee_member', 'director', 'deputy_director',
              'member']},
   {pair: 'branch-property', a: branches, b: projects,
    roles_a: ['secretary', 'deputy_secretary', 'committee_member', 'part_time_member'],
    roles_b: ['project_manager', 'staff']},
   {pair: 'community-property', a: [x IN councils WHERE x:PartyOrganization], b: projects,
    roles_a: ['part_time_member'], roles_b: ['project_manager', 'staff']}] AS pairs
UNWIND pairs AS t
WITH q, above, area, barred, t.pair AS pair, t.a AS side_a, t.b AS side_b, t.roles_a AS roles_a,
  t.roles_b AS roles_b, [x IN t.a WHERE x:PartyOrganization AND x.level = 'community']
  + [x IN t.b WHERE x:ResidentsCommittee OR (x:PartyOrganization AND x.level = 'community')] AS upper
WHERE size(side_a) > 0 AND size(side_b) > 0
WITH q, area, pair, side_a, side_b,
  COLLECT { UNWIND side_a AS a
            MATCH (a)-[x:CROSS_APPOINTMENT]->(b)
            WHERE b IN side_b AND x.role_a IN roles_a AND x.role_b IN roles_b
              AND NOT x.person IN barred AND x.since <= $as_of < x.until
            RETURN x ORDER BY x.since, x.id } AS found,
  COLLECT { UNWIND side_a AS a
            MATCH (a)-[x:CROSS_APPOINTMENT]->(b)
            WHERE b IN side_b AND x.role_a IN roles_a AND x.role_b IN roles_b
              AND NOT x.person IN barred AND x.until <= $as_of
            RETURN x.until ORDER BY x.until DESC LIMIT 1 } AS ended,
  // Posts of the quarter's bodies may be closed at the quarter, those of the community's not.
  COLLECT { UNWIND side_a + side_b AS body
            UNWIND [body] + CASE WHEN body IN upper THEN above ELSE [q] + above END AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN {body: body.id, id: k.id, since: k.since} ORDER BY k.since, k.id, body.id } AS registers
WITH q, area, pair, found, ended, registers,
  [n IN side_a + side_b WHERE NOT any(k IN registers WHERE k.body = n.id) | n.id] AS open,
  COLLECT { UNWIND registers AS k
            WITH k.body AS body, min(k.since) AS since
            RETURN since ORDER BY since DESC LIMIT 1 } AS closed_since
WITH q, area, pair, found, ended, registers, open, closed_since,
  CASE WHEN size(found) > 0 THEN 'covered'
       WHEN size(open) = 0 THEN 'gap'
       ELSE 'unknown' END AS state
RETURN q.id + '#' + pair AS subject, area, state,
  CASE state WHEN 'covered' THEN found[0].since
             WHEN 'gap' THEN coalesce(ended[0], closed_since[0]) END AS since,
  CASE state WHEN 'unknown'
             THEN COLLECT { UNWIND open AS id RETURN DISTINCT 'post@' + id AS m ORDER BY m }
             ELSE [] END AS missing,
  CASE state WHEN 'covered' THEN [x IN found | x.id]
             WHEN 'gap' THEN COLLECT { UNWIND registers AS k RETURN DISTINCT k.id AS id ORDER BY id }
             ELSE [] END AS evidence,
  q.id AS quarter, pair
ORDER BY subject
