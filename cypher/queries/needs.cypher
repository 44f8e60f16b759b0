// @title      Open needs of an area
// @title.zh   辖区未办结的需求和问题
// @topic      cobuilding
// @about      Needs that concern the area or a place in it on the day, one row for each place they
// @about      concern: `since` is the day it was raised, `until` the day it was closed (9999-12-31
// @about      while it is open); where until_known is false it had been closed by then, on a day
// @about      that is not known. `status` is the last one on record: null for a need that was
// @about      settled after the day, since how far it had come on the day is not recorded.
// @about.zh   当日涉及该辖区及其内部各处的需求和问题，每涉及一处一行；since 为提出日，
// @about.zh   until 为办结日（未办结为 9999-12-31）；until_known 为 false 时，至该日已办结，办结日不详。
// @about.zh   status 为最近一次记录的状态；当日之后才办结的为空，因当日办到哪一步没有记录。
// @param      area   string  required  "area id" / "辖区编号"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @returns    need, name, kind, category, status, about, since, until, until_known, concerns, concerns_name
// @source     the graph itself
MATCH (:Area {id: $area})<-[up:PART_OF*0..7]-(place)
WHERE all(p IN up WHERE p.since <= $as_of < p.until)
MATCH (place)<-[k:CONCERNS]-(n:Need)
WHERE k.since <= $as_of < k.until
WITH n, k, place, k.until = date('9999-12-31') AS open
RETURN n.id AS need, n.name AS name, n.kind AS kind, n.category AS category,
  CASE WHEN open OR NOT n.status IN ['resolved', 'evaluated'] THEN n.status END AS status,
  n.about AS about, k.since AS since, k.until AS until,
  CASE WHEN NOT open THEN coalesce(k.until_known, true) END AS until_known,
  place.id AS concerns, place.name AS concerns_name
ORDER BY need, concerns, k.id
