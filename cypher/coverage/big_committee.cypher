// @title      Communities with an extended Party committee at work
// @title.zh   社区大党委（兼职委员、成员单位）
// @about      Covered: the community's Party organization has a part-time member or a co-building
// @about      unit; or it is marked as extended, which says that it exists but not its size.
// @about      part_time_members, co_builders: null where the number is not known.
// @about.zh   社区党组织有兼职委员或共建单位即为覆盖；仅标明设有大党委的，存在而规模不详。
// @dimension    10
// @subject      Area
// @denominator  area
// @places       subject itself
// @closes       post, co_building
// @reason       {subject} has no extended Party committee at work
// @reason.zh    {subject}的大党委没有兼职委员和共建单位
// @rules        R23, R25
// @measure      part_time_members sum "part-time members" / "兼职委员数"
// @measure      co_builders sum "co-building units" / "共建单位数"
// @claim        big_committee.total covered
// @claim        big_committee.persons part_time_members
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @returns    subject, area, state, since, missing, evidence, part_time_members, co_builders
// @source     淡水街道“大党委”, 2022-05-25; 天元区“幸福邻聚里”, 2020-12-22.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (c:Area {level: 'community'})
  RETURN c
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(c:Area {level: 'community'})
  WHERE w.since <= $as_of < w.until
  RETURN c
}
WITH c, COLLECT { MATCH (c)-[w:WITHIN]->(a)
                  WHERE w.since <= $as_of < w.until
                  RETURN a ORDER BY w.height, a.id } AS above
WITH c, above, above[0].id AS area,
  COLLECT { MATCH (c)<-[v:COVERS]-(b:PartyOrganization)
            WHERE b.level = 'community' AND v.since <= $as_of < v.until
            RETURN DISTINCT b ORDER BY b.id } AS bodies
WITH c, above, area, bodies,
  COLLECT { UNWIND bodies AS b
            MATCH (b)<-[h:HOLDS_POST]-(:Person)
            WHERE h.role = 'part_time_member' AND h.since <= $as_of < h.until
            RETURN h ORDER BY h.since, h.id } AS posts,
  COLLECT { UNWIND bodies AS b
            MATCH (b)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.role = 'part_time_member' AND h.since <= $as_of < h.until
            RETURN DISTINCT p.id AS id ORDER BY id } AS persons,
  COLLECT { UNWIND bodies AS b
            MATCH (b)<-[x:CO_BUILDS]-()
            WHERE x.since <= $as_of < x.until
            RETURN x ORDER BY x.since, x.id } AS links,
  COLLECT { UNWIND bodies AS b
            MATCH (b)<-[x:CO_BUILDS]-(u)
            WHERE x.since <= $as_of < x.until
            RETURN DISTINCT u.id AS id ORDER BY id } AS units,
  COLLECT { UNWIND bodies AS b
            MATCH (b)<-[e:HOLDS_POST|CO_BUILDS]-()
            WHERE coalesce(e.role, 'part_time_member') = 'part_time_member' AND e.until <= $as_of
            RETURN e.until ORDER BY e.until DESC LIMIT 1 } AS ended,
  // Extended on the day, or not yet: the month or year does not tell.
  reduce(days = [], b IN [b IN bodies WHERE b.extended_committee] | days
    + [word IN coalesce(b.date_precision, []) WHERE b.extended_since <= $as_of < CASE word
        WHEN 'extended_since:month' THEN b.extended_since + duration({months: 1, days: -1})
        WHEN 'extended_since:year' THEN b.extended_since + duration({years: 1, days: -1}) END
       | b.id + '.extended_since']) AS days,
  COLLECT { UNWIND bodies + above AS s
            MATCH (s)-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['post', 'co_building', 'party_organization']
              AND k.since <= $as_of < k.until
            RETURN {at: s.id, subject: k.subject, id: k.id, since: k.since}
            ORDER BY k.since, k.id } AS registers
WITH c, area, bodies, posts, persons, links, units, ended, days,
  [b IN bodies WHERE b.extended_committee AND coalesce(b.extended_since, $as_of) <= $as_of
     AND NOT b.id + '.extended_since' IN days] AS extended, [s IN above | s.id] AS places,
  registers, [k IN registers WHERE k.subject = 'party_organization'] AS organizations
// What one register leaves open, the others cannot close: each body needs both.
WITH c, area, bodies, posts, persons, links, units, ended, days, extended, registers, organizations,
  [b IN bodies WHERE NOT any(k IN registers WHERE k.subject = 'post' AND k.at IN [b.id] + places)
   | 'post@' + b.id] AS open_posts,
  [b IN bodies WHERE NOT any(k IN registers WHERE k.subject = 'co_building' AND k.at IN [b.id] + places)
   | 'co_building@' + b.id] AS open_links,
  CASE WHEN size(bodies) > 0 THEN [k IN registers WHERE k.subject <> 'party_organization']
       ELSE organizations END AS closing
WITH c, area, posts, persons, links, units, ended, days, extended, closing, open_posts, open_links, bodies,
  COLLECT { UNWIND closing AS k
            WITH k.subject AS subject, min(k.since) AS since
            RETURN since ORDER BY since DESC LIMIT 1 } AS closed_since,
  CASE WHEN size(bodies) = 0 AND size(organizations) = 0 THEN ['party_organization@' + c.id]
       ELSE open_posts + open_links END AS open
WITH c, area, posts, persons, links, units, ended, days, extended, closing, closed_since, open, open_posts,
  open_links, bodies,
  CASE WHEN size(posts) + size(links) + size(extended) > 0 THEN 'covered'
       WHEN size(open) + size(days) = 0 THEN 'gap'
       ELSE 'unknown' END AS state
RETURN c.id AS subject, area, state,
  CASE state WHEN 'covered' THEN
               COLLECT { UNWIND [e IN posts + links | e.since] + [b IN extended | b.extended_since] AS since
                         WITH since WHERE since IS NOT NULL
                         RETURN since ORDER BY since LIMIT 1 }[0]
             WHEN 'gap' THEN coalesce(ended[0], closed_since[0]) END AS since,
  CASE state WHEN 'unknown' THEN days + open ELSE [] END AS missing,
  CASE state WHEN 'covered' THEN [h IN posts | h.id] + [x IN links | x.id] + [b IN extended | b.id]
             WHEN 'gap' THEN [k IN closing | k.id]
             ELSE [] END AS evidence,
  CASE WHEN size(persons) > 0 OR (size(open_posts) = 0 AND size(open) = 0) THEN size(persons)
       WHEN size(bodies) > 0 AND size(open_posts) = 0 THEN 0 END AS part_time_members,
  CASE WHEN size(units) > 0 OR (size(open_links) = 0 AND size(open) = 0) THEN size(units)
       WHEN size(bodies) > 0 AND size(open_links) = 0 THEN 0 END AS co_builders
ORDER BY subject
