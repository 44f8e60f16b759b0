// @title      Members of a supervision committee who sit in a body that it supervises
// @title.zh   监督机构与被监督机构人员重叠
// @about      One row per person and supervision committee. Residents' affairs supervision
// @about      committee: no one on it is a member of the residents' committee or, by kin_scope, a
// @about      near relative of one; a seat on the community's Party committee is only worth a look.
// @about      Owners' supervision committee: no one on it sits on the owners' committee of the same
// @about      quarter or has a post in its property project; no text was found that bars it. A
// @about      relative counts by a recorded kinship only. Passes where the posts of the other bodies
// @about      are listed, or it is known that there is no such body, and for relatives where the
// @about      person's kinship is listed, or that of every member of the residents' committee.
// @about      relatives: posts of the relatives found.
// @about.zh   每人每监督委员会一行。居务监督委员会成员不得为居委会成员，也不得为其近亲属（见 kin_scope）；
// @about.zh   任社区党组织班子成员的仅提请核对。业主监督委员会成员任同一小区业委会成员或物业项目职务的，
// @about.zh   未见禁止性条文，仅作提醒。亲属只依据登记的亲属关系。其他机构的任职名单齐全（或确知没有该机构），
// @about.zh   且本人或全体居委会成员的亲属关系登记齐全的，才判为通过。
// @rule       R32
// @severity   warning..violation
// @identity   subject, committee
// @places     committee bodies_at_places
// @version    2
// @verified   V1
// @param      as_of            date    today  "day the answer is for" / "统计日期"
// @param      area             string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      residents_barred bool    true   "a seat on the residents' committee is a breach, else only worth a look" / "任居委会成员的作违规，否则仅提醒"
// @param      kin_scope        string{none,spouse_lineal,near_relatives} "near_relatives" "relatives of members of the residents' committee who are barred: none, spouse and lineal, or near relatives, which adds brothers and sisters" / "居委会成员的哪些亲属受限：不核对、配偶和直系血亲、近亲属（另含兄弟姐妹）"
// @finding    owners_committee "a seat on the owners' committee there" / "任该小区业委会成员"
// @finding    property "a post in the property project there" / "在该小区物业项目任职"
// @finding    party_committee "a seat on the community's Party committee" / "任社区党组织班子成员"
// @finding    residents_committee "a seat on the residents' committee" / "任居委会成员"
// @finding    relative "a near relative on the residents' committee" / "近亲属任居委会成员"
// @reason     {subject} sits on {committee}, which supervises, and also has: {findings}
// @reason.zh  {subject}为{committee}成员，同时{findings}，监督与被监督人员未回避
// @tells      RELATED_TO
// @returns    subject, committee, area, verdict, findings, severity, missing, evidence, relatives:sensitive
// @source     石鼓区“五建五提升”, 2022-09-19: owners' committee, supervision committee and property firm
// @source     check each other (相互制约、相互监督; stated in one document, not law). 城市居民委员会组织法 (2025) Art. 36: members of the residents' committee and their near
// @source     relatives may not sit on the supervision committee; 民法典 Art. 1045 on near relatives
// @source     (texts read, transcriptions). Art. 36 does not name the Party committee. 台州市物业管理条例
// @source     Art. 29: owners' supervision committees exist (text read, transcription); that their
// @source     members may not sit in what they supervise was not verified.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (c:SupervisionCommittee)
  RETURN c
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-()<-[v:COVERS]-(c:SupervisionCommittee)
  WHERE w.since <= $as_of < w.until AND v.since <= $as_of < v.until
  RETURN c
}
WITH c, COLLECT { MATCH (c)-[v:COVERS]->(x)
                  WHERE v.since <= $as_of < v.until
                  RETURN x ORDER BY x.id } AS places
WITH c, places,
  COLLECT { UNWIND places AS x
            MATCH (x)-[w:WITHIN]->(a)
            WHERE w.since <= $as_of < w.until
            WITH DISTINCT a, w.height AS height
            RETURN a ORDER BY height, a.id } AS above,
  COLLECT { UNWIND places AS x
            MATCH (x)<-[w:WITHIN]-(q:Quarter)
            WHERE c.kind = 'owners' AND w.since <= $as_of < w.until
            RETURN q ORDER BY q.id } AS inside
