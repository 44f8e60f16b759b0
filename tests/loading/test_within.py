"""WITHIN follows every load, undone or carried on; a graph that lacks it is never answered from."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from graph.appointments.rehearse import carry_out
from graph.errors import GraphOutdated
from graph.loading import batches
from graph.loading import write as writing
from graph.loading.load import discard, load_delivery, rebuild_derived
from graph.loading.plan import Options
from graph.reading.findings.reach import reads, words_of
from graph.reading.graph import Graph
from graph.reading.scoped import Copies
from graph.store import Transaction
from graph.store import changes as bulk
from graph.store.changes import Change
from graph.store.derived import verify
from tests.loading.content import content
from tests.loading.samples import TABLES, write_delivery

DISTRICT, STREET, SECOND = "990102000000", "990102001000", "990102002000"
AREAS = TABLES["nodes/Area"] + f"{SECOND},样例二街道,subdistrict\n990102001001,样例社区,community\n"
PLACES = (
    f"from,to,since,until\n{STREET},{DISTRICT},,\n{SECOND},{DISTRICT},,\n"
    f"990102001001,{STREET},,\nq-990102-1,990102001001,2020-01-01,\nq-990102-2,{SECOND},,\n"
)
PAIRS = (
    "MATCH (a)-[w:WITHIN]->(b) WHERE a.id <> b.id "
    "RETURN a.id AS place, b.id AS area, w.height AS height ORDER BY place, area"
)


def delivery(folder: Path, **changed: str) -> Path:
    """Two subdistricts, a community in the first, a quarter in the community and one in the second."""
    return write_delivery(folder, **{"nodes__Area": AREAS, "edges__PART_OF": PLACES, **changed})


async def pairs(graph: Graph) -> set[tuple[str, str]]:
    """Which place is within which other area, at any time."""
    (rows,) = await graph.store.read([(PAIRS, {})])
    return {(r["place"], r["area"]) for r in rows}


async def run(graph: Graph, text: str) -> None:
    """One write behind the product's back."""

    async def work(tx: Transaction) -> None:
        await tx.run(text)

    await graph.store.write(work)


async def test_a_load_derives_within(graph: Graph, tmp_path: Path) -> None:
    """Each place has an edge to every area above it, and to no other."""
    await load_delivery(graph.store, delivery(tmp_path / "in"))
    assert await pairs(graph) == {
        (STREET, DISTRICT),
        (SECOND, DISTRICT),
        ("990102001001", STREET),
        ("990102001001", DISTRICT),
        ("q-990102-1", "990102001001"),
        ("q-990102-1", STREET),
        ("q-990102-1", DISTRICT),
        ("q-990102-2", SECOND),
        ("q-990102-2", DISTRICT),
    }
    assert await verify(graph.store) == []


async def test_what_lies_in_a_moved_area_moves_along(graph: Graph, tmp_path: Path) -> None:
    """A community that goes to another subdistrict takes along a quarter that no row names."""
    await load_delivery(graph.store, delivery(tmp_path / "in"))
    moved = (
        f"from,to,since,until\n990102001001,{STREET},,2024-01-01\n990102001001,{SECOND},2024-01-01,\n"
        f"{STREET},{DISTRICT},,\n{SECOND},{DISTRICT},,\nq-990102-2,{SECOND},,\n"
    )
    await load_delivery(graph.store, delivery(tmp_path / "next", edges__PART_OF=moved))
    text = (
        "MATCH (:Quarter {id: 'q-990102-1'})-[w:WITHIN]->(a) "
        "RETURN a.id AS area, toString(w.since) AS since, toString(w.until) AS until"
    )
    (rows,) = await graph.store.read([(text, {})])
    found = {r["area"]: (r["since"], r["until"]) for r in rows}
    assert found[STREET] == ("2020-01-01", "2024-01-01")
    assert found[SECOND] == ("2024-01-01", "9999-12-31")
    assert found[DISTRICT] == ("2020-01-01", "9999-12-31")
    assert await verify(graph.store) == []


