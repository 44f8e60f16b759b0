"""A connection to one graph: read and write transactions, limits, restart of a dead engine.

Errors of the driver become the project's own here. Reads may only read: by user (embedded), by mode (Neo4j).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from copy import copy
from typing import Any, TypeVar

import neo4j
from neo4j import READ_ACCESS, WRITE_ACCESS, AsyncDriver, AsyncManagedTransaction
from neo4j.exceptions import DriverError, Neo4jError

from graph.errors import EngineUnavailable, MemberNotReady, QueryFailed, StoreUnavailable
from graph.settings import Settings
from graph.store.addresses import read_addresses
from graph.store.drivers import Servers, patient
from graph.store.engine import EmbeddedEngine, WriteCount
from graph.store.engine_drivers import EngineDrivers
from graph.store.members import Member, ask_members
from graph.store.plan import Plan, read_plan
from graph.store.position import Noting, Position, Written, is_leading, leading
from graph.store.streaming import FETCHED, Cursor, stream
from graph.store.transaction import Row, Transaction, run_alone
from graph.store.translation import Kind, is_members_fault, translated

T = TypeVar("T")
Statement = tuple[str, Mapping[str, Any]]

LOG = logging.getLogger("cobuild.graph")
_CONFLICT_TRIES = 5
_CONFLICT_WORDS = ("ConcurrentModification", "concurrent modification", "Duplicated key")
"""What the embedded engine says of a conflict of two writers; Neo4j's are retried by the driver.

