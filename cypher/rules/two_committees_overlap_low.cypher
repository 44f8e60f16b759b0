// @title      Communities whose Party committee and residents' committee share too few members
// @title.zh   社区“两委”交叉任职比例低
// @about      One row per community: of the sitting members of its Party committee (no part-time
// @about      members), how many sit on the residents' committee. By bounds: seats without a
// @about      recorded holder count as possible, on both committees. short: members still needed,
// @about      zero or less where the share is reached.
// @about.zh   每个社区一行：社区党组织班子成员（不含兼职委员）中任居委会成员的比例。
// @about.zh   未登记的空缺按可能计算；short 为尚缺人数，零或负数为已达到。
// @rule       R42
// @severity   info
// @identity   subject
// @places     subject itself
// @version    2
// @verified   V2
// @param      as_of  date       today  "day the answer is for" / "统计日期"
// @param      area   string     null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      num    int[0..100]  3    "share required, numerator (inclusive)" / "比例分子（含本数）"
// @param      den    int[1..100]  5    "share required, denominator" / "比例分母"
// @reason     {both} of {n} members of the Party committee of {subject} sit on the residents' committee, {short} short of the share required
// @reason.zh  {subject}党组织班子成员{n}人，其中任居委会成员{both}人，距要求的比例还差{short}人
// @returns    subject, area, verdict, n, both, not_known, short, missing, evidence
// @source     城市居民委员会组织法 (2025) Art. 8(3), since 2026-01-01: members of both bodies may serve in both,
// @source     no share (text read, transcription). 天津 (社区党组织班子与居委会成员交叉任职不低于60%, wording read
// @source     on a public page, old); 《关于加强和改进城市基层党的建设工作的意见》(2019): “两委”班子成员交叉任职,
// @source     no share, read as quoted in other publications.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (c:Area {level: 'community'})
  RETURN c
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(c:Area {level: 'community'})
  WHERE w.since <= $as_of < w.until
  RETURN c
}
WITH c,
  COLLECT { MATCH (c)-[w:WITHIN]->(a)
            WHERE w.since <= $as_of < w.until
            RETURN a ORDER BY w.height, a.id } AS above,
  COLLECT { MATCH (c)<-[v:COVERS]-(o:PartyOrganization)
            WHERE o.level = 'community' AND v.since <= $as_of < v.until
            RETURN DISTINCT o ORDER BY o.id } AS organizations,
  COLLECT { MATCH (c)<-[v:COVERS]-(o:ResidentsCommittee)
            WHERE v.since <= $as_of < v.until
            RETURN DISTINCT o ORDER BY o.id } AS residents
WITH c, organizations, residents,
  COLLECT { UNWIND above AS s
            MATCH (s)-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['post', 'party_organization'] AND k.since <= $as_of < k.until
            RETURN {subject: k.subject, id: k.id} ORDER BY k.id } AS registers
WITH c, organizations, residents,
  [k IN registers WHERE k.subject = 'post' | k.id] AS posts,
  [k IN registers WHERE k.subject = 'party_organization' | k.id] AS organizations_listed,
  COLLECT { UNWIND organizations AS o
            MATCH (o)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.role IN ['secretary', 'deputy_secretary', 'committee_member']
              AND h.since <= $as_of < h.until
            RETURN {body: o.id, person: p.id, id: h.id} ORDER BY h.id } AS party,
  COLLECT { UNWIND residents AS o
            MATCH (o)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.role IN ['director', 'deputy_director', 'member']
              AND h.since <= $as_of < h.until
            RETURN {body: o.id, person: p.id, id: h.id} ORDER BY h.id } AS council,
  COLLECT { UNWIND organizations + residents AS o
            MATCH (o)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN {at: o.id, id: k.id} ORDER BY k.id } AS own
