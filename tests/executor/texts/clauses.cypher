// Clauses: names and where they are known, order, repeats, limits, groups, parts joined, subqueries.

UNWIND [1, 1.0, 2] AS x RETURN DISTINCT x

UNWIND [[1], [1.0], [null], [null]] AS x RETURN DISTINCT x

UNWIND ['𠀀', '！', 'a'] AS t RETURN t ORDER BY t

WITH 1 AS a RETURN a AS b, a AS c, a

UNWIND [3, 1, 2] AS x RETURN x ORDER BY x LIMIT $n

UNWIND [3, 1, 2] AS x RETURN x ORDER BY x LIMIT $zero

UNWIND [3, 1, 2] AS x RETURN x ORDER BY x LIMIT 1 + 1

UNWIND [3, null, 1, 2] AS x RETURN x ORDER BY x DESC

UNWIND [3, null, 1, 2] AS x RETURN x ORDER BY -x

UNWIND [{a: 1, b: 2}, {a: 1, b: null}, {a: null, b: 1}, {a: 0, b: 3}] AS m RETURN m.a AS a, m.b AS b
  ORDER BY a DESC, b

UNWIND [{a: 1, b: 2}, {a: 1, b: null}, {a: null, b: 1}, {a: 0, b: 3}] AS m RETURN m.a AS a, m.b AS b
  ORDER BY a, b DESC

UNWIND [true, false, null] AS l RETURN l ORDER BY l

UNWIND [1, 2.5, null] AS l RETURN min(l) AS a, max(l) AS b, sum(l) AS c, collect(l) AS d, count(l)
  AS e

UNWIND [] AS l RETURN sum(l) AS a, min(l) AS b, collect(l) AS c, count(*) AS d

UNWIND [null, null] AS l RETURN sum(l) AS a, min(l) AS b

UNWIND [1, 2] AS n WITH n, count(*) AS c RETURN n + c AS x

UNWIND [1, 2] AS n RETURN n, n + count(*) AS x

WITH 1 AS list, 2 AS id, 3 AS map, 4 AS lambda, 5 AS walk, 6 AS head, 7 AS None RETURN list, id,
  map, lambda, walk, head, None

WITH 5 AS given RETURN given + $n AS x

WITH [1, 2] AS len, 'a' AS str, 1 AS range, 2 AS sorted, 3 AS tuple RETURN size(len) AS a,
  toString(range) AS b, str, sorted, tuple

WITH 1 AS def, 2 AS class, 3 AS import, 4 AS True1, 5 AS self RETURN def, class, import, True1, self

WITH 1 AS a中 RETURN a中, a中 + 1 AS b

UNWIND [1, 2] AS x WITH [x IN [3, 4] | x + 1] AS y, x RETURN x, y

UNWIND [1, 2] AS x RETURN [x IN [x, 5] | x] AS z

UNWIND [1, 2] AS x RETURN reduce(x = 0, y IN [x, 5] | x + y) AS z

CALL () { UNWIND [1] AS i RETURN i UNION ALL UNWIND ['a'] AS i RETURN i } RETURN i

CALL () { UNWIND [[1]] AS i RETURN i UNION UNWIND [[1], [null]] AS i RETURN i } RETURN i

RETURN 1 AS a UNION RETURN 1 AS a

RETURN 1 AS a UNION ALL RETURN null AS a

RETURN [1, 2] AS a UNION RETURN [] AS a

UNWIND $days AS d RETURN d ORDER BY d DESC

RETURN $t STARTS WITH 'q' AS a, $t CONTAINS $none AS b, $t ENDS WITH '1' AS c

UNWIND [{k: 'a', n: [1, 2]}, {k: 'a', n: [1, 2]}, {k: 'b', n: []}] AS m RETURN DISTINCT m.n AS n

UNWIND [{k: 'a', n: [1, 2]}, {k: 'a', n: [1, 2]}, {k: 'b', n: []}] AS m RETURN DISTINCT m AS n

UNWIND [{k: 'a', n: [1, 2]}, {k: 'a', n: [1, 2]}, {k: 'b', n: []}] AS m RETURN m.n AS n, count(*) AS
  c

UNWIND [{k: 'a', n: [1, 2]}, {k: 'a', n: [1, 2]}, {k: 'b', n: []}] AS m RETURN m AS n, count(*) AS c

UNWIND [1, 2, 3, 4] AS x WITH x % 2 AS odd, collect(x) AS l ORDER BY odd DESC RETURN odd, l,
  reduce(s = 0, i IN l | s + i) AS t

UNWIND [1, 2, 3, 4] AS x WITH x ORDER BY x % 2, x DESC RETURN collect(x) AS l

UNWIND [1, 2, 3, 4] AS x WITH x, x % 2 AS odd ORDER BY odd, -x LIMIT 3 RETURN collect(x) AS l

UNWIND [3, 1, 2] AS x WITH collect(x) AS l UNWIND l AS y WITH y ORDER BY y DESC LIMIT 1 RETURN y

UNWIND [1, 2] AS x RETURN x AS y ORDER BY x

UNWIND [1, 2] AS x WITH x AS y ORDER BY -x RETURN y

UNWIND [1, 2] AS x WITH x, -x AS x2 ORDER BY x2 RETURN x

UNWIND [1, 2] AS x WITH -x AS x ORDER BY x RETURN x

UNWIND [1, 2] AS x WITH DISTINCT -x AS x ORDER BY x RETURN x

UNWIND [1, 2] AS x WITH DISTINCT x AS y ORDER BY x RETURN y

UNWIND [1, 2, 2] AS x RETURN x, count(*) AS n ORDER BY count(*) DESC

UNWIND [1, 2, 2] AS x RETURN x AS y, count(*) AS n ORDER BY x

UNWIND [1, 2, 2] AS x WITH x, count(*) AS n WHERE n > 1 RETURN x

UNWIND [1, 2, 2] AS x RETURN sum(x) + count(*) AS n, max(x) - min(x) AS d, size(collect(x)) AS s,
  collect(x)[0] AS f, head(collect(x)) AS h

UNWIND [1, 2, 2] AS x RETURN [y IN collect(x) WHERE y > 1 | y] AS n

UNWIND [1, 2] AS x RETURN COLLECT { UNWIND [x, 5] AS y RETURN y } AS l

UNWIND [1, 2] AS x RETURN COLLECT { UNWIND [x, 5] AS y WITH y WHERE y > x RETURN y } AS l

UNWIND [1, 2] AS x RETURN COLLECT { UNWIND [x, 5, 5] AS y RETURN DISTINCT y ORDER BY y DESC LIMIT 1
  } AS l

UNWIND [1, 2] AS x RETURN EXISTS { UNWIND [] AS y RETURN y } AS a, EXISTS { UNWIND [] AS y RETURN
  count(y) AS n } AS b

UNWIND [1, 2] AS x CALL (x) { UNWIND [x, 5] AS y RETURN max(y) AS m } RETURN x, m

UNWIND [1, 2] AS x CALL (x) { UNWIND [] AS y RETURN y } RETURN x, y

UNWIND [1, 2] AS x CALL (x) { WITH x WHERE x > 1 RETURN 1 AS one } RETURN x, one

RETURN 'a' STARTS WITH '' AS a, 'abc' CONTAINS 'b' AS b, null CONTAINS 'b' AS c, 'abc' CONTAINS null
  AS d, NOT 'abc' CONTAINS null AS e

WITH [1, 2, 3] AS l RETURN l[1] AS a, l[-3] AS b, l[-4] AS c, l[null] AS d

WITH {a: 1} AS m RETURN m.a AS a, m.b AS b, m.a IS NULL AS c
