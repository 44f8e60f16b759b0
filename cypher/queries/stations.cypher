// @title      Service stations of an area
// @title.zh   辖区的党群服务阵地
// @topic      cobuilding
// @about      Stations that serve the area or a place in it, or stand there.
// @about.zh   服务该辖区及其内部各处，或位于其中的党群服务阵地。
// @param      area   string  required  "area id" / "辖区编号"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @returns    station, name, kind, floor_area_m2, about, serves, based_in
// @source     the graph itself
MATCH (:Area {id: $area})<-[w:WITHIN]-(place)
WHERE w.since <= $as_of < w.until
MATCH (place)<-[e:SERVES|BASED_IN]-(s:ServiceStation)
WHERE e.since <= $as_of < e.until
WITH DISTINCT s
RETURN s.id AS station, s.name AS name, s.kind AS kind, s.floor_area_m2 AS floor_area_m2,
  s.about AS about,
  COLLECT {
    MATCH (s)-[e:SERVES]->(t) WHERE e.since <= $as_of < e.until
    RETURN DISTINCT t.id ORDER BY t.id
  } AS serves,
  COLLECT {
    MATCH (s)-[e:BASED_IN]->(t) WHERE e.since <= $as_of < e.until
    RETURN t.id ORDER BY t.id
  }[0] AS based_in
ORDER BY station
