"""Reports: tables, differences, a workbook, a document, a page of one body."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from starlette.responses import HTMLResponse, Response

from api.documents.envelope_shapes import Paged, answers
from api.http.dependencies import AsOf, PageDep, ReplyDep, Scope, ScopeDep, Text, blank_means
from api.http.files import disposition
from api.http.reply import Reply
from api.routers.calendar import Days
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.rows import rows_as
from graph.reports.body import read_body
from graph.reports.calendar import DAYS
from graph.reports.compose import Report, compose_report
from graph.reports.crosstab import read_report
from graph.reports.difference import Comparison, read_difference
from graph.reports.document import TITLE
from graph.reports.files import MEDIA, ReportFormat, make_file
from graph.reports.page import STYLE_HASH, render_body
from graph.reports.shapes import BodyPage, By, Change, DifferenceShape, ReportChangeRow, ReportRow
from graph.reports.tables.sheets import MEDIA_TYPE
from graph.store import Row

router = APIRouter(tags=["rules"])

POLICY = (
    f"default-src 'none'; style-src '{STYLE_HASH}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""The page's own style and nothing else: no script, no picture, no other address."""

FILE: dict[int | str, dict[str, Any]] = {200: {"description": "文件 / the file itself"}}

MadeBy = Annotated[Text, Query(description="制表人，写在首页上 / who makes it, for the first page")]


class WorkbookResponse(Response):
    """An .xlsx file, as the OpenAPI document names it."""

    media_type = MEDIA_TYPE


@dataclass(frozen=True)
class Made:
    """How a report is made: for which day, how many days ahead, by whom."""

    as_of: date | None
    days: int
    made_by: str | None


@router.get("/reports", summary="汇总 / Report", responses=answers(Paged[list[ReportRow]]))
async def report(
    *,
    reply: ReplyDep,
    page: PageDep,
    scope: ScopeDep,
    by: Annotated[
        By, blank_means("rule"), Query(description="按什么汇总 / by what", examples=["area"])
    ] = "rule",
    as_of: AsOf = None,
) -> Response:
    """按规则、辖区、等级或组织汇总核查结论，带分母。 Findings by rule, area, severity or body.

    一行计入其辖区及各级上级辖区，计入其涉及的每个组织；尚有未知时不给出比例。
    A row counts in its area and in those above, and for every body that it is about. There is no
    share while anything is unknown.
    """

    async def question(graph: Graph) -> Answer[list[ReportRow]]:
        return await read_report(graph, by, area=await scope.find(graph), as_of=as_of)

    return await reply.rows(question, page, ledgered=True, judged=True)


@router.get(
    "/reports/workbook",
    summary="工作簿（Excel）/ Excel workbook",
    response_class=WorkbookResponse,
    responses=FILE,
)
async def workbook(
    *, reply: ReplyDep, scope: ScopeDep, days: Days = DAYS, made_by: MadeBy = None, as_of: AsOf = None
) -> Response:
    """首页、各项汇总、未知、届期日历、各辖区清单、技术说明。 First page, tables, unknown, calendar, lists.

    出处在 Cobuild-Stamp 头中，也在技术说明中。
    The stamp is in the header Cobuild-Stamp and on the last sheet.
    """
    return await _handed_in(reply, scope, "xlsx", Made(as_of, days, made_by))


@router.get("/reports/document", summary="报告（Word、PDF）/ Report", responses=FILE)
async def document(
    *,
    reply: ReplyDep,
    scope: ScopeDep,
    kind: Annotated[
        Literal["docx", "pdf"],
        blank_means("docx"),
        Query(alias="format", description="文件格式 / kind of file", examples=["pdf"]),
    ] = "docx",
    days: Days = DAYS,
    made_by: MadeBy = None,
    as_of: AsOf = None,
) -> Response:
    """一份可上交的报告：结论、图、最严重的不符合项、各表、出处。 A report to hand in, as Word or PDF.

    与工作簿同一内容；PDF 内嵌中文字体。 The same as the workbook; the PDF embeds its Chinese font.
    """
    return await _handed_in(reply, scope, kind, Made(as_of, days, made_by))


