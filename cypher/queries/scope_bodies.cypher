// @title      Bodies of a scope
// @title.zh   范围内的组织
// @topic      scopes
// @about      What covers or serves one of the places or is based there, at any time, and the party
// @about      organizations below those.
// @about.zh   覆盖、服务于这些处所或位于其内的组织，不论何时；以及其下级党组织。
// @param      places  strings  required  "ids, separated by commas" / "编号，用逗号分隔"
// @returns    body
// @source     the graph itself
CALL () {
  UNWIND $places AS id
  WITH id WHERE left(id, 1) IN ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
  MATCH (:Area {id: id})<-[:COVERS|SERVES|BASED_IN]-(x)
  RETURN x.id AS body
  UNION ALL
  UNWIND $places AS id
  WITH id WHERE id STARTS WITH 'q-'
  MATCH (:Quarter {id: id})<-[:COVERS|SERVES|BASED_IN]-(x)
  RETURN x.id AS body
  UNION ALL
  UNWIND $places AS id
  WITH id WHERE id STARTS WITH 'b-'
  MATCH (:Building {id: id})<-[:COVERS]-(x)
  RETURN x.id AS body
  UNION ALL
  UNWIND $places AS id
  WITH id WHERE id STARTS WITH 'g-'
  MATCH (:Grid {id: id})<-[:COVERS]-(x)
  RETURN x.id AS body
  UNION ALL
  UNWIND $places AS id
  WITH id WHERE left(id, 1) IN ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
  MATCH (:Area {id: id})<-[:COVERS]-(above:PartyOrganization)
  MATCH (above)<-[:SUBORDINATE_TO*1..8]-(x)
  RETURN x.id AS body
}
RETURN DISTINCT body
ORDER BY body
