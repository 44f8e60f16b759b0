// @title      Whether the registers that resource paths read are complete around where a path begins
// @title.zh   路径出发处周边的资源、共建台账是否齐全
// @about      Where no path is found: "none" needs both registers complete for the place or an area
// @about      above it; otherwise the answer is "not known". The places: those that a need concerns,
// @about      the place itself, those that a body covers, serves or is based in.
// @about.zh   没有路径时，出发处或其上级辖区两项台账均齐全才是“没有”，否则为“未知”。
// @about.zh   出发处：需求所涉及之处、地方本身、组织覆盖、服务或所在之处。
// @param      source  string  required  "id of a need, place, body or person" / "需求、地方、组织或人员编号"
// @param      as_of   date    today     "day the answer is for" / "统计日期"
// @returns    place, place_name, subject, complete
// @source     COMPLETE_IN edges at the place and at the areas above it
CALL () {
  MATCH (n:Need {id: $source})-[c:CONCERNS]->(p)
  WHERE c.since <= $as_of < c.until
  RETURN p
  UNION ALL
  MATCH (p:Quarter {id: $source})
  RETURN p
  UNION ALL
  MATCH (p:Building {id: $source})
  RETURN p
  UNION ALL
  MATCH (p:Area {id: $source})
  RETURN p
  UNION ALL
  MATCH (:PartyOrganization {id: $source})-[v:COVERS|SERVES|BASED_IN]->(p)
  WHERE v.since <= $as_of < v.until
  RETURN p
  UNION ALL
  MATCH (:ResidentsCommittee {id: $source})-[v:COVERS|SERVES|BASED_IN]->(p)
  WHERE v.since <= $as_of < v.until
  RETURN p
  UNION ALL
  MATCH (:OwnersCommittee {id: $source})-[v:COVERS|SERVES|BASED_IN]->(p)
  WHERE v.since <= $as_of < v.until
  RETURN p
  UNION ALL
  MATCH (:SupervisionCommittee {id: $source})-[v:COVERS|SERVES|BASED_IN]->(p)
  WHERE v.since <= $as_of < v.until
  RETURN p
  UNION ALL
  MATCH (:PropertyProject {id: $source})-[v:COVERS|SERVES|BASED_IN]->(p)
  WHERE v.since <= $as_of < v.until
  RETURN p
  UNION ALL
  MATCH (:PropertyFirm {id: $source})-[v:COVERS|SERVES|BASED_IN]->(p)
  WHERE v.since <= $as_of < v.until
  RETURN p
  UNION ALL
  MATCH (:Unit {id: $source})-[v:COVERS|SERVES|BASED_IN]->(p)
  WHERE v.since <= $as_of < v.until
  RETURN p
  UNION ALL
  MATCH (:Team {id: $source})-[v:COVERS|SERVES|BASED_IN]->(p)
  WHERE v.since <= $as_of < v.until
  RETURN p
  UNION ALL
  MATCH (:ServiceStation {id: $source})-[v:COVERS|SERVES|BASED_IN]->(p)
  WHERE v.since <= $as_of < v.until
  RETURN p
  UNION ALL
  MATCH (:Person {id: $source})-[h:HOLDS_POST]->(b)-[v:COVERS|SERVES|BASED_IN]->(p)
  WHERE h.since <= $as_of < h.until AND v.since <= $as_of < v.until
  RETURN p
}
WITH DISTINCT p
UNWIND ['resource', 'co_building'] AS subject
RETURN p.id AS place, p.name AS place_name, subject,
  EXISTS {
    MATCH (p)-[ps:PART_OF*0..6]->(x)-[k:COMPLETE_IN]->(:SourceDocument)
    WHERE k.subject = subject AND k.since <= $as_of < k.until
      AND all(e IN ps WHERE e.since <= $as_of < e.until)
  } AS complete
ORDER BY place, subject
