// @title      Communities where secretary and director are not one person
// @title.zh   社区书记与居委会主任未“一肩挑”
// @about      One row per community. Passes where a secretary of the community's Party organization
// @about      is also a director of its residents' committee. A secretary and a director who are both
// @about      known and differ need no register; a post without a holder is vacant only where the
// @about      list of posts is complete. Not applicable where one of the two bodies is known to be
// @about      missing; for a residents' committee a complete list of posts says so.
// @about      Eligible as director is who is registered or lives in the community, or has worked
// @about      there as a community worker for worker_months (a post of the residents' committee with a
// @about      known first day). Household registration is not recorded, so a secretary who neither
// @about      lives nor works there is unconfirmed, never ruled out. With resident_required, as the
// @about      law was before 2026, it is not possible (blocked_by not_resident) where every secretary
// @about      is known not to live there: a complete list of residences shows no home there, and no
// @about      home whose community is open. candidates: secretaries whose eligibility is known;
// @about      unconfirmed: those of whom it is not.
// @about.zh   每个社区一行：社区党组织书记同时任居委会主任的为通过。书记、主任均已知且非同一人的即不通过；
// @about.zh   缺任一人的，任职台账齐全方作空缺。两个组织已知缺一的不适用。
// @about.zh   户籍在本社区、或在本社区居住、或在本社区任社区工作者满 worker_months 个月（居委会任职起始日已知）的
// @about.zh   可参选。户籍没有登记，既不居住也未任职满期的列为待确认，不判为不可能。设 resident_required 时（2026年前的
// @about.zh   规定），书记均已知不在本社区居住的为不可能（not_resident），不算缺口。
// @rule       R22
// @severity   info..warning
// @identity   subject
// @places     subject itself
// @version    2
// @verified   V1
// @param      as_of              date    today  "day the answer is for" / "统计日期"
// @param      area               string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      resident_required  bool    false  "a secretary who is no resident of the community makes it not possible" / "书记不在本社区居住时判为不可能"
// @param      worker_months      int[0..60] 6   "months as a community worker there after which one may stand (inclusive); 0: none, only with resident_required off" / "在本社区任社区工作者满多少个月可参选（含）；0 为不适用，仅在不要求居住时有效"
// @finding    different          "secretary and director are two persons" / "书记与主任不是同一人"
// @finding    secretary_missing  "the Party organization has no secretary" / "社区党组织书记空缺"
// @finding    director_missing   "the residents' committee has no director" / "居委会主任空缺"
// @finding    not_resident       "the secretary does not live in the community and cannot be elected director" / "书记不在本社区居住，不能当选居委会主任"
// @reason     in {subject} secretary and director are not one person: {findings}
// @reason.zh  {subject}书记、主任未“一肩挑”：{findings}
// @tells      LIVES_IN
// @turns      HOLDS_POST + months worker_months
// @returns    subject, area, verdict, findings, missing, evidence, blocked_by, candidates:personal, unconfirmed:personal
// @source     城市居民委员会组织法 (2025) Art. 8(3): the head of the community's Party organization may be
// @source     director by lawful procedure; Art. 14, 16: elected; registered are residents by household
// @source     registration, those who live there, and community workers of six months (text read,
// @source     transcription; that such a worker may also be elected is a reading). Until 2026-01-01 the
// @source     2018 text, Art. 8: elected by the residents of the area (read in the same way).
// @source     关于加强和改进城市基层党的建设工作的意见, 2019 (全面推行社区党组织书记通过法定程序担任居委会主任;
// @source     read as quoted in other publications): policy, not law.
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
  COLLECT { MATCH (c)<-[v:COVERS]-(b:PartyOrganization)
            WHERE b.level = 'community' AND v.since <= $as_of < v.until
            RETURN DISTINCT b ORDER BY b.id } AS organizations,
  COLLECT { MATCH (c)<-[v:COVERS]-(b:ResidentsCommittee)
            WHERE v.since <= $as_of < v.until
            RETURN DISTINCT b ORDER BY b.id } AS committees,
  COLLECT { MATCH (c)-[w:WITHIN]->()-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['post', 'party_organization', 'residence']
              AND w.since <= $as_of < w.until AND k.since <= $as_of < k.until
            RETURN {subject: k.subject, id: k.id} ORDER BY k.id } AS registers
WITH c, organizations, committees, registers,
  COLLECT { UNWIND organizations AS b
            MATCH (b)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.role = 'secretary' AND h.since <= $as_of < h.until
            RETURN {person: p, body: b.id, post: h.id} ORDER BY h.id } AS secretaries,
  COLLECT { UNWIND committees AS b
            MATCH (b)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.role = 'director' AND h.since <= $as_of < h.until
            RETURN {id: p.id, body: b.id, post: h.id} ORDER BY h.id } AS directors,
  COLLECT { UNWIND organizations + committees AS b
            MATCH (b)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN {at: b.id, id: k.id} ORDER BY k.id } AS own,
  [k IN registers WHERE k.subject = 'post' | k.id] AS posts,
  [k IN registers WHERE k.subject = 'residence' | k.id] AS residences
