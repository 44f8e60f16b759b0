"""Carrying a proposal out: the graph is changed, and it is written down who decided on what.

A finding of severity warning or violation that the changes bring has to be waived in the same
breath, with a reason and an end date; otherwise nothing is written.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from graph.appointments.proposal import Appoint, Proposal, ProposalProblem, ProposalRejected
from graph.appointments.recovery import came_about, recover
from graph.appointments.rehearse import Effects, effects, rehearsal_answer
from graph.appointments.shapes import EffectsShape
from graph.errors import EnvironmentFault, GraphError, StoreUnavailable
from graph.ledger import Decision, Entry, Outcome, Waiver
from graph.ledger.times import new_id, now
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.places import everywhere
from graph.rules.check import shown_finding
from graph.store import Row, Transaction, from_writer
from graph.store.changes import Change, apply_changes
from graph.store.history import ChangeSet, counts, last_number, record
from graph.store.version import take_version

LOG = logging.getLogger("cobuild.appointments")
TO_BE_WAIVED = ("warning", "violation")
READ_BY = (
    "理由；凡可查看所涉对象者均可阅读，请勿写入个人情况 / why; read by all who may see what it names, "
    "so name no person's circumstances"
)
"""What is said where a reason is typed."""


class FindingsNotDecided(GraphError):
    """The changes bring findings without a waiver; `findings` are their rows.

    The message names them as the viewer may see them (`shown`).
    """

    code = "findings_not_decided"

    def __init__(self, findings: list[Row], shown: list[str]) -> None:
        listed = "、".join(shown)
        super().__init__(
            f"该方案将产生 {len(shown)} 项不符合，须逐项写明豁免理由和截止日期，未作任何改动：{listed}。",
            f"the proposal brings {len(shown)} findings that need a waiver with a reason and an "
            f"end date; nothing was changed: {', '.join(shown)}.",
            subject="waivers",
        )
        self.findings = findings


class Excuse(BaseModel):
    """Why one finding may stand, and until when (exclusive)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    finding: str
    reason: Annotated[str, Field(min_length=1, max_length=2000, description=READ_BY)]
    until: date


