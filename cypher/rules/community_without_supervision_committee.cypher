// @title      Communities without a residents' affairs supervision committee
// @title.zh   社区未设居务监督委员会
// @about      One row per community. Passes where a residents' supervision committee covers it, or a
// @about      place in it. That none is recorded is a gap only where the posts of the community are
// @about      listed; an owners' supervision committee does not count.
// @about.zh   每个社区一行。本社区（或其中某处）有居务监督委员会的为通过；未登记的，仅当该社区任职台账齐全时
// @about.zh   才作缺失。业主监督委员会不计。
// @rule       R54
// @severity   warning
// @identity   subject
// @places     subject itself
// @version    1
// @verified   V1
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @reason     {subject} has no residents' affairs supervision committee
// @reason.zh  {subject}没有居务监督委员会
// @returns    subject, area, verdict, missing, evidence
// @source     城市居民委员会组织法 (2025) Art. 36: there should be a residents' affairs supervision
// @source     committee (应当建立居务监督委员会; text read, transcription).
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
  COLLECT { MATCH (c)<-[w:WITHIN]-()<-[v:COVERS]-(s:SupervisionCommittee)
            WHERE s.kind = 'residents' AND w.since <= $as_of < w.until AND v.since <= $as_of < v.until
            RETURN DISTINCT v.id AS id ORDER BY id } AS covered,
  COLLECT { MATCH (c)-[w:WITHIN]->()-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
            WHERE w.since <= $as_of < w.until AND k.since <= $as_of < k.until
            RETURN DISTINCT k.id AS id ORDER BY id } AS listed
WITH c, covered, listed,
  CASE WHEN size(covered) > 0 THEN 'pass' WHEN size(listed) > 0 THEN 'fail' ELSE 'unknown' END AS verdict
RETURN c.id AS subject, c.id AS area, verdict,
  CASE verdict WHEN 'unknown' THEN ['post@' + c.id] ELSE [] END AS missing,
  CASE verdict WHEN 'pass' THEN covered ELSE listed END AS evidence
ORDER BY subject
