"""What is said beside the rows: unknown words, withheld data; names of columns, plans, CSV."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graph.reading.adhoc import csv_cells, open_query
from graph.reading.adhoc.dates import check_dates
from graph.reading.adhoc.guard import check_reading
from graph.reading.adhoc.notices import read_notices
from graph.reading.adhoc.outline import Outline
from graph.reading.adhoc.refusals import TextForDate
from graph.reading.adhoc.scope import read_scope
from graph.reading.graph import Graph


def shown(text: str, given: dict[str, Any] | None = None, *, personal: bool = True) -> list[str]:
    """The English sentences about a query."""
    outline = Outline(check_reading(text), text)
    return [n.en for n in read_notices(outline, read_scope(outline), given or {}, personal=personal)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MATCH (q:Quater) RETURN q",
         "line 1, column 10: the model has no label Quater; did you mean Quarter?"),
        ("MATCH (q:小区) RETURN q",
         "line 1, column 10: the model has no label 小区; did you mean Quarter?"),
        ("MATCH ()-[r:PARTOF]->() RETURN r",
         "line 1, column 13: the model has no edge type PARTOF; did you mean PART_OF?"),
        ("MATCH (q:Quarter) WHERE q.nmae = 'x' RETURN q",
         "line 1, column 27: the model has no property nmae of Quarter; did you mean name?"),
        ("MATCH (a:Area {levle: 'district'}) RETURN a",
         "line 1, column 16: the model has no property levle of Area; did you mean level?"),
        ("MATCH (a:Area {level: 'distrct'}) RETURN a",
         "line 1, column 23: level has no value 'distrct'; did you mean district?"),
        ("MATCH (a:Area) WHERE a.level IN ['district', '社区'] RETURN a",
         "line 1, column 46: level has no value '社区'; did you mean community?"),
        ("MATCH (a:Area) WHERE $level = a.level RETURN a",
         "line 1, column 22: level has no value 'distrct'; did you mean district?"),
        ("MATCH (n) WHERE EXISTS { (n)-[:PART_OFF]->() } RETURN n",
         "line 1, column 32: the model has no edge type PART_OFF; did you mean PART_OF?"),
        ("MATCH (a:Area) RETURN a {.nmae, x: a.level}",
         "line 1, column 27: the model has no property nmae of Area; did you mean name?"),
        ("MATCH ()-[r]->() WHERE type(r) = 'PARTOF' RETURN r",
         "line 1, column 34: the model has no edge type PARTOF; did you mean PART_OF?"),
        ("MATCH ()-[r]->() WHERE type(r) IN ['PART_OF', '属于'] RETURN r",
         "line 1, column 47: the model has no edge type 属于; did you mean PART_OF?"),
        ("MATCH (n) WHERE 'Quater' IN labels(n) RETURN n",
         "line 1, column 17: the model has no label Quater; did you mean Quarter?"),
    ],
)  # fmt: skip
def test_an_unknown_word_is_told_with_the_nearest_known(text: str, expected: str) -> None:
    """Labels, types, properties and values, literal or given; Chinese names lead to the model's."""
    assert shown(text, {"level": "distrct"}) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (q:Quarter)-[r:PART_OF]->(a:Area {level: 'community'}) WHERE r.since < date() RETURN q.name",
        "MATCH (m:Meta) RETURN m.data_version",
        "MATCH (n) WHERE n.id = 'x' RETURN labels(n)",
        "WITH {nope: 1} AS m RETURN m.nope",
        "MATCH p = (:Quarter)-[:PART_OF*1..3]->(:Area) RETURN [n IN nodes(p) | n.whatever]",
        "MATCH (a:Area) WITH a {.name, other: 1} AS row RETURN row.other",
        "MATCH (n)-[r]->() WHERE type(r) <> 'PART_OF' AND 'Quarter' IN labels(n) RETURN n {.*}, type(r)",
        "WITH 1 AS type, [2] AS labels RETURN type = 1, 2 IN labels",
    ],
)
def test_what_the_model_knows_is_not_remarked_on(text: str) -> None:
    """Nor what is no node or edge of a pattern."""
    assert shown(text) == []


@pytest.mark.parametrize(
    "text", ["MATCH (p {name: '张三'}) RETURN p.id", "MATCH (p:Person) WHERE p.name = '张三' RETURN p.id",
             "MATCH (p:Person)-[:MEMBER_OF]->(o) RETURN count(*) AS n",
             "MATCH (p:Person) RETURN p {.id, .name}",
             "MATCH (p:Person) RETURN p", "MATCH (p:Person) RETURN DISTINCT p AS who",
             "MATCH (p:Person)-[:HOLDS_POST]->(b) RETURN b.id, collect(DISTINCT p) AS all",
             "MATCH (p:Person) RETURN properties(p) AS all", "MATCH (p:Person) RETURN p {.*}",
             "MATCH (p:Person) WHERE 'name' IN keys(p) RETURN p.id", "MATCH (p:Person) RETURN p[$key]"],
)  # fmt: skip
def test_a_query_on_withheld_data_says_so(text: str) -> None:
    """Only where a copy without personal data is asked."""
    (found,) = shown(text, personal=False)
    assert "not mean none" in found
    assert shown(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (p:Person)-[h:HOLDS_POST]->(b) RETURN count(p) AS n, h.role, labels(p), p.id",
        "MATCH (p:Person) WITH p WHERE p IS NOT NULL RETURN [p.id, id(p)] AS ids",
    ],
)
def test_a_thing_that_is_only_counted_or_named_withholds_nothing(text: str) -> None:
    """What is withheld of a person matters only where a query gives the person whole."""
    assert shown(text, personal=False) == []


