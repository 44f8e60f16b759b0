// @title      Who of the community's two committees could sit on an owners' committee
// @title.zh   社区“两委”成员进入业委会人选
// @about      Per quarter and owners' committee: the members of the community's Party committee and residents'
// @about      committee (no part-time members) who do not sit there, for member; from_body is the committee of
// @about      the two. Bars: R14, R27, R28, R29, R31, R32. unconfirmed: whether they own a home there.
// @about      Ranked: whom nothing bars and of whom nothing is missing (free), then of whom a fact is
// @about      missing (unconfirmed), then whom a rule bars (blocked_by); in each group who holds fewer
// @about      posts first, then by id. A bar has to be recorded: that no register of employers or kin is
// @about      complete bars no one, and whether it is complete is what R27 and R28 themselves answer.
// @about.zh   每个小区、业委会：未在业委会任职的社区“两委”成员（不含兼职委员）任委员，from_body 为其所在的“两委”组织。
// @about.zh   限制：R14、R27、R28、R29、R31、R32；是否业主不详的列为待确认。
// @about.zh   排序：无限制且条件已知的在前，其次为待确认（unconfirmed），最后为受限（blocked_by）；同类中任职少的在前，
// @about.zh   再按编号。限制须有记录为据；任职、亲属台账是否齐全，由 R27、R28 本身回答。
// @fills      R19
// @param      as_of       date     today                   "day the answer is for" / "统计日期"
// @param      area        string   null                    "area id, null = everywhere" / "辖区编号，空为全部"
// @param      subject     string   null                    "quarter id, null = all" / "小区编号，空为全部"
// @param      kinds       strings  ["employee","seconded"] "kinds of employment that R27 and R28 bar" / "R27、R28 所限任职性质"
// @param      affiliates  bool     true                    "the firm's parents and affiliates count as the firm" / "关联企业视同本企业"
// @param      relations   strings{spouse,parent,grandparent,sibling,parent_in_law,other} ["spouse","parent","grandparent"] "kin that R28 bars" / "R28 所限亲属关系"
// @tells      OWNS_HOME_IN, EMPLOYED_BY, RELATED_TO, party_status, party_joined_on, party_full_on,
// @tells      public_post
// @returns    subject, area, body, role, from_body, candidate:personal, owner:personal,
// @returns    party:sensitive, posts, closes, blocked_by, unconfirmed:personal, evidence:personal
// @source     上海市居民委员会工作条例 Art. 20, 绍兴市物业管理条例 Art. 18 (texts read, transcriptions);
// @source     建房规〔2020〕10号 (public page); 物业管理条例 Art. 16 (owners; text read).
CALL () {
  UNWIND CASE WHEN $subject IS NULL AND $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (q:Quarter)
  RETURN q
  UNION
  MATCH (q:Quarter {id: $subject})
  RETURN q
  UNION
  UNWIND CASE WHEN $subject IS NULL THEN [1] ELSE [] END AS within
  MATCH (:Area {id: $area})<-[w:WITHIN]-(q:Quarter)
  WHERE w.since <= $as_of < w.until
  RETURN q
}
WITH q, COLLECT { MATCH (q)-[w:WITHIN]->(a)
                  WHERE w.since <= $as_of < w.until
                  RETURN a ORDER BY w.height, a.id } AS above
WHERE $area IS NULL OR any(a IN above WHERE a.id = $area)
WITH q, above[0].id AS area,
  COLLECT { UNWIND [q] + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'ownership'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k.id ORDER BY k.id } AS owners_listed,
  COLLECT { MATCH (q)<-[c:COVERS]-(o:OwnersCommittee)
            WHERE o.kind = 'owners_committee' AND c.since <= $as_of < c.until
            RETURN DISTINCT o ORDER BY o.id } AS committees,
  COLLECT { UNWIND [q] + above AS s
            MATCH (s)<-[c:COVERS]-(b)
            WHERE s:Area AND s.level = 'community' AND c.since <= $as_of < c.until
              AND (b:ResidentsCommittee OR (b:PartyOrganization AND b.level = 'community'))
            RETURN DISTINCT b ORDER BY b.id } AS councils,
  COLLECT { MATCH (q)<-[c:COVERS]-(b:SupervisionCommittee)
            WHERE b.kind = 'owners' AND c.since <= $as_of < c.until
            RETURN DISTINCT b ORDER BY b.id } AS boards,
  COLLECT { MATCH (q)<-[v:SERVES]-(pp:PropertyProject)
            WHERE v.since <= $as_of < v.until
            RETURN DISTINCT pp ORDER BY pp.id } AS projects
WITH q, area, owners_listed, committees, councils, boards, projects
WHERE size(committees) > 0 AND size(councils) > 0
WITH q, area, owners_listed, committees, councils, boards, projects,
  COLLECT { UNWIND projects AS pp
            MATCH (pp)-[r:OPERATED_BY]->(f)
            WHERE (f:PropertyFirm OR f:Unit) AND r.since <= $as_of < r.until
            RETURN {project: pp, firm: f} ORDER BY r.id } AS operators
