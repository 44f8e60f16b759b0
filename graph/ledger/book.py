"""What was decided, in the ledger: waivers, decisions, kept runs; one transaction per call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select, update

from graph.errors import NotFound
from graph.ledger.accounts import Accounts
from graph.ledger.audit import AuditTrail, append_to
from graph.ledger.connection import Database
from graph.ledger.entries import Entry
from graph.ledger.erasures import Erasures
from graph.ledger.findings import KeptFindings
from graph.ledger.identity import Identity
from graph.ledger.intentions import Intentions
from graph.ledger.merges import Merges
from graph.ledger.names import NameTable
from graph.ledger.position import Positions
from graph.ledger.questions import Questions
from graph.ledger.records import Decision, KeptRun, Waiver
from graph.ledger.requests import Requests
from graph.ledger.saved import SavedQueries
from graph.ledger.tables import DECISIONS, REVISION, RUNS, WAIVERS
from graph.ledger.times import new_id, now


@dataclass
class Recording:
    """The request under which the ledger is changed just now; `changed` once it was."""

    entry: Entry
    changed: bool = False


class Ledger:
    """The ledger of one data folder, or of several instances; made when first used."""

    def __init__(self, data_dir: Path, url: str | None = None) -> None:
        self._database = Database(data_dir, url)
        self.accounts = Accounts(self._database)
        self.saved = SavedQueries(self._database)
        self.audit = AuditTrail(self._database)
        self.intentions = Intentions(self._database)
        self.identity = Identity(self._database)
        self.position = Positions(self._database)
        self.names = NameTable(self._database)
        self.questions = Questions(self._database)
        self.merges = Merges(self._database)
        self.erasures = Erasures(self._database)
        self.findings = KeptFindings(self._database)
        self.requests = Requests(self._database)
        self._recording: ContextVar[Recording | None] = ContextVar("recording", default=None)
        self._database.on_change = self._record

    @contextmanager
    def on_record(self, entry: Entry) -> Iterator[Recording]:
        """Every change inside stands with an entry about it in one transaction: both, or neither.

        `entry` is that of the request; what it says was done gets "done" added.
        """
        recording = Recording(entry)
        token = self._recording.set(recording)
        try:
            yield recording
        finally:
            self._recording.reset(token)

    @property
    def recording(self) -> Recording | None:
        """What `on_record` was begun with."""
        return self._recording.get()

    def _record(self, connection: Connection) -> None:
        recording = self.recording
        if recording is not None:
            entry = recording.entry
            append_to(connection, replace(entry, at=now(), what=f"{entry.what} done"))
            recording.changed = True

    async def revision(self) -> int:
        """Counts every change of the ledger; part of the identity of answers that show waivers."""
        return await self._database.do(
            lambda c: c.execute(select(REVISION.c.value)).scalar() or 0, writing=False
        )

    async def waivers(self, on: date | None = None) -> list[Waiver]:
        """Waivers in force on a day, or all of them; the oldest first."""
        text = select(WAIVERS).order_by(WAIVERS.c.decided_at, WAIVERS.c.id)
        if on is not None:
            text = text.where(WAIVERS.c.since <= on, WAIVERS.c.until > on)
        rows = await self._database.do(lambda c: c.execute(text).mappings().all(), writing=False)
        return [Waiver(**row) for row in rows]

    async def waive(self, waivers: Iterable[Waiver]) -> list[Waiver]:
        """Keep waivers; each gets an id and the time."""
        kept = [Waiver(**{**asdict(w), "id": new_id(), "decided_at": now().isoformat()}) for w in waivers]
        await self._insert(WAIVERS, [asdict(w) for w in kept])
        return kept

    async def end_waiver(self, id_: str, on: date) -> Waiver:
        """End a waiver before its time; raises `NotFound`."""
        await self._change(WAIVERS, id_, {"until": on}, "豁免", "waiver")
        return next(w for w in await self.waivers() if w.id == id_)

    async def decisions(self) -> list[Decision]:
        """Every decision, the latest first."""
        text = select(DECISIONS).order_by(DECISIONS.c.decided_at.desc(), DECISIONS.c.id)
        rows = await self._database.do(lambda c: c.execute(text).mappings().all(), writing=False)
        return [Decision(**row) for row in rows]

    async def keep(self, run: KeptRun) -> KeptRun:
        """Keep a run; it gets an id and the time."""
        kept = KeptRun(**{**asdict(run), "id": new_id(), "made_at": now().isoformat()})
        await self._insert(RUNS, [asdict(kept)])
        return kept

    async def run(self, id_: str) -> KeptRun:
        """A kept run; raises `NotFound`."""
        text = select(RUNS).where(RUNS.c.id == id_)
        row = await self._database.do(lambda c: c.execute(text).mappings().first(), writing=False)
        if row is None:
            raise no_run(id_)
        return KeptRun(**row)

    async def runs(self) -> list[KeptRun]:
        """Every kept run without its findings, the latest first."""
        shown = [c for c in RUNS.c if c.name not in ("findings", "stamp")]
        text = select(*shown).order_by(RUNS.c.made_at.desc(), RUNS.c.id)
        rows = await self._database.do(lambda c: c.execute(text).mappings().all(), writing=False)
        return [KeptRun(**row, findings=[], stamp={}) for row in rows]

    async def copy_to(self, path: Path) -> None:
        """Copy a ledger on SQLite, as it is at one moment, into a new file; others go on writing."""
        await self._database.copy_to(path)

    def together(self) -> AbstractAsyncContextManager[None]:
        """All that is written inside is kept together, or nothing of it: a change and its entry."""
        return self._database.together()

    async def close(self) -> None:
        """Close the connections; a later call opens the database again."""
        await self._database.close()

    async def _insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            await self._database.do(lambda c: c.execute(table.insert(), list(rows)), writing=True)

    async def _change(self, table: Table, id_: str, values: Mapping[str, Any], zh: str, en: str) -> None:
        text = update(table).where(table.c.id == id_).values(**values)
        if not await self._database.do(lambda c: c.execute(text).rowcount, writing=True):
            raise _missing(id_, zh, en)


def no_run(id_: str) -> NotFound:
    """That there is no such kept run, or none for the caller."""
    return _missing(id_, "核查记录", "kept run")


def _missing(id_: str, zh: str, en: str) -> NotFound:
    return NotFound(f"没有编号为 {id_} 的{zh}。", f"there is no {en} {id_}.", subject="id")
