// @title      Owners' committees whose number of seats is not valid
// @title.zh   业委会人数不合规
// @about      One row per owners' committee, interim ones left out. The number is that of the
// @about      seats; where it is not recorded, of the members who sit, if all posts are listed.
// @about      A small quarter may have fewer: by households, by floor area, or by either. The
// @about      quarters of a committee are added up. That the chair is a member needs no check:
// @about      the chair's post is a seat. vacancies: seats without a member, where posts are listed.
// @about.zh   每个业委会一行（不含物管会）。人数以职数为准；职数不详而任职台账齐全的，以现任人数为准。
// @about.zh   小型小区（按户数或建筑面积）可适用较低下限；覆盖多个小区的合并计算。
// @about.zh   vacancies 为空缺人数（任职台账齐全时）。
// @rule       R11
// @severity   info..violation
// @identity   subject
// @places     subject bodies_at_places
// @version    3
// @verified   V1
// @param      as_of                         date    today  "day the answer is for" / "统计日期"
// @param      area                          string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      min                           int[1..99] 5    "fewest seats (inclusive), persons" / "人数下限（含，人）"
// @param      max                           int[1..99] 11   "most seats (inclusive), persons" / "人数上限（含，人）"
// @param      max_enforced                  bool    true   "above the maximum is a violation, else only worth a look" / "超过上限作违规，否则仅提示"
// @param      odd                           bool    true   "the number must be odd" / "人数须为单数"
// @param      small_min                     int[1..99] 3    "fewest seats of a small quarter (inclusive), persons" / "小型小区人数下限（含，人）"
// @param      small_if_households_below     int[0..100000] 101  "a quarter with fewer households is small; 0: no such case" / "户数少于此数为小型小区（户），0 为不设"
// @param      small_if_floor_area_at_most   int[0..10000000] 0  "a quarter of at most this floor area is small, m²; 0: no such case" / "建筑面积不超过此数为小型小区（㎡，含），0 为不设"
// @reason     {subject} has {n} seats: {findings}
// @reason.zh  {subject}人数为{n}人：{findings}
// @finding    even "an even number" / "不是单数"
// @finding    too_few "fewer than the minimum" / "少于下限"
// @finding    too_many "more than the maximum" / "多于上限"
// @returns    subject, area, n, seats, sitting, vacancies, verdict, findings, severity, missing, evidence
// @source     5 to 11, odd: 业主大会和业主委员会指导规则 Art. 31 (public page, a guideline), 杭州 Art. 27 (3 up
// @source     to 100 households), 湖州 Art. 16, 舟山, 台州 Art. 19, 绍兴 Art. 18, 潍坊 Art. 34. 5 or more, odd: 北京
// @source     Art. 39 (3 up to 100 households), 上海 Art. 20 (3 up to 10,000 m²), 宁波 Art. 29, 山东 Art. 30,
// @source     淄博 Art. 28; 3 or more: 青岛 Art. 35 (texts read, transcriptions); 海南 Art. 25 (public page).
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (o:OwnersCommittee)
  RETURN o
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[c:COVERS]-(o:OwnersCommittee)
  WHERE w.since <= $as_of < w.until AND c.since <= $as_of < c.until
  RETURN o
}
WITH o, COLLECT { MATCH (o)-[c:COVERS]->(q:Quarter)
                  WHERE c.since <= $as_of < c.until
                  RETURN q ORDER BY q.id } AS quarters
WHERE o.kind = 'owners_committee' AND size(quarters) > 0
WITH o, quarters, COLLECT { UNWIND quarters AS x
                            MATCH (x)-[w:WITHIN]->(a)
                            WHERE w.since <= $as_of < w.until
                            WITH DISTINCT a, w.height AS height
                            RETURN a ORDER BY height, a.id } AS above
WITH o, quarters AS quarters,
  above[0].id AS area,
  COLLECT { MATCH (o)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.role IN ['chair', 'vice_chair', 'member'] AND h.since <= $as_of < h.until
            RETURN {person: p.id, id: h.id} ORDER BY h.id } AS posts,
  COLLECT { UNWIND [o] + quarters + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k.id ORDER BY k.id } AS listed,
  [word IN coalesce(o.date_precision, []) WHERE o.elected_on <= $as_of < CASE word
    WHEN 'elected_on:month' THEN o.elected_on + duration({months: 1, days: -1})
    WHEN 'elected_on:year' THEN o.elected_on + duration({years: 1, days: -1}) END
   | o.id + '.elected_on'] AS begins
