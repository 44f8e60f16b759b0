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

UNWIND [[1, 2], [3]] AS l UNWIND l AS x RETURN l, x

UNWIND [] AS x RETURN x

UNWIND [null] AS x RETURN x

UNWIND range(1, 3) AS x UNWIND range(1, x) AS y RETURN x, y

UNWIND [1, 2] AS x RETURN CASE x WHEN 1 THEN [x] ELSE [x, x] END AS l, CASE WHEN x = 1 THEN null
  ELSE x END AS n

UNWIND [1, 2] AS x RETURN CASE x WHEN 1 THEN {a: x} ELSE {a: null} END AS m

UNWIND [{a: 1, b: 2}] AS m RETURN m {.a, a: 5} AS x

UNWIND [{a: 1, b: 2}] AS m RETURN m {.*, a: 5} AS x

UNWIND [1.5, 2, null] AS x RETURN sum(x) AS a, min(x) AS b

UNWIND [1, 2] AS x RETURN toString(x) + ':' + 'a' AS t, 'n' + x AS u, x + 'n' + x AS v

RETURN 'a' + null AS a, null + 1 AS b, 1 - null AS c, null * 2 AS d, 1 / null AS e, null % 2 AS f,
  -null AS g

RETURN null = null AS a, null <> null AS b, null < 1 AS c, null IS NULL AS d, NOT null IS NULL AS e,
  null AND true AS f, null OR true AS g, NOT null AS h

RETURN null IN [null] AS a, 1 IN null AS b, NOT 1 IN null AS c, null IN null AS d

RETURN size(null) AS a, head(null) AS b, last(null) AS c, substring(null, 1) AS d, split(null, ',')
  AS e, toInteger(null) AS f, abs(null) AS g, date(null) AS h, toString(null) AS i, coalesce(null,
  null) AS j

RETURN [x IN null | x] AS a, any(x IN null WHERE x) AS b, all(x IN [null] WHERE x IS NULL) AS c,
  reduce(s = 0, x IN [1, null] | s + x) AS d

RETURN reduce(s = null, x IN [1, 2] | coalesce(s, 0) + x) AS a, reduce(s = '', x IN ['a', 'b'] | s +
  x) AS b, reduce(s = [], x IN [1, 2] | [x] + s) AS c, reduce(s = 0, x IN [] | x) AS d

RETURN reduce(s = 0, x IN [1, 2.5] | s + x) AS a, reduce(s = 1, x IN [2, 3] | s * x) AS b

RETURN reduce(m = {n: 0}, x IN [1, 2] | {n: m.n + x}) AS a

RETURN reduce(m = {n: null}, x IN [1, 2] | {n: coalesce(m.n, 0) + x}) AS a

RETURN [x IN [1, 2, 3] WHERE x > 1 AND x < 3] AS a, [x IN [[1], []] | size(x)] AS b, [x IN [1, 2] |
  [x, x]] AS c

RETURN [[1, 2], [3]][0][1] AS a, [[1, 2], [3]][5][1] AS b, [1, 2][-1] AS c

RETURN 'a' IN ['a', null] AS a, 'b' IN ['a', null] AS b, NOT 'b' IN ['a', null] AS c, [] IN [[]] AS
  d, [] IN [[1]] AS e

RETURN 2 IN [1, 2.0] AS a, 2.0 IN [1, 2] AS b, 2.5 IN [1, 2] AS c

RETURN date('2024-02-29') + duration({years: 1}) AS a, date('2024-02-29') - duration({years: 1}) AS
  b, date('2023-03-31') - duration({months: 1}) AS c, date('2024-12-31') + duration({months: 2}) AS
  d, date('2024-01-31') + duration({months: 1, days: 1}) AS e, date('2024-03-01') -
  duration({months: 1, days: 1}) AS f

RETURN date('2024-01-31') + duration({months: 1}) + duration({months: 1}) AS a, date('2024-01-31') +
  duration({months: 2}) AS b, date('2024-01-31') - duration({days: 31}) AS c

RETURN date('2024-01-31') + duration({years: 1, months: 1, weeks: 1, days: 1}) AS a,
  date('2024-01-31') - duration({years: 1, months: 1, weeks: 1, days: 1}) AS b

RETURN date('2024-01-31') + duration({months: $neg}) AS a, date('2024-03-31') + duration({months:
  $neg, days: $n}) AS b, $day + duration({days: $zero}) AS c, $none + duration({days: 1}) AS d

RETURN date('2024-01-31') + duration({months: $n * 2 - 1}) AS a, date('2024-01-31') +
  duration({months: -(1 + $n)}) AS b

UNWIND [1, null] AS n RETURN date('2024-01-31') + CASE WHEN n IS NULL THEN duration({days: 1}) ELSE
  duration({months: n}) END AS a

UNWIND [1, null] AS n RETURN date('2024-01-31') + CASE WHEN n IS NULL THEN null ELSE
  duration({months: n}) END AS a

UNWIND [date('2024-01-31'), null] AS d RETURN d + duration({days: 1}) AS a, d - duration({months:
  1}) < $day AS b, toString(d) AS c, d IS NULL AS e, coalesce(d, $day) AS f

RETURN 5 % 3 AS a, -5 % 3 AS b, 5 % -3 AS c, 5.5 % 2 AS d, -5.5 % 2 AS e, 5 % 2.5 AS f, -1 / 2 AS g,
  1 / -2 AS h, -1 / 2.0 AS i, 10 / 4 * 2 AS j, 2 - 3 - 4 AS k, 2 - (3 - 4) AS l

RETURN $f % 1 AS a, $neg % 3 AS b, $neg / 2 AS c, $n / 4.0 AS d, $n * $f AS e, $n - $f AS g

RETURN toInteger(2.9) AS a, toInteger(-2.9) AS b, toInteger('12') AS c, round(1.5) AS d, round(-1.5)
  AS e, round(0.49999999999999994) AS f, floor(2.5) AS g, ceil(2.1) AS h, round(2) AS i

RETURN abs(-1) AS a, abs(1.5) AS b, sqrt(2) AS c, cos(0) AS d, sin(0) AS e, radians(180) AS f,
  asin(1) AS g, acos(1) AS h, haversin(0.5) AS i

RETURN sin(1.0) AS a, cos(2.0) AS b, asin(0.3) AS c, acos(0.3) AS d, haversin(radians(12.34)) AS e,
  sqrt(1234.5) AS f, radians(28.123456) AS g

RETURN 1.0 = 1 AS a, 1.5 > 1 AS b, [1.0] = [1] AS c, {a: 1.0} = {a: 1} AS d
