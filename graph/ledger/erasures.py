"""Erasing a person from the ledger: ids and names go, and every count and chain stays what it was."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from sqlalchemy import JSON, Connection, String, Table, cast, or_, select, text, update

from graph.ledger.audit import append_to
from graph.ledger.chain import FORGET
from graph.ledger.connection import Database, count_change
from graph.ledger.entries import Entry
from graph.ledger.seals import SEALED, is_sealed
from graph.ledger.tables import AUDIT, AUDIT_TEXTS, DECISIONS, ERASURES, MERGES, RUNS, SAVED, WAIVERS
from graph.private import MASK

_TEXTS: tuple[tuple[Table, str, tuple[str, ...]], ...] = (
    (RUNS, "id", ("title", "stamp", "findings")),
    (DECISIONS, "id", ("reason", "changes", "findings")),
    (WAIVERS, "id", ("finding", "reason")),
    (SAVED, "name", ("title", "text", "parameters", "tags")),
    (MERGES, "number", ("kept", "gone", "moved")),
)
_ADD = text("INSERT INTO erasures (digest) VALUES (:digest) ON CONFLICT DO NOTHING")


@dataclass(frozen=True)
class Erased:
    """How many records were changed; entries of older versions that cannot be, and still name."""

    records: int
    entries: int
    unsealed: int


class Erasures:
    """Who was erased, as digests that name no one, and the erasing itself."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self) -> set[str]:
        """The digests of everybody erased."""
        query = select(ERASURES.c.digest)
        return set(await self._database.do(lambda c: c.execute(query).scalars().all()))

    async def add(self, digests: Iterable[str]) -> None:
        """Take over the digests of another ledger of the same deployment."""
        rows = [{"digest": digest} for digest in digests]
        if rows:
            await self._database.do(lambda c: c.execute(_ADD, rows), writing=True, counted=False)

    async def erase(self, deployment: str, ids: Sequence[str], name: str | None, entry: Entry) -> Erased:
        """Take a person out of every record, in one transaction with an entry that names no one.

        Each of the person's ids becomes one that belongs to no one; a name is masked. Signatures of those
        who decided, and accounts, are not changed: they are records of an office.
        """
        hide = _hider(ids, name)

        def work(connection: Connection) -> Erased:
            count_change(connection)
            connection.execute(_ADD, [{"digest": digest_of(deployment, id_)} for id_ in ids])
            wanted = [*ids] if name is None else [*ids, name]
            records = sum(_blank(connection, *named, hide) for named in _TEXTS)
            seqs = _blank_entries(connection, wanted, hide)
            left = _unsealed(connection, wanted, hide)
            counts = {"records": records, "entries": seqs, "unsealed": left}
            append_to(connection, replace(entry, what=FORGET, parameters=counts))
            return Erased(records, len(seqs), left)

        erased = await self._database.do(work, writing=True, counted=False)
        await self._database.empty_log()
        return erased


def digest_of(deployment: str, id_: str) -> str:
    """What is kept of an erased person: enough to know the id again, not to read it."""
    return sha256(f"{deployment}:{id_}".encode()).hexdigest()


def _hider(ids: Sequence[str], name: str | None) -> Callable[[str], str]:
    """Puts another id in place of these, wherever one stands whole, and a mask in place of a name."""
    whole = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ids))})(?![\w-])")
    anonymous = f"p-000000-erased{secrets.token_hex(4)}"

    def hide(given: str) -> str:
        found = whole.sub(anonymous, given)
        return found if name is None else found.replace(name, MASK)

    return hide


def _blank(
    connection: Connection, table: Table, key: str, columns: tuple[str, ...], hide: Callable[[str], str]
) -> int:
    changed = 0
    for row in connection.execute(select(table.c[key], *(table.c[name] for name in columns))).mappings():
        values = {name: _hidden(row[name], hide) for name in columns}
        if any(values[name] != row[name] for name in columns):
            connection.execute(update(table).where(table.c[key] == row[key]).values(**values))
            changed += 1
    return changed


def _hidden(value: Any, hide: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, list):
        return [_hidden(item, hide) for item in value]
    if isinstance(value, dict):
        return {_hidden(name, hide): _hidden(item, hide) for name, item in value.items()}
    return value


def _blank_entries(connection: Connection, wanted: list[str], hide: Callable[[str], str]) -> list[int]:
    """Empty every sealed text that names the person; the numbers of their entries."""
    found = _naming(AUDIT_TEXTS, ("text",), wanted)
    rows = connection.execute(select(AUDIT_TEXTS).where(found)).mappings().all()
    mine = [row for row in rows if hide(row["text"]) != row["text"]]
    for row in mine:
        where = (AUDIT_TEXTS.c.seq == row["seq"], AUDIT_TEXTS.c.field == row["field"])
        connection.execute(update(AUDIT_TEXTS).where(*where).values(text=None, salt=""))
    return sorted({row["seq"] for row in mine})


def _unsealed(connection: Connection, wanted: list[str], hide: Callable[[str], str]) -> int:
    """How many entries hold the person in the chain itself, which cannot be changed."""
    rows = connection.execute(select(AUDIT).where(_naming(AUDIT, SEALED, wanted))).mappings()
    plain = ([row[f] for f in SEALED if row[f] and not is_sealed(f, row[f])] for row in rows)
    return sum(any(hide(given) != given for given in texts) for texts in plain)


def _naming(table: Table, columns: tuple[str, ...], wanted: list[str]) -> Any:
    """Rows that may name the person; in JSON other letters than ASCII may stand as escapes."""
    given = {*wanted, *(json.dumps(word)[1:-1] for word in wanted)}
    return or_(
        *(
            (cast(table.c[name], String) if isinstance(table.c[name].type, JSON) else table.c[name]).contains(
                word, autoescape=True
            )
            for name in columns
            for word in sorted(given)
        )
    )
