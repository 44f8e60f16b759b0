// @title      Branches whose committee is missing or not in order
// @title.zh   支委会设置不规范
// @about      One row per branch, joint branch and functional branch. A committee is recorded where
// @about      at least one committee member is; its size counts the secretary and deputies too. With
// @about      fewer full members than the threshold no committee is needed, and its size and
// @about      portfolios are not asked. A portfolio held by the secretary or a deputy counts; of a
// @about      committee member without a recorded portfolio each may be meant.
// @about.zh   党支部、联合党支部、功能型党支部各一行。登记有支部委员即为设有支委会，人数含书记、副书记；
// @about.zh   正式党员不足规定人数的不要求设支委会。书记、副书记兼任的分工计入；未登记分工的委员视为可能承担。
// @rule       R04
// @severity   info..violation
// @identity   subject
// @places     subject bodies_at_places, subject organizations_at_buildings, subject organizations_at_seats
// @version    2
// @verified   V2
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      committee_threshold int[1..50] 7 "full members from which a committee is needed, persons" / "应设支委会的正式党员数（人）"
// @param      size_min         int[1..50]  3  "smallest committee, persons; as many committee members in a branch below the threshold are remarked" / "支委会最少人数（人）；不足规定党员数的支部，委员达到此数即提示"
// @param      size_normal_max  int[1..50]  5  "largest usual committee, persons" / "支委会一般最多人数（人）"
// @param      size_max         int[1..50]  7  "largest committee, persons" / "支委会最多人数（人）"
// @param      portfolios  strings{organization,publicity,discipline}  ["organization","publicity","discipline"]  "portfolios that a committee has; none = not asked" / "支委会应有的分工，空为不查"
// @reason     {subject} has {full_members} full members and a committee of {committee} persons: {findings}
// @reason.zh  {subject}有正式党员{full_members}人，书记、副书记和委员共{committee}人：{findings}
// @finding    no_committee "it needs a branch committee and has none" / "应设支部委员会而未设"
// @finding    too_small "the committee is too small" / "支委会人数偏少"
// @finding    too_large "the committee is too large" / "支委会人数超过上限"
// @finding    large "the committee is larger than usual" / "支委会人数超过一般规模"
// @finding    committee_not_needed "so few members need no committee, a secretary and if necessary a deputy will do" / "党员人数不足，可只设书记、必要时设副书记，不必设支委会"
// @finding    portfolio_missing "organization, publicity or discipline is no one's portfolio" / "组织、宣传、纪检委员未配齐"
// @tells      MEMBER_OF, REPORTED_TO, party_status, party_joined_on, party_full_on
// @returns    subject, area, full_members, not_known, committee, verdict, findings, severity, missing, evidence
// @source     中国共产党支部工作条例（试行） ch. 6 (wording read on public pages without article
// @source     numbers): seven full members and more have a committee of 3 to 5, as a rule not more
// @source     than 7; fewer have a secretary and, if necessary, a deputy.
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
  CASE b.tier WHEN 'functional_branch' THEN 'report' ELSE 'membership' END AS list,
  COLLECT { UNWIND [b] + grounds + above AS s
            MATCH (s)-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['post', 'membership', 'report'] AND k.since <= $as_of < k.until
            RETURN DISTINCT {subject: k.subject, id: k.id} AS k ORDER BY k.id } AS registers,
  COLLECT { MATCH (b)<-[m:MEMBER_OF|REPORTED_TO]-(p:Person)
            WHERE (type(m) = 'REPORTED_TO') = (b.tier = 'functional_branch')
              AND m.since <= $as_of < m.until
              AND coalesce(p.party_full_on, p.party_joined_on, $as_of) <= $as_of
            RETURN {id: m.id, person: p.id, full: coalesce(p.party_status, '') = 'full', open:
              CASE WHEN p.party_status IS NULL THEN p.id + '.party_status'
                   WHEN p.party_status = 'full' THEN [word IN coalesce(p.date_precision, []) WHERE $as_of < CASE
                     WHEN word = 'party_full_on:month' THEN p.party_full_on + duration({months: 1, days: -1})
                     WHEN word = 'party_full_on:year' THEN p.party_full_on + duration({years: 1, days: -1})
                     WHEN p.party_full_on IS NOT NULL THEN null
                     WHEN word = 'party_joined_on:month' THEN p.party_joined_on + duration({months: 1, days: -1})
                     WHEN word = 'party_joined_on:year' THEN p.party_joined_on + duration({years: 1, days: -1}) END
                    | p.id + '.' + split(word, ':')[0]][0] END} ORDER BY m.id } AS members,
  COLLECT { MATCH (b)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.role IN ['secretary', 'deputy_secretary', 'committee_member']
              AND h.since <= $as_of < h.until
            RETURN {id: h.id, person: p.id, member: h.role = 'committee_member', portfolio: h.portfolio}
            ORDER BY h.id } AS posts
