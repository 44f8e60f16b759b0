// Values: operators with null, numbers, texts, days, lists, maps, CASE and functions.

RETURN range(0, 3) AS x

UNWIND [1, 2] AS a UNWIND [1.0, 2.5] AS b RETURN a, b, a = b AS x, a < b AS y, a IN [b] AS z

UNWIND [7.5, -7.5] AS a UNWIND [2, -2] AS b RETURN a, b, a % b AS x, a / b AS y

RETURN -7 / 2 AS a, -7 % 3 AS b, 7 % -3 AS c, 7 / -2 AS d

RETURN substring('abc', 1, 9) AS x, substring('abc', 5) AS y, substring('abc', 5, 1) AS z

RETURN toInteger('7') AS x, toInteger(-2.7) AS y, toInteger(null) AS z

UNWIND [[1], null] AS l RETURN reduce(s = 0, i IN l | s + i) AS x

UNWIND [[1], null] AS l RETURN l + [2] AS x, [2] + l AS y

RETURN 'a\\b\'c\"d\n' AS x, "it's" AS y

RETURN null IN [] AS x, NOT null IN [] AS y, null IN [1] AS z

RETURN 1 IN $empty AS x, null IN $empty AS y, 1 IN $withnull AS z, 3 IN $withnull AS w, 3 IN $none
  AS v

UNWIND [1, 2] AS r UNWIND [3] AS v UNWIND [4] AS subject UNWIND [5] AS among RETURN r, v, subject,
  among, CASE r + v WHEN 4 THEN subject ELSE among END AS x

UNWIND [[1, 2], null] AS among RETURN [x IN among WHERE x > 1 | x + size(among)] AS x

UNWIND [1, 2] AS x RETURN [y IN [1, 2] | [y IN [3, y] | y * x]] AS z

UNWIND [1, 2] AS x RETURN any(x IN [3] WHERE x = 3) AS z, x

UNWIND [1, null, 2] AS a RETURN CASE a WHEN null THEN 'null' WHEN 1 THEN 'one' ELSE 'else' END AS x

UNWIND [1, null, 2] AS a RETURN CASE WHEN null THEN 'null' WHEN a = 1 THEN 'one' ELSE 'else' END AS
  x

UNWIND [1, 2] AS a RETURN CASE a WHEN 1.0 THEN 'one' END AS x

UNWIND [1, 2] AS a RETURN CASE a WHEN 1 THEN 1 ELSE 2.5 END AS x

UNWIND [1, 2] AS a RETURN CASE a WHEN 1 THEN 'a' ELSE 2 END AS x

UNWIND [1, 2] AS a RETURN CASE a WHEN 1 THEN date('2024-01-01') ELSE null END AS x

UNWIND [1, 2] AS a RETURN CASE a WHEN 1 THEN [1] ELSE [] END AS x

UNWIND [1, 2] AS a RETURN CASE a WHEN 1 THEN [1] ELSE null END AS x

UNWIND [1, 2] AS a RETURN CASE a WHEN 1 THEN {k: 1} ELSE {k: null} END AS x

UNWIND [date('2024-01-31'), date('2024-02-29'), date('2023-02-28'), date('2023-12-31')] AS d RETURN
  d + duration({months: 1}) AS a, d - duration({months: 1}) AS b, d + duration({years: 1}) AS c, d -
  duration({years: 4}) AS e, d + duration({months: 13, days: 1}) AS f, d + duration({weeks: 1}) AS
  g, d - duration({months: 1, days: 1}) AS h

RETURN date('2024-03-31') + duration({months: -1}) AS a, date('2024-03-31') - duration({months: -1,
  days: -1}) AS b, date('2024-01-01') + duration({days: -1}) AS c

RETURN date('2024-03-31') + duration({months: $n, days: $neg}) AS a

RETURN date('9999-12-31') + duration({days: 1}) > date('2024-01-01') AS a

RETURN date('0001-01-01') - duration({days: 10}) < date('2024-01-01') AS a

RETURN toString(date('2024-01-01')) AS a, toString(date('0001-01-01')) AS b

RETURN date(null) AS a

RETURN date('2024-01-01') IN $days AS a, $day IN $days AS b, NOT $day IN $days AS c, $none IN $days
  AS d

UNWIND $withnull AS d RETURN d, d IN $withnull AS x, NOT d IN $ints AS y

UNWIND $empty AS d RETURN d

UNWIND $none AS d RETURN d

