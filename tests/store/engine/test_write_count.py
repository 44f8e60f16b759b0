"""The count of writes: an answer's data version is known without asking, and never old."""

from __future__ import annotations

import asyncio

from graph.reading.graph import Graph
from graph.reading.wiring import open_graph
from graph.store import Transaction
from graph.store.engine import WriteCount
from tests.conftest import rows


async def count_up(tx: Transaction) -> None:
    """A new data version."""
    await tx.run("MATCH (m:Meta {id: 'meta'}) SET m.data_version = m.data_version + 1")


async def version_of(graph: Graph) -> int:
    """The data version in an answer's stamp."""
    return (await graph.ask(graph.catalogue["nodes_by_type"], {})).stamp.data_version


async def test_a_write_by_anybody_shows_in_the_next_answer(graph: Graph) -> None:
    """Another connection writes: the stamp follows, on both engines."""
    before = await version_of(graph)
    assert before == await version_of(graph)
    async with open_graph(graph.settings) as other:
        await other.store.write(count_up)
    assert (before + 1, before + 1) == (await version_of(graph), await graph.version())
    await graph.store.write(count_up)
    assert before + 2 == await version_of(graph)


async def test_a_version_is_not_kept_while_somebody_writes(graph: Graph) -> None:
    """What is read beside an open write transaction is asked for again after its commit."""
    if not graph.store.embedded:
        return
    before = await version_of(graph)
    written, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(tx: Transaction) -> None:
        await count_up(tx)
        written.set()
        await go_on.wait()

    writing = asyncio.create_task(graph.store.write(slowly))
    await written.wait()
    assert before == await version_of(graph)
    go_on.set()
    await writing
    assert before + 1 == await version_of(graph)
    assert await rows(graph, "nodes_by_type") == []


async def test_the_count_knows_whether_somebody_writes(graph: Graph) -> None:
    """Idle before and after, not while a write is under way; the count only grows."""
    if not graph.store.embedded:
        return
    count = WriteCount(graph.settings.data_dir)
    before = count.now()
    assert count.idle()
    async with count.writing():
        assert not count.idle()
        async with count.writing():
            assert count.now() == before + 2
        assert not count.idle()
    assert count.idle()
    assert count.now() == before + 2