WITH q, area, owners_listed, committees, councils, boards, projects,
  [x IN operators | x.project] AS contracted,
  COLLECT { UNWIND operators AS x
            WITH x.firm AS f
            MATCH (f)-[us:SUBORDINATE_TO*0..3]-(g)
            WHERE ($affiliates OR size(us) = 0) AND all(u IN us WHERE u.since <= $as_of < u.until)
            RETURN DISTINCT g ORDER BY g.id } AS firms
WITH q, area, owners_listed, boards, projects, contracted, firms,
  COLLECT { UNWIND councils AS b
            UNWIND committees AS o
            MATCH (b)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.since <= $as_of < h.until
              AND ((b:PartyOrganization AND h.role IN ['secretary', 'deputy_secretary', 'committee_member'])
                OR (b:ResidentsCommittee AND h.role IN ['director', 'deputy_director', 'member']))
              AND NOT EXISTS { MATCH (p)-[y:HOLDS_POST]->(t)
                               WHERE t = o AND y.role IN ['chair', 'vice_chair', 'member']
                                 AND y.since <= $as_of < y.until }
            WITH o, p, min(b.id) AS council, min(h.id) AS post
            RETURN {person: p, body: o.id, role: 'member', from: council, closes: true,
              evidence: [post], sits: false}
            ORDER BY post, o.id } AS pool
UNWIND pool AS x
WITH q, area, owners_listed, boards, projects, contracted, firms, x, x.person AS p
WITH q, area, boards, contracted, x, p,
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
   | p.id + '.' + split(word, ':')[0]] AS days,
  COLLECT { MATCH (p)-[w:OWNS_HOME_IN]->(y)
            WHERE y = q AND w.since <= $as_of < w.until
            RETURN w.id ORDER BY w.id } AS homes,
  owners_listed
  + COLLECT { MATCH (p)-[k:COMPLETE_IN {subject: 'ownership'}]->(:SourceDocument)
              WHERE k.since <= $as_of < k.until
              RETURN k.id ORDER BY k.id } AS listed,
  COLLECT { MATCH (p)-[w:EMPLOYED_BY]->(g)
            WHERE g IN firms AND w.kind IN $kinds AND w.since <= $as_of < w.until
            RETURN w.id ORDER BY w.id } AS jobs,
  COLLECT { MATCH (p)-[j:HOLDS_POST]->(y)
            WHERE ((y IN projects AND j.role IN ['project_manager', 'staff'])
                OR (y IN boards AND j.role IN ['chair', 'member']))
              AND j.since <= $as_of < j.until
            RETURN {id: j.id, at: y} ORDER BY j.id } AS beside,
  COLLECT { MATCH (p)-[r:RELATED_TO]-(k:Person)-[w:EMPLOYED_BY|HOLDS_POST]->(g)
            WHERE r.relation IN $relations
              AND ((g IN firms AND w.kind IN $kinds)
                OR (g IN contracted AND w.role IN ['project_manager', 'staff']))
              AND r.since <= $as_of < r.until AND w.since <= $as_of < w.until
            UNWIND [r.id, w.id] AS id
            RETURN DISTINCT id ORDER BY id } AS kin,
  COUNT { MATCH (p)-[j:HOLDS_POST]->()
          WHERE j.since <= $as_of < j.until } AS posts
WITH q, area, x, p, party, days, homes, listed, jobs, beside, kin, posts, contracted, boards,
  CASE WHEN size(homes) > 0 THEN 'yes' WHEN size(listed) > 0 THEN 'no' ELSE 'unknown' END AS owner
WITH q, area, x, p, party, days, posts, owner,
  CASE WHEN owner = 'no' THEN ['R14'] ELSE [] END
  + CASE WHEN size(jobs) > 0 OR any(j IN beside WHERE j.at IN contracted) THEN ['R27'] ELSE [] END
  + CASE WHEN size(kin) > 0 THEN ['R28'] ELSE [] END
  + CASE WHEN any(j IN beside WHERE NOT j.at IN boards) THEN ['R29'] ELSE [] END
  + CASE WHEN NOT x.sits AND p.public_post IN ['civil_servant', 'leading_cadre'] THEN ['R31'] ELSE [] END
  + CASE WHEN any(j IN beside WHERE j.at IN boards) THEN ['R32'] ELSE [] END AS blocked_by,
  // Who sits was elected as an owner; of who shall sit it has to be known.
  CASE WHEN owner = 'unknown' AND NOT x.sits THEN ['ownership@' + q.id] ELSE [] END AS unconfirmed,
  x.evidence + homes + CASE owner WHEN 'no' THEN listed ELSE [] END
  + jobs + [j IN beside | j.id] + kin AS evidence
RETURN q.id AS subject, area, x.body AS body, x.role AS role, x.from AS from_body, p.id AS candidate,
  owner,
  CASE WHEN size(days) = 0 THEN party END AS party, posts, x.closes AS closes, blocked_by,
  unconfirmed, evidence
ORDER BY subject, CASE WHEN size(blocked_by) > 0 THEN 2 WHEN size(unconfirmed) > 0 THEN 1 ELSE 0 END,
  posts, candidate, body, role, from_body
