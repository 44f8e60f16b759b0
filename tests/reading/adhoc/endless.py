"""A query that never ends by itself, and whether an engine still works on it."""

from __future__ import annotations

import asyncio
import time

import psutil

from graph.reading.graph import Graph

ENDLESS = (
    "UNWIND range(1, 50000) AS a UNWIND range(1, 50000) AS b WITH a, b WHERE a * b = -1 RETURN count(*) AS n"
)


async def still_runs(graph: Graph) -> bool:
    """Whether the engine works on the endless query: a list of Neo4j, a processor's time else."""
    if not graph.store.embedded:
        (rows,) = await graph.store.read([("SHOW TRANSACTIONS YIELD currentQuery", {})])
        return any(
            "50000" in (row["currentQuery"] or "")
            for row in rows
            if "SHOW" not in (row["currentQuery"] or "")
        )
    assert graph.store.engine is not None
    process = psutil.Process(int(str(graph.store.engine.describe()["pid"])))
    before = sum(process.cpu_times()[:2])
    await asyncio.sleep(1.0)
    return sum(process.cpu_times()[:2]) - before > 0.15


async def begins_soon(graph: Graph) -> bool:
    """Whether the engine works on it within twenty seconds: on a busy machine it begins late."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if await still_runs(graph):
            return True
    return False


async def ends_soon(graph: Graph) -> bool:
    """Whether the engine is done with it within ten seconds; the time limit is sixty."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if not await still_runs(graph):
            return True
        await asyncio.sleep(0.2)
    return False
