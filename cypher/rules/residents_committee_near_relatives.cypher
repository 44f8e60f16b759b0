// @title      Near relatives on one residents' committee
// @title.zh   居委会成员之间有近亲属关系
// @about      One row per residents' committee. A relative counts by a recorded kinship only, never
// @about      by a name; relatives by marriage other than the spouse do not count. Passes where all
// @about      members are known (posts listed, or as many as there are seats) and between any two of
// @about      them it is known that there is no kinship: one list of the two is enough. Not
// @about      applicable where no one sits.
// @about.zh   每个居委会一行。只依据登记的亲属关系，不按姓名推断；配偶以外的姻亲不计。成员均已知
// @about.zh   （任职台账齐全，或现任人数已达职数），且任意两人之间至少一人的亲属关系已登记完整、未见亲属的为通过；
// @about.zh   无现任成员的不适用。
// @rule       R50
// @severity   violation
// @identity   subject
// @places     subject bodies_at_places
// @version    2
// @verified   V1
// @param      as_of      date    today  "day the answer is for" / "统计日期"
// @param      area       string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      kin_scope  string{spouse_lineal,near_relatives} "near_relatives" "spouse, parents, children, grandparents and grandchildren; or near relatives, which adds brothers and sisters" / "配偶和直系血亲，或近亲属（另含兄弟姐妹）"
// @reason     near relatives sit together on {subject}
// @reason.zh  {subject}的现任成员之间有近亲属关系
// @tells      RELATED_TO
// @returns    subject, area, sitting, verdict, missing:sensitive, evidence:sensitive
// @source     城市居民委员会组织法 (2025) Art. 8(2): members avoid near relatives (实行近亲属回避);
// @source     民法典 Art. 1045: spouse, parents, children, brothers and sisters, grandparents,
// @source     grandchildren (texts read, transcriptions).
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
            RETURN {person: p, id: h.id} ORDER BY h.id } AS posts,
  COLLECT { UNWIND [r] + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k.id ORDER BY k.id } AS listed,
  COLLECT { UNWIND above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'kinship'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k.id ORDER BY k.id } AS kin_listed,
  [word IN coalesce(r.date_precision, []) WHERE r.elected_on <= $as_of < CASE word
    WHEN 'elected_on:month' THEN r.elected_on + duration({months: 1, days: -1})
    WHEN 'elected_on:year' THEN r.elected_on + duration({years: 1, days: -1}) END
   | r.id + '.elected_on'] AS begins
WITH r, area, posts, listed, kin_listed, begins,
  // Seats are those of the present term; for a day that is, or may be, before it they are not known.
  CASE WHEN r.elected_on > $as_of OR size(begins) > 0 THEN null ELSE r.seats END AS seats,
  COLLECT { UNWIND posts AS h
            WITH DISTINCT h.person AS p
            RETURN p ORDER BY p.id } AS members
WITH r, area, posts, listed, kin_listed, begins, seats, members,
  COLLECT { UNWIND members AS p
            MATCH (p)-[k:RELATED_TO]->(q:Person)
            WHERE q IN members AND k.since <= $as_of < k.until
              AND (k.relation IN ['spouse', 'parent', 'grandparent']
                OR ($kin_scope = 'near_relatives' AND k.relation = 'sibling'))
            RETURN DISTINCT k.id AS id ORDER BY id } AS kin,
  COLLECT { UNWIND members AS p
            MATCH (p)-[k:COMPLETE_IN {subject: 'kinship'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN {person: p.id, id: k.id} ORDER BY k.id } AS own
WITH r, area, posts, listed, kin_listed, members, kin, own,
  CASE WHEN size(listed) > 0 OR size(members) >= seats THEN []
       ELSE ['post@' + r.id] + CASE WHEN size(members) >= r.seats THEN begins ELSE [] END END AS unseen,
  [p IN members WHERE NOT any(k IN own WHERE k.person = p.id) | 'kinship@' + p.id] AS unlisted
WITH r, area, posts, listed, kin_listed, members, kin, own, unseen,
  // A kinship is in the list of either end: of a single member without one nothing is missing.
  CASE WHEN size(kin_listed) > 0 OR size(unlisted) < 2 THEN [] ELSE unlisted END AS open
WITH r, area, posts, listed, kin_listed, members, kin, own, unseen, open,
  CASE WHEN size(kin) > 0 THEN 'fail'
       WHEN size(unseen) + size(open) > 0 THEN 'unknown'
       WHEN size(members) = 0 THEN 'not_applicable'
       ELSE 'pass' END AS verdict
RETURN r.id AS subject, area, size(members) AS sitting, verdict,
  CASE verdict WHEN 'unknown' THEN unseen + open ELSE [] END AS missing,
  CASE verdict WHEN 'unknown' THEN []
               WHEN 'fail' THEN kin + [h IN posts | h.id]
               ELSE [r.id] + [h IN posts | h.id] + listed + kin_listed + [k IN own | k.id]
  END AS evidence
ORDER BY subject
