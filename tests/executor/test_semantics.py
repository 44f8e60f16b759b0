"""Operators, functions and clauses mean in compiled code what they mean to both engines."""

from __future__ import annotations

from datetime import date

import pytest

from graph.executor.columns import Columns
from graph.executor.run import Executor, NotCompiled
from graph.reading.graph import Graph
from tests.executor.comparing import exact, given_to, rows_of, texts_of

PAIRS = "UNWIND [1, 2, null] AS a UNWIND [1, 2, null] AS b "
TRUTHS = "UNWIND [true, false, null] AS a UNWIND [true, false, null] AS b "
MAPS = "UNWIND [{k: 'a', n: 2}, {k: 'b', n: 1}, {k: 'a', n: null}, {k: 'c', n: 1}] AS m "
LISTS = "UNWIND [[], [1], [2, 1], [1, null, 3]] AS l "
DAYS = "UNWIND [date('2024-01-31'), date('2024-02-29'), date('2023-12-01')] AS d "
TEXTS = [
    *(f"{PAIRS} RETURN a, b, a {sign} b AS x" for sign in ("=", "<>", "<", "<=", ">", ">=", "+", "-", "*")),
    f"{PAIRS} RETURN a, b, NOT a = b AS x, NOT a < b AS y, a = b OR a < b AS z, a = b AND b > 1 AS w",
    f"{PAIRS} WITH a, b WHERE NOT a = b RETURN a, b",
    f"{PAIRS} WITH a, b WHERE NOT (a = b AND b > 1) RETURN a, b",
    f"{PAIRS} WITH a, b WHERE a IS NULL OR NOT b IS NULL RETURN a, b",
    f"{PAIRS} RETURN a, b, a IN [1, b] AS x, NOT a IN [1, b] AS y, a IN [] AS z",
    f"{PAIRS} WITH a, b WHERE NOT a IN [1, b] RETURN a, b",
    f"{PAIRS} RETURN a, b, CASE a WHEN 1 THEN 'one' WHEN b THEN 'same' END AS x",
    f"{PAIRS} RETURN a, b, CASE WHEN a < b THEN 'less' WHEN a IS NULL THEN 'none' ELSE 'not less' END AS x",
    f"{PAIRS} RETURN a, b, coalesce(a, b, 7) AS x, coalesce(a, b) AS y",
    f"{TRUTHS} RETURN a, b, a AND b AS x, a OR b AS y, NOT a AS z, NOT (a OR b) AS w, NOT (a AND b) AS v",
    f"{TRUTHS} WITH a, b WHERE a OR NOT b RETURN a, b",
    f"{TRUTHS} WITH a, b WHERE (a = true) = (b = true) RETURN a, b",
    "UNWIND [7, -7] AS a UNWIND [2, -2] AS b RETURN a, b, a / b AS x, a % b AS y, a * 1.0 / b AS z",
    "UNWIND [0.5, 1.5, 2.4, 2.6] AS a RETURN a, toInteger(floor(a)) AS x, "
    "toInteger(round(a)) AS y, abs(-a) AS z",
    "RETURN toInteger(round(1000 * haversin(radians(60)))) AS x, toInteger(1000 * cos(radians(60))) AS y",
    "UNWIND ['2024-05', null] AS t RETURN t, substring(t, 1) AS x, substring(t, 0, 2) AS y, "
    "split(t, '-') AS z",
    "UNWIND ['a:b', 'b', null] AS t RETURN t, t STARTS WITH 'a' AS x, t CONTAINS ':' AS y, "
    "NOT t CONTAINS 'b' AS z",
    "UNWIND ['a:b', 'b', null] AS t WITH t WHERE NOT t STARTS WITH 'a' RETURN t",
    "UNWIND [1, 12] AS a RETURN toString(a) + '-' + toString(true) AS x, 'a' + toString(a) AS y",
    f"{LISTS} RETURN l, size(l) AS x, head(l) AS y, last(l) AS z, l[0] AS v, l[-1] AS w, l[5] AS u",
    f"{LISTS} RETURN l, any(i IN l WHERE i > 1) AS x, all(i IN l WHERE i > 0) AS y, "
    "none(i IN l WHERE i = 2) AS z",
    f"{LISTS} WITH l WHERE NOT any(i IN l WHERE i > 1) RETURN l",
    f"{LISTS} WITH l WHERE NOT all(i IN l WHERE i > 1) RETURN l",
    f"{LISTS} RETURN [i IN l WHERE i > 1 | i * 2] AS x, [i IN l | i + 1] AS y, l + [9] AS z, l + 9 AS w",
    f"{LISTS} RETURN reduce(s = 0, i IN l | s + coalesce(i, 0)) AS x, reduce(f = [], "
    "i IN l | f + [i, i]) AS y",
    f"{LISTS} RETURN reduce(low = null, i IN l | CASE WHEN low < i THEN low ELSE i END) AS x",
    "RETURN [i IN range(0, 3) | i] AS x, [i IN range(3, 1, -1) | i] AS y, size(range(2, 1)) AS z",
    f"{MAPS} WITH m.k AS k, collect(m.n) AS n, count(*) AS c, count(m.n) AS d, min(m.n) AS e, max(m.n) AS f "
    "RETURN k, n, c, d, e, f ORDER BY k",
    f"{MAPS} WITH m.k AS k, sum(m.n) AS s, max(m.n) > 1 AS b RETURN k, s, b ORDER BY s DESC, k",
    f"{MAPS} RETURN DISTINCT m.k AS k ORDER BY k DESC",
    f"{MAPS} WITH DISTINCT m.k AS k, m.n AS n ORDER BY n, k LIMIT 3 RETURN k, n",
    f"{MAPS} WITH m ORDER BY m.n DESC, m.k WHERE m.k <> 'c' RETURN m.k AS k, m.n AS n",
    "UNWIND [] AS x WITH collect(x) AS l, count(*) AS n RETURN l, n",
    f"{MAPS} WITH collect(m) AS found RETURN [x IN found WHERE x.n = 1 | x.k] AS ks, size(found) AS n",
    f"{MAPS} WITH m, m {{.k, twice: m.n * 2}} AS p RETURN p.k AS k, p.twice AS t, p.none AS o",
    f"{MAPS} WITH m, m {{.*, more: 1}} AS p RETURN p.k AS k, p.n AS n, p.more AS o",
    f"{MAPS} RETURN m.k AS k, COLLECT {{ UNWIND [3, 1, "
    f"2] AS i WITH i WHERE i > m.n RETURN i ORDER BY i }} AS l",
    f"{MAPS} RETURN m.k AS k, EXISTS {{ UNWIND [1, 2] AS i WITH i WHERE i = m.n RETURN i }} AS e",
    f"{MAPS} CALL (m) {{ UNWIND [m.n, "
    f"5] AS i RETURN i UNION ALL UNWIND [7] AS i RETURN i }} RETURN m.k AS k, i",
    "CALL () { UNWIND [1, 2, 2] AS i RETURN i UNION UNWIND [2, 3] AS i RETURN i } RETURN i ORDER BY i",
    f"{DAYS} RETURN d, d + duration({{months: 1}}) AS x, d + duration({{months: 1, days: -1}}) AS y, "
    "d - duration({years: 1}) AS z, d + duration({days: 40}) AS w, toString(d) AS t",
    f"{DAYS} RETURN d, date('2024-02-01') <= d < date('2024-03-01') AS x, d < null AS y",
    f"{DAYS} WITH d ORDER BY d DESC WITH collect(d) AS l RETURN l, l[0] + duration({{days: $n}}) AS x",
    f"{DAYS} WITH min(d) AS a, max(d) AS b RETURN a, b, a < $day AS x, "
    "CASE WHEN $none IS NULL THEN b END AS y",
    "UNWIND CASE WHEN $none IS NULL THEN [1] ELSE [] END AS x RETURN x",
    "UNWIND $texts AS t RETURN t, t IN $texts AS x, 'c' IN $texts AS y, NOT 'c' IN $texts AS z",
]


