"""The embedded engine with its two drivers; one that died is started again in the background."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from copy import copy

from neo4j import AsyncDriver

from graph.errors import FolderFull, GraphError
from graph.settings import Settings
from graph.store.drivers import make_driver
from graph.store.engine import EmbeddedEngine, WriteCount
from graph.store.engine.databases import Databases


class EngineDrivers:
    """One lease of the engine of a data folder: the reader may only read, the writer does all else."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.data_dir
        self.engine = EmbeddedEngine(
            settings.data_dir,
            heap=settings.heap,
            compiler=settings.engine_compiler,
            time_limit_ms=int(settings.time_limit * 1000),
        )
        self.writes: WriteCount | None = None
        self.reader: AsyncDriver | None = None
        self.writer: AsyncDriver | None = None
        self._databases = Databases(settings.data_dir.absolute() / "engine")
        self._fixed: str | None = None
        self._restart: asyncio.Task[None] | None = None

    @property
    def database(self) -> str:
        """The database that is asked now."""
        return self._fixed or self._databases.asked

    def on(self, database: str) -> EngineDrivers:
        """The same connections to one database, whose writes are not announced until it is asked."""
        other = copy(self)
        other._fixed, other.writes = database, None
        return other

    async def connect(self) -> None:
        """Attach to the engine, starting it if needed; raises `EnvironmentFault` or `EngineUnavailable`."""
        await self.engine.acquire()
        self.writes = WriteCount(self._folder)
        await self._make_drivers()

    async def close(self) -> None:
        """Close the connections and give up the engine, which stops if unused."""
        if self._restart is not None:
            self._restart.cancel()
            with suppress(asyncio.CancelledError):
                await self._restart
        for driver in {self.reader, self.writer} - {None}:
            assert driver is not None
            await driver.close()
        self.reader = self.writer = None
        await self.engine.release()

    def start_again(self) -> None:
        """Bring a dead engine back in the background; requests meanwhile get a 503."""
        if self._fixed is None and (self._restart is None or self._restart.done()):
            self._restart = asyncio.create_task(self._restarted())

    def check_room(self) -> None:
        """Raises `FolderFull` where a write failed and the disk has no room for another."""
        if FolderFull.explains(self._folder):
            raise FolderFull(self._folder)

    async def _restarted(self) -> None:
        with suppress(GraphError):
            await self.engine.ensure()
            await self._make_drivers()

    async def _make_drivers(self) -> None:
        address = await self.engine.ensure()
        old = {self.reader, self.writer} - {None}
        self.reader = make_driver(address.uri, address.reader, retry=1.0)
        self.writer = make_driver(address.uri, address.writer, retry=5.0)
        for driver in old:
            assert driver is not None
            await driver.close()
