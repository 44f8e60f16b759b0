// @title      Heads who could be part-time members of the community's Party organization
// @title.zh   兼职委员人选（业委会、物业负责人）
// @about      Per post of a committee chair (with who = all every sitting member) or property manager who is
// @about      a Party member, or may be: the head for part-time member of the Party organization of the
// @about      community; from_body is where the head has the post. Bars: R24, a full member of the community's
// @about      two committees; of a seat on the owners' committee R27 and R29 too. A property manager's own post
// @about      bars nothing: that way in is the proper one. unconfirmed: Party status.
// @about      Ranked: whom nothing bars and of whom nothing is missing (free), then of whom a fact is
// @about      missing (unconfirmed), then whom a rule bars (blocked_by); in each group who holds fewer
// @about      posts first, then by id. A bar has to be recorded: that no register of employers or kin is
// @about      complete bars no one, and whether it is complete is what R27 and R28 themselves answer.
// @about.zh   业委会主任（who 为 all 时含全体现任委员）、物业项目负责人中的党员（政治面貌不详的列为待确认）任社区党组织
// @about.zh   兼职委员，from_body 为现任职的组织。限制：已是社区“两委”正式成员（R24），业委会职务另核对 R27、R29；
// @about.zh   物业项目负责人一职本身不受限。
// @about.zh   排序：无限制且条件已知的在前，其次为待确认（unconfirmed），最后为受限（blocked_by）；同类中任职少的在前，
// @about.zh   再按编号。限制须有记录为据；任职、亲属台账是否齐全，由 R27、R28 本身回答。
// @fills      R21
// @param      as_of       date     today                   "day the answer is for" / "统计日期"
// @param      area        string   null                    "area id, null = everywhere" / "辖区编号，空为全部"
// @param      subject     string   null                    "person id, null = all" / "人员编号，空为全部"
// @param      who         string{chair_and_project_head,all} "chair_and_project_head" "chairs and project managers, or all sitting members too" / "仅业委会主任和物业项目负责人，或含业委会全体委员"
// @param      kinds       strings  ["employee","seconded"] "kinds of employment that R27 bars" / "R27 所限任职性质"
// @param      affiliates  bool     true                    "the firm's parents and affiliates count as the firm" / "关联企业视同本企业"
// @tells      EMPLOYED_BY, party_status, party_joined_on, party_full_on
// @returns    subject, area, body, role, from_body, candidate:personal, owner:personal,
// @returns    party:sensitive, posts, closes, blocked_by, unconfirmed:personal, evidence:personal
// @source     建房规〔2020〕10号 (read through an implementing opinion on a public page); a local text for R24
// @source     (public page).
CALL () {
  UNWIND CASE WHEN $subject IS NULL AND $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (q:Quarter)<-[v:COVERS|SERVES]-(b)
  WHERE v.since <= $as_of < v.until
    AND ((b:OwnersCommittee AND b.kind = 'owners_committee') OR b:PropertyProject)
  RETURN b
  UNION
  MATCH (:Person {id: $subject})-[h:HOLDS_POST]->(b)-[v:COVERS|SERVES]->(:Quarter)
  WHERE h.since <= $as_of < h.until AND v.since <= $as_of < v.until
    AND ((b:OwnersCommittee AND b.kind = 'owners_committee') OR b:PropertyProject)
  RETURN b
  UNION
  UNWIND CASE WHEN $subject IS NULL THEN [1] ELSE [] END AS within
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[v:COVERS|SERVES]-(b)
  WHERE w.since <= $as_of < w.until AND v.since <= $as_of < v.until
    AND ((b:OwnersCommittee AND b.kind = 'owners_committee') OR b:PropertyProject)
  RETURN b
}
WITH b, COLLECT { MATCH (b)-[v:COVERS|SERVES]->(x:Quarter)
                  WHERE v.since <= $as_of < v.until
                  RETURN x ORDER BY x.id } AS places
WITH b, COLLECT { UNWIND places AS x
                  MATCH (x)-[w:WITHIN]->(a)
                  WHERE w.since <= $as_of < w.until
                  WITH DISTINCT a, w.height AS height
                  RETURN a ORDER BY height, a.id } AS above
WHERE $area IS NULL OR any(a IN above WHERE a.id = $area)
WITH b, above[0].id AS area, [s IN above WHERE s.level = 'community'] AS communities
WITH b, area,
  COLLECT { UNWIND communities AS s
            MATCH (s)<-[v:COVERS]-(o)
            WHERE v.since <= $as_of < v.until
              AND (o:ResidentsCommittee OR (o:PartyOrganization AND o.level = 'community'))
            RETURN DISTINCT o ORDER BY o.id } AS councils,
  COLLECT { MATCH (b)-[c:COVERS]->(:Quarter)<-[v:SERVES]-(pp:PropertyProject)
            WHERE c.since <= $as_of < c.until AND v.since <= $as_of < v.until
            RETURN DISTINCT pp ORDER BY pp.id } AS projects
