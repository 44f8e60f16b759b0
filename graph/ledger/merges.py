"""What the ledger keeps about two things that turned out to be one: ids put in each other's place, and back.

Names of registers, open questions, waivers and kept runs come to mean the thing that is kept. Each value
that was changed is kept as it was, so that taking apart puts it back, unless it was changed since.
Decisions and the audit trail stay as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, select, update

from graph.ledger.connection import Database
from graph.ledger.tables import MERGES, REGISTER_NAMES, REGISTER_QUESTIONS, RUNS, WAIVERS
from graph.ledger.times import now

_MOVED: Mapping[str, tuple[Table, str, tuple[str, ...]]] = {
    "names": (REGISTER_NAMES, "key", ("id",)),
    "questions": (REGISTER_QUESTIONS, "number", ("new_id", "candidates")),
    "waivers": (WAIVERS, "id", ("finding",)),
    "runs": (RUNS, "id", ("findings",)),
}
"""By name the table, its key, and the columns in which ids stand."""


@dataclass(frozen=True)
class Alias:
    """A name of the thing that went, by which registers find the one that is kept."""

    key: str
    district: str


@dataclass(frozen=True)
class Merged:
    """A merge that stands: the number of its change set, the ids, and how many records were changed."""

    number: int
    kept: str
    gone: str
    records: int


class Merges:
    """The merges of one ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> list[Merged]:
        """Every merge that stands, in order."""
        query = select(MERGES).order_by(MERGES.c.number)
        rows = await self._database.do(lambda c: c.execute(query).mappings().all())
        return [Merged(r["number"], r["kept"], r["gone"], len(r["moved"])) for r in rows]

    async def move(self, number: int, kept: str, gone: str, aliases: Iterable[Alias] = ()) -> int:
        """Let everything that named one id name the other; how many records that were."""

        def work(connection: Connection) -> list[dict[str, Any]]:
            moved = [m for name in _MOVED for m in _moved(connection, name, kept, gone)]
            for alias in aliases:
                there = select(REGISTER_NAMES.c.id).where(REGISTER_NAMES.c.key == alias.key)
                if connection.execute(there).first() is None:
                    values = {"key": alias.key, "district": alias.district, "id": kept}
                    connection.execute(REGISTER_NAMES.insert(), [{**values, "kept_at": now().isoformat()}])
                    moved.append({"in": "names", "key": alias.key, "before": None, "after": {"id": kept}})
            record = {"number": number, "kept": kept, "gone": gone, "moved": moved}
            connection.execute(MERGES.insert(), [{**record, "at": now().isoformat()}])
            return [*moved, record]

        return len(await self._database.do(work, writing=True)) - 1

    async def move_back(self, number: int) -> int:
        """Put back what a merge changed and what was not changed since; how many records that were."""

        def work(connection: Connection) -> list[Any]:
            row = connection.execute(select(MERGES).where(MERGES.c.number == number)).mappings().one()
            back = [m for m in reversed(row["moved"]) if _put_back(connection, m)]
            connection.execute(delete(MERGES).where(MERGES.c.number == number))
            return [*back, row]

        return len(await self._database.do(work, writing=True)) - 1


def _moved(connection: Connection, name: str, kept: str, gone: str) -> list[dict[str, Any]]:
    table, key, columns = _MOVED[name]
    whole = re.compile(rf"(?<![\w-]){re.escape(gone)}(?![\w-])")
    found = []
    for row in connection.execute(select(table.c[key], *(table.c[c] for c in columns))).mappings():
        before = {c: row[c] for c in columns}
        after = {c: _put(row[c], whole, kept) for c in columns}
        if after != before:
            connection.execute(update(table).where(table.c[key] == row[key]).values(**after))
            found.append({"in": name, "key": row[key], "before": before, "after": after})
    return found


def _put_back(connection: Connection, moved: Mapping[str, Any]) -> bool:
    table, key, columns = _MOVED[moved["in"]]
    mine = table.c[key] == moved["key"]
    row = connection.execute(select(*(table.c[c] for c in columns)).where(mine)).mappings().first()
    if row is None or {c: row[c] for c in columns} != moved["after"]:
        return False
    before = moved["before"]
    connection.execute(
        delete(table).where(mine) if before is None else update(table).where(mine).values(**before)
    )
    return True


def _put(value: Any, whole: re.Pattern[str], kept: str) -> Any:
    if isinstance(value, str):
        return whole.sub(kept, value)
    if isinstance(value, list):
        return [_put(item, whole, kept) for item in value]
    if isinstance(value, dict):
        return {name: _put(item, whole, kept) for name, item in value.items()}
    return value
