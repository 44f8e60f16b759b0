"""The audit trail: who asked what, when, about which area; hash-chained, so that a changed entry is noticed.

Every entry holds the hash of the one before. Anyone who can write to the whole database can still
forge a whole new chain: note the head elsewhere from time to time, and `verify` will show it.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import Annotated, Any

from sqlalchemy import Connection, Select, bindparam, delete, func, select, update

from graph.labels import Label
from graph.ledger.connection import Database
from graph.ledger.seals import Texts, is_erased, is_true, seal, texts_of, unsealed
from graph.ledger.tables import AUDIT, AUDIT_ENDS, AUDIT_TEXTS, START
from graph.ledger.times import now

PART = 1_000
FORGET = "cobuild forget"
"""`what` of an erasure's entry; its parameters list the entries whose texts were erased."""
Head = tuple[int, str]
"""Number and hash of an entry."""


@dataclass(frozen=True)
class Entry:
    """One entry: `via` is local, key, token or nobody, `status` that of HTTP, `seq` given when written."""

    at: Annotated[datetime, Label("时间")]
    who: Annotated[str, Label("何人")]
    what: Annotated[str, Label("何事")]
    via: str = "local"
    role: Annotated[str | None, Label("角色")] = None
    parameters: Annotated[dict[str, Any] | None, Label("参数")] = None
    area: Annotated[str | None, Label("辖区")] = None
    personal: Annotated[bool, Label("个人信息")] = False
    reason: Annotated[str | None, Label("事由")] = None
    status: Annotated[int | None, Label("状态")] = None
    rows: Annotated[int | None, Label("行数")] = None
    data_version: int | None = None
    seq: Annotated[int, Label("序号")] = 0


@dataclass(frozen=True)
class Verification:
    """Whether the chain holds from the first entry that is kept to the head."""

    ok: bool
    entries: int
    head: Head | None
    first_bad_seq: int | None = None
    why_zh: str | None = None
    why_en: str | None = None


@dataclass(frozen=True)
class Filter:
    """Which entries: times (`until` exclusive), who, a prefix of `what`, personal data."""

    since: datetime | None = None
    until: datetime | None = None
    who: str | None = None
    what: str | None = None
    personal: bool | None = None
    areas: Collection[str] | None = None
    """Only entries of callers limited to one of these areas."""

    def apply(self, query: Select[Any]) -> Select[Any]:
        """The query with these conditions."""
        if self.since is not None:
            query = query.where(AUDIT.c.at >= _iso(self.since))
        if self.until is not None:
            query = query.where(AUDIT.c.at < _iso(self.until))
        if self.who is not None:
            query = query.where(AUDIT.c.who == self.who)
        if self.what is not None:
            query = query.where(AUDIT.c.what.startswith(self.what, autoescape=True))
        if self.personal is not None:
            query = query.where(AUDIT.c.personal.is_(self.personal))
        if self.areas is not None:
            query = query.where(AUDIT.c.area.in_(self.areas))
        return query


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
                return _broken(0, None, 0, "链尾记录缺失", "the record of the head is missing")
            found = await self._verify(noted, begin, end)
            if found.ok and outside is not None:
                found = _broken(found.entries, end, outside, "在链外", "it is outside the chain")
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
                wrong = _wrong(row, texts, seq, digest)
                if wrong is not None:
                    return _broken(checked, end, *wrong)
                seq, digest = row["seq"], row["hash"]
                checked += 1
                seen = seen or noted == (seq, digest)
                erased |= {seq} if is_erased(row, texts) else set()
                named |= _named_as_erased(unsealed(row, texts))
            if not part:
                return _broken(checked, end, seq + 1, "末尾被删去", "the end was cut off")
        wrong = _wrong_end((seq, digest), end, noted if not seen else None, begin, sorted(erased - named))
        return (
            _broken(checked, end, *wrong) if wrong else Verification(True, checked, end if end[0] else None)
        )

    async def prune(self, before: datetime, entry: Entry) -> int:
        """Remove entries from before a time, and append `entry`; return how many were removed.

        Clocks of instances differ: an old entry behind a newer one is kept too.
        The entry's parameters also get `removed`, and where verification starts from now on (the
        anchor): `last_removed` and its `hash`.
        """

        def work(connection: Connection) -> int:
            connection.execute(select(AUDIT_ENDS).where(_IS_HEAD).with_for_update())
            new = select(func.min(AUDIT.c.seq)).where(AUDIT.c.at >= _iso(before))
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
    """Append an entry in a transaction that does something else too; return its number."""
    # The head first: on PostgreSQL its row is the lock for which other writers wait. Where
    # the head's row is missing this raises: nothing is answered that is not on record.
    seq, previous = connection.execute(_NEXT).one()
    row: dict[str, Any] = {name: _storable(getattr(entry, name)) for name in _NAMES}
    row |= {"seq": seq, "previous": previous, "at": _iso(entry.at)}
    parameters = json.dumps(entry.parameters or {}, ensure_ascii=False, default=str)
    row["parameters"] = _storable(parameters)
    seal(connection, row)
    row["hash"] = _hash(row)
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


_NAMES = tuple(f.name for f in fields(Entry) if f.name != "seq")
_HASHED = ("seq", "previous", *_NAMES)


def _storable(value: Any) -> Any:
    """Text from a request may hold what no database keeps: NUL, and halves of characters."""
    if not isinstance(value, str):
        return value
    return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _hash(row: Mapping[str, Any]) -> str:
    hashed = [row[name] for name in _HASHED]
    return sha256(json.dumps(hashed, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


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


Wrong = tuple[int, str, str]
"""The number of a bad entry, and what is wrong with it."""


def _wrong(row: Mapping[str, Any], texts: Texts, seq: int, digest: str) -> Wrong | None:
    """What is wrong with an entry that comes after another one."""
    if row["seq"] != seq + 1:
        return seq + 1, "缺少这一条", "this entry is missing"
    if row["previous"] != digest or row["hash"] != _hash(row) or not is_true(row, texts):
        return int(row["seq"]), "内容被改动", "it was changed"
    return None


def _wrong_end(
    last: Head, end: Head, unseen: Head | None, begin: Head | None, erased: list[int]
) -> Wrong | None:
    """What is wrong with a chain whose entries fit; `unseen` is a noted head that was not met."""
    if last != end:
        return last[0], "与链尾不符", "the head is another"
    if erased:
        return erased[0], "内容被抹去而无记录", "its text was erased and no entry says so"
    if unseen is None:
        return None
    if begin is not None and unseen[0] < begin[0]:
        return unseen[0], "所记链尾已不在链中，无从核对", "the head that was noted is gone: nothing proves it"
    return unseen[0], "与所记链尾不符", "not the head that was noted"


def _named_as_erased(row: Mapping[str, Any]) -> set[int]:
    """The numbers of the entries whose texts an erasure says that it emptied."""
    return set(json.loads(row["parameters"]).get("entries", ())) if row["what"] == FORGET else set()


def _broken(checked: int, head: Head | None, seq: int, zh: str, en: str) -> Verification:
    return Verification(False, checked, head, seq, f"第 {seq} 条：{zh}。", f"entry {seq}: {en}.")


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def entry_now(who: str, what: str, **more: Any) -> Entry:
    """An entry of this moment."""
    return Entry(now(), who, what, **more)
