// @title      Quarters with property service
// @title.zh   物业服务覆盖
// @about      Covered: a property project serves the quarter, no matter who runs it. modes: contract (a
// @about      firm), community (社区代管), self (自管); a project whose mode is not known adds none.
// @about.zh   有物业项目服务本小区即为覆盖；modes 为管理方式：物业企业、社区代管、自管。
// @dimension    4
// @subject      Quarter
// @denominator  quarter
// @places       subject itself
// @closes       property_project
// @reason       {subject} has no property service
// @reason.zh    {subject}没有物业服务
// @rules        R35
// @claim        property_service.covered covered
// @claim        property_service.total total
// @claim        property_service.share share
// @claim        property_service.bodies bodies
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @returns    subject, area, state, since, missing, evidence, modes
// @source     民法典 Art. 939, 948 (text read, transcription); 通川区石龙溪社区“一三模式”, 2022-01-08 (社区代管).
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
  COLLECT { MATCH (q)<-[s:SERVES]-(pp:PropertyProject)
            WHERE s.since <= $as_of
            RETURN {id: s.id, since: s.since, until: s.until, mode: pp.mode} ORDER BY s.since, s.id } AS spells,
  [(q)-[w:WITHIN*0..1]->()-[k:COMPLETE_IN {subject: 'property_project'}]->(:SourceDocument)
   WHERE all(e IN w + [k] WHERE e.since <= $as_of < e.until) | {id: k.id, since: k.since}] AS registers
WITH q, area, registers, [s IN spells WHERE s.until > $as_of] AS found,
  [s IN spells WHERE s.until <= $as_of | s.until] AS past
WITH q, area, found, registers, past, [s IN found WHERE s.mode IS NOT NULL | s.mode] AS modes,
  CASE WHEN size(found) > 0 THEN 'covered'
       WHEN size(registers) > 0 THEN 'gap'
       ELSE 'unknown' END AS state
RETURN q.id AS subject, area, state,
  CASE state WHEN 'covered' THEN found[0].since
             WHEN 'gap' THEN coalesce(
               COLLECT { UNWIND past AS day RETURN day ORDER BY day DESC LIMIT 1 }[0],
               COLLECT { UNWIND registers AS k RETURN k.since AS since ORDER BY since LIMIT 1 }[0]) END AS since,
  CASE state WHEN 'unknown' THEN ['property_project@' + q.id] ELSE [] END AS missing,
  CASE state WHEN 'covered' THEN [s IN found | s.id]
             WHEN 'gap' THEN COLLECT { UNWIND registers AS k RETURN k.id AS id ORDER BY k.since, id }
             ELSE [] END AS evidence,
  CASE WHEN size(modes) < 2 THEN modes ELSE
    COLLECT { UNWIND modes AS mode RETURN DISTINCT mode ORDER BY mode } END AS modes
ORDER BY subject