Two writers who both add a node find a duplicate key; tried again, the later one sees the node.
"""

_READING: dict[str, Any] = {"default_access_mode": READ_ACCESS}
REHEARSED = 10
"""How many times the limit of one statement a rehearsal may take: it runs dozens of them."""


class Store:
    """A connection to one graph. Make it with `open_store`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.position: Position | None = None
        """Of a cluster only: up to where its data are known to have come."""
        self.written: Written | None = None
        """Told after each write to a cluster, so that other processes wait for what it wrote."""
        self._local: EngineDrivers | None = None
        self._servers: Servers | None = None

    @property
    def embedded(self) -> bool:
        """Whether the graph is in the embedded engine rather than on a Neo4j server."""
        return self.settings.neo4j_uri is None

    @property
    def engine(self) -> EmbeddedEngine | None:
        """The embedded engine, if the graph is there."""
        return None if self._local is None else self._local.engine

    @property
    def writes(self) -> WriteCount | None:
        """Of the embedded engine only: what others write on a server is not counted."""
        return None if self._local is None else self._local.writes

    @property
    def address(self) -> str:
        """The engine's address, for people: without credentials."""
        if self.engine is None:
            return str(self.settings.neo4j_uri)
        return f"bolt://127.0.0.1:{self.engine.describe()['bolt_port']}"

    def on(self, database: str) -> Store:
        """The same connection to one database of the embedded engine, which no one else asks yet."""
        other, other._local = copy(self), self._local and self._local.on(database)
        return other

    async def connect(self) -> None:
        """Attach to the engine (starting the embedded one if needed) and make the drivers.

        Raises `EnvironmentFault` or `StoreUnavailable`.
        """
        if self.embedded:
            self._local = EngineDrivers(self.settings)
            await self._local.connect()
            return
        addresses = read_addresses(str(self.settings.neo4j_uri))
        self._servers = Servers(addresses, self._auth)
        self.position = Position() if addresses.clustered else None

    async def close(self) -> None:
        """Close the connections and give up the embedded engine, which stops if unused."""
        drivers, self._servers = self._local or self._servers, None
        if drivers is not None:
            await drivers.close()

    async def check_server(self) -> None:
        """Raises `EnvironmentFault` for a server that is too old, `StoreUnavailable` where none answers."""
        if self._servers is not None:
            await self._servers.check()

    async def members(self) -> list[Member]:
        """What each configured address of a server or cluster says now; none of the embedded engine."""
        if self._servers is None:
            return []
        return await ask_members(self._servers.addresses, self._auth, self.settings.neo4j_database)

    async def read(self, statements: Sequence[Statement]) -> list[list[Row]]:
        """Run read statements in one transaction; one list of rows for each.

        Raises `QueryFailed` and its kinds, or `StoreUnavailable`.
        """

        async def work(tx: Transaction) -> list[list[Row]]:
            return [await tx.run(text, parameters) for text, parameters in statements]

        async def once() -> list[list[Row]]:
            if self.position is not None and is_leading():
                async with self._patient(len(statements)):
                    return await self._rolled_back(work, max(1, len(statements)))
            return await self._managed(work, writing=False, statements=len(statements))

        return await self._twice(once)

    async def read_each(self, statements: Sequence[Statement]) -> list[list[Row]]:
        """Run read statements one after the other, each in a transaction of its own.

        One round trip per statement instead of two and a half; what can be tried again is, in one
        transaction. Raises as `read`.
        """
        if self.position is not None and is_leading():
            return await self.read(statements)
        try:
            async with self._patient(len(statements)), self._session(self._reader, **_READING) as session:
                limits = self.settings.row_limit, None if self.embedded else self.settings.time_limit
                return [await run_alone(session, *statement, *limits) for statement in statements]
        except (DriverError, Neo4jError) as error:
            if not error.is_retryable() and (self.position is None or not is_members_fault(error)):
                with translated(self._kind):
                    raise
        return await self.read(statements)

    @asynccontextmanager
    async def cursor(
        self, text: str, parameters: Mapping[str, Any], *, time_limit: float
    ) -> AsyncIterator[Cursor]:
        """The rows of one read statement as they come; few of them are held at a time.

        Leaving the block before the end stops the engine. Raises as `read`.
        """
        with translated(self._kind):
            async with (
                self._session(self._reader, fetch_size=FETCHED, **_READING) as session,
                stream(session, self.engine, text, parameters, time_limit) as cursor,
            ):
                yield cursor

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run a unit of work in one write transaction; it may run again after a conflict."""
        for attempt in range(_CONFLICT_TRIES):
            if self._servers is not None:
                await self._servers.check_writer()
            asked = self._writer
            try:
                return await self._managed(work, writing=True)
            except MemberNotReady as error:
                # One of a list, where the driver does not try again: the next one, or the same after a rest.
                if attempt == _CONFLICT_TRIES - 1 or self._servers is None or self._servers.tries == 1:
                    raise
                if error.follower:
                    await self._servers.pass_on(asked)
                else:
                    await asyncio.sleep(0.2 * 2**attempt)
            except QueryFailed as error:
                if attempt == _CONFLICT_TRIES - 1 or not any(word in error.en for word in _CONFLICT_WORDS):
                    raise
                await asyncio.sleep(0.05 * 2**attempt)
        raise AssertionError("unreachable")

    async def rehearse(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run a unit of work in a write transaction that is never committed.

        Whatever becomes of the caller, of this process or of the connection, the engine drops
        what was written. Raises as `write`; a conflict with a writer is the caller's to try again.
        """
        try:
            return await self._rolled_back(work, REHEARSED)
        except StoreUnavailable:
            self._start_again()
            raise

    async def define(self, statements: Sequence[str]) -> None:
        """Run schema commands, each in a transaction of its own, as both engines want it."""
        for text in statements:

            async def work(tx: Transaction, text: str = text) -> None:
                await tx.run(text)

            await self.write(work)

    async def explain(self, text: str, parameters: Mapping[str, Any] | None = None) -> Plan:
        """What the engine says of a statement, without running it.

        Only Neo4j's `kind` distinguishes reading from writing: ArcadeDB 26.10.2 compiles the statement
        but says `w` of every one, and runs schema commands in spite of EXPLAIN, so it is asked
        under the identity that may only read. Raises `QueryFailed` for what does not compile.
        """
        with translated(self._kind):
            async with self._session(self._reader) as session:
                return await read_plan(session, text, parameters or {})

    async def version(self) -> str:
        """Name and version of the engine, as it says itself."""
        assert self._reader is not None
        with translated(self._kind):
            info = await self._reader.get_server_info()
            return str(info.agent)

    @property
    def _auth(self) -> tuple[str, str]:
        return self.settings.neo4j_user, self.settings.neo4j_password.get_secret_value()

    @property
    def _drivers(self) -> EngineDrivers | Servers | None:
        return self._local or self._servers

    @property
    def _reader(self) -> AsyncDriver | None:
        return None if self._drivers is None else self._drivers.reader

    @property
    def _writer(self) -> AsyncDriver | None:
        return None if self._drivers is None else self._drivers.writer

    @property
    def _kind(self) -> Kind:
        return "cluster" if self.position is not None else "engine" if self.embedded else "server"

    def _session(self, driver: AsyncDriver | None, **config: Any) -> neo4j.AsyncSession:
        if driver is None:
            raise StoreUnavailable("图数据库尚未连接。", "the graph engine is not connected yet.")
        database = self.settings.neo4j_database if self._local is None else self._local.database
        marks = {} if self.position is None else {"bookmark_manager": self.position}
        return driver.session(database=database, **{**marks, **config})

    def _patient(self, statements: int) -> AbstractAsyncContextManager[None]:
        return patient(None if self.embedded else self.settings.time_limit * statements)

    async def _twice(self, once: Callable[[], Awaitable[T]]) -> T:
        """A read, on a cluster tried once more elsewhere where a member is gone or not ready."""
        if self.position is None or self._servers is None:
            return await once()
        for _ in range(self._servers.tries):
            asked = self._writer if is_leading() else self._reader
            try:
                return await once()
            except (EngineUnavailable, MemberNotReady) as error:
                LOG.warning("a member did not answer a read, another is asked: %s", error.en)
                await self._servers.pass_on(asked)
        if self._servers.tries > 1 or is_leading():
            return await once()
        with leading():
            return await once()

    async def _rolled_back(self, work: Callable[[Transaction], Awaitable[T]], times: int) -> T:
        with translated(self._kind):
            async with self._session(self._writer, default_access_mode=WRITE_ACCESS) as session:
                tx = await session.begin_transaction(timeout=self.settings.time_limit * times)
                try:
                    return await work(Transaction(tx, self.settings.row_limit))
                finally:
                    await tx.close()  # rolls back

    async def _managed(
        self, work: Callable[[Transaction], Awaitable[T]], *, writing: bool, statements: int = 1
    ) -> T:
        limit = self.settings.row_limit
        # The limit is meant for one statement; a server knows only one for the transaction.
        time_limit = None if writing else self.settings.time_limit * max(1, statements)

        @neo4j.unit_of_work(timeout=time_limit)
        async def unit(tx: AsyncManagedTransaction) -> T:
            return await work(Transaction(tx, limit))

        noting = Noting(self.position) if writing and self.position is not None else None
        marks = {} if noting is None else {"bookmark_manager": noting}
        driver = self._writer if writing else self._reader
        try:
            with translated(self._kind):
                async with AsyncExitStack() as stack:
                    if writing and self.writes is not None:
                        await stack.enter_async_context(self.writes.writing())
                    if not writing:
                        await stack.enter_async_context(self._patient(statements))
                    session = await stack.enter_async_context(self._session(driver, **marks))
                    run = session.execute_write if writing else session.execute_read
                    done = await run(unit)
            if noting is not None and self.written is not None:
                await self.written(frozenset(noting.before), frozenset(noting.after))
            return done
        except (StoreUnavailable, QueryFailed) as error:
            if isinstance(error, StoreUnavailable):
                self._start_again()
            if writing and self._local is not None:
                self._local.check_room()
            raise

    def _start_again(self) -> None:
        if self._local is not None:
            self._local.start_again()


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Store]:
    """Connect, hand out the store, close it at the end whatever happened."""
    store = Store(settings)
    try:
        await store.connect()
        yield store
    finally:
        await store.close()
