// Patterns: what is matched once, what is left open, edges of several types, ways, and what is known before.

MATCH (p:Person) RETURN count(*) AS n

MATCH (a:Person)-[e:LIVES_IN]->(q) MATCH ()-[f:LIVES_IN]->(q) RETURN a.id AS a, f.id AS f ORDER BY
  a, f

MATCH (a:Person)-[e:LIVES_IN]->(q), (b:Person)-[f:LIVES_IN]->(q) RETURN a.id AS a, b.id AS b ORDER
  BY a, b

MATCH (a:Person)-[e:LIVES_IN]->(q)<-[f:LIVES_IN|OWNS_HOME_IN]-(b:Person) RETURN a.id AS a, b.id AS
  b, type(f) AS t ORDER BY a, b, t

MATCH (a:Person)-[e:LIVES_IN|OWNS_HOME_IN]->(q)<-[f:OWNS_HOME_IN|LIVES_IN]-(b:Person) RETURN a.id AS
  a, b.id AS b, type(e) AS s, type(f) AS t ORDER BY a, b, s, t

MATCH (a:Person)-[:RELATED_TO]-(b) RETURN a.id AS a, b.id AS b ORDER BY a, b

MATCH (a)-[:RELATED_TO]-(b) RETURN a.id AS a, b.id AS b ORDER BY a, b

MATCH (a)-[:SUBORDINATE_TO*]->(b) RETURN a.id AS a, b.id AS b ORDER BY a, b

MATCH (a:PropertyFirm)-[:SUBORDINATE_TO*0..]->(b) RETURN a.id AS a, b.id AS b ORDER BY a, b

MATCH (a:PropertyFirm)-[:SUBORDINATE_TO*0..1]->(b) RETURN a.id AS a, b.id AS b ORDER BY a, b

MATCH (a:PropertyFirm)-[:SUBORDINATE_TO*1..3]-(b) RETURN a.id AS a, b.id AS b ORDER BY a, b

MATCH (a:PropertyFirm {id: 'pf-990101-01'}), (c:PropertyFirm {id: 'pf-990101-03'}) MATCH
  (c)-[w:SUBORDINATE_TO*1..3]->(a) RETURN size(w) AS n, [e IN w | e.id] AS ids

MATCH (a:PropertyFirm)-[w:SUBORDINATE_TO*1..3]->(b) WHERE all(e IN w WHERE e.since <=
  date('2025-01-01')) RETURN a.id AS a, b.id AS b, size(w) AS n ORDER BY a, b

MATCH (a:PropertyFirm)-[w:SUBORDINATE_TO*2]->(b) RETURN a.id AS a, b.id AS b, size(w) AS n ORDER BY
  a, b

MATCH (a:PropertyFirm)-[w:SUBORDINATE_TO*..2]->(b) RETURN a.id AS a, b.id AS b, size(w) AS n ORDER
  BY a, b

MATCH (a:PropertyFirm)-[w:SUBORDINATE_TO*0]->(b) RETURN a.id AS a, b.id AS b, size(w) AS n ORDER BY
  a, b

MATCH (q:Quarter) OPTIONAL MATCH (q)<-[c:COVERS]-(o) WHERE c.until > date('2025-01-01') RETURN q.id
  AS q, o.id AS o, c.since AS s ORDER BY q, o

MATCH (q:Quarter) OPTIONAL MATCH (q)<-[c:COVERS]-(o) OPTIONAL MATCH (o)<-[h:HOLDS_POST]-(p) RETURN
  q.id AS q, o.id AS o, p.id AS p, h.role AS r ORDER BY q, o, p, r

MATCH (q:Quarter) OPTIONAL MATCH (q)<-[c:COVERS]-(o) WHERE q.households > 50 WITH q, o MATCH
  (o)<-[h:HOLDS_POST]-(p) RETURN q.id AS q, o.id AS o, p.id AS p ORDER BY q, o, p

MATCH (q:Quarter) OPTIONAL MATCH (q)<-[c:COVERS]-(o) WITH q, o OPTIONAL MATCH (q)<-[:LIVES_IN]-(p)
  WHERE o.seats = 5 RETURN q.id AS q, o.id AS o, p.id AS p ORDER BY q, o, p

