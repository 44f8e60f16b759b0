// @title      Quarters with an owners' committee
// @title.zh   业委会（物管会）覆盖
// @about      Covered: an owners' committee, or the interim body in its place, covers the quarter.
// @about.zh   业委会或物管会覆盖本小区即为覆盖；物管会是否计入可选。
// @dimension    3
// @subject      Quarter
// @denominator  quarter
// @places       subject itself
// @closes       owners_committee
// @reason       {subject} has no owners' committee, nor an interim one
// @reason.zh    {subject}没有业委会或物管会
// @rules        R10
// @settings     quarter_without_owners_committee interim=pmc_substitute
// @claim        owners_committee.covered covered
// @claim        owners_committee.total total
// @claim        owners_committee.share share
// @claim        owners_committee.bodies bodies
// @param      as_of    date    today  "day the answer is for" / "统计日期"
// @param      area     string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      interim  bool    true   "interim committees (物管会) count" / "物管会计入覆盖"
// @returns    subject, area, state, since, missing, evidence, committees
// @source     通川区石龙溪社区“一三模式”, 2022-01-08 (all quarters covered); 北京市物业管理条例 Art. 54
// @source     and 58 for the interim body. To form a committee is a right: 民法典 Art. 277
// @source     (texts read, transcriptions).
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
  COLLECT { MATCH (q)<-[c:COVERS]-(o:OwnersCommittee)
            WHERE ($interim OR o.kind = 'owners_committee') AND c.since <= $as_of < c.until
            RETURN c ORDER BY c.since, c.id } AS found,
  COLLECT { MATCH (q)<-[c:COVERS]-(o:OwnersCommittee)
            WHERE ($interim OR o.kind = 'owners_committee') AND c.since <= $as_of < c.until
            RETURN o.id ORDER BY o.id } AS committees,
  COLLECT { MATCH (q)<-[c:COVERS]-(o:OwnersCommittee)
            WHERE ($interim OR o.kind = 'owners_committee') AND c.until <= $as_of
            RETURN c.until ORDER BY c.until DESC LIMIT 1 } AS ended,
  COLLECT { UNWIND [q] + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'owners_committee'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k ORDER BY k.since, k.id } AS registers
WITH q, area, found, committees, ended, registers,
  CASE WHEN size(found) > 0 THEN 'covered'
       WHEN size(registers) > 0 THEN 'gap'
       ELSE 'unknown' END AS state
RETURN q.id AS subject, area, state,
  CASE state WHEN 'covered' THEN found[0].since
             WHEN 'gap' THEN coalesce(ended[0], registers[0].since) END AS since,
  CASE state WHEN 'unknown' THEN ['owners_committee@' + q.id] ELSE [] END AS missing,
  CASE state WHEN 'covered' THEN [c IN found | c.id]
             WHEN 'gap' THEN [k IN registers | k.id]
             ELSE [] END AS evidence,
  committees
ORDER BY subject
