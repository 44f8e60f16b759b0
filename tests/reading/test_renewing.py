"""A copy that is brought up to date holds what a copy made anew holds."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.loading.load import load_delivery
from graph.loading.order import seed_folders
from graph.model import edge_id
from graph.reading.graph import Graph, Known
from graph.reading.scoped.copies import Copies
from graph.store.changes import Change
from tests.builder import GraphBuilder
from tests.conftest import unmasked
from tests.oracle.asking import store
from tests.reading.findings.changing import change_some, first_version, standing, write
from tests.strategies import DISTRICT, STREET, graphs

NODES = "MATCH (n) WHERE n.id <> 'meta' RETURN labels(n) AS kind, properties(n) AS p ORDER BY n.id"
EDGES = (
    "MATCH (a)-[e]->(b) RETURN a.id AS a, type(e) AS kind, b.id AS b, properties(e) AS p ORDER BY e.id, a, b"
)
META = "MATCH (m:Meta) RETURN m.data_version AS version, m.state AS state"
CALLERS = ((DISTRICT, True), (None, False))


async def held(copy: Graph) -> list[list[dict[str, Any]]]:
    """All that a copy holds."""
    return await copy.store.read([(NODES, {}), (EDGES, {}), (META, {})])


@settings(max_examples=1)
@given(builder=graphs(), seed=st.integers(0, 1_000_000))
async def test_a_copy_is_brought_up_to_date(embedded: Graph, builder: GraphBuilder, seed: int) -> None:
    """After edges ended, went, came and lost properties: of an area, and of all without personal data."""
    await store(embedded, builder)
    await first_version(embedded)
    graph = unmasked(replace(embedded, known=Known()))
    draw = random.Random(seed)
    copies = Copies(graph)
    try:
        stores = {}
        for area, personal in CALLERS:
            async with copies.open(area, personal=personal) as copy:
                stores[area] = copy.store
        for _ in range(2):
            assert await change_some(graph, draw)
            for area, personal in CALLERS:
                anew = Copies(graph, most=1)
                async with (
                    copies.open(area, personal=personal) as copy,
                    anew.open(area, personal=personal) as other,
                ):
                    assert copy.store is stores[area], "it was made anew"
                    assert copy.viewer == other.viewer
                    assert await held(copy) == await held(other)
                await anew.close()
    finally:
        await copies.close()


async def test_a_place_that_moves_out_of_the_area_or_into_it(embedded: Graph) -> None:
    """What moved is in the copy, or gone from it, without the copy made anew."""
    folder = next(d for d in seed_folders() if "worked_example" in str(d))
    await load_delivery(embedded.store, folder)
    graph = unmasked(replace(embedded, known=Known()))
    at = {(row["a"], row["b"]): row["e"] for row in await standing(graph) if row["kind"] == "PART_OF"}
    here = next(q for q, area in at if q.startswith("q-") and area.startswith(STREET[:9]))
    there, away = next((q, a) for q, a in at if q.startswith("q-") and not a.startswith(STREET[:9]))
    changes = []
    for quarter, area in ((here, away), (there, next(a for q, a in at if q == here))):
        before, old = next((edge, a) for (q, a), edge in at.items() if q == quarter)
        changes.append(Change("PART_OF", before, None, quarter, old))
        made = {**before, "id": edge_id("PART_OF", quarter, area, None, 1)}
        changes.append(Change("PART_OF", None, made, quarter, area))
    copies, anew = Copies(graph), Copies(graph)
    try:
        async with copies.open(STREET, personal=False) as copy:
            first = copy.store
        await write(graph, changes, "load")
        async with copies.open(STREET, personal=False) as copy, anew.open(STREET, personal=False) as other:
            assert copy.store is first, "it was made anew"
            assert await held(copy) == await held(other)
            assert {there} == {n for n in (there, here) if n in str(await held(copy))}
    finally:
        await copies.close()
        await anew.close()
