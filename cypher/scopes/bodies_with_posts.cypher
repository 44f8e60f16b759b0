// @title      Where bodies with posts are, by every tie
// @title.zh   设有职务的组织所在处所（各种联系）
// @about      One row per body, place or unit in which somebody holds a post, and quarter, grid or area:
// @about      itself, what it covers, serves or is based in, the seat of a unit that it covers, and of
// @about      a building its quarter.
// @about.zh   每个有人任职的组织、处所、单位及其所在小区、网格、辖区一行：自身，所覆盖、服务、驻在的处所，
// @about.zh   所覆盖单位的驻地，楼栋则为其所在小区。
// @param      as_of  date  today  "day the answer is for" / "统计日期"
// @returns    subject, place
// @source     the model: HOLDS_POST, COVERS, SERVES, BASED_IN, PART_OF
MATCH (b)<-[:HOLDS_POST]-(:Person)
WITH DISTINCT b
MATCH (b)-[at:COVERS|SERVES|BASED_IN*0..1]->(x)-[seat:BASED_IN*0..1]->(y)-[up:PART_OF*0..4]->(s)
WHERE (s:Area OR s:Quarter OR s:Grid) AND (size(up) = 0 OR s:Quarter)
  AND all(e IN at + seat + up WHERE e.since <= $as_of < e.until)
RETURN DISTINCT b.id AS subject, s.id AS place
ORDER BY subject, place
