"""Server-sent events: one watcher of the data version for all who listen, each sent what they may know."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import orjson

from api.http.errors import TooMany
from graph.errors import GraphError
from graph.reading.graph import Graph

LOG = logging.getLogger("cobuild.api")
LOOK, ALIVE, LONGEST = 1.0, 15.0, 3600.0
"""Seconds between looks at the data version, between signs of life, and until a caller has to ask again:
a key that was revoked meanwhile does not open the next connection."""
MOST, MOST_OF_ONE = 64, 8
"""Connections at a time, of all and of one caller."""
SinceThen = Callable[[int], Awaitable[list[Any]]]
"""What a caller may know of the changes after a data version."""


class Feed:
    """The listeners of one service."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._listeners: Counter[str] = Counter()
        self._moved = asyncio.Condition()
        self._version = -1
        self._watcher: asyncio.Task[None] | None = None
        self._closed = False

    def check_room(self, who: str) -> None:
        """Raises `TooMany` where there is no place for one more."""
        if self._listeners.total() >= MOST or self._listeners[who] >= MOST_OF_ONE:
            raise TooMany(round(ALIVE))

    @contextmanager
    def listening(self, who: str) -> Iterator[None]:
        """A place for one listener."""
        self._listeners[who] += 1
        try:
            yield
        finally:
            self._listeners[who] -= 1

    async def events(
        self, last: int | None, since_then: SinceThen, *, alive: float = ALIVE
    ) -> AsyncGenerator[bytes, None]:
        """Events as they come, from the data version `last` on (None: from now on), until the end.

        First the version that there is now. Where `last` is none of this graph's (it was restored), that
        is `reset`: ask for everything again.
        """
        self._watch()
        version = await self._now()
        begin, known = time.monotonic(), version if last is None else min(last, version)
        yield _event("reset" if last is not None and last > version else "version", version, [])
        while not self._closed and time.monotonic() - begin < LONGEST:
            if version > known:
                for touched in (await since_then(known)) or []:
                    yield _event("changed", touched["data_version"], [touched])
                known = version
            version, moved = await self._wait(known, alive)
            if not moved:
                yield b": alive\n\n"

    async def close(self) -> None:
        """End all streams."""
        self._closed = True
        if self._watcher is not None:
            self._watcher.cancel()
            with suppress(asyncio.CancelledError):
                await self._watcher
        async with self._moved:
            self._moved.notify_all()

    async def _wait(self, known: int, alive: float) -> tuple[int, bool]:
        with suppress(TimeoutError):
            async with asyncio.timeout(alive), self._moved:
                await self._moved.wait_for(lambda: self._version > known or self._closed)
        return max(known, self._version), self._version > known or self._closed

    async def _now(self) -> int:
        with suppress(GraphError):
            return await self._graph.version()
        return max(0, self._graph.known.version)

    def _watch(self) -> None:
        if self._watcher is None or self._watcher.done():
            self._watcher = asyncio.create_task(self._look())

    async def _look(self) -> None:
        """Look as long as anybody listens; while a load is under way there is no new version."""
        while self._listeners.total() and not self._closed:
            version = await self._now()
            if version != self._version:
                async with self._moved:
                    self._version = version
                    self._moved.notify_all()
            await asyncio.sleep(LOOK)


def _event(name: str, version: int, touched: list[Any]) -> bytes:
    data = orjson.dumps({"data_version": version, "changes": touched})
    return f"id: {version}\nevent: {name}\ndata: ".encode() + data + b"\n\n"
