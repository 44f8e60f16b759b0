// @title      Quarters whose joint conference is overdue
// @title.zh   联席会议超期
// @about      One row per quarter. Wanted: a joint conference on the quarter or its community, held at
// @about      most period_days ago, at which every required party was present. A party is present
// @about      where one of its bodies is recorded so; absent where all its records say so, or where
// @about      it has no record and the arrangement that the conference belongs to names its parties
// @about      and not this one. A party known not to exist is not required. Property: the project or
// @about      the firm that runs it; community: the community's Party organization; social
// @about      organizations: teams and units of that kind that serve the quarter or its community.
// @about      not_evaluated: needs of the quarter that are resolved, still open and not evaluated;
// @about      with evaluation they fail the row. Severity: warning where no conference that may have
// @about      been full was held within warn_periods periods.
// @about.zh   每个小区一行：最近 period_days 天内召开过涉及本小区或本社区、各必到方均到会的联席会议即合格。
// @about.zh   到会以登记为准；没有登记、而会议所属机制列明的参与方中没有该方的，视为缺席；已知不存在的一方
// @about.zh   不要求。说商办评：已解决、未关闭、尚未评议的需求列入 not_evaluated，要求评议时判为不合格。
// @rule       R40
// @severity   info..warning
// @identity   subject
// @places     subject itself
// @version    1
// @verified   V2
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      period_days  int[1..3660]  90  "days, inclusive" / "周期（天，含）"
// @param      required     strings{quarter_branch,owners_committee,property,community_party_org,social_organization} ["quarter_branch","owners_committee","property","community_party_org"] "parties that must be present" / "必到方"
// @param      warn_periods int[1..100]   2   "periods after which it is a warning" / "超过几个周期升为提醒"
// @param      evaluation   bool          false "needs without the evaluation step fail too" / "未评议的需求也判为不合格"
// @reason     {subject}: {findings}
// @reason.zh  {subject}：{findings}
// @finding    overdue                    "no joint conference was held in the period" / "未按期召开联席会议"
// @finding    absent_quarter_branch      "the quarter's Party branch was absent" / "小区党支部缺席"
// @finding    absent_owners_committee    "the owners' committee was absent" / "业委会缺席"
// @finding    absent_property            "property service was absent" / "物业缺席"
// @finding    absent_community_party_org "the community's Party organization was absent" / "社区党组织缺席"
// @finding    absent_social_organization "social organizations were absent" / "社会组织缺席"
// @finding    not_evaluated              "resolved needs were not evaluated" / "已解决的需求未评议"
// @turns      held_on + days period_days, held_on + days warn_periods * period_days
// @returns    subject, area, verdict, severity, findings, last_held_on, not_evaluated, missing, evidence
// @source     石鼓区“五建五提升”, 2022-09-19 (monthly, 31 days; five parties); 城东区育才路社区, undated
// @source     (regular; 说商办评); quarterly in 十堰张湾 and 惠州仲恺 (wording read on public pages).
// @source     Two periods until a warning is an engineering default.
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
WITH q, [s IN above | s.id] AS areas,
  [q] + [s IN above WHERE s.level = 'community'] AS places,
  COLLECT { UNWIND [q] + above AS s
            MATCH (s)-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['meeting', 'need', 'team', 'owners_committee', 'party_organization',
                                'property_project'] AND k.since <= $as_of < k.until
            RETURN {subject: k.subject, at: s.id, id: k.id} ORDER BY k.id } AS registers
