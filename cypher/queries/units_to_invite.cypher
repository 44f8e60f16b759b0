// @title      Units that a community's Party organization could invite to its big Party committee
// @title.zh   社区党组织可邀请加入大党委的单位
// @topic      cobuilding
// @about      Units and property firms that are based in or serve a place of the area's communities,
// @about      or, with reach subdistrict, of the subdistricts around them, and do not co-build with
// @about      that Party organization today. `resources`: what they offer on the day.
// @about.zh   位于或服务于辖区内社区（reach 为 subdistrict 时为所在街道）各处、当日未与该党组织共建的单位和物业企业；
// @about.zh   resources 为其当日提供的资源。
// @param      area   string  required  "area id" / "辖区编号"
// @param      reach  string{community,subdistrict}  "subdistrict"  "how far around a community" / "邀请范围：社区或街道"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @returns    committee, committee_name, community, unit, unit_name, near, resources
// @source     the graph itself
MATCH (:Area {id: $area})<-[w:WITHIN]-(c:Area {level: 'community'})<-[v:COVERS]-(b:PartyOrganization)
WHERE w.since <= $as_of < w.until AND b.level = 'community' AND v.since <= $as_of < v.until
WITH DISTINCT c, b
MATCH (c)-[ps:PART_OF*0..1]->(s:Area)
WHERE all(e IN ps WHERE e.since <= $as_of < e.until)
  AND (size(ps) = 0 OR ($reach = 'subdistrict' AND s.level = 'subdistrict'))
WITH c, b, s, size(ps) = 0 AS near
MATCH (s)<-[w:WITHIN]-(x)<-[t:BASED_IN|SERVES]-(u)
WHERE (u:Unit OR u:PropertyFirm) AND t.since <= $as_of < t.until
  AND w.since <= $as_of < w.until
WITH c, b, u, max(CASE WHEN near THEN 1 ELSE 0 END) AS near
WHERE NOT EXISTS { MATCH (u)-[k:CO_BUILDS]->(b) WHERE k.since <= $as_of < k.until }
RETURN b.id AS committee, b.name AS committee_name, c.id AS community, u.id AS unit,
  u.name AS unit_name, near = 1 AS near,
  COLLECT { MATCH (u)-[f:OFFERS]->(r:Resource)
            WHERE f.since <= $as_of < f.until
            RETURN r.id ORDER BY r.id } AS resources
ORDER BY committee, unit