EDGE = "MATCH p = ()-[r:PART_OF]->()"
DATES = [
    (f"{EDGE} WHERE r.since > $day RETURN r", "date($day)"),
    (f"{EDGE} WHERE $day <= r.since RETURN r", "date($day)"),
    (f"{EDGE} WHERE r.until IN [$day] RETURN r", "date($day)"),
    ("MATCH ()-[r:PART_OF {since: $day}]->() RETURN r", "date($day)"),
    (f"{EDGE} WHERE r.since = '2024-01-01' RETURN r", "date('2024-01-01')"),
    (f"{EDGE} WITH r.since AS s WHERE s < $day RETURN s", "date($day)"),
    (f"{EDGE} WITH r AS e, min(r.since) AS s WITH s AS t WHERE t < $day RETURN t", "date($day)"),
    (f"WITH $day AS day {EDGE} WHERE (r.since) < day RETURN r", "date(day)"),
    (f"{EDGE} WHERE r.since >= $range.from RETURN r", "date($range.from)"),
    (f"{EDGE} WHERE r.since >= $range['from'] RETURN r", "date($range['from'])"),
    (f"{EDGE} WHERE r.since IN $days RETURN r", "[d IN $days | date(d)]"),
    (f"{EDGE} WHERE any(d IN $days WHERE r.since < d) RETURN r", "date(d)"),
    (f"UNWIND $days AS d {EDGE} WHERE r.since < d RETURN r", "date(d)"),
    (f"{EDGE} WHERE coalesce(r.since, date()) < $day RETURN r", "date($day)"),
    (f"{EDGE} WHERE date() + duration('P1D') < $day RETURN r", "date($day)"),
    (f"{EDGE} WHERE $day < r.until - duration('P1D') RETURN r", "date($day)"),
    (f"{EDGE} RETURN sum(CASE WHEN r.since < $day THEN 1 ELSE 0 END) AS n", "date($day)"),
    (f"{EDGE} RETURN CASE r.since WHEN date() THEN 1 WHEN $day THEN 2 END AS n", "date($day)"),
    (f"{EDGE} RETURN [e IN relationships(p) WHERE e.since > $day | 1] AS l", "date($day)"),
    (f"CALL {{ {EDGE} RETURN r.since AS s }} WITH s WHERE s > $day RETURN s", "date($day)"),
    (f"{EDGE} WHERE r.since > $slashes RETURN r", "date('2024-01-05')"),
    (f"{EDGE} WHERE r.since > $chinese RETURN r", "date('2024-01-05')"),
    (f"{EDGE} WHERE r.since > $number RETURN r", "date('2024-01-05')"),
    (f"{EDGE} WHERE r.since > '2024-01' RETURN r", "date('2025-06-30')"),
]
GIVEN = {
    "day": "2024-01-01", "days": ["2024-01-01", "2024-02-01"], "range": {"from": "2024-01-01"},
    "slashes": "2024/1/5", "chinese": "2024年1月5日", "number": 20240105,
}  # fmt: skip


@pytest.mark.parametrize(("text", "right"), DATES)
def test_a_text_compared_with_a_date_is_told(text: str, right: str) -> None:
    """Instead of an answer without rows, by whatever name each of them goes, with what to write."""
    outline = Outline(check_reading(text), text)
    with pytest.raises(TextForDate) as told:
        check_dates(outline, read_scope(outline), GIVEN)
    assert f"; write {right}." in told.value.en


@pytest.mark.parametrize(
    "text",
    [
        *(text.replace("$day ", "date($day) ").replace("$day]", "date($day)]") for text, _ in DATES[:2]),
        f"{EDGE} WHERE r.since IN [d IN $days | date(d)] RETURN r",
        f"UNWIND $days AS d WITH date(d) AS d {EDGE} WHERE r.since < d RETURN r",
        f"{EDGE} WHERE toString(r.since) < $day RETURN r",
        f"{EDGE} WHERE r.since.year > 2024 RETURN r",
        f"{EDGE} RETURN CASE WHEN $day > '2024' THEN r.since WHEN r.since > date() THEN $day END AS x",
        f"{EDGE} WHERE r.since + duration({{days: $number}}) < date() RETURN r",
        "WITH {since: '2024-02-01'} AS row WHERE row.since > $day RETURN row",
        "UNWIND $days AS since WITH since WHERE since > '2024-01-15' RETURN since",
        "MATCH (a:Area)<-[r:PART_OF]-(b) WHERE a.name = $day RETURN r.since AS name",
    ],
)
def test_what_compares_is_not_refused(text: str) -> None:
    """Dates with dates, texts with texts."""
    outline = Outline(check_reading(text), text)
    check_dates(outline, read_scope(outline), GIVEN)


