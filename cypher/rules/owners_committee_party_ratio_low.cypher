// @title      Owners' committees whose share of Party members is too low
// @title.zh   业委会党员比例不足
// @about      By bounds: members of unknown status and seats without a recorded holder count as
// @about      possible; pass and fail only where they cannot change the answer. short: members
// @about      still needed for the share, zero or less where it is reached.
// @about.zh   政治面貌不详的成员和未登记的空缺按可能计算；short 为尚缺党员人数，零或负数为已达到。
// @rule       R15
// @severity   info..warning
// @identity   subject
// @places     subject bodies_at_places
// @version    2
// @verified   V2
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      num    int     1      "share required, numerator (inclusive)" / "比例分子（含本数）"
// @param      den    int     2      "share required, denominator" / "比例分母"
// @reason     {party} of {n} members are Party members, {short} short of the share required
// @reason.zh  成员{n}人，其中党员{party}人，距要求的比例还差{short}人
// @tells      party_status, party_joined_on
// @returns    subject, area, n, party, not_known, verdict, short, missing, evidence
// @source     石鼓区“五建五提升”, 2022-09-19 (党员均占60%以上); one half in 深圳, 晋江, 江苏 (public
// @source     pages). Owners elect; no national law sets a share.
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
            RETURN DISTINCT p ORDER BY p.id } AS sitting,
  EXISTS { UNWIND [o] + quarters + above AS s
           MATCH (s)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
           WHERE k.since <= $as_of < k.until } AS listed,
  [word IN coalesce(o.date_precision, []) WHERE o.elected_on <= $as_of < CASE word
    WHEN 'elected_on:month' THEN o.elected_on + duration({months: 1, days: -1})
    WHEN 'elected_on:year' THEN o.elected_on + duration({years: 1, days: -1}) END
   | o.id + '.elected_on'] AS begins
WITH o, area, sitting, listed, begins,
  // Seats are those of the present term; for a day that is, or may be, before it they are not known.
  CASE WHEN o.elected_on > $as_of OR size(begins) > 0 THEN null ELSE o.seats END AS seats,
  // Members on the day, or not yet, as the month or year of joining does not tell.
  reduce(days = [], p IN [p IN sitting WHERE p.party_status IN ['full', 'probationary']] | days
    + [word IN coalesce(p.date_precision, []) WHERE p.party_joined_on <= $as_of < CASE word
        WHEN 'party_joined_on:month' THEN p.party_joined_on + duration({months: 1, days: -1})
        WHEN 'party_joined_on:year' THEN p.party_joined_on + duration({years: 1, days: -1}) END
       | p.id + '.party_joined_on']) AS days
WITH o, area, sitting, listed, begins, seats,
  size([p IN sitting WHERE p.party_status IN ['full', 'probationary']
                       AND coalesce(p.party_joined_on, $as_of) <= $as_of]) - size(days) AS party,
  [p IN sitting WHERE p.party_status IS NULL | p.id + '.party_status'] + days AS open,
  CASE WHEN listed OR coalesce(seats, 0) <= size(sitting) THEN size(sitting) ELSE seats END AS n
WITH o, area, sitting, begins, party, open, n, size(open) + n - size(sitting) AS not_known,
  listed OR seats IS NOT NULL AS bounded
RETURN o.id AS subject, area, n, party, not_known,
  CASE WHEN NOT bounded THEN 'unknown'
       WHEN n = 0 THEN 'not_applicable'
       WHEN party * $den >= $num * n THEN 'pass'
       WHEN (party + not_known) * $den < $num * n THEN 'fail'
       ELSE 'unknown' END AS verdict,
  ($num * n + $den - 1) / $den - party AS short,
  open + CASE WHEN n > size(sitting) OR NOT bounded THEN ['post@' + o.id] ELSE [] END
  + CASE WHEN bounded OR o.seats IS NULL THEN [] ELSE begins END AS missing,
  [p IN sitting | p.id] AS evidence
ORDER BY subject
