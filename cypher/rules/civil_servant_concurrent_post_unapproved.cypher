// @title      Posts of civil servants and leading cadres outside their organ, not approved
// @title.zh   公务员、领导干部兼职未批准
// @about      One row per person and tie. Ties: a post in a property project, an owners' committee, a
// @about      team or a residents' committee; employment or a post in a property firm; of leading
// @about      cadres also enterprises. Never allowed (violation): a property firm, or a project that
// @about      a firm runs. Other posts have to be approved (warning). Leading cadres: at most
// @about      max_enterprise_posts enterprises (violation). Instructors sent by the Party are no tie.
// @about      Not known where the person's public post, the approval, the way a project is run or
// @about      the category of a unit is missing. Community workers are not held to be civil servants:
// @about      who is recorded as none or public_employee has no row.
// @about.zh   每人每项外部任职一行：物业项目、业委会、队伍、居委会职务，物业企业任职或用工关系，领导干部另计其他企业。
// @about.zh   物业企业及其运营的项目一律不得兼任（违规）；其他职务须经批准（提醒）；领导干部在企业兼职不得超过规定数（违规）。
// @about.zh   选派的党建指导员不计。缺公职身份、批准情况、物业管理方式或单位类别的，为无法判断；
// @about.zh   不推定社区工作者为公务员，登记为无公职或一般公职人员的不列。
// @rule       R31
// @severity   warning..violation
// @identity   subject, tie
// @places     body bodies_at_places
// @version    1
// @verified   V1
// @param      as_of                  date    today  "day the answer is for" / "统计日期"
// @param      area                   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      kinds                  strings{employee,seconded,shareholder}  ["employee","seconded"]  "kinds of employment that are a tie" / "计入的任职性质"
// @param      max_enterprise_posts   int[0..50]  1  "enterprises in which a leading cadre may have a post" / "领导干部可兼职的企业数（个）"
// @param      enterprise_categories  strings{government_organ,public_institution,state_enterprise,private_enterprise,bank,new_economic_organization,new_social_organization,police_station,merchant,other}  ["state_enterprise","private_enterprise","bank","new_economic_organization","merchant"]  "categories of units that are enterprises" / "属企业的单位类别"
// @finding    property_firm "a civil servant may have no post in a property firm" / "公务员不得在物业企业任职"
// @finding    not_approved "the post was not approved" / "兼职未经批准"
// @finding    too_many_enterprises "posts in more enterprises than a leading cadre may have" / "领导干部在企业兼职超过规定数"
// @reason     {subject}, post or employment at {body}: {findings}
// @reason.zh  {subject}在{body}任职：{findings}
// @tells      EMPLOYED_BY, public_post
// @returns    subject:personal, tie:personal, body, area, verdict, severity, findings:personal, missing:personal, evidence:personal
// @source     公务员法 Art. 44 and 59(16) (text read, transcription); 中组发〔2013〕18号 on posts of
// @source     leading cadres in enterprises (public page). That a unit of these categories is an
// @source     enterprise, and that teams and committees count alike, are engineering defaults.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  // Ties to other bodies give no row.
  MATCH (b:PropertyProject|PropertyFirm|OwnersCommittee|ResidentsCommittee|Team|Unit)<-[t:HOLDS_POST|EMPLOYED_BY]-(p:Person)
  WHERE t.since <= $as_of < t.until
    AND (p.public_post IS NULL OR p.public_post IN ['civil_servant', 'leading_cadre'])
  RETURN p, t, b
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-()<-[v:COVERS|SERVES|BASED_IN]-(b)<-[t:HOLDS_POST|EMPLOYED_BY]-(p:Person)
  WHERE w.since <= $as_of < w.until AND v.since <= $as_of < v.until AND t.since <= $as_of < t.until
    AND (p.public_post IS NULL OR p.public_post IN ['civil_servant', 'leading_cadre'])
  RETURN p, t, b
}
WITH p, t, b, coalesce(t.role IN ['leader', 'member', 'head'], false)
              OR coalesce(t.kind IN $kinds, false) AS works
WITH p, t, b, CASE
  WHEN b:PropertyProject THEN 'project'
  WHEN b:PropertyFirm AND works THEN 'firm'
  WHEN b:OwnersCommittee OR b:ResidentsCommittee OR (b:Team AND works) THEN 'other'
  WHEN b:Unit AND works AND p.public_post = 'leading_cadre'
    AND (b.category IS NULL OR b.category IN $enterprise_categories) THEN 'enterprise' END AS at
