// @title      Quarters on the map
// @title.zh   小区的位置
// @topic      areas
// @about      Every quarter of the area with its coordinates (WGS 84), null where they are not known, and
// @about      the lowest area that it is part of.
// @about.zh   辖区内每个小区的坐标（WGS 84），不详为空；part_of 为所属的最低一级辖区。
// @param      area   string  required  "area id" / "辖区编号"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @returns    quarter, name, part_of, edge, since, until, source, lat, lon
// @source     the graph itself
MATCH (:Area {id: $area})<-[w:WITHIN]-(a:Area)<-[p:PART_OF]-(q:Quarter)
WHERE w.since <= $as_of < w.until AND p.since <= $as_of < p.until
RETURN q.id AS quarter, q.name AS name, a.id AS part_of, p.id AS edge, p.since AS since, p.until AS until,
  p.source AS source, q.lat AS lat, q.lon AS lon
ORDER BY quarter
