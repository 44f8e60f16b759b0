"""What compiled code would answer otherwise than the engine is refused, so that the engine is asked."""

from __future__ import annotations

import pytest

from graph.executor.columns import Columns
from graph.executor.run import Executor, NotCompiled

WANTED = {"Quarter": ("kind", "households"), "Person": ("gender",), "HOLDS_POST": ("role",)}
GIVEN = {"n": 1, "none": None, "list": [1, None], "mixed": [1, "a"], "map": [[1], [2]]}
CLAUSES = [
    "RETURN 1 + 2",
    "UNWIND [1] AS x RETURN count(*)",
    "RETURN 1 AS a, 2 AS a",
    "WITH 1 AS a RETURN a RETURN a AS b",
    "MATCH (q:Quarter) WITH q",
    "MATCH (q:Quarter)",
    "UNWIND [1] AS x CALL (x) { WITH x } RETURN x",
    "WITH 1 AS a WITH * RETURN a",
    "UNWIND [1] AS x RETURN x SKIP 1",
    "UNWIND [1] AS x RETURN x LIMIT $none",
    "UNWIND [1] AS x RETURN x LIMIT 1.5",
    "UNWIND [1, 2] AS x WITH x ORDER BY x LIMIT 1 WHERE x > 1 RETURN x",
    "UNWIND [[1]] AS x RETURN x ORDER BY x",
    "UNWIND [{a: 1}] AS x RETURN x ORDER BY x",
    "UNWIND [1, 'a'] AS x RETURN x ORDER BY x",
    "UNWIND [{a: 1}] AS m WITH m.a AS m ORDER BY m.a RETURN m",
    "UNWIND [1, 2] AS x WITH -x AS x ORDER BY -x RETURN x",
    "MATCH (q:Quarter) WITH q ORDER BY q RETURN q.id AS id",
    "UNWIND [1, true] AS x RETURN DISTINCT x",
    "UNWIND [1, true] AS x RETURN x, count(*) AS n",
    "UNWIND [1, true] AS x RETURN collect(DISTINCT x) AS l",
    "UNWIND [{a: 1}, {a: 1, b: null}] AS m RETURN DISTINCT m",
    "UNWIND [{a: 1}, {a: 2, b: 3}] AS m RETURN m",
    "RETURN 1 AS a UNION RETURN true AS a",
    "RETURN 1 AS a UNION RETURN 1.0 AS a",
    "RETURN 1 AS a, 2 AS b UNION ALL RETURN 2 AS b, 1 AS a",
    "RETURN 1 AS a UNION RETURN 1 AS a UNION ALL RETURN 1 AS a",
    "UNWIND [true] AS x RETURN sum(x) AS s",
    "UNWIND [true] AS x RETURN max(x) AS s",
    "UNWIND [1] AS x RETURN avg(x) AS s",
    "UNWIND [1, 2] AS x RETURN count(DISTINCT x) AS n",
    "UNWIND [1] AS x RETURN x + count(*) AS n, COUNT { UNWIND [1] AS y RETURN y } AS m",
]
VALUES = [
    *(
        f"RETURN {one} AS x"
        for one in ("$none.a.b + [1]", "[1] + $none", "duration({days: 1})", "017", "1e3")
    ),
    *(f"RETURN {one} AS x" for one in (r"'\u4e2d'", "12345678901234567890", "{a: 1}['a']", "[1, 2][0..1]")),
    *(f"RETURN true {sign} 1 AS x" for sign in ("=", "<>", "<", "IN [0] OR true =", "+", "-", "*")),
    *(f"RETURN date('2024-01-31') {sign} 738916 AS x" for sign in ("=", "<>", "<", "+", "-")),
    *(f"RETURN 738916 {sign} date('2024-01-31') AS x" for sign in ("=", ">", "-", "*")),
    *(f"RETURN 'a' {sign} 2 AS x" for sign in ("*", "%", "/", "-", "<")),
    *(f"RETURN [1, null] {sign} [1, null] AS x" for sign in ("=", "<>", "IN [[1]] OR [1] =", "<", "*")),
    *(f"RETURN {{a: null}} {sign} {{a: null}} AS x" for sign in ("=", "<>", "<")),
    *(
        f"RETURN {one} AS x"
        for one in ("$list = $list", "1 IN $mixed", "[1] CONTAINS 1", "1 STARTS WITH 'a'")
    ),
    *(f"RETURN {one} AS x" for one in ("NOT 1", "'a' AND true", "NOT 'a'", "-true", "-date('2024-01-31')")),
    *(f"RETURN CASE 1 WHEN {one} THEN 'same' END AS x" for one in ("true", "'1'", "> 0")),
    *(f"RETURN CASE WHEN {one} THEN 'yes' END AS x" for one in ("1", "'a'", "[1]")),
    *(f"RETURN {one} AS x" for one in ("head('abc')", "size({a: 1})", "toString(1.5)", "toInteger(true)")),
    *(
        f"RETURN {one} AS x"
        for one in ("abs(date('2024-01-31'))", "floor('1')", "range(0, 1.5)", "range(null, 1)")
    ),
    *(f"RETURN {one} AS x" for one in ("substring('abc', $none)", "split('a b', $none)", "date(20240131)")),
    *(
        f"RETURN {one} AS x"
        for one in ("duration({days: 1.5})", "duration('P1D')", "single(x IN [1] WHERE x = 1)")
    ),
    "UNWIND [1, null] AS a RETURN [1] + a AS x",
    "UNWIND [{d: 1}, {d: 2}] AS m RETURN duration({days: m.d}) IS NULL AS x",
]
PATTERNS = [
    "MATCH (a)-[e]->(b) RETURN count(*) AS n",
    "MATCH ()-->() RETURN count(*) AS n",
    "MATCH (a:Person)--(b) RETURN count(*) AS n",
    "MATCH (n) RETURN count(*) AS n",
    "MATCH (n) WHERE n:Quarter RETURN n.id AS id",
    "MATCH (n:Meta) RETURN count(*) AS n",
    "MATCH (a)-[:SUBORDINATE_TO*0..]->(b) RETURN count(*) AS n",
    "MATCH (a)-[e:LIVES_IN]->(q) MATCH ()-[e:LIVES_IN]->() RETURN count(*) AS n",
    "MATCH (a)-[e:LIVES_IN]->(q) MATCH (q)<-[e:LIVES_IN]-() RETURN count(*) AS n",
    "MATCH (a:Person), (b:Person) WHERE a < b RETURN count(*) AS n",
    "MATCH (a:Person) WHERE a = 1 RETURN count(*) AS n",
    "MATCH (a:Person) WHERE a.id = 1 RETURN count(*) AS n",
    "MATCH (a:Person)-[:HOLDS_POST]-(b) WHERE NOT (a)-[:LIVES_IN]->() RETURN count(*) AS n",
    "MATCH (a:Person) RETURN a.name AS n",
    "MATCH (a:Person)-[e:HOLDS_POST]->() RETURN e.note AS n",
    "MATCH (a:Person)-[e:HOLDS_POST|LIVES_IN]->() RETURN e.source AS n",
    "MATCH (a:Person)-[e:HOLDS_POST|LIVES_IN]->() WHERE e.paid RETURN a.id AS n",
    "MATCH (a:Person) RETURN a.nonsense['b'] AS x, a['id'] AS n",
    "MATCH (a:Person) RETURN a {.*} AS n",
    "MATCH (a:Person) RETURN properties(a) AS n",
]


@pytest.fixture(scope="module")
def executor() -> Executor:
    """A graph without anything in it, of which some properties are held."""
    return Executor(Columns.from_parts(WANTED, []))


@pytest.mark.parametrize("text", [*CLAUSES, *VALUES, *PATTERNS])
def test_what_python_takes_otherwise_is_refused(text: str, executor: Executor) -> None:
    """True is not 1, a day no number, a text no list, and other nodes and edges are in the engine too."""
    with pytest.raises(NotCompiled):
        executor.run(text, {name: value for name, value in GIVEN.items() if f"${name}" in text})
