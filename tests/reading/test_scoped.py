"""What belongs to an area, and what a copy of it holds, against plain Python over the whole graph."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.errors import StoreUnavailable
from graph.model import NODES, label_of
from graph.reading.graph import Graph, Known
from graph.reading.scoped import filling
from graph.reading.scoped.area_ids import read_ids
from graph.reading.scoped.copies import Copies
from graph.reading.viewer import PUBLIC
from tests.builder import SOURCE, GraphBuilder, district
from tests.conftest import unmasked
from tests.oracle.asking import store
from tests.reading.findings.changing import first_version

RECORDS = "MATCH (n) WHERE labels(n)[0] IN $labels RETURN n.id AS id, properties(n) AS p"
EDGES = "MATCH (a)-[e]->(b) RETURN a.id AS a, type(e) AS kind, b.id AS b, properties(e) AS p"
THINGS = {"Resource", "Need", "Project", "Mechanism", "Meeting", "Claim"}
COMMUNITY, STREET, OTHER = "990101001001", "990101001000", "430407000000"


async def everything(graph: Graph) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """The nodes that the model has, by id, and all edges."""
    nodes, edges = await graph.store.read([(RECORDS, {"labels": [*NODES]}), (EDGES, {})])
    return {row["id"]: row["p"] for row in nodes}, edges


@pytest.mark.parametrize("area", [COMMUNITY, STREET, OTHER])
async def test_things_belong_by_what_they_concern(loaded: Graph, area: str) -> None:
    """What bodies and places of the area offer, what concerns these, and what concerns that."""
    _, edges = await everything(loaded)
    _, ids = await read_ids(unmasked(loaded), area, secret=True)
    standing = {id_ for id_ in ids if label_of(id_) not in THINGS}
    offered = {e["b"] for e in edges if e["kind"] == "OFFERS" and e["a"] in standing}
    concerning = {e["a"] for e in edges if e["kind"] == "CONCERNS" and e["b"] in standing}
    first = offered | concerning
    second = {e["a"] for e in edges if e["kind"] == "CONCERNS" and e["b"] in first}
    assert ids - standing == first | second
    assert first


@pytest.mark.parametrize(("area", "personal"), [(COMMUNITY, True), (None, False)])
async def test_a_copy_holds_what_its_caller_may_see(loaded: Graph, area: str | None, personal: bool) -> None:
    """Every node inside and every area and document, every edge between two of these; nothing twice."""
    nodes, edges = await everything(loaded)
    copies = Copies(unmasked(loaded), most=1)
    try:
        async with copies.open(area, personal=personal) as copy:
            viewer = copy.viewer
            held, tied = await everything(copy)
    finally:
        await copies.close()
    seen = {i for i in nodes if viewer.ids is None or i in viewer.ids or label_of(i) in PUBLIC}
    assert held == {i: viewer.properties(label_of(i), nodes[i])[0] for i in seen}
    wanted = {
        e["p"]["id"]: (e["a"], e["kind"], e["b"], viewer.properties(e["kind"], e["p"])[0])
        for e in edges
        if e["a"] in seen and e["b"] in seen and viewer.sees_type(e["kind"])
    }
    assert {e["p"]["id"]: (e["a"], e["kind"], e["b"], e["p"]) for e in tied} == wanted
    assert len(tied) == len(wanted)


@pytest.mark.parametrize("moves", [1, filling.TRIES])
async def test_a_copy_of_data_that_move_is_made_again(embedded: Graph, monkeypatch: Any, moves: int) -> None:
    """Nothing is asked of what was read while a load came in; where loads keep coming in it is said."""
    builder = GraphBuilder()
    district(builder)
    await store(embedded, builder)
    await first_version(embedded)
    graph, left, finish = unmasked(replace(embedded, known=Known())), [None] * moves, filling.finish

    async def moving(*given: Any) -> Any:
        if left:
            left.pop()
            text = "MATCH (m:Meta) SET m.data_version = m.data_version + 1"
            await embedded.store.write(lambda tx: tx.run(text, {}))
        return await finish(*given)

    monkeypatch.setattr(filling, "finish", moving)
    copies = Copies(graph, most=1)
    try:
        if moves == filling.TRIES:
            with pytest.raises(StoreUnavailable):
                async with copies.open(None, personal=False):
                    pass
            return
        async with copies.open(None, personal=False) as copy:
            assert await copy.version() == 1 + moves
            assert (await everything(copy))[0].keys() == builder.nodes.keys() | {SOURCE}
    finally:
        await copies.close()
