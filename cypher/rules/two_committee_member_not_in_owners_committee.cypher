// @title      Quarters without a community committee member on the owners' committee
// @title.zh   无社区“两委”成员进入业委会
// @about      One row per quarter. Counted: persons who sit on the owners' committee and in the
// @about      community's Party organization or residents' committee (no part-time members), and
// @about      whom R27 does not bar. Not possible where all members of the two committees are known
// @about      and too few of them own a home there or are free. candidates own a home and nothing
// @about      bars them; unconfirmed: whether they own one is not known.
// @about.zh   每个小区一行：社区“两委”成员（不含兼职委员）在业委会任职的人数；“两委”成员均已知，
// @about.zh   且在本小区有房又不受限者不足的，为不可能，不算缺口。
// @rule       R19
// @severity   info
// @identity   subject
// @places     subject itself
// @version    1
// @verified   V1
// @param      as_of       date     today                   "day the answer is for" / "统计日期"
// @param      area        string   null                    "area id, null = everywhere" / "辖区编号，空为全部"
// @param      min_per_quarter int  1                       "persons required per quarter" / "每个小区至少人数"
// @param      kinds       strings  ["employee","seconded"] "kinds of employment that R27 bars" / "R27 所限任职性质"
// @param      affiliates  bool     true                    "the firm's parents and affiliates count as the firm" / "关联企业视同本企业"
// @reason     no one of the community's two committees sits on the owners' committee of {subject}, or too few do
// @reason.zh  {subject}的业委会中社区“两委”成员不足
// @tells      OWNS_HOME_IN, EMPLOYED_BY
// @returns    subject, area, verdict, missing, evidence, blocked_by, candidates:personal, unconfirmed:personal
// @source     上海市居民委员会工作条例 Art. 20, 绍兴市物业管理条例 Art. 18 (texts read, transcriptions);
// @source     建房规〔2020〕10号 (public page): 符合条件的“两委”成员通过法定程序兼任.
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
  [(q)-[w:WITHIN*0..1]->(s)-[k:COMPLETE_IN]->(:SourceDocument)
   WHERE k.subject IN ['post', 'ownership', 'owners_committee', 'party_organization']
     AND all(e IN w + [k] WHERE e.since <= $as_of < e.until)
   | {at: s.id, subject: k.subject, id: k.id}] AS registers,
  COLLECT { MATCH (q)<-[c:COVERS]-(o:OwnersCommittee)
            WHERE o.kind = 'owners_committee' AND c.since <= $as_of < c.until
            RETURN DISTINCT o ORDER BY o.id } AS committees
WITH q, registers, committees,
  reduce(low = null, key IN within | CASE WHEN low < key THEN low ELSE key END) AS low
WITH q, registers, committees, substring(low, 1) AS area,
  // The area is the community where there is one: nothing lies below it.
  CASE WHEN low STARTS WITH '0' THEN substring(low, 1) END AS community,
  // The other bodies matter only where there is a committee to sit on; how often each is found does not.
  CASE WHEN size(committees) = 0 THEN [] ELSE
    [(q)-[w:WITHIN]->(:Area {level: 'community'})<-[c:COVERS]-(b)
     WHERE w.since <= $as_of < w.until AND c.since <= $as_of < c.until
       AND (b:ResidentsCommittee OR (b:PartyOrganization AND b.level = 'community')) | b] END AS councils,
  CASE WHEN size(committees) = 0 THEN [] ELSE
    [(q)<-[v:SERVES]-(pp:PropertyProject)
     WHERE v.since <= $as_of < v.until | pp] END AS projects
WITH q, area, community, committees, councils, registers,
  reduce(found = [], pp IN projects
    | found + [(pp)-[r:OPERATED_BY]->(f)
               WHERE r.since <= $as_of < r.until AND (f:PropertyFirm OR f:Unit)
               | {project: pp, firm: f}]) AS firms,
  reduce(found = [], pp IN projects
    | found + [(pp)<-[j:HOLDS_POST]-(p:Person)
               WHERE j.role IN ['project_manager', 'staff'] AND j.since <= $as_of < j.until
               | {project: pp, person: p.id}]) AS manned
