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
// @version    1
// @verified   V1
// @param      as_of       date     today                   "day the answer is for" / "统计日期"
// @param      area        string   null                    "area id, null = everywhere" / "辖区编号，空为全部"
// @param      min_per_quarter int  1                       "persons required per quarter" / "每个小区至少人数"
// @param      kinds       strings  ["employee","seconded"] "kinds of employment that R27 bars" / "R27 所限任职性质"
// @param      affiliates  bool     true                    "the firm's parents and affiliates count as the firm" / "关联企业视同本企业"
// @reason     nobody of the community's two committees sits on the owners' committee of {subject}, or too few do
// @reason.zh  {subject}的业委会中社区“两委”成员不足
// @returns    subject, area, verdict, missing, evidence, blocked_by, candidates:personal, unconfirmed:personal
// @source     上海市居民委员会工作条例 Art. 20, 绍兴市物业管理条例 Art. 18 (texts read, transcriptions);
// @source     建房规〔2020〕10号 (public page): 符合条件的“两委”成员通过法定程序兼任.
MATCH (q:Quarter)
WITH q, COLLECT { MATCH (q)-[up:PART_OF*0..8]->(s)
                  WHERE all(e IN up WHERE e.since <= $as_of < e.until)
                  RETURN s ORDER BY size(up), s.id } AS chain
WITH q, chain, [s IN chain WHERE s:Area | s.id] AS areas
WHERE $area IS NULL OR $area IN areas
WITH q, chain, areas[0] AS area, [s IN chain WHERE s:Area AND s.level = 'community'] AS communities,
  COLLECT { MATCH (q)<-[c:COVERS]-(o:OwnersCommittee)
            WHERE o.kind = 'owners_committee' AND c.since <= $as_of < c.until
            RETURN DISTINCT o ORDER BY o.id } AS committees,
  COLLECT { MATCH (q)<-[v:SERVES]-(pp:PropertyProject)-[r:OPERATED_BY]->(f)
            WHERE v.since <= $as_of < v.until AND r.since <= $as_of < r.until
              AND (f:PropertyFirm OR f:Unit)
            RETURN {project: pp, firm: f} ORDER BY pp.id, f.id } AS firms,
  COLLECT { UNWIND chain AS s
            MATCH (s)<-[c:COVERS]-(b)
            WHERE s:Area AND s.level = 'community' AND c.since <= $as_of < c.until
              AND (b:ResidentsCommittee OR (b:PartyOrganization AND b.level = 'community'))
            RETURN DISTINCT b ORDER BY b.id } AS councils,
  COLLECT { UNWIND chain AS s
            MATCH (s)-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['post', 'ownership', 'owners_committee', 'party_organization']
              AND k.since <= $as_of < k.until
            RETURN {at: s.id, subject: k.subject, id: k.id} ORDER BY k.id } AS registers
WITH q, area, communities, committees, firms, councils, registers,
  // Members of the owners' committee whom R27 bars: their posts make no link.
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
WITH q, area, communities, committees, firms, councils, registers, barred,
  [b IN councils WHERE b:PartyOrganization] AS organizations,
  [b IN councils WHERE b:ResidentsCommittee] AS residents,
  COLLECT { UNWIND committees AS o
            MATCH (o)-[x:CROSS_APPOINTMENT]->(b)
            WHERE b IN councils AND x.since <= $as_of < x.until
              AND x.role_b IN ['secretary', 'deputy_secretary', 'committee_member',
                'director', 'deputy_director', 'member']
            RETURN x ORDER BY x.id } AS links,
  COLLECT { UNWIND councils AS b
            MATCH (b)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.since <= $as_of < h.until
              AND h.role IN ['secretary', 'deputy_secretary', 'committee_member',
                'director', 'deputy_director', 'member']
            RETURN DISTINCT p ORDER BY p.id } AS members,
  COLLECT { UNWIND committees + councils AS b
            MATCH (b)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN {at: b.id, id: k.id} ORDER BY k.id } AS own,
  [k IN registers WHERE k.subject = 'post'] AS posts,
  // Posts of the community's bodies are closed at the community or above, not at the quarter.
  [k IN registers WHERE k.subject = 'post' AND k.at <> q.id] AS above