WITH c, above[0].id AS area, CASE c.kind
  WHEN 'owners' THEN COLLECT { UNWIND [x IN places WHERE x:Quarter] + inside AS q
                               RETURN DISTINCT q ORDER BY q.id }
  ELSE [s IN above WHERE s.level = 'community'] END AS grounds
WITH c, area, grounds,
  COLLECT { UNWIND grounds AS g
            MATCH (g)<-[v:COVERS|SERVES]-(b)
            WHERE v.since <= $as_of < v.until
              AND CASE c.kind WHEN 'owners' THEN b:OwnersCommittee OR b:PropertyProject
                  ELSE b:ResidentsCommittee OR (b:PartyOrganization AND b.level = 'community') END
            RETURN {at: g.id, body: b,
                    label: CASE WHEN b:OwnersCommittee THEN 'owners_committee'
                                WHEN b:PropertyProject THEN 'property'
                                WHEN b:ResidentsCommittee THEN 'residents_committee'
                                ELSE 'party_committee' END} ORDER BY b.id, g.id, v.id } AS watched,
  COLLECT { UNWIND grounds AS g
            MATCH (g)-[w:WITHIN*0..1]->()-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['post', 'owners_committee', 'property_project', 'party_organization']
              AND all(e IN w + [k] WHERE e.since <= $as_of < e.until)
            RETURN DISTINCT g.id + ' ' + k.subject AS entry ORDER BY entry } AS listed
WITH c, area, grounds, watched, listed,
  COLLECT { UNWIND watched AS w RETURN DISTINCT w.body AS b ORDER BY b.id } AS bodies,
  [g IN grounds WHERE NOT g.id + ' post' IN listed | g.id] AS open
WITH c, area, grounds, watched, listed, bodies, open,
  COLLECT { UNWIND bodies AS b
            MATCH (b)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN DISTINCT b.id AS id ORDER BY id } AS own
WITH c, area, grounds, watched, bodies,
  CASE WHEN size(grounds) = 0
       THEN [CASE c.kind WHEN 'owners' THEN 'quarter@' ELSE 'area@' END + c.id] ELSE [] END
  + COLLECT { UNWIND watched AS w
              WITH w WHERE w.at IN open AND NOT w.body.id IN own
              RETURN DISTINCT 'post@' + w.body.id AS m ORDER BY m }
  + COLLECT { UNWIND open AS g
              UNWIND CASE c.kind
                WHEN 'owners' THEN [['owners_committee', 'owners_committee'], ['property', 'property_project']]
                ELSE [['party_committee', 'party_organization'], ['residents_committee', 'post']] END AS pair
              WITH g, pair WHERE NOT any(w IN watched WHERE w.at = g AND w.label = pair[0])
                AND NOT g + ' ' + pair[1] IN listed
              RETURN pair[1] + '@' + g AS m ORDER BY m } AS gaps
CALL (c) {
  MATCH (c)<-[h:HOLDS_POST]-(p:Person)
  WHERE h.since <= $as_of < h.until
  RETURN DISTINCT p
}
WITH c, area, grounds, watched, bodies, gaps, p,
  COLLECT { MATCH (p)-[h:HOLDS_POST]->(b)
            WHERE b = c AND h.since <= $as_of < h.until
            RETURN h.id ORDER BY h.id } AS seats,
  COLLECT { MATCH (p)-[h:HOLDS_POST]->(b)
            WHERE b IN bodies AND h.since <= $as_of < h.until
              AND NOT h.role IN ['alternate', 'community_worker', 'part_time_member', 'group_leader', 'instructor']
            RETURN {id: h.id, at: b.id} ORDER BY h.id } AS others,
  EXISTS { MATCH (p)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
           WHERE k.since <= $as_of < k.until } AS known
