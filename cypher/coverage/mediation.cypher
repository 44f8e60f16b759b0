// @title      Quarters with mediation at hand
// @title.zh   矛盾调解阵地覆盖
// @about      Covered: whatever serves or covers the quarter or its community offers mediation.
// @about.zh   服务或覆盖本小区、本社区的组织、阵地、队伍提供矛盾调解资源即为覆盖。
// @dimension    12
// @subject      Quarter
// @denominator  quarter
// @places       subject itself
// @closes       resource
// @reason       {subject} has no mediation at hand
// @reason.zh    {subject}没有矛盾调解阵地
// @claim        mediation.covered covered
// @claim        dispute.handled none
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @returns    subject, area, state, since, missing, evidence, resources
// @source     城东区育才路社区“微综合体”, undated (矛盾纠纷调解室); 通川区石龙溪社区“一三模式”,
// @source     2022-01-08 (three parties mediate).
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (q:Quarter)
  RETURN q
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(q:Quarter)
  WHERE w.since <= $as_of < w.until
  RETURN q
}
WITH q, COLLECT { MATCH (q)-[w:WITHIN]->(a)
                  WHERE w.since <= $as_of < w.until
                  RETURN a ORDER BY w.height, a.id } AS above
WITH q, above, above[0].id AS area,
  [q] + [s IN above WHERE s.level = 'community'] AS places
WITH q, area,
  COLLECT { UNWIND places AS s
            MATCH (s)<-[c:COVERS|SERVES]-(x)-[f:OFFERS]->(r:Resource)
            WHERE r.category = 'mediation' AND c.since <= $as_of < c.until
              AND f.since <= $as_of < f.until
            RETURN DISTINCT f ORDER BY f.since, f.id } AS found,
  COLLECT { UNWIND places AS s
            MATCH (s)<-[c:COVERS|SERVES]-(x)-[f:OFFERS]->(r:Resource)
            WHERE r.category = 'mediation' AND c.since <= $as_of < c.until
              AND f.since <= $as_of < f.until
            RETURN DISTINCT r.id AS id ORDER BY id } AS resources,
  COLLECT { UNWIND places AS s
            MATCH (s)<-[c:COVERS|SERVES]-(x)-[f:OFFERS]->(r:Resource)
            WHERE r.category = 'mediation' AND c.since < f.until AND f.since < c.until
              AND (c.until <= $as_of OR f.until <= $as_of)
            WITH CASE WHEN c.until < f.until THEN c.until ELSE f.until END AS until
            RETURN until ORDER BY until DESC LIMIT 1 } AS ended,
  COLLECT { UNWIND [q] + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'resource'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k ORDER BY k.since, k.id } AS registers
WITH q, area, found, resources, ended, registers,
  CASE WHEN size(found) > 0 THEN 'covered'
       WHEN size(registers) > 0 THEN 'gap'
       ELSE 'unknown' END AS state
RETURN q.id AS subject, area, state,
  CASE state WHEN 'covered' THEN found[0].since
             WHEN 'gap' THEN coalesce(ended[0], registers[0].since) END AS since,
  CASE state WHEN 'unknown' THEN ['resource@' + q.id] ELSE [] END AS missing,
  CASE state WHEN 'covered' THEN [f IN found | f.id]
             WHEN 'gap' THEN [k IN registers | k.id]
             ELSE [] END AS evidence,
  resources
ORDER BY subject