WITH c, organizations, residents, posts, organizations_listed, party, council, own,
  COLLECT { UNWIND party AS x RETURN DISTINCT x.person AS id ORDER BY id } AS members,
  COLLECT { UNWIND council AS x RETURN DISTINCT x.person AS id ORDER BY id } AS councillors,
  // Seats that may be held by a person who is not recorded; null, or of a term that may begin
  // after the day: not known how many.
  [o IN organizations WHERE size(posts) = 0 AND NOT any(k IN own WHERE k.at = o.id) |
    {id: o.id, seats: CASE WHEN o.elected_on > $as_of THEN null ELSE o.seats END, begins:
      [word IN coalesce(o.date_precision, []) WHERE o.elected_on <= $as_of < CASE word
        WHEN 'elected_on:month' THEN o.elected_on + duration({months: 1, days: -1})
        WHEN 'elected_on:year' THEN o.elected_on + duration({years: 1, days: -1}) END
       | o.id + '.elected_on']}] AS open_party,
  [o IN residents WHERE size(posts) = 0 AND NOT any(k IN own WHERE k.at = o.id) |
    {id: o.id, seats: CASE WHEN o.elected_on > $as_of THEN null ELSE o.seats END, begins:
      [word IN coalesce(o.date_precision, []) WHERE o.elected_on <= $as_of < CASE word
        WHEN 'elected_on:month' THEN o.elected_on + duration({months: 1, days: -1})
        WHEN 'elected_on:year' THEN o.elected_on + duration({years: 1, days: -1}) END
       | o.id + '.elected_on']}] AS open_council
WITH c, organizations, residents, posts, organizations_listed, party, council, own, members,
  councillors, open_party, open_council, [x IN members WHERE x IN councillors] AS shared,
  [o IN open_party WHERE o.seats IS NOT NULL AND size(o.begins) = 0 | o.seats
    - size(COLLECT { UNWIND party AS x WITH x WHERE x.body = o.id RETURN DISTINCT x.person AS y })] AS free_party,
  [o IN open_council WHERE o.seats IS NOT NULL AND size(o.begins) = 0 | o.seats
    - size(COLLECT { UNWIND council AS x WITH x WHERE x.body = o.id RETURN DISTINCT x.person AS y })] AS free_council
WITH c, organizations, residents, posts, organizations_listed, party, council, own, members,
  councillors, open_party, open_council, free_council, size(shared) AS both,
  size(free_party) = size(open_party) AS bounded,
  reduce(sum = 0, f IN free_party | sum + CASE WHEN f > 0 THEN f ELSE 0 END) AS vacant,
  reduce(sum = 0, f IN free_council | sum + CASE WHEN f > 0 THEN f ELSE 0 END) AS places
WITH c, organizations, residents, posts, organizations_listed, party, council, own, both, bounded,
  open_party, open_council, vacant, size(members) + vacant AS n, size(members) - both AS others,
  size(councillors) - both AS elsewhere,
  // Free places of the residents' committee; as many as there are members where not known.
  CASE WHEN size(free_council) = size(open_council) THEN places
       ELSE size(members) + vacant END AS places
WITH c, organizations, residents, posts, organizations_listed, party, council, own, both, bounded,
  open_party, open_council, n,
  // At most: others take the free places, new members those or come from the residents' committee.
  CASE WHEN (CASE WHEN others < places THEN others ELSE places END) + vacant < elsewhere + places
       THEN (CASE WHEN others < places THEN others ELSE places END) + vacant
       ELSE elsewhere + places END AS not_known
WITH c, organizations, residents, posts, organizations_listed, party, council, own, both, bounded,
  open_party, open_council, n, not_known,
  CASE WHEN size(organizations) = 0
       THEN CASE WHEN size(organizations_listed) > 0 THEN 'not_applicable' ELSE 'unknown' END
       WHEN size(residents) = 0
       THEN CASE WHEN size(posts) > 0 THEN 'not_applicable' ELSE 'unknown' END
       WHEN NOT bounded THEN 'unknown'
       WHEN n = 0 THEN 'not_applicable'
       WHEN both * $den >= $num * n THEN 'pass'
       WHEN (both + not_known) * $den < $num * n THEN 'fail'
       ELSE 'unknown' END AS verdict
RETURN c.id AS subject, c.id AS area, verdict, n, both, not_known,
  ($num * n + $den - 1) / $den - both AS short,
  CASE WHEN verdict <> 'unknown' THEN []
       WHEN size(organizations) = 0 THEN ['party_organization@' + c.id]
       WHEN size(residents) = 0 THEN ['post@' + c.id]
       ELSE [o IN open_party + open_council | 'post@' + o.id]
            + reduce(days = [], o IN [o IN open_party + open_council WHERE o.seats IS NOT NULL] | days + o.begins)
  END AS missing,
  CASE WHEN size(organizations) = 0 THEN organizations_listed
       WHEN size(residents) = 0 THEN posts
       ELSE [x IN party + council | x.id]
            + CASE WHEN verdict IN ['fail', 'not_applicable']
                   THEN [o IN open_party + open_council WHERE o.seats IS NOT NULL AND size(o.begins) = 0 | o.id]
                        + posts + [k IN own | k.id] ELSE [] END
  END AS evidence
ORDER BY subject
