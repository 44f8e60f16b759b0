"""Answers as files for Excel, and the template of the import."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from api.http.dependencies import (
    AsOf,
    ReplyDep,
    ScopeDep,
    Sort,
    Text,
    Where,
    blank_means,
    get_service,
    refuse_repeated,
    split_list,
)
from api.http.files import (
    COLUMNS,
    FILES,
    FORMAT,
    ChosenDep,
    ColumnsOption,
    FormatOption,
    disposition,
    give_file,
    read_chosen,
)
from api.http.reply import Reply
from api.http.selection import SELECTING
from api.routers.coverage import Dimension
from api.routers.reports import Days
from api.routers.rules import OneVerdict, RuleText
from graph.catalogue.columns import COLUMNS_ZH
from graph.coverage.count import find_coverage
from graph.coverage.gaps import find_gaps
from graph.coverage.shapes import GapRow, State
from graph.coverage.table import COVERAGE, GAPS, table_rows
from graph.labels import headings
from graph.loading.excel.template import make_template
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reports.calendar import DAYS, read_calendar
from graph.reports.shapes import CalendarRow
from graph.reports.tables.headings import WORDS
from graph.reports.tables.sheets import MEDIA_TYPE
from graph.rules.check import check_rules
from graph.rules.shapes import CheckRow
from graph.store import Row

CHECKS = headings(CheckRow)
CALENDAR = headings(CalendarRow)

router = APIRouter()
open_router = APIRouter(prefix="/queries", tags=["queries"])
"""Apart from `router` because the query itself declares which parameters it knows."""


class SheetResponse(Response):
    """An .xlsx file, as the OpenAPI document names it."""

    media_type = MEDIA_TYPE


@open_router.get(
    "/{name}/export",
    summary="查询结果文件 / A query's rows as a file",
    responses=FILES,
    response_class=Response,
)
async def export_query(
    *,
    request: Request,
    name: Annotated[str, Path(description="查询名称 / name of the query", examples=["party_members_needed"])],
    where: Where = None,
    sort: Sort = None,
    columns: ColumnsOption = None,
    kind: FormatOption = "xlsx",
) -> Response:
    """按名称运行查询，全部行写成工作簿或 CSV。 Run a query by name; all rows as a file.

    参数同查询本身。 Parameters are those of the query.
    """
    await refuse_repeated(request)
    reply = Reply(await get_service(request), request)
    chosen = read_chosen(where, sort, columns)
    given = {n: v for n, v in request.query_params.items() if n not in (FORMAT, COLUMNS, *SELECTING)}
    service = await get_service(request)
    found = service.graph.catalogue[name]
    named = {column.name: COLUMNS_ZH[column.name] for column in found.columns}

    async def question(graph: Graph) -> Answer[list[Row]]:
        query = graph.catalogue[name]
        return await graph.ask(query, given)

    title = found.header.title_zh
    return await give_file(reply, question, kind, title=title, name=name, columns=named, chosen=chosen)


@router.get(
    "/coverage/export",
    summary="覆盖文件 / Coverage as a file",
    tags=["coverage"],
    responses=FILES,
    response_class=Response,
)
async def export_coverage(
    *,
    reply: ReplyDep,
    scope: ScopeDep,
    chosen: ChosenDep,
    dimension: Dimension = None,
    as_of: AsOf = None,
    kind: FormatOption = "xlsx",
) -> Response:
    """各维度在各辖区的覆盖、缺口和未知数，写成工作簿或 CSV。 Coverage, all rows as a file."""

    async def question(graph: Graph) -> Answer[list[Row]]:
        area = await scope.find(graph)
        found = await find_coverage(graph, area=area, dimension=dimension, as_of=as_of)
        return Answer(table_rows(found.data), found.stamp)

    return await give_file(
        reply, question, kind, title="覆盖情况", name="coverage", columns=COVERAGE, chosen=chosen, judged=True
    )


@router.get(
    "/gaps/export",
    summary="缺口文件 / Gaps as a file",
    tags=["coverage"],
    responses=FILES,
    response_class=Response,
)
async def export_gaps(
    *,
    reply: ReplyDep,
    scope: ScopeDep,
    chosen: ChosenDep,
    dimension: Dimension = None,
    state: Annotated[
        State,
        blank_means("gap"),
        Query(description="状态，默认缺口 / state, gaps if absent", examples=["gap"]),
    ] = "gap",
    as_of: AsOf = None,
    kind: FormatOption = "xlsx",
) -> Response:
    """某一状态的对象及证据，写成工作簿或 CSV。 The subjects in one state, as a file."""

    async def question(graph: Graph) -> Answer[list[GapRow]]:
        area = await scope.find(graph)
        return await find_gaps(graph, area=area, dimension=dimension, state=state, as_of=as_of)

    title = f"覆盖：{WORDS[state]}清单"
    return await give_file(
        reply, question, kind, title=title, name="gaps", columns=GAPS, chosen=chosen, judged=True
    )


@router.get(
    "/checks/export",
    summary="核查结果文件 / Checks as a file",
    tags=["rules"],
    responses=FILES,
    response_class=Response,
)
async def export_checks(
    *,
    reply: ReplyDep,
    scope: ScopeDep,
    chosen: ChosenDep,
    rule: RuleText = None,
    verdict: OneVerdict = None,
    as_of: AsOf = None,
    kind: FormatOption = "xlsx",
) -> Response:
    """核查结果及理由，写成工作簿或 CSV。 Judged rows with their reasons, as a file."""

    async def question(graph: Graph) -> Answer[list[CheckRow]]:
        area = await scope.find(graph)
        return await check_rules(graph, area=area, rule=rule, verdict=verdict, as_of=as_of)

    return await give_file(
        reply,
        question,
        kind,
        title="核查结果",
        name="checks",
        columns=CHECKS,
        chosen=chosen,
        ledgered=True,
        judged=True,
    )


@router.get(
    "/reports/calendar/export",
    summary="届期日历文件 / Calendar of terms as a file",
    tags=["rules"],
    responses=FILES,
    response_class=Response,
)
async def export_calendar(
    *,
    reply: ReplyDep,
    scope: ScopeDep,
    chosen: ChosenDep,
    days: Days = DAYS,
    as_of: AsOf = None,
    kind: FormatOption = "xlsx",
) -> Response:
    """今后若干天内届满的任期和合同，写成工作簿或 CSV。 Terms and contracts that end soon, as a file."""

    async def question(graph: Graph) -> Answer[list[CalendarRow]]:
        return await read_calendar(graph, days=days, area=await scope.find(graph), as_of=as_of)

    return await give_file(
        reply, question, kind, title="届期日历", name="calendar", columns=CALENDAR, chosen=chosen, judged=True
    )


@router.get(
    "/template",
    summary="导入模板（Excel）/ Template of the import",
    tags=["model"],
    responses={200: {"description": "文件 / the file itself"}},
    response_class=SheetResponse,
)
async def template(
    reply: ReplyDep,
    types: Annotated[
        Text,
        Query(
            description="哪些类型，逗号分隔，空为全部 / which types, all if absent",
            examples=["Quarter,HOLDS_POST"],
        ),
    ] = None,
) -> Response:
    """供填写的工作簿，用 cobuild load 导入。 An empty workbook to fill in, for `cobuild load`."""

    async def question(graph: Graph) -> Answer[bytes]:
        version = await graph.version()
        made = await asyncio.to_thread(make_template, split_list(types))
        return Answer(made, graph.stamp([], {"types": types}, version, 1))

    named = {"Content-Disposition": disposition("cobuild-template.xlsx", "导入模板.xlsx")}
    return await reply.bare(
        question, lambda answer: bytes(answer.data), media=MEDIA_TYPE, more=lambda _: named, judged=True
    )
