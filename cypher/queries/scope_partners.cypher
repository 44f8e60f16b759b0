// @title      Partners of a scope
// @title.zh   范围的共建单位和关联组织
// @topic      scopes
// @about      Units that co-build with one of the bodies and the party organization that covers
// @about      such a unit, the firm behind a property project, and who reported to a body; at any time.
// @about.zh   与这些组织共建的单位及覆盖该单位的党组织、项目背后的物业公司、到此报到的单位和党组织，不论何时。
// @param      bodies  strings  required  "ids, separated by commas" / "编号，用逗号分隔"
// @param      secret  bool     true      "who reported, too" / "含到此报到的"
// @tells      REPORTED_TO
// @returns    partner
// @source     the graph itself
CALL () {
  UNWIND $bodies AS id
  WITH id WHERE id STARTS WITH 'po-'
  MATCH (:PartyOrganization {id: id})<-[:CO_BUILDS]-(x)
  WHERE NOT x:Person
  RETURN x.id AS partner
  UNION ALL
  UNWIND $bodies AS id
  WITH id WHERE $secret AND id STARTS WITH 'po-'
  MATCH (:PartyOrganization {id: id})<-[:REPORTED_TO]-(x)
  WHERE NOT x:Person
  RETURN x.id AS partner
  UNION ALL
  UNWIND $bodies AS id
  WITH id WHERE id STARTS WITH 'po-'
  MATCH (:PartyOrganization {id: id})<-[:CO_BUILDS]-(u:Unit)<-[:COVERS]-(x:PartyOrganization)
  RETURN x.id AS partner
  UNION ALL
  UNWIND $bodies AS id
  WITH id WHERE id STARTS WITH 'pp-'
  MATCH (:PropertyProject {id: id})-[:OPERATED_BY]->(x)
  RETURN x.id AS partner
}
RETURN DISTINCT partner
ORDER BY partner
