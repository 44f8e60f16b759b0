// @title      Chain of service stations above a station
// @title.zh   党群服务阵地的上级链
// @topic      cobuilding
// @about      Position 0 is the station itself, then each superior in turn.
// @about.zh   位置 0 为该阵地本身，其后依次为各上级阵地。
// @param      station  string  required  "station id" / "阵地编号"
// @param      as_of    date    today     "day the answer is for" / "统计日期"
// @returns    position, station, name, kind
// @source     the graph itself
MATCH (:ServiceStation {id: $station})-[up:SUBORDINATE_TO*0..10]->(s:ServiceStation)
WHERE all(e IN up WHERE e.since <= $as_of < e.until)
RETURN size(up) AS position, s.id AS station, s.name AS name, s.kind AS kind
ORDER BY position, station
