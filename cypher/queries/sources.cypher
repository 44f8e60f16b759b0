// @title      Sources and how much rests on each
// @title.zh   来源及其支撑的数据量
// @topic      figures
// @about      Every document or register, with the nodes that name it as their source and the edges
// @about      in force on the day that do. Derived edges have no document of their own; ties that are
// @about      personal data (home, employer, membership, kinship) are not counted.
// @about.zh   每份文献或台账，以及以其为来源的节点数和当日有效的关系数；推导出的关系没有自己的来源文献，
// @about.zh   属个人信息的关系（居住、房产、任职单位、组织关系、报到、亲属）不计。
// @param      as_of  date  today  "day the answer is for" / "统计日期"
// @returns    document, name, kind, publisher, published_on, nodes, edges
// @source     the graph itself
CALL () {
  MATCH (n) WHERE n.synthetic IS NOT NULL
  RETURN n.source AS source, count(*) AS nodes, 0 AS edges
  UNION ALL
  MATCH ()-[e]->() WHERE e.since <= $as_of < e.until
    AND NOT type(e) IN ['MEMBER_OF', 'REPORTED_TO', 'LIVES_IN', 'OWNS_HOME_IN', 'EMPLOYED_BY', 'RELATED_TO']
  RETURN e.source AS source, 0 AS nodes, count(*) AS edges
  UNION ALL
  MATCH (d:SourceDocument)
  RETURN d.id AS source, 0 AS nodes, 0 AS edges
}
WITH source, sum(nodes) AS nodes, sum(edges) AS edges
MATCH (d:SourceDocument {id: source})
RETURN d.id AS document, d.name AS name, d.kind AS kind, d.publisher AS publisher,
  d.published_on AS published_on, nodes, edges
ORDER BY document
