// @title      Quarters of an area
// @title.zh   辖区内的小区
// @topic      areas
// @about      `part_of` is the lowest area that is known: usually a community.
// @about.zh   part_of 为已知的最低一级辖区，一般为社区。
// @param      area   string  required  "area id" / "辖区编号"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @returns    quarter, name, kind, households, part_of
// @source     the graph itself
MATCH (:Area {id: $area})<-[w:WITHIN]-(a:Area)<-[p:PART_OF]-(q:Quarter)
WHERE w.since <= $as_of < w.until AND p.since <= $as_of < p.until
RETURN q.id AS quarter, q.name AS name, q.kind AS kind, q.households AS households,
  a.id AS part_of
ORDER BY quarter
