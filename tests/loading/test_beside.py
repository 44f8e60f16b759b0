"""Loads in batches beside the graph that readers ask: what readers see, and what a broken-off one leaves."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest
from neo4j import AsyncGraphDatabase

from graph.appointments.decide import Signature, decide
from graph.errors import GraphError, LoadConflict
from graph.loading import batches, journal
from graph.loading import write as writing
from graph.loading.load import load_delivery
from graph.loading.undo import undo_load
from graph.reading.graph import Graph
from graph.store import Transaction
from graph.store import changes as bulk
from graph.store.engine.databases import Databases
from graph.store.version import read_state
from tests.appointments.scenes import appointment, proposal
from tests.loading.content import content
from tests.loading.samples import MANIFEST, TABLES, write_delivery

MORE = 300
pytestmark = pytest.mark.usefixtures("in_small_batches")


@pytest.fixture
def graph(embedded: Graph) -> Graph:
    """An empty graph of the embedded engine: it alone has two databases."""
    return embedded


@pytest.fixture
def in_small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of three changes."""
    for module in (writing, batches):
        monkeypatch.setattr(module, "CHUNK", 3)
    monkeypatch.setattr(bulk, "CHUNK", 3)


def more(folder: Path, batch: str = "2") -> Path:
    """A delivery of some persons more, in many batches."""
    persons = TABLES["nodes/Person"] + "".join(f"p-990102-{i},人{i},none\n" for i in range(10, 10 + MORE))
    manifest = MANIFEST.replace('batch = "1"', f'batch = "{batch}"')
    return write_delivery(folder, manifest=manifest, nodes__Person=persons)


def databases(graph: Graph) -> Databases:
    return Databases(graph.settings.data_dir.absolute() / "engine")


async def persons(graph: Graph) -> tuple[int, int]:
    """The data version of an answer, and how many persons are in it."""
    answer = await graph.ask(graph.catalogue["nodes_by_type"])
    return answer.stamp.data_version, sum(r["nodes"] for r in answer.data if r["type"] == "Person")


async def other_programs_read(graph: Graph, version: int) -> None:
    """Who connects and names no database is given the one that is asked, within a second or two."""
    assert graph.store.engine is not None
    address = await graph.store.engine.ensure()
    for _ in range(50):  # a connection stays with the database that it was given first
        async with AsyncGraphDatabase.driver(address.uri, auth=address.outside) as driver:
            found = await driver.execute_query("MATCH (m:Meta) RETURN m.data_version AS version")
        if found.records[0]["version"] == version:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the database before is still asked")


async def test_readers_keep_the_version_before(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every answer during a load is whole and of the version before it; no other write is taken."""
    await load_delivery(graph.store, write_delivery(tmp_path / "in"))
    before, asked = await persons(graph), databases(graph).asked
    written, go_on, note_done = asyncio.Event(), asyncio.Event(), journal.note_done

    async def held(tx: Transaction, done: int) -> None:
        written.set()
        await go_on.wait()
        await note_done(tx, done)

    monkeypatch.setattr(journal, "note_done", held)
    load = asyncio.create_task(load_delivery(graph.store, more(tmp_path / "next"), single_transaction=1))
    await written.wait()
    seen = [await persons(graph)]
    with pytest.raises(LoadConflict):
        await decide(graph, proposal(appointment(2, "chair", "oc-1")), Signature(decided_by="科", reason="n"))
    with pytest.raises(LoadConflict):
        await load_delivery(graph.store, more(tmp_path / "other", batch="3"))
    go_on.set()
    while not load.done():
        seen.append(await persons(graph))
    report = await load
    after = await persons(graph)
    assert seen[0] == before
    assert set(seen) <= {before, after}
    assert after == (before[0] + 1, before[1] + MORE)
    assert report.version == after[0]
    assert databases(graph).asked != asked
    await other_programs_read(graph, after[0])


@pytest.mark.parametrize("how", ["cancelled", "engine killed"])
async def test_a_broken_off_load_leaves_nothing(how: str, graph: Graph, tmp_path: Path) -> None:
    """The graph is as it was and can be written to at once; the same load again ends as if it were the first.

    What was asked before an engine was killed is what the next one asks, and all that it has.
    """
    await load_delivery(graph.store, write_delivery(tmp_path / "in"), single_transaction=1)
    before, asked = await content(graph), databases(graph).asked
    engine = graph.store.engine
    assert engine is not None

    def stop(step: str, done: int, _total: int) -> None:
        if step == "write" and done >= 6:
            if how == "cancelled":
                raise asyncio.CancelledError
            os.kill(int(str(engine.describe()["pid"])), signal.SIGKILL)

    with pytest.raises((asyncio.CancelledError, GraphError)):
        await load_delivery(graph.store, more(tmp_path / "next"), progress=stop, single_transaction=1)
    await engine.ensure()
    for _ in range(100):
        try:
            await graph.probe()
            break
        except GraphError:
            await asyncio.sleep(0.05)
    assert (await read_state(graph.store)).loading is None
    assert databases(graph).asked == asked
    if how == "engine killed":
        assert [path.name for path in databases(graph).files.iterdir() if path.is_dir()] == [asked]
    assert await content(graph) == before
    await load_delivery(graph.store, more(tmp_path / "again"), single_transaction=1)
    at_its_end = await content(graph)
    await undo_load(graph.store, 2)
    assert await content(graph) == before
    await load_delivery(graph.store, more(tmp_path / "once"))
    assert await content(graph) == at_its_end


async def test_rows_of_a_load_that_was_killed_go_with_its_copy(graph: Graph, tmp_path: Path) -> None:
    """They are personal: they do not wait for the next load."""
    await load_delivery(graph.store, write_delivery(tmp_path / "in"))
    assert graph.store.engine is not None
    left = [graph.settings.data_dir / "engine" / "beside" / f"0{end}" for end in (".rows", ".done", ".json")]
    chosen = graph.settings.data_dir / "engine" / "database"
    if chosen.exists():
        os.utime(chosen, (0, 0))  # as if nobody read the one before any more: that takes a minute
    made = False
    while not made:  # a copy that nobody fills may go at once: then the rows came too late
        await graph.store.engine.copy()
        for path in left:
            path.touch()
        made = (databases(graph).files / databases(graph).other).exists()
    for _ in range(600):
        if not any(path.exists() for path in left):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("something is left")
