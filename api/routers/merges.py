"""Two things that turn out to be one: merged with all that hung on both, and taken apart again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, answers
from api.http.dependencies import ReplyDep, ServiceDep
from api.http.doorkeeper import needs
from graph.errors import ReasonNeeded
from graph.intake.bounds import set_inside
from graph.intake.merged import MergedRow, MergeShape, list_merges, shown_merge, shown_refusal
from graph.ledger.roles import NotAllowed, Right
from graph.loading.merging.carry_out import merge, take_apart
from graph.loading.merging.plan import MergeRefused, plan_merge
from graph.loading.turn import loading_turn
from graph.reading.answer import Answer
from graph.reading.graph import Graph

router = APIRouter(prefix="/merges", tags=["loads"], dependencies=[Depends(needs(Right.load))])

Id = Annotated[str, Field(min_length=1, max_length=80)]
Reason = Annotated[
    str,
    Field(
        min_length=1,
        max_length=500,
        description="理由，记入审计，管理员可见，勿写个人情况 / why, for the record, "
        "which administrators read: name no person's circumstances",
    ),
]


class PairText(BaseModel):
    """保留哪个，哪个并入。 Which one is kept, and which one becomes it."""

    model_config = ConfigDict(extra="forbid")

    kept: Id
    gone: Id


class MergeText(PairText):
    """合并及理由。 Which two, and why."""

    reason: Reason


class ApartText(BaseModel):
    """拆开的理由。 Why a merge is undone."""

    model_config = ConfigDict(extra="forbid")

    reason: Reason


PAIR = {"kept": "q-990101-001", "gone": "q-990101-002"}


@router.get("", summary="历次合并 / Merges", responses=answers(Answered[list[MergedRow]]))
async def merges(reply: ReplyDep) -> Response:
    """谁、何时、为何把哪两个合并，是否已拆开。 Who merged which two, when and why."""
    return await reply.whole(list_merges, judged=True)


@router.post("/check", summary="合并预检 / Check a merge", responses=answers(Answered[MergeShape]))
async def check_merge(reply: ReplyDep, sent: Annotated[PairText, Body(examples=[PAIR])]) -> Response:
    """合并会怎样，不写入：移过去的关系、两者不同的值。 What a merge would do; nothing is written.

    有几条关系、哪些值相同会透露个人信息：须写明理由（Cobuild-Reason）。
    How many ties there are and which values are the same reveals personal data: it takes a reason.
    """
    reply.note(about=f"{sent.kept} {sent.gone}")

    async def question(graph: Graph) -> Answer[MergeShape]:
        if not graph.viewer.gives(True):
            raise ReasonNeeded("gone")
        try:
            found = await plan_merge(graph.store, sent.kept, sent.gone)
        except MergeRefused as refused:
            raise shown_refusal(refused, sent.kept, sent.gone, graph.viewer) from None
        return Answer(shown_merge(found, graph.viewer), graph.stamp([], {}, found.version, 1))

    return await reply.done(question, about=[sent.kept, sent.gone])


@router.post("", summary="合并 / Merge", responses=answers(Answered[MergeShape]))
async def make_merge(
    reply: ReplyDep,
    service: ServiceDep,
    sent: Annotated[MergeText, Body(examples=[{**PAIR, "reason": "同一小区"}])],
) -> Response:
    """两个对象其实是一个：关系、别名、豁免、保存的核查都归到保留的那个；可以拆开。 Let two things be one."""
    reply.note(about=f"{sent.kept} {sent.gone}")
    local = reply.caller.via == "local"
    viewer = await service.copies.viewer(reply.area, personal=reply.personal, verdicts=local)

    async def question(graph: Graph) -> Answer[MergeShape]:
        with loading_turn(service.graph.settings):
            try:
                found = await merge(
                    graph.store,
                    graph.ledger,
                    sent.kept,
                    sent.gone,
                    reason=sent.reason,
                    who=reply.caller.signature,
                )
            except MergeRefused as refused:
                raise shown_refusal(refused, sent.kept, sent.gone, viewer) from None
        return Answer(shown_merge(found, viewer), graph.stamp([], {}, found.version, 1))

    return await reply.done(question, once=True, about=[sent.kept, sent.gone])


@router.post("/{number}/take-apart", summary="拆开 / Take apart", responses=answers(Answered[MergedRow]))
async def part(
    reply: ReplyDep,
    service: ServiceDep,
    number: Annotated[
        int, Path(description="第几次 / number of the merge", examples=[1]), Field(ge=1, le=2**31)
    ],
    sent: Annotated[ApartText, Body(examples=[{"reason": "是两个小区"}])],
) -> Response:
    """撤回合并，两者及其关系恢复原样；有后来的改动则拒绝并说明。 Take a merge back."""
    if reply.area is not None and not await set_inside(service.graph, number, reply.area):
        raise NotAllowed(
            f"第 {number} 次不都在您的辖区 {reply.area} 范围内。",
            f"{number} does not lie in your area {reply.area}.",
            subject="number",
        )

    async def question(graph: Graph) -> Answer[MergedRow]:
        with loading_turn(service.graph.settings):
            await take_apart(
                graph.store, graph.ledger, number, reason=sent.reason, who=reply.caller.signature
            )
        found = await list_merges(graph)
        row = next(r for r in found.data if r["number"] == number)
        return Answer(row, graph.stamp([], {}, found.stamp.data_version, 1))

    return await reply.done(question, once=True)
