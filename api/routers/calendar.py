"""The calendar: which terms and contracts end soon."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field
from starlette.responses import Response

from api.documents.envelope_shapes import Paged, answers
from api.http.dependencies import AsOf, PageDep, ReplyDep, ScopeDep, blank_means
from api.http.files import FILES, ChosenDep, FormatOption, give_file
from graph.labels import headings
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.snapshot import Question
from graph.reports.calendar import DAYS, MOST_DAYS, read_calendar
from graph.reports.shapes import CalendarRow

router = APIRouter(prefix="/reports/calendar", tags=["rules"])

HEADINGS = headings(CalendarRow)
Days = Annotated[
    int,
    Field(ge=1, le=MOST_DAYS),
    blank_means(DAYS),
    Query(description="今后多少天内 / how many days ahead", examples=[180]),
]


def ask_calendar(scope: ScopeDep, days: Days = DAYS, as_of: AsOf = None) -> Question[list[CalendarRow]]:
    """The question of `/reports/calendar` and of its file."""

    async def question(graph: Graph) -> Answer[list[CalendarRow]]:
        return await read_calendar(graph, days=days, area=await scope.find(graph), as_of=as_of)

    return question


CalendarAsked = Annotated[Question[list[CalendarRow]], Depends(ask_calendar)]


@router.get("", summary="届期日历 / Calendar of terms", responses=answers(Paged[list[CalendarRow]]))
async def calendar(reply: ReplyDep, page: PageDep, asked: CalendarAsked) -> Response:
    """今后若干天内届满的任期和物业合同，按日期。 Terms and contracts that end soon, by the day."""
    return await reply.rows(asked, page, judged=True)


@router.get(
    "/export", summary="届期日历文件 / Calendar of terms as a file", responses=FILES, response_class=Response
)
async def export_calendar(
    reply: ReplyDep, chosen: ChosenDep, asked: CalendarAsked, kind: FormatOption = "xlsx"
) -> Response:
    """今后若干天内届满的任期和合同，写成工作簿或 CSV。 Terms and contracts that end soon, as a file."""
    return await give_file(
        reply, asked, kind, title="届期日历", name="calendar", columns=HEADINGS, chosen=chosen, judged=True
    )
