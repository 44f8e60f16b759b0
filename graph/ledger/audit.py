"""The audit trail: who asked what, when, about which area; hash-chained, so that a changed entry is noticed.

Every entry holds the hash of the one before. Anyone who can write to the whole database can still
forge a whole new chain: note the head elsewhere from time to time, and `verify` will show it.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import fields, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, select, update

from graph.ledger.chain import Head, Verification, broken, hash_of, named_as_erased, wrong_end, wrong_entry
from graph.ledger.connection import Database
from graph.ledger.entries import NAMES, Entry, Filter, iso
from graph.ledger.seals import Texts, is_erased, seal, texts_of, unsealed
from graph.ledger.tables import AUDIT, AUDIT_ENDS, AUDIT_TEXTS, START

PART = 1_000


class AuditTrail:
    """The trail of one ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, entry: Entry) -> int:
        """Append an entry and return its number. Writers wait for each other: there is one chain."""
        return await self._database.do(lambda c: append_to(c, entry), writing=True, counted=False)

    async def read(self, found: Filter | None = None, *, after: int = 0, limit: int = PART) -> list[Entry]:
        """Entries in order of `seq`, after the number `after`."""
        query = (found or Filter()).apply(select(AUDIT).where(AUDIT.c.seq > after))
        query = query.order_by(AUDIT.c.seq).limit(limit)
        return await self._database.do(lambda c: _entries(c, query))

    async def latest(self, found: Filter | None = None, *, limit: int = PART) -> list[Entry]:
        """The last entries, by number."""
        query = (found or Filter()).apply(select(AUDIT)).order_by(AUDIT.c.seq.desc()).limit(limit)
        return (await self._database.do(lambda c: _entries(c, query)))[::-1]

    async def read_all(self, found: Filter | None = None) -> AsyncIterator[list[Entry]]:
        """All of them, in parts."""
        after = 0
        while part := await self.read(found, after=after):
            yield part
            after = part[-1].seq

    async def count(self, found: Filter | None = None) -> int:
        """How many there are."""
        query = (found or Filter()).apply(select(func.count()).select_from(AUDIT))
        return int(await self._database.do(lambda c: c.execute(query).scalar_one()))

    async def head(self) -> Head | None:
        """Number and hash of the last entry: what to note down elsewhere."""
        found = await self._database.do(lambda c: _end(c, "head"))
        return None if found is None or found[0] == 0 else found

    async def verify(self, noted: Head | None = None) -> Verification:
        """Compute the whole chain anew; `noted` is a head that was noted down before."""
        while True:
            begin, end, outside = await self._database.do(_ends)
            if end is None:
                return broken(0, None, 0, "链尾记录缺失", "the record of the head is missing")
            found = await self._verify(noted, begin, end)
            if found.ok and outside is not None:
                found = broken(found.entries, end, outside, "在链外", "it is outside the chain")
            # Pruned while we verified: entries are missing and nothing is wrong. Start again.
            if found.ok or begin == (await self._database.do(_ends))[0]:
                return found

    async def _verify(self, noted: Head | None, begin: Head | None, end: Head) -> Verification:
        seq, digest = begin or (0, START)
        checked, seen = 0, noted is None or noted == (seq, digest)
        erased: set[int] = set()
        named: set[int] = set()
        while seq < end[0]:
            part = await self._database.do(partial(_part, after=seq, last=end[0]))
            for row, texts in part:
                wrong = wrong_entry(row, texts, seq, digest)
                if wrong is not None:
                    return broken(checked, end, *wrong)
                seq, digest = row["seq"], row["hash"]
                checked += 1
                seen = seen or noted == (seq, digest)
                erased |= {seq} if is_erased(row, texts) else set()
                named |= named_as_erased(unsealed(row, texts))
            if not part:
                return broken(checked, end, seq + 1, "末尾被删去", "the end was cut off")
        wrong = wrong_end((seq, digest), end, noted if not seen else None, begin, sorted(erased - named))
        return broken(checked, end, *wrong) if wrong else Verification(True, checked, end if end[0] else None)

    async def prune(self, before: datetime, entry: Entry) -> int:
        """Remove entries from before a time, and append `entry`; return how many were removed.

        Clocks of instances differ: an old entry behind a newer one is kept too.
        The entry's parameters also get `removed`, and where verification starts from now on (the
        anchor): `last_removed` and its `hash`.
        """

        def work(connection: Connection) -> int:
            connection.execute(select(AUDIT_ENDS).where(_IS_HEAD).with_for_update())
            new = select(func.min(AUDIT.c.seq)).where(AUDIT.c.at >= iso(before))
            first_kept = connection.execute(new).scalar()
            old = select(AUDIT.c.seq, AUDIT.c.hash).order_by(AUDIT.c.seq.desc()).limit(1)
            if first_kept is not None:
                old = old.where(AUDIT.c.seq < first_kept)
            last, gone = connection.execute(old).first(), 0
            parameters = {**(entry.parameters or {}), "removed": 0}
            if last is not None:
                _set_end(connection, "anchor", (last.seq, last.hash))
                gone = connection.execute(delete(AUDIT).where(AUDIT.c.seq <= last.seq)).rowcount
                connection.execute(delete(AUDIT_TEXTS).where(AUDIT_TEXTS.c.seq <= last.seq))
                parameters |= {"removed": gone, "last_removed": last.seq, "hash": last.hash}
            append_to(connection, replace(entry, parameters=parameters))
            return int(gone)

        return await self._database.do(work, writing=True, counted=False)