@pytest.fixture(scope="module")
def executor() -> Executor:
    """A graph without anything in it."""
    return Executor(Columns.from_parts({}, []))


@pytest.mark.parametrize("text", [*TEXTS, *texts_of("values"), *texts_of("clauses")])
async def test_compiled_code_means_what_the_engine_means(
    text: str, loaded: Graph, executor: Executor
) -> None:
    """The same rows in the same order, null where the engine says null."""
    given = given_to(text)
    (rows,) = await loaded.store.read([(text, given)])
    assert exact(rows_of(executor, text, given)) == exact(rows)


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (p:Person) RETURN p",
        "MATCH p = (a:Person)-[:LIVES_IN]->(b) RETURN 1 AS n",
        "RETURN toUpper('a') AS x",
        "UNWIND [1, 'a'] AS x MATCH (p:Person {id: x}) SET p.seen = true RETURN 1 AS n",
        "RETURN $missing AS x",
        "WITH 1 AS a RETURN b",
        "UNWIND [1] AS x RETURN x §",
    ],
)
def test_what_is_not_compiled_is_said(text: str, executor: Executor) -> None:
    """A text that uses something else is refused as a whole, so that the engine can be asked."""
    with pytest.raises(NotCompiled):
        executor.run(text, {})


def test_what_failed_is_not_tried_again(executor: Executor) -> None:
    """With the same parameters the engine is asked at once, until the columns change; with others it runs."""
    text = "UNWIND [date('9999-12-30')] AS d RETURN d + duration({days: $n}) AS x"
    with pytest.raises(ValueError, match="10000"):
        executor.run(text, {"n": 2})
    with pytest.raises(NotCompiled, match="failed"):
        executor.run(text, {"n": 2})
    assert executor.run(text, {"n": 1}).rows == [(date(9999, 12, 31),)]
    executor.columns.generation += 1
    with pytest.raises(ValueError, match="10000"):
        executor.run(text, {"n": 2})
