"""Sessions and transactions on the drivers of a store: which driver, how long, what an error means.

Errors of the driver become the project's own here, an engine that died is started again, and a read that a
member of a cluster did not answer is asked of another.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from copy import copy
from typing import Any, TypeVar

import neo4j
from neo4j import READ_ACCESS, WRITE_ACCESS, AsyncDriver, AsyncManagedTransaction, AsyncTransaction

from graph.errors import EngineUnavailable, MemberNotReady, QueryFailed, StoreUnavailable
from graph.settings import Settings
from graph.store.addresses import read_addresses
from graph.store.drivers import Servers, patient
from graph.store.engine_drivers import EngineDrivers
from graph.store.position import Noting, Position, Written, is_leading, leading
from graph.store.transaction import Transaction
from graph.store.translation import Kind, translated

T = TypeVar("T")
Work = Callable[[Transaction], Awaitable[T]]

LOG = logging.getLogger("cobuild.graph")


class Sessions:
    """The drivers of one store: those of the embedded engine (`local`) or of `servers`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.position: Position | None = None
        """Of a cluster only: up to where its data are known to have come."""
        self.written: Written | None = None
        """Called after each write to a cluster, so that other processes wait for what it wrote."""
        self.local: EngineDrivers | None = None
        self.servers: Servers | None = None

    def on(self, database: str) -> Sessions:
        """The same drivers, for one database of the embedded engine."""
        other = copy(self)
        other.local = self.local and self.local.on(database)
        return other

    async def connect(self) -> None:
        """Attach to the engine (starting the embedded one if needed) and make the drivers.

        Raises `EnvironmentFault` or `StoreUnavailable`.
        """
        if self.settings.neo4j_uri is None:
            self.local = EngineDrivers(self.settings)
            await self.local.connect()
            return
        addresses = read_addresses(self.settings.neo4j_uri)
        self.servers = Servers(addresses, self.auth)
        self.position = Position() if addresses.clustered else None

    async def close(self) -> None:
        """Close the connections and give up the embedded engine, which stops if unused."""
        drivers, self.servers = self.local or self.servers, None
        if drivers is not None:
            await drivers.close()

    @property
    def auth(self) -> tuple[str, str]:
        """User and password of the servers."""
        return self.settings.neo4j_user, self.settings.neo4j_password.get_secret_value()

    @property
    def reader(self) -> AsyncDriver | None:
        """The driver for reads; None before `connect`."""
        drivers = self.local or self.servers
        return None if drivers is None else drivers.reader

    @property
    def writer(self) -> AsyncDriver | None:
        """The driver for writes; None before `connect`."""
        drivers = self.local or self.servers
        return None if drivers is None else drivers.writer

    @property
    def kind(self) -> Kind:
        """What is asked, for the words of errors."""
        if self.position is not None:
            return "cluster"
        return "engine" if self.settings.neo4j_uri is None else "server"

    def reading(self, **config: Any) -> neo4j.AsyncSession:
        """A session on the reader that may only read."""
        return self.session(self.reader, default_access_mode=READ_ACCESS, **config)

    def reading_on(self, **config: Any) -> neo4j.AsyncSession:
        """A session for reads without a limit: the embedded engine ends those of its reader only."""
        driver = self.reader if self.local is None else self.writer
        return self.session(driver, default_access_mode=READ_ACCESS, **config)

    @asynccontextmanager
    async def transaction(self, seconds: float | None, **config: Any) -> AsyncIterator[AsyncTransaction]:
        """A transaction on the member of a cluster that is to be read from; it is rolled back."""
        async with self._asking(**config) as session:
            tx = await session.begin_transaction(timeout=seconds or 0.0)  # nought is no limit
            try:
                yield tx
            finally:
                await tx.close()

    def explaining(self) -> neo4j.AsyncSession:
        """A session in which statements are explained, by the identity that may only read."""
        return self.session(self.reader) if self.position is None else self._asking()

    def _asking(self, **config: Any) -> neo4j.AsyncSession:
        driver, mode = (self.writer, WRITE_ACCESS) if is_leading() else (self.reader, READ_ACCESS)
        return self.session(driver, default_access_mode=mode, **config)

    async def rolled_back(self, work: Work[T], times: int) -> T:
        """Run a unit of work on the writer and roll it back; it has `times` the limit of one statement."""
        with translated(self.kind):
            async with self.session(self.writer, default_access_mode=WRITE_ACCESS) as session:
                tx = await session.begin_transaction(timeout=self.settings.time_limit * times)
                try:
                    return await work(Transaction(tx))
                finally:
                    await tx.close()  # rolls back

    async def managed(self, work: Work[T], *, writing: bool, statements: int = 1) -> T:
        """Run a unit of work in one transaction, which the driver may try again, and commit it."""
        # The limit is meant for one statement; a server knows only one for the transaction.
        time_limit = None if writing else self.settings.time_limit * max(1, statements)

        @neo4j.unit_of_work(timeout=time_limit)
        async def unit(tx: AsyncManagedTransaction) -> T:
            return await work(Transaction(tx))

        noting = Noting(self.position) if writing and self.position is not None else None
        marks = {} if noting is None else {"bookmark_manager": noting}
        driver = self.writer if writing else self.reader
        try:
            with translated(self.kind):
                async with AsyncExitStack() as stack:
                    if writing and self.local is not None and self.local.writes is not None:
                        await stack.enter_async_context(self.local.writes.writing())
                    if not writing:
                        await stack.enter_async_context(self.patient(statements))
                    session = await stack.enter_async_context(self.session(driver, **marks))
                    run = session.execute_write if writing else session.execute_read
                    done = await run(unit)
            if noting is not None and self.written is not None:
                await self.written(frozenset(noting.before), frozenset(noting.after))
            return done
        except (StoreUnavailable, QueryFailed) as error:
            if isinstance(error, StoreUnavailable):
                self.start_again()
            if writing and self.local is not None:
                self.local.check_room()
            raise

    async def retried(self, once: Callable[[], Awaitable[T]]) -> T:
        """Run a read; on a cluster again at another member where one is gone or not ready."""
        if self.position is None or self.servers is None:
            return await once()
        for _ in range(self.servers.tries):
            asked = self.writer if is_leading() else self.reader
            try:
                return await once()
            except (EngineUnavailable, MemberNotReady) as error:
                LOG.warning("a member did not answer a read, another is asked: %s", error.en)
                await self.servers.pass_on(asked)
        if self.servers.tries > 1 or is_leading():
            return await once()
        with leading():
            return await once()

    def patient(self, statements: int) -> AbstractAsyncContextManager[None]:
        """Gives a server up that has not answered so many reads within their time limits."""
        return patient(None if self.settings.neo4j_uri is None else self.settings.time_limit * statements)

    def start_again(self) -> None:
        """Bring a dead embedded engine back in the background."""
        if self.local is not None:
            self.local.start_again()

    def session(self, driver: AsyncDriver | None, **config: Any) -> neo4j.AsyncSession:
        """A session on a driver, in the database that is asked now; raises `StoreUnavailable` without one."""
        if driver is None:
            raise StoreUnavailable("图数据库尚未连接。", "the graph engine is not connected yet.")
        database = self.settings.neo4j_database if self.local is None else self.local.database
        marks = {} if self.position is None else {"bookmark_manager": self.position}
        return driver.session(database=database, **{**marks, **config})
