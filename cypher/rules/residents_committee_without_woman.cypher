// @title      Residents' committees without a woman
// @title.zh   居委会没有妇女成员
// @about      One row per residents' committee. One woman among those who sit is enough for a pass.
// @about      Fails only where all members are known (posts listed, or as many as there are seats)
// @about      and the gender of each is recorded; it is never taken from a name. Not applicable where
// @about      no one sits.
// @about.zh   每个居委会一行。现任成员中有一名妇女即为通过。成员均已知（任职台账齐全，或现任人数已达职数）
// @about.zh   且性别均已登记的，才判为不通过；不按姓名推断性别。无现任成员的不适用。
// @rule       R51
// @severity   violation
// @identity   subject
// @places     subject bodies_at_places
// @version    2
// @verified   V1
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @reason     none of the {sitting} members of {subject} is a woman
// @reason.zh  {subject}现任成员{sitting}人，没有妇女成员
// @tells      gender
// @returns    subject, area, sitting, verdict, missing:personal, evidence:personal
// @source     城市居民委员会组织法 (2025) Art. 8(2): there should be a woman among the members
// @source     (应当有妇女成员; text read, transcription).
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
            RETURN {person: p.id, gender: p.gender, id: h.id} ORDER BY h.id } AS posts,
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
  size(COLLECT { UNWIND posts AS h RETURN DISTINCT h.person AS p }) AS sitting,
  [h IN posts WHERE h.gender = 'female' | h.id] AS women,
  COLLECT { UNWIND posts AS h
            WITH h WHERE h.gender IS NULL
            RETURN DISTINCT h.person + '.gender' AS m ORDER BY m } AS open
WITH r, area, posts, listed, sitting, women,
  CASE WHEN size(listed) > 0 OR sitting >= seats THEN []
       ELSE ['post@' + r.id] + CASE WHEN sitting >= r.seats THEN begins ELSE [] END END + open AS gaps
WITH r, area, posts, listed, sitting, women, gaps,
  CASE WHEN size(women) > 0 THEN 'pass'
       WHEN size(gaps) > 0 THEN 'unknown'
       WHEN sitting = 0 THEN 'not_applicable'
       ELSE 'fail' END AS verdict
RETURN r.id AS subject, area, sitting, verdict,
  CASE verdict WHEN 'unknown' THEN gaps ELSE [] END AS missing,
  CASE verdict WHEN 'unknown' THEN []
               WHEN 'pass' THEN women
               ELSE [r.id] + [h IN posts | h.id] + listed END AS evidence
ORDER BY subject
