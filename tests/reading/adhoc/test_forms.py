"""The table of forms that the embedded engine answers wrongly: each row is seen on both engines."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest

from graph.catalogue import Catalogue
from graph.errors import GraphError
from graph.reading.adhoc import open_query
from graph.reading.adhoc.dialect import check_dialect, check_neo4j
from graph.reading.adhoc.forms import FORMS, WrongForm
from graph.reading.adhoc.guard import check_reading
from graph.reading.adhoc.outline import Outline
from graph.reading.adhoc.refusals import WronglyAnswered
from graph.reading.adhoc.scope import read_scope
from graph.reading.graph import Graph
from tests.builder import GraphBuilder, district

QUERIES = list(Catalogue.load())
BY_NAME = pytest.mark.parametrize("form", FORMS, ids=[form.name for form in FORMS])


def judged(text: str) -> None:
    """What is done on the embedded engine before a query runs."""
    outline = Outline(check_reading(text), text)
    check_dialect(outline, read_scope(outline))


async def past_the_guard(graph: Graph, text: str) -> list[list[Any]]:
    """Rows as the engine itself gives them."""
    async with graph.store.cursor(text, {}, time_limit=20) as cursor:
        return await cursor.batch()


@pytest.fixture
async def quarter(graph: Graph, builder: GraphBuilder) -> Graph:
    """A quarter in a community and, by a second edge, directly in its subdistrict."""
    district(builder)
    builder.edge("q-990101-01", "PART_OF", "990101001000", spell=2)
    await builder.write(graph.store)
    return graph


@BY_NAME
async def test_a_form_is_answered_as_the_table_says(quarter: Graph, form: WrongForm) -> None:
    """Wrongly on the embedded engine: a row that fails here is mended there and leaves the table."""
    if form.neo4j_refuses and not quarter.store.embedded:
        with pytest.raises(GraphError):
            await past_the_guard(quarter, form.example)
        return
    rows = await past_the_guard(quarter, form.example)
    assert rows == (form.seen if quarter.store.embedded else form.right)
    assert form.seen != form.right


@BY_NAME
async def test_a_form_is_refused_on_the_embedded_engine_only(quarter: Graph, form: WrongForm) -> None:
    """With the way round in both languages; on Neo4j the engine decides."""
    if quarter.store.embedded:
        with pytest.raises(WronglyAnswered) as refused:
            async with open_query(quarter, form.example):
                pass
        assert form.zh in refused.value.zh
        assert form.en in refused.value.en
        assert form.instead in refused.value.zh
        assert form.instead in refused.value.en
    elif not form.neo4j_refuses:
        async with open_query(quarter, form.example) as running:
            assert [row async for row in running] == form.right


@BY_NAME
async def test_the_way_round_is_answered_alike_by_both_engines(quarter: Graph, form: WrongForm) -> None:
    """It passes the guard, and gives what is right."""
    async with open_query(quarter, form.instead) as running:
        rows = [row async for row in running]
    assert rows == form.right


@pytest.mark.parametrize("written", ["size([(x)-[:PART_OF]->(a) | 1]) > 0", "exists((x)-[:PART_OF]->())"])
async def test_a_null_node_is_bound_anew_where_a_pattern_in_an_expression_begins(
    quarter: Graph, written: str
) -> None:
    """Unlike a path of MATCH, which matches nothing then: to begin with it is no way round."""
    optional = "MATCH (q:Quarter) OPTIONAL MATCH (q)-[:BASED_IN]->(x:Unit) "
    assert await past_the_guard(quarter, f"{optional}RETURN {written} AS n") == [[quarter.store.embedded]]
    subquery = f"{optional}RETURN COUNT {{ (x)-[:PART_OF]->() }} AS n"
    assert await past_the_guard(quarter, subquery) == [[0]]
    with pytest.raises(WronglyAnswered):
        judged(f"{optional}RETURN {written} AS n")


async def test_a_type_named_twice_is_refused_where_it_counts_twice(quarter: Graph) -> None:
    """Neo4j counts the two edges as four; the embedded engine as two, and may."""
    query = "MATCH (:Quarter)-[:PART_OF|PART_OF]->() RETURN count(*) AS n"
    seen = await past_the_guard(quarter, query)
    assert seen == ([[2]] if quarter.store.embedded else [[4]])
    if quarter.store.embedded:
        async with open_query(quarter, query) as running:
            assert [row async for row in running] == [[2]]
        return
    with pytest.raises(WronglyAnswered, match=r"Neo4j 5\.26\.31 answers this form wrongly"):
        async with open_query(quarter, query):
            pass
    async with open_query(quarter, query.replace("PART_OF|PART_OF", "PART_OF")) as running:
        assert [row async for row in running] == [[2]]


COUNTED = (
    "MATCH (q:Quarter) OPTIONAL MATCH (q)-[:PART_OF]->(a) "
    "WHERE COUNT { (a)-[:WITHIN]->(x) WHERE x.id = '' } < 2 RETURN count(a) AS n"
)


@pytest.mark.parametrize(
    ("agent", "refused"),
    [
        ("Neo4j/5.26.26", True),
        ("Neo4j/5.26.30-aura", True),
        ("Neo4j/2025.01.0", True),
        ("Neo4j/2026.08.1", True),
        ("Neo4j/5.26.31", False),
        ("Neo4j/5.27.0", False),
        ("Neo4j/2026.09.0", False),
        ("Neo4j/dev", False),
        ("Memgraph/3.0", False),
    ],
)
async def test_an_older_neo4j_is_not_asked_to_count_in_an_optional_match(agent: str, refused: bool) -> None:
    """5.26.26 gave no `a` at all for this one, 5.26.31 both."""

    async def said() -> str:
        return agent

    outline = Outline(check_reading(COUNTED), COUNTED)
    expected = pytest.raises(WronglyAnswered, match=agent) if refused else nullcontext()
    with expected:
        await check_neo4j(outline, read_scope(outline), said)


async def test_what_an_optional_match_counts_in_its_condition_is_right(quarter: Graph) -> None:
    """On the version that is tested, and on the embedded engine."""
    async with open_query(quarter, COUNTED) as running:
        assert [row async for row in running] == [[2]]


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_the_catalogue_has_no_such_form(query: Any) -> None:
    """Every file passes, also those of rules and scopes."""
    judged(query.text)


REFUSED = [
    "UNWIND [1] AS x RETURN CASE WHEN max(x) IS NULL THEN 0 ELSE 1 END",
    "UNWIND [1] AS x RETURN (max(x) IS NULL) = true",
    "UNWIND [1] AS x RETURN [NOT max(x) > 1]",
    "UNWIND [1] AS x RETURN coalesce(max(x) IN [1], false)",
    "UNWIND [1] AS x RETURN NOT any(y IN collect(x) WHERE y IS NULL)",
    "UNWIND [1] AS x WITH x % 2 AS g, count(*) > 1 AND true AS r RETURN g, r",
    "MATCH (p:Area) RETURN max(p.name) STARTS WITH 'a'",
    "MATCH (p:Area) RETURN max(p.name) =~ 'a'",
    "MATCH (p:Area) RETURN CASE WHEN count(*) > 1 THEN 1 END IS NULL",
    "UNWIND [1] AS x RETURN {a: {b: max(x) > 1}}",
    "UNWIND [1] AS x RETURN {a: CASE WHEN max(x) > 1 THEN 1 END, b: 1}",
    "UNWIND [1] AS x RETURN head(collect({v: x})).v",
    "UNWIND [1] AS x RETURN collect({v: x})[0].v",
    "UNWIND [1] AS x RETURN {a: max(x)}.a",
    "MATCH (p:Area) RETURN duration.between(min(p.since), max(p.since)).years",
    "UNWIND [1] AS x RETURN collect(x)[0..size(collect(x)) - 1]",
    "UNWIND [1] AS x RETURN reduce(s = 0, y IN [1] | s + max(x))",
    "UNWIND [1] AS x RETURN any(y IN [1] WHERE y = count(*))",
    "MATCH (p:Area)--(o) RETURN {p: p.id, n: count(o)}",
    "MATCH (p:Area)--(o) RETURN p.name, coalesce(count(o), p.id)",
    "MATCH (p:Area)--(o) RETURN p.level AS l, count(*) AS n ORDER BY max(o.id)",
    "MATCH (p:Area) WITH p.level AS l, count(*) AS n ORDER BY count(*) * 2 RETURN l, n",
    "MATCH (p:Area) RETURN COLLECT { MATCH (p)--(o) RETURN max(o.id) IS NULL }",
    "MATCH (p:Area) CALL (p) { MATCH (p)--(o) RETURN count(o) = 0 OR false AS r } RETURN r",
    "MATCH (n) WHERE n:$($label) RETURN n",
    "MATCH (n:$any(['Area'])) RETURN n",
    "MATCH (n:Area) WHERE EXISTS { (n)-[:$($t)]->() } RETURN n",
    "MATCH (a), (b) MATCH p = shortestPath((a)-[*..4]-(b)) WHERE all(n IN nodes(p) WHERE n.x) RETURN p",
    "MATCH (a), (b), p = allShortestPaths((a)-[r*..4]-(b)) WHERE none(e IN r WHERE e.x) RETURN p",
    "MATCH (c) OPTIONAL MATCH (c)-->(a) MATCH (c)-[:X]->(a) RETURN a",
    "MATCH (c) OPTIONAL MATCH (c)-->(a) MATCH (a) RETURN a",
    "MATCH (c) OPTIONAL MATCH (c)-->(a) OPTIONAL MATCH (c)-[:X*1..2]->(a) RETURN a",
    "MATCH (c) OPTIONAL MATCH (c)-->(a) OPTIONAL MATCH (b:B), (b)-[:X]->(a) RETURN a",
    "MATCH (c) OPTIONAL MATCH (c)-->(a) OPTIONAL MATCH (m)--(a)--(c) RETURN a",
    "MATCH (c) OPTIONAL MATCH (c)-->(a) WITH c, a WHERE NOT (c)-[:X]->(a) RETURN c",
    "MATCH (c) OPTIONAL MATCH (c)-->(a) RETURN [(c)-[:X]->(a) | 1]",
    "MATCH (c) OPTIONAL MATCH (c)-->(a) RETURN COUNT { (c)-[:X]->(a) }",
    "MATCH (c) OPTIONAL MATCH (c)-->(a) RETURN EXISTS { MATCH (c)-[:X]->(a) RETURN 1 }",
    "MATCH (c) OPTIONAL MATCH (c)-->(a) CALL (c, a) { MATCH (c)-[:X]->(a) RETURN count(*) AS n } RETURN n",
    "MATCH (c) OPTIONAL MATCH (c)-->(a) WITH c, a AS b OPTIONAL MATCH (c)-[:X]->(b) RETURN b",
    "MATCH (c) OPTIONAL MATCH (c)-[r]->() OPTIONAL MATCH (c)-[r]-(x) RETURN x",
    "MATCH (c)--(a) WITH c, head(collect(a)) AS f MATCH (c)-[:X]->(f) RETURN c",
    "MATCH (c) RETURN EXISTS { UNWIND [1] AS x WITH x MATCH (c)-->() RETURN x }",
    "MATCH (c) WHERE COUNT { MATCH (c)-->(a) WITH DISTINCT a MATCH (c)-->(b) RETURN b } > 1 RETURN c",
    "MATCH (c) RETURN COLLECT { MATCH (a) WITH a RETURN COUNT { (c)-->(a) } }",
    "MATCH (c) RETURN COLLECT { MATCH (a) WITH a RETURN [(c)-->(b) | b.id] }",
    "MATCH (d) RETURN COLLECT { WITH 1 AS x RETURN COUNT { MATCH (a) WITH a MATCH (a)-->(d) RETURN a } }",
    "MATCH (c) WITH c, 'x' AS l RETURN COUNT { MATCH (c)-->(a) WITH a MATCH (a {level: l}) RETURN a }",
    "MATCH (c) WITH c, ['x'] AS l RETURN COUNT { MATCH (c)-->(a) WITH a UNWIND l AS x RETURN x }",
    "MATCH (c) RETURN COUNT { MATCH (c)-->(a) WITH a.level AS l, count(a) AS n WHERE c.id > '' RETURN l }",
    "MATCH (c) CALL (c) { UNWIND [1] AS x WITH x MATCH (c)-->(a) RETURN a } RETURN a",
    "MATCH (c) CALL (*) { MATCH (a) WITH a WHERE a.id > '' MATCH (c)-->(a) RETURN a } RETURN a",
    "MATCH (c)-[e]->() RETURN COLLECT { MATCH (a) WITH a MATCH (b)-[e]->(a) RETURN b }",
    "MATCH (c) RETURN COUNT { MATCH (a) RETURN a UNION MATCH (a) WITH a MATCH (c)-->(a) RETURN a }",
    "MATCH (a) OPTIONAL MATCH (b:X)-->(a) WITH COUNT(b) AS n, a AS c RETURN c, n",
    "MATCH (a) OPTIONAL MATCH (a)-[:T]->(b) WHERE b:X WITH a, count(b) AS n RETURN a, n",
    "MATCH (a) OPTIONAL MATCH (a)-[:T]->(b WHERE b:X) WITH a, count(b) AS n RETURN a, n",
    "MATCH (a) OPTIONAL MATCH (a)-[r:T WHERE r.spell > 1]->(b) WITH a, count(b) AS n RETURN a, n",
    "MATCH (a) OPTIONAL MATCH (a)-[:!T]->(b) WITH a, count(b) AS n RETURN a, n",
    "MATCH (a) OPTIONAL MATCH (a)-->(m:X) OPTIONAL MATCH (t)-->(m) WITH a, count(t) AS n RETURN a, n",
    "MATCH (a) CALL (a) { OPTIONAL MATCH (a)-->(b:X) WITH a, count(b) AS n RETURN n } RETURN a, n",
    "MATCH p = (a:X)-[r]-(a) RETURN count(*) AS n, a.id AS a ORDER BY n LIMIT 1",
    "MATCH (a)-[:T]->(a) WHERE a:X RETURN a, count(a)",
    "MATCH (c) RETURN COLLECT { MATCH (a)-[:T]->(a) RETURN a.id, count(*) UNION MATCH (a) RETURN a }",
    "MATCH (a)-[:!T]->(b) RETURN a.id, count(b)",
    "MATCH (a)-->(b) CALL db.labels() YIELD label RETURN a.id, count(*)",
    "CALL () { MATCH (x:Area) RETURN x UNION MATCH (:Quarter)-->(x) RETURN x } RETURN x",
    "RETURN COLLECT { MATCH (x:Area) RETURN x UNION MATCH (:Quarter)-->(x) RETURN x } AS l",
    "RETURN COUNT { MATCH (q)-[:T*1..4]->(x) RETURN x UNION MATCH (q)-[:T]->(x) RETURN x } AS n",
    "CALL () { MATCH (a:X) RETURN 1 AS n, a AS y UNION MATCH (q)-->(b) RETURN 1 AS n, b AS y } RETURN y",
    "CALL () { MATCH (a:X) RETURN DISTINCT a, 1 AS n UNION MATCH (q)-->(a) RETURN 1 AS n, a } RETURN a",
    "MATCH (a) WITH a SKIP 1 WHERE a.x > 1 RETURN a",
    "MATCH (a) RETURN COLLECT { MATCH (a)-->(b) WITH b ORDER BY b.x LIMIT 1 WHERE b.x > 1 RETURN b.x } AS l",
    "MATCH (a) CALL (a) { MATCH (a)-->(b) WITH a.x AS x, count(b) AS n LIMIT 1 RETURN n } RETURN n",
    "MATCH (a) WITH max(a.x) AS x OFFSET 1 RETURN x",
    "MATCH (a:X) UNWIND a.l AS u MATCH (a)-->(b:Y) WHERE b.x < 3 AND u > 2 RETURN b",
    "MATCH (a:X) UNWIND a.l AS u UNWIND [1] AS v MATCH (b:Y {x: u}) RETURN b",
    "MATCH (a:X) UNWIND a.l AS u MATCH (b:Y WHERE b.x = u) RETURN b",
    "MATCH (a:X) UNWIND a.l AS u MATCH (b:Y) MATCH (b)-->(c:Z) WHERE EXISTS { (c)-->({x: u}) } RETURN c",
    "MATCH (a) RETURN a.x AS u UNION MATCH (a:X) UNWIND a.l AS u MATCH (b:Y) WHERE b.x = u RETURN u",
    "MATCH (a:X)-->(b) WHERE a.x + CASE WHEN b.x > 1 THEN 1 ELSE 0 END > 2 RETURN a",
    "MATCH (a:X)-->(b) WHERE a.y AND (a.x > b.l[0]) RETURN a",
    "MATCH (a:X)-->(b) WHERE a.x > {k: b.x}.k RETURN a",
    "MATCH (a:X)-->(b) WHERE a.x > b {.x}.x RETURN a",
    "MATCH (a:X)-->(b) WHERE a.day > date({year: b.year}) RETURN a",
    "MATCH (a:X)-->(b) WHERE a.x > duration.between(b.since, b.until).days RETURN a",
    "MATCH (a:X)-->(b) WHERE a.x > reduce(s = 0, y IN b.l | s + y) RETURN a",
    "MATCH (a:X)-->(b) WHERE a.x > COUNT { (b)-->() } RETURN a",
    "MATCH (a:X)-->(b) WHERE a.x > 1 XOR coalesce(b.y, false) RETURN a",
    "MATCH (a:X)-->(b) WHERE (a.x > 1) = ((b.x > 1 AND b.x < 9)) RETURN a",
    "MATCH (a:X)-[r]->() WHERE a.x > 1 OR none(y IN r.l WHERE y = 1) RETURN a",
    "MATCH p = (a:X)-[:T*1..3]->() WHERE a.x > 1 OR all(n IN nodes(p) WHERE n.y) RETURN a",
    "MATCH (z) RETURN COUNT { (a:X)-->(b) WHERE a.x > b.l[0] } AS n",
    "MATCH (a:X)-->(b) WHERE a.x > 1 OR b.y RETURN a",
    "MATCH (a:X)-->(b) WHERE NOT (a.x > 1 AND (b.y)) RETURN a",
    "MATCH (a:X)-->(b) WHERE a.x > b.since.year RETURN a",
    "MATCH (a:X)-->(b) WHERE a.x > 1 OR NOT EXISTS { (b)-->({x: 3}) } RETURN a",
    "MATCH (a:X)-->(b) WHERE a.x > 1 XOR (b)-->({x: 3}) RETURN a",
    "MATCH (a:X)-->(b) WHERE (a.x > 1) = (EXISTS { (b)-->({x: 3}) }) RETURN a",
    "MATCH (z) WITH z.x AS v MATCH (a:X)-[r]->() WHERE v > 1 OR r.since_known RETURN a",
    "MATCH (z) MATCH (z)-->(k), (a:X)-->(b) WHERE a.x > b.l[0] + z.x RETURN a",
]


@pytest.mark.parametrize("text", REFUSED)
def test_a_form_is_found_wherever_it_is(text: str) -> None:
    """Nested in CASE, lists and subqueries, in WITH as in RETURN."""
    with pytest.raises(WronglyAnswered):
        judged(text)


def test_what_is_united_wrongly_is_pointed_at() -> None:
    """Of two nodes the one that its parts come to in different ways, not the first."""
    text = "CALL () { MATCH (a:X), (b:X) RETURN a, b UNION MATCH (a:X), (q)-->(b) RETURN a, b } RETURN a"
    with pytest.raises(WronglyAnswered, match=f"column {text.index('b UNION') + 1}:"):
        judged(text)


ACCEPTED = [
    "MATCH (q:Quarter) WITH q ORDER BY q.id LIMIT 3 WITH q WHERE q.kind IS NOT NULL RETURN q.id AS q",
    "MATCH (q:Quarter) WITH q WHERE q.id > 'q-9' WITH q ORDER BY q.id SKIP 1 LIMIT 3 "
    "MATCH (q)-[:PART_OF]->(a) WHERE a.level = 'community' RETURN q.id AS q, a.id AS a",
    "MATCH (a:Area) WITH a.level AS l, count(*) AS n ORDER BY n DESC, l LIMIT 2 RETURN l, n",
    "MATCH (a:Area) WITH a, COUNT { (a)<-[:PART_OF]-() } AS n ORDER BY a.id LIMIT 2 RETURN a.id AS a, n",
    "MATCH (a:Area) WITH a, COUNT { (a)-->() } AS n LIMIT 1 RETURN n > 0 AS r",
    "MATCH (a:Area) RETURN a.level AS l, count(*) AS n ORDER BY l LIMIT 1",
    "MATCH (a:Area) UNWIND [a.level, 'x'] AS u WITH a, u MATCH (a)<-[:PART_OF]-(b:Area) WHERE b.level <> u "
    "RETURN a.id AS a, u, b.id AS b",
    "UNWIND ['community'] AS u MATCH (a:Area) MATCH (q:Quarter)-[:PART_OF]->(a) WHERE a.level = u "
    "RETURN q.id AS q",
    "MATCH (a:Area) UNWIND [1, 2] AS u OPTIONAL MATCH (q:Quarter)-[:PART_OF]->(a) WHERE u > 1 "
    "RETURN a.id AS a, u, count(q) AS n",
    "MATCH (a:Area) UNWIND [1, 2] AS id MATCH (q:Quarter)-[:PART_OF]->(a) WHERE q.id > a.id RETURN id, q.id",
    "MATCH (q:Quarter)-[r]->(a) WHERE q.id > 'q-99' AND any(x IN labels(a) WHERE x = 'Area') RETURN q.id",
    "MATCH (q:Quarter)-->(a) WHERE q.id < a.id OR size(q.id) > size(split(a.id, '0')[0]) + 12 OR a:Area "
    "RETURN q.id AS q, a.id AS a",
    "MATCH (q:Quarter)-->(a) WHERE q.id = '' OR EXISTS { (a)<-[:PART_OF]-(c) WHERE c.id < q.id } RETURN a.id",
    "MATCH (q:Quarter)-->(a) WHERE coalesce(size(q.id), 0) > size([y IN [1] WHERE a.id > '']) RETURN q.id",
    "MATCH (d:Area)<-[:PART_OF]-(c)<-[:PART_OF]-(q) WHERE c.id > split(q.id, '-')[1] RETURN c.id, q.id",
    "MATCH (a:Area) MATCH (a)<-[:PART_OF]-(q) WHERE a.id > split(q.id, '-')[1] RETURN a.id, q.id",
    "MATCH (q:Quarter)-->(a) WHERE CASE WHEN a.level = 'community' THEN true ELSE false END RETURN q.id",
    "MATCH (q:Quarter)-->(a) WHERE q.id IN [y IN [a.id] | 'q-' + y + '-001'] OR a:Area RETURN q.id AS q",
    "UNWIND [1, null, 2] AS x RETURN x IS NULL AS u, count(*) AS n ORDER BY u",
    "UNWIND [1, 2] AS x RETURN sum(CASE WHEN x IS NULL OR x > 1 THEN 1 ELSE 0 END) AS n",
    "UNWIND [1, 2] AS x RETURN [y IN collect(x) WHERE NOT y = 2 AND y IN [1] | y] AS l",
    "UNWIND [1, 2] AS x RETURN any(y IN collect(x) WHERE y IS NULL) AS a, max(x) > 1 AS b, -max(x) AS c",
    "UNWIND [1, 2] AS x RETURN CASE WHEN count(*) > 1 THEN collect(x)[0] ELSE 0 END AS r",
    "UNWIND [1, 2] AS x RETURN {a: max(x), b: [count(*) + 1], c: {d: sum(x) * 2}} AS m",
    "UNWIND [1, 2, 2] AS x RETURN x AS g, {g: x, n: count(*)} AS m ORDER BY g",
    "UNWIND [1, 2, 2] AS x RETURN x AS g, CASE WHEN x IS NULL THEN count(*) ELSE 0 END AS n ORDER BY g",
    "UNWIND [1, 2, 2] AS x RETURN x AS g, count(*) AS n ORDER BY count(*) DESC, n + 1, g LIMIT 1",
    "UNWIND [1, 2] AS x RETURN round(100.0 * count(x) / count(*), 1) AS share, size(collect(x)) > 1 AS many",
    "UNWIND [1, 2] AS x RETURN reduce(s = 0, y IN collect(x) | s + y) AS s, left('abc', count(*)) AS t",
    "MATCH (q:Quarter) OPTIONAL MATCH (q)-[:COVERS]->(b) OPTIONAL MATCH (b)-[:PART_OF]->(c) "
    "RETURN q.id AS q, b.id AS b, c.id AS c",
    "MATCH (q:Quarter) OPTIONAL MATCH (q)-[:COVERS]->(b) OPTIONAL MATCH (x:Quarter)-[:PART_OF]->(b) "
    "RETURN q.id AS q, x.id AS x",
    "MATCH (q:Quarter) OPTIONAL MATCH (q)-[:COVERS]->(b) WITH q, b WHERE b IS NOT NULL "
    "MATCH (q)-[:PART_OF]->(b) RETURN q.id AS q",
    "MATCH (q:Quarter) OPTIONAL MATCH (q)-[:PART_OF]->(b:Area) "
    "RETURN q.id AS q, CASE WHEN b IS NULL THEN 0 ELSE COUNT { (q)-[:PART_OF]->(b) } END AS n",
    "MATCH (q:Quarter), (d:Area {level: 'district'}) MATCH p = shortestPath((q)-[:PART_OF*..5]-(d)) "
    "WHERE d.id <> q.id WITH p WHERE length(p) > 1 RETURN length(p) AS n",
    "MATCH (n:$('Quarter')) RETURN n.id AS id",
    "MATCH (q:Quarter)-[:PART_OF]->(a) WITH q, count(*) AS n WHERE n > 1 AND n IS NOT NULL RETURN q.id AS q",
    "MATCH (q:Quarter {id: 'q-990101-001'}) RETURN COLLECT { MATCH (a:Area) WITH a ORDER BY q.id, a.id DESC "
    "WHERE EXISTS { (q)-[:WITHIN]->(a) } RETURN a.id } AS l",
    "MATCH (q:Quarter) CALL { WITH q MATCH (q)-[:PART_OF]->(a) WITH a MATCH (q:Quarter)-[:PART_OF]->(a) "
    "RETURN count(q) AS c } RETURN q.id AS q, c",
    "MATCH (q:Quarter {id: 'q-990101-001'}) WITH q, 1 AS x RETURN "
    "COLLECT { MATCH (q)-[:WITHIN]->(a) WITH a.id AS id, {x: 2} AS m RETURN m.x ORDER BY id } AS l",
    "MATCH (q:Quarter) RETURN q.id AS q, COUNT { MATCH (q)-[:WITHIN]->(a) WITH * MATCH (q)-[:PART_OF]->(a) "
    "RETURN a UNION MATCH (q)-[:PART_OF]->(a) RETURN a } AS n",
]


@pytest.mark.parametrize("text", ACCEPTED)
async def test_what_is_answered_rightly_is_not_refused(text: str, both: tuple[Graph, Graph]) -> None:
    """The embedded engine gives what Neo4j gives."""
    answers = []
    for graph in both:
        async with open_query(graph, text) as running:
            answers.append((running.columns, sorted([row async for row in running], key=repr)))
    assert answers[0] == answers[1]