WITH q, area, community, committees, councils, registers, [x IN manned | x.person] AS crew,
  [x IN manned WHERE any(y IN firms WHERE y.project = x.project) | x.person] AS firm_crew,
  reduce(found = [x IN firms | x.firm], f IN CASE WHEN $affiliates THEN [x IN firms | x.firm] ELSE [] END
    | found + [(f)-[us:SUBORDINATE_TO*1..3]-(g)
               WHERE all(u IN us WHERE u.since <= $as_of < u.until) | g]) AS employers
WITH q, area, community, committees, councils, registers, crew, firm_crew, employers,
  // Who works for the firm: R27 bars them from the owners' committee, so that they make no link.
  // When they held a post there does not matter: links are those of today.
  reduce(found = firm_crew, o IN CASE WHEN size(employers) = 0 THEN [] ELSE committees END
    | found + [(o)<-[:HOLDS_POST]-(p:Person)-[w:EMPLOYED_BY]->(g)
               WHERE g IN employers AND w.kind IN $kinds AND w.since <= $as_of < w.until | p.id]) AS tied
WITH q, area, community, committees, councils, registers, crew, firm_crew, employers,
  reduce(found = [], o IN CASE WHEN size(councils) = 0 THEN [] ELSE committees END
    | found + [(o)-[x:CROSS_APPOINTMENT]->(b)
               WHERE b IN councils AND NOT x.person IN tied AND x.since <= $as_of < x.until
                 AND x.role_b IN ['secretary', 'deputy_secretary', 'committee_member',
                   'director', 'deputy_director', 'member']
               | {id: x.id, person: x.person}]) AS found,
  CASE WHEN size(committees) = 0 THEN [] ELSE reduce(found = [], b IN committees + councils
    | found + [(b)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
               WHERE k.since <= $as_of < k.until | {at: b.id, id: k.id}]) END AS own,
  [k IN registers WHERE k.subject = 'post'] AS posts,
  // Posts of the community's bodies are closed at the community or above, not at the quarter.
  [k IN registers WHERE k.subject = 'post' AND k.at <> q.id] AS above
WITH q, area, community, committees, councils, registers, crew, firm_crew, employers, own, posts, above, found,
  [o IN committees WHERE size(posts) = 0 AND NOT any(k IN own WHERE k.at = o.id) | 'post@' + o.id] AS open_committee,
  CASE WHEN community IS NULL THEN [] ELSE
    [b IN councils WHERE size(above) = 0 AND NOT any(k IN own WHERE k.at = b.id) | 'post@' + b.id] END AS unlisted,
  [k IN registers WHERE k.subject = 'owners_committee' | k.id] AS absent
WITH q, area, committees, councils, registers, crew, firm_crew, employers, own, posts, found, open_committee,
  CASE WHEN size(unlisted) = 0 THEN [] ELSE
    COLLECT { UNWIND unlisted AS m RETURN DISTINCT m AS m ORDER BY m } END
  + CASE WHEN community IS NULL THEN ['area@' + q.id] ELSE
    CASE WHEN any(b IN councils WHERE b:PartyOrganization)
             OR (size(councils) > 0 AND size(above) > 0)
             OR any(k IN registers WHERE k.subject = 'party_organization' AND k.at <> q.id) THEN []
           ELSE ['party_organization@' + community] END
    + CASE WHEN any(b IN councils WHERE b:ResidentsCommittee) OR (size(councils) > 0 AND size(above) > 0) THEN []
           ELSE ['post@' + community] END END AS open_councils,
  absent,
  CASE WHEN size(found) = 0 THEN [] ELSE
    COLLECT { UNWIND found AS x RETURN x.id AS id ORDER BY id } END AS links,
  CASE WHEN size(found) = 0 THEN [] ELSE
    COLLECT { UNWIND found AS x RETURN DISTINCT x.person AS id ORDER BY id } END AS seated