MATCH (q:Quarter), (p:Person) OPTIONAL MATCH (q)<-[:LIVES_IN]-(p) RETURN count(*) AS n

MATCH (q:Quarter) OPTIONAL MATCH (q)<-[:LIVES_IN]-(:Person) RETURN q.id AS q ORDER BY q

OPTIONAL MATCH (q:Quarter {id: 'no'}) RETURN q.id AS q, q IS NULL AS n

OPTIONAL MATCH (q:Quarter {id: 'no'}) RETURN q:Quarter AS n

OPTIONAL MATCH (q:Quarter {id: 'no'})<-[e:LIVES_IN]-(p) RETURN e.since AS s, e IS NULL AS n, p.id AS
  p

MATCH (q:Quarter {households: null}) RETURN q.id AS q

MATCH (q:Quarter {households: 100}) RETURN q.id AS q ORDER BY q

MATCH (q:Quarter {id: $none}) RETURN q.id AS q

MATCH (q:Quarter) WHERE q.id IN $ids RETURN q.id AS q ORDER BY q

UNWIND $ids AS id MATCH (q {id: id}) RETURN q.id AS q

MATCH (q:Quarter) RETURN q.households AS h, count(*) AS n ORDER BY h

MATCH (q:Quarter) WITH q.households AS h, collect(q.id) AS ids RETURN h, size(ids) AS n ORDER BY h
  DESC

MATCH (q:Quarter) WITH DISTINCT q.households AS h ORDER BY h DESC LIMIT 2 RETURN h

MATCH (q:Quarter) RETURN q.nonsense AS n

MATCH (q:Quarter) RETURN q.seats AS n

MATCH (a)-[e:LIVES_IN|HOLDS_POST]->(b) RETURN e.role AS s ORDER BY s

MATCH (n {id: 'q-990101-01'}) RETURN n.id AS id

MATCH (n:Quarter|Person) RETURN n.id AS id ORDER BY id

MATCH (n)-[:LIVES_IN]->() RETURN n.id AS id ORDER BY id

MATCH (n)-[:LIVES_IN]->(m), (n)-[:OWNS_HOME_IN]->(m) RETURN n.id AS id

MATCH (a:Person), (b:Person) WHERE a = b RETURN count(*) AS n

MATCH (a:Person), (b:Person) WHERE a <> b RETURN count(*) AS n

MATCH (a:Person) WITH collect(a) AS l MATCH (b:Person) WHERE b IN l RETURN count(*) AS n

MATCH (q:Quarter) RETURN q.id AS q, EXISTS { MATCH (q)<-[:LIVES_IN]-(p) WHERE p.gender = 'female' }
  AS e ORDER BY q

MATCH (q:Quarter) WITH collect(q) AS l RETURN [x IN l WHERE EXISTS { MATCH (x)<-[:LIVES_IN]-() } |
  x.id] AS ids

MATCH (q:Quarter) WITH q ORDER BY q.id WITH collect(q) AS l RETURN [x IN l WHERE EXISTS { MATCH
  (x)<-[:LIVES_IN]-() } | x.id] AS ids

MATCH (q:Quarter) WITH q ORDER BY q.id RETURN q.id AS id,
  size([(q)<-[:LIVES_IN]-(p)-[:OWNS_HOME_IN]->(q) | p.id]) AS n

MATCH (q:Quarter) WITH q ORDER BY q.id RETURN q.id AS id, COLLECT { MATCH (q)<-[:LIVES_IN]-(p)
  RETURN p.id AS x ORDER BY x DESC } AS ids

MATCH (q:Quarter) WITH q ORDER BY q.id CALL (q) { MATCH (q)<-[:LIVES_IN]-(p) RETURN count(*) AS n }
  RETURN q.id AS id, n

MATCH (q:Quarter) WITH q ORDER BY q.id CALL (q) { MATCH (q)<-[:LIVES_IN]-(p) RETURN p } RETURN q.id
  AS id, p.id AS p ORDER BY id, p

