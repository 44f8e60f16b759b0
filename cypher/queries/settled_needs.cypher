// @title      Settled needs of an area
// @title.zh   辖区已办结的需求和问题
// @topic      cobuilding
// @about      Needs that concerned the area or a place in it and were settled by the day, one row
// @about      for each place: `until` is the day of settlement, or, where until_known is false, the
// @about      day on which it was first known to be settled. `met_by` lists the projects.
// @about.zh   涉及该辖区及其内部各处、至统计日期已办结的需求和问题，每处一行；until 为办结日，
// @about.zh   until_known 为 false 时只知至该日已办结，办结日不详；met_by 为对接的项目。
// @param      area   string  required  "area id" / "辖区编号"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @returns    need, name, kind, category, status, about, since, until, until_known, met_by, concerns
// @source     the graph itself
MATCH (:Area {id: $area})<-[up:PART_OF*0..7]-(place)
WHERE all(p IN up WHERE p.since <= $as_of < p.until)
MATCH (place)<-[k:CONCERNS]-(n:Need)
WHERE k.until <= $as_of
RETURN n.id AS need, n.name AS name, n.kind AS kind, n.category AS category, n.status AS status,
  n.about AS about, k.since AS since, k.until AS until, coalesce(k.until_known, true) AS until_known,
  COLLECT {
    MATCH (n)<-[e:MEETS]-(project:Project) WHERE e.since <= $as_of
    RETURN DISTINCT project.id ORDER BY project.id
  } AS met_by,
  place.id AS concerns
ORDER BY need, concerns, k.id