WHERE at IS NOT NULL
// Where a body lies and who runs it is found once for all its ties.
WITH b, collect({person: p, tie: t, at: at}) AS held
WITH b, held,
  [(b)-[v:COVERS|SERVES|BASED_IN]->(x)
   WHERE v.since <= $as_of < v.until | x] AS places,
  CASE WHEN NOT b:PropertyProject THEN [] ELSE
    COLLECT { MATCH (b)-[o:OPERATED_BY]->(f)
              WHERE o.since <= $as_of < o.until AND NOT f:Unit
              RETURN {id: o.id, firm: f:PropertyFirm} ORDER BY o.id } END AS operators
WITH b, held, operators, reduce(found = [], x IN places
  | found + [(x)-[w:WITHIN]->(a)
             WHERE w.since <= $as_of < w.until | toString(w.height) + a.id]) AS within
WITH b, held, operators,
  substring(reduce(low = null, key IN within | CASE WHEN low < key THEN low ELSE key END), 1) AS area
UNWIND held AS x
WITH x.person AS p, x.tie AS t, b, x.at AS at, area, operators
WITH p, t, b, at, area, operators,
  CASE at WHEN 'enterprise' THEN COLLECT { MATCH (p)-[x:HOLDS_POST|EMPLOYED_BY]->(u)
            WHERE x.since <= $as_of < x.until
              AND (x.role IN ['leader', 'member', 'head'] OR x.kind IN $kinds)
              AND (u:PropertyFirm
                OR (u:Unit AND (u.category IS NULL OR u.category IN $enterprise_categories)))
            RETURN {id: x.id, unit: u.id, open: u:Unit AND u.category IS NULL} ORDER BY x.id } ELSE [] END AS works
WITH p, t, b, area, operators, works,
  CASE WHEN at <> 'project' THEN at
       WHEN any(o IN operators WHERE o.firm) THEN 'firm'
       WHEN size(operators) > 0 THEN 'other'
       WHEN b.mode = 'contract' THEN 'firm'
       WHEN b.mode IS NOT NULL THEN 'other'
       ELSE 'open' END AS kind,
  CASE WHEN size(works) = 0 THEN 0 ELSE
    size(COLLECT { UNWIND works AS w WITH w WHERE NOT w.open RETURN DISTINCT w.unit AS u }) END AS known,
  CASE WHEN size(works) = 0 THEN [] ELSE
    COLLECT { UNWIND works AS w WITH w WHERE w.open RETURN DISTINCT w.unit AS u ORDER BY u } END AS unknown
WITH p, t, b, area, operators, works, kind, known, unknown,
  CASE WHEN p.public_post IS NULL THEN 'unknown'
       WHEN kind = 'firm' THEN 'fail'
       WHEN kind = 'enterprise' THEN
         CASE WHEN known + size(unknown) <= $max_enterprise_posts THEN 'pass'
              WHEN known > $max_enterprise_posts AND b.category IS NOT NULL THEN 'fail'
              ELSE 'unknown' END
       WHEN NOT t.approved THEN 'fail'
       WHEN kind = 'other' AND t.approved THEN 'pass'
       ELSE 'unknown' END AS verdict
RETURN p.id AS subject, t.id AS tie, b.id AS body, area, verdict,
  CASE WHEN verdict <> 'fail' THEN null
       WHEN kind IN ['firm', 'enterprise'] THEN 'violation' ELSE 'warning' END AS severity,
  CASE WHEN verdict <> 'fail' THEN []
       WHEN kind = 'firm' THEN ['property_firm']
       WHEN kind = 'enterprise' THEN ['too_many_enterprises']
       ELSE ['not_approved'] END AS findings,
  CASE WHEN verdict <> 'unknown' THEN []
       WHEN p.public_post IS NULL THEN [p.id + '.public_post']
       WHEN kind = 'enterprise' THEN
         CASE WHEN b.category IS NULL AND known > $max_enterprise_posts THEN [b.id + '.category']
              ELSE [u IN unknown | u + '.category'] END
       ELSE CASE WHEN kind = 'open' THEN [b.id + '.mode'] ELSE [] END
         + CASE WHEN t.approved IS NULL THEN [t.id + '.approved'] ELSE [] END END AS missing,
  CASE WHEN kind = 'enterprise' THEN [w IN works WHERE NOT w.open OR w.id = t.id | w.id]
       WHEN size(operators) > 0 THEN [t.id] + [o IN operators | o.id]
       WHEN kind = 'firm' AND b:PropertyProject THEN [t.id, b.id]
       ELSE [t.id] END AS evidence
ORDER BY tie