def append_to(connection: Connection, entry: Entry) -> int:
    """Append an entry in a transaction that does something else too; return its number.

    The only place that writes one. Who calls it, or `AuditTrail.append`, which does:
    `grep -rnE "append_to|audit.append|on_record" graph api cli`. Requests come by `api/http/record.py`,
    commands by `cli/session.py` (which ones: `CHANGING` in `cli/audit_entry.py`), what changes the ledger
    by `Ledger.on_record` in `book.py`; restores, recoveries and accounts write their own.
    """
    # The head first: on PostgreSQL its row is the lock for which other writers wait. Where
    # the head's row is missing this raises: nothing is answered that is not on record.
    seq, previous = connection.execute(_NEXT).one()
    row: dict[str, Any] = {name: _storable(getattr(entry, name)) for name in NAMES}
    row |= {"seq": seq, "previous": previous, "at": iso(entry.at)}
    parameters = json.dumps(entry.parameters or {}, ensure_ascii=False, default=str)
    row["parameters"] = _storable(parameters)
    seal(connection, row)
    row["hash"] = hash_of(row)
    connection.execute(AUDIT.insert(), row)
    connection.execute(_LAST, {"last": row["hash"]})
    return int(seq)


_IS_HEAD = AUDIT_ENDS.c.name == "head"
_NEXT = (
    update(AUDIT_ENDS)
    .where(_IS_HEAD)
    .values(seq=AUDIT_ENDS.c.seq + 1)
    .returning(AUDIT_ENDS.c.seq, AUDIT_ENDS.c.hash)
)
_LAST = update(AUDIT_ENDS).where(_IS_HEAD).values(hash=bindparam("last"))


def _storable(value: Any) -> Any:
    """Text from a request may hold what no database keeps: NUL, and halves of characters."""
    if not isinstance(value, str):
        return value
    return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _end(connection: Connection, name: str) -> Head | None:
    row = connection.execute(select(AUDIT_ENDS).where(AUDIT_ENDS.c.name == name)).first()
    return None if row is None else (int(row.seq), str(row.hash))


def _ends(connection: Connection) -> tuple[Head | None, Head | None, int | None]:
    """Anchor, head, and an entry that stands outside of them; of one moment."""
    ends = select(AUDIT_ENDS.c.seq)
    last = ends.where(_IS_HEAD).scalar_subquery()
    first = func.coalesce(ends.where(AUDIT_ENDS.c.name == "anchor").scalar_subquery(), 0)
    outside = select(func.min(AUDIT.c.seq)).where((AUDIT.c.seq > last) | (AUDIT.c.seq <= first))
    return (_end(connection, "anchor"), _end(connection, "head"), connection.execute(outside).scalar())


def _set_end(connection: Connection, name: str, end: Head) -> None:
    values = {"seq": end[0], "hash": end[1]}
    query = update(AUDIT_ENDS).where(AUDIT_ENDS.c.name == name).values(**values)
    if not connection.execute(query).rowcount:
        connection.execute(AUDIT_ENDS.insert(), [{"name": name, **values}])


def _entry(row: Mapping[str, Any]) -> Entry:
    kept = {f.name: row[f.name] for f in fields(Entry)}
    at, given = datetime.fromisoformat(row["at"]), json.loads(row["parameters"])
    return Entry(**{**kept, "at": at, "parameters": given})


def _entries(connection: Connection, query: Select[Any]) -> list[Entry]:
    rows = [dict(row) for row in connection.execute(query).mappings()]
    texts = texts_of(connection, (row["seq"] for row in rows))
    return [_entry(unsealed(row, texts)) for row in rows]


def _part(connection: Connection, *, after: int, last: int) -> list[tuple[dict[str, Any], Texts]]:
    query = select(AUDIT).where(AUDIT.c.seq > after, AUDIT.c.seq <= last).order_by(AUDIT.c.seq)
    rows = [dict(row) for row in connection.execute(query.limit(PART)).mappings()]
    texts = texts_of(connection, (row["seq"] for row in rows))
    return [(row, texts) for row in rows]
