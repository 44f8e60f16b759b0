// @title      Things of a scope
// @title.zh   范围内的事项
// @topic      scopes
// @about      Resources that one of these offers, and needs, projects, mechanisms, meetings and published figures
// @about      that concern one of them, at any time. Asked again with what was found, it gives what concerns that.
// @about.zh   这些处所、组织、事项提供的资源，和涉及它们的需求、项目、机制、会议、公布数字，不论何时；
// @about.zh   用查得的编号再问一次，即得涉及这些事项的。
// @param      subjects  strings  required  "ids, separated by commas" / "编号，用逗号分隔"
// @returns    thing
// @source     the graph itself
CALL () {
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'u-'
  MATCH (:Unit {id: id})-[:OFFERS]->(x:Resource)
  RETURN x.id AS thing
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'pf-'
  MATCH (:PropertyFirm {id: id})-[:OFFERS]->(x:Resource)
  RETURN x.id AS thing
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'po-'
  MATCH (:PartyOrganization {id: id})-[:OFFERS]->(x:Resource)
  RETURN x.id AS thing
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'rc-'
  MATCH (:ResidentsCommittee {id: id})-[:OFFERS]->(x:Resource)
  RETURN x.id AS thing
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 't-'
  MATCH (:Team {id: id})-[:OFFERS]->(x:Resource)
  RETURN x.id AS thing
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'st-'
  MATCH (:ServiceStation {id: id})-[:OFFERS]->(x:Resource)
  RETURN x.id AS thing
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'pp-'
  MATCH (:PropertyProject {id: id})-[:OFFERS]->(x:Resource)
  RETURN x.id AS thing
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE left(id, 1) IN ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
  MATCH (:Area {id: id})<-[:CONCERNS]-(x)
  RETURN x.id AS thing
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'q-'
  MATCH (:Quarter {id: id})<-[:CONCERNS]-(x)
  RETURN x.id AS thing
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'b-'
  MATCH (:Building {id: id})<-[:CONCERNS]-(x)
  RETURN x.id AS thing
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'g-'
  MATCH (:Grid {id: id})<-[:CONCERNS]-(x)
  RETURN x.id AS thing
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'po-'
  MATCH (:PartyOrganization {id: id})<-[:CONCERNS]-(x)
  RETURN x.id AS thing
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'rc-'
  MATCH (:ResidentsCommittee {id: id})<-[:CONCERNS]-(x)
  RETURN x.id AS thing
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'oc-'
  MATCH (:OwnersCommittee {id: id})<-[:CONCERNS]-(x)
  RETURN x.id AS thing
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'sc-'
  MATCH (:SupervisionCommittee {id: id})<-[:CONCERNS]-(x)
  RETURN x.id AS thing
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'pp-'
  MATCH (:PropertyProject {id: id})<-[:CONCERNS]-(x)
  RETURN x.id AS thing
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'n-'
  MATCH (:Need {id: id})<-[:CONCERNS]-(x)
  RETURN x.id AS thing
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'k-'
  MATCH (:Mechanism {id: id})<-[:CONCERNS]-(x)
  RETURN x.id AS thing
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'pj-'
  MATCH (:Project {id: id})<-[:CONCERNS]-(x)
  RETURN x.id AS thing
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 'st-'
  MATCH (:ServiceStation {id: id})<-[:CONCERNS]-(x)
  RETURN x.id AS thing
  UNION ALL
  UNWIND $subjects AS id
  WITH id WHERE id STARTS WITH 't-'
  MATCH (:Team {id: id})<-[:CONCERNS]-(x)
  RETURN x.id AS thing
}
RETURN DISTINCT thing
ORDER BY thing
