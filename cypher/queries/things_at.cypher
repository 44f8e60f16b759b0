// @title      What things concern, and who offers them
// @title.zh   事项所涉对象与资源提供者
// @topic      cobuilding
// @about      Needs, projects, mechanisms, meetings and published figures with what they concern since
// @about      the day or before, settled or not; resources with who offers them on the day; Party
// @about      organizations that cover nothing with the one above; firms with the projects they run.
// @about.zh   需求、项目、机制、会议和公布数字所涉的对象（截至当日，已办结的也在内），资源当日的提供者，
// @about.zh   没有覆盖对象的党组织的上级，物业企业承接的物业项目。
// @param      things  strings  required  "ids, separated by commas" / "编号，用逗号分隔"
// @param      as_of   date     today     "day the answer is for" / "统计日期"
// @returns    thing, at
// @source     the graph itself
CALL () {
  UNWIND $things AS id
  MATCH (x:Need {id: id})-[c:CONCERNS]->(y)
  WHERE c.since <= $as_of
  RETURN id AS thing, y.id AS at
  UNION ALL
  UNWIND $things AS id
  MATCH (x:Project {id: id})-[c:CONCERNS]->(y)
  WHERE c.since <= $as_of
  RETURN id AS thing, y.id AS at
  UNION ALL
  UNWIND $things AS id
  MATCH (x:Mechanism {id: id})-[c:CONCERNS]->(y)
  WHERE c.since <= $as_of
  RETURN id AS thing, y.id AS at
  UNION ALL
  UNWIND $things AS id
  MATCH (x:Meeting {id: id})-[c:CONCERNS]->(y)
  WHERE c.since <= $as_of
  RETURN id AS thing, y.id AS at
  UNION ALL
  UNWIND $things AS id
  MATCH (x:Claim {id: id})-[c:CONCERNS]->(y)
  WHERE c.since <= $as_of
  RETURN id AS thing, y.id AS at
  UNION ALL
  UNWIND $things AS id
  MATCH (x:Resource {id: id})<-[o:OFFERS]-(y)
  WHERE o.since <= $as_of < o.until
  RETURN id AS thing, y.id AS at
  UNION ALL
  UNWIND $things AS id
  MATCH (x:PartyOrganization {id: id})-[s:SUBORDINATE_TO]->(y)
  WHERE s.since <= $as_of < s.until
    AND NOT EXISTS { MATCH (x)-[c:COVERS|BASED_IN]->() WHERE c.since <= $as_of < c.until }
  RETURN id AS thing, y.id AS at
  UNION ALL
  UNWIND $things AS id
  MATCH (x:PropertyFirm {id: id})<-[o:OPERATED_BY]-(y)
  WHERE o.since <= $as_of < o.until
  RETURN id AS thing, y.id AS at
}
RETURN DISTINCT thing, at
ORDER BY thing, at
