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
WITH q, COLLECT { MATCH (q)-[w:WITHIN]->(a)
                  WHERE w.since <= $as_of < w.until
                  RETURN a ORDER BY w.height, a.id } AS above
WITH q, above[0].id AS area,
  COLLECT { MATCH (q)<-[s:SERVES]-(:PropertyProject)
            WHERE s.since <= $as_of < s.until
            RETURN s ORDER BY s.since, s.id } AS found,
  COLLECT { MATCH (q)<-[s:SERVES]-(pp:PropertyProject)
            WHERE pp.mode IS NOT NULL AND s.since <= $as_of < s.until
            RETURN DISTINCT pp.mode AS mode ORDER BY mode } AS modes,
  COLLECT { MATCH (q)<-[s:SERVES]-(:PropertyProject)
            WHERE s.until <= $as_of
            RETURN s.until ORDER BY s.until DESC LIMIT 1 } AS ended,
  COLLECT { UNWIND [q] + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'property_project'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k ORDER BY k.since, k.id } AS registers
WITH q, area, found, modes, ended, registers,
  CASE WHEN size(found) > 0 THEN 'covered'
       WHEN size(registers) > 0 THEN 'gap'
       ELSE 'unknown' END AS state
RETURN q.id AS subject, area, state,
  CASE state WHEN 'covered' THEN found[0].since
             WHEN 'gap' THEN coalesce(ended[0], registers[0].since) END AS since,
  CASE state WHEN 'unknown' THEN ['property_project@' + q.id] ELSE [] END AS missing,
  CASE state WHEN 'covered' THEN [s IN found | s.id]
             WHEN 'gap' THEN [k IN registers | k.id]
             ELSE [] END AS evidence,
  modes
ORDER BY subject
