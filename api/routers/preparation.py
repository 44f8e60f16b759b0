"""Preparation: everything found before anybody asks; how far it is, started, cancelled."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, answers
from api.http.dependencies import AsOf, ReplyDep, ServiceDep
from api.http.doorkeeper import needs
from api.http.preparer import Preparer
from graph.ledger.roles import Right
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.upkeep.prepare import cancel_preparation, read_preparation
from graph.upkeep.shapes import PreparationShape

router = APIRouter(prefix="/preparation", tags=["rules"])


class PreparationDay(BaseModel):
    """哪一天。 The day to prepare, today if absent."""

    model_config = ConfigDict(extra="forbid")

    as_of: AsOf = None


async def _told(graph: Graph) -> Answer[PreparationShape]:
    found = read_preparation(graph.settings)
    return Answer(found, graph.stamp([], {}, await graph.version(), 1))


@router.get("", summary="预先计算的进度 / Progress", responses=answers(Answered[PreparationShape]))
async def preparation(reply: ReplyDep) -> Response:
    """算到哪条规则、已有多少结果、预计还需多久。 Which file is asked, rows so far, expected seconds."""
    return await reply.done(_told)


@router.post(
    "",
    summary="开始预先计算 / Prepare",
    responses=answers(Answered[PreparationShape]),
    dependencies=[Depends(needs(Right.load))],
)
async def start(
    request: Request,
    reply: ReplyDep,
    given: Annotated[PreparationDay, Body(examples=[{"as_of": "2025-06-30"}])],
) -> Response:
    """算出全部核查和覆盖并保存；已在进行的不另起。 Everything found and kept; at most one at a time."""
    preparer: Preparer = request.app.state.preparer
    await preparer.start(given.as_of)
    return await reply.done(_told)


@router.delete(
    "",
    summary="取消预先计算 / Cancel",
    responses=answers(Answered[PreparationShape]),
    dependencies=[Depends(needs(Right.load))],
)
async def cancel(reply: ReplyDep, service: ServiceDep) -> Response:
    """算完正在算的一条即停；已算出的保留。 Stops after the file under way; what was found stays."""
    cancel_preparation(service.settings)
    return await reply.done(_told)
