"""Reading and writing the ledger: SQLite in the data folder, one transaction per call."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, create_engine, event, select, update
from sqlalchemy.exc import SQLAlchemyError

from graph.errors import EnvironmentFault, NotFound
from graph.ledger.tables import DECISIONS, METADATA, REVISION, RUNS, WAIVERS

T = TypeVar("T")
PRIVATE_FILE = 0o600


@dataclass(frozen=True)
class Waiver:
    """A finding that somebody lets stand, from `since` on and before `until`, with the reason."""

    finding: str
    rule: str
    area: str | None
    reason: str
    decided_by: str
    since: date
    until: date
    id: str = ""
    decided_at: str = ""
    decision: str | None = None


@dataclass(frozen=True)
class Decision:
    """A proposal that was carried out: who, why, what, and the findings that came with it.

    `state` is `pending` until the graph has it, then `applied`; `void` if it never came about.
    """

    id: str
    state: str
    decided_by: str
    decided_at: str
    reason: str
    as_of: date
    changes: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    data_version: int | None


@dataclass(frozen=True)
class KeptRun:
    """The findings of one check, kept to be compared with another; ids only, no names."""

    title: str
    made_by: str
    area: str | None
    as_of: date
    data_version: int
    stamp: dict[str, Any]
    findings: list[dict[str, Any]]
    id: str = ""
    made_at: str = ""


class Ledger:
    """The ledger of one data folder. The file is made when something is first written or read."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir.absolute() / "ledger.db"
        self._engine = create_engine(f"sqlite:///{self._path}")
        event.listen(self._engine, "connect", _prepare)
        self._ready = False

    async def revision(self) -> int:
        """Counts every change of the ledger; part of the identity of answers that show waivers."""
        return await self._do(
            lambda c: c.execute(select(REVISION.c.value)).scalar() or 0, writing=False
        )

    async def waivers(self, on: date | None = None) -> list[Waiver]:
        """Waivers in force on a day, or all of them; the oldest first."""
        text = select(WAIVERS).order_by(WAIVERS.c.decided_at, WAIVERS.c.id)
        if on is not None:
            text = text.where(WAIVERS.c.since <= on, WAIVERS.c.until > on)
        rows = await self._do(lambda c: c.execute(text).mappings().all(), writing=False)
        return [Waiver(**row) for row in rows]

    async def waive(self, waivers: Iterable[Waiver]) -> list[Waiver]:
        """Keep waivers; each gets an id and the time."""
        kept = [
            Waiver(**{**asdict(w), "id": new_id(), "decided_at": now().isoformat()})
            for w in waivers
        ]
        await self._insert(WAIVERS, [asdict(w) for w in kept])
        return kept

    async def end_waiver(self, id_: str, on: date) -> Waiver:
        """End a waiver before its time; raises `NotFound`."""
        await self._change(WAIVERS, id_, {"until": on}, "豁免", "waiver")
        return next(w for w in await self.waivers() if w.id == id_)

    async def begin(self, decision: Decision) -> None:
        """Write a decision down before the graph is changed."""
        await self._insert(DECISIONS, [asdict(decision)])

    async def settle(self, id_: str, state: str, **values: Any) -> None:
        """What became of a decision; raises `NotFound`."""
        await self._change(DECISIONS, id_, {"state": state, **values}, "决定", "decision")

    async def decisions(self) -> list[Decision]:
        """Every decision, the latest first."""
        text = select(DECISIONS).order_by(DECISIONS.c.decided_at.desc(), DECISIONS.c.id)
        rows = await self._do(lambda c: c.execute(text).mappings().all(), writing=False)
        return [Decision(**row) for row in rows]

    async def keep(self, run: KeptRun) -> KeptRun:
        """Keep a run; it gets an id and the time."""
        kept = KeptRun(**{**asdict(run), "id": new_id(), "made_at": now().isoformat()})
        await self._insert(RUNS, [asdict(kept)])
        return kept

    async def run(self, id_: str) -> KeptRun:
        """A kept run; raises `NotFound`."""
        text = select(RUNS).where(RUNS.c.id == id_)
        row = await self._do(lambda c: c.execute(text).mappings().first(), writing=False)
        if row is None:
            raise _missing(id_, "核查记录", "kept run")
        return KeptRun(**row)

    async def runs(self) -> list[KeptRun]:
        """Every kept run without its findings, the latest first."""
        shown = [c for c in RUNS.c if c.name not in ("findings", "stamp")]
        text = select(*shown).order_by(RUNS.c.made_at.desc(), RUNS.c.id)
        rows = await self._do(lambda c: c.execute(text).mappings().all(), writing=False)
        return [KeptRun(**row, findings=[], stamp={}) for row in rows]

    async def close(self) -> None:
        """Close the connections; a later call opens the file again."""
        self._ready = False
        await asyncio.to_thread(self._engine.dispose)

    async def _insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            await self._do(lambda c: c.execute(table.insert(), list(rows)), writing=True)

    async def _change(
        self, table: Table, id_: str, values: Mapping[str, Any], zh: str, en: str
    ) -> None:
        text = update(table).where(table.c.id == id_).values(**values)
        if not await self._do(lambda c: c.execute(text).rowcount, writing=True):
            raise _missing(id_, zh, en)

    async def _do(self, work: Callable[[Connection], T], *, writing: bool) -> T:
        def run() -> T:
            self._make()
            with self._engine.begin() as connection:
                if writing:
                    _count(connection)
                return work(connection)

        try:
            return await asyncio.to_thread(run)
        except (SQLAlchemyError, OSError) as error:
            raise EnvironmentFault(
                f"台账文件 {self._path} 无法读写：{error}。",
                f"the ledger {self._path} cannot be read or written: {error}.",
                subject=str(self._path),
            ) from error

    def _make(self) -> None:
        if not self._ready:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, PRIVATE_FILE))
            METADATA.create_all(self._engine)
            self._ready = True


def new_id() -> str:
    """An id that sorts by time and that nobody can guess: 12 hex digits of ms, then chance."""
    return f"{int(now().timestamp() * 1000):012x}{secrets.token_hex(6)}"


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


def _prepare(connection: Any, _: Any) -> None:
    """Readers do not wait for a writer, and a second writer waits for the first."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()


def _count(connection: Connection) -> None:
    hit = connection.execute(update(REVISION).values(value=REVISION.c.value + 1)).rowcount
    if not hit:
        connection.execute(REVISION.insert(), [{"id": 1, "value": 1}])


def _missing(id_: str, zh: str, en: str) -> NotFound:
    return NotFound(f"没有编号为 {id_} 的{zh}。", f"there is no {en} {id_}.", subject="id")
