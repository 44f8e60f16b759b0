"""Copies of parts of the graph, each in an engine of its own, kept for one data version."""

from __future__ import annotations

import asyncio
import secrets
import shutil
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from graph.errors import GraphError, keeps_changing
from graph.reading.graph import Graph, Known
from graph.reading.scoped.area_ids import read_ids
from graph.reading.scoped.filling import TRIES, DataMoved, fill
from graph.reading.scoped.pool import Opened, Pool
from graph.reading.scoped.renewing import renew
from graph.reading.viewer import Viewer
from graph.store import open_store
from graph.store.engine import EmbeddedEngine
from graph.store.schema import apply_schema

FOLDER = "copies"
WAIT = 10.0
"""Seconds for which a copy that is to be brought up to date waits for those who are asking it."""
STARTING = 300.0
"""Seconds for which a folder may be there before its engine runs."""
Key = tuple[str | None, bool]
"""The area (None: all of the graph), and whether personal data is in it."""


@dataclass
class _Copy:
    """A copy, and the data version that it has."""

    graph: Graph
    version: int
    lost: bool = False
    """Whether bringing it up to date failed: then it is not asked again."""


class Copies:
    """The copies of one service; the least lately asked of more than `most` is closed."""

    def __init__(self, graph: Graph, most: int = 4) -> None:
        self._graph = graph
        self._pool: Pool[Key, _Copy] = Pool(most)
        self._viewers: dict[Key, tuple[int, Viewer]] = {}
        self._folder = graph.settings.data_dir / FOLDER

    async def viewer(self, area: str | None, *, personal: bool, verdicts: bool = True) -> Viewer:
        """Who sees an area and no more; its ids are read once per data version."""
        if area is None:
            return Viewer(personal, verdicts=verdicts)
        key, version = (area, personal), await self._graph.version()
        if key not in self._viewers or self._viewers[key][0] != version:
            # The outer graph reads everything: which ids there are is a question of its own.
            version, ids = await read_ids(self._graph.under(Viewer()), area, secret=personal)
            self._viewers[key] = version, Viewer(personal, area, ids)
        return replace(self._viewers[key][1], verdicts=verdicts)

    @asynccontextmanager
    async def open(self, area: str | None, *, personal: bool) -> AsyncIterator[Graph]:
        """A graph that holds what lies in an area and nothing else, for as long as the block.

        Without `personal` it holds no personal data. Who asks first after the data changed waits
        until what changed is in the copy, or until it is made; raises what reading and `open_store` raise.
        """
        key = area, personal

        async def holds(copy: _Copy, users: Callable[[], int]) -> bool:
            return await self._holds(key, copy, users)

        async with self._pool.borrow(key, lambda: self._make(key), holds) as copy:
            yield copy.graph

    async def close(self) -> None:
        """Close all copies and remove their folders."""
        await self._pool.close()

    async def _holds(self, key: Key, copy: _Copy, users: Callable[[], int]) -> bool:
        """Whether a copy has the data of now; it is brought up to date once no one else is asking it."""
        if copy.version == await self._graph.version():
            return not copy.lost
        until = time.monotonic() + WAIT
        while users() > 1 and time.monotonic() < until:  # noqa: ASYNC110  the pool knows no event
            await asyncio.sleep(0.02)
        if copy.lost or users() > 1:
            return False
        copy.lost = True
        area, personal = key
        for _ in range(TRIES):
            held = copy.version, copy.graph.viewer
            viewer = await self.viewer(area, personal=personal)
            # The outer graph reads everything: what of it is shown, the viewer says.
            try:
                version = await renew(self._graph, copy.graph.store, held, viewer)
            except GraphError:  # then it is made anew, which tells what is wrong, if anything is
                version = None
            if version is None:
                return False
            copy.version, copy.graph = version, replace(copy.graph, viewer=viewer)
            if await self._graph.version() == version:
                copy.lost = False
                return True
        return False

    async def _make(self, key: Key) -> Opened[_Copy]:
        area, personal = key
        _remove_left_behind(self._folder)
        folder = self._folder / secrets.token_hex(8)
        settings = self._graph.settings.model_copy(update={"data_dir": folder, "neo4j_uri": None})
        for _ in range(TRIES):
            stack = AsyncExitStack()
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            try:
                store = await stack.enter_async_context(open_store(settings))
                await apply_schema(store)
                viewer = await self.viewer(area, personal=personal)
                version = await fill(self._graph, store, viewer)
                if area is not None and self._viewers[key][0] != version:
                    raise DataMoved  # the ids are of another state
                copy = replace(self._graph, settings=settings, store=store, known=Known(), viewer=viewer)
                return Opened(_Copy(copy, version), stack)
            except DataMoved:
                await stack.aclose()
            except BaseException:
                await stack.aclose()
                raise
        raise keeps_changing()


@asynccontextmanager
async def open_copy(graph: Graph, area: str | None = None) -> AsyncIterator[Graph]:
    """A copy without personal data, for one question."""
    copies = Copies(graph, most=1)
    try:
        async with copies.open(area, personal=False) as copy:
            yield copy
    finally:
        await copies.close()


def _remove_left_behind(folder: Path) -> None:
    """Folders of copies whose process was killed: their engines stopped with it."""
    if folder.is_dir():
        for left in folder.iterdir():
            old = time.time() - left.stat().st_mtime > STARTING
            if old and not EmbeddedEngine(left).describe()["running"]:
                shutil.rmtree(left, ignore_errors=True)
