// @title      Part-time members who are not eligible
// @title.zh   兼职委员资格不符
// @about      One row per post of a part-time member of a Party organization. Tested: (a) Party
// @about      member; (b) an allowed category: the capacity of the post, or secretary of the Party
// @about      organization of a co-building unit or of a co-building quarter (unit_party_head), seat on
// @about      an owners' committee (owners_committee_member) or head of a property project
// @about      (project_manager) of the place; (c) the unit for which a unit's head sits is based in the
// @about      place or community, or serves it or an area above; (d) no full member of the same
// @about      committee, or of the two committees of the same community; (e) the end of the term has
// @about      not passed; (f) membership was not moved here on the day of the post; (g) unpaid.
// @about      Not known where none fails and a fact is missing: Party status, capacity (and no edge
// @about      shows a category), end of the term, pay, where the unit is. (c) is asked only of units
// @about      that are recorded as co-builders, (d) and (f) only of what is recorded.
// @about.zh   每个兼职委员职务一行，核对：（a）党员；（b）任职身份属允许类别，或为共建单位、共建小区党组织书记，
// @about.zh   或为当地业委会成员、物业项目负责人；（c）所代表单位位于或服务本地；（d）未同时任本党组织或同一
// @about.zh   社区“两委”正式委员；（e）任期未届满；（f）组织关系未随任职转入；（g）不取酬。
// @about.zh   无一项不符但缺党员身份、任职身份、任期、报酬或单位所在地的，为无法判断。
// @rule       R24
// @severity   warning
// @identity   subject, post
// @places     body bodies_at_places, body organizations_at_buildings
// @version    2
// @verified   V2
// @param      as_of               date    today  "day the answer is for" / "统计日期"
// @param      area                string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      allowed_categories  strings{unit_party_head,police,medical,grid_worker,employed_member,resident_member,deputy,unit_owner_representative,other,owners_committee_member,project_manager}  ["unit_party_head","police","medical","grid_worker","employed_member","resident_member","deputy","owners_committee_member","project_manager"]  "in what quality a person may be a part-time member" / "可任兼职委员的身份类别"
// @param      same_term_as_body   bool    true   "a post without an end of its own ends with the term of the body" / "职务未注明任期的，随该党组织任期"
// @param      check_pay           bool    true   "the post has to be unpaid" / "要求不取酬"
// @finding    not_party_member    "no Party member" / "不是党员"
// @finding    category_not_allowed  "in no allowed category" / "不属允许的身份类别"
// @finding    unit_elsewhere      "the unit is neither based here nor serves the place" / "所代表单位不在本地，也不服务本地"
// @finding    full_member         "already a full member of this committee or of the community's two committees" / "已是本党组织或社区“两委”正式委员"
// @finding    term_over           "the term is over" / "任期已届满"
// @finding    membership_moved    "Party membership was moved here with the post" / "组织关系随任职转入"
// @finding    paid                "the post is paid" / "兼职取酬"
// @reason     {subject}, part-time member of {body}: {findings}
// @reason.zh  {body}兼职委员{subject}：{findings}
// @tells      MEMBER_OF, EMPLOYED_BY, party_status, party_joined_on, paid, capacity
// @returns    subject, post, body, area, verdict, findings:sensitive, missing, evidence
// @source     淡水街道“大党委”, 2022-05-25 (heads of Party organizations of organs, institutions,
// @source     enterprises, new organizations and quarters); 浏阳 2013 (unpaid, affiliation unchanged) and
// @source     local texts, public pages; 建房规〔2020〕10号 for committee members and project managers.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (b:PartyOrganization)<-[h:HOLDS_POST]-(p)
  WHERE h.role = 'part_time_member' AND h.since <= $as_of < h.until
  RETURN p, h, b
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-()<-[v:COVERS]-(b:PartyOrganization)<-[h:HOLDS_POST]-(p)
  WHERE h.role = 'part_time_member' AND h.since <= $as_of < h.until
    AND w.since <= $as_of < w.until AND v.since <= $as_of < v.until
  RETURN p, h, b
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[up:PART_OF*1..4]-()<-[v:COVERS]-(b:PartyOrganization)
    <-[h:HOLDS_POST]-(p)
  WHERE h.role = 'part_time_member' AND h.since <= $as_of < h.until
    AND w.since <= $as_of < w.until AND all(e IN up + [v] WHERE e.since <= $as_of < e.until)
  RETURN p, h, b
}
WITH p, h, b,
  COLLECT { MATCH (b)-[v:COVERS]->(x)
            WHERE v.since <= $as_of < v.until
            RETURN DISTINCT x ORDER BY x.id } AS places
WITH p, h, b, places, places + COLLECT {
  UNWIND places AS y
  MATCH (y)-[up:PART_OF*1..4]->(x:Quarter)
  WHERE y:Building AND all(e IN up WHERE e.since <= $as_of < e.until)
  RETURN x ORDER BY x.id } AS placed
WITH p, h, b, places, COLLECT { UNWIND placed AS x
                                MATCH (x)-[w:WITHIN]->(a)
                                WHERE w.since <= $as_of < w.until
                                WITH DISTINCT a, w.height AS height
                                RETURN a ORDER BY height, a.id } AS above