WITH b, area, councils, projects,
  COLLECT { UNWIND projects AS pp
            MATCH (pp)-[r:OPERATED_BY]->(f)
            WHERE (f:PropertyFirm OR f:Unit) AND r.since <= $as_of < r.until
            RETURN {project: pp, firm: f} ORDER BY r.id } AS operators
WITH b, area, councils, projects, [x IN operators | x.project] AS contracted,
  COLLECT { UNWIND operators AS x
            WITH x.firm AS f
            MATCH (f)-[us:SUBORDINATE_TO*0..3]-(g)
            WHERE ($affiliates OR size(us) = 0) AND all(u IN us WHERE u.since <= $as_of < u.until)
            RETURN DISTINCT g ORDER BY g.id } AS firms
MATCH (b)<-[h:HOLDS_POST]-(p:Person)
WHERE ($subject IS NULL OR p.id = $subject) AND h.since <= $as_of < h.until
  AND (h.role IN ['chair', 'project_manager'] OR ($who = 'all' AND h.role IN ['vice_chair', 'member']))
WITH b, area, councils, projects, contracted, firms, p, min(h.id) AS post
UNWIND [o IN councils WHERE o:PartyOrganization] AS o
WITH b, area, councils, projects, contracted, firms, p, post, o,
  CASE WHEN p.party_status IN ['full', 'probationary'] AND p.party_joined_on > $as_of THEN 'none'
       WHEN p.party_status = 'full' AND p.party_full_on > $as_of THEN 'probationary'
       ELSE p.party_status END AS party,
  // The month or year does not tell whether the person had joined, or was a full member already.
  [word IN coalesce(p.date_precision, [])
   WHERE p.party_status IN ['full', 'probationary'] AND coalesce(p.party_joined_on, $as_of) <= $as_of < CASE
     WHEN word = 'party_joined_on:month' THEN p.party_joined_on + duration({months: 1, days: -1})
     WHEN word = 'party_joined_on:year' THEN p.party_joined_on + duration({years: 1, days: -1})
     WHEN p.party_status <> 'full' OR p.party_full_on > $as_of THEN null
     WHEN word = 'party_full_on:month' THEN p.party_full_on + duration({months: 1, days: -1})
     WHEN word = 'party_full_on:year' THEN p.party_full_on + duration({years: 1, days: -1}) END
   | p.id + '.' + split(word, ':')[0]] AS days
WHERE coalesce(party, 'full') <> 'none' AND NOT EXISTS {
  MATCH (p)-[y:HOLDS_POST]->(t)
  WHERE t = o AND y.role = 'part_time_member' AND y.since <= $as_of < y.until }
WITH b, area, contracted, p, post, o, party, days,
  COLLECT { MATCH (p)-[y:HOLDS_POST]->(t)
            WHERE t IN councils AND y.since <= $as_of < y.until
              AND y.role IN ['secretary', 'deputy_secretary', 'committee_member', 'director',
                'deputy_director', 'member']
            RETURN y.id ORDER BY y.id } AS full,
  COLLECT { MATCH (p)-[w:EMPLOYED_BY]->(g)
            WHERE g IN firms AND w.kind IN $kinds AND w.since <= $as_of < w.until
            RETURN w.id ORDER BY w.id } AS jobs,
  COLLECT { MATCH (p)-[j:HOLDS_POST]->(y)
            WHERE y IN projects AND j.role IN ['project_manager', 'staff']
              AND j.since <= $as_of < j.until
            RETURN {id: j.id, at: y} ORDER BY j.id } AS runs,
  COUNT { MATCH (p)-[y:HOLDS_POST]->()
          WHERE y.since <= $as_of < y.until } AS posts
WITH b, area, p, post, o, party, days, posts,
  CASE WHEN size(full) > 0 THEN ['R24'] ELSE [] END
  + CASE WHEN size(jobs) > 0 OR any(j IN runs WHERE j.at IN contracted) THEN ['R27'] ELSE [] END
  + CASE WHEN size(runs) > 0 THEN ['R29'] ELSE [] END AS blocked_by,
  CASE WHEN party IS NULL THEN [p.id + '.party_status']
       ELSE [day IN days WHERE day = p.id + '.party_joined_on'] END AS unconfirmed,
  [post] + full + jobs + [j IN runs | j.id] AS evidence
RETURN p.id AS subject, area, o.id AS body, 'part_time_member' AS role, b.id AS from_body, p.id AS candidate,
  null AS owner,
  CASE WHEN size(days) = 0 THEN party END AS party, posts, true AS closes, blocked_by,
  unconfirmed, evidence
ORDER BY subject, CASE WHEN size(blocked_by) > 0 THEN 2 WHEN size(unconfirmed) > 0 THEN 1 ELSE 0 END,
  posts, candidate, body, role, from_body
