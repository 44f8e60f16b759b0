// @title      Persons with too many posts
// @title.zh   一人多岗过多
// @about      One row per person with a post that counts: secretary, deputy, committee member,
// @about      part-time member or group leader of a Party organization, seats of residents' and
// @about      owners' committees, posts in a property project, grid workers, heads of buildings.
// @about      Counted wherever they are, whatever area is asked; two posts in one body are two. Also:
// @about      quarters covered by the Party organizations of which the person is secretary. The area
// @about      is the lowest one; a row appears in each area where the person has such a post. Not
// @about      known where no limit is passed and the posts of an area of the person's are not listed.
// @about.zh   每名任有计数职务者一行：党组织书记、副书记、委员、兼职委员、党小组长，居委会、业委会成员，
// @about.zh   物业项目职务，网格员，楼栋长。职务不论在何处一并计算，与所选辖区无关；同一机构两个职务按两个计。
// @about.zh   另计任书记的党组织所覆盖的小区数。未超出但任职地的任职名单不全的，为无法判断。
// @rule       R33
// @severity   info..warning
// @identity   subject
// @places     subject post_holders_at_places
// @version    1
// @verified   E
// @param      as_of                      date    today  "day the answer is for" / "统计日期"
// @param      area                       string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      max_posts                  int[1..50]  3  "posts that one person may have" / "每人任职数上限（个）"
// @param      warn_above                 int[0..50]  2  "posts beyond the limit from which it is a warning" / "超出上限多少个起列为提醒（个）"
// @param      max_quarters_as_secretary  int[1..50]  2  "quarters of which one person may be secretary" / "一人任书记的小区数上限（个）"
// @finding    posts "more posts than one person should have" / "任职数超过上限"
// @finding    quarters "secretary of more quarters than one person should be" / "任书记的小区数超过上限"
// @reason     {subject} has {posts} posts and is secretary of {quarters} quarters: {findings}
// @reason.zh  {subject}任职{posts}个，任书记的小区{quarters}个：{findings}
// @returns    subject, area, verdict, severity, posts, quarters, findings, missing, evidence
// @source     Engineering default: no text was found that caps posts or quarters per person. The cap
// @source     of 中组发〔2013〕18号 is on leading cadres' posts in enterprises only.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  // Whether a post is one of the day is asked below.
  MATCH (p:Person)-[:HOLDS_POST]->()
  RETURN DISTINCT p
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-()<-[h:HOLDS_POST]-(p:Person)
  WHERE h.role IN ['grid_worker', 'building_head'] AND h.since <= $as_of < h.until
    AND w.since <= $as_of < w.until
  RETURN p
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[up:PART_OF*1..4]-()<-[h:HOLDS_POST]-(p:Person)
  WHERE h.role IN ['grid_worker', 'building_head'] AND w.since <= $as_of < w.until
    AND all(e IN up + [h] WHERE e.since <= $as_of < e.until)
  RETURN p
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-()<-[v:COVERS|SERVES]-(b)<-[h:HOLDS_POST]-(p:Person)
  WHERE ((b:PartyOrganization AND h.role <> 'instructor')
      OR (b:ResidentsCommittee AND h.role <> 'community_worker')
      OR (b:OwnersCommittee AND h.role <> 'alternate') OR b:PropertyProject)
    AND h.since <= $as_of < h.until AND v.since <= $as_of < v.until AND w.since <= $as_of < w.until
  RETURN p
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Quarter)<-[up:PART_OF*1..4]-()<-[v:COVERS]-(b:PartyOrganization)
    <-[h:HOLDS_POST]-(p:Person)
  WHERE h.role <> 'instructor' AND w.since <= $as_of < w.until
    AND all(e IN up + [v, h] WHERE e.since <= $as_of < e.until)
  RETURN p
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-()<-[s:BASED_IN]-(u)<-[v:COVERS]-(b:PartyOrganization)
    <-[h:HOLDS_POST]-(p:Person)
  WHERE h.role <> 'instructor' AND h.since <= $as_of < h.until AND v.since <= $as_of < v.until
    AND s.since <= $as_of < s.until AND w.since <= $as_of < w.until
  RETURN p
}
MATCH (p)-[h:HOLDS_POST]->(b)
WHERE h.since <= $as_of < h.until
  AND ((b:PartyOrganization AND h.role <> 'instructor')
    OR (b:ResidentsCommittee AND h.role <> 'community_worker')
    OR (b:OwnersCommittee AND h.role <> 'alternate')
    OR b:PropertyProject OR h.role IN ['grid_worker', 'building_head'])