MATCH (q:Quarter) WITH q ORDER BY q.id CALL (q) { WITH q MATCH (q)<-[:LIVES_IN]-(p) RETURN p }
  RETURN q.id AS id, p.id AS p ORDER BY id, p

MATCH (p:Person) RETURN p.party_joined_on + duration({months: 1}) AS x, p.party_joined_on -
  duration({years: 1, days: 1}) AS y, p.party_joined_on AS z ORDER BY z

MATCH (p:Person) RETURN p.id AS id, p.party_joined_on < $day AS x, p.party_joined_on = $day AS y,
  p.party_joined_on IN $days AS z ORDER BY id

MATCH (p:Person) WHERE p.party_joined_on > $none RETURN p.id AS id

MATCH (p:Person)-[h:HOLDS_POST]->(o) RETURN p.id AS p, h.concurrent AS c, NOT h.concurrent AS d,
  h.concurrent = true AS e ORDER BY p, o.id

MATCH (p:Person)-[h:HOLDS_POST]->(o) WHERE NOT h.concurrent RETURN p.id AS p

MATCH (p:Person)-[h:HOLDS_POST]->(o), (p)-[h2:HOLDS_POST]->(o2) RETURN p.id AS p, o.id AS o, o2.id
  AS o2 ORDER BY p, o, o2

MATCH (p:Person)-[h:HOLDS_POST]->(o)<-[h2:HOLDS_POST]-(p2) RETURN p.id AS p, p2.id AS p2 ORDER BY p,
  p2

MATCH (p:Person)-[h:HOLDS_POST|LIVES_IN]->(x) WITH p, h, x WHERE h.until > date('2025-01-01') RETURN
  p.id AS p, type(h) AS t, h.since AS s, x.id AS x ORDER BY p, x, t

MATCH (a:Area)<-[w:PART_OF*1..3]-(x) RETURN a.id AS a, x.id AS x, size(w) AS n ORDER BY a, x

MATCH (x:Quarter)-[w:WITHIN*0..1]->(a) RETURN x.id AS x, a.id AS a, size(w) AS n ORDER BY x, a

MATCH (a:Area {level: 'community'})<-[:WITHIN]-(x:Quarter)-[:WITHIN]->(b) RETURN x.id AS x, b.id AS
  b ORDER BY x, b

MATCH (q:Quarter) WHERE q.lat > 28 RETURN q.id AS q, q.lat + 1 AS x, q.lat * 2 AS y, q.lat % 2 AS z
  ORDER BY q

MATCH (q:Quarter) RETURN q {.id, .households, twice: q.households * 2} AS m ORDER BY q.id

MATCH (q:Quarter) RETURN CASE WHEN q.households IS NULL THEN 'none' ELSE q.households END AS m, q.id
  AS id ORDER BY id

MATCH (q:Quarter) WITH q.id AS id ORDER BY id WITH collect(id) AS ids WITH ids, size(ids) AS n
  UNWIND ids AS id RETURN id, n

MATCH (p:Person) RETURN p.gender AS g, count(*) AS n ORDER BY g

MATCH (p:Person) OPTIONAL MATCH (p)-[:LIVES_IN]->(q) WITH p, count(q) AS n RETURN p.id AS p, n ORDER
  BY p

MATCH (p:Person) OPTIONAL MATCH (p)-[:LIVES_IN]->(q) WITH p, collect(q) AS qs RETURN p.id AS p,
  size(qs) AS n, head(qs).id AS h, qs[0].id AS f, last(qs).households AS l ORDER BY p

MATCH (p:Person) OPTIONAL MATCH (p)-[e:LIVES_IN]->(q) RETURN p.id AS p, e.since <= $day AS a, q.id =
  $t AS b, q:Quarter AS c, NOT q:Quarter AS d ORDER BY p

MATCH (p:Person) OPTIONAL MATCH (p)-[e:LIVES_IN|OWNS_HOME_IN]->(q) WITH p, e, q WHERE e.since <=
  $day OR q IS NULL RETURN p.id AS p, e.since AS s, e.until IS NULL AS u ORDER BY p, e.id

