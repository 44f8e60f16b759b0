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
WITH q,
  substring(reduce(low = null, key IN [(q)-[w:WITHIN]->(a)
    WHERE w.since <= $as_of < w.until | toString(w.height) + a.id]
    | CASE WHEN low < key THEN low ELSE key END), 1) AS area,
  [(q)-[w:WITHIN*0..1]->()-[k:COMPLETE_IN {subject: 'resource'}]->(:SourceDocument)
   WHERE all(e IN w + [k] WHERE e.since <= $as_of < e.until) | {id: k.id, since: k.since}] AS registers,
  // What was offered before is asked for too: when the last offer ended.
  [(q)<-[c:COVERS|SERVES]-()-[f:OFFERS]->(r:Resource {category: 'mediation'})
   WHERE c.since < f.until AND f.since < c.until
   | {id: f.id, since: f.since, resource: r.id, begun: c.since <= $as_of AND f.since <= $as_of,
      until: CASE WHEN c.until < f.until THEN c.until ELSE f.until END}]
  + [(q)-[w:WITHIN]->(:Area {level: 'community'})<-[c:COVERS|SERVES]-()
       -[f:OFFERS]->(r:Resource {category: 'mediation'})
     WHERE w.since <= $as_of < w.until AND c.since < f.until AND f.since < c.until
     | {id: f.id, since: f.since, resource: r.id, begun: c.since <= $as_of AND f.since <= $as_of,
        until: CASE WHEN c.until < f.until THEN c.until ELSE f.until END}] AS offers
WITH q, area, registers, [f IN offers WHERE f.begun AND f.until > $as_of] AS found,
  [f IN offers WHERE f.until <= $as_of | f.until] AS past
WITH q, area, found, registers, past,
  CASE WHEN size(found) > 0 THEN 'covered'
       WHEN size(registers) > 0 THEN 'gap'
       ELSE 'unknown' END AS state
RETURN q.id AS subject, area, state,
  CASE state WHEN 'covered' THEN COLLECT { UNWIND found AS f RETURN f.since AS since ORDER BY since LIMIT 1 }[0]
             WHEN 'gap' THEN coalesce(
               COLLECT { UNWIND past AS day RETURN day ORDER BY day DESC LIMIT 1 }[0],
               COLLECT { UNWIND registers AS k RETURN k.since AS since ORDER BY since LIMIT 1 }[0]) END AS since,
  CASE state WHEN 'unknown' THEN ['resource@' + q.id] ELSE [] END AS missing,
  CASE state WHEN 'covered' THEN COLLECT { UNWIND found AS f
                                           WITH DISTINCT f.since AS since, f.id AS id
                                           RETURN id ORDER BY since, id }
             WHEN 'gap' THEN COLLECT { UNWIND registers AS k RETURN k.id AS id ORDER BY k.since, id }
             ELSE [] END AS evidence,
  CASE WHEN size(found) < 2 THEN [f IN found | f.resource] ELSE
    COLLECT { UNWIND found AS f RETURN DISTINCT f.resource AS id ORDER BY id } END AS resources
ORDER BY subject
