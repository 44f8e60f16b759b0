// @title      Cross-appointments of the bodies of an area, with their documents
// @title.zh   辖区内组织的交叉任职（附来源）
// @topic      network
// @about      One row for each pair of posts that one person holds in two bodies of which at least
// @about      one covers or serves the area or a place in it; `from` and `to` are the bodies.
// @about.zh   同一人在两个组织任职、其中至少一个覆盖或服务该辖区或其内部各处的，每对职务一行。
// @param      area   string  required  "area id" / "辖区编号"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @param      ended  bool    false     "also pairs of posts that have ended by the day" / "含当日已终止的"
// @returns    edge, type, from, to, person, role_a, role_b, since, until, date_precision, source
// @source     the graph itself (derived from the recorded posts)
MATCH (:Area {id: $area})<-[up:PART_OF*0..7]-(place)
WHERE all(p IN up WHERE p.since <= $as_of < p.until)
MATCH (place)<-[c:COVERS|SERVES]-(body)
WHERE c.since <= $as_of < c.until
WITH DISTINCT body
MATCH (body)-[x:CROSS_APPOINTMENT]-()
WHERE x.since <= $as_of AND ($ended OR $as_of < x.until)
WITH DISTINCT x
RETURN x.id AS edge, type(x) AS type, startNode(x).id AS from, endNode(x).id AS to,
  x.person AS person, x.role_a AS role_a, x.role_b AS role_b, x.since AS since, x.until AS until,
  coalesce(x.date_precision, []) AS date_precision,
  x.source AS source
ORDER BY edge