// Whom to ask, where too few sit: the other members, and what stands against them.
WITH q, area, committees, registers, crew, firm_crew, employers, own, posts, links, open_committee,
  open_councils, absent, seated,
  CASE WHEN size(councils) = 0 OR size(seated) >= $min_per_quarter THEN [] ELSE COLLECT {
    UNWIND councils AS b
    MATCH (b)<-[h:HOLDS_POST]-(p:Person)
    WHERE h.since <= $as_of < h.until AND NOT p.id IN seated
      AND h.role IN ['secretary', 'deputy_secretary', 'committee_member',
        'director', 'deputy_director', 'member']
    RETURN DISTINCT p ORDER BY p.id } END AS others
WITH q, area, committees, crew, firm_crew, own, posts, links, open_committee, open_councils, absent,
  seated, others, any(k IN registers WHERE k.subject = 'ownership') AS owners_listed,
  reduce(found = [], p IN others
    | found + [(p)-[w:OWNS_HOME_IN]->(y)
               WHERE y = q AND w.since <= $as_of < w.until | p.id]) AS at_home,
  reduce(found = [], p IN others
    | found + [(p)-[k:COMPLETE_IN {subject: 'ownership'}]->(:SourceDocument)
               WHERE k.since <= $as_of < k.until | p.id]) AS homes_listed,
  reduce(found = [], p IN CASE WHEN size(employers) = 0 THEN [] ELSE others END
    | found + [(p)-[w:EMPLOYED_BY]->(g)
               WHERE g IN employers AND w.kind IN $kinds AND w.since <= $as_of < w.until | p.id]) AS employed
WITH q, area, committees, own, posts, links, open_committee, open_councils, absent, seated,
  [p IN others | {id: p.id, home: p.id IN at_home,
    listed: owners_listed OR p.id IN homes_listed, by:
    CASE WHEN NOT p.id IN at_home AND (owners_listed OR p.id IN homes_listed) THEN ['R14'] ELSE [] END
    + CASE WHEN p.id IN employed OR p.id IN firm_crew THEN ['R27'] ELSE [] END
    + CASE WHEN p.id IN crew THEN ['R29'] ELSE [] END}] AS judged
WITH q, area, own, posts, links, open_committee, open_councils, absent, judged, committees,
  CASE WHEN size(committees) = 0 THEN CASE WHEN size(absent) > 0 THEN 'not_applicable' ELSE 'unknown' END
       WHEN size(seated) >= $min_per_quarter THEN 'pass'
       WHEN size(open_councils) = 0 AND any(x IN judged WHERE size(x.by) > 0)
         AND size(seated) + size([x IN judged WHERE size(x.by) = 0]) < $min_per_quarter
         THEN 'not_possible'
       WHEN size(open_committee) + size(open_councils) > 0 THEN 'unknown'
       ELSE 'fail' END AS verdict
RETURN q.id AS subject, area, verdict,
  CASE WHEN verdict <> 'unknown' THEN []
       WHEN size(committees) = 0 THEN ['owners_committee@' + q.id]
       ELSE open_committee + open_councils END AS missing,
  CASE verdict WHEN 'pass' THEN links
               WHEN 'not_applicable' THEN COLLECT { UNWIND absent AS id RETURN id ORDER BY id }
               WHEN 'unknown' THEN links
               ELSE links
                    + COLLECT { UNWIND own + posts AS k RETURN DISTINCT k.id AS id ORDER BY id } END AS evidence,
  [r IN ['R14', 'R27', 'R29'] WHERE any(x IN judged WHERE r IN x.by)] AS blocked_by,
  [x IN judged WHERE size(x.by) = 0 AND x.home | x.id] AS candidates,
  [x IN judged WHERE size(x.by) = 0 AND NOT x.home AND NOT x.listed | x.id] AS unconfirmed
ORDER BY subject
