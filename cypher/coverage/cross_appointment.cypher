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
WITH q,
  [(q)-[w:WITHIN]->(a)
   WHERE w.since <= $as_of < w.until | toString(w.height) + a.id] AS within,
  [(q)<-[c:COVERS]-(o:OwnersCommittee)
   WHERE ($interim OR o.kind = 'owners_committee') AND c.since <= $as_of < c.until | o] AS committees,
  [(q)<-[c:COVERS]-(b:PartyOrganization)
   WHERE b.level = 'quarter' AND coalesce(b.tier, '') <> 'group' AND c.since <= $as_of < c.until | b] AS branches,
  [(q)<-[v:SERVES]-(pp:PropertyProject)
   WHERE v.since <= $as_of < v.until | pp] AS projects,
  // The level stands in the pattern: as a condition it would be asked after all that covers a district.
  [(q)-[w:WITHIN]->(s:Area {level: 'community'})<-[c:COVERS]-(b)
   WHERE w.since <= $as_of < w.until AND c.since <= $as_of < c.until
     AND (b:ResidentsCommittee OR (b:PartyOrganization AND b.level = 'community')) | b] AS councils
WITH q, committees, branches, projects, councils,
  substring(reduce(low = null, key IN within | CASE WHEN low < key THEN low ELSE key END), 1) AS area,
  reduce(found = [], pp IN projects | found + [(pp)-[r:OPERATED_BY]->(f)
    WHERE r.since <= $as_of < r.until AND (f:PropertyFirm OR f:Unit) | {project: pp, firm: f}]) AS firms
WITH q, area, committees, branches, projects, councils, [x IN firms | x.project] AS run,
  reduce(found = [x IN firms | x.firm], f IN [x IN firms WHERE $affiliates | x.firm]
    | found + [(f)-[us:SUBORDINATE_TO*1..3]-(g)
               WHERE all(u IN us WHERE u.since <= $as_of < u.until) | g]) AS employers
// Members of the owners' committee whom R27 bars: their posts make no link.
WITH q, area, committees, branches, projects, councils,
  CASE WHEN size(employers) = 0 THEN [] ELSE
    [(q)<-[c:COVERS]-(:OwnersCommittee)<-[h:HOLDS_POST]-(p:Person)-[w:EMPLOYED_BY]->(g)
     WHERE g IN employers AND w.kind IN $kinds AND h.role IN ['chair', 'vice_chair', 'member']
       AND c.since <= $as_of < c.until AND h.since <= $as_of < h.until
       AND w.since <= $as_of < w.until | p.id]
    + [(q)<-[c:COVERS]-(:OwnersCommittee)<-[h:HOLDS_POST]-(p:Person)-[j:HOLDS_POST]->(y:PropertyProject)
       WHERE y IN run AND j.role IN ['project_manager', 'staff'] AND h.role IN ['chair', 'vice_chair', 'member']
         AND c.since <= $as_of < c.until AND h.since <= $as_of < h.until
         AND j.since <= $as_of < j.until | p.id] END AS barred,
  [(q)-[w:WITHIN*0..1]->(s)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
   WHERE all(e IN w + [k] WHERE e.since <= $as_of < e.until)
   | {above: s:Area, id: k.id, since: k.since}] AS lists
UNWIND [
  {pair: 'branch-committee', a: committees, b: branches,
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
   roles_a: ['part_time_member'], roles_b: ['project_manager', 'staff']}] AS t
WITH q, area, barred, lists, t
WHERE size(t.a) > 0 AND size(t.b) > 0
WITH q, area, barred, lists, t,
  reduce(found = [], one IN t.a | found + [(one)-[x:CROSS_APPOINTMENT]->(other)
    WHERE other IN t.b AND x.role_a IN t.roles_a AND x.role_b IN t.roles_b
      AND NOT x.person IN barred AND x.since <= $as_of < x.until | {id: x.id, since: x.since}]) AS found
WITH q, area, barred, t,
  CASE WHEN size(found) < 2 THEN found ELSE
    COLLECT { UNWIND found AS x RETURN DISTINCT x ORDER BY x.since, x.id } END AS found,
  // Posts of the quarter's bodies may be closed at the quarter, those of the community's not.
  CASE WHEN size(found) > 0 THEN [] ELSE reduce(known = [], body IN t.a + t.b | known
    + [k IN lists WHERE k.above OR body:OwnersCommittee OR body:PropertyProject OR body.level = 'quarter'
       | {body: body.id, id: k.id, since: k.since}]
    + [(body)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
       WHERE k.since <= $as_of < k.until | {body: body.id, id: k.id, since: k.since}]) END AS registers
WITH q, area, barred, t, found, registers, CASE WHEN size(found) > 0 THEN [] ELSE
  [n IN t.a + t.b WHERE NOT any(k IN registers WHERE k.body = n.id) | n.id] END AS open
WITH q, area, barred, t, found, registers, open,
  CASE WHEN size(found) > 0 THEN 'covered'
       WHEN size(open) = 0 THEN 'gap'
       ELSE 'unknown' END AS state
WITH q, area, barred, t, found, registers, open, state,
  CASE state WHEN 'gap' THEN
    COLLECT { UNWIND registers AS k
              WITH k.body AS body, min(k.since) AS since
              RETURN since ORDER BY since DESC LIMIT 1 }[0] END AS closed_since
RETURN q.id + '#' + t.pair AS subject, area, state,
  CASE state WHEN 'covered' THEN found[0].since
             WHEN 'gap' THEN coalesce(
               COLLECT { UNWIND t.a AS one
                         MATCH (one)-[x:CROSS_APPOINTMENT]->(other)
                         WHERE other IN t.b AND x.role_a IN t.roles_a AND x.role_b IN t.roles_b
                           AND NOT x.person IN barred AND x.until <= $as_of
                         RETURN x.until ORDER BY x.until DESC LIMIT 1 }[0],
               closed_since) END AS since,
  CASE state WHEN 'unknown'
             THEN COLLECT { UNWIND open AS id RETURN DISTINCT 'post@' + id AS m ORDER BY m }
             ELSE [] END AS missing,
  CASE state WHEN 'covered' THEN [x IN found | x.id]
             WHEN 'gap' THEN COLLECT { UNWIND registers AS k RETURN DISTINCT k.id AS id ORDER BY id }
             ELSE [] END AS evidence,
  q.id AS quarter, t.pair AS pair
ORDER BY subject
