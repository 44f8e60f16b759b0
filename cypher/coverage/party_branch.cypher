// @title      Quarters covered by a Party branch
// @title.zh   小区党支部覆盖
// @about      Covered: a branch, joint branch or functional branch covers the quarter.
// @about      own_branch, the second measure: a branch that covers nothing else; null where no
// @about      register of Party organizations is complete enough to say.
// @about.zh   党支部、联合党支部、功能型党支部覆盖本小区即为覆盖；own_branch 为是否单独建有党支部。
// @dimension    1
// @subject      Quarter
// @denominator  quarter
// @places       subject itself
// @closes       party_organization
// @reason       {subject} is covered by no Party branch
// @reason.zh    {subject}没有党支部覆盖
// @rules        R01
// @measure      own_branch bool "quarters with a branch of their own" / "单独建有党支部的小区"
// @claim        party_branch.covered covered
// @claim        party_branch.total total
// @claim        party_branch.share share
// @claim        party_branch.bodies bodies
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @returns    subject, area, state, since, missing, evidence, own_branch
// @source     天元区“幸福邻聚里”, 2020-12-22, states both measures (72 %); 支部工作条例 Art. 4
// @source     (wording read on a public page) names the community as the unit: to take the quarter is local practice.
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
  COLLECT { MATCH (q)<-[c:COVERS]-(b:PartyOrganization)
            WHERE b.tier IN ['branch', 'joint_branch', 'functional_branch']
              AND c.since <= $as_of < c.until
            RETURN c ORDER BY c.since, c.id } AS found,
  COLLECT { MATCH (q)<-[c:COVERS]-(b:PartyOrganization)
            WHERE b.tier IS NULL AND c.since <= $as_of < c.until
            RETURN DISTINCT b.id + '.tier' AS tier ORDER BY tier } AS untold,
  COLLECT { MATCH (q)<-[c:COVERS]-(b:PartyOrganization)
            WHERE b.tier IN ['branch', 'joint_branch', 'functional_branch']
              AND c.until <= $as_of
            RETURN c.until ORDER BY c.until DESC LIMIT 1 } AS ended,
  COLLECT { MATCH (q)<-[c:COVERS]-(b:PartyOrganization)
            WHERE b.tier IN ['branch', 'joint_branch', 'functional_branch']
              AND c.since <= $as_of < c.until
              AND NOT EXISTS { MATCH (b)-[other:COVERS]->(x)
                               WHERE x <> q AND other.since <= $as_of < other.until }
            RETURN b ORDER BY b.id } AS sole,
  COLLECT { UNWIND [q] + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'party_organization'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k ORDER BY k.since, k.id } AS registers
WITH q, area, found, untold, ended, sole, registers,
  CASE WHEN size(found) > 0 THEN 'covered'
       WHEN size(registers) > 0 AND size(untold) = 0 THEN 'gap'
       ELSE 'unknown' END AS state
RETURN q.id AS subject, area, state,
  CASE state WHEN 'covered' THEN found[0].since
             WHEN 'gap' THEN coalesce(ended[0], registers[0].since) END AS since,
  CASE WHEN state <> 'unknown' THEN []
       WHEN size(registers) > 0 THEN untold
       ELSE ['party_organization@' + q.id] + untold END AS missing,
  CASE state WHEN 'covered' THEN [c IN found | c.id]
             WHEN 'gap' THEN [k IN registers | k.id]
             ELSE [] END AS evidence,
  CASE WHEN any(b IN sole WHERE size(registers) > 0 OR EXISTS {
              MATCH (b)-[k:COMPLETE_IN {subject: 'party_organization'}]->(:SourceDocument)
              WHERE k.since <= $as_of < k.until }) THEN true
       WHEN size(registers) = 0 OR size(untold) > 0 THEN null
       ELSE false END AS own_branch
ORDER BY subject
