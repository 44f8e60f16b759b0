"""Queries that users keep: each under one name, its owner's to change, others' to run if shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, delete, select

from graph.errors import NotFound
from graph.ledger.connection import Database
from graph.ledger.roles import Caller, NotAllowed, Right
from graph.ledger.tables import ACCOUNTS, SAVED
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

    def seen_by(self, caller: Caller, areas: Mapping[str, str | None]) -> bool:
        """Whether a caller may see and run it.

        Its text may speak of all that its owner sees: a caller limited to an area is shown what is
        shared by accounts of the same area (`areas` by account), no other.
        """
        near = caller.area is None or areas.get(self.owner) == caller.area
        shared = near and bool({EVERYBODY, caller.name} & {*self.shared_with})
        return caller.name == self.owner or shared


class SavedQueries:
    """Saved queries of one ledger. What a caller may not see does not exist for that caller."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(self, by: Caller) -> list[SavedQuery]:
        """One's own and those shared with one, by name."""
        query = select(SAVED).order_by(SAVED.c.name)
        rows, areas = await self._database.do(lambda c: (c.execute(query).mappings().all(), _areas(c)))
        return [q for q in (SavedQuery(**row) for row in rows) if q.seen_by(by, areas)]

    async def find(self, name: str, by: Caller) -> SavedQuery:
        """Raises `NotFound`."""
        found, areas = await self._database.do(lambda c: (_read(c, name), _areas(c)))
        if found is None or not found.seen_by(by, areas):
            raise _missing(name)
        return found

    async def keep(self, query: SavedQuery, by: Caller) -> SavedQuery:
        """Keep or change one of the caller's own. Raises `NotAllowed` if the name is taken by another."""
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
                f"the name {query.name} belongs to another account.",
                subject="name",
            )
        return kept

    async def drop(self, name: str, by: Caller) -> SavedQuery:
        """Drop one of the caller's own, administrators any; what it was. Raises `NotFound`."""

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


def _areas(connection: Connection) -> dict[str, str | None]:
    """By account the area that it is limited to."""
    found = connection.execute(select(ACCOUNTS.c.name, ACCOUNTS.c.area)).mappings()
    return {row["name"]: row["area"] for row in found}


def _missing(name: str) -> NotFound:
    return NotFound(f"没有名为 {name} 的查询。", f"there is no saved query {name}.", subject="name")
