// @title      Where persons hold posts that count
// @title.zh   各人任职（计数职务）所在处所
// @about      One row per person and quarter, grid or area in which a post of theirs lies that is counted
// @about      among a person's posts: see the rule on too many posts.
// @about.zh   每人及其计数职务所在的小区、网格、辖区一行；哪些职务计数，见“一人多岗过多”规则。
// @param      as_of  date  today  "day the answer is for" / "统计日期"
// @returns    subject, place
// @source     the model: HOLDS_POST, COVERS, SERVES, BASED_IN, PART_OF
CALL () {
  MATCH (p:Person)-[h:HOLDS_POST]->(x)
  WHERE h.role IN ['grid_worker', 'building_head'] AND h.since <= $as_of < h.until
    AND (x:Area OR x:Quarter OR x:Grid)
  RETURN p, x.id AS place
  UNION
  MATCH (p:Person)-[h:HOLDS_POST]->()-[up:PART_OF*1..4]->(x:Quarter)
  WHERE h.role IN ['grid_worker', 'building_head'] AND all(e IN up + [h] WHERE e.since <= $as_of < e.until)
  RETURN p, x.id AS place
  UNION
  MATCH (p:Person)-[h:HOLDS_POST]->(b)-[v:COVERS|SERVES]->(x)
  WHERE ((b:PartyOrganization AND h.role <> 'instructor')
      OR (b:ResidentsCommittee AND h.role <> 'community_worker')
      OR (b:OwnersCommittee AND h.role <> 'alternate') OR b:PropertyProject)
    AND h.since <= $as_of < h.until AND v.since <= $as_of < v.until AND (x:Area OR x:Quarter OR x:Grid)
  RETURN p, x.id AS place
  UNION
  MATCH (p:Person)-[h:HOLDS_POST]->(b:PartyOrganization)-[v:COVERS]->()-[up:PART_OF*1..4]->(x:Quarter)
  WHERE h.role <> 'instructor' AND all(e IN up + [v, h] WHERE e.since <= $as_of < e.until)
  RETURN p, x.id AS place
  UNION
  MATCH (p:Person)-[h:HOLDS_POST]->(b:PartyOrganization)-[v:COVERS]->()-[s:BASED_IN]->(x)
  WHERE h.role <> 'instructor' AND h.since <= $as_of < h.until AND v.since <= $as_of < v.until
    AND s.since <= $as_of < s.until
  RETURN p, x.id AS place
}
RETURN p.id AS subject, place
ORDER BY subject, place
