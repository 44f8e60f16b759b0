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
WITH q,
  substring(reduce(low = null, key IN [(q)-[w:WITHIN]->(a)
    WHERE w.since <= $as_of < w.until | toString(w.height) + a.id]
    | CASE WHEN low < key THEN low ELSE key END), 1) AS area,
  COLLECT { MATCH (q)<-[c:COVERS]-(o:OwnersCommittee)
            WHERE ($interim OR o.kind = 'owners_committee') AND c.since <= $as_of
            RETURN {id: c.id, since: c.since, until: c.until, committee: o.id} ORDER BY c.since, c.id } AS spells,
  [(q)-[w:WITHIN*0..1]->()-[k:COMPLETE_IN {subject: 'owners_committee'}]->(:SourceDocument)
   WHERE all(e IN w + [k] WHERE e.since <= $as_of < e.until) | {id: k.id, since: k.since}] AS registers
WITH q, area, registers, [c IN spells WHERE c.until > $as_of] AS found,
  [c IN spells WHERE c.until <= $as_of | c.until] AS past
WITH q, area, found, registers, past,
  CASE WHEN size(found) > 0 THEN 'covered'
       WHEN size(registers) > 0 THEN 'gap'
       ELSE 'unknown' END AS state
RETURN q.id AS subject, area, state,
  CASE state WHEN 'covered' THEN found[0].since
             WHEN 'gap' THEN coalesce(
               COLLECT { UNWIND past AS day RETURN day ORDER BY day DESC LIMIT 1 }[0],
               COLLECT { UNWIND registers AS k RETURN k.since AS since ORDER BY since LIMIT 1 }[0]) END AS since,
  CASE state WHEN 'unknown' THEN ['owners_committee@' + q.id] ELSE [] END AS missing,
  CASE state WHEN 'covered' THEN [c IN found | c.id]
             WHEN 'gap' THEN COLLECT { UNWIND registers AS k RETURN k.id AS id ORDER BY k.since, id }
             ELSE [] END AS evidence,
  CASE WHEN size(found) < 2 THEN [c IN found | c.committee] ELSE
    COLLECT { UNWIND found AS c RETURN c.committee AS id ORDER BY id } END AS committees
ORDER BY subject
