"""A connection to one graph: what is read, written, rehearsed and explained there, the same for both engines.

Reads may only read: by user on the embedded engine, by mode on Neo4j. `sessions.py` has the transactions.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from copy import copy
from typing import Any, TypeVar, cast

from neo4j.exceptions import DriverError, Neo4jError

from graph.errors import MemberNotReady, QueryFailed, StoreUnavailable
from graph.settings import Settings
from graph.store.engine import EmbeddedEngine, WriteCount
from graph.store.members import VERSION, Member, ask_members
from graph.store.plan import QueryPlan, read_plan
from graph.store.position import Position, Written, is_leading
from graph.store.sessions import Sessions
from graph.store.streaming import FETCHED, Cursor, stream
from graph.store.transaction import Row, Transaction, rows_of, run_alone
from graph.store.translation import is_members_fault, translated

T = TypeVar("T")
Statement = tuple[str, Mapping[str, Any]]

_CONFLICT_TRIES = 5
_CONFLICT_WORDS = ("ConcurrentModification", "concurrent modification", "Duplicated key")
"""What the embedded engine says of a conflict of two writers; Neo4j's are retried by the driver.

Two writers who both add a node find a duplicate key; tried again, the later one sees the node.
"""
REHEARSED = 10
"""How many times the limit of one statement a rehearsal may take: it runs dozens of them."""


class Store:
    """A connection to one graph. Make it with `open_store`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._sessions = Sessions(settings)

    @property
    def embedded(self) -> bool:
        """Whether the graph is in the embedded engine rather than on a Neo4j server."""
        return self.settings.neo4j_uri is None

    @property
    def engine(self) -> EmbeddedEngine | None:
        """The embedded engine, if the graph is there."""
        return None if self._sessions.local is None else self._sessions.local.engine

    @property
    def writes(self) -> WriteCount | None:
        """Of the embedded engine only: what others write on a server is not counted."""
        return None if self._sessions.local is None else self._sessions.local.writes

    @property
    def position(self) -> Position | None:
        """Of a cluster only: up to where its data are known to have come."""
        return self._sessions.position

    @property
    def address(self) -> str:
        """The engine's address, for people: without credentials."""
        if self.engine is None:
            return str(self.settings.neo4j_uri)
        return f"bolt://127.0.0.1:{self.engine.describe()['bolt_port']}"

    def on(self, database: str) -> Store:
        """The same connection to one database of the embedded engine, which no one else asks yet."""
        other = copy(self)
        other._sessions = self._sessions.on(database)
        return other

    def after_writes(self, written: Written) -> None:
        """Call this after each write to a cluster, so that other processes wait for what it wrote."""
        self._sessions.written = written

    async def connect(self) -> None:
        """Attach to the engine (starting the embedded one if needed) and make the drivers.

        Raises `EnvironmentFault` or `StoreUnavailable`.
        """
        await self._sessions.connect()

    async def close(self) -> None:
        """Close the connections and give up the embedded engine, which stops if unused."""
        await self._sessions.close()

    async def check_server(self) -> None:
        """Raises `EnvironmentFault` for a server that is too old, `StoreUnavailable` where none answers."""
        if self._sessions.servers is not None:
            await self._sessions.servers.check()

    async def members(self) -> list[Member]:
        """What each configured address of a server or cluster says now; none of the embedded engine."""
        servers = self._sessions.servers
        if servers is None:
            return []
        return await ask_members(servers.addresses, self._sessions.auth, self.settings.neo4j_database)

    async def read(self, statements: Sequence[Statement], *, most: int | None = None) -> list[list[Row]]:
        """Run read statements in one transaction; one list of rows for each.

        `most` rows of each: for what a caller asks. What the service reads for itself is as much as there is.
        Raises `ResultTooLarge`, `QueryFailed` and its kinds, or `StoreUnavailable`.
        """

        async def work(tx: Transaction) -> list[list[Row]]:
            return [await tx.run(text, parameters, most) for text, parameters in statements]

        async def once() -> list[list[Row]]:
            if self.position is not None and is_leading():
                async with self._sessions.patient(len(statements)):
                    return await self._sessions.rolled_back(work, max(1, len(statements)))
            return await self._sessions.managed(work, writing=False, statements=len(statements))

        return await self._sessions.retried(once)

    async def read_each(self, statements: Sequence[Statement], *, most: int | None = None) -> list[list[Row]]:
        """Run read statements one after the other, each in a transaction of its own.

        One round trip per statement instead of two and a half; what can be tried again is, in one
        transaction. Raises as `read`.
        """
        if self.position is not None and is_leading():
            return await self.read(statements, most=most)
        try:
            async with self._sessions.patient(len(statements)), self._sessions.reading() as session:
                time_limit = None if self.embedded else self.settings.time_limit
                return [
                    await run_alone(session, *statement, most=most, time_limit=time_limit)
                    for statement in statements
                ]
        except (DriverError, Neo4jError) as error:
            if not error.is_retryable() and (self.position is None or not is_members_fault(error)):
                with translated(self._sessions.kind):
                    raise
        return await self.read(statements, most=most)

    @asynccontextmanager
    async def cursor(
        self, text: str, parameters: Mapping[str, Any], *, time_limit: float | None
    ) -> AsyncIterator[Cursor]:
        """The rows of one read statement as they come; few of them are held at a time.

        `time_limit` is in seconds; None for what the service itself reads as a whole (all nodes of a type for
        a backup or the search): that takes as long as the graph is large. Never None for a caller's text.
        Leaving the block before the end stops the engine. Raises as `read`.
        """
        async with AsyncExitStack() as stack:

            async def once() -> Cursor:
                async with AsyncExitStack() as trial:
                    cursor = await trial.enter_async_context(self._opened(text, parameters, time_limit))
                    stack.push_async_exit(trial.pop_all())
                    return cursor

            yield await self._sessions.retried(once)

    @asynccontextmanager
    async def _opened(
        self, text: str, parameters: Mapping[str, Any], time_limit: float | None
    ) -> AsyncIterator[Cursor]:
        """A cursor of one member; of a cluster in one transaction with the data version: never an old one."""
        sessions, position = self._sessions, self.position
        with translated(sessions.kind):
            if position is None:
                reading = sessions.reading if time_limit is not None else sessions.reading_on
                async with (
                    reading(fetch_size=FETCHED) as session,
                    stream(session, self.engine, text, parameters, time_limit) as cursor,
                ):
                    yield cursor
                return
            async with sessions.transaction(time_limit, fetch_size=FETCHED) as tx:
                async with sessions.patient(1):
                    found = await rows_of(await tx.run(VERSION), None)
                position.check(found[0]["version"] or 0)
                cursor = Cursor(await tx.run(cast("Any", text), dict(parameters)), sessions.kind)
                await cursor.look_ahead()  # a member that goes after this can be asked for no more
                yield cursor

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run a unit of work in one write transaction; after a conflict it runs again.

        Raises `QueryFailed` and its kinds, `StoreUnavailable`, `MemberNotReady`, `FolderFull`.
        """
        servers = self._sessions.servers
        for attempt in range(_CONFLICT_TRIES):
            if servers is not None:
                await servers.check_writer()
            asked = self._sessions.writer
            try:
                return await self._sessions.managed(work, writing=True)
            except MemberNotReady as error:
                # One of a list, where the driver does not try again: the next one, or the same after a rest.
                if attempt == _CONFLICT_TRIES - 1 or servers is None or servers.tries == 1:
                    raise
                if error.follower:
                    await servers.pass_on(asked)
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
            return await self._sessions.rolled_back(work, REHEARSED)
        except StoreUnavailable:
            self._sessions.start_again()
            raise

    async def define(self, statements: Sequence[str]) -> None:
        """Run schema commands, each in a transaction of its own, as both engines want it."""
        for text in statements:

            async def work(tx: Transaction, text: str = text) -> None:
                await tx.run(text)

            await self.write(work)

    async def explain(self, text: str, parameters: Mapping[str, Any] | None = None) -> QueryPlan:
        """What the engine says of a statement, without running it.

        Only Neo4j's `kind` distinguishes reading from writing: ArcadeDB 26.10.2 compiles the statement
        but says `w` of every one, and runs schema commands in spite of EXPLAIN, so it is asked
        under the identity that may only read. Raises `QueryFailed` for what does not compile.
        """

        async def once() -> QueryPlan:
            with translated(self._sessions.kind):
                async with self._sessions.explaining() as session:
                    return await read_plan(session, text, parameters or {})

        return await self._sessions.retried(once)

    async def version(self) -> str:
        """Name and version of the engine, as it says itself."""
        assert self._sessions.reader is not None
        with translated(self._sessions.kind):
            info = await self._sessions.reader.get_server_info()
            return str(info.agent)


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Store]:
    """Connect, hand out the store, close it at the end whatever happened."""
    store = Store(settings)
    try:
        await store.connect()
        yield store
    finally:
        await store.close()
