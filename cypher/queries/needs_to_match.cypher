// @title      Open needs that no project meets, and what they could be matched with
// @title.zh   未被项目对接的需求及可对接的资源
// @topic      cobuilding
// @about      Needs that concern a place of the area. `resources`: what a resource path reaches today,
// @about      of a category that would meet the need (capacity aside). `committees`: the Party
// @about      organizations whose co-builders' resources the need could reach: they cover the place
// @about      or one of the three levels above it. wanted is null where it is not known.
// @about.zh   涉及辖区内各处的需求。resources 为资源路径当日可达的相应类别资源（不计容量）；
// @about.zh   committees 为其共建单位的资源可为该需求所用的党组织（覆盖该处或其上三级）；wanted 空为不详。
// @param      area   string  required  "area id" / "辖区编号"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @returns    need, name, place, wanted, resources, committees
// @source     the graph itself
MATCH (:Area {id: $area})<-[up:PART_OF*0..8]-(place)<-[c:CONCERNS]-(n:Need)
WHERE c.since <= $as_of < c.until AND all(e IN up WHERE e.since <= $as_of < e.until)
WITH DISTINCT n
WHERE NOT EXISTS { MATCH (n)<-[m:MEETS]-(pj:Project)
                   WHERE m.since <= $as_of < m.until
                     AND coalesce(pj.status, 'active') IN ['planned', 'active'] }
WITH n,
  COLLECT { MATCH (n)-[c:CONCERNS]->(x)-[up:PART_OF*0..3]->()<-[v:COVERS|SERVES]-(b)
              <-[w:CO_BUILDS*0..1]-()-[f:OFFERS]->(r:Resource)
            WHERE c.since <= $as_of < c.until AND v.since <= $as_of < v.until
              AND f.since <= $as_of < f.until
              AND all(e IN up WHERE e.since <= $as_of < e.until)
              AND all(e IN w WHERE e.since <= $as_of < e.until)
              AND (type(v) = 'SERVES' OR b:PartyOrganization OR b:ResidentsCommittee)
              AND r.category IN n.resource_categories
            RETURN DISTINCT r.id AS id ORDER BY id } AS resources,
  COLLECT { MATCH (n)-[c:CONCERNS]->(x)-[up:PART_OF*0..3]->()<-[v:COVERS]-(b:PartyOrganization)
            WHERE c.since <= $as_of < c.until AND v.since <= $as_of < v.until
              AND all(e IN up WHERE e.since <= $as_of < e.until)
            RETURN DISTINCT b.id AS id ORDER BY id } AS committees,
  COLLECT { MATCH (n)-[c:CONCERNS]->(x)
            WHERE c.since <= $as_of < c.until
            RETURN DISTINCT x.id AS id ORDER BY id } AS places
RETURN n.id AS need, n.name AS name, places[0] AS place, n.resource_categories AS wanted,
  resources, committees
ORDER BY need