WITH b, collect({person: p, id: h.id, role: h.role}) AS held
WITH b, held,
  CASE WHEN b:Grid OR b:Building THEN
    [(b)-[v:PART_OF]->(x)
     WHERE v.since <= $as_of < v.until | x]
  ELSE
    [(b)-[v:COVERS|SERVES]->(x)
     WHERE v.since <= $as_of < v.until | x] END AS places
UNWIND CASE WHEN size(places) = 0 THEN [null] ELSE places END AS x
// What lies above a place is found once for all bodies there; a unit is where it is based.
WITH x, collect({body: b, held: held, places: places}) AS bodies
WITH bodies, CASE WHEN x IS NULL THEN [] ELSE
  [x] + [(x)-[v:BASED_IN]->(y)
         WHERE v.since <= $as_of < v.until | y] END AS seats
WITH bodies, reduce(found = seats, y IN [y IN seats WHERE y:Building OR y:Grid]
  | found + [(y)-[up:PART_OF*1..4]->(z:Quarter)
             WHERE all(e IN up WHERE e.since <= $as_of < e.until) | z]) AS grounds
WITH bodies,
  reduce(found = [], x IN grounds
    | found + [(x)-[w:WITHIN]->(a)
               WHERE w.since <= $as_of < w.until | toString(w.height) + a.id]) AS within,
  reduce(found = 0, x IN grounds
    | found + size([(x)-[w:WITHIN]->()-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
                    WHERE w.since <= $as_of < w.until AND k.since <= $as_of < k.until | k.id])) AS registers
WITH bodies, registers,
  reduce(low = null, key IN within | CASE WHEN low < key THEN low ELSE key END) AS area
UNWIND bodies AS x
WITH x.body AS b, head(collect(x.held)) AS held, head(collect(x.places)) AS places, max(registers) > 0 AS listed,
  min(area) AS area
WITH held, listed, area, [x IN places WHERE x:Quarter | x.id] AS quarters
UNWIND held AS h
WITH h.person AS p, h.id AS post, area, listed,
  CASE h.role WHEN 'secretary' THEN quarters ELSE [] END AS quarters
WITH p, collect(post) AS ids, collect(quarters) AS quarters,
  min(area) AS area, collect(CASE WHEN listed THEN null ELSE coalesce(substring(area, 1), '') END) AS open
WITH p, area, size(ids) AS posts,
  CASE WHEN all(list IN quarters WHERE size(list) = 0) THEN 0 ELSE
    size(COLLECT { UNWIND quarters AS list UNWIND list AS id RETURN DISTINCT id }) END AS quarters,
  CASE WHEN size(ids) = 1 THEN ids ELSE
    COLLECT { UNWIND ids AS id RETURN id ORDER BY id } END AS evidence,
  CASE WHEN size(open) = 0 OR EXISTS {
      MATCH (p)-[k:COMPLETE_IN {subject: 'post'}]->(:SourceDocument)
      WHERE k.since <= $as_of < k.until } THEN []
    ELSE COLLECT { UNWIND open AS id
                   RETURN DISTINCT 'post@' + CASE id WHEN '' THEN p.id ELSE id END AS m ORDER BY m } END AS gaps
WITH p, area, posts, quarters, evidence, gaps,
  CASE WHEN posts > $max_posts OR quarters > $max_quarters_as_secretary THEN 'fail'
       WHEN size(gaps) > 0 THEN 'unknown'
       ELSE 'pass' END AS verdict
RETURN p.id AS subject, substring(area, 1) AS area, verdict,
  CASE WHEN verdict <> 'fail' THEN null
       WHEN posts > $max_posts AND posts >= $max_posts + $warn_above THEN 'warning'
       ELSE 'info' END AS severity,
  posts, quarters,
  CASE WHEN posts > $max_posts THEN ['posts'] ELSE [] END
  + CASE WHEN quarters > $max_quarters_as_secretary THEN ['quarters'] ELSE [] END AS findings,
  CASE verdict WHEN 'unknown' THEN gaps ELSE [] END AS missing,
  evidence
ORDER BY subject
