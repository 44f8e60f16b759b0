// @title      Open needs of an area
// @title.zh   辖区未办结的需求和问题
// @about      Needs that concern the area or a place in it on the day, one row for each place they
// @about      concern: `since` is the day it was raised, `until` the day it was closed (9999-12-31
// @about      while it is open).
// @about.zh   当日涉及该辖区及其内部各处的需求和问题，每涉及一处一行；since 为提出日，
// @about.zh   until 为办结日（未办结为 9999-12-31）。
// @param      area   string  required  "area id" / "辖区编号"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @returns    need, name, kind, category, status, since, until, concerns
// @source     the graph itself
MATCH (:Area {id: $area})<-[up:PART_OF*0..7]-(place)
WHERE all(p IN up WHERE p.since <= $as_of < p.until)
MATCH (place)<-[k:CONCERNS]-(n:Need)
WHERE k.since <= $as_of < k.until
RETURN n.id AS need, n.name AS name, n.kind AS kind, n.category AS category,
  n.status AS status, k.since AS since, k.until AS until, place.id AS concerns
ORDER BY need, concerns, k.id