async def test_a_changed_level_changes_the_height(graph: Graph, tmp_path: Path) -> None:
    """The height is that of the level as it now is, though no place moved."""
    await load_delivery(graph.store, delivery(tmp_path / "in"))
    text = "MATCH ()-[w:WITHIN]->(:Area {id: '990102000000'}) RETURN DISTINCT w.height AS height"
    assert (await graph.store.read([(text, {})]))[0] == [{"height": 2}]
    areas = AREAS.replace("样例区,district", "样例区,city")
    report = await load_delivery(graph.store, delivery(tmp_path / "next", nodes__Area=areas))
    assert (report.changed, report.derived) == (1, 6)
    assert (await graph.store.read([(text, {})]))[0] == [{"height": 3}]


async def test_a_load_that_moves_nothing_leaves_it(graph: Graph, tmp_path: Path) -> None:
    """Another name of an area, another number of households: no derived edge is written."""
    await load_delivery(graph.store, delivery(tmp_path / "in"))
    areas, quarters = AREAS.replace("样例社区", "新社区"), TABLES["nodes/Quarter"].replace(",120", ",130")
    folder = delivery(tmp_path / "next", nodes__Area=areas, nodes__Quarter=quarters)
    report = await load_delivery(graph.store, folder)
    assert (report.changed, report.derived) == (2, 0)


@pytest.mark.parametrize("limit", [100_000, 1])
async def test_removed_places_lose_it_first(limit: int, graph: Graph, tmp_path: Path) -> None:
    """A quarter goes, and an area with edges in and out; the graph is as if they had never come.

    In one transaction, and in batches.
    """
    less = {
        "nodes__Area": "\n".join(line for line in AREAS.split("\n") if SECOND not in line),
        "edges__PART_OF": "\n".join(line for line in PLACES.split("\n") if SECOND not in line),
        "nodes__Quarter": "id,name,households\nq-990102-1,样例小区一,120\n",
    }
    await load_delivery(graph.store, delivery(tmp_path / "less", **less))
    alone = await content(graph)
    await load_delivery(graph.store, delivery(tmp_path / "more"))
    folder = delivery(tmp_path / "less", **less)
    report = await load_delivery(graph.store, folder, options=Options("remove"), single_transaction=limit)
    assert report.held == []
    assert await content(graph) == alone


