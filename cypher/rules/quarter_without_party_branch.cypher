// @title      Quarters that should have a Party branch and have none
// @title.zh   应建未建小区党支部
// @about      One row per quarter. A branch, joint branch or functional branch that covers it passes.
// @about      Else the full members who live there are counted: those affiliated with the community's
// @about      organization or one below it (direct), on request also those who reported to it
// @about      (with_reported; info where the branch is due only with them). Too few, all lists
// @about      complete: not applicable, a joint branch will do.
// @about.zh   每个小区一行。有党支部、联合党支部或功能型党支部覆盖的为通过；没有的，计居住在本小区、组织关系
// @about.zh   在社区党组织（含下级）的正式党员（direct），可另计已报到党员（with_reported，靠其达到人数的
// @about.zh   仅作提示）。人数不足且台账齐全的不适用，可建联合党支部。
// @rule       R01
// @severity   info..violation
// @identity   subject
// @places     subject itself
// @version    2
// @verified   V2
// @param      as_of             date        today  "day the answer is for" / "统计日期"
// @param      area              string      null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      min_full_members  int[1..50]  3      "full members from which a branch is due, persons" / "应建党支部的正式党员数（人）"
// @param      count_basis  string{direct,with_reported}  "direct"  "whom to count: affiliated members, or those who reported too" / "计数口径：仅组织关系，或含已报到党员"
// @param      quarter_duty bool  false  "the locality binds every quarter to form a branch (violation, else warning)" / "当地规定小区应建尽建（按违规，否则按提醒）"
// @reason     {full_members} full members of the community live in {subject} ({with_reported} with those who reported), and no branch covers it
// @reason.zh  {subject}有组织关系在本社区的正式党员{full_members}人（含已报到党员{with_reported}人），没有党支部覆盖
// @tells      MEMBER_OF, REPORTED_TO, LIVES_IN, party_status, party_joined_on, party_full_on
// @returns    subject, area, full_members, with_reported, not_known, verdict, severity, missing, evidence
// @source     中国共产党支部工作条例（试行） Art. 4 (wording read on a public page): three full members
// @source     and more form a branch; it names the community as the unit. To take the quarter is local
// @source     practice: 石鼓区, 淡水街道, 天元区, each stated in one document, not law.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (q:Quarter)
  RETURN q
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(q:Quarter)
  WHERE w.since <= $as_of < w.until
  RETURN q
}
WITH q, COLLECT { MATCH (q)-[w:WITHIN]->(a)
                  WHERE w.since <= $as_of < w.until
                  RETURN a ORDER BY w.height, a.id } AS above
WITH q, above, [s IN above | s.id] AS areas,
  [s IN above WHERE s.level = 'community'] AS communities,
  COLLECT { MATCH (q)<-[c:COVERS]-(b:PartyOrganization)
            WHERE b.tier IN ['branch', 'joint_branch', 'functional_branch']
              AND c.since <= $as_of < c.until
            RETURN c.id ORDER BY c.id } AS found,
  COLLECT { MATCH (q)<-[c:COVERS]-(b:PartyOrganization)
            WHERE b.tier IS NULL AND c.since <= $as_of < c.until
            RETURN DISTINCT b.id + '.tier' AS tier ORDER BY tier } AS untold,
  COLLECT { UNWIND [q] + above AS s
            MATCH (s)-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['party_organization', 'residence', 'membership', 'report']
              AND k.since <= $as_of < k.until
            RETURN {at: s.id, subject: k.subject, id: k.id} ORDER BY k.id } AS registers
WITH q, areas[0] AS area, communities, found, untold, registers,
  [k IN registers WHERE k.subject = 'party_organization' | k.id] AS branches_listed,
  // Members are counted only where they decide.
  size(found) = 0 AND any(k IN registers WHERE k.subject = 'party_organization') AS counted,
  COLLECT { UNWIND communities AS s
            MATCH (s)<-[c:COVERS]-(o:PartyOrganization {level: 'community'})
            WHERE c.since <= $as_of < c.until
            RETURN DISTINCT o ORDER BY o.id } AS organizations
WITH q, area, communities, found, untold, registers, branches_listed, organizations, counted,
  CASE WHEN NOT counted THEN [] ELSE COLLECT {
    MATCH (q)<-[l:LIVES_IN]-(p:Person)
    WHERE l.since <= $as_of < l.until AND coalesce(p.party_status, 'full') = 'full'
      AND coalesce(p.party_full_on, p.party_joined_on, $as_of) <= $as_of
    RETURN {id: l.id, person: p} ORDER BY l.id } END AS residents
