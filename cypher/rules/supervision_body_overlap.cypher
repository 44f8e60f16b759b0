// @title      Members of a supervision committee who sit in a body that it supervises
// @title.zh   监督机构与被监督机构人员重叠
// @about      One row per person and supervision committee. Owners' supervision committee: nobody
// @about      on it sits on the owners' committee of the same quarter or has a post in its property
// @about      project. Residents' supervision committee: nobody on it sits in the community's two
// @about      committees. Kin are not looked at. Passes where the posts of the other bodies are
// @about      listed, or it is known that there is no such body. That the two exclude each other was
// @about      not verified for residents' supervision: the row asks for a look, it states no breach.
// @about.zh   每人每监督委员会一行。业主监督委员会成员不宜同时任同一小区业委会成员或物业项目职务；
// @about.zh   居务监督委员会成员不宜同时任社区“两委”成员。不核对亲属。其他机构的任职名单齐全，
// @about.zh   或确知没有该机构的为通过。居务监督成员回避的依据未经核实，只作提示。
// @rule       R32
// @severity   warning
// @identity   subject, committee
// @version    1
// @verified   U
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @finding    owners_committee "a seat on the owners' committee there" / "任该小区业委会成员"
// @finding    property "a post in the property project there" / "在该小区物业项目任职"
// @finding    party_committee "a seat on the community's Party committee" / "任社区党组织班子成员"
// @finding    residents_committee "a seat on the residents' committee" / "任居委会成员"
// @reason     {subject} sits on {committee}, which supervises, and also has: {findings}
// @reason.zh  {subject}为{committee}成员，同时{findings}，监督与被监督人员重叠
// @returns    subject, committee, area, verdict, findings, missing, evidence
// @source     石鼓区“五建五提升”, 2022-09-19 (相互制约、相互监督: owners' committee, supervision
// @source     committee and property firm; stated in one document, not law). 台州市物业管理条例 Art. 29: owners' supervision committees exist (text read,
// @source     transcription). The incompatibility itself, and recusal in residents' supervision: not
// @source     verified.
CALL () {
  MATCH (c:SupervisionCommittee) WHERE $area IS NULL RETURN c
  UNION
  MATCH (:Area {id: $area})<-[up:PART_OF*0..8]-(x)<-[v:COVERS]-(c:SupervisionCommittee)
  WHERE v.since <= $as_of < v.until AND all(e IN up WHERE e.since <= $as_of < e.until)
  RETURN c
}
WITH c,
  COLLECT { MATCH (c)-[v:COVERS]->(x)-[up:PART_OF*0..8]->(s:Area)
            WHERE v.since <= $as_of < v.until AND all(e IN up WHERE e.since <= $as_of < e.until)
            RETURN DISTINCT s ORDER BY CASE s.level
              WHEN 'community' THEN 0 WHEN 'subdistrict' THEN 1 WHEN 'district' THEN 2
              WHEN 'city' THEN 3 ELSE 4 END, s.id } AS above,
  COLLECT { MATCH (c)-[v:COVERS]->(x)<-[up:PART_OF*0..8]-(q:Quarter)
            WHERE c.kind = 'owners' AND v.since <= $as_of < v.until
              AND all(e IN up WHERE e.since <= $as_of < e.until)
            RETURN DISTINCT q ORDER BY q.id } AS quarters
// What the committee watches over, and whose posts are not listed by a place or an area above.
WITH c, above[0].id AS area, CASE c.kind WHEN 'owners' THEN quarters
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
            MATCH (g)-[up:PART_OF*0..8]->(s)-[k:COMPLETE_IN]->(:SourceDocument)
            WHERE k.subject IN ['post', 'owners_committee', 'property_project', 'party_organization']
              AND k.since <= $as_of < k.until AND all(e IN up WHERE e.since <= $as_of < e.until)
            RETURN DISTINCT g.id + ' ' + k.subject AS x ORDER BY x } AS listed
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
                ELSE [['party_committee', 'party_organization'], ['residents_committee', 'post']] END AS x
              WITH g, x WHERE NOT any(w IN watched WHERE w.at = g AND w.label = x[0])
                AND NOT g + ' ' + x[1] IN listed
              RETURN x[1] + '@' + g AS m ORDER BY m } AS gaps
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
WITH c, area, watched, gaps, p, seats, others,
  CASE WHEN size(others) > 0 THEN 'fail'
       WHEN size(grounds) > 0 AND (known OR size(gaps) = 0) THEN 'pass'
       ELSE 'unknown' END AS verdict
RETURN p.id AS subject, c.id AS committee, area, verdict,
  COLLECT { UNWIND others AS o
            UNWIND [w IN watched WHERE w.body.id = o.at | w.label] AS f
            RETURN DISTINCT f ORDER BY f } AS findings,
  CASE verdict WHEN 'unknown' THEN gaps ELSE [] END AS missing,
  seats + [o IN others | o.id] AS evidence
ORDER BY committee, subject
