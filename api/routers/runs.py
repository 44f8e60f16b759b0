"""Kept runs: ids and verdicts of one day, to compare later ones with."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Depends
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, answers
from api.http.dependencies import ReplyDep, Scope
from api.http.doorkeeper import needs
from graph.ledger.roles import Right
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reports.kept import LONGEST, keep_run, list_runs
from graph.reports.shapes import RunRow

router = APIRouter(tags=["rules"])

ShortText = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class RunReport(BaseModel):
    """要保存的核查。 Which check to keep, under which title, by whom."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[
        ShortText,
        Field(description="标题；能查看该辖区的人都能看到，勿写个人情况 / read by all who may see the area"),
    ]
    made_by: ShortText
    area: str | None = None
    place: str | None = None
    as_of: date | None = None


@router.get("/runs", summary="保存的核查 / Kept runs", responses=answers(Answered[list[RunRow]]))
async def runs(reply: ReplyDep) -> Response:
    """保存的核查，最近的在前。 Kept checks, the latest first."""
    return await reply.whole(list_runs, ledgered=True, judged=True)


@router.post(
    "/runs",
    summary="保存一次核查 / Keep a run",
    responses=answers(Answered[RunRow]),
    dependencies=[Depends(needs(Right.decide))],
)
async def new_run(
    reply: ReplyDep,
    request: Annotated[
        RunReport,
        Body(
            examples=[
                {
                    "title": "2025 年上半年",
                    "made_by": "组织部示例科",
                    "place": "worked_example",
                    "as_of": "2025-06-30",
                }
            ]
        ),
    ],
) -> Response:
    """核查并保存结论，供以后比较；只存编号和结论。 Check, and keep ids and verdicts to compare."""

    async def question(graph: Graph) -> Answer[RunRow]:
        area = await Scope(request.area, request.place, reply.area).find(graph)
        made_by = reply.signed(request.made_by)
        return await keep_run(graph, request.title, made_by, area=area, as_of=request.as_of)

    return await reply.done(question, once=True)
