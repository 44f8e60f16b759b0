// @title      Areas and the area above each
// @title.zh   行政区域树
// @topic      areas
// @about      Every area with the one it is part of on the day; the topmost have none.
// @about.zh   全部行政区域及其当日的上级；最上级没有上级。
// @param      as_of  date  today  "day the answer is for" / "统计日期"
// @returns    area, name, level, code, parent, synthetic
// @source     the graph itself
MATCH (a:Area)
RETURN a.id AS area, a.name AS name, a.level AS level, a.code AS code,
  COLLECT {
    MATCH (a)-[p:PART_OF]->(above:Area) WHERE p.since <= $as_of < p.until
    RETURN above.id ORDER BY above.id
  }[0] AS parent,
  a.synthetic AS synthetic
ORDER BY area