class Signature(BaseModel):
    """Who decides, and why; with an excuse for every finding that shall stand."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    decided_by: Annotated[str, Field(min_length=1, max_length=200)]
    reason: Annotated[str, Field(min_length=1, max_length=2000, description=READ_BY)]
    waivers: tuple[Excuse, ...] = ()


@from_writer
async def decide(graph: Graph, proposal: Proposal, signature: Signature) -> Answer[EffectsShape]:
    """Carry a proposal out in one transaction and keep the record of it.

    The ledger knows of it before the graph is changed. Data: what `rehearse` says; `decision`, the
    id of the record; `state`: `applied`, or `pending` where the graph was changed and the ledger
    could not be written any more, which `recover` makes up for. Raises `ProposalRejected`,
    `FindingsNotDecided`, `LoadConflict`, or what ledger and `Store.write` raise; then nothing has
    changed, unless the connection broke just then (`StoreUnavailable`): `recover` finds that out.
    """
    await recover(graph)
    id_ = new_id()
    document = f"d-{_district(proposal)}-{id_}"
    places = await everywhere(graph)
    prepared: Effects | None = None

    async def work(tx: Transaction) -> Effects:
        nonlocal prepared
        found = await effects(graph, tx, proposal, places, document)
        check_signature(graph, found, proposal, signature)
        await take_version(tx, found.version)
        paper = _document(document, proposal, found)
        await apply_changes(tx, [paper])
        await record(tx, await _change_set(tx, document, paper, found), [paper, *found.changes])
        await graph.ledger.intentions.prepare(id_, _outcome(proposal, signature, found))
        prepared = found
        return found

    recording = graph.ledger.recording
    entry = recording.entry if recording else Entry(now(), signature.decided_by, "decide")
    await graph.ledger.intentions.begin(_pending(id_, proposal, signature), entry)
    try:
        found = await graph.store.write(work)
    except GraphError as error:
        # A commit may have been carried out and its answer lost: only the graph knows.
        if prepared is not None and isinstance(error, StoreUnavailable):
            raise
        if prepared is None or not await came_about(graph, id_):
            with suppress(EnvironmentFault):  # it stays pending then, until it is given up
                await graph.ledger.intentions.conclude(id_, "void")
            raise
        found = prepared
    state: Literal["applied", "pending"] = "applied"
    try:
        await graph.ledger.intentions.conclude(id_, "applied")
    except EnvironmentFault as error:
        state = "pending"
        LOG.error("decision %s is in the graph, and in the ledger only as pending: %s", id_, error.en)
    if recording is not None:
        recording.changed = True
    answer = await rehearsal_answer(graph, proposal, found)
    data: EffectsShape = {**answer.data, "decision": id_, "document": document, "state": state}
    return Answer(data, answer.stamp)


def check_signature(graph: Graph, found: Effects, proposal: Proposal, signature: Signature) -> None:
    """Every serious new finding is excused, and every excuse is for a finding that exists.

    Raises `FindingsNotDecided` or `ProposalRejected`.
    """
    compared = found.compared()
    standing = {row["finding"] for kind in ("appear", "stay") for row in compared[kind]}
    problems = []
    for number, excuse in enumerate(signature.waivers):
        if excuse.finding not in standing:
            problems.append(
                ProposalProblem(
                    where=f"waivers[{number}].finding",
                    zh=f"没有这一项不符合：{excuse.finding}",
                    en=f"there is no such finding: {excuse.finding}",
                )
            )
        if excuse.until <= proposal.as_of:
            problems.append(
                ProposalProblem(
                    where=f"waivers[{number}].until", zh="应晚于生效日", en="must be later than as_of"
                )
            )
    if problems:
        raise ProposalRejected(problems)
    excused = {excuse.finding for excuse in signature.waivers}
    unexcused = [
        row for row in compared["appear"] if row["severity"] in TO_BE_WAIVED and row["finding"] not in excused
    ]
    if unexcused:
        queries = {run.query.name: run.query for run in found.runs}
        shown = [shown_finding(graph, queries[row["rule"]], row["finding"]) for row in unexcused]
        raise FindingsNotDecided(unexcused, shown)


async def read_decisions(graph: Graph) -> list[Decision]:
    """Every decision, the latest first; what a crash left pending is concluded before."""
    with suppress(EnvironmentFault):  # a ledger that can only be read just now
        await recover(graph)
    return await graph.ledger.decisions()


def without_findings(decision: Decision, codes: Collection[str]) -> Decision:
    """A decision without the findings of some rules."""
    kept = [f for f in decision.findings if f["finding"].partition(":")[0] not in codes]
    return replace(decision, findings=kept)


def _pending(id_: str, proposal: Proposal, signature: Signature) -> Decision:
    changes = [c.model_dump(mode="json", exclude_none=True) for c in proposal.changes]
    return Decision(
        id_,
        "pending",
        signature.decided_by,
        now().isoformat(),
        signature.reason,
        proposal.as_of,
        changes,
        [],
        None,
    )


def _noted(found: Effects) -> list[dict[str, str]]:
    """The findings that came and went, by their ids."""
    compared = found.compared()
    return [
        {"finding": row["finding"], "effect": kind, "severity": row["severity"]}
        for kind in ("appear", "disappear")
        for row in compared[kind]
    ]


def _outcome(proposal: Proposal, signature: Signature, found: Effects) -> Outcome:
    waivers = [
        Waiver(
            excuse.finding,
            found.after[excuse.finding]["rule"],
            found.after[excuse.finding]["area"],
            excuse.reason,
            signature.decided_by,
            proposal.as_of,
            excuse.until,
        )
        for excuse in signature.waivers
    ]
    return Outcome(_noted(found), found.version + 1, waivers)


def _document(id_: str, proposal: Proposal, found: Effects) -> Change:
    """The decision as a source in the graph, which new and changed posts name; not who decided."""
    synthetic = all((c.after or c.before or {}).get("synthetic", False) for c in found.changes)
    return Change(
        "SourceDocument",
        None,
        {
            "id": id_,
            "name": f"任免决定（{proposal.as_of} 起）",
            "named": False,
            "kind": "decision",
            "published_on": proposal.as_of,
            "source": id_,
            "synthetic": synthetic,
        },
    )


async def _change_set(tx: Transaction, id_: str, paper: Change, found: Effects) -> ChangeSet:
    """The decision in the history of the graph; not who decided, which the ledger knows."""
    title = str((paper.after or {})["name"])
    made = ChangeSet(await last_number(tx) + 1, "decision", id_, title, version=found.version + 1)
    return replace(made, **counts([paper, *found.changes]))


def _district(proposal: Proposal) -> str:
    """The six digits in the ids of what is changed."""
    change = proposal.changes[0]
    post = None if isinstance(change, Appoint) else change.post
    id_ = change.body or post or ""
    found = re.search(r"-(\d{6})-", id_)
    return found[1] if found else "000000"
