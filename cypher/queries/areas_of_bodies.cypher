// @title      Areas of bodies
// @title.zh   组织所在辖区
// @topic      bodies
// @about      The lowest areas in which some bodies are, and all bodies in which some persons hold
// @about      posts: where they cover, serve or are based. area is null for a body that is nowhere.
// @about.zh   指定组织及指定人员任职的全部组织所在的最低一级辖区（按覆盖、服务或驻地）；无处可归的为空。
// @param      bodies   strings  []     "ids of bodies, separated by commas" / "组织编号，用逗号分隔"
// @param      persons  strings  []     "ids of persons, separated by commas" / "人员编号，用逗号分隔"
// @param      as_of    date     today  "day the answer is for" / "统计日期"
// @returns    body, area
// @source     the graph itself
CALL () {
  UNWIND $persons AS id
  MATCH (:Person {id: id})-[h:HOLDS_POST]->(b)
  WHERE h.since <= $as_of < h.until
  RETURN b
  UNION ALL
  UNWIND $bodies AS id
  MATCH (b:PartyOrganization {id: id})
  RETURN b
  UNION ALL
  UNWIND $bodies AS id
  MATCH (b:ResidentsCommittee {id: id})
  RETURN b
  UNION ALL
  UNWIND $bodies AS id
  MATCH (b:OwnersCommittee {id: id})
  RETURN b
  UNION ALL
  UNWIND $bodies AS id
  MATCH (b:SupervisionCommittee {id: id})
  RETURN b
  UNION ALL
  UNWIND $bodies AS id
  MATCH (b:PropertyProject {id: id})
  RETURN b
  UNION ALL
  UNWIND $bodies AS id
  MATCH (b:Team {id: id})
  RETURN b
  UNION ALL
  UNWIND $bodies AS id
  MATCH (b:ServiceStation {id: id})
  RETURN b
  UNION ALL
  UNWIND $bodies AS id
  MATCH (b:Unit {id: id})
  RETURN b
  UNION ALL
  UNWIND $bodies AS id
  MATCH (b:PropertyFirm {id: id})
  RETURN b
  UNION ALL
  UNWIND $bodies AS id
  MATCH (b:Grid {id: id})
  RETURN b
  UNION ALL
  UNWIND $bodies AS id
  MATCH (b:Building {id: id})
  RETURN b
  UNION ALL
  UNWIND $bodies AS id
  MATCH (b:Quarter {id: id})
  RETURN b
}
WITH DISTINCT b
WITH b, COLLECT { MATCH (b)-[at:COVERS|SERVES|BASED_IN*0..1]->(x)-[seat:BASED_IN*0..1]->(s)
                  WHERE all(e IN at + seat WHERE e.since <= $as_of < e.until)
                    AND (s:Area OR s:Quarter OR s:Building OR s:Grid)
                  RETURN DISTINCT s ORDER BY s.id } AS places
UNWIND CASE WHEN size(places) = 0 THEN [null] ELSE places END AS s
WITH b, CASE WHEN s IS NOT NULL THEN COLLECT {
    MATCH (s)-[up:PART_OF*0..4]->(x)-[w:WITHIN]->(a)
    WHERE all(e IN up + [w] WHERE e.since <= $as_of < e.until) AND (size(up) = 0 OR x:Quarter)
    RETURN a.id ORDER BY w.height, a.id LIMIT 1 }[0] END AS area
RETURN DISTINCT b.id AS body, area
ORDER BY body, area
