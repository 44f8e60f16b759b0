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

UNWIND [1, 2] AS x RETURN x ORDER BY x ASC

UNWIND [2, 1] AS x WITH x ORDER BY x RETURN collect(x) AS l, x % 2 AS k

UNWIND [{a: 1, b: 1}, {a: 1, b: 2}] AS m RETURN m.a AS a, m.b AS b ORDER BY m.a, m.b DESC

UNWIND [{a: 1, b: 1}, {a: 1, b: 2}] AS m RETURN m.a AS b, m.b AS a ORDER BY a, b

UNWIND [{a: 1, b: 3}, {a: 2, b: 1}] AS m WITH m.a AS b, m.b AS a ORDER BY a RETURN a, b

UNWIND [{a: 1, b: 3}, {a: 2, b: 1}] AS m WITH m.a AS m, m.b AS a ORDER BY a RETURN a, m

UNWIND [1, 2] AS a UNWIND [3, 4] AS b WITH a AS b, b AS a ORDER BY a DESC, b RETURN a, b

UNWIND [1, 2] AS a UNWIND [3, 4] AS b WITH a AS b, b AS a WHERE a > 3 RETURN a, b ORDER BY b

UNWIND [1, 2] AS a UNWIND [3, 4] AS b WITH a AS b, count(b) AS a RETURN a, b ORDER BY b

UNWIND [1, 2] AS a WITH a, a AS b WITH b AS a, a + 1 AS c RETURN a, c

UNWIND [1, 2] AS a CALL (a) { UNWIND [1, 2] AS b WITH a, b WHERE a = b RETURN b } RETURN a, b

UNWIND [1, 2] AS a CALL (a) { WITH a AS c RETURN c + 1 AS d } RETURN a, d

UNWIND [1, 2] AS a WITH a, [1, 2] AS l WHERE any(x IN l WHERE x = a + 1) RETURN a

UNWIND [1, 2] AS a WITH a WHERE EXISTS { UNWIND [1] AS b WITH b WHERE b = a RETURN b } RETURN a

UNWIND [1, 2, 3] AS a WITH a WHERE a > 1 WITH a WHERE a < 3 RETURN a

UNWIND [1, 2, 3] AS a WITH a AS a WHERE a > 1 AND NOT a = 3 RETURN a

UNWIND [1, 2, 3] AS a WITH collect(a) AS l WHERE size(l) > 5 RETURN l

UNWIND [1, 2, 3] AS a WITH a % 2 AS k, count(*) AS n ORDER BY n DESC LIMIT 1 RETURN k, n

UNWIND [1, 2, 3] AS a WITH a % 2 AS k, count(*) AS n ORDER BY k LIMIT $n RETURN k, n

UNWIND [1, 2, 3] AS a WITH DISTINCT a % 2 AS k RETURN k ORDER BY k LIMIT 1

UNWIND [3, 1, 1] AS a WITH DISTINCT a LIMIT 2 RETURN a ORDER BY a

UNWIND [1, 2] AS x WITH CASE x WHEN 1 THEN {a: x} ELSE null END AS m RETURN m.a AS a, m IS NULL AS
  n, m {.a} AS p

UNWIND [1, 2] AS x WITH CASE x WHEN 1 THEN {a: x} ELSE {b: x} END AS m RETURN m.a AS a, m.b AS b

UNWIND [1, 2] AS x WITH [{a: x}, {b: x}] AS l RETURN [m IN l | m.a] AS a, [m IN l WHERE m.b IS NOT
  NULL | m.b] AS b

UNWIND [1, 2] AS x WITH collect({a: x, b: [x]}) AS l RETURN [m IN l | m.b[0]] AS a, [m IN l WHERE 2
  IN m.b | m {.a}] AS b

UNWIND [1, 2] AS x WITH {a: x, a: 3} AS m RETURN m.a AS a

UNWIND ['b', 'a', null, 'ä', 'B', ''] AS x RETURN x ORDER BY x

UNWIND ['b', 'a', null, 'B', ''] AS x RETURN min(x) AS a, max(x) AS b, count(x) AS n

UNWIND $days AS x RETURN min(x) AS a, max(x) AS b, collect(x) AS l

RETURN [x IN ['a', null] WHERE x STARTS WITH 'a'] AS a, [x IN ['a', null] WHERE NOT x STARTS WITH
  'a'] AS b