WITH q, areas[0] AS area, places, registers,
  COLLECT { UNWIND places AS s
            MATCH (s)<-[c:CONCERNS]-(m:Meeting)
            WHERE m.kind = 'joint_conference' AND m.status = 'held' AND c.since <= $as_of < c.until
              AND coalesce(m.held_on, $as_of) <= $as_of
            WITH DISTINCT m
            RETURN m ORDER BY coalesce(m.held_on, date('0001-01-01')), m.id } AS held,
  COLLECT { MATCH (q)<-[c:CONCERNS]-(n:Need)
            WHERE n.status = 'resolved' AND c.since <= $as_of < c.until
            RETURN DISTINCT n.id AS id ORDER BY id } AS not_evaluated,
  COLLECT { UNWIND places AS s
            MATCH (s)<-[v:COVERS|SERVES]-(x)
            WHERE v.since <= $as_of < v.until
            WITH x, CASE WHEN x:OwnersCommittee THEN 'owners_committee'
                         WHEN x:PropertyProject THEN 'property'
                         WHEN x:PartyOrganization AND x.level = 'community' AND s:Area
                         THEN 'community_party_org'
                         WHEN x:PartyOrganization AND x.level = 'quarter' AND s:Quarter
                           AND coalesce(x.tier, '') <> 'group' THEN 'quarter_branch'
                         WHEN (x:Team AND x.kind <> 'volunteer_team')
                           OR (x:Unit AND x.category = 'new_social_organization')
                         THEN 'social_organization' END AS party
            RETURN DISTINCT {party: party, id: x.id} AS b ORDER BY b.id }
  + COLLECT { MATCH (q)<-[v:SERVES]-(:PropertyProject)-[r:OPERATED_BY]->(f)
              WHERE v.since <= $as_of < v.until AND r.since <= $as_of < r.until
                AND (f:PropertyFirm OR f:Unit)
              RETURN DISTINCT {party: 'property', id: f.id} AS b ORDER BY b.id } AS bodies
WITH q, area, registers, held, not_evaluated,
  // A register on the quarter alone says nothing of the community's bodies.
  [p IN [{name: 'quarter_branch', list: 'party_organization', wide: false},
         {name: 'owners_committee', list: 'owners_committee', wide: false},
         {name: 'property', list: 'property_project', wide: false},
         {name: 'community_party_org', list: 'party_organization', wide: true},
         {name: 'social_organization', list: 'team', wide: true}] WHERE p.name IN $required | {
    name: p.name, open: p.list + '@' + q.id, bodies: [b IN bodies WHERE b.party = p.name | b.id],
    closed: any(k IN registers WHERE k.subject = p.list
                  AND (NOT p.wide OR (size(places) > 1 AND k.at <> q.id)))}] AS parties,
  [m IN held WHERE m.held_on IS NULL
     OR m.held_on + duration({days: $warn_periods * $period_days}) >= $as_of] AS window
WITH q, area, registers, held, not_evaluated, window,
  [p IN parties WHERE size(p.bodies) > 0 OR NOT p.closed] AS parties,
  COLLECT { UNWIND window AS m
            MATCH (m)<-[t:TAKES_PART_IN]-(x)
            WHERE t.since <= $as_of < t.until
            RETURN {meeting: m.id, body: x.id, present: t.present, id: t.id} ORDER BY t.id } AS records,
  COLLECT { UNWIND window AS m
            MATCH (m)-[r:PART_OF]->(k:Mechanism)
            WHERE k.kind = 'joint_meeting' AND k.parties IS NOT NULL AND r.since <= $as_of < r.until
            RETURN {meeting: m.id, parties: k.parties, id: r.id} ORDER BY r.id } AS arranged
WITH q, area, registers, held, not_evaluated,
  COLLECT { UNWIND window AS m
            UNWIND parties AS p
            WITH m, p, [r IN records WHERE r.meeting = m.id AND r.body IN p.bodies] AS mine,
              [a IN arranged WHERE a.meeting = m.id AND NOT p.name IN a.parties | a.id] AS left_out
            WITH m, p, mine, left_out, [r IN mine WHERE r.present | r.id] AS here,
              [r IN mine WHERE r.present IS NULL | r.id + '.present'] AS silent
            WITH m, p, mine, left_out, here, silent,
              CASE WHEN size(here) > 0 THEN 'present'
                   WHEN size(p.bodies) = 0 OR size(silent) > 0 THEN 'open'
                   WHEN size(mine) + size(left_out) > 0 THEN 'absent'
                   ELSE 'open' END AS state
            RETURN {meeting: m.id, party: p.name, state: state,
                    proof: CASE WHEN state = 'present' THEN here
                                WHEN size(mine) > 0 THEN [r IN mine | r.id] ELSE left_out END,
                    missing: CASE WHEN state <> 'open' THEN []
                      WHEN size(p.bodies) = 0 THEN [p.open]
                      WHEN size(silent) > 0 THEN silent
                      ELSE [p.bodies[0] + '~TAKES_PART_IN~' + m.id + '.present'] END}
            ORDER BY m.id, p.name } AS seats,
  [m IN window | {id: m.id, on: m.held_on, near: m.held_on IS NULL
     OR m.held_on + duration({days: $period_days}) >= $as_of}] AS window