WITH c, registers, organizations, committees, secretaries, directors, own, posts, residences,
  [x IN secretaries WHERE any(y IN directors WHERE y.id = x.person.id) | x.post]
  + [y IN directors WHERE any(x IN secretaries WHERE x.person.id = y.id) | y.post] AS both,
  [b IN organizations WHERE size(posts) = 0 AND NOT any(k IN own WHERE k.at = b.id)
     AND NOT any(x IN secretaries WHERE x.body = b.id) | 'post@' + b.id]
  + [b IN committees WHERE size(posts) = 0 AND NOT any(k IN own WHERE k.at = b.id)
     AND NOT any(y IN directors WHERE y.body = b.id) | 'post@' + b.id] AS vacant,
  [k IN registers WHERE k.subject = 'party_organization' AND size(organizations) = 0 | k.id]
  + CASE WHEN size(committees) = 0 THEN posts ELSE [] END AS absent,
  CASE WHEN size(organizations) = 0 THEN ['party_organization@' + c.id] ELSE [] END
  + CASE WHEN size(committees) = 0 THEN ['post@' + c.id] ELSE [] END AS bodies,
  COLLECT { UNWIND [x IN secretaries | x.person] AS p
            RETURN DISTINCT p ORDER BY p.id } AS persons
WITH c, committees, secretaries, directors, own, posts, residences, both, vacant, absent, bodies,
  COLLECT { UNWIND persons AS p
            RETURN {id: p.id,
              home: EXISTS { MATCH (p)-[v:LIVES_IN]->()-[w:WITHIN]->(y)
                             WHERE y = c AND v.since <= $as_of < v.until AND w.since <= $as_of < w.until },
              works: $worker_months > 0 AND EXISTS {
                MATCH (p)-[w:HOLDS_POST]->(y)
                WHERE y IN committees AND w.role = 'community_worker' AND w.since_known
                  AND w.since + duration({months: $worker_months}) <= $as_of < w.until },
              unplaced: EXISTS { MATCH (p)-[v:LIVES_IN]->(q)
                                 WHERE v.since <= $as_of < v.until AND NOT EXISTS {
                                   MATCH (q)-[w:WITHIN]->(y:Area)
                                   WHERE y.level = 'community' AND w.since <= $as_of < w.until } },
              listed: COLLECT { MATCH (p)-[k:COMPLETE_IN {subject: 'residence'}]->(:SourceDocument)
                                WHERE k.since <= $as_of < k.until
                                RETURN k.id ORDER BY k.id } + residences
            } ORDER BY p.id } AS judged
WITH c, secretaries, directors, own, posts, both, vacant, absent, bodies,
  [x IN judged | x {.id, .home, .listed,
    able: x.home OR (x.works AND NOT $resident_required),
    away: $resident_required AND NOT x.home AND NOT x.unplaced AND size(x.listed) > 0}] AS judged
WITH c, secretaries, directors, own, posts, both, vacant, absent, bodies, judged,
  CASE WHEN size(bodies) > 0 THEN CASE WHEN size(absent) > 0 THEN 'not_applicable' ELSE 'unknown' END
       WHEN size(both) > 0 THEN 'pass'
       WHEN size(judged) > 0 AND all(x IN judged WHERE x.away) THEN 'not_possible'
       WHEN size(vacant) > 0 THEN 'unknown'
       ELSE 'fail' END AS verdict
RETURN c.id AS subject, c.id AS area, verdict,
  CASE verdict WHEN 'not_possible' THEN ['not_resident']
               WHEN 'fail' THEN
                 CASE WHEN size(secretaries) = 0 THEN ['secretary_missing'] ELSE [] END
                 + CASE WHEN size(directors) = 0 THEN ['director_missing'] ELSE [] END
                 + CASE WHEN size(secretaries) > 0 AND size(directors) > 0 THEN ['different'] ELSE [] END
               ELSE [] END AS findings,
  CASE WHEN verdict <> 'unknown' THEN []
       WHEN size(bodies) > 0 THEN bodies ELSE vacant END AS missing,
  CASE verdict WHEN 'pass' THEN both
               WHEN 'not_applicable' THEN absent
               WHEN 'not_possible' THEN [x IN secretaries | x.post]
                 + COLLECT { UNWIND judged AS x
                             UNWIND x.listed AS id
                             RETURN DISTINCT id ORDER BY id }
               WHEN 'fail' THEN [x IN secretaries | x.post] + [y IN directors | y.post]
                 + CASE WHEN size(secretaries) > 0 AND size(directors) > 0 THEN []
                        ELSE COLLECT { UNWIND [k IN own | k.id] + posts AS id
                                       RETURN DISTINCT id ORDER BY id } END
               ELSE [] END AS evidence,
  CASE verdict WHEN 'not_possible' THEN ['not_resident'] ELSE [] END AS blocked_by,
  CASE WHEN verdict IN ['fail', 'unknown']
       THEN [x IN judged WHERE x.able | x.id] ELSE [] END AS candidates,
  CASE WHEN verdict IN ['fail', 'unknown']
       THEN [x IN judged WHERE NOT x.able AND NOT x.away | x.id] ELSE [] END AS unconfirmed
ORDER BY subject
