// @title      Committee chairs and property managers in the Party who are not part-time members
// @title.zh   业委会/物业负责人党员未任兼职委员
// @about      One row per post: chair of an owners' committee (with who = all every sitting member) or
// @about      manager of a property project. Passes where the person is a part-time member of the
// @about      Party organization of the community that the quarter lies in. Not applicable to persons
// @about      who are no Party member, and where that organization is known to be missing. Not
// @about      possible (blocked_by) where the person is already a full member of the community's two
// @about      committees (R24), or holds the seat on the owners' committee against R27 or R29. A
// @about      property manager's own row is not touched by these two: that way in is the proper one.
// @about.zh   业委会主任（who 为 all 时含全体现任委员）、物业项目负责人每任一行；党员担任所在社区党组织
// @about.zh   兼职委员的为通过。非党员不适用。已是社区“两委”正式成员的（R24），以及业委会职务本身受限的
// @about.zh   （R27、R29），为不可能，不算缺口；物业项目负责人一职不受此限。
// @rule       R21
// @severity   info
// @identity   subject, post
// @places     body bodies_at_places
// @version    2
// @verified   V2
// @param      as_of       date     today                   "day the answer is for" / "统计日期"
// @param      area        string   null                    "area id, null = everywhere" / "辖区编号，空为全部"
// @param      who         string{chair_and_project_head,all} "chair_and_project_head" "chairs and project managers, or all sitting members too" / "仅业委会主任和物业项目负责人，或含业委会全体委员"
// @param      kinds       strings  ["employee","seconded"] "kinds of employment that R27 bars" / "R27 所限任职性质"
// @param      affiliates  bool     true                    "the firm's parents and affiliates count as the firm" / "关联企业视同本企业"
// @reason     {subject}, a Party member with a post in {body}, is not a part-time member of the community's Party organization
// @reason.zh  {body}的{subject}是党员，未任社区党组织兼职委员
// @tells      EMPLOYED_BY, party_status, party_joined_on
// @returns    subject, post, body, area, verdict, missing, evidence, blocked_by
// @source     建房规〔2020〕10号 (业委会成员和物业项目负责人中的党员任社区党组织兼职委员; read through an
// @source     implementing opinion on a public page); 太原 (public page); 淡水街道, 2022-05-25.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (b:OwnersCommittee|PropertyProject)-[v:COVERS|SERVES]->(:Quarter)
  WHERE v.since <= $as_of < v.until AND (b:PropertyProject OR b.kind = 'owners_committee')
  RETURN b
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[v:COVERS|SERVES]-(b)
  WHERE w.since <= $as_of < w.until AND v.since <= $as_of < v.until
    AND ((b:OwnersCommittee AND b.kind = 'owners_committee') OR b:PropertyProject)
  RETURN b
}
WITH b, COLLECT { MATCH (b)-[v:COVERS|SERVES]->(x:Quarter)
                  WHERE v.since <= $as_of < v.until
                  RETURN x ORDER BY x.id } AS places
WITH b,
  COLLECT { UNWIND places AS x
            MATCH (x)-[w:WITHIN]->(a)
            WHERE w.since <= $as_of < w.until
            WITH DISTINCT a, w.height AS height
            RETURN a ORDER BY height, a.id } AS above,
  COLLECT { MATCH (b)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.since <= $as_of < h.until
              AND (h.role IN ['chair', 'project_manager']
                OR ($who = 'all' AND h.role IN ['vice_chair', 'member']))
            RETURN {person: p, post: h.id, member:
              CASE WHEN p.party_status IS NULL THEN 'unknown'
                   WHEN p.party_status = 'none' OR coalesce(p.party_joined_on, $as_of) > $as_of THEN 'no'
                   WHEN size([word IN coalesce(p.date_precision, []) WHERE p.party_joined_on <= $as_of < CASE word
                        WHEN 'party_joined_on:month' THEN p.party_joined_on + duration({months: 1, days: -1})
                        WHEN 'party_joined_on:year' THEN p.party_joined_on + duration({years: 1, days: -1}) END
                       | p.id + '.party_joined_on']) > 0 THEN 'unknown'
                   ELSE 'yes' END}
            ORDER BY h.id } AS seats
WITH b, seats, above[0].id AS area,
  // Of persons who are no Party members nothing more is asked.
  CASE WHEN any(x IN seats WHERE x.member <> 'no') THEN above ELSE [] END AS above
WHERE size(seats) > 0
WITH b, seats, area, above, [s IN above WHERE s.level = 'community'] AS communities
WITH b, seats, area, above, communities,
  COLLECT { UNWIND communities AS s
            MATCH (s)<-[v:COVERS]-(o)
            WHERE v.since <= $as_of < v.until
              AND (o:ResidentsCommittee OR (o:PartyOrganization AND o.level = 'community'))
            RETURN DISTINCT o ORDER BY o.id } AS councils,
  COLLECT { UNWIND above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'party_organization'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k.id ORDER BY k.id } AS absent,
  // Of what runs the property, and of registers, neither order nor how often each is found matters.
  CASE WHEN b:PropertyProject OR size(above) = 0 THEN [] ELSE
    [(b)-[c:COVERS]->(q)<-[v:SERVES]-(pp:PropertyProject)
     WHERE c.since <= $as_of < c.until AND v.since <= $as_of < v.until | pp] END AS projects
