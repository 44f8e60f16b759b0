// @title      Who could be secretary and director of a community in one person
// @title.zh   社区书记、居委会主任“一肩挑”人选
// @about      Per community: the secretary of its Party organization for director of the residents' committee
// @about      (from_body is the Party organization), and the director for secretary (from_body is the
// @about      residents' committee), if a full Party member of min_years. Eligible as director is who lives in the
// @about      community, is registered there (not recorded), or has been a community worker there for
// @about      worker_months; of whom none of these is known, the residence is unconfirmed. With resident_required,
// @about      as the law was before 2026, a secretary known not to live there is blocked (not_resident). Bars:
// @about      R31 for director, R32 (a seat on the residents' supervision committee) for both.
// @about      Ranked: whom nothing bars and of whom nothing is missing (free), then of whom a fact is
// @about      missing (unconfirmed), then whom a rule bars (blocked_by); in each group who holds fewer
// @about      posts first, then by id. A bar has to be recorded: that no register of employers or kin is
// @about      complete bars no one, and whether it is complete is what R27 and R28 themselves answer.
// @about.zh   每个社区：党组织书记任居委会主任（from_body 为党组织），或正式党员满 min_years 年的主任任书记
// @about.zh   （from_body 为居委会）。在本社区居住、户籍在本社区（未登记）或在本社区任社区工作者满 worker_months 个月的
// @about.zh   可参选；均不详的，居住情况待确认。设 resident_required 时（2026年前的规定），已知不在本社区居住的受限
// @about.zh   （not_resident）。限制：任主任核对 R31，两者均核对 R32（居务监督委员会成员）。
// @about.zh   排序：无限制且条件已知的在前，其次为待确认（unconfirmed），最后为受限（blocked_by）；同类中任职少的在前，
// @about.zh   再按编号。限制须有记录为据；任职、亲属台账是否齐全，由 R27、R28 本身回答。
// @fills      R22
// @param      as_of       date     today                   "day the answer is for" / "统计日期"
// @param      area        string   null                    "area id, null = everywhere" / "辖区编号，空为全部"
// @param      subject     string   null                    "community id, null = all" / "社区编号，空为全部"
// @param      min_years   int[0..50] 1                     "years as a full member that a secretary needs" / "书记所需党龄（正式党员年数）"
// @param      resident_required bool false "a secretary who is no resident of the community is blocked" / "书记不在本社区居住的视为受限"
// @param      worker_months int[0..60] 6 "months as a community worker there after which one may stand (inclusive); 0: none, only with resident_required off" / "在本社区任社区工作者满多少个月可参选（含）；0 为不适用，仅在不要求居住时有效"
// @tells      LIVES_IN, party_status, party_joined_on, party_full_on, public_post
// @returns    subject, area, body, role, from_body, candidate:personal, owner:personal,
// @returns    party:sensitive, posts, closes, blocked_by, unconfirmed:personal, evidence:personal
// @source     关于加强和改进城市基层党的建设工作的意见, 2019 (read as quoted in other publications);
// @source     城市居民委员会组织法 (2025) Art. 8(3), 14, 16; until 2026-01-01 (2018) Art. 8 (texts read,
// @source     transcriptions); 支部工作条例 Art. 23.
CALL () {
  UNWIND CASE WHEN $subject IS NULL AND $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (c:Area {level: 'community'})
  RETURN c
  UNION
  MATCH (c:Area {id: $subject})
  WHERE c.level = 'community'
  RETURN c
  UNION
  UNWIND CASE WHEN $subject IS NULL THEN [1] ELSE [] END AS within
  MATCH (:Area {id: $area})<-[w:WITHIN]-(c:Area {level: 'community'})
  WHERE w.since <= $as_of < w.until
  RETURN c
}
WITH c, COLLECT { MATCH (c)-[w:WITHIN]->(a)
                  WHERE w.since <= $as_of < w.until
                  RETURN a ORDER BY w.height, a.id } AS above
WHERE $area IS NULL OR any(a IN above WHERE a.id = $area)
WITH c,
  COLLECT { UNWIND above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'residence'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k.id ORDER BY k.id } AS residents_listed,
  COLLECT { MATCH (c)<-[v:COVERS]-(o:PartyOrganization)
            WHERE o.level = 'community' AND v.since <= $as_of < v.until
            RETURN DISTINCT o ORDER BY o.id } AS organizations,
  COLLECT { MATCH (c)<-[v:COVERS]-(o:ResidentsCommittee)
            WHERE v.since <= $as_of < v.until
            RETURN DISTINCT o ORDER BY o.id } AS committees,
  COLLECT { MATCH (c)<-[v:COVERS]-(o:SupervisionCommittee)
            WHERE o.kind = 'residents' AND v.since <= $as_of < v.until
            RETURN DISTINCT o ORDER BY o.id } AS boards