WITH b, area, list, members, posts,
  [k IN registers WHERE k.subject = 'post' | k.id] AS posts_listed,
  [k IN registers WHERE k.subject = list | k.id] AS members_listed,
  size(COLLECT { UNWIND members AS m WITH m WHERE m.full AND m.open IS NULL RETURN DISTINCT m.person }) AS full_members,
  COLLECT { UNWIND members AS m WITH m WHERE m.open IS NOT NULL RETURN DISTINCT m.open AS m ORDER BY m } AS open,
  size(COLLECT { UNWIND posts AS h RETURN DISTINCT h.person }) AS committee,
  size(COLLECT { UNWIND posts AS h WITH h WHERE h.member RETURN DISTINCT h.person }) AS ordinary,
  [h IN posts WHERE h.member AND h.portfolio IS NULL | h.id + '.portfolio'] AS untold,
  [f IN $portfolios WHERE NOT any(h IN posts WHERE coalesce(h.portfolio, '') = f)] AS vacant
WITH b, area, list, members, posts, posts_listed, members_listed, full_members, open, committee,
  ordinary, untold, vacant, full_members >= $committee_threshold AS needed,
  size(members_listed) > 0 AND full_members + size(open) < $committee_threshold AS not_needed
WITH b, area, list, members, posts, posts_listed, members_listed, full_members, open, committee,
  untold, vacant, needed, not_needed,
  CASE WHEN NOT needed OR size(posts_listed) = 0 THEN []
       WHEN ordinary = 0 THEN ['no_committee']
       ELSE CASE WHEN committee < $size_min THEN ['too_small'] ELSE [] END
            + CASE WHEN size(vacant) > size(untold) THEN ['portfolio_missing'] ELSE [] END END
  + CASE WHEN committee > $size_max THEN ['too_large']
         WHEN committee > $size_normal_max THEN ['large'] ELSE [] END
  + CASE WHEN not_needed AND ordinary >= $size_min THEN ['committee_not_needed'] ELSE [] END AS findings
WITH b, area, list, members, posts, posts_listed, members_listed, full_members, open, committee, findings,
  CASE WHEN size(findings) > 0 THEN []
       ELSE CASE WHEN needed OR not_needed THEN []
                 ELSE CASE WHEN size(members_listed) = 0 THEN [list + '@' + b.id] ELSE [] END
                      + open END
            + CASE WHEN size(posts_listed) = 0 THEN ['post@' + b.id] ELSE [] END
            + CASE WHEN needed AND size(vacant) > 0 THEN untold ELSE [] END END AS missing
RETURN b.id AS subject, area, full_members, size(open) AS not_known, committee,
  CASE WHEN size(findings) > 0 THEN 'fail' WHEN size(missing) > 0 THEN 'unknown' ELSE 'pass' END AS verdict,
  findings,
  CASE WHEN size(findings) = 0 THEN null
       WHEN 'no_committee' IN findings THEN 'violation'
       WHEN 'too_small' IN findings OR 'too_large' IN findings THEN 'warning'
       ELSE 'info' END AS severity,
  missing,
  [m IN members WHERE m.full AND m.open IS NULL | m.id] + [h IN posts | h.id]
  + CASE WHEN size(missing) > 0 THEN [] ELSE members_listed + posts_listed END AS evidence
ORDER BY subject
