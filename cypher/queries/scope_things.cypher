// @title      What needs, resources, projects, mechanisms, meetings and claims belong to
// @title.zh   需求、资源、项目、机制、会议和公布数字的归属
// @topic      scopes
// @about      Each with what offers it or what it concerns, at any time.
// @about.zh   每一项与提供者或所涉对象，不论何时。
// @returns    thing, at
// @source     the graph itself
CALL () {
  MATCH (x:Resource)<-[:OFFERS]-(y)
  RETURN x.id AS thing, y.id AS at
  UNION ALL
  MATCH (x:Need)-[:CONCERNS]->(y)
  RETURN x.id AS thing, y.id AS at
  UNION ALL
  MATCH (x:Project)-[:CONCERNS]->(y)
  RETURN x.id AS thing, y.id AS at
  UNION ALL
  MATCH (x:Mechanism)-[:CONCERNS]->(y)
  RETURN x.id AS thing, y.id AS at
  UNION ALL
  MATCH (x:Meeting)-[:CONCERNS]->(y)
  RETURN x.id AS thing, y.id AS at
  UNION ALL
  MATCH (x:Claim)-[:CONCERNS]->(y)
  RETURN x.id AS thing, y.id AS at
}
RETURN DISTINCT thing, at
ORDER BY thing, at