WITH c, residents_listed, boards, committees,
  COLLECT { UNWIND organizations AS b
            UNWIND committees AS o
            MATCH (b)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.role = 'secretary' AND h.since <= $as_of < h.until
              AND NOT EXISTS { MATCH (p)-[y:HOLDS_POST]->(t)
                               WHERE t = o AND y.role = 'director' AND y.since <= $as_of < y.until }
            RETURN {person: p, body: o.id, role: 'director', from: b.id, post: h.id}
            ORDER BY h.id, o.id }
  + COLLECT { UNWIND organizations AS b
              UNWIND committees AS o
              MATCH (o)<-[h:HOLDS_POST]-(p:Person)
              WHERE h.role = 'director' AND h.since <= $as_of < h.until
                AND NOT EXISTS { MATCH (p)-[y:HOLDS_POST]->(t)
                                 WHERE t = b AND y.role = 'secretary' AND y.since <= $as_of < y.until }
              RETURN {person: p, body: b.id, role: 'secretary', from: o.id, post: h.id}
              ORDER BY h.id, b.id } AS pool
UNWIND pool AS x
WITH c, residents_listed, boards, committees, x, x.person AS p, x.role = 'director' AS directs
WITH c, residents_listed, x, p, directs,
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
  // Nor whether the years are over.
  [word IN coalesce(p.date_precision, [])
   WHERE p.party_status = 'full' AND p.party_full_on + duration({years: $min_years}) <= $as_of < CASE word
     WHEN 'party_full_on:month'
     THEN p.party_full_on + duration({months: 1, days: -1}) + duration({years: $min_years})
     WHEN 'party_full_on:year'
     THEN p.party_full_on + duration({years: 1, days: -1}) + duration({years: $min_years}) END
   | p.id + '.party_full_on'] AS short,
  CASE WHEN NOT directs THEN [] ELSE COLLECT {
    MATCH (p)-[v:LIVES_IN]->(:Quarter)-[w:WITHIN]->(s)
    WHERE s = c AND v.since <= $as_of < v.until AND w.since <= $as_of < w.until
    RETURN DISTINCT v.id AS id ORDER BY id } END AS homes,
  CASE WHEN NOT directs OR $resident_required OR $worker_months = 0 THEN [] ELSE COLLECT {
    MATCH (p)-[w:HOLDS_POST]->(y)
    WHERE y IN committees AND w.role = 'community_worker' AND w.since_known
      AND w.since + duration({months: $worker_months}) <= $as_of < w.until
    RETURN w.id ORDER BY w.id } END AS works,
  COLLECT { MATCH (p)-[j:HOLDS_POST]->(y)
            WHERE y IN boards AND j.role IN ['chair', 'member'] AND j.since <= $as_of < j.until
            RETURN j.id ORDER BY j.id } AS supervises,
  COUNT { MATCH (p)-[j:HOLDS_POST]->()
          WHERE j.since <= $as_of < j.until } AS posts
WHERE directs OR party IS NULL
  OR (party = 'full' AND coalesce(p.party_full_on + duration({years: $min_years}), $as_of) <= $as_of)
WITH c, x, p, directs, party, days, short, homes + works AS stands, supervises, posts,
  CASE WHEN $resident_required THEN residents_listed ELSE [] END AS residents_listed
WITH c, x, p, directs, party, days, short, stands, supervises, posts, residents_listed,
  directs AND size(stands) = 0 AS nowhere
WITH c, x, p, party, days, posts,
  CASE WHEN nowhere AND size(residents_listed) > 0 THEN ['not_resident'] ELSE [] END
  + CASE WHEN directs AND p.public_post IN ['civil_servant', 'leading_cadre'] THEN ['R31'] ELSE [] END
  + CASE WHEN size(supervises) > 0 THEN ['R32'] ELSE [] END AS blocked_by,
  CASE WHEN nowhere AND size(residents_listed) = 0 THEN ['residence@' + c.id] ELSE [] END
  + CASE WHEN directs THEN []
         WHEN party IS NULL THEN [p.id + '.party_status']
         ELSE days + [day IN short WHERE NOT day IN days] END
  + CASE WHEN NOT directs AND party = 'full' AND p.party_full_on IS NULL
         THEN [p.id + '.party_full_on'] ELSE [] END AS unconfirmed,
  [x.post] + stands + CASE WHEN nowhere THEN residents_listed ELSE [] END + supervises AS evidence
RETURN c.id AS subject, c.id AS area, x.body AS body, x.role AS role, x.from AS from_body, p.id AS candidate,
  null AS owner,
  CASE WHEN size(days) = 0 THEN party END AS party, posts, true AS closes, blocked_by,
  unconfirmed, evidence
ORDER BY subject, CASE WHEN size(blocked_by) > 0 THEN 2 WHEN size(unconfirmed) > 0 THEN 1 ELSE 0 END,
  posts, candidate, body, role, from_body
