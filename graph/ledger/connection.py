"""The ledger's database: SQLite in the data folder, or PostgreSQL by its address.

One file serves one machine; several instances of the service share a PostgreSQL.
"""

from __future__ import annotations

import asyncio
import errno
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from graph.errors import EnvironmentFault, FolderFull, RestoreUnfinished
from graph.ledger.glance import FILE
from graph.ledger.tables import METADATA, REVISION, ROWS, TRIGGERS
from graph.private import PRIVATE_FILE

T = TypeVar("T")
WAIT = 5
"""Seconds until a server that does not answer counts as unreachable."""
BUSY = 10_000
"""Milliseconds for which a writer waits for another on SQLite."""
_FILES = Lock()
_MAKING = 0x636F6275
"""Number of the lock under which one instance makes the tables; any number will do."""


class Database:
    """Connections to the ledger's tables, which are made when first needed."""

    def __init__(self, data_dir: Path, url: str | None = None) -> None:
        self._file = None if url else data_dir.absolute() / FILE
        self._url = usable_url(url) if url else URL.create("sqlite", database=str(self._file))
        waits = self._file is None and "connect_timeout" not in self._url.query
        self._engine: Engine = create_engine(
            self._url, pool_pre_ping=url is not None, connect_args={"connect_timeout": WAIT} if waits else {}
        )
        if self._file is not None:
            event.listen(self._engine, "connect", _prepare)
            event.listen(self._engine, "begin", _begin)
        self._shared: ContextVar[Connection | None] = ContextVar("shared", default=None)
        self._ready = False
        self._making = Lock()
        self.on_change: Callable[[Connection], None] = lambda _: None
        """Called in the transaction of every counted change, after it."""

    async def do(self, work: Callable[[Connection], T], *, writing: bool = False, counted: bool = True) -> T:
        """Run work in one transaction, in a thread; `counted` writes raise the revision.

        Inside `together` it is that transaction. Raises `EnvironmentFault` where the database
        cannot be read or written.
        """

        def run() -> T:
            with self._transaction(writing=writing) as connection:
                if not (writing and counted):
                    return work(connection)
                count_change(connection)
                result = work(connection)
                if result:  # what found nothing to change says so
                    self.on_change(connection)
                return result

        with self._translated():
            return await asyncio.to_thread(run)

    @asynccontextmanager
    async def together(self) -> AsyncIterator[None]:
        """One writing transaction for all that this task does inside: all of it, or nothing."""
        stack = ExitStack()
        with self._translated():
            connection = await asyncio.to_thread(stack.enter_context, self._transaction(writing=True))
            token = self._shared.set(connection)
            try:
                yield
            except BaseException as error:
                await asyncio.to_thread(stack.__exit__, type(error), error, error.__traceback__)
                raise
            else:
                await asyncio.to_thread(stack.close)
            finally:
                self._shared.reset(token)

    async def empty_log(self) -> None:
        """Write SQLite's log into its file and cut it off, so that it holds no older state of a row.

        Where others read just now it stays until they end; on PostgreSQL there is none.
        """

        def work() -> None:
            with self._engine.connect() as connection:
                source: Any = connection.connection.driver_connection
                source.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()

        if self._file is not None:
            with self._translated():
                await asyncio.to_thread(work)

    async def copy_to(self, path: Path) -> None:
        """Copy a database in a file as it is at one moment; raises `EnvironmentFault`."""

        def copy() -> None:
            self._make()
            _make_file(path)
            with closing(sqlite3.connect(path)) as target, self._engine.connect() as connection:
                source: Any = connection.connection.driver_connection
                source.backup(target)
                target.execute("PRAGMA journal_mode=DELETE")

        with self._translated():
            await asyncio.to_thread(copy)

    async def close(self) -> None:
        """Close the connections; a later call opens the database again."""
        self._ready = False
        await asyncio.to_thread(self._engine.dispose)

    def _make(self) -> None:
        if not self._ready:
            with self._making:
                self._make_once()

    def _make_once(self) -> None:
        if self._ready:
            return
        if self._file is not None:
            _make_file(self._file)
        dialect = self._engine.dialect.name
        with self._begun(writing=True) as connection:
            if dialect == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_MAKING})"))
            METADATA.create_all(connection)
            for statement in (*ROWS, *TRIGGERS[dialect]):
                connection.execute(text(statement))
        self._ready = True

    @contextmanager
    def _transaction(self, *, writing: bool) -> Iterator[Connection]:
        shared = self._shared.get()
        if shared is not None:
            yield shared
            return
        self._make()
        with self._begun(writing=writing) as connection:
            yield connection

    @contextmanager
    def _begun(self, *, writing: bool) -> Iterator[Connection]:
        opened = self._engine.connect().execution_options(writing=writing)
        with opened as connection, connection.begin():
            yield connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            raise self._fault(error) from error

    def _fault(self, error: Exception) -> EnvironmentFault:
        # What follows the "?" may hold a password too.
        where = str(self._file or self._url.set(query={}).render_as_string(hide_password=True))
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        if self._file is not None and _is_full(error, reason, self._file.parent):
            return FolderFull(self._file.parent)
        return EnvironmentFault(
            f"记录库 {where} 无法读写：{reason}。",
            f"the ledger {where} cannot be read or written: {reason}.",
            subject=where,
        )


def _is_full(error: Exception, reason: str, folder: Path) -> bool:
    """Whether SQLite found no room; it says so of its file only, the system of a file that is made."""
    no_room = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    if no_room or "database or disk is full" in reason:
        return True
    return "disk I/O error" in reason and FolderFull.explains(folder)


def _make_file(file: Path) -> None:
    """A file for its owner alone, unless there is one.

    One that stands is not opened: closing it would end the locks that SQLite holds on it in this
    process, and another process could then take the log away from under its writers.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    if (file.parent / RestoreUnfinished.MARK).exists():
        raise RestoreUnfinished(file.parent)
    with _FILES, suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE_FILE))


def usable_url(url: str) -> URL:
    """The address of a PostgreSQL, with our driver; raises `EnvironmentFault`."""
    try:
        found = make_url(url)
    except (ArgumentError, ValueError):
        found = None
    known = found is not None and found.drivername.partition("+")[0] in ("postgresql", "postgres")
    # A password with an @ of its own would end up in the host, and so in messages.
    if found is None or not known or "@" in (found.host or ""):
        raise EnvironmentFault(
            "COBUILD_LEDGER_URL 应如 postgresql://用户:口令@主机/数据库，口令中的 @ 写作 %40。",
            "COBUILD_LEDGER_URL is an address such as postgresql://user:password@host/database, "
            "with %40 for an @ of the password.",
            subject="COBUILD_LEDGER_URL",
        )
    return found.set(drivername="postgresql+psycopg")


def _prepare(connection: Any, _: Any) -> None:
    """Readers do not wait for a writer, and a second writer waits for the first.

    With `synchronous=NORMAL` a power cut may lose the last entries, never break the file. What is deleted is
    overwritten: an erased person is not left in free pages.
    """
    # Transactions begin where SQLAlchemy says, and not at the first change.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY}", "journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """A writer waits at the beginning; in the middle it could no longer be made to wait."""
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def count_change(connection: Connection) -> None:
    """Raise the revision, first in a transaction: its row and that of the audit's head are locks."""
    connection.execute(update(REVISION).values(value=REVISION.c.value + 1))