WITH o, quarters, area, posts, listed, begins,
  // Seats are those of the present term; for a day that is, or may be, before it they are not known.
  CASE WHEN o.elected_on > $as_of OR size(begins) > 0 THEN null ELSE o.seats END AS seats,
  size(COLLECT { UNWIND posts AS h RETURN DISTINCT h.person AS p }) AS sitting,
  [q IN quarters WHERE q.households IS NULL | q.id + '.households'] AS no_households,
  [q IN quarters WHERE q.floor_area_m2 IS NULL | q.id + '.floor_area_m2'] AS no_floor,
  reduce(sum = 0, q IN quarters | sum + coalesce(q.households, 0)) AS households,
  reduce(sum = 0.0, q IN quarters | sum + coalesce(q.floor_area_m2, 0.0)) AS floor
WITH o, quarters, area, posts, listed, begins, seats, sitting,
  // Where the term may begin after the day, seats and sitting members must be as many.
  CASE WHEN size(begins) > 0 AND coalesce(o.seats, sitting) <> sitting THEN null
       ELSE coalesce(seats, CASE WHEN size(listed) > 0 THEN sitting END) END AS n,
  // Known parts of a size that already reach the bound make the quarter too large for the case.
  CASE WHEN households >= $small_if_households_below THEN []
       WHEN size(no_households) = 0 THEN ['small'] ELSE no_households END AS by_households,
  CASE WHEN floor > $small_if_floor_area_at_most OR $small_if_floor_area_at_most = 0 THEN []
       WHEN size(no_floor) = 0 THEN ['small'] ELSE no_floor END AS by_floor
WITH o, quarters, area, posts, listed, begins, seats, sitting, n, by_households + by_floor AS sizes,
  (n < $small_min) <> (n < $min) AS matters
WITH o, quarters, area, posts, listed, begins, seats, sitting, n, sizes, matters,
  CASE WHEN 'small' IN sizes THEN true WHEN size(sizes) > 0 THEN null ELSE false END AS small
WITH o, quarters, area, posts, listed, begins, seats, sitting, n, sizes, matters, small IS NULL AND matters AS open,
  CASE WHEN $odd AND n % 2 = 0 THEN ['even'] ELSE [] END
  + CASE WHEN (small AND n < $small_min) OR (NOT small AND n < $min) OR (NOT matters AND n < $min)
         THEN ['too_few'] ELSE [] END
  + CASE WHEN n > $max THEN ['too_many'] ELSE [] END AS findings
WITH o, quarters, area, posts, listed, begins, seats, sitting, n, sizes, matters, findings,
  CASE WHEN n IS NULL THEN 'unknown'
       WHEN size(findings) > 0 THEN 'fail'
       WHEN open THEN 'unknown'
       ELSE 'pass' END AS verdict
RETURN o.id AS subject, area, n, seats, sitting,
  CASE WHEN size(listed) > 0 THEN seats - sitting END AS vacancies, verdict, findings,
  CASE WHEN verdict <> 'fail' THEN null
       WHEN findings = ['too_many'] AND NOT $max_enforced THEN 'info'
       ELSE 'violation' END AS severity,
  CASE WHEN verdict <> 'unknown' THEN []
       WHEN n IS NULL AND size(begins) > 0 AND o.seats IS NOT NULL
       THEN begins + CASE WHEN size(listed) > 0 THEN [] ELSE ['post@' + o.id] END
       WHEN n IS NULL THEN [o.id + '.seats', 'post@' + o.id]
       ELSE sizes END AS missing,
  CASE WHEN seats IS NOT NULL THEN [o.id]
       WHEN n IS NOT NULL THEN [h IN posts | h.id] + listed ELSE [] END
  + CASE WHEN matters THEN [q IN quarters | q.id] ELSE [] END AS evidence
ORDER BY subject
