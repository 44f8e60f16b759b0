"""Decisions on their way: recorded before the graph is changed, concluded after.

Graph and ledger are two databases, and no transaction covers both. So a decision is pending in the
ledger first; before the graph commits, all that the ledger will need is prepared there; after it,
one transaction of the ledger makes the decision applied, keeps its waivers and puts it on record.
Whatever ends in between, the graph says whether the decision came about, and the intention says the
rest (`graph.appointments.recovery`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, select, update

from graph.errors import LoadConflict
from graph.ledger.audit import append_to
from graph.ledger.connection import Database, count_change
from graph.ledger.entries import Entry
from graph.ledger.records import Decision, Waiver
from graph.ledger.tables import DECISIONS, INTENTIONS, WAIVERS
from graph.ledger.times import new_id, now

BEGUN, APPLIED, VOID = "begun", "applied", "void"


@dataclass(frozen=True)
class Outcome:
    """What a decision brings: its findings, the data version after it, its waivers."""

    findings: list[dict[str, Any]]
    data_version: int
    waivers: list[Waiver]


_ENTRY = TypeAdapter(Entry)
_OUTCOME = TypeAdapter(Outcome)


class Intentions:
    """The decisions of one ledger that are not concluded yet."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, decision: Decision, entry: Entry) -> None:
        """Keep a pending decision and the request that it comes from, and put that on record."""
        row = {"id": decision.id, "entry": _ENTRY.dump_json(entry).decode(), "outcome": None}

        def work(connection: Connection) -> None:
            count_change(connection)
            connection.execute(DECISIONS.insert(), [asdict(decision)])
            connection.execute(INTENTIONS.insert(), [row])
            append_to(connection, _about(entry, BEGUN, decision.id))

        await self._database.do(work, writing=True, counted=False)

    async def prepare(self, id_: str, outcome: Outcome) -> None:
        """Keep what a decision will bring; the last act before the graph commits.

        Raises `LoadConflict` where the decision was given up meanwhile: then the graph is not to
        commit either.
        """
        text = update(INTENTIONS).where(INTENTIONS.c.id == id_)
        text = text.values(outcome=_OUTCOME.dump_json(outcome).decode())
        if not await self._database.do(lambda c: c.execute(text).rowcount, writing=True, counted=False):
            raise LoadConflict(
                "该决定耗时过久，已作未执行处理，未作任何改动，请重试。",
                "the decision took so long that it was given up; nothing was changed, try again.",
                subject=id_,
            )

    async def conclude(self, id_: str, state: Literal["applied", "void"], *, recovered: bool = False) -> bool:
        """Say what became of a decision, in one transaction with waivers and audit entry.

        False where that was said before: it is never said twice.
        """

        def work(connection: Connection) -> bool:
            count_change(connection)
            # The first statement: of two that conclude at once the second finds nothing pending.
            mine = update(DECISIONS).where(DECISIONS.c.id == id_, DECISIONS.c.state == "pending")
            if not connection.execute(mine.values(state=state)).rowcount:
                return False
            row = connection.execute(select(INTENTIONS).where(INTENTIONS.c.id == id_)).mappings().first()
            entry = None if row is None else _ENTRY.validate_json(row["entry"])
            outcome = _OUTCOME.validate_json(row["outcome"]) if row is not None and row["outcome"] else None
            if state == APPLIED and outcome is not None:
                _keep_outcome(connection, id_, outcome)
            connection.execute(delete(INTENTIONS).where(INTENTIONS.c.id == id_))
            if entry is None:  # begun by a version that kept no intentions
                entry = Entry(now(), _decider(connection, id_), "decide")
            version = outcome.data_version if outcome is not None and state == APPLIED else None
            append_to(connection, _about(entry, state, id_, version, recovered=recovered))
            return True

        return await self._database.do(work, writing=True, counted=False)

    async def pending(self) -> Sequence[Decision]:
        """Decisions that were begun and not concluded, the oldest first."""
        text = select(DECISIONS).where(DECISIONS.c.state == "pending").order_by(DECISIONS.c.id)
        rows = await self._database.do(lambda c: c.execute(text).mappings().all())
        return [Decision(**row) for row in rows]


def _keep_outcome(connection: Connection, id_: str, outcome: Outcome) -> None:
    values = {"findings": outcome.findings, "data_version": outcome.data_version}
    connection.execute(update(DECISIONS).where(DECISIONS.c.id == id_).values(**values))
    kept = [replace(w, id=new_id(), decided_at=now().isoformat(), decision=id_) for w in outcome.waivers]
    if kept:
        connection.execute(WAIVERS.insert(), [asdict(w) for w in kept])


def _decider(connection: Connection, id_: str) -> str:
    text = select(DECISIONS.c.decided_by).where(DECISIONS.c.id == id_)
    return str(connection.execute(text).scalar_one())


def _about(
    entry: Entry, state: str, id_: str, version: int | None = None, *, recovered: bool = False
) -> Entry:
    """The entry of a step of a decision, by the one who asked for it."""
    parameters = {**(entry.parameters or {}), "decision": id_} | ({"recovered": True} if recovered else {})
    return replace(entry, at=now(), what=f"{entry.what} {state}", parameters=parameters, data_version=version)