async def test_what_is_advised_finds_rows(loaded: Graph) -> None:
    """The query as it was finds none, on both engines; as advised it does."""
    text = "MATCH ()-[r:PART_OF]->() WITH r.since AS s WHERE s < {} RETURN count(*) AS n"
    async with loaded.store.cursor(text.format("$day"), {"day": "2025-06-30"}, time_limit=60.0) as cursor:
        assert await cursor.batch() == [[0]]
    with pytest.raises(TextForDate, match=r"date\(\$day\)"):
        async with open_query(loaded, text.format("$day"), {"day": "2025-06-30"}):
            pass
    async with open_query(loaded, text.format("date($day)"), {"day": "2025-06-30"}) as running:
        ((found,),) = [row async for row in running]
    assert found > 0


COLUMNS = [
    "MATCH (q:Quarter) WHERE false RETURN q.id, q.name AS 名称, toUpper( q.id ), count(*) AS `a b`",
    "UNWIND [] AS x WITH x, x + 1 AS y RETURN y, x",
    "UNWIND [] AS x RETURN x.a.b, [i IN x WHERE i > 1 | i AS j], {a: 1, b: x}".replace(" AS j", ""),
    "MATCH (a:Area) WHERE false RETURN a.id AS id UNION MATCH (q:Quarter) WHERE false RETURN q.id AS id",
    "MATCH (a:Area) WHERE false RETURN DISTINCT a.level AS level ORDER BY level SKIP 1 LIMIT 2",
    "UNWIND [] AS x CALL (x) { RETURN x AS y } RETURN *",
]


@pytest.mark.parametrize("text", COLUMNS)
async def test_a_result_without_rows_has_the_names_of_its_return(graph: Graph, text: str) -> None:
    """Those that Neo4j gives, on both engines."""
    outline = Outline(check_reading(text), text)
    async with open_query(graph, text) as running:
        rows = [row async for row in running]
    assert running.columns == read_scope(outline).columns
    assert not rows or "count(" in text


async def test_explain_gives_the_plan(loaded: Graph) -> None:
    """As the engine draws it, and no rows; also of a form that would be answered wrongly."""
    async with open_query(loaded, "EXPLAIN MATCH (q:Quarter) RETURN max(q.id) IS NULL AS r") as running:
        rows = [row async for row in running]
    assert running.columns == ["plan"]
    assert any("Quarter" in row[0] for row in rows)


async def test_times_points_and_what_is_no_number_are_json(loaded: Graph) -> None:
    """Neither an answer that breaks off nor Python's own notation, alone and within a map or list."""
    text = (
        "WITH time('10:00:00+08:00') AS t, localtime('10:00:00') AS l, "
        "point({longitude: 120.5, latitude: 30.1}) AS p, point({x: 1, y: 2, z: 3}) AS c, "
        "0.0 / 0.0 AS n, 1.0 / 0.0 AS i, duration('P1M') AS d "
        "RETURN t, l, p, c, n, i, {t: t, p: p, n: n, d: d} AS m, [p, -i] AS list"
    )
    async with open_query(loaded, text) as running:
        (line,) = [line async for lines in running.lines() for line in lines]
    place, corner = {"srid": 4326, "x": 120.5, "y": 30.1}, {"srid": 9157, "x": 1.0, "y": 2.0, "z": 3.0}
    map_ = {"t": "10:00:00+08:00", "p": place, "n": "NaN", "d": "P1M"}
    assert json.loads(line) == [
        *("10:00:00+08:00", "10:00:00", place, corner, "NaN", "Infinity"),
        *(map_, [place, "-Infinity"]),
    ]


async def test_maps_nodes_and_paths_are_json_in_csv(loaded: Graph) -> None:
    """What a program can read; texts, numbers and dates stay as they are."""
    text = (
        "MATCH p = (a:Area {level: 'district'})<-[r:PART_OF]-() WITH p, a, r ORDER BY r.id LIMIT 1 "
        "RETURN {k: a.level, l: [1, null, true]} AS m, a {.id} AS n, [a.level] AS l, p AS p, 1 AS i, 'x' AS s"
    )
    async with open_query(loaded, text) as running:
        (row,) = [row async for row in running]
    cells = csv_cells(row)
    assert cells[0] == '{"k":"district","l":[1,null,true]}'
    assert cells[2] == '["district"]'
    assert cells[3].startswith('{"nodes":[{"labels":["Area"]')
    assert cells[4:] == [1, "x"]
