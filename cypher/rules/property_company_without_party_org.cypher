// @title      Property service companies without a Party organization
// @title.zh   物业企业应建未建党组织
// @about      One row per property company, in the area where it is based. With min full members or
// @about      more it needs an organization of its own; with fewer a joint one, or one that it is
// @about      attached to; with none an instructor will do. By bounds: staff of unknown status, and
// @about      staff not listed, count as possible. sector: an industry committee covers it.
// @about.zh   每家物业企业一行，按所在地归入辖区。正式党员达到 min 人的应单独建立党组织；不足的应联合建立
// @about.zh   或挂靠；没有党员的可派党建指导员。政治面貌不详和未登记的员工按可能计算。
// @about.zh   sector 为是否已纳入行业党委。
// @rule       R36
// @severity   info..warning
// @identity   subject
// @places     subject seats_of_units
// @version    2
// @verified   V2
// @param      as_of                    date       today  "day the answer is for" / "统计日期"
// @param      area                     string     null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      min                      int[1..50] 3      "full members from which a company needs its own (inclusive), persons" / "应单独建立的正式党员人数（含，人）"
// @param      need_instructor_if_none  bool       true   "without members it needs an instructor" / "没有党员的须派党建指导员"
// @param      sector_counts            bool       true   "the industry committee is enough for a company below min" / "不足人数的企业纳入行业党委即可"
// @param      kinds                    strings{employee,seconded,shareholder}  ["employee","seconded"]  "kinds of employment that count" / "计入的任职性质"
// @reason     {subject} has {full_members} full Party members: {findings}
// @reason.zh  {subject}有正式党员{full_members}人：{findings}
// @finding    no_branch "it has no Party organization of its own" / "应建未建党组织"
// @finding    not_joined "it belongs to no joint organization" / "未联合建立或挂靠党组织"
// @finding    no_instructor "it has neither an organization nor an instructor" / "未纳入党组织，也未派党建指导员"
// @tells      EMPLOYED_BY, party_status, party_full_on
// @returns    subject, area, full_members, not_known, sector, verdict, findings, severity, missing, evidence
// @source     支部工作条例 Art. 4 (public page): three full members form a branch. Industry committee,
// @source     instructors, joint branches: 江苏, 太原 (public pages); 天元区“幸福邻聚里”, 2020-12-22.
// @source     北京市物业管理条例 Art. 3 (text read, transcription).
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (f:PropertyFirm)
  RETURN f
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-()<-[b:BASED_IN]-(f:PropertyFirm)
  WHERE w.since <= $as_of < w.until AND b.since <= $as_of < b.until
  RETURN f
}
WITH f, COLLECT { MATCH (f)-[b:BASED_IN]->(x)
                  WHERE b.since <= $as_of < b.until
                  RETURN x ORDER BY x.id } AS places
WITH f, places,
  COLLECT { UNWIND places AS x
            MATCH (x)-[w:WITHIN]->(a)
            WHERE w.since <= $as_of < w.until
            WITH DISTINCT a, w.height AS height
            RETURN a ORDER BY height, a.id } AS above,
  COLLECT { MATCH (f)<-[w:EMPLOYED_BY]-(p:Person)
            WHERE w.kind IN $kinds AND w.since <= $as_of < w.until
            RETURN DISTINCT p ORDER BY p.id } AS staff,
  COLLECT { MATCH (f)<-[c:COVERS]-(b:PartyOrganization)
            WHERE c.since <= $as_of < c.until
            RETURN {id: c.id, kind: CASE WHEN b.level = 'sector' THEN 'sector'
                                         WHEN b.level = 'unit' AND coalesce(b.tier, '') <> 'group' THEN 'own'
                                         ELSE 'joint' END} ORDER BY c.id } AS covered,
  COLLECT { MATCH (f)<-[h:HOLDS_POST]-(:Person)
            WHERE h.role = 'instructor' AND h.since <= $as_of < h.until
            RETURN h.id ORDER BY h.id } AS instructors