MATCH (p:Person) OPTIONAL MATCH (p)-[e:LIVES_IN]->(q) WITH p, coalesce(q, p) AS x RETURN p.id AS p,
  x.id AS x, x.households AS h, x:Person AS b ORDER BY p

MATCH (p:Person) OPTIONAL MATCH (p)-[e:LIVES_IN]->(q) WITH p, CASE WHEN q IS NULL THEN p ELSE q END
  AS x RETURN p.id AS p, x.id AS x, x.gender AS h ORDER BY p

MATCH (p:Person) OPTIONAL MATCH (p)-[e:LIVES_IN]->(q) RETURN p.id AS p, EXISTS { MATCH
  (q)<-[:COVERS]-(o) } AS os ORDER BY p

MATCH (p:Person) OPTIONAL MATCH (p)-[e:LIVES_IN]->(q) RETURN p.id AS p, COLLECT { MATCH
  (q)<-[:COVERS]-(o) RETURN o.id ORDER BY o.id } AS os ORDER BY p

MATCH (p:Person) OPTIONAL MATCH (p)-[e:LIVES_IN]->(q) OPTIONAL MATCH (q)<-[:COVERS]-(o) WHERE
  o.seats > 3 OR p.gender = 'male' RETURN p.id AS p, q.id AS q, o.id AS o ORDER BY p

MATCH (p:Person) OPTIONAL MATCH (p)-[e:LIVES_IN]->(q) MATCH (q)<-[:COVERS]-(o) RETURN p.id AS p,
  q.id AS q, o.id AS o ORDER BY p

MATCH (q:Quarter) OPTIONAL MATCH (q)<-[:LIVES_IN]-(p)-[:OWNS_HOME_IN]->(q) RETURN q.id AS q, p.id AS
  p ORDER BY q

MATCH (q:Quarter)<-[:LIVES_IN]-(p), (q)<-[:COVERS]-(o)<-[:HOLDS_POST]-(p) RETURN q.id AS q, p.id AS
  p, o.id AS o ORDER BY q, p

MATCH (q:Quarter) MATCH (q)<-[:LIVES_IN]-(p) MATCH (q)<-[:LIVES_IN]-(r) RETURN p.id AS p, r.id AS r
  ORDER BY p, r

MATCH (a:Person)-[:RELATED_TO]-(b)-[:RELATED_TO]-(c) RETURN count(*) AS n

MATCH (a:Person)-[:RELATED_TO]-(b) MATCH (b)-[:RELATED_TO]-(c) RETURN a.id AS a, c.id AS c ORDER BY
  a

MATCH (a:Person)-[:RELATED_TO*1..2]-(b) RETURN a.id AS a, b.id AS b ORDER BY a

MATCH (a:Person)-[w:LIVES_IN|OWNS_HOME_IN*1..3]-(b) RETURN a.id AS a, b.id AS b, size(w) AS n ORDER
  BY a, b, n

MATCH (a:Person)-[w:LIVES_IN|OWNS_HOME_IN*1..2]-(b)-[x:LIVES_IN]-(c) RETURN a.id AS a, b.id AS b,
  c.id AS c, size(w) AS n ORDER BY a, b, c, n

MATCH (a:Person)-[x:LIVES_IN]-(b)-[w:LIVES_IN|OWNS_HOME_IN*1..2]-(c) RETURN a.id AS a, b.id AS b,
  c.id AS c, size(w) AS n ORDER BY a, b, c, n

MATCH (a:Person)-[v:LIVES_IN*1..2]-(b)-[w:LIVES_IN*1..2]-(c) RETURN a.id AS a, b.id AS b, c.id AS c
  ORDER BY a, b, c

MATCH (a:Person)-[w:LIVES_IN|OWNS_HOME_IN*1..3]-(b) WHERE all(e IN w WHERE e.since <= $day AND
  type(e) = 'LIVES_IN') RETURN a.id AS a, b.id AS b ORDER BY a, b

MATCH (a:Person)-[w:LIVES_IN*1..3]-(b) WHERE any(e IN w WHERE e.since > $day) RETURN a.id AS a, b.id
  AS b ORDER BY a, b

