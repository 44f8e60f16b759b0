"""Queries that users keep: each under one name, its owner's to change, others' to run if shared."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, delete, select

from graph.errors import NotFound
from graph.ledger.connection import Database
from graph.ledger.roles import Caller, NotAllowed, Right
from graph.ledger.tables import SAVED
from graph.ledger.times import now

EVERYBODY = "*"


@dataclass(frozen=True)
class SavedQuery:
    """A query with its interface; `parameters` maps a name to type, default and about."""

    name: str
    owner: str
    title: str
    text: str
    tags: list[str] = field(default_factory=list)
    parameters: dict[str, dict[str, Any]] = field(default_factory=dict)
    shared_with: list[str] = field(default_factory=list)
    changed_at: str = ""

    def seen_by(self, caller: Caller) -> bool:
        """Whether somebody may see and run it."""
        return caller.name == self.owner or bool({EVERYBODY, caller.name} & {*self.shared_with})


class SavedQueries:
    """Saved queries of one ledger. What somebody may not see does not exist for them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(self, by: Caller) -> list[SavedQuery]:
        """One's own and those shared with one, by name."""
        query = select(SAVED).order_by(SAVED.c.name)
        rows = await self._database.do(lambda c: c.execute(query).mappings().all())
        return [q for q in (SavedQuery(**row) for row in rows) if q.seen_by(by)]

    async def find(self, name: str, by: Caller) -> SavedQuery:
        """Raises `NotFound`."""
        found = await self._database.do(lambda c: _read(c, name))
        if found is None or not found.seen_by(by):
            raise _missing(name)
        return found

    async def keep(self, query: SavedQuery, by: Caller) -> SavedQuery:
        """Keep or change one's own. Raises `NotAllowed` if the name is somebody else's."""
        kept = replace(query, owner=by.name, changed_at=now().isoformat())

        def work(connection: Connection) -> bool:
            standing = _read(connection, query.name)
            if standing is not None and standing.owner != by.name:
                return False
            connection.execute(delete(SAVED).where(SAVED.c.name == query.name))
            connection.execute(SAVED.insert(), [asdict(kept)])
            return True

        if not await self._database.do(work, writing=True):
            raise NotAllowed(
                f"名称 {query.name} 已由他人使用。",
                f"the name {query.name} is somebody else's.",
                subject="name",
            )
        return kept

    async def drop(self, name: str, by: Caller) -> SavedQuery:
        """Drop one's own, administrators any; what it was. Raises `NotFound`."""

        def work(connection: Connection) -> SavedQuery | None:
            standing = _read(connection, name)
            mine = standing is not None and standing.owner == by.name
            if standing is None or not (mine or Right.administer in by.rights):
                return None
            connection.execute(delete(SAVED).where(SAVED.c.name == name))
            return standing

        dropped = await self._database.do(work, writing=True)
        if dropped is None:
            raise _missing(name)
        return dropped


def _read(connection: Connection, name: str) -> SavedQuery | None:
    row = connection.execute(select(SAVED).where(SAVED.c.name == name)).mappings().first()
    return None if row is None else SavedQuery(**row)


def _missing(name: str) -> NotFound:
    return NotFound(f"没有名为 {name} 的查询。", f"there is no saved query {name}.", subject="name")
