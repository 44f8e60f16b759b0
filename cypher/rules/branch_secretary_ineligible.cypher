// @title      Branches without a secretary, or whose secretary does not meet the conditions
// @title.zh   书记任职条件不符
// @about      One row per secretary of a branch, joint branch or functional branch, and one per
// @about      branch without a secretary. Asked: full membership, the years since it began, an
// @about      affiliation with some organization, and an affiliation with the branch itself or
// @about      having reported to it.
// @about.zh   党支部、联合党支部、功能型党支部的书记每任一行，没有书记的支部一行。查正式党员身份、党龄、
// @about.zh   有无组织关系，组织关系是否在本支部或已向本支部报到。
// @rule       R08
// @severity   warning..violation
// @identity   subject, secretary
// @places     subject bodies_at_places, subject organizations_at_buildings, subject organizations_at_seats
// @version    2
// @verified   V2
// @param      as_of      date        today  "day the answer is for" / "统计日期"
// @param      area       string      null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      min_years  int[0..20]  1      "years of full membership that a secretary needs, inclusive" / "书记最低党龄（年，含本数）"
// @reason     {subject}, secretary {secretary}: {findings}
// @reason.zh  {subject}（书记：{secretary}）{findings}
// @finding    no_secretary "the branch has no secretary" / "未配备书记"
// @finding    not_full_member "the secretary is not a full member" / "书记不是正式党员"
// @finding    too_recent "the secretary has been a full member for too short a time" / "书记党龄不足"
// @finding    no_organization "the secretary is affiliated with no organization" / "书记没有组织关系"
// @finding    not_of_branch "the secretary is neither affiliated with the branch nor reported to it" / "书记组织关系不在本支部，也未向本支部报到"
// @tells      MEMBER_OF, REPORTED_TO, party_status, party_joined_on, party_full_on
// @turns      party_full_on + years min_years
// @returns    subject, secretary, area, verdict, findings:sensitive, severity, missing, evidence
// @source     中国共产党支部工作条例（试行） Art. 23: as a rule a year of membership and more; 基层组织
// @source     选举工作条例 (2020) Art. 5: probationary members have no vote (wording of both read on
// @source     public pages).
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (b:PartyOrganization)
  RETURN b
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-()<-[c:COVERS]-(b:PartyOrganization)
  WHERE w.since <= $as_of < w.until AND c.since <= $as_of < c.until
  RETURN b
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-()<-[i:BASED_IN]-()<-[c:COVERS]-(b:PartyOrganization)
  WHERE w.since <= $as_of < w.until AND i.since <= $as_of < i.until AND c.since <= $as_of < c.until
  RETURN b
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[up:PART_OF*1..4]-()<-[c:COVERS]-(b:PartyOrganization)
  WHERE w.since <= $as_of < w.until AND all(e IN up + [c] WHERE e.since <= $as_of < e.until)
  RETURN b
}
WITH b WHERE b.tier IN ['branch', 'joint_branch', 'functional_branch']
WITH b,
  [(b)-[c:COVERS]->(x)
   WHERE c.since <= $as_of < c.until | x] AS covered,
  [(b)-[c:COVERS]->()-[i:BASED_IN]->(x)
   WHERE c.since <= $as_of < c.until AND i.since <= $as_of < i.until | x] AS seats
WITH b, reduce(found = covered + seats, y IN [x IN covered WHERE x:Building OR x:Grid]
  | found + [(y)-[up:PART_OF*1..4]->(x)
             WHERE (x:Building OR x:Quarter) AND all(e IN up WHERE e.since <= $as_of < e.until) | x]) AS grounds
WHERE size(grounds) > 0 OR EXISTS { MATCH (b)-[r:SUBORDINATE_TO]-() WHERE r.since <= $as_of < r.until }
WITH b, grounds, COLLECT { UNWIND grounds AS x
                            MATCH (x)-[w:WITHIN]->(a)
                            WHERE w.since <= $as_of < w.until
                            WITH DISTINCT a, w.height AS height
                            RETURN a ORDER BY height, a.id } AS above
WITH b,
  above[0].id AS area,
  COLLECT { UNWIND [b] + grounds + above AS s
            MATCH (s)-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['post', 'membership', 'report'] AND k.since <= $as_of < k.until
            RETURN DISTINCT {subject: k.subject, id: k.id} AS k ORDER BY k.id } AS registers,
  COLLECT { MATCH (b)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.role = 'secretary' AND h.since <= $as_of < h.until
            RETURN {id: h.id, person: p} ORDER BY h.id } AS posts
