// @title      Owners' committees with the required share of Party members
// @title.zh   业委会党员占比达标
// @about      The measure of rule R15, by bounds: covered and gap only where the members that are
// @about      not known could not change the answer. A committee that is known to have no sitting
// @about      member has no share and no row. The share asked for is the place's in rule R15.
// @about.zh   与规则 R15 同一算法：未知成员不影响结论时才判定达标或不达标；
// @about.zh   比例按当地规则 R15 的取值。
// @dimension    9
// @subject      OwnersCommittee
// @denominator  owners_committee
// @places       subject bodies_at_places
// @closes       post
// @reason       {subject} has too few Party members
// @reason.zh    {subject}党员占比未达标
// @rules        R15
// @settings     owners_committee_party_ratio_low num den
// @measure      n sum "members of the committees" / "业委会成员数"
// @measure      party sum "Party members among them" / "其中党员数"
// @claim        oc_party_ratio.share none
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      num    int[1..1000]  1      "share required, numerator (inclusive)" / "比例分子（含本数）"
// @param      den    int[1..1000]  2      "share required, denominator" / "比例分母"
// @tells      party_status, party_joined_on
// @returns    subject, area, state, since, missing, evidence, n, party, not_known
// @source     The share is that of rule R15 in the place: one half after 深圳, 晋江, 江苏 (public pages);
// @source     石鼓区 alone 60 % (“五建五提升”, 2022-09-19: 党员均占60%以上, a statement of fact).
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (o:OwnersCommittee {kind: 'owners_committee'})
  RETURN o
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[c:COVERS]-(o:OwnersCommittee {kind: 'owners_committee'})
  WHERE w.since <= $as_of < w.until AND c.since <= $as_of < c.until
  RETURN o
}
WITH o, COLLECT { MATCH (o)-[c:COVERS]->(q:Quarter)
                  WHERE c.since <= $as_of < c.until
                  RETURN q ORDER BY q.id } AS quarters
WHERE size(quarters) > 0
WITH o, quarters, COLLECT { UNWIND quarters AS x
                            MATCH (x)-[w:WITHIN]->(a)
                            WHERE w.since <= $as_of < w.until
                            WITH DISTINCT a, w.height AS height
                            RETURN a ORDER BY height, a.id } AS above
WITH o, above[0].id AS area,
  COLLECT { MATCH (o)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.role IN ['chair', 'vice_chair', 'member'] AND h.since <= $as_of < h.until
            RETURN DISTINCT p ORDER BY p.id } AS sitting,
  COLLECT { MATCH (o)<-[h:HOLDS_POST]-(:Person)
            WHERE h.role IN ['chair', 'vice_chair', 'member'] AND h.since <= $as_of < h.until
            RETURN h ORDER BY h.since, h.id } AS posts,
  COLLECT { MATCH (o)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.role IN ['chair', 'vice_chair', 'member'] AND h.until <= $as_of
              AND p.party_status IN ['full', 'probationary']
              AND coalesce(p.party_joined_on, $as_of) <= $as_of
            RETURN h.until ORDER BY h.until DESC LIMIT 1 } AS ended,
  COLLECT { UNWIND [o] + quarters + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k ORDER BY k.since, k.id } AS registers,
  [word IN coalesce(o.date_precision, []) WHERE o.elected_on <= $as_of < CASE word
    WHEN 'elected_on:month' THEN o.elected_on + duration({months: 1, days: -1})
    WHEN 'elected_on:year' THEN o.elected_on + duration({years: 1, days: -1}) END
   | o.id + '.elected_on'] AS begins
WITH o, area, sitting, posts, ended, registers, begins,
  // Seats are those of the present term; for a day that is, or may be, before it they are not known.
  CASE WHEN o.elected_on > $as_of OR size(begins) > 0 THEN null ELSE o.seats END AS seats,
  // Members on the day, or not yet, as the month or year of joining does not tell.
  reduce(days = [], p IN [p IN sitting WHERE p.party_status IN ['full', 'probationary']] | days
    + [word IN coalesce(p.date_precision, []) WHERE p.party_joined_on <= $as_of < CASE word
        WHEN 'party_joined_on:month' THEN p.party_joined_on + duration({months: 1, days: -1})
        WHEN 'party_joined_on:year' THEN p.party_joined_on + duration({years: 1, days: -1}) END
       | p.id + '.party_joined_on']) AS days
WITH o, area, sitting, posts, ended, registers, begins, seats,
  size([p IN sitting WHERE p.party_status IN ['full', 'probationary']
                       AND coalesce(p.party_joined_on, $as_of) <= $as_of]) - size(days) AS party,
  [p IN sitting WHERE p.party_status IS NULL | p.id + '.party_status'] + days AS open,
  CASE WHEN size(registers) > 0 OR coalesce(seats, 0) <= size(sitting) THEN size(sitting)
       ELSE seats END AS n
WITH o, area, posts, ended, registers, begins, n, party, open,
  size(open) + n - size(sitting) AS not_known,
  size(registers) > 0 OR seats IS NOT NULL AS bounded,
  n > size(sitting) AS vacant
WITH o, area, posts, ended, registers, begins, n, party, open, not_known, bounded, vacant,
  CASE WHEN NOT bounded THEN 'unknown'
       WHEN n = 0 THEN 'none'
       WHEN party * $den >= $num * n THEN 'covered'
       WHEN (party + not_known) * $den < $num * n THEN 'gap'
       ELSE 'unknown' END AS state
WHERE state <> 'none'
RETURN o.id AS subject, area, state,
  CASE state WHEN 'covered' THEN posts[0].since
             WHEN 'gap' THEN coalesce(ended[0], registers[0].since) END AS since,
  CASE state WHEN 'unknown'
             THEN open + CASE WHEN vacant OR NOT bounded THEN ['post@' + o.id] ELSE [] END
                  + CASE WHEN bounded OR o.seats IS NULL THEN [] ELSE begins END
             ELSE [] END AS missing,
  CASE state WHEN 'unknown' THEN [] ELSE [h IN posts | h.id] + [k IN registers | k.id] END AS evidence,
  n, party, not_known
ORDER BY subject
