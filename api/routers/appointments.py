"""Appointments before they are made, decisions and waivers."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Path
from pydantic import Field
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, answers
from api.http.dependencies import AsOf, ReplyDep, ServiceDep
from api.http.doorkeeper import needs
from api.http.reply import Reply
from graph.appointments.decide import Excuse, Signature, decide, read_decisions, without_findings
from graph.appointments.named import is_id, with_ids
from graph.appointments.proposal import Proposal, read_proposal
from graph.appointments.rehearse import rehearse
from graph.appointments.shapes import DecisionShape, EffectsShape, WaiverShape
from graph.appointments.waivers import end_waiver, read_waivers, waive
from graph.ledger.roles import Right
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.rows import row_as
from graph.rules.runs import withheld_rules

router = APIRouter(tags=["appointments"])
DECIDES = [Depends(needs(Right.decide))]
_NAMING = {"person", "body", "post"}

EXAMPLE = {
    "as_of": "2025-07-01",
    "changes": [
        {"kind": "appoint", "person": "p-990101-0021", "body": "oc-990101-009", "role": "member"},
        {"kind": "relieve", "post": "p-990101-0021~HOLDS_POST~oc-990101-004~chair~1"},
    ],
}


class DecisionRequest(Proposal, Signature):
    """方案与签署。 A proposal with who decides, why, and what is waived."""


class WaiverRequest(Excuse):
    """豁免。 An excuse with who decides, and from which day on."""

    decided_by: Annotated[str, Field(min_length=1, max_length=200)]
    since: date | None = None


@router.post(
    "/appointments/check",
    summary="任前核查 / Check before the appointment",
    responses=answers(Answered[EffectsShape]),
)
async def check(reply: ReplyDep, proposal: Annotated[Proposal, Body(examples=[EXAMPLE])]) -> Response:
    """方案将产生、消除和保留哪些不符合项。 Findings that a proposal brings, ends, or leaves.

    不写入任何数据。人员、组织可写编号，也可写名称；按姓名查人须说明理由。 The rules run before and after
    inside one transaction that is rolled back: nothing is written. Persons and bodies may be given by id or
    by name; to find a person by name takes a reason.
    """
    reply.note(about=" ".join(dict.fromkeys(filter(None, _ids(proposal)))))
    proposal = await _with_ids(reply, proposal)

    async def question(graph: Graph) -> Answer[EffectsShape]:
        return await rehearse(graph, proposal)

    reply.note(about=" ".join(dict.fromkeys(filter(None, _ids(proposal)))))
    return await reply.done(question, about=_ids(proposal))


@router.post(
    "/appointments",
    summary="执行任免决定 / Carry out a decision",
    responses=answers(Answered[EffectsShape]),
    dependencies=DECIDES,
)
async def apply(
    reply: ReplyDep,
    request: Annotated[
        DecisionRequest,
        Body(examples=[{**EXAMPLE, "decided_by": "组织部示例科", "reason": "换届", "waivers": []}]),
    ],
) -> Response:
    """在一次事务中执行方案，记录由谁、因何决定。 Carries a proposal out and keeps the record.

    新产生的提醒和违规须逐项豁免，否则不写入。 New findings of severity
    warning or violation have to be waived one by one; else nothing is written (409).
    """
    proposal = await _with_ids(reply, Proposal(as_of=request.as_of, changes=request.changes))
    signature = Signature(
        decided_by=reply.signed(request.decided_by), reason=request.reason, waivers=request.waivers
    )

    async def question(graph: Graph) -> Answer[EffectsShape]:
        return await decide(graph, proposal, signature)

    return await reply.done(question, once=True, about=_ids(proposal))


@router.get("/decisions", summary="决定 / Decisions", responses=answers(Answered[list[DecisionShape]]))
async def decisions(reply: ReplyDep) -> Response:
    """任免决定的记录，最近的在前。 Decisions that were carried out, the latest first."""

    async def question(graph: Graph) -> Answer[list[DecisionShape]]:
        codes = {graph.catalogue[name].rule.code for name in withheld_rules(graph)}
        found = [
            row_as(DecisionShape, asdict(without_findings(decision, codes)))
            for decision in await read_decisions(graph)
            if all(_seen(graph, v) for change in decision.changes for v in change.values())
        ]
        version, withheld = await graph.version(), withheld_rules(graph)
        return Answer(found, graph.stamp([], {}, version, len(found), withheld=withheld))

    return await reply.whole(question, ledgered=True, judged=True)


@router.get("/waivers", summary="豁免 / Waivers", responses=answers(Answered[list[WaiverShape]]))
async def waivers(reply: ReplyDep, as_of: AsOf = None) -> Response:
    """豁免：不给日期为全部，给日期为当日有效的。 All waivers, or those in force on a day."""

    async def question(graph: Graph) -> Answer[list[WaiverShape]]:
        answer = await read_waivers(graph, as_of)
        kept = [w for w in answer.data if _seen(graph, w["finding"])]
        return Answer(kept, replace(answer.stamp, rows=len(kept)))

    return await reply.whole(question, ledgered=True, judged=True)


@router.post(
    "/waivers", summary="登记豁免 / Waive", responses=answers(Answered[WaiverShape]), dependencies=DECIDES
)
async def new_waiver(
    reply: ReplyDep,
    request: Annotated[
        WaiverRequest,
        Body(
            examples=[
                {
                    "finding": "R15:oc-990101-009",
                    "reason": "换届筹备中",
                    "until": "2026-01-01",
                    "decided_by": "组织部示例科",
                }
            ]
        ),
    ],
) -> Response:
    """对现有的一项不符合登记豁免。 Let one standing finding be, with a reason and an end date."""
    excuse = Excuse(finding=request.finding, reason=request.reason, until=request.until)
    return await reply.done(
        lambda graph: waive(graph, excuse, reply.signed(request.decided_by), request.since),
        once=True,
        about=[request.finding],
    )


@router.post(
    "/waivers/{waiver}/end",
    summary="终止豁免 / End a waiver",
    responses=answers(Answered[WaiverShape]),
    dependencies=DECIDES,
)
async def ended_waiver(
    reply: ReplyDep,
    service: ServiceDep,
    waiver: Annotated[str, Path(description="豁免编号 / id of the waiver", examples=["0" * 24])],
    until: Annotated[date | None, Body(embed=True)] = None,
) -> Response:
    """提前终止豁免，默认从今天起。 End a waiver before its time, from today on by default."""
    known = await service.graph.ledger.waivers()
    about = [w.finding for w in known if w.id == waiver]
    return await reply.done(lambda graph: end_waiver(graph, waiver, until), once=True, about=about)


async def _with_ids(reply: Reply, proposal: Proposal) -> Proposal:
    """A proposal with ids in the place of names; who is limited to an area finds what lies in it, no more."""
    given = proposal.model_dump(mode="json", exclude_none=True)
    if all(is_id(c[name]) for c in given["changes"] for name in ("person", "body") if name in c):
        return proposal
    return read_proposal(await reply.meant(lambda graph: with_ids(graph, given)))


def _ids(proposal: Proposal) -> list[str]:
    """Everything that a proposal names, to see whether it lies in the caller's area."""
    given = [c.model_dump(mode="json", include=_NAMING) for c in proposal.changes]
    return [value for change in given for value in change.values()]


def _seen(graph: Graph, value: object) -> bool:
    """Whether a caller who is limited to an area may see what a record names."""
    return bool(graph.viewer.withhold(value) == value)