WITH p, h, b, places, above, places + [s IN above WHERE s.level = 'community'] AS grounds,
  // Co-builders that the person heads: the unit's Party organization, or the quarter's own.
  COLLECT { MATCH (p)-[y:HOLDS_POST]->(o:PartyOrganization)-[v:COVERS]->(u)-[x:CO_BUILDS]->(t)
            WHERE t = b AND y.role = 'secretary' AND (u:Unit OR u:PropertyFirm)
              AND y.since <= $as_of < y.until AND v.since <= $as_of < v.until
              AND x.since <= $as_of < x.until
            RETURN {unit: u, edges: [y.id, v.id, x.id]} ORDER BY y.id, v.id, x.id } AS heads,
  COLLECT { MATCH (p)-[y:HOLDS_POST]->(o:PartyOrganization)-[x:CO_BUILDS]->(t)
            WHERE t = b AND y.role = 'secretary' AND o.level = 'quarter'
              AND y.since <= $as_of < y.until AND x.since <= $as_of < x.until
            RETURN [y.id, x.id] AS edges ORDER BY y.id, x.id } AS quarter_heads,
  COLLECT { MATCH (p)-[w:EMPLOYED_BY]->(u)-[x:CO_BUILDS]->(t)
            WHERE t = b AND h.capacity = 'unit_party_head' AND w.kind IN ['employee', 'seconded']
              AND w.since <= $as_of < w.until AND x.since <= $as_of < x.until
            RETURN {unit: u, edges: [w.id, x.id]} ORDER BY w.id, x.id } AS employers,
  COLLECT { MATCH (p)-[y:HOLDS_POST]->(o)
            WHERE y.since <= $as_of < y.until
              AND ((o:PartyOrganization AND y.role IN ['secretary', 'deputy_secretary', 'committee_member'])
                OR (o:ResidentsCommittee AND y.role IN ['director', 'deputy_director', 'member']))
              AND (o = b OR EXISTS { MATCH (o)-[v:COVERS]->(x:Area)
                                     WHERE x IN places AND v.since <= $as_of < v.until
                                       AND (o:ResidentsCommittee OR o.level = 'community') })
            RETURN y.id ORDER BY y.id } AS full,
  COLLECT { MATCH (p)-[m:MEMBER_OF]->(t)
            WHERE t = b AND m.since = h.since AND m.since_known AND $as_of < m.until
            RETURN m.id ORDER BY m.id } AS moved,
  CASE WHEN h.term_until IS NOT NULL THEN h.term_until
       WHEN $same_term_as_body AND coalesce(b.elected_on, $as_of) <= $as_of
         THEN coalesce(b.extended_until, b.term_until) END AS ends_on,
  // Days of the post or the body of which the month or year does not tell whether the term is over, or has begun.
  CASE WHEN h.term_until IS NOT NULL THEN
         [word IN coalesce(h.date_precision, []) WHERE $as_of < h.term_until AND $as_of >= CASE word
           WHEN 'term_until:month' THEN h.term_until - duration({months: 1, days: -1})
           WHEN 'term_until:year' THEN h.term_until - duration({years: 1, days: -1}) END
          | h.id + '.term_until']
       WHEN NOT $same_term_as_body THEN []
       ELSE [word IN coalesce(b.date_precision, []) WHERE b.elected_on <= $as_of < CASE word
           WHEN 'elected_on:month' THEN b.elected_on + duration({months: 1, days: -1})
           WHEN 'elected_on:year' THEN b.elected_on + duration({years: 1, days: -1}) END
          | b.id + '.elected_on']
       + [word IN coalesce(b.date_precision, []) WHERE $as_of < coalesce(b.extended_until, b.term_until) AND $as_of >= CASE
           WHEN word = 'extended_until:month' THEN b.extended_until - duration({months: 1, days: -1})
           WHEN word = 'extended_until:year' THEN b.extended_until - duration({years: 1, days: -1})
           WHEN b.extended_until IS NOT NULL THEN null
           WHEN word = 'term_until:month' THEN b.term_until - duration({months: 1, days: -1})
           WHEN word = 'term_until:year' THEN b.term_until - duration({years: 1, days: -1}) END
          | b.id + '.' + split(word, ':')[0]] END AS days,
  CASE WHEN p.party_status = 'none' OR p.party_joined_on > $as_of THEN []
       ELSE [word IN coalesce(p.date_precision, []) WHERE p.party_joined_on <= $as_of < CASE word
           WHEN 'party_joined_on:month' THEN p.party_joined_on + duration({months: 1, days: -1})
           WHEN 'party_joined_on:year' THEN p.party_joined_on + duration({years: 1, days: -1}) END
          | p.id + '.party_joined_on'] END AS joined,
  CASE WHEN p.party_status IS NOT NULL
       THEN p.party_status <> 'none' AND coalesce(p.party_joined_on, $as_of) <= $as_of END AS member