async def broken_off(graph: Graph, folder: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A load in small batches that is cut off at a step."""
    for module in (writing, batches):
        monkeypatch.setattr(module, "CHUNK", 2)
    monkeypatch.setattr(bulk, "CHUNK", 2)

    def stop(at: str, done: int, total: int) -> None:
        if at == step and done >= total - 1:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await load_delivery(graph.store, folder, progress=stop, single_transaction=1, in_place=True)


@pytest.mark.parametrize("step", ["write", "derive"])
async def test_a_broken_off_move_ends_either_way(
    step: str, graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Resumed, places are within what one transaction gives; discarded, within what was before."""
    await load_delivery(graph.store, delivery(tmp_path / "in"))
    before = await content(graph)
    ended = f"q-990102-2,{SECOND},,2021-01-01\n"
    moved = PLACES.replace(f"q-990102-2,{SECOND},,\n", ended) + f"q-990102-2,{STREET},2021-01-01,\n"
    folder = delivery(tmp_path / "next", edges__PART_OF=moved)
    await broken_off(graph, folder, step, monkeypatch)
    assert await discard(graph.store) > 0
    assert await content(graph) == before
    await broken_off(graph, folder, step, monkeypatch)
    await load_delivery(graph.store, folder, resume=True)
    assert await verify(graph.store) == []
    assert ("q-990102-2", STREET) in await pairs(graph)


async def test_a_graph_of_an_older_version_is_refused_until_it_is_mended(
    graph: Graph, tmp_path: Path
) -> None:
    """Without WITHIN every rule would answer wrongly: nothing is answered and nothing loaded."""
    await load_delivery(graph.store, delivery(tmp_path / "in"))
    whole = await content(graph)
    await run(graph, "MATCH ()-[w:WITHIN]->() DELETE w")
    await run(graph, "MATCH (m:Meta) REMOVE m.derived")
    with pytest.raises(GraphOutdated, match="cobuild verify --rebuild"):
        await graph.ask(graph.catalogue["nodes_by_type"])
    with pytest.raises(GraphOutdated):
        await load_delivery(graph.store, delivery(tmp_path / "next"))
    assert await rebuild_derived(graph.store) == 13
    assert await content(graph) == whole
    assert await graph.version() == 2
    assert await rebuild_derived(graph.store) == 0


async def test_another_number_alone_is_refused(graph: Graph, tmp_path: Path) -> None:
    """The number of a newer version is not this one's, though every edge is there."""
    await load_delivery(graph.store, delivery(tmp_path / "in"))
    await run(graph, "MATCH (m:Meta) SET m.derived = 3")
    with pytest.raises(GraphOutdated):
        await graph.version()
    assert await rebuild_derived(graph.store) == 0
    assert await graph.version() == 2


async def test_a_graph_filled_by_others_is_verified_and_rebuilt(graph: Graph, tmp_path: Path) -> None:
    """Where no load derived anything, the differences are shown and can be written."""
    await load_delivery(graph.store, delivery(tmp_path / "in"))
    whole = await content(graph)
    await run(graph, "MATCH ()-[w:WITHIN|CROSS_APPOINTMENT]->() DELETE w")
    await run(graph, "MATCH (m) WHERE m:Meta OR m:Load DELETE m")
    assert {c.kind for c in await verify(graph.store)} == {"WITHIN", "CROSS_APPOINTMENT"}
    assert await rebuild_derived(graph.store) == 14
    assert await content(graph) == whole


async def test_a_copy_holds_its_part(graph: Graph, tmp_path: Path) -> None:
    """A copy for an area has the edges of the places in it, to the areas above it as well."""
    await load_delivery(graph.store, delivery(tmp_path / "in"))
    whole = await pairs(graph)
    copies = Copies(graph, most=1)
    try:
        async with copies.open(STREET, personal=False) as copy:
            viewer = await copies.viewer(STREET, personal=False)
            found = await pairs(copy)
    finally:
        await copies.close()
    assert found == {(a, b) for a, b in whole if viewer.sees(a) and viewer.sees(b)}
    assert ("q-990102-1", DISTRICT) in found
    assert "q-990102-2" not in {a for a, _ in found}


async def test_a_move_in_a_rehearsal_is_derived(graph: Graph, tmp_path: Path) -> None:
    """Carried out in a transaction that is rolled back, a move changes WITHIN there and only there."""
    await load_delivery(graph.store, delivery(tmp_path / "in"))
    before = await content(graph)
    read = (
        "MATCH (a:Quarter {id: 'q-990102-2'})-[e:PART_OF]->(b) "
        "RETURN properties(e) AS edge, a.id AS start, b.id AS end"
    )

    async def work(tx: Transaction) -> list[Any]:
        (row,) = await tx.run(read)
        edge = row["edge"]
        await carry_out(tx, [Change("PART_OF", edge, None, row["start"], row["end"])])
        return await tx.run("MATCH (:Quarter {id: 'q-990102-2'})-[w:WITHIN]->(a) RETURN a.id AS area")

    assert await graph.store.rehearse(work) == []
    assert await content(graph) == before


def test_a_move_reaches_what_reads_either_edge(graph: Graph) -> None:
    """Files that name PART_OF or WITHIN can notice a move; a post is no concern of theirs."""
    move = words_of([Change("PART_OF", None, {"id": "e"}, "q-990102-1", STREET)])
    assert {"PART_OF", "WITHIN"} <= move
    assert {"HOLDS_POST", "CROSS_APPOINTMENT"}.isdisjoint(move)
    level = words_of([Change("Area", {"level": "city"}, {"level": "district"})])
    assert {"level", "WITHIN"} <= level
    noticing = {q.name for q in graph.catalogue.folder("rules") if reads(q, move)}
    assert noticing == {q.name for q in graph.catalogue.folder("rules")}