async def _handed_in(reply: Reply, scope: Scope, kind: ReportFormat, wanted: Made) -> Response:
    async def question(graph: Graph) -> Answer[tuple[Report, bytes]]:
        answer = await compose_report(
            graph, area=await scope.find(graph), as_of=wanted.as_of, days=wanted.days, made_by=wanted.made_by
        )
        made = await asyncio.to_thread(make_file, answer.data, kind, fonts=graph.settings.fonts)
        return Answer((answer.data, made), answer.stamp)

    def named(answer: Answer[tuple[Report, bytes]]) -> dict[str, str]:
        return {"Content-Disposition": _disposition(answer.data[0], kind)}

    return await reply.bare(
        question,
        lambda answer: bytes(answer.data[1]),
        media=MEDIA[kind],
        more=named,
        ledgered=True,
        judged=True,
    )


@router.get(
    "/reports/difference", summary="两次核查的差异 / Difference", responses=answers(Paged[DifferenceShape])
)
async def difference(
    *,
    reply: ReplyDep,
    page: PageDep,
    scope: ScopeDep,
    from_: Annotated[
        str,
        Query(
            alias="from",
            description="日期或核查记录的编号 / a date, or the id of a kept run",
            examples=["2025-01-01"],
        ),
    ],
    to: Annotated[
        Text,
        Query(
            description="日期或核查记录的编号，默认今天 / a date or a kept run, today if absent",
            examples=["2025-06-30"],
        ),
    ] = None,
    change: Annotated[
        Change | None,
        blank_means(None),
        Query(description="只列此类变化 / only rows of this kind", examples=["new"]),
    ] = None,
) -> Response:
    """按不符合项的固定编号比较：新增、消除、仍在和其他结论变化。 New, gone, staying, changed.

    双方数据版本、辖区、规则修订或设置不同时，differs 予以说明；counts 不受 change 和分页影响。
    `differs` says when data version, area, rule revisions or settings are not the same on both
    sides; `counts` counts all rows, whatever page and `change` are asked for.
    """
    found: list[Comparison] = []

    async def question(graph: Graph) -> Answer[DifferenceShape]:
        area = await scope.find(graph)
        answer, compared = await read_difference(graph, from_, to, area=area, change=change)
        found[:] = [compared]
        return answer

    async def finish(graph: Graph, rows: list[Row]) -> None:
        await found[0].name(graph, rows_as(ReportChangeRow, rows))

    # Names need both sides with all their rows, which are too much to be kept.
    return await reply.rows(question, page, finish=finish, ledgered=True, judged=True, shelved=False)


@router.get(
    "/reports/bodies/{id}", summary="一个组织的情况 / One body", response_class=HTMLResponse, responses=FILE
)
async def body(
    reply: ReplyDep,
    id: Annotated[  # noqa: A002 - the name in the path
        str, Path(description="组织编号 / id of a body", examples=["oc-990101-009"], max_length=200)
    ],
    as_of: AsOf = None,
) -> Response:
    """可打印的网页：任职、任期、交叉任职、核查结论及尚不清楚的。 A page to print, of one body."""

    async def question(graph: Graph) -> Answer[BodyPage]:
        return await read_body(graph, id, as_of=as_of)

    return await reply.bare(
        question,
        lambda answer: render_body(answer).encode(),
        media="text/html",
        more=lambda _: {"Content-Security-Policy": POLICY},
        ledgered=True,
        judged=True,
        about=[id],
    )


def _disposition(report: Report, kind: ReportFormat) -> str:
    stamp: Any = report.stamp
    plain = f"cobuild-{stamp.area or 'all'}-{stamp.as_of}.{kind}"
    return disposition(plain, f"{TITLE}-{report.place}-{stamp.as_of}.{kind}")
