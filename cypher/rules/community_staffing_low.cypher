// @title      Communities with too few community workers
// @title.zh   社区工作力量不足
// @about      One row per community: persons who hold the post of a community worker with its
// @about      residents' committee, against k per so many residents. Members of the two committees
// @about      are a different count and not in it. The number of residents is that of the data
// @about      version. Not applicable to a community without residents.
// @about.zh   每个社区一行，只计在居委会任“社区工作者”的人员，不含“两委”成员（口径不同）；常住人口按
// @about.zh   现有数据。常住人口为零的社区不适用。
// @rule       R45
// @severity   info
// @identity   subject
// @places     subject itself
// @version    1
// @verified   V2
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      k      int[0..1000]    18     "community workers required per so many residents (inclusive)" / "每若干常住人口应配社区工作者（人，含）"
// @param      per    int[1..1000000] 10000  "residents to which k refers, persons" / "k 对应的常住人口（人）"
// @reason     {subject} has {workers} community workers for {residents} residents, {short} short
// @reason.zh  {subject}常住人口{residents}人，社区工作者{workers}人，还差{short}人
// @returns    subject, area, workers, residents, short, verdict, missing, evidence
// @source     Plan figures of 湖北 (18 community workers per 10,000 urban residents by 2025), wording read
// @source     on a public page: a target of plans that have run out, no successor was found. The national
// @source     plan was seen only through provincial ones.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (c:Area {level: 'community'})
  RETURN c
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(c:Area {level: 'community'})
  WHERE w.since <= $as_of < w.until
  RETURN c
}
WITH c,
  COLLECT { MATCH (c)<-[v:COVERS]-(r:ResidentsCommittee)
            WHERE v.since <= $as_of < v.until
            RETURN DISTINCT r ORDER BY r.id } AS committees,
  COLLECT { MATCH (c)-[w:WITHIN]->()-[l:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
            WHERE w.since <= $as_of < w.until AND l.since <= $as_of < l.until
            RETURN DISTINCT l.id AS id ORDER BY id } AS above
WITH c, committees, above,
  COLLECT { UNWIND committees AS r
            MATCH (r)<-[h:HOLDS_POST]-(p:Person)
            WHERE h.role = 'community_worker' AND h.since <= $as_of < h.until
            RETURN {person: p.id, id: h.id} ORDER BY h.id } AS posts,
  COLLECT { UNWIND committees AS r
            MATCH (r)-[l:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
            WHERE l.since <= $as_of < l.until
            RETURN {at: r.id, id: l.id} ORDER BY l.id } AS own
WITH c, committees, posts, above + [l IN own | l.id] AS registers,
  size(COLLECT { UNWIND posts AS x RETURN DISTINCT x.person }) AS workers,
  size(above) > 0 OR (size(committees) > 0
    AND all(r IN committees WHERE any(l IN own WHERE l.at = r.id))) AS listed,
  c.population_resident AS residents
WITH c, posts, registers, workers, listed, residents,
  CASE WHEN residents = 0 THEN 'not_applicable'
       WHEN workers * $per >= $k * residents THEN 'pass'
       WHEN listed AND residents IS NOT NULL THEN 'fail'
       ELSE 'unknown' END AS verdict
RETURN c.id AS subject, c.id AS area, workers, residents,
  ($k * residents + $per - 1) / $per - workers AS short, verdict,
  CASE verdict WHEN 'unknown' THEN
      CASE WHEN residents IS NULL THEN [c.id + '.population_resident'] ELSE [] END
      + CASE WHEN listed THEN [] ELSE ['post@' + c.id] END
    ELSE [] END AS missing,
  CASE verdict WHEN 'unknown' THEN [] WHEN 'not_applicable' THEN [c.id]
    ELSE [c.id] + [x IN posts | x.id] + CASE verdict WHEN 'fail' THEN registers ELSE [] END
    END AS evidence
ORDER BY subject