MATCH (a:Person)-[w:LIVES_IN*1..3]-(b) WHERE none(e IN w WHERE e.since > $day) AND a <> b RETURN
  a.id AS a, b.id AS b ORDER BY a, b

MATCH (a:Person {id: 'p-990101-01'})-[w:LIVES_IN*1..3]-(a) RETURN count(*) AS n

MATCH (a:Person {id: 'p-990101-01'}), (b:Person {id: 'p-990101-02'}) MATCH (a)-[w:LIVES_IN*1..3]-(b)
  RETURN size(w) AS n

MATCH (x:Quarter {id: $t})-[w:WITHIN*0..1]->(a)<-[k:COMPLETE_IN|COVERS*0..1]-(b) RETURN a.id AS a,
  b.id AS b, size(w + k) AS n ORDER BY a, b

MATCH (q:Quarter) RETURN q.id AS id, EXISTS { MATCH (q)<-[:LIVES_IN]-(p) WHERE EXISTS { MATCH
  (p)-[:OWNS_HOME_IN]->(q) } } AS e ORDER BY id

MATCH (q:Quarter) RETURN q.id AS id, [x IN COLLECT { MATCH (q)<-[:LIVES_IN]-(p) RETURN p ORDER BY
  p.id } WHERE EXISTS { MATCH (x)-[:OWNS_HOME_IN]->(q) } | x.id] AS e ORDER BY id

MATCH (q:Quarter) RETURN q.id AS id, all(x IN COLLECT { MATCH (q)<-[:LIVES_IN]-(p) RETURN p } WHERE
  x.gender = 'female') AS e ORDER BY id

MATCH (q:Quarter) RETURN q.id AS id, reduce(n = 0, x IN COLLECT { MATCH (q)<-[:LIVES_IN]-(p) RETURN
  p } | n + CASE WHEN EXISTS { MATCH (x)-[:OWNS_HOME_IN]->() } THEN 1 ELSE 0 END) AS e ORDER BY id

MATCH (q:Quarter) WITH q, [x IN [1, 2] WHERE EXISTS { MATCH (q)<-[:LIVES_IN]-(p) } | x] AS l RETURN
  q.id AS id, l ORDER BY id

MATCH (q:Quarter) WITH q, CASE WHEN EXISTS { MATCH (q)<-[:LIVES_IN]-(p) } THEN COLLECT { MATCH
  (q)<-[:LIVES_IN]-(p) RETURN p.id ORDER BY p.id } ELSE [] END AS l RETURN q.id AS id, l ORDER BY id

MATCH (q:Quarter) WHERE NOT EXISTS { MATCH (q)<-[:LIVES_IN]-() } RETURN q.id AS id ORDER BY id

MATCH (q:Quarter) CALL (q) { MATCH (q)<-[:LIVES_IN]-(p) RETURN p UNION MATCH
  (q)<-[:OWNS_HOME_IN]-(p) RETURN p } RETURN q.id AS q, p.id AS p ORDER BY q, p

MATCH (q:Quarter) CALL (q) { MATCH (q)<-[e:LIVES_IN]-(p) RETURN p, e UNION ALL MATCH
  (q)<-[e:OWNS_HOME_IN]-(p) RETURN p, e } RETURN q.id AS q, p.id AS p, type(e) AS t, e.since AS s
  ORDER BY q, p, t

MATCH (q:Quarter) CALL (q) { MATCH (q)<-[e:LIVES_IN]-(p) RETURN p, e UNION MATCH
  (q)<-[e:LIVES_IN|OWNS_HOME_IN]-(p) RETURN p, e } RETURN q.id AS q, p.id AS p, type(e) AS t ORDER
  BY q, p, t

MATCH (q:Quarter) CALL (q) { OPTIONAL MATCH (q)<-[e:LIVES_IN]-(p) RETURN p.id AS x ORDER BY x LIMIT
  1 } RETURN q.id AS q, x ORDER BY q

MATCH (q:Quarter) CALL (q) { MATCH (q)<-[e:LIVES_IN]-(p) WITH count(*) AS n WHERE n > 1 RETURN n }
  RETURN q.id AS q, n ORDER BY q