WITH q, area, communities, found, untold, registers, branches_listed, organizations, counted,
  COLLECT { UNWIND residents AS r
            UNWIND [r.person] AS p
            MATCH (p)-[m:MEMBER_OF|REPORTED_TO]->(x)-[up:SUBORDINATE_TO*0..8]->(o)
            WHERE o IN organizations AND all(e IN [m] + up WHERE e.since <= $as_of < e.until)
              AND (type(m) = 'MEMBER_OF' OR $count_basis = 'with_reported')
            RETURN DISTINCT {person: p.id, lives: r.id, tie: m.id, direct: type(m) = 'MEMBER_OF', open:
              CASE WHEN p.party_status IS NULL THEN p.id + '.party_status'
                   ELSE [word IN coalesce(p.date_precision, []) WHERE $as_of < CASE
                     WHEN word = 'party_full_on:month' THEN p.party_full_on + duration({months: 1, days: -1})
                     WHEN word = 'party_full_on:year' THEN p.party_full_on + duration({years: 1, days: -1})
                     WHEN p.party_full_on IS NOT NULL THEN null
                     WHEN word = 'party_joined_on:month' THEN p.party_joined_on + duration({months: 1, days: -1})
                     WHEN word = 'party_joined_on:year' THEN p.party_joined_on + duration({years: 1, days: -1}) END
                    | p.id + '.' + split(word, ':')[0]][0] END} AS x ORDER BY x.tie, x.lives } AS ties
WITH q, area, communities, found, untold, registers, branches_listed, organizations, counted, ties,
  size(COLLECT { UNWIND ties AS t WITH t WHERE t.direct AND t.open IS NULL RETURN DISTINCT t.person }) AS full_members,
  size(COLLECT { UNWIND ties AS t WITH t WHERE t.open IS NULL RETURN DISTINCT t.person }) AS with_reported,
  COLLECT { UNWIND ties AS t WITH t WHERE t.open IS NOT NULL RETURN DISTINCT t.open AS m ORDER BY m } AS open,
  [k IN registers WHERE k.subject IN ['residence', 'membership']
     OR (k.subject = 'report' AND $count_basis = 'with_reported') | k] AS members_listed
WITH q, area, found, untold, branches_listed, counted, ties, full_members, with_reported, open, members_listed,
  CASE WHEN size(branches_listed) = 0 THEN ['party_organization@' + q.id] ELSE untold
    + CASE WHEN with_reported >= $min_full_members THEN []
           ELSE [f IN ['residence', 'membership', 'report']
                 WHERE (f <> 'report' OR $count_basis = 'with_reported')
                   AND NOT any(k IN members_listed WHERE k.subject = f) | f + '@' + q.id]
             + CASE WHEN size(communities) = 0 THEN ['area@' + q.id]
                    WHEN size(organizations) > 0
                      OR any(k IN registers WHERE k.subject = 'party_organization' AND k.at <> q.id) THEN []
                    ELSE ['party_organization@' + communities[0].id] END
             + CASE WHEN with_reported + size(open) < $min_full_members THEN []
                    ELSE open END END END AS missing
WITH q, area, found, branches_listed, counted, ties, full_members, with_reported, open, members_listed, missing,
  CASE WHEN size(found) > 0 THEN 'pass'
       WHEN size(missing) > 0 THEN 'unknown'
       WHEN with_reported >= $min_full_members THEN 'fail'
       ELSE 'not_applicable' END AS verdict
RETURN q.id AS subject, area, CASE WHEN counted THEN full_members END AS full_members,
  CASE WHEN counted THEN with_reported END AS with_reported,
  CASE WHEN counted THEN size(open) END AS not_known, verdict,
  CASE WHEN verdict <> 'fail' THEN null
       WHEN full_members < $min_full_members THEN 'info'
       WHEN $quarter_duty THEN 'violation' ELSE 'warning' END AS severity,
  CASE verdict WHEN 'unknown' THEN missing ELSE [] END AS missing,
  CASE verdict WHEN 'pass' THEN found
               WHEN 'fail' THEN branches_listed
                 + COLLECT { UNWIND [t IN ties WHERE t.open IS NULL] AS t
                             UNWIND [t.lives, t.tie] AS id
                             RETURN DISTINCT id ORDER BY id }
               WHEN 'not_applicable' THEN branches_listed + [k IN members_listed | k.id]
               ELSE [] END AS evidence
ORDER BY subject
