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
WITH q,
  substring(reduce(low = null, key IN [(q)-[w:WITHIN]->(a)
    WHERE w.since <= $as_of < w.until | toString(w.height) + a.id]
    | CASE WHEN low < key THEN low ELSE key END), 1) AS area,
  COLLECT { MATCH (q)<-[c:COVERS]-(b:PartyOrganization)
            WHERE c.since <= $as_of
              AND (b.tier IS NULL OR b.tier IN ['branch', 'joint_branch', 'functional_branch'])
            RETURN {id: c.id, since: c.since, until: c.until, branch: b} ORDER BY c.since, c.id } AS spells,
  [(q)-[w:WITHIN*0..1]->()-[k:COMPLETE_IN {subject: 'party_organization'}]->(:SourceDocument)
   WHERE all(e IN w + [k] WHERE e.since <= $as_of < e.until) | {id: k.id, since: k.since}] AS registers
WITH q, area, registers,
  [c IN spells WHERE c.until > $as_of AND c.branch.tier IS NOT NULL] AS found,
  [c IN spells WHERE c.until <= $as_of AND c.branch.tier IS NOT NULL | c.until] AS past,
  [c IN spells WHERE c.until > $as_of AND c.branch.tier IS NULL | c.branch.id + '.tier'] AS tiers
WITH q, area, registers, found, past,
  CASE WHEN size(tiers) < 2 THEN tiers ELSE
    COLLECT { UNWIND tiers AS tier RETURN DISTINCT tier ORDER BY tier } END AS untold,
  [b IN [c IN found | c.branch] WHERE NOT EXISTS {
    MATCH (b)-[other:COVERS]->(x)
    WHERE x <> q AND other.since <= $as_of < other.until }] AS sole
WITH q, area, found, untold, past, sole, registers,
  CASE WHEN size(found) > 0 THEN 'covered'
       WHEN size(registers) > 0 AND size(untold) = 0 THEN 'gap'
       ELSE 'unknown' END AS state
RETURN q.id AS subject, area, state,
  CASE state WHEN 'covered' THEN found[0].since
             WHEN 'gap' THEN coalesce(
               COLLECT { UNWIND past AS day RETURN day ORDER BY day DESC LIMIT 1 }[0],
               COLLECT { UNWIND registers AS k RETURN k.since AS since ORDER BY since LIMIT 1 }[0]) END AS since,
  CASE WHEN state <> 'unknown' THEN []
       WHEN size(registers) > 0 THEN untold
       ELSE ['party_organization@' + q.id] + untold END AS missing,
  CASE state WHEN 'covered' THEN [c IN found | c.id]
             WHEN 'gap' THEN COLLECT { UNWIND registers AS k RETURN k.id AS id ORDER BY k.since, id }
             ELSE [] END AS evidence,
  CASE WHEN any(b IN sole WHERE size(registers) > 0 OR EXISTS {
              MATCH (b)-[k:COMPLETE_IN {subject: 'party_organization'}]->(:SourceDocument)
              WHERE k.since <= $as_of < k.until }) THEN true
       WHEN size(registers) = 0 OR size(untold) > 0 THEN null
       ELSE false END AS own_branch
ORDER BY subject
