"""Many batches written beside the graph that readers ask, which then take its place at once.

The embedded engine holds two databases for that; a server of Neo4j Community has one.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

from graph.errors import LoadConflict
from graph.store.connection import Store
from graph.store.engine.locks import FileLock
from graph.store.parts import NewRows, lines_of

PATIENCE = 10.0
"""Seconds for which writes that are under way are waited for."""
ROOM = 2.0
"""Times the size of the graph that have to be free: for a copy, and as much for what is written into it."""


def can_stand_beside(store: Store) -> bool:
    """Whether there are two databases, and room on the disk for a copy."""
    if store.writes is None:
        return False
    needed = store.writes.databases.size() * ROOM
    return shutil.disk_usage(store.settings.data_dir).free > needed


@asynccontextmanager
async def beside(store: Store) -> AsyncIterator[Store]:
    """A copy of the graph that is asked instead of it once the block has ended without an error.

    Readers go on with the graph as it is, all other writes are refused meanwhile. Whatever ends the block
    or the process before its end leaves the graph as it was. Raises `LoadConflict`, `EngineUnavailable`.
    """
    assert store.writes is not None
    assert store.engine is not None
    lock = store.writes.databases.lock()
    await _take(lock)
    try:
        yield store.on(await store.engine.copy())
        await store.writes.switch()
    finally:
        lock.release()


async def fill(
    store: Store,
    parts: Iterable[NewRows] | AsyncIterable[NewRows],
    there: Iterable[str] = (),
    told: Callable[[int], None] = lambda _: None,
) -> None:
    """Create what the parts hold, nodes first, in the store of `beside`; `told` is given how many are done.

    `there` are the ids of nodes at which edges end and which the parts do not hold; of parts that come one by
    one there are none. Raises `LoadConflict` or `EngineUnavailable`; the copy is dropped then.
    """
    assert store.engine is not None
    lines = (
        (part.line() async for part in parts) if isinstance(parts, AsyncIterable) else lines_of(parts, there)
    )
    await store.engine.fill(lines, told)


async def _take(lock: FileLock) -> None:
    until = time.monotonic() + PATIENCE
    while not lock.take(shared=False):
        if time.monotonic() > until:
            raise LoadConflict(
                "另一次导入或撤销正在进行，请等它结束后再试。",
                "another load is under way: wait until it has ended and try again.",
                subject="load",
            )
        await asyncio.sleep(0.01)