WITH f, places, above, staff, covered, instructors,
  // Full members on the day, or not yet, as the month or year does not tell.
  reduce(days = [], p IN [p IN staff WHERE p.party_status = 'full'] | days
    + [word IN coalesce(p.date_precision, []) WHERE p.party_full_on <= $as_of < CASE word
        WHEN 'party_full_on:month' THEN p.party_full_on + duration({months: 1, days: -1})
        WHEN 'party_full_on:year' THEN p.party_full_on + duration({years: 1, days: -1}) END
       | p.id + '.party_full_on']) AS days
WITH f, above[0].id AS area, covered, instructors,
  size([p IN staff WHERE p.party_status = 'full'
                     AND coalesce(p.party_full_on, $as_of) <= $as_of]) - size(days) AS low,
  [p IN staff WHERE p.party_status IS NULL | p.id + '.party_status'] + days AS open,
  [c IN covered | c.kind] AS kinds,
  COLLECT { UNWIND [f] + [x IN places WHERE NOT x:Area] + above AS s
            MATCH (s)-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['employment', 'party_organization', 'post'] AND k.since <= $as_of < k.until
            RETURN {subject: k.subject, id: k.id} ORDER BY k.id } AS registers
WITH f, area, covered, instructors, low, open, kinds, registers,
  any(k IN registers WHERE k.subject = 'employment') AS staff_listed,
  any(k IN registers WHERE k.subject = 'party_organization') AS listed,
  any(k IN registers WHERE k.subject = 'post') AS posts_listed,
  'own' IN kinds OR 'joint' IN kinds OR ($sector_counts AND 'sector' IN kinds) AS joined
// What the company may be: of its own strength, below it, without members.
WITH f, area, covered, instructors, low, open, kinds, registers, staff_listed, listed, posts_listed, joined,
  low + size(open) + CASE WHEN staff_listed THEN 0 ELSE $min END AS high
WITH f, area, covered, instructors, low, open, kinds, registers, staff_listed, listed, posts_listed, joined,
  high >= $min AS large, low < $min AND 1 <= high AS small, low = 0 AS bare,
  NOT $need_instructor_if_none OR joined OR size(instructors) > 0 AS guided
WITH f, area, covered, instructors, low, open, kinds, registers, staff_listed, listed, posts_listed,
  large, small, bare, guided, joined,
  size([x IN [large, small, bare] WHERE x]) > 1 AS straddles
WITH f, area, covered, instructors, low, open, kinds, registers, large, small,
  (NOT large OR 'own' IN kinds) AND (NOT small OR joined) AND (NOT bare OR guided) AS ok,
  CASE WHEN straddles THEN open + CASE WHEN staff_listed THEN [] ELSE ['employment@' + f.id] END ELSE [] END
  + CASE WHEN listed THEN [] ELSE ['party_organization@' + f.id] END
  + CASE WHEN bare AND NOT guided AND NOT posts_listed THEN ['post@' + f.id] ELSE [] END AS missing
WITH f, area, covered, instructors, low, open, kinds, registers, large, small, missing,
  CASE WHEN ok THEN 'pass' WHEN size(missing) > 0 THEN 'unknown' ELSE 'fail' END AS verdict
RETURN f.id AS subject, area, low AS full_members, size(open) AS not_known, 'sector' IN kinds AS sector, verdict,
  CASE WHEN verdict <> 'fail' THEN []
       WHEN large THEN ['no_branch'] WHEN small THEN ['not_joined'] ELSE ['no_instructor'] END AS findings,
  CASE WHEN verdict <> 'fail' THEN null WHEN large THEN 'warning' ELSE 'info' END AS severity,
  CASE verdict WHEN 'unknown' THEN missing ELSE [] END AS missing,
  [f.id] + [c IN covered | c.id] + instructors
  + CASE verdict WHEN 'fail' THEN [k IN registers WHERE k.subject <> 'post' OR (NOT large AND NOT small) | k.id]
                 ELSE [] END AS evidence
ORDER BY subject
