"""What a lost member costs: `python -m bench.cluster`, ours against the driver's own failover.

One Neo4j behind three switches (`tests/store/switch.py`): a member is asked, is cut, and the routing table
names another. Seconds until the next read is answered, by the bare driver with the same resolver and by the
store; then requests of reading callers while members go and come, of which none may fail.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from typing import Any

import neo4j
from pydantic import SecretStr

from graph.reading.wiring import open_graph
from graph.settings import Settings
from graph.store.addresses import SEED, MembersInTurn
from tests.neo4j_server import Neo4jServer
from tests.store.switch import Routes, Switch

AIM = 3.0
READ = "MATCH (m:Meta) RETURN m.data_version AS version"
CALLERS, SECONDS = 8, 10.0
Read = Callable[[], Awaitable[object]]


async def measure(server: Neo4jServer, folder: Path, times: int) -> bool:
    """Print the figures; whether all aims hold."""
    routes = Routes()
    async with AsyncExitStack() as stack:
        a, b, c = [await stack.enter_async_context(Switch(server.port, routes)) for _ in "abc"]
        routes.writer, routes.readers = a, [b]
        members = [switch.address for switch in (a, b, c)]
        settings = Settings(
            data_dir=folder / "data",
            neo4j_uri=f"neo4j://{','.join(members)}",
            neo4j_user=server.user,
            neo4j_password=SecretStr(server.password),
        )
        graph = await stack.enter_async_context(open_graph(settings))
        # The driver takes pairs as well as addresses of its own; its types do not say so.
        given: dict[str, Any] = {"resolver": MembersInTurn(members)}
        bare = await stack.enter_async_context(
            neo4j.AsyncGraphDatabase.driver(f"neo4j://{SEED}", auth=(server.user, server.password), **given)
        )

        async def by_driver() -> object:
            async with bare.session(database=server.database) as session:
                return await session.execute_read(_value)

        figures = {"the bare driver": await _failovers(routes, (b, c), by_driver, times)}
        figures["the service"] = await _failovers(routes, (b, c), graph.version, times)
        for name, found in figures.items():
            print(f"next read after a member went, {name}: {_shown(found)}")
        ratio = median(figures["the service"]) / median(figures["the bare driver"])
        print(f"ratio {ratio:.2f} × (aim: at most {AIM:g} ×)")
        answered, failed = await _while_members_go(routes, (b, c), graph.version)
        print(
            f"{CALLERS} readers, {SECONDS:g} s, members going and coming: {answered} answers, {failed} failed"
        )
        return ratio <= AIM and not failed


async def _value(tx: neo4j.AsyncManagedTransaction) -> object:
    return await (await tx.run(READ)).single()


async def _failovers(routes: Routes, followers: tuple[Switch, Switch], read: Read, times: int) -> list[float]:
    found = []
    for number in range(times):
        here, there = followers[number % 2], followers[1 - number % 2]
        await here.mend()
        await there.mend()
        routes.readers = [here]
        for _ in range(5):
            await read()
        here.cut()
        routes.readers = [there]
        begun = time.perf_counter()
        await read()
        found.append(time.perf_counter() - begun)
        await here.mend()
    return found


async def _while_members_go(routes: Routes, followers: tuple[Switch, Switch], read: Read) -> tuple[int, int]:
    until, answered, failed = time.monotonic() + SECONDS, 0, 0

    async def ask() -> None:
        nonlocal answered, failed
        while time.monotonic() < until:
            try:
                await read()
                answered += 1
            except Exception as error:
                failed += 1
                print(f"  {error}", file=sys.stderr)

    async def disturb() -> None:
        number = 0
        while time.monotonic() < until:
            here, there = followers[number % 2], followers[1 - number % 2]
            here.cut()
            routes.readers = [there]
            await asyncio.sleep(0.5)
            await here.mend()
            routes.readers = [here, there]
            await asyncio.sleep(0.5)
            number += 1

    routes.readers = list(followers)
    for follower in followers:
        await follower.mend()
    await asyncio.gather(disturb(), *(ask() for _ in range(CALLERS)))
    return answered, failed


def _shown(seconds: list[float]) -> str:
    thousands = [1000 * s for s in seconds]
    return f"{median(thousands):.0f} ms [{min(thousands):.0f}, {max(thousands):.0f}]"


def main() -> None:
    """Measure; exit code 1 where an aim is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=10)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, Neo4jServer(Path(folder) / "neo4j") as server:
        fine = asyncio.run(measure(server, Path(folder), given.times))
    sys.exit(not fine)


if __name__ == "__main__":
    main()
