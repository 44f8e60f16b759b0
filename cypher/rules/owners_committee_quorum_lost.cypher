// @title      Owners' committees with too many vacant seats
// @title.zh   业委会缺额
// @about      One row per owners' committee, interim ones left out. Members who sit are counted
// @about      against the seats; an alternate counts once moved up to member. short: members still
// @about      needed, zero or less where the share is reached.
// @about.zh   每个业委会一行（不含物管会）：现任主任、副主任、委员人数与应有职数之比；候补委员递补后计入。
// @about.zh   short 为尚缺人数，零或负数为已达到。
// @rule       R13
// @severity   warning..violation
// @identity   subject
// @places     subject bodies_at_places
// @version    2
// @verified   V1
// @param      as_of  date         today  "day the answer is for" / "统计日期"
// @param      area   string       null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      num    int[0..100]  1      "share of seats that must be filled, numerator (inclusive)" / "在任比例分子（含本数）"
// @param      den    int[1..100]  2      "share of seats that must be filled, denominator" / "在任比例分母"
// @reason     {sitting} of {seats} seats of {subject} are filled, {short} short of the share required: a new election is due
// @reason.zh  {subject}应有委员{seats}人，现任{sitting}人，距规定比例还差{short}人，应当重新选举
// @returns    subject, area, seats, sitting, short, verdict, missing, evidence
// @source     One half: 上海市住宅物业管理规定 Art. 32, 北京市物业管理条例 Art. 48, 宁波 Art. 36, 杭州 Art. 28, 湖州
// @source     Art. 23, 绍兴 Art. 24, 青岛 Art. 41; two thirds, counted after alternates: 淄博 Art. 34, 潍坊 Art. 38
// @source     (texts read, transcriptions).
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
WITH o,
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
WITH o, area, posts, listed, begins,
  // Seats are those of the present term; for a day that is, or may be, before it they are not known.
  CASE WHEN o.elected_on > $as_of OR size(begins) > 0 THEN null ELSE o.seats END AS seats,
  size(COLLECT { UNWIND posts AS h RETURN DISTINCT h.person AS p }) AS sitting
WITH o, area, posts, listed, begins, seats, sitting,
  CASE WHEN seats IS NULL THEN 'unknown'
       WHEN sitting * $den >= $num * seats THEN 'pass'
       WHEN size(listed) > 0 THEN 'fail'
       ELSE 'unknown' END AS verdict
RETURN o.id AS subject, area, seats, sitting, ($num * seats + $den - 1) / $den - sitting AS short, verdict,
  CASE WHEN verdict <> 'unknown' THEN []
       WHEN size(begins) > 0 AND o.seats IS NOT NULL THEN begins
       WHEN seats IS NULL THEN [o.id + '.seats']
       ELSE ['post@' + o.id] END AS missing,
  [o.id] + [h IN posts | h.id] + CASE verdict WHEN 'fail' THEN listed ELSE [] END AS evidence
ORDER BY subject