MATCH (q:Quarter) WITH q ORDER BY q.households DESC, q.id LIMIT 2 MATCH (q)<-[:LIVES_IN]-(p) RETURN
  q.id AS q, p.id AS p ORDER BY q, p

MATCH (q:Quarter) WITH q.households AS h, min(q.id) AS first, max(q.lat) AS l, count(q.lat) AS n
  RETURN h, first, l, n ORDER BY h, first

MATCH (q:Quarter) WITH {h: q.households, l: q.lat} AS m, count(*) AS n RETURN m, n ORDER BY n, m.h

MATCH (q:Quarter) WITH [q.households, 1] AS m, count(*) AS n RETURN m, n ORDER BY n DESC, m[0]

MATCH (q:Quarter) RETURN DISTINCT q.households AS h, q.lat AS l ORDER BY h, l

MATCH (q:Quarter) RETURN q.households / 3 AS a, q.households % 7 AS b, q.households / 3.0 AS c,
  q.households * $f AS d, -q.households AS e ORDER BY q.id

MATCH (q:Quarter) RETURN abs(-q.households) AS a, toString(q.households) AS b,
  toString(q.households) + '户' AS c, q.households + '户' AS d ORDER BY a

MATCH (q:Quarter) RETURN coalesce(q.households, 0) > 50 AS a, q.households > 50 OR q.lat > 28 AS b,
  NOT (q.households > 50 AND q.lat > 28) AS c ORDER BY q.id

MATCH (q:Quarter) WHERE q.households IS NULL OR NOT q.households > 50 RETURN q.id AS id ORDER BY id

MATCH (q:Quarter) WHERE NOT (q.households > 50 OR q.lat < 0) RETURN q.id AS id ORDER BY id

MATCH (q:Quarter) WHERE q.households IN [100, null] RETURN q.id AS id ORDER BY id

MATCH (q:Quarter) WHERE NOT q.households IN [3, null] RETURN q.id AS id ORDER BY id

MATCH (q:Quarter) WHERE q.households <> 100 RETURN q.id AS id

MATCH (q:Quarter) WHERE q.households = $none OR q.id = $t RETURN q.id AS id

MATCH (q:Quarter) WHERE $none IS NULL OR q.id = $none RETURN q.id AS id ORDER BY id

MATCH (q:Quarter) WHERE CASE WHEN q.households > 50 THEN true WHEN q.lat > 0 THEN null ELSE false
  END RETURN q.id AS id ORDER BY id

MATCH (q:Quarter) WHERE coalesce(q.households > 50, true) RETURN q.id AS id ORDER BY id

MATCH (q:Quarter) WITH q, q.households > 50 AS big WHERE NOT big RETURN q.id AS id

MATCH (q:Quarter) WITH q, q.households > 50 AS big RETURN big, count(*) AS n ORDER BY big

MATCH (q:Quarter) WHERE q.households > $n AND q.households < $f * 100 RETURN q.id AS id ORDER BY id

MATCH (a:Area)<-[:PART_OF]-(b:Area) WHERE a.level IN ['district', 'subdistrict'] RETURN a.id AS a,
  b.level AS b ORDER BY a

MATCH (p:PartyOrganization|OwnersCommittee) RETURN p.id AS id, p.seats AS s, p.kind AS k ORDER BY id

MATCH (p:Quarter|OwnersCommittee|Person) RETURN p.id AS id, p.kind AS k, p.gender AS g, p.households
  AS h ORDER BY id

MATCH (p)-[:COVERS|LIVES_IN]->(q) RETURN p.id AS id, p.kind AS k, p.gender AS g, p.seats AS s ORDER
  BY id, q.id

MATCH (q:Quarter)<-[:COVERS]-(o) WHERE o:OwnersCommittee AND NOT o:Person RETURN o.id AS id ORDER BY
  id

MATCH (q:Quarter)<-[:COVERS]-(o) RETURN o.id AS id, o:OwnersCommittee OR o:PartyOrganization AS a
  ORDER BY id
