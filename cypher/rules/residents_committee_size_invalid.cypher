// @title      Residents' committees whose number of members is not valid
// @title.zh   居委会人数不合规
// @about      One row per residents' committee. Director, deputies and members count together. The
// @about      number is that of the seats; where it is not recorded, of the members who sit, if all
// @about      posts are listed. More members than allowed are known to be too many without a list.
// @about      vacancies: seats without a member, where posts are listed.
// @about.zh   每个居委会一行，主任、副主任和委员合计。人数以职数为准；职数不详而任职台账齐全的，以现任人数为准。
// @about.zh   现任人数已超过上限的，无须台账齐全即可判定。vacancies 为空缺人数（任职台账齐全时）。
// @rule       R49
// @severity   violation
// @identity   subject
// @places     subject bodies_at_places
// @version    2
// @verified   V1
// @param      as_of  date       today  "day the answer is for" / "统计日期"
// @param      area   string     null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      min    int[1..99] 5      "fewest members (inclusive), persons" / "人数下限（含，人）"
// @param      max    int[1..99] 9      "most members (inclusive), persons" / "人数上限（含，人）"
// @finding    too_few "fewer than the minimum" / "少于下限"
// @finding    too_many "more than the maximum" / "多于上限"
// @reason     {subject} has {n} members: {findings}
// @reason.zh  {subject}人数为{n}人：{findings}
// @returns    subject, area, n, seats, sitting, vacancies, verdict, findings, missing, evidence
// @source     城市居民委员会组织法 (2018) Art. 7, since 2026-01-01 (2025) Art. 8: director, deputies
// @source     and members, five to nine in all (texts read, transcriptions).
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (r:ResidentsCommittee)
  RETURN r
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Area)<-[v:COVERS]-(r:ResidentsCommittee)
  WHERE w.since <= $as_of < w.until AND v.since <= $as_of < v.until
  RETURN r
}
WITH r, COLLECT { MATCH (r)-[v:COVERS]->(x:Area)
                  WHERE v.since <= $as_of < v.until
                  RETURN x ORDER BY x.id } AS places
WHERE size(places) > 0
WITH r, COLLECT { UNWIND places AS x
                  MATCH (x)-[w:WITHIN]->(a)
                  WHERE w.since <= $as_of < w.until
                  WITH DISTINCT a, w.height AS height
                  RETURN a ORDER BY height, a.id } AS above
WITH r, above[0].id AS area,
  COLLECT { MATCH (r)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.role IN ['director', 'deputy_director', 'member']
              AND h.since <= $as_of < h.until
            RETURN {person: p.id, id: h.id} ORDER BY h.id } AS posts,
  COLLECT { UNWIND [r] + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k.id ORDER BY k.id } AS listed,
  [word IN coalesce(r.date_precision, []) WHERE r.elected_on <= $as_of < CASE word
    WHEN 'elected_on:month' THEN r.elected_on + duration({months: 1, days: -1})
    WHEN 'elected_on:year' THEN r.elected_on + duration({years: 1, days: -1}) END
   | r.id + '.elected_on'] AS begins
WITH r, area, posts, listed, begins,
  // Seats are those of the present term; for a day that is, or may be, before it they are not known.
  CASE WHEN r.elected_on > $as_of OR size(begins) > 0 THEN null ELSE r.seats END AS seats,
  size(COLLECT { UNWIND posts AS h RETURN DISTINCT h.person AS p }) AS sitting
WITH r, area, posts, listed, begins, seats, sitting,
  CASE WHEN sitting > $max THEN sitting
       // Where the term may begin after the day, seats and sitting members must be as many.
       WHEN size(begins) > 0 AND coalesce(r.seats, sitting) <> sitting THEN null
       WHEN seats IS NOT NULL THEN seats
       WHEN size(listed) > 0 THEN sitting END AS n
WITH r, area, posts, listed, begins, seats, sitting, n,
  CASE WHEN n < $min THEN ['too_few'] ELSE [] END
  + CASE WHEN n > $max THEN ['too_many'] ELSE [] END AS findings
RETURN r.id AS subject, area, n, seats, sitting,
  CASE WHEN size(listed) > 0 THEN seats - sitting END AS vacancies,
  CASE WHEN n IS NULL THEN 'unknown' WHEN size(findings) > 0 THEN 'fail' ELSE 'pass' END AS verdict,
  findings,
  CASE WHEN n IS NULL AND size(begins) > 0 AND r.seats IS NOT NULL
       THEN begins + CASE WHEN size(listed) > 0 THEN [] ELSE ['post@' + r.id] END
       WHEN n IS NULL THEN [r.id + '.seats', 'post@' + r.id] ELSE [] END AS missing,
  CASE WHEN n IS NULL THEN []
       WHEN sitting > $max THEN [h IN posts | h.id]
       WHEN seats IS NOT NULL THEN [r.id]
       ELSE [h IN posts | h.id] + listed END AS evidence
ORDER BY subject
