// @title      Persons of a scope
// @title.zh   范围内的人员
// @topic      scopes
// @about      Who lives or owns a home in one of the places, holds a post there or in one of the
// @about      bodies, or is a member of or reported to one of the party organizations; at any time.
// @about.zh   在这些处所居住、有房产或任职，在这些组织任职，或组织关系在此、到此报到的人员，不论何时。
// @param      places  strings  required  "ids, separated by commas" / "编号，用逗号分隔"
// @param      bodies  strings  required  "ids, separated by commas" / "编号，用逗号分隔"
// @param      secret  bool     true      "by personal ties too" / "含居住、房产、组织关系等个人信息"
// @tells      MEMBER_OF, REPORTED_TO, LIVES_IN, OWNS_HOME_IN
// @returns    person:personal
// @source     the graph itself
CALL () {
  UNWIND $places AS id
  WITH id WHERE id STARTS WITH 'q-'
  MATCH (:Quarter {id: id})<-[:HOLDS_POST]-(x:Person)
  RETURN x.id AS person
  UNION ALL
  UNWIND $places AS id
  WITH id WHERE $secret AND id STARTS WITH 'q-'
  MATCH (:Quarter {id: id})<-[:LIVES_IN|OWNS_HOME_IN]-(x:Person)
  RETURN x.id AS person
  UNION ALL
  UNWIND $places AS id
  WITH id WHERE id STARTS WITH 'b-'
  MATCH (:Building {id: id})<-[:HOLDS_POST]-(x:Person)
  RETURN x.id AS person
  UNION ALL
  UNWIND $places AS id
  WITH id WHERE id STARTS WITH 'g-'
  MATCH (:Grid {id: id})<-[:HOLDS_POST]-(x:Person)
  RETURN x.id AS person
  UNION ALL
  UNWIND $bodies AS id
  WITH id WHERE id STARTS WITH 'po-'
  MATCH (:PartyOrganization {id: id})<-[:HOLDS_POST]-(x:Person)
  RETURN x.id AS person
  UNION ALL
  UNWIND $bodies AS id
  WITH id WHERE $secret AND id STARTS WITH 'po-'
  MATCH (:PartyOrganization {id: id})<-[:MEMBER_OF|REPORTED_TO]-(x:Person)
  RETURN x.id AS person
  UNION ALL
  UNWIND $bodies AS id
  WITH id WHERE id STARTS WITH 'rc-'
  MATCH (:ResidentsCommittee {id: id})<-[:HOLDS_POST]-(x:Person)
  RETURN x.id AS person
  UNION ALL
  UNWIND $bodies AS id
  WITH id WHERE id STARTS WITH 'oc-'
  MATCH (:OwnersCommittee {id: id})<-[:HOLDS_POST]-(x:Person)
  RETURN x.id AS person
  UNION ALL
  UNWIND $bodies AS id
  WITH id WHERE id STARTS WITH 'sc-'
  MATCH (:SupervisionCommittee {id: id})<-[:HOLDS_POST]-(x:Person)
  RETURN x.id AS person
  UNION ALL
  UNWIND $bodies AS id
  WITH id WHERE id STARTS WITH 'pp-'
  MATCH (:PropertyProject {id: id})<-[:HOLDS_POST]-(x:Person)
  RETURN x.id AS person
  UNION ALL
  UNWIND $bodies AS id
  WITH id WHERE id STARTS WITH 't-'
  MATCH (:Team {id: id})<-[:HOLDS_POST]-(x:Person)
  RETURN x.id AS person
  UNION ALL
  UNWIND $bodies AS id
  WITH id WHERE id STARTS WITH 'st-'
  MATCH (:ServiceStation {id: id})<-[:HOLDS_POST]-(x:Person)
  RETURN x.id AS person
}
RETURN DISTINCT person
ORDER BY person