WITH q, area, registers, held, not_evaluated, seats,
  [m IN window WHERE NOT any(x IN seats WHERE x.meeting = m.id AND x.state = 'absent')] AS fit,
  [m IN window WHERE m.near] AS near,
  [k IN registers WHERE k.subject = 'meeting' | k.id] AS lists,
  [k IN registers WHERE k.subject = 'need' | k.id] AS need_lists
WITH q, area, held, not_evaluated, seats, fit, near, lists, need_lists,
  [m IN fit WHERE m.near AND m.on IS NOT NULL
     AND all(x IN seats WHERE x.meeting <> m.id OR x.state = 'present') | m.id] AS full,
  [m IN fit WHERE m.near] AS possible
WITH q, area, held, not_evaluated, seats, fit, near, lists, need_lists, full, possible,
  CASE WHEN size(full) > 0 THEN 'pass'
       WHEN size(possible) > 0 OR size(lists) = 0 THEN 'unknown'
       ELSE 'fail' END AS conference,
  CASE WHEN NOT $evaluation THEN 'pass'
       WHEN size(not_evaluated) > 0 THEN 'fail'
       WHEN size(need_lists) = 0 THEN 'unknown'
       ELSE 'pass' END AS needs
WITH q, area, held, not_evaluated, seats, fit, near, lists, full, possible, conference, needs,
  CASE WHEN 'fail' IN [conference, needs] THEN 'fail'
       WHEN 'unknown' IN [conference, needs] THEN 'unknown'
       ELSE 'pass' END AS verdict
RETURN q.id AS subject, area, verdict,
  CASE WHEN verdict = 'fail' THEN
    CASE WHEN conference = 'fail' AND size(fit) = 0 THEN 'warning' ELSE 'info' END END AS severity,
  CASE WHEN conference <> 'fail' THEN []
       WHEN size(near) = 0 THEN ['overdue']
       ELSE [x IN seats WHERE x.meeting = last(near).id AND x.state = 'absent' | 'absent_' + x.party]
       END
  + CASE WHEN size(not_evaluated) > 0 THEN ['not_evaluated'] ELSE [] END AS findings,
  last(held).held_on AS last_held_on, not_evaluated,
  CASE WHEN verdict <> 'unknown' THEN []
       ELSE CASE WHEN conference = 'unknown' THEN
              CASE WHEN size(lists) = 0 THEN ['meeting@' + q.id] ELSE [] END
              + [m IN possible WHERE m.on IS NULL | m.id + '.held_on']
              + COLLECT { UNWIND seats AS x
                          WITH x WHERE any(m IN possible WHERE m.id = x.meeting)
                          UNWIND x.missing AS id
                          RETURN DISTINCT id ORDER BY id } ELSE [] END
            + CASE needs WHEN 'unknown' THEN ['need@' + q.id] ELSE [] END END AS missing,
  CASE WHEN conference = 'pass' THEN full ELSE [m IN near | m.id] END
  + COLLECT { UNWIND seats AS x
              WITH x WHERE (conference = 'pass' AND x.meeting IN full)
                OR (conference = 'fail' AND x.state = 'absent'
                    AND any(m IN near WHERE m.id = x.meeting))
              UNWIND x.proof AS id
              RETURN DISTINCT id ORDER BY id }
  + CASE conference WHEN 'fail' THEN lists ELSE [] END
  + CASE needs WHEN 'fail' THEN not_evaluated ELSE [] END AS evidence
ORDER BY subject