WITH c, area, grounds, watched, gaps, p, seats, others, known,
  c.kind <> 'owners' AND $kin_scope <> 'none' AS looks,
  // Lists without which it is not known who sits on the residents' committee.
  [m IN gaps WHERE any(w IN watched WHERE w.label = 'residents_committee' AND m = 'post@' + w.body.id)
    OR any(g IN grounds WHERE m = 'post@' + g.id)] AS council_gaps,
  COLLECT { UNWIND bodies AS b
            MATCH (b)<-[h:HOLDS_POST]-(q:Person)
            WHERE b:ResidentsCommittee AND h.role IN ['director', 'deputy_director', 'member']
              AND h.since <= $as_of < h.until AND q <> p
            RETURN {person: q, id: q.id, post: h.id} ORDER BY h.id } AS council,
  CASE WHEN c.kind = 'owners' OR $kin_scope = 'none' THEN [] ELSE COLLECT {
    MATCH (p)-[r:RELATED_TO]-(q:Person)
    WHERE r.since <= $as_of < r.until
      AND (r.relation IN ['spouse', 'parent', 'grandparent']
        OR ($kin_scope = 'near_relatives' AND r.relation = 'sibling'))
    RETURN {id: q.id, edge: r.id} ORDER BY r.id } END AS related,
  COLLECT { UNWIND grounds AS g
            MATCH (g)-[w:WITHIN*0..1]->()-[k:COMPLETE_IN {subject: 'kinship'}]->(:SourceDocument)
            WHERE all(e IN w + [k] WHERE e.since <= $as_of < e.until)
            RETURN DISTINCT k.id AS id ORDER BY id }
  + COLLECT { MATCH (p)-[k:COMPLETE_IN {subject: 'kinship'}]->(:SourceDocument)
              WHERE k.since <= $as_of < k.until
              RETURN k.id ORDER BY k.id } AS kin_listed
WITH c, area, grounds, watched, gaps, p, seats, others, known, looks, council_gaps,
  COLLECT { UNWIND related AS r
            UNWIND [member IN council WHERE member.id = r.id | member.post] AS post
            RETURN {edge: r.edge, post: post} ORDER BY r.edge, post } AS kin,
  CASE WHEN NOT looks OR size(kin_listed) > 0 THEN [] ELSE COLLECT {
    UNWIND council AS member
    WITH DISTINCT member.person AS q
    WHERE NOT EXISTS { MATCH (q)-[k:COMPLETE_IN {subject: 'kinship'}]->(:SourceDocument)
                       WHERE k.since <= $as_of < k.until }
    RETURN q.id AS id ORDER BY id } END AS kin_open
WITH c, area, watched, p, seats, others, kin,
  // Somebody whose own posts are listed sits nowhere else; relatives may.
  CASE WHEN NOT known OR size(grounds) = 0 THEN gaps WHEN looks THEN council_gaps ELSE [] END
  + CASE WHEN size(kin_open) > 0 THEN ['kinship@' + p.id] ELSE [] END AS open
WITH c, area, watched, p, seats, others, kin, open,
  COLLECT { UNWIND others AS o
            UNWIND [w IN watched WHERE w.body.id = o.at | w.label] AS f
            RETURN DISTINCT f ORDER BY f }
  + CASE WHEN size(kin) > 0 THEN ['relative'] ELSE [] END AS findings
WITH c, area, p, seats, others, kin, open, findings,
  CASE WHEN size(findings) > 0 THEN 'fail' WHEN size(open) = 0 THEN 'pass' ELSE 'unknown' END AS verdict
RETURN p.id AS subject, c.id AS committee, area, verdict, findings,
  CASE WHEN verdict <> 'fail' THEN null
       WHEN 'relative' IN findings OR ($residents_barred AND 'residents_committee' IN findings)
       THEN 'violation' ELSE 'warning' END AS severity,
  CASE verdict WHEN 'unknown' THEN open ELSE [] END AS missing,
  seats + [o IN others | o.id]
  + COLLECT { UNWIND kin AS tie RETURN DISTINCT tie.edge AS id ORDER BY id } AS evidence,
  COLLECT { UNWIND kin AS tie RETURN DISTINCT tie.post AS id ORDER BY id } AS relatives
ORDER BY committee, subject
