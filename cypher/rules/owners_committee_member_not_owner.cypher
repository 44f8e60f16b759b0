// @title      Owners' committee members who own no home in the quarter
// @title.zh   业委会成员非本区业主
// @about      One row per sitting member of an owners' committee; alternates and interim
// @about      committees are not asked. A home in any quarter that the committee covers passes.
// @about.zh   业委会现任主任、副主任、委员每任一行；候补委员和物管会不查。
// @rule       R14
// @severity   violation
// @identity   subject, post
// @places     committee bodies_at_places
// @version    1
// @verified   V1
// @param      as_of                date    today  "day the answer is for" / "统计日期"
// @param      area                 string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      unit_representative  bool    true   "the representative of a unit that owns a home passes" / "单位业主代表视同业主"
// @param      spouse               bool    false  "the spouse of an owner passes" / "业主配偶视同业主"
// @reason     {subject} sits on {committee} and owns no home in {quarters}
// @reason.zh  {subject}任{committee}成员，但在{quarters}没有房产
// @tells      OWNS_HOME_IN, EMPLOYED_BY, RELATED_TO, capacity
// @returns    subject, post, committee, quarters, area, verdict, missing, evidence
// @source     物业管理条例 Art. 16 (text read, transcription): members must be owners;
// @source     业主大会和业主委员会指导规则 Art. 31 (public page).
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
                  WHERE o.kind = 'owners_committee' AND c.since <= $as_of < c.until
                  RETURN DISTINCT q ORDER BY q.id } AS quarters
WHERE size(quarters) > 0
WITH o, quarters,
  COLLECT { UNWIND quarters AS x
            MATCH (x)-[w:WITHIN]->(a)
            WHERE w.since <= $as_of < w.until
            WITH DISTINCT a, w.height AS height
            RETURN a ORDER BY height, a.id } AS above,
  COLLECT { MATCH (o)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.role IN ['chair', 'vice_chair', 'member'] AND h.since <= $as_of < h.until
            RETURN {person: p, post: h, represents:
              $unit_representative AND coalesce(h.capacity, '') = 'unit_owner_representative'}
            ORDER BY h.id } AS sitting
WITH o, quarters, sitting, above[0].id AS area,
  COLLECT { UNWIND quarters AS q
            MATCH (q)-[w:WITHIN*0..1]->()-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['ownership', 'employment', 'kinship']
              AND all(e IN w + [k] WHERE e.since <= $as_of < e.until)
            RETURN {quarter: q.id, subject: k.subject, id: k.id} ORDER BY k.id, q.id } AS registers,
  CASE WHEN any(x IN sitting WHERE x.represents) THEN
    COLLECT { UNWIND quarters AS q
              MATCH (q)<-[w:OWNS_HOME_IN]-(u)
              WHERE (u:Unit OR u:PropertyFirm) AND w.since <= $as_of < w.until
              RETURN DISTINCT u ORDER BY u.id } ELSE [] END AS owners,
  COLLECT { UNWIND [x IN sitting | x.person] AS p
            MATCH (p)-[w:OWNS_HOME_IN]->(q:Quarter)
            WHERE q IN quarters AND w.since <= $as_of < w.until
            RETURN DISTINCT {person: p.id, id: w.id} AS home ORDER BY home.id } AS owned,
  COLLECT { UNWIND [x IN sitting | x.person] AS p
            MATCH (p)-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['ownership', 'employment', 'kinship'] AND k.since <= $as_of < k.until
            RETURN {of: p.id, subject: k.subject, id: k.id} ORDER BY k.id } AS personal
UNWIND sitting AS seat
WITH o, quarters, area, registers, owners, seat.person AS p, seat.post AS h,
  seat.represents AS represents, owned, personal,
  [q IN quarters WHERE NOT any(k IN registers WHERE k.quarter = q.id AND k.subject = 'ownership')
   | 'ownership@' + q.id] AS unlisted
WITH o, quarters, area, registers, owners, p, h, unlisted, represents,
  [x IN owned WHERE x.person = p.id | x.id] AS homes,
  [k IN personal WHERE k.of = p.id] AS own,
  CASE WHEN NOT represents THEN [] ELSE
    COLLECT { MATCH (p)-[w:EMPLOYED_BY]->(u)
              WHERE u IN owners AND w.since <= $as_of < w.until
              RETURN DISTINCT w.id AS id ORDER BY id }
    + COLLECT { MATCH (p)-[w:EMPLOYED_BY]->(u)-[x:OWNS_HOME_IN]->(q)
                WHERE u IN owners AND q IN quarters
                  AND w.since <= $as_of < w.until AND x.since <= $as_of < x.until
                RETURN DISTINCT x.id AS id ORDER BY id } END AS unit_homes,
  CASE WHEN NOT $spouse THEN [] ELSE
    COLLECT { MATCH (p)-[r:RELATED_TO]-(s:Person)-[w:OWNS_HOME_IN]->(q)
              WHERE r.relation = 'spouse' AND q IN quarters
                AND r.since <= $as_of < r.until AND w.since <= $as_of < w.until
              RETURN [r.id, w.id] ORDER BY r.id, w.id } END AS spouse_homes
WITH o, quarters, area, h, p, registers, own,
  homes + unit_homes + reduce(ids = [], pair IN spouse_homes | ids + pair) AS found,
  // A person's own list of homes says nothing about the homes of a unit or a spouse.
  CASE WHEN NOT represents AND NOT $spouse AND any(k IN own WHERE k.subject = 'ownership') THEN []
       ELSE unlisted END
  + CASE WHEN represents AND size(owners) > 0
           AND NOT any(k IN own + registers WHERE k.subject = 'employment')
           AND NOT all(u IN owners WHERE EXISTS {
             MATCH (u)-[k:COMPLETE_IN {subject: 'employment'}]->(:SourceDocument)
             WHERE k.since <= $as_of < k.until })
         THEN ['employment@' + p.id] ELSE [] END
  + CASE WHEN $spouse AND NOT any(k IN own + registers WHERE k.subject = 'kinship')
         THEN ['kinship@' + p.id] ELSE [] END AS open
RETURN p.id AS subject, h.id AS post, o.id AS committee, [q IN quarters | q.id] AS quarters, area,
  CASE WHEN size(found) > 0 THEN 'pass' WHEN size(open) = 0 THEN 'fail' ELSE 'unknown' END AS verdict,
  CASE WHEN size(found) > 0 THEN [] ELSE open END AS missing,
  [h.id] + found + CASE WHEN size(found) = 0 AND size(open) = 0 THEN
    COLLECT { UNWIND registers + own AS k
              WITH k WHERE k.subject = 'ownership'
              RETURN DISTINCT k.id AS id ORDER BY id } ELSE [] END AS evidence
ORDER BY post