WITH q, area, communities, committees, firms, councils, registers, barred, organizations, residents,
  links, members, own, posts, above, [x IN links WHERE NOT x.person IN barred] AS found,
  [o IN committees WHERE size(posts) = 0 AND NOT any(k IN own WHERE k.at = o.id) | 'post@' + o.id] AS open_committee,
  CASE WHEN size(communities) = 0 THEN ['area@' + q.id] ELSE
    [b IN councils WHERE size(above) = 0 AND NOT any(k IN own WHERE k.at = b.id) | 'post@' + b.id]
    + CASE WHEN size(organizations) > 0
             OR (size(councils) > 0 AND size(above) > 0)
             OR any(k IN registers WHERE k.subject = 'party_organization' AND k.at <> q.id) THEN []
           ELSE ['party_organization@' + communities[0].id] END
    + CASE WHEN size(residents) > 0 OR (size(councils) > 0 AND size(above) > 0) THEN []
           ELSE ['post@' + communities[0].id] END
  END AS open_councils,
  [k IN registers WHERE k.subject = 'owners_committee' | k.id] AS absent
WITH q, area, committees, firms, councils, registers, own, posts, found, members, open_committee,
  open_councils, absent,
  COLLECT { UNWIND found AS x RETURN DISTINCT x.person AS id ORDER BY id } AS seated
WITH q, area, committees, own, posts, found, open_committee, open_councils, absent, seated,
  COLLECT { UNWIND [m IN members WHERE NOT m.id IN seated] AS p
            RETURN {id: p.id,
              home: EXISTS { MATCH (p)-[w:OWNS_HOME_IN]->(y)
                             WHERE y = q AND w.since <= $as_of < w.until },
              listed: EXISTS { MATCH (p)-[k:COMPLETE_IN {subject: 'ownership'}]->(:SourceDocument)
                               WHERE k.since <= $as_of < k.until }
                OR any(k IN registers WHERE k.subject = 'ownership'),
              tied: any(x IN firms WHERE EXISTS {
                    MATCH (p)-[w:EMPLOYED_BY]->(g)
                    WHERE w.kind IN $kinds AND w.since <= $as_of < w.until
                      AND (g = x.firm OR ($affiliates AND EXISTS {
                        MATCH (g)-[us:SUBORDINATE_TO*1..3]-(y)
                        WHERE y = x.firm AND all(u IN us WHERE u.since <= $as_of < u.until) })) }
                  OR EXISTS {
                    MATCH (p)-[j:HOLDS_POST]->(y)
                    WHERE y = x.project AND j.role IN ['project_manager', 'staff']
                      AND j.since <= $as_of < j.until }),
              runs: EXISTS { MATCH (p)-[j:HOLDS_POST]->(pp:PropertyProject)-[v:SERVES]->(y)
                             WHERE y = q AND j.role IN ['project_manager', 'staff']
                               AND j.since <= $as_of < j.until AND v.since <= $as_of < v.until }
            } ORDER BY p.id } AS judged
WITH q, area, committees, own, posts, found, open_committee, open_councils, absent, seated,
  [x IN judged | x {.id, .home, .listed, by:
    CASE WHEN NOT x.home AND x.listed THEN ['R14'] ELSE [] END
    + CASE WHEN x.tied THEN ['R27'] ELSE [] END
    + CASE WHEN x.runs THEN ['R29'] ELSE [] END}] AS judged
WITH q, area, own, posts, found, open_committee, open_councils, absent, judged, committees,
  CASE WHEN size(committees) = 0 THEN CASE WHEN size(absent) > 0 THEN 'not_applicable' ELSE 'unknown' END
       WHEN size(seated) >= $min_per_quarter THEN 'pass'
       WHEN size(open_councils) = 0 AND any(x IN judged WHERE size(x.by) > 0)
         AND size(seated) + size([x IN judged WHERE size(x.by) = 0]) < $min_per_quarter
         THEN 'not_possible'
       WHEN size(open_committee) + size(open_councils) > 0 THEN 'unknown'
       ELSE 'fail' END AS verdict
WITH q, area, own, posts, found, open_committee, open_councils, absent, committees, verdict,
  CASE WHEN verdict IN ['pass', 'not_applicable'] OR size(committees) = 0 THEN [] ELSE judged END AS judged
RETURN q.id AS subject, area, verdict,
  CASE WHEN verdict <> 'unknown' THEN []
       WHEN size(committees) = 0 THEN ['owners_committee@' + q.id]
       ELSE open_committee + open_councils END AS missing,
  CASE verdict WHEN 'pass' THEN [x IN found | x.id]
               WHEN 'not_applicable' THEN absent
               WHEN 'unknown' THEN [x IN found | x.id]
               ELSE [x IN found | x.id]
                    + COLLECT { UNWIND own + posts AS k RETURN DISTINCT k.id AS id ORDER BY id } END AS evidence,
  COLLECT { UNWIND judged AS x
            UNWIND x.by AS id
            RETURN DISTINCT id ORDER BY id } AS blocked_by,
  [x IN judged WHERE size(x.by) = 0 AND x.home | x.id] AS candidates,
  [x IN judged WHERE size(x.by) = 0 AND NOT x.home AND NOT x.listed | x.id] AS unconfirmed
ORDER BY subject
