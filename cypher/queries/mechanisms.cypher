// @title      Mechanisms of an area
// @title.zh   辖区的机制
// @topic      bodies
// @about      Standing arrangements that concern the area, a place in it, or a body that covers or
// @about      serves one. `mode` says whether it is required, encouraged, practised,
// @about      a pilot or a target; `about` says in words what else the source states of it.
// @about.zh   涉及该辖区、其内部各处及覆盖或服务这些地方的组织的机制；mode 区分要求、鼓励、已实行、
// @about.zh   试点和目标；about 为来源对该机制的其他记述（概括）。
// @param      area   string  required  "area id" / "辖区编号"
// @param      kind   string  null      "kind of mechanism, e.g. joint_meeting; null = all" / "机制类型，如 joint_meeting，空为全部"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @returns    mechanism, name, kind, period_days, walk_minutes, steps, parties, post_from, post_to, mode, about, concerns
// @source     the published documents, read through the Mechanism nodes
MATCH (:Area {id: $area})<-[up:PART_OF*0..7]-(place)
WHERE all(p IN up WHERE p.since <= $as_of < p.until)
MATCH (place)<-[at:COVERS|SERVES*0..1]-(thing)<-[k:CONCERNS]-(m:Mechanism)
WHERE all(e IN [k] + at WHERE e.since <= $as_of < e.until)
  AND ($kind IS NULL OR m.kind = $kind)
WITH DISTINCT m
RETURN m.id AS mechanism, m.name AS name, m.kind AS kind, m.period_days AS period_days,
  m.walk_minutes AS walk_minutes, m.steps AS steps, m.parties AS parties,
  m.post_from AS post_from, m.post_to AS post_to, m.mode AS mode, m.about AS about,
  COLLECT {
    MATCH (m)-[k:CONCERNS]->(t) WHERE k.since <= $as_of < k.until
    RETURN DISTINCT t.id ORDER BY t.id
  } AS concerns
ORDER BY mechanism