WITH b, seats, area, communities, councils, absent, projects,
  [o IN councils WHERE o:PartyOrganization] AS organizations,
  reduce(found = [], pp IN projects
    | found + [(pp)-[r:OPERATED_BY]->(f)
               WHERE (f:PropertyFirm OR f:Unit) AND r.since <= $as_of < r.until
               | {project: pp, firm: f}]) AS operators
WITH b, seats, area, communities, councils, absent, projects, organizations,
  [x IN operators | x.project] AS contracted,
  reduce(found = [x IN operators | x.firm], f IN [x IN operators WHERE $affiliates | x.firm]
    | found + [(f)-[us:SUBORDINATE_TO*1..3]-(g)
               WHERE all(u IN us WHERE u.since <= $as_of < u.until) | g]) AS firms,
  reduce(found = [], o IN organizations
    | found + [(o)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
               WHERE k.since <= $as_of < k.until | {at: o.id, id: k.id}]
    + [(o)-[v:COVERS]->(y)-[up:PART_OF*0..4]->(x)-[w:WITHIN*0..1]->()
         -[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
       WHERE (size(up) = 0 OR x:Building OR x:Quarter)
         AND all(e IN [v, k] + up + w WHERE e.since <= $as_of < e.until) | {at: o.id, id: k.id}]) AS registers,
  CASE WHEN size(communities) > 0 OR NOT any(x IN seats WHERE x.member <> 'no') THEN []
       ELSE COLLECT { MATCH (b)-[v:COVERS|SERVES]->(q:Quarter)
                      WHERE v.since <= $as_of < v.until
                      RETURN DISTINCT 'area@' + q.id AS m ORDER BY m } END AS unplaced
WITH b, seats, area, communities, councils, absent, projects, organizations, contracted, firms, registers,
  CASE WHEN size(organizations) > 0 THEN []
       ELSE unplaced + [s IN communities | 'party_organization@' + s.id] END AS bodies,
  [o IN organizations WHERE NOT any(k IN registers WHERE k.at = o.id) | 'post@' + o.id] AS open
UNWIND seats AS seat
WITH b, area, communities, councils, absent, projects, organizations, contracted, firms, registers, bodies, open,
  seat.person AS p, seat.post AS h, seat.member AS member
WITH b, area, communities, absent, contracted, registers, bodies, open, p, h, member, organizations, projects,
  CASE WHEN member <> 'yes' THEN [] ELSE COLLECT {
    MATCH (p)-[x:HOLDS_POST]->(o)
    WHERE (o IN councils OR o IN projects) AND x.since <= $as_of < x.until
    RETURN {id: x.id, role: x.role, body: o} ORDER BY x.id } END AS posts,
  CASE WHEN member <> 'yes' OR size(firms) = 0 THEN [] ELSE COLLECT {
    MATCH (p)-[w:EMPLOYED_BY]->(g)
    WHERE g IN firms AND w.kind IN $kinds AND w.since <= $as_of < w.until
    RETURN w.id ORDER BY w.id } END AS ties
WITH b, area, communities, absent, registers, bodies, open, p, h, member, ties,
  [x IN posts WHERE x.role = 'part_time_member' AND x.body IN organizations | x.id] AS held,
  [x IN posts WHERE x.role IN ['secretary', 'deputy_secretary', 'committee_member',
     'director', 'deputy_director', 'member'] | x.id] AS full,
  [x IN posts WHERE x.role IN ['project_manager', 'staff'] | x.id] AS runs,
  any(x IN posts WHERE x.body IN contracted) AS by_firm
WITH b, area, communities, absent, registers, bodies, open, p, h, member, ties, held, full, runs,
  CASE WHEN size(full) > 0 THEN ['R24'] ELSE [] END
  + CASE WHEN size(ties) > 0 OR by_firm THEN ['R27'] ELSE [] END
  + CASE WHEN size(runs) > 0 THEN ['R29'] ELSE [] END AS bars
WITH b, area, absent, registers, bodies, open, p, h, member, ties, held, full, runs, bars,
  CASE WHEN member = 'no' THEN 'not_applicable'
       WHEN size(bodies) > 0 AND size(communities) > 0 AND size(absent) > 0 THEN 'not_applicable'
       WHEN member = 'unknown' OR size(bodies) > 0 THEN 'unknown'
       WHEN size(held) > 0 THEN 'pass'
       WHEN size(bars) > 0 THEN 'not_possible'
       WHEN size(open) > 0 THEN 'unknown'
       ELSE 'fail' END AS verdict
RETURN p.id AS subject, h AS post, b.id AS body, area, verdict,
  CASE WHEN verdict <> 'unknown' THEN []
       ELSE CASE WHEN member <> 'unknown' THEN []
                 WHEN p.party_status IS NULL THEN [p.id + '.party_status']
                 ELSE [p.id + '.party_joined_on'] END + bodies + open END AS missing,
  CASE verdict WHEN 'pass' THEN held
               WHEN 'not_applicable' THEN CASE WHEN member = 'no' THEN [p.id] ELSE absent END
               WHEN 'not_possible' THEN [h] + full + ties + runs
               WHEN 'fail' THEN [h] + COLLECT { UNWIND registers AS k RETURN DISTINCT k.id AS id ORDER BY id }
               ELSE [] END AS evidence,
  CASE verdict WHEN 'not_possible' THEN bars ELSE [] END AS blocked_by
ORDER BY post
