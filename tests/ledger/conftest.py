"""A ledger on each database: SQLite always, PostgreSQL wherever its package is installed."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from graph.ledger import Ledger
from tests.postgres_server import PostgresServer, available


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A server for all tests; where there is none, they are skipped, and in CI they fail."""
    reason = available()
    if reason is not None and os.environ.get("CI") == "true":
        pytest.fail(f"PostgreSQL was not tested: {reason}")
    if reason is not None:
        pytest.skip(f"PostgreSQL was not tested: {reason}")
    with PostgresServer() as server:
        yield server


@dataclass(frozen=True)
class Place:
    """Where a ledger is, and a way to its tables behind its back."""

    folder: Path
    url: str | None

    def open(self) -> Ledger:
        return Ledger(self.folder, self.url)

    def run(self, *statements: str, **values: Any) -> list[Any]:
        """Run statements as the database's owner; the rows of the last one."""
        address = self.url or f"sqlite:///{self.folder / 'ledger.db'}"
        engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
        try:
            with engine.begin() as connection:
                found = [connection.execute(text(s), values) for s in statements][-1]
                return list(found) if found.returns_rows else []
        finally:
            engine.dispose()

    def open_triggers(self) -> None:
        """Take the triggers away, as whoever owns the database can."""
        names = ("audit_kept", "audit_whole", *(() if self.url else ("audit_once",)))
        on = " ON audit" if self.url else ""
        self.run(*(f"DROP TRIGGER {name}{on}" for name in names))


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return Place(tmp_path, None)
    server: PostgresServer = request.getfixturevalue("postgres")
    return Place(tmp_path, server.database())


@pytest.fixture
async def ledgers() -> AsyncIterator[Callable[[Place], Ledger]]:
    """Opens ledgers, and closes them at the end."""
    opened: list[Ledger] = []

    def open_one(place: Place) -> Ledger:
        opened.append(place.open())
        return opened[-1]

    yield open_one
    for ledger in opened:
        await ledger.close()


@pytest.fixture
def ledger(place: Place, ledgers: Callable[[Place], Ledger]) -> Ledger:
    """An empty ledger."""
    return ledgers(place)