RETURN $none AS a, $none IS NULL AS b, $none = 1 AS c, NOT $none AS d, $none + 1 AS e, $none AND
  false AS f, $none OR true AS g

RETURN coalesce($none, 1) AS a, coalesce($none, $none) AS b, size($none) AS c, head($none) AS d,
  toString($none) AS e

RETURN [x IN $none | x] AS a, all(x IN $none WHERE x = 1) AS b

RETURN $ints AS a, $texts[0] AS b, $texts[5] AS c, $texts[-1] AS d, $texts[$none] AS e

RETURN $yes AND true AS a, NOT $yes AS b

UNWIND [null, 1] AS a RETURN substring(toString(a), 0, 1) AS x, toString(a) AS y, split(toString(a),
  '1') AS z

UNWIND ['a', null] AS a RETURN size(a) AS x, a + 'b' AS y, 'b' + a AS z, a + 1 AS w

RETURN 1 + 2.5 AS x, 1 - 2.5 AS y, 3 * 1.0 AS z, 1 / 2.0 AS w, 2 / 4 AS v

RETURN 1 = 1.0 AS x, 1 IN [1.0] AS y, 1 < 1.5 AS z, 'a' < 'b' AS w, 'a' < 'B' AS v

RETURN '10' < '9' AS x, 'é' < 'z' AS y, '中' < '国' AS z

RETURN [1, 2] = [1, 2.0] AS x, [1, 2] = [2, 1] AS y, [] = [] AS z, [[1]] = [[1]] AS w

RETURN [1, 2] <> [1] AS x, NOT [1, 2] = [1] AS y

RETURN {a: [1]} IN [{a: [1]}] AS x, {a: [1]} IN [{a: [2]}] AS y

RETURN all(x IN [] WHERE false) AS a, any(x IN [] WHERE true) AS b, none(x IN [] WHERE true) AS c

RETURN all(x IN [1, null] WHERE x = 1) AS a, any(x IN [1, null] WHERE x = 1) AS b, any(x IN [2,
  null] WHERE x = 1) AS c, none(x IN [2, null] WHERE x = 1) AS d, all(x IN [2, null] WHERE x = 1) AS
  e

UNWIND [1, null] AS a RETURN all(x IN [a, 2] WHERE x > 0) AS b, any(x IN [a] WHERE x = 1) AS c,
  none(x IN [a, a] WHERE x = 1) AS d

UNWIND [{k: 'a', n: [1, 2]}, {k: 'b', n: null}] AS m RETURN m {.k, .n} AS x, m.n AS y

RETURN -2 AS a, - 2 AS b, 1 - -1 AS c, -(1 + 1) AS d, 2 * -3 AS e, 1-1 AS f

RETURN 1 + 2 * 3 - 4 / 2 % 2 AS a, (1 + 2) * 3 AS b, NOT false AND false AS c, NOT (false AND false)
  AS d, true OR false AND false AS e

RETURN 1 < 2 < 3 AS a, 3 > 2 > 2 AS b, 1 = 1 = 1 AS c

RETURN 1 IN [1, 2] = true AS a, NOT 1 IN [2] AS b, 'a' + 'b' IN ['ab'] AS c

RETURN round(2.5) AS a, round(-2.5) AS b, round(-0.4) AS c, floor(-0.5) AS d, ceil(-0.5) AS e,
  abs(-2) AS f, abs(-2.5) AS g, sqrt(4) AS h, round(3) AS i

RETURN toInteger(floor(-1.5)) AS a, toInteger('-7') AS b, toInteger('007') AS c

RETURN 1.0 AS a, 100000000000000000000.0 AS b

RETURN [1, 'a', null] AS a, [1, 2.5] AS b, [[1], []] AS c, [null] AS d

RETURN range(0, 10, 3) AS a, range(5, 1, -2) AS b, range(1, 0) AS c, range(0, 3) + [9] AS d, [x IN
  range(1, 3) WHERE x <> 2] AS e, 2 IN range(0, 3) AS f

RETURN coalesce(null, null, 3, 4) AS a, coalesce(1, 'a') AS b, coalesce(null, [1]) AS c

RETURN null.a AS a

UNWIND [null, {a: 1}] AS m RETURN m.a AS a, m IS NULL AS b

UNWIND [{a: {b: 1}}, {a: null}, null] AS m RETURN m.a.b AS a

// a comment
RETURN 'http://x' AS a /* another */ // end

RETURN 1 AS a;
