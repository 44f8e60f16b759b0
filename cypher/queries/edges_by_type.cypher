// @title      Edges of each type in force on a day
// @title.zh   某日有效的各类关系数
// @topic      areas
// @about      Edges that have ended or not yet begun on the day are not counted.
// @about.zh   当日已终止或尚未开始的关系不计。
// @param      as_of  date  today  "day the answer is for" / "统计日期"
// @tells      any
// @returns    type, edges, synthetic
// @source     the graph itself
MATCH ()-[e]->()
WHERE e.since <= $as_of < e.until
RETURN type(e) AS type, count(*) AS edges,
  sum(CASE WHEN e.synthetic THEN 1 ELSE 0 END) AS synthetic
ORDER BY type
