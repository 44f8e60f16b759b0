// @title      Area and households of the subject of a gap
// @title.zh   缺口对象所在辖区与户数
// @topic      coverage
// @about      The lowest area of a place, a body, an open need or a resident, and the places whose
// @about      households it concerns; households is null where it is not recorded.
// @about.zh   小区、楼栋、网格、业委会、需求、居民或社区的最低一级辖区，及其所涉住户的处所；户数未登记为空。
// @param      subjects  strings  required  "ids, separated by commas" / "编号，用逗号分隔"
// @param      as_of     date     today     "day the answer is for" / "统计日期"
// @tells      LIVES_IN
// @returns    subject, place, households, area
// @source     the graph itself
CALL () {
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'q-'
  MATCH (x:Quarter {id: id})
  RETURN id AS subject, x AS place
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'b-'
  MATCH (x:Building {id: id})
  RETURN id AS subject, x AS place
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'g-'
  MATCH (x:Grid {id: id})
  RETURN id AS subject, x AS place
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'oc-'
  MATCH (:OwnersCommittee {id: id})-[c:COVERS]->(x)
  WHERE c.since <= $as_of < c.until
  RETURN id AS subject, x AS place
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'n-'
  MATCH (:Need {id: id})-[c:CONCERNS]->(x)
  WHERE c.since <= $as_of < c.until
  RETURN id AS subject, x AS place
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'p-'
  MATCH (:Person {id: id})-[c:LIVES_IN]->(x)
  WHERE c.since <= $as_of < c.until
  RETURN id AS subject, x AS place
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE left(id, 1) IN ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
  MATCH (x:Area {id: id})
  RETURN id AS subject, x AS place
}
WITH DISTINCT subject, place
RETURN subject, place.id AS place, place.households AS households,
  COLLECT { MATCH (place)-[up:PART_OF*0..4]->(x)-[w:WITHIN]->(a)
            WHERE all(e IN up + [w] WHERE e.since <= $as_of < e.until) AND (size(up) = 0 OR x:Quarter)
            RETURN a.id ORDER BY w.height, a.id LIMIT 1 }[0] AS area
ORDER BY subject, place