UNWIND CASE WHEN size(posts) = 0 THEN [{id: null, person: null}] ELSE posts END AS post
WITH b, area, post.person AS p, post.id AS post,
  [k IN registers WHERE k.subject = 'post' | k.id] AS posts_listed,
  [k IN registers WHERE k.subject = 'membership' | k.id] AS members_listed,
  [k IN registers WHERE k.subject = 'report' | k.id] AS reports_listed
WITH b, area, p, post, posts_listed, members_listed, reports_listed,
  CASE WHEN p IS NULL THEN [] ELSE COLLECT {
    MATCH (p)-[m:MEMBER_OF]->(x)
    WHERE m.since <= $as_of < m.until
    RETURN {id: m.id, here: x = b} ORDER BY m.id } END AS memberships,
  CASE WHEN p IS NULL THEN [] ELSE COLLECT {
    MATCH (p)-[r:REPORTED_TO]->(x)
    WHERE x = b AND r.since <= $as_of < r.until
    RETURN r.id ORDER BY r.id } END AS reports,
  coalesce(p.party_status, 'full') = 'full'
    AND coalesce(p.party_full_on, p.party_joined_on, $as_of) <= $as_of AS full
WITH b, area, p, post, posts_listed, members_listed, reports_listed, memberships, reports, full,
  size(reports) > 0 OR any(m IN memberships WHERE m.here) AS linked
WITH b, area, p, post, posts_listed, members_listed, reports_listed, memberships, reports,
  CASE WHEN p IS NULL THEN CASE WHEN size(posts_listed) > 0 THEN ['no_secretary'] ELSE [] END
       ELSE CASE WHEN NOT full THEN ['not_full_member']
                 WHEN p.party_full_on + duration({years: $min_years}) > $as_of THEN ['too_recent']
                 ELSE [] END
            + CASE WHEN size(memberships) = 0 AND size(members_listed) > 0
                   THEN ['no_organization'] ELSE [] END
            + CASE WHEN NOT linked AND size(reports_listed) > 0
                     AND size(memberships) + size(members_listed) > 0
                   THEN ['not_of_branch'] ELSE [] END
  END AS findings,
  CASE WHEN p IS NULL THEN ['post@' + b.id]
       ELSE CASE WHEN full AND p.party_status IS NULL THEN [p.id + '.party_status'] ELSE [] END
            + CASE WHEN full AND p.party_full_on IS NULL THEN [p.id + '.party_full_on'] ELSE [] END
            // The month or year does not tell whether the years are over, or whether the person had joined.
            + [word IN coalesce(p.date_precision, []) WHERE $as_of < CASE
                WHEN word = 'party_full_on:month'
                THEN p.party_full_on + duration({months: 1, days: -1}) + duration({years: $min_years})
                WHEN word = 'party_full_on:year'
                THEN p.party_full_on + duration({years: 1, days: -1}) + duration({years: $min_years})
                WHEN p.party_full_on IS NOT NULL THEN null
                WHEN word = 'party_joined_on:month' THEN p.party_joined_on + duration({months: 1, days: -1})
                WHEN word = 'party_joined_on:year' THEN p.party_joined_on + duration({years: 1, days: -1}) END
               | p.id + '.' + split(word, ':')[0]]
            + CASE WHEN size(memberships) + size(members_listed) > 0 THEN []
                   ELSE ['membership@' + b.id] END
            + CASE WHEN linked OR size(reports_listed) > 0 THEN [] ELSE ['report@' + b.id] END
  END AS open
RETURN b.id AS subject, p.id AS secretary, area,
  CASE WHEN size(findings) > 0 THEN 'fail' WHEN size(open) > 0 THEN 'unknown' ELSE 'pass' END AS verdict,
  findings,
  CASE WHEN size(findings) = 0 THEN null
       WHEN 'not_full_member' IN findings THEN 'violation' ELSE 'warning' END AS severity,
  CASE WHEN size(findings) > 0 THEN [] ELSE open END AS missing,
  CASE WHEN p IS NULL THEN posts_listed
       ELSE [post, p.id] + [m IN memberships | m.id] + reports
            + CASE WHEN 'no_organization' IN findings OR ('not_of_branch' IN findings AND size(memberships) = 0)
                   THEN members_listed ELSE [] END
            + CASE WHEN 'not_of_branch' IN findings THEN reports_listed ELSE [] END END AS evidence
ORDER BY subject, secretary
