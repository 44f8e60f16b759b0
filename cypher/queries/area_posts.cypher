// @title      Posts in an area
// @title.zh   辖区内的任职
// @topic      bodies
// @about      Posts held on the day in the places of the area and in the bodies, teams, stations and
// @about      units that cover, serve or are based in them; with who pays, where it is recorded.
// @about.zh   当日在辖区内各处及覆盖、服务或位于其中的组织、队伍、阵地、单位的任职；含报酬情况（有记录的）。
// @param      area   string  required  "area id" / "辖区编号"
// @param      role   string  null      "post, e.g. secretary; null = all" / "职务，如 secretary，空为全部"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @returns    post, person, person_name:personal, body, body_name, role, capacity:personal, concurrent, paid:personal, pay_basis:personal
// @source     the graph itself
MATCH (:Area {id: $area})<-[up:PART_OF*0..7]-(place)
WHERE all(p IN up WHERE p.since <= $as_of < p.until)
MATCH (place)<-[at:COVERS|SERVES|BASED_IN*0..1]-(body)
WHERE all(e IN at WHERE e.since <= $as_of < e.until)
WITH DISTINCT body
MATCH (body)<-[h:HOLDS_POST]-(person:Person)
WHERE h.since <= $as_of < h.until AND ($role IS NULL OR h.role = $role)
RETURN h.id AS post, person.id AS person, person.name AS person_name, body.id AS body, body.name AS body_name,
  h.role AS role, h.capacity AS capacity, h.concurrent AS concurrent, h.paid AS paid,
  h.pay_basis AS pay_basis
ORDER BY post
