"""Rows that come with many answers are read once, as long as they hold, and never longer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from graph.catalogue.turns import holds_between_turns
from graph.reading.areas import AreaTree, read_areas
from graph.reading.findings.find import know_days
from graph.reading.findings.remembered import Asked, read_remembered
from graph.reading.findings.shelf import Shelf
from graph.reading.graph import Graph, Known
from graph.store.changes import Change
from tests.builder import GraphBuilder, district
from tests.conftest import unmasked
from tests.oracle.asking import store
from tests.reading.findings.changing import first_version, standing, write
from tests.reading.findings.counting import Counting
from tests.reading.findings.direct import CATALOGUE, asked_directly
from tests.strategies import DAY

LATER = DAY + timedelta(days=10)
AFTER = DAY + timedelta(days=20)


async def drawn(graph: Graph) -> Graph:
    """A district, a register that is complete from `LATER` on, and a quarter with somebody in it."""
    await Shelf(graph.settings, graph.ledger).clear()
    builder = GraphBuilder()
    (quarter,) = district(builder)
    builder.edge(builder.node("p-990101-1"), "LIVES_IN", quarter)
    builder.edge("990101001001", "COMPLETE_IN", builder.node("d-990101-r"), subject="station", since=LATER)
    await store(graph, builder)
    await first_version(graph)
    return unmasked(replace(graph, known=Known()))


def registers(graph: Graph, day: date) -> Asked:
    query = graph.catalogue["area_registers"]
    return query, graph.bind_known(query, {"as_of": day})


async def end(graph: Graph, kind: str) -> None:
    """The edges of a type end long before."""
    edges = [row for row in await standing(graph) if row["kind"] == kind]
    assert edges
    ended = [Change(kind, r["e"], {**r["e"], "until": date(2021, 1, 1)}, r["a"], r["b"]) for r in edges]
    await write(graph, ended, "load")


async def test_rows_outlive_what_they_do_not_read(embedded: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody moves out: registers stand; the register ends: they are read again."""
    graph = await drawn(embedded)
    query = registers(graph, LATER)[0]
    (first,) = await read_remembered(graph, [registers(graph, LATER)])
    assert [row["subject"] for row in first] == ["station"]
    engine = Counting(graph, monkeypatch)
    await end(graph, "LIVES_IN")
    (again,) = await read_remembered(graph, [registers(graph, LATER)])
    assert again is first
    assert query.asked not in engine.texts
    await end(graph, "COMPLETE_IN")
    (anew,) = await read_remembered(graph, [registers(graph, LATER)])
    assert anew == await asked_directly(graph, *registers(graph, LATER)) == []


async def test_rows_outlive_a_night_in_which_nothing_turns(
    embedded: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the days are known: the day before the register begins is another day, the day after is not."""
    graph = await drawn(embedded)
    query = registers(graph, AFTER)[0]
    (late,) = await read_remembered(graph, [registers(graph, AFTER)])
    await know_days(graph, [])
    engine = Counting(graph, monkeypatch)
    for day, same in ((AFTER + timedelta(days=1), True), (LATER, True), (LATER - timedelta(days=1), False)):
        (rows,) = await read_remembered(graph, [registers(graph, day)])
        assert (rows is late) is same, day
        assert (query.asked in engine.texts) is not same
        assert rows == await asked_directly(graph, *registers(graph, day))
        engine.texts.clear()


async def test_the_tree_of_areas_is_one_as_long_as_it_stands(embedded: Graph) -> None:
    """After a change elsewhere the same; after a quarter's community moved another."""
    graph = await drawn(embedded)
    tree: AreaTree = await read_areas(graph, DAY)
    await end(graph, "LIVES_IN")
    assert await read_areas(graph, DAY) is tree
    await end(graph, "PART_OF")
    moved = await read_areas(graph, DAY)
    assert tree.above("990101001001") == ("990101001001", "990101001000", "990101000000")
    assert moved.above("990101001001") == ("990101001001",)


def test_what_is_carried_to_another_day_only_compares_the_day() -> None:
    """Files that are remembered do; what moves the day, or says it, is not taken for such a one."""
    for name in ("area_tree", "area_registers", "coverage_claims", "claims_compared"):
        assert holds_between_turns(CATALOGUE[name].text), name
    for text in (
        "MATCH (a) WHERE a.x <= $as_of - 1 RETURN a",
        "MATCH (a) RETURN $as_of AS day",
        "MATCH (a) WHERE a.x + duration({days: 1}) <= $as_of RETURN a",
    ):
        assert not holds_between_turns(text), text
