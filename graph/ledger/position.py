"""Up to where the graph is known to have come, for all processes that share a cluster: one row.

What one instance of the service wrote, the others wait for; what one has answered, none answers with less.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from graph.ledger.connection import Database
from graph.ledger.tables import POSITION

MOST = 64
"""Bookmarks that are kept; each write takes the place of those that it began with, so there are few."""


@dataclass(frozen=True)
class Reached:
    """A data version, and the bookmarks of what was written last."""

    version: int = 0
    marks: frozenset[str] = frozenset()


class Positions:
    """The row of one ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self) -> Reached:
        """What is known; raises `EnvironmentFault` where the ledger cannot be read."""
        return await self._database.do(_read)

    async def note(self, before: frozenset[str], after: frozenset[str]) -> None:
        """Put down the bookmarks of a write, in the place of those that it began with."""

        def work(connection: Connection) -> None:
            kept = sorted((_read(connection, lock=True).marks - before) | after)
            connection.execute(update(POSITION).values(marks=kept[-MOST:]))

        await self._database.do(work, writing=True, counted=False)

    async def reach(self, version: int) -> None:
        """Put down a data version that is about to be answered."""
        text = update(POSITION).where(POSITION.c.version < version).values(version=version)
        await self._database.do(lambda c: c.execute(text), writing=True, counted=False)

    async def forget(self) -> None:
        """The graph may be at any point: it was restored to an earlier one, or exchanged."""

        def work(connection: Connection) -> None:
            connection.execute(update(POSITION).values(version=0, marks=[]))

        await self._database.do(work, writing=True, counted=False)


def _read(connection: Connection, *, lock: bool = False) -> Reached:
    text = select(POSITION.c.version, POSITION.c.marks)
    row = connection.execute(text.with_for_update() if lock else text).first()
    return Reached() if row is None else Reached(int(row.version), frozenset(row.marks))