WITH p, h, b, above, grounds, heads, quarter_heads, full, moved, ends_on, days, joined, member,
  COLLECT { MATCH (p)-[y:HOLDS_POST]->(o)-[v:COVERS|SERVES]->(:Quarter)-[w:WITHIN*0..1]->(s)
            WHERE ((o:OwnersCommittee AND y.role IN ['chair', 'vice_chair', 'member'])
                OR (o:PropertyProject AND y.role = 'project_manager'))
              AND s IN grounds AND all(e IN [y, v] + w WHERE e.since <= $as_of < e.until)
            RETURN DISTINCT {category: CASE WHEN o:PropertyProject THEN 'project_manager'
                                            ELSE 'owners_committee_member' END, id: y.id} AS x
            ORDER BY x.id } AS seats,
  COLLECT { UNWIND heads + employers AS x
            RETURN DISTINCT x.unit AS u ORDER BY u.id } AS units
WITH p, h, b, above, grounds, heads, quarter_heads, full, moved, ends_on, days, joined, member, seats,
  COLLECT { UNWIND units AS u
            RETURN {id: u.id,
              here: EXISTS { MATCH (u)-[v:BASED_IN|SERVES]->()-[w:WITHIN*0..1]->(s)
                             WHERE s IN grounds AND all(e IN [v] + w WHERE e.since <= $as_of < e.until) }
                OR EXISTS { MATCH (u)-[w:SERVES]->(s)
                            WHERE s IN above AND w.since <= $as_of < w.until },
              // A quarter stands elsewhere only if the area that it is in is not above this place.
              elsewhere: COLLECT { MATCH (u)-[w:BASED_IN]->(y)-[up:PART_OF*0..1]->(s:Area)
                                   WHERE size(up) = CASE WHEN y:Area THEN 0 ELSE 1 END
                                     AND NOT s IN above AND w.since <= $as_of < w.until
                                     AND all(e IN up WHERE e.since <= $as_of < e.until)
                                   RETURN w.id ORDER BY w.id }}
            ORDER BY u.id } AS units,
  [c IN [h.capacity] WHERE c IS NOT NULL]
  + CASE WHEN size(heads) + size(quarter_heads) > 0 THEN ['unit_party_head'] ELSE [] END
  + [x IN seats | x.category] AS categories
WITH p, h, b, above, units, full, moved, ends_on, days, joined, member, seats, heads, quarter_heads,
  any(c IN categories WHERE c IN $allowed_categories) AS allowed,
  size(units) > 0 AND all(u IN units WHERE NOT u.here AND size(u.elsewhere) > 0) AS away,
  [u IN units WHERE NOT any(x IN units WHERE x.here) AND size(u.elsewhere) = 0 | 'area@' + u.id] AS unplaced
WITH p, h, b, above, units, full, moved, ends_on, days, joined, member, seats, heads, quarter_heads, allowed, away,
  unplaced,
  CASE WHEN NOT member THEN ['not_party_member'] ELSE [] END
  + CASE WHEN NOT allowed AND h.capacity IS NOT NULL THEN ['category_not_allowed'] ELSE [] END
  + CASE WHEN away THEN ['unit_elsewhere'] ELSE [] END
  + CASE WHEN size(full) > 0 THEN ['full_member'] ELSE [] END
  + CASE WHEN ends_on <= $as_of AND size(days) = 0 THEN ['term_over'] ELSE [] END
  + CASE WHEN size(moved) > 0 THEN ['membership_moved'] ELSE [] END
  + CASE WHEN $check_pay AND h.paid THEN ['paid'] ELSE [] END AS findings,
  CASE WHEN member IS NULL THEN [p.id + '.party_status'] ELSE joined END
  + CASE WHEN NOT allowed AND h.capacity IS NULL THEN [h.id + '.capacity'] ELSE [] END
  + CASE WHEN ends_on IS NULL THEN [h.id + '.term_until'] ELSE days END
  + CASE WHEN $check_pay AND h.paid IS NULL THEN [h.id + '.paid'] ELSE [] END
  + unplaced AS open
WITH p, h, b, above, units, full, moved, seats, heads, quarter_heads, findings, open,
  CASE WHEN size(findings) > 0 THEN 'fail' WHEN size(open) > 0 THEN 'unknown' ELSE 'pass' END AS verdict
RETURN p.id AS subject, h.id AS post, b.id AS body, above[0].id AS area, verdict, findings,
  CASE verdict WHEN 'unknown' THEN open ELSE [] END AS missing,
  [h.id] + CASE verdict WHEN 'fail' THEN full + moved
      + CASE WHEN 'not_party_member' IN findings THEN [p.id] ELSE [] END
      + CASE WHEN 'term_over' IN findings AND h.term_until IS NULL THEN [b.id] ELSE [] END
      + COLLECT { UNWIND [u IN units WHERE 'unit_elsewhere' IN findings] AS u
                  UNWIND u.elsewhere AS id
                  RETURN id ORDER BY id }
    ELSE COLLECT { UNWIND [x IN heads | x.edges] + quarter_heads + [x IN seats | [x.id]] AS edges
                   UNWIND edges AS id
                   RETURN DISTINCT id ORDER BY id } END AS evidence
ORDER BY post
