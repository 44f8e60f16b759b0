"""Kept findings in the database that several instances share: what one found, the others read."""

from __future__ import annotations

import time

from sqlalchemy import Connection, and_, delete, or_, select, update

from graph.ledger.connection import Database
from graph.ledger.tables import FINDINGS

REFRESHED = 3_600
"""Seconds after which a use is written down again."""


class KeptFindings:
    """Findings by state of the data (`edition`) and key; no part of what the ledger's revision counts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, edition: str, key: str) -> bytes | None:
        """What was kept, or None."""
        where = and_(FINDINGS.c.edition == edition, FINDINGS.c.key == key)

        def work(connection: Connection) -> bytes | None:
            row = connection.execute(select(FINDINGS.c.content, FINDINGS.c.used_at).where(where)).first()
            if row is None:
                return None
            if row.used_at < time.time() - REFRESHED:
                connection.execute(update(FINDINGS).where(where).values(used_at=time.time()))
            return bytes(row.content)

        return await self._database.do(work, writing=True, counted=False)

    async def put(self, edition: str, key: str, content: bytes, *, most: int, age: int) -> None:
        """Keep something; what was not used for `age` seconds goes, and the oldest above `most` bytes."""
        values = {"edition": edition, "key": key, "content": content, "size": len(content)}

        def work(connection: Connection) -> None:
            same = and_(FINDINGS.c.edition == edition, FINDINGS.c.key == key)
            oldest = time.time() - age
            connection.execute(delete(FINDINGS).where(or_(same, FINDINGS.c.used_at < oldest)))
            connection.execute(FINDINGS.insert().values(**values, used_at=time.time()))
            kept = select(FINDINGS.c.edition, FINDINGS.c.key, FINDINGS.c.size)
            total = 0
            for row in connection.execute(kept.order_by(FINDINGS.c.used_at.desc())).all():
                total += row.size
                if total > most:
                    this = and_(FINDINGS.c.edition == row.edition, FINDINGS.c.key == row.key)
                    connection.execute(delete(FINDINGS).where(this))

        await self._database.do(work, writing=True, counted=False)

    async def keys(self) -> dict[str, list[str]]:
        """What is kept, by state of the data."""
        found: dict[str, list[str]] = {}
        query = select(FINDINGS.c.edition, FINDINGS.c.key)
        for edition, key in await self._database.do(lambda c: c.execute(query).all()):
            found.setdefault(edition, []).append(key)
        return found

    async def clear(self) -> None:
        """Let go of everything."""
        await self._database.do(lambda c: c.execute(delete(FINDINGS)).rowcount, writing=True, counted=False)
