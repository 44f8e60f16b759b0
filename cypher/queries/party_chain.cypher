// @title      Chain of Party organizations above an organization
// @title.zh   党组织的上级链
// @topic      bodies
// @about      Position 0 is the organization itself, then each superior in turn. A chain that ends
// @about      early means that no superior is recorded.
// @about.zh   位置 0 为该党组织本身，其后依次为各上级党组织；链条中止表示其上级无记录。
// @param      organization  string  required  "Party organization id" / "党组织编号"
// @param      as_of         date    today     "day the answer is for" / "统计日期"
// @returns    position, organization, name, tier, level
// @source     the graph itself
MATCH (:PartyOrganization {id: $organization})-[up:SUBORDINATE_TO*0..10]->(o:PartyOrganization)
WHERE all(e IN up WHERE e.since <= $as_of < e.until)
RETURN size(up) AS position, o.id AS organization, o.name AS name, o.tier AS tier,
  o.level AS level
ORDER BY position, organization
