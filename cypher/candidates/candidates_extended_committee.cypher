// @title      Who could be part-time members of an extended Party committee
// @title.zh   大党委兼职委员人选
// @about      Per Party organization of a community: for part-time member, the secretaries of the Party
// @about      organizations of co-building units and quarters, and the chairs of owners' committees and property
// @about      managers of the community's quarters who are Party members, or may be; from_body is where they
// @about      come from. Who is a part-time member already is left out. Bars: R24, a full member of the
// @about      community's two committees. unconfirmed: Party status.
// @about      Ranked: whom nothing bars and of whom nothing is missing (free), then of whom a fact is
// @about      missing (unconfirmed), then whom a rule bars (blocked_by); in each group who holds fewer
// @about      posts first, then by id. A bar has to be recorded: that no register of employers or kin is
// @about      complete bars no one, and whether it is complete is what R27 and R28 themselves answer.
// @about.zh   每个社区党组织：共建单位、共建小区党组织书记，本社区各小区业委会主任、物业项目负责人中的党员（政治面貌
// @about.zh   不详的列为待确认）任兼职委员，from_body 为其现任职的组织；已任兼职委员的不列。
// @about.zh   限制：已是社区“两委”正式成员（R24）。
// @about.zh   排序：无限制且条件已知的在前，其次为待确认（unconfirmed），最后为受限（blocked_by）；同类中任职少的在前，
// @about.zh   再按编号。限制须有记录为据；任职、亲属台账是否齐全，由 R27、R28 本身回答。
// @fills      R23
// @param      as_of       date     today                   "day the answer is for" / "统计日期"
// @param      area        string   null                    "area id, null = everywhere" / "辖区编号，空为全部"
// @param      subject     string   null                    "id of the Party organization, null = all" / "党组织编号，空为全部"
// @tells      party_status, party_joined_on, party_full_on
// @returns    subject, area, body, role, from_body, candidate:personal, owner:personal,
// @returns    party:sensitive, posts, closes, blocked_by, unconfirmed:personal, evidence:personal
// @source     淡水街道“大党委”, 2022-05-25 (stated in one document, not law); 建房规〔2020〕10号 for chairs and
// @source     property managers (public page).
CALL () {
  UNWIND CASE WHEN $subject IS NULL AND $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (b:PartyOrganization {level: 'community'})
  RETURN b
  UNION
  MATCH (b:PartyOrganization {id: $subject})
  WHERE b.level = 'community'
  RETURN b
  UNION
  UNWIND CASE WHEN $subject IS NULL THEN [1] ELSE [] END AS within
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Area)<-[v:COVERS]-(b:PartyOrganization {level: 'community'})
  WHERE w.since <= $as_of < w.until AND v.since <= $as_of < v.until
  RETURN b
}
WITH b, COLLECT { MATCH (b)-[v:COVERS]->(c:Area)
                  WHERE v.since <= $as_of < v.until
                  RETURN DISTINCT c ORDER BY c.id } AS places
WITH b, places, COLLECT { UNWIND places AS x
                          MATCH (x)-[w:WITHIN]->(a)
                          WHERE w.since <= $as_of < w.until
                          WITH DISTINCT a, w.height AS height
                          RETURN a ORDER BY height, a.id } AS above
WHERE $area IS NULL OR any(a IN above WHERE a.id = $area)
WITH b, places, above[0].id AS area,
  COLLECT { UNWIND places AS c
            MATCH (c)<-[v:COVERS]-(o)
            WHERE v.since <= $as_of < v.until
              AND (o:ResidentsCommittee OR (o:PartyOrganization AND o.level = 'community'))
            RETURN DISTINCT o ORDER BY o.id } AS councils,
  COLLECT { UNWIND places AS c
            MATCH (c)<-[w:WITHIN]-(q:Quarter)
            WHERE w.since <= $as_of < w.until
            RETURN DISTINCT q ORDER BY q.id } AS quarters,
  COLLECT { MATCH (b)<-[x:CO_BUILDS]-(u)
            WHERE x.since <= $as_of < x.until
            RETURN DISTINCT u ORDER BY u.id } AS builders
WITH b, area, councils,
  COLLECT { UNWIND builders AS u
            MATCH (u)<-[v:COVERS]-(o:PartyOrganization)<-[h:HOLDS_POST]-(p:Person)
            WHERE (u:Unit OR u:PropertyFirm) AND o.level = 'unit' AND h.role = 'secretary'
              AND v.since <= $as_of < v.until AND h.since <= $as_of < h.until
            RETURN DISTINCT {person: p, from: o.id, post: h.id} AS x ORDER BY x.post }
  + COLLECT { UNWIND builders AS o
              MATCH (o)<-[h:HOLDS_POST]-(p:Person)
              WHERE o:PartyOrganization AND h.role = 'secretary' AND h.since <= $as_of < h.until
              RETURN {person: p, from: o.id, post: h.id} ORDER BY h.id }
  + COLLECT { UNWIND quarters AS q
              MATCH (q)<-[v:COVERS|SERVES]-(o)<-[h:HOLDS_POST]-(p:Person)
              WHERE ((o:OwnersCommittee AND o.kind = 'owners_committee' AND h.role = 'chair')
                  OR (o:PropertyProject AND h.role = 'project_manager'))
                AND v.since <= $as_of < v.until AND h.since <= $as_of < h.until
              RETURN DISTINCT {person: p, from: o.id, post: h.id} AS x ORDER BY x.post } AS pool
UNWIND pool AS x
WITH b, area, councils, x.person AS p, min(x.from) AS from_body, min(x.post) AS post
WITH b, area, councils, p, from_body, post,
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
  WHERE t = b AND y.role = 'part_time_member' AND y.since <= $as_of < y.until }
WITH b, area, p, from_body, post, party, days,
  COLLECT { MATCH (p)-[y:HOLDS_POST]->(t)
            WHERE t IN councils AND y.since <= $as_of < y.until
              AND y.role IN ['secretary', 'deputy_secretary', 'committee_member', 'director',
                'deputy_director', 'member']
            RETURN y.id ORDER BY y.id } AS full,
  COUNT { MATCH (p)-[y:HOLDS_POST]->()
          WHERE y.since <= $as_of < y.until } AS posts
WITH b, area, p, from_body, party, days, posts,
  CASE WHEN size(full) > 0 THEN ['R24'] ELSE [] END AS blocked_by,
  CASE WHEN party IS NULL THEN [p.id + '.party_status']
       ELSE [day IN days WHERE day = p.id + '.party_joined_on'] END AS unconfirmed,
  [post] + full AS evidence
RETURN b.id AS subject, area, b.id AS body, 'part_time_member' AS role, from_body, p.id AS candidate,
  null AS owner,
  CASE WHEN size(days) = 0 THEN party END AS party, posts, true AS closes, blocked_by,
  unconfirmed, evidence
ORDER BY subject, CASE WHEN size(blocked_by) > 0 THEN 2 WHEN size(unconfirmed) > 0 THEN 1 ELSE 0 END,
  posts, candidate, body, role, from_body
