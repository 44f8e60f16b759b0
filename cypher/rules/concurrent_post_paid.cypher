// @title      Concurrent posts that are paid
// @title.zh   兼职兼薪
// @about      One row per post that is held concurrently, as a part-time member, or beside a seat
// @about      in a community's two committees. Three cases are judged: manager (a community
// @about      cadre in a property project), part_time (a part-time member), committee (a seat on an
// @about      owners' committee: a public employee may draw nothing, others an allowance fixed by
// @about      the owners' assembly). Not applicable to other posts.
// @about.zh   兼任职务、兼职委员、社区“两委”成员另任的职务每任一行。判定三种情形：manager 为“两委”干部
// @about.zh   兼任物业项目职务，part_time 为兼职委员，committee 为业委会任职（公职人员不得取酬，
// @about.zh   其他人员可领取业主大会确定的津贴）；其余不适用。
// @rule       R30
// @severity   warning..violation
// @identity   subject, post
// @places     body bodies_with_posts
// @version    1
// @verified   V1
// @param      as_of                          date    today  "day the answer is for" / "统计日期"
// @param      area                           string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      allowance_ok_for_non_officials  bool    true   "an allowance fixed by the owners' assembly is allowed to non-officials" / "非公职人员可领取业主大会确定的津贴"
// @reason     {subject} is paid for a concurrent post in {body}
// @reason.zh  {subject}在{body}兼职并领取报酬
// @tells      public_post, paid, pay_basis
// @returns    subject, post, body, kind, area, verdict, severity, missing, evidence
// @source     通川区石龙溪社区“一三模式”, 2022-01-08 (不兼薪无偿); 宁波市住宅小区物业管理条例 Art. 38,
// @source     公务员法 Art. 44 (texts read, transcriptions); 浏阳 2013 (public page) for part-time members.
// What held at any time will do here: posts and places of the day are asked below.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (b)<-[:HOLDS_POST]-(:Person)
  RETURN b
  UNION ALL
  MATCH (:Area {id: $area})<-[w:WITHIN]-(b)
  WHERE w.since <= $as_of < w.until
  RETURN b
  UNION ALL
  MATCH (:Area {id: $area})<-[w:WITHIN]-()<-[:COVERS|SERVES|BASED_IN]-(b)
  WHERE w.since <= $as_of < w.until
  RETURN b
  UNION ALL
  MATCH (:Area {id: $area})<-[w:WITHIN]-()<-[:BASED_IN]-()<-[:COVERS|SERVES|BASED_IN]-(b)
  WHERE w.since <= $as_of < w.until
  RETURN b
  UNION ALL
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[:PART_OF*1..4]-(b)
  WHERE w.since <= $as_of < w.until
  RETURN b
  UNION ALL
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[:PART_OF*1..4]-()<-[:COVERS]-(b)
  WHERE w.since <= $as_of < w.until
  RETURN b
}
WITH DISTINCT b
MATCH (b)<-[h:HOLDS_POST]-(p:Person)
WHERE h.since <= $as_of < h.until
WITH p, h, b,
  (b:PartyOrganization AND b.level = 'community'
   AND h.role IN ['secretary', 'deputy_secretary', 'committee_member'])
  OR (b:ResidentsCommittee AND h.role IN ['director', 'deputy_director', 'member']) AS council
WITH p, h, b, NOT council AND size([(p)-[o:HOLDS_POST]->(c)
  WHERE o.since <= $as_of < o.until
    AND ((c:PartyOrganization AND c.level = 'community'
          AND o.role IN ['secretary', 'deputy_secretary', 'committee_member'])
      OR (c:ResidentsCommittee AND o.role IN ['director', 'deputy_director', 'member'])) | o.id]) > 0 AS beside
WHERE coalesce(h.concurrent, false) OR h.role = 'part_time_member' OR beside
WITH p, h, b, beside, COLLECT {
  MATCH (b)-[at:COVERS|SERVES|BASED_IN*0..1]->(x)-[seat:BASED_IN*0..1]->(y)-[up:PART_OF*0..4]->(s)
    -[w:WITHIN]->(a)
  WHERE all(e IN at + seat + up + [w] WHERE e.since <= $as_of < e.until)
    AND (size(up) = 0 OR s:Quarter)
  WITH DISTINCT a, w.height AS height
  RETURN a ORDER BY height, a.id } AS above
WHERE $area IS NULL OR $area IN [a IN above | a.id]
WITH p, h, b, above[0].id AS area,
  CASE WHEN h.role = 'part_time_member' THEN 'part_time'
       WHEN beside AND b:PropertyProject AND h.role IN ['project_manager', 'staff'] THEN 'manager'
       WHEN b:OwnersCommittee AND h.role IN ['chair', 'vice_chair', 'member'] THEN 'committee' END AS kind
WITH p, h, b, area, kind, p.public_post <> 'none' AS official,
  $allowance_ok_for_non_officials AS allowed
WITH p, h, b, area, kind, official,
  CASE WHEN kind IS NULL THEN 'not_applicable'
       WHEN h.paid IS NULL THEN 'unknown'
       WHEN NOT h.paid THEN 'pass'
       WHEN kind <> 'committee' THEN 'fail'
       WHEN official IS NULL THEN 'unknown'
       WHEN official OR NOT allowed THEN 'fail'
       WHEN h.pay_basis IS NULL THEN 'unknown'
       WHEN h.pay_basis = 'owners_assembly' THEN 'pass'
       ELSE 'fail' END AS verdict
RETURN p.id AS subject, h.id AS post, b.id AS body, kind, area, verdict,
  CASE verdict WHEN 'fail' THEN CASE WHEN kind = 'committee' AND official THEN 'violation'
                                     ELSE 'warning' END END AS severity,
  CASE WHEN verdict <> 'unknown' THEN []
       WHEN h.paid IS NULL THEN [h.id + '.paid']
       WHEN official IS NULL THEN [p.id + '.public_post']
       ELSE [h.id + '.pay_basis'] END AS missing,
  [h.id] AS evidence
ORDER BY post
