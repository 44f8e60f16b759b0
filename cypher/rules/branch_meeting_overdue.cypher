// @title      Branches whose meetings are overdue
// @title.zh   三会一课超期
// @about      One row per branch of the tiers asked for. A meeting counts if it was held, the branch
// @about      convened it, and it is at most so many days ago. The committee's meeting is asked of
// @about      branches that have a committee: of those known to have no committee member it is not.
// @about      Unknown where the list of meetings is open, or a meeting's day or convener is not
// @about      recorded.
// @about.zh   每个党支部一行。由本支部召集、已召开、在规定天数内的会议才算。支委会只对设支委会的支部检查，
// @about.zh   已知没有支部委员的不查。会议台账不齐，或会议日期、召集方未登记的为未知。
// @rule       R46
// @severity   info
// @identity   subject
// @places     subject bodies_at_places, subject organizations_at_buildings, subject organizations_at_seats
// @version    2
// @verified   V2
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      tiers  strings{branch,joint_branch,functional_branch} ["branch","joint_branch","functional_branch"] "tiers judged" / "检查的党支部类型"
// @param      general_days   int[1..3660]  92  "a general meeting at most so many days ago, inclusive" / "党员大会最长间隔（天，含）"
// @param      committee_days int[1..3660]  31  "a committee meeting at most so many days ago, inclusive" / "支委会最长间隔（天，含）"
// @reason     {subject}: {findings}
// @reason.zh  {subject}：{findings}
// @finding    general_meeting_overdue  "no general meeting of its members in the period" / "未按期召开党员大会"
// @finding    branch_committee_overdue "no meeting of its committee in the period" / "未按期召开支委会"
// @turns      held_on + days general_days, held_on + days committee_days
// @returns    subject, area, tier, last_general_on, last_committee_on, verdict, findings, missing, evidence
// @source     中国共产党支部工作条例（试行） Art. 12: the branch committee as a rule each month; a general meeting
// @source     each quarter of a year, article not verified (wording read on public pages); counted as 31
// @source     and 92 days.
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
WITH b WHERE b.tier IN $tiers
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
            WHERE k.subject IN ['meeting', 'post'] AND k.since <= $as_of < k.until
            RETURN DISTINCT {subject: k.subject, id: k.id} AS k ORDER BY k.id } AS registers,
  COLLECT { MATCH (b)<-[h:HOLDS_POST]-(:Person)
            WHERE h.role = 'committee_member' AND h.since <= $as_of < h.until
            RETURN h.id AS id ORDER BY id } AS seats,
  COLLECT { MATCH (b)-[t:TAKES_PART_IN]->(m:Meeting)
            WHERE m.kind IN ['general_meeting', 'branch_committee'] AND m.status = 'held'
              AND coalesce(t.role, 'convener') = 'convener' AND t.since <= $as_of < t.until
              AND coalesce(m.held_on, $as_of) <= $as_of
            RETURN {id: m.id, kind: m.kind, on: m.held_on,
                    open: CASE WHEN m.held_on IS NULL THEN [m.id + '.held_on'] ELSE [] END
                      + CASE WHEN t.role IS NULL THEN [t.id + '.role'] ELSE [] END}
            ORDER BY m.held_on, m.id } AS meetings
WITH b, area, seats, meetings,
  [k IN registers WHERE k.subject = 'meeting' | k.id] AS lists,
  [k IN registers WHERE k.subject = 'post' | k.id] AS posts
WITH b, area, meetings, lists, posts, seats,
  [p IN [{kind: 'general_meeting', days: $general_days, asked: true},
         {kind: 'branch_committee', days: $committee_days,
          asked: size(seats) > 0 OR size(posts) = 0}] WHERE p.asked | {
    kind: p.kind,
    held: [m IN meetings WHERE m.kind = p.kind AND size(m.open) = 0
                           AND m.on + duration({days: p.days}) >= $as_of | m.id],
    open: CASE WHEN size(lists) = 0 THEN ['meeting@' + b.id] ELSE [] END
      + CASE WHEN p.kind = 'branch_committee' AND size(seats) = 0 THEN ['post@' + b.id] ELSE [] END
      + reduce(all = [], m IN [m IN meetings WHERE m.kind = p.kind
               AND (m.on IS NULL OR m.on + duration({days: p.days}) >= $as_of)] | all + m.open)
  }] AS parts
WITH b, area, meetings, lists, posts, seats, parts,
  [p IN parts WHERE size(p.held) = 0 AND size(p.open) = 0 | p.kind + '_overdue'] AS findings
WITH b, area, meetings, lists, posts, seats, parts, findings,
  CASE WHEN size(findings) > 0 THEN 'fail'
       WHEN any(p IN parts WHERE size(p.held) = 0) THEN 'unknown'
       ELSE 'pass' END AS verdict
RETURN b.id AS subject, area, b.tier AS tier,
  last([m IN meetings WHERE m.kind = 'general_meeting' AND size(m.open) = 0 | m.on]) AS last_general_on,
  last([m IN meetings WHERE m.kind = 'branch_committee' AND size(m.open) = 0 | m.on]) AS last_committee_on,
  verdict, findings,
  CASE verdict WHEN 'unknown' THEN COLLECT {
      UNWIND parts AS p
      WITH p WHERE size(p.held) = 0
      UNWIND p.open AS x RETURN DISTINCT x ORDER BY x }
    ELSE [] END AS missing,
  CASE verdict WHEN 'fail' THEN lists + CASE WHEN 'branch_committee_overdue' IN findings THEN seats ELSE [] END
               WHEN 'pass' THEN reduce(all = [], p IN parts | all + p.held)
                 + CASE WHEN size(parts) = 1 THEN posts ELSE [] END
               ELSE [] END AS evidence
ORDER BY subject
