// @title      Which registers are complete for an area
// @title.zh   辖区的台账齐全情况
// @topic      areas
// @about      Registers that are complete on the day for the area, for an area above it (they close
// @about      its lists too), for a place in it, or for a body, unit, team or station that covers,
// @about      serves or is based in one. A missing record is a gap only under such a register.
// @about.zh   当日对该辖区、其上级辖区（亦适用于本辖区）、其内部各处及相关组织、单位、队伍、阵地齐全的台账；
// @about.zh   只有台账齐全，无记录才是缺口。
// @param      area   string  required  "area id" / "辖区编号"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @returns    place, subject, since, register
// @source     the graph itself (COMPLETE_IN edges)
MATCH (a:Area {id: $area})
CALL (a) {
  MATCH (a)-[up:PART_OF*1..4]->(place:Area)
  WHERE all(p IN up WHERE p.since <= $as_of < p.until)
  RETURN place
  UNION ALL
  MATCH (a)<-[up:PART_OF*0..7]-(inside)
  WHERE all(p IN up WHERE p.since <= $as_of < p.until)
  MATCH (inside)<-[at:COVERS|SERVES|BASED_IN*0..1]-(place)
  WHERE all(e IN at WHERE e.since <= $as_of < e.until)
  RETURN place
}
WITH DISTINCT place
MATCH (place)-[k:COMPLETE_IN]->(d:SourceDocument)
WHERE k.since <= $as_of < k.until
RETURN place.id AS place, k.subject AS subject, k.since AS since, d.id AS register
ORDER BY place, subject, register, k.id
