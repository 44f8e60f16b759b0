"""The tree of areas is read once for a state of the data, and is that of the state that is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from graph.reading.areas import TREES, read_areas
from graph.reading.graph import Graph, Known
from graph.store import Row
from tests.builder import GraphBuilder, district
from tests.conftest import unmasked
from tests.oracle.asking import store
from tests.reading.findings.changing import first_version

DAY = date(2025, 6, 30)
COMMUNITY = "990101001001"


async def counting(graph: Graph, monkeypatch: Any) -> tuple[Graph, list[str]]:
    """The graph of one district, and the texts that the engine is asked from now on."""
    builder = GraphBuilder()
    district(builder)
    await store(graph, builder)
    await first_version(graph)
    asked: list[str] = []
    read_each = type(graph.store).read_each

    async def noted(self: Any, statements: Any, **given: Any) -> list[list[Row]]:
        asked.extend(text for text, _ in statements)
        return await read_each(self, statements, **given)

    monkeypatch.setattr(type(graph.store), "read_each", noted)
    return unmasked(replace(graph, known=Known())), asked


async def test_areas_are_read_once_for_a_day(embedded: Graph, monkeypatch: Any) -> None:
    """Whoever asks again for the same day of the same state; a few days are in memory, the oldest go."""
    graph, asked = await counting(embedded, monkeypatch)
    query = graph.catalogue["area_tree"].asked
    first = await read_areas(graph, DAY)
    assert await read_areas(graph, DAY) is first
    assert asked.count(query) == 1
    for days in range(1, TREES + 3):
        await read_areas(graph, DAY + timedelta(days=days))
    assert len(graph.known.trees) == TREES
    assert asked.count(query) == TREES + 3
    await read_areas(graph, DAY)
    assert asked.count(query) == TREES + 4


async def test_areas_of_another_state_are_read_anew(embedded: Graph, monkeypatch: Any) -> None:
    """A community that has come under another subdistrict lies there in the next data version."""
    graph, _ = await counting(embedded, monkeypatch)
    before = await read_areas(graph, DAY)
    assert before.above(COMMUNITY)[1] == "990101001000"
    text = (
        "MATCH (:Area {id: '990101001001'})-[p:PART_OF]->() DELETE p "
        "WITH count(*) AS gone MATCH (a:Area {id: '990101001001'}), (b:Area {id: '990101000000'}) "
        "CREATE (a)-[:PART_OF {id: 'moved', since: date('2000-01-01'), until: date('9999-12-31')}]->(b) "
        "WITH count(*) AS made MATCH (m:Meta {id: 'meta'}) "
        "SET m.data_version = m.data_version + 1, m.mark = 'next'"
    )
    await embedded.store.write(lambda tx: tx.run(text, {}))
    after = await read_areas(graph, DAY)
    assert after.above(COMMUNITY)[1] == "990101000000"
    assert len(graph.known.trees) == 1, "what stood before is let go"
