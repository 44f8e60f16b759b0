// @title      Places of a scope
// @title.zh   范围内的处所
// @topic      scopes
// @about      The area itself and every area, quarter, building and grid in it, at any time.
// @about.zh   辖区本身及其内的各级辖区、小区、楼栋和网格，不论何时。
// @param      area  string  required  "area id" / "辖区编号"
// @returns    place
// @source     the graph itself
MATCH (top:Area {id: $area})<-[:PART_OF*0..8]-(place)
RETURN DISTINCT place.id AS place
ORDER BY place
