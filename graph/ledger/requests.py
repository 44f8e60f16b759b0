"""How often each caller asked, counted for all instances that share a PostgreSQL.

Windows of one length follow each other; of the one before as much counts as still lies within a window's
length of now. Who is counted stands here as a digest only, and until the next window has passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, text

from graph.ledger.connection import Database

_TAKE = text("""
    WITH clock AS MATERIALIZED (SELECT extract(epoch FROM clock_timestamp()) / :length AS passed),
    earlier AS MATERIALIZED (
        SELECT floor(passed)::bigint AS slot, floor((1 - passed + floor(passed)) * coalesce(
            (SELECT asked FROM requests WHERE key = :key AND slot = floor(passed)::bigint - 1), 0)) AS asked
        FROM clock)
    INSERT INTO requests AS r (key, slot, asked, until)
    SELECT :key, slot, 1, (slot + 2) * :length FROM earlier WHERE asked + 1 <= :most
    ON CONFLICT (key, slot) DO UPDATE SET asked = r.asked + 1
        WHERE r.asked + 1 + (SELECT asked FROM earlier) <= :most
    RETURNING r.asked
""")
"""The database's clock is the only one that all instances have in common."""
_LOOK = text("""
    WITH clock AS MATERIALIZED (SELECT extract(epoch FROM clock_timestamp()) / :length AS passed)
    SELECT r.asked, r.slot - floor(passed)::bigint AS age, 1 - passed + floor(passed) AS rest
    FROM clock LEFT JOIN requests r ON r.key = :key AND r.slot >= floor(passed)::bigint - 1
""")
_CLEAR = text("""
    DELETE FROM requests WHERE (key, slot) IN (
        SELECT key, slot FROM requests WHERE until < extract(epoch FROM clock_timestamp())
        FOR UPDATE SKIP LOCKED)
""")
_UNHURRIED = text("SET LOCAL synchronous_commit = off")
"""A count that is lost with the database's machine need not be waited for."""


@dataclass(frozen=True)
class Window:
    """Requests of the last window and of this one, and which part of this one is still to come."""

    before: int
    now: int
    rest: float


class Requests:
    """Counts of one ledger; only where it is a PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, who: str, most: int, length: int) -> bool:
        """Count one request of a window of `length` seconds, unless there were `most`.

        Raises `EnvironmentFault` where the database cannot be written.
        """
        given: dict[str, Any] = {"key": _digest(who), "most": most, "length": length}

        def work(connection: Connection) -> int | None:
            connection.execute(_UNHURRIED)
            count: int | None = connection.execute(_TAKE, given).scalar()
            return count

        count = await self._database.do(work, writing=True, counted=False)
        if count == 1:  # a window begins: those of long ago go
            await self._database.do(lambda c: c.execute(_CLEAR), writing=True, counted=False)
        return count is not None

    async def look(self, who: str, length: int) -> Window:
        """What was counted; raises `EnvironmentFault` where the database cannot be read."""
        given = {"key": _digest(who), "length": length}
        rows = await self._database.do(lambda c: c.execute(_LOOK, given).all())
        asked: dict[int | None, int] = {row.age: row.asked for row in rows}
        return Window(asked.get(-1, 0), asked.get(0, 0), float(rows[0].rest))


def _digest(who: str) -> str:
    return sha256(who.encode()).hexdigest()
