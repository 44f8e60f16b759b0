"""A connection to one graph: read and write transactions, limits, restart of a dead engine.

Errors of the driver become the project's
own here. Reads run under the read-only identity (embedded) or in READ access mode (Neo4j).
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

import neo4j
from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase, AsyncManagedTransaction
from neo4j.exceptions import ConfigurationError, DriverError, Neo4jError

from graph.errors import EnvironmentFault, FolderFull, GraphError, QueryFailed, StoreUnavailable
from graph.settings import Settings
from graph.store.engine import EmbeddedEngine, WriteCount
from graph.store.plan import Plan, read_plan
from graph.store.streaming import FETCHED, Cursor, stream
from graph.store.transaction import Row, Transaction, rows_of
from graph.store.translation import translated

T = TypeVar("T")
Statement = tuple[str, Mapping[str, Any]]

_CONFLICT_TRIES = 5
_CONFLICT_WORDS = ("ConcurrentModification", "concurrent modification", "Duplicated key")
"""What the embedded engine says of a conflict of two writers; Neo4j's are retried by the driver.

Two writers who both add a node find a duplicate key; tried again, the later one sees the node.
"""


NO_ROOM = 4 << 20
"""Bytes free below which a write of the embedded engine that failed did so for want of room."""
REHEARSED = 10
"""How many times the limit of one statement a rehearsal may take: it runs dozens of them."""


class Store:
    """A connection to one graph. Make it with `open_store`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.engine: EmbeddedEngine | None = None
        self.writes: WriteCount | None = None
        """Of the embedded engine only: what others write on a server is not counted."""
        self._reader: AsyncDriver | None = None
        self._writer: AsyncDriver | None = None
        self._database = settings.neo4j_database
        self._restart: asyncio.Task[None] | None = None

    @property
    def embedded(self) -> bool:
        """Whether the graph is in the embedded engine rather than on a Neo4j server."""
        return self.settings.neo4j_uri is None

    @property
    def address(self) -> str:
        """The engine's address, for people: without credentials."""
        if self.engine is None:
            return str(self.settings.neo4j_uri)
        return f"bolt://127.0.0.1:{self.engine.describe()['bolt_port']}"

    async def connect(self) -> None:
        """Attach to the engine (starting the embedded one if needed) and make the drivers.

        Raises `EnvironmentFault` or `StoreUnavailable`.
        """
        if self.embedded:
            self.engine = EmbeddedEngine(
                self.settings.data_dir,
                heap=self.settings.heap,
                compiler=self.settings.engine_compiler,
                time_limit_ms=int(self.settings.time_limit * 1000),
            )
            await self.engine.acquire()
            self.writes = WriteCount(self.settings.data_dir)
            await self._drivers_for_engine()
            return
        password = self.settings.neo4j_password.get_secret_value()
        driver = self._driver(
            str(self.settings.neo4j_uri),
            (self.settings.neo4j_user, password),
            retry=5.0,
            notifications_min_severity="OFF",
        )
        self._reader = self._writer = driver

    async def close(self) -> None:
        """Close the connections and give up the embedded engine, which stops if unused."""
        if self._restart is not None:
            self._restart.cancel()
            with suppress(asyncio.CancelledError):
                await self._restart
        for driver in {self._reader, self._writer} - {None}:
            assert driver is not None
            await driver.close()
        self._reader = self._writer = None
        if self.engine is not None:
            await self.engine.release()

    async def read(self, statements: Sequence[Statement]) -> list[list[Row]]:
        """Run read statements in one transaction; one list of rows for each.

        Raises `QueryFailed` and its kinds, or `StoreUnavailable`.
        """

        async def work(tx: Transaction) -> list[list[Row]]:
            return [await tx.run(text, parameters) for text, parameters in statements]

        return await self._managed(self._reader, work, writing=False, statements=len(statements))

    async def read_each(self, statements: Sequence[Statement]) -> list[list[Row]]:
        """Run read statements one after the other, each in a transaction of its own.

        One round trip per statement instead of two and a half; what can be tried again is, in one
        transaction. Raises as `read`.
        """
        try:
            async with self._session(self._reader, default_access_mode=READ_ACCESS) as session:
                return [await self._run_alone(session, *statement) for statement in statements]
        except (DriverError, Neo4jError) as error:
            if not error.is_retryable():
                with translated():
                    raise
        return await self.read(statements)

    async def _run_alone(
        self, session: neo4j.AsyncSession, text: str, parameters: Mapping[str, Any]
    ) -> list[Row]:
        limit = None if self.embedded else self.settings.time_limit
        result = await session.run(neo4j.Query(cast("Any", text), timeout=limit), dict(parameters))
        return await rows_of(result, self.settings.row_limit)

    @asynccontextmanager
    async def cursor(
        self, text: str, parameters: Mapping[str, Any], *, time_limit: float
    ) -> AsyncIterator[Cursor]:
        """The rows of one read statement as they come; few of them are held at a time.

        Leaving the block before the end stops the engine. Raises as `read`.
        """
        with translated():
            async with (
                self._session(self._reader, default_access_mode=READ_ACCESS, fetch_size=FETCHED) as session,
                stream(session, self.engine, text, parameters, time_limit) as cursor,
            ):
                yield cursor

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run a unit of work in one write transaction; it may run again after a conflict."""
        for attempt in range(_CONFLICT_TRIES):
            try:
                return await self._managed(self._writer, work, writing=True)
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
            with translated():
                async with self._session(self._writer) as session:
                    limit = self.settings.time_limit * REHEARSED
                    tx = await session.begin_transaction(timeout=limit)
                    try:
                        return await work(Transaction(tx, self.settings.row_limit))
                    finally:
                        await tx.close()  # rolls back
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
        with translated():
            async with self._session(self._reader) as session:
                return await read_plan(session, text, parameters or {})

    async def version(self) -> str:
        """Name and version of the engine, as it says itself."""
        assert self._reader is not None
        with translated():
            info = await self._reader.get_server_info()
            return str(info.agent)

    def _session(self, driver: AsyncDriver | None, **config: Any) -> neo4j.AsyncSession:
        if driver is None:
            raise StoreUnavailable("图数据库尚未连接。", "the graph engine is not connected yet.")
        return driver.session(database=self._database, **config)

    async def _managed(
        self,
        driver: AsyncDriver | None,
        work: Callable[[Transaction], Awaitable[T]],
        *,
        writing: bool,
        statements: int = 1,
    ) -> T:
        limit = self.settings.row_limit
        # The limit is meant for one statement; a server knows only one for the transaction.
        time_limit = None if writing else self.settings.time_limit * max(1, statements)

        @neo4j.unit_of_work(timeout=time_limit)
        async def unit(tx: AsyncManagedTransaction) -> T:
            return await work(Transaction(tx, limit))

        try:
            with translated():
                async with AsyncExitStack() as stack:
                    if writing and self.writes is not None:
                        await stack.enter_async_context(self.writes.writing())
                    session = await stack.enter_async_context(self._session(driver))
                    run = session.execute_write if writing else session.execute_read
                    return await run(unit)
        except StoreUnavailable:
            self._start_again()
            self._check_room(writing=writing)
            raise
        except QueryFailed:
            self._check_room(writing=writing)
            raise

    def _check_room(self, *, writing: bool) -> None:
        """Raises `FolderFull` where a write failed and the disk has no room for another.

        The engine says only "Transaction error on commit".
        """
        folder = self.settings.data_dir
        if writing and self.embedded and shutil.disk_usage(folder).free < NO_ROOM:
            raise FolderFull(folder)

    def _start_again(self) -> None:
        """Bring a dead embedded engine back in the background; requests meanwhile get a 503."""
        if self.engine is None or (self._restart is not None and not self._restart.done()):
            return
        self._restart = asyncio.create_task(self._restarted())

    async def _restarted(self) -> None:
        assert self.engine is not None
        with suppress(GraphError):
            await self.engine.ensure()
            await self._drivers_for_engine()

    async def _drivers_for_engine(self) -> None:
        assert self.engine is not None
        address = await self.engine.ensure()
        old = {self._reader, self._writer} - {None}
        self._database = address.database
        self._reader = self._driver(address.uri, address.reader, retry=1.0)
        self._writer = self._driver(address.uri, address.writer, retry=5.0)
        for driver in old:
            assert driver is not None
            await driver.close()

    def _driver(self, uri: str, auth: tuple[str, str], *, retry: float, **config: Any) -> AsyncDriver:
        if not usable_address(uri):
            raise EnvironmentFault(
                "NEO4J_URI 不是可用的地址；应如 bolt://127.0.0.1:7687 或 neo4j://主机:7687，不含口令。",
                "NEO4J_URI is not a usable address: expected one such as bolt://127.0.0.1:7687 or "
                "neo4j://host:7687, without a password.",
                subject="NEO4J_URI",
            )
        try:
            return AsyncGraphDatabase.driver(
                uri,
                auth=auth,
                connection_timeout=5.0,
                connection_acquisition_timeout=10.0,
                max_transaction_retry_time=retry,
                **config,
            )
        except (ConfigurationError, ValueError) as error:
            raise EnvironmentFault(
                f"NEO4J_URI 的值 {uri!r} 不是可用的地址（如 bolt://127.0.0.1:7687）。",
                f"NEO4J_URI is {uri!r}: not a usable address such as bolt://127.0.0.1:7687 ({error}).",
                subject="NEO4J_URI",
            ) from error


def usable_address(uri: str) -> bool:
    """Whether an address has a scheme of the driver, a host, a real port and no credentials."""
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError:
        return False
    schemes = {f"{s}{tls}" for s in ("bolt", "neo4j") for tls in ("", "+s", "+ssc")}
    known = parts.scheme in schemes and bool(parts.hostname) and port != 0
    return known and parts.username is None and parts.password is None


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Store]:
    """Connect, hand out the store, close it at the end whatever happened."""
    store = Store(settings)
    try:
        await store.connect()
        yield store
    finally:
        await store.close()
