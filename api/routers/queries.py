"""Named queries: the catalogue's list, one interface, and running one."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, Paged, answers
from api.documents.listings import describe_query, list_queries
from api.http.dependencies import (
    Counts,
    CursorText,
    Limit,
    Offset,
    ReplyDep,
    Sort,
    Where,
    get_service,
    make_page,
    refuse_repeated,
)
from api.http.files import COLUMNS, FILES, FORMAT, ColumnsOption, FormatOption, give_file, read_chosen
from api.http.paging import DEFAULT_LIMIT, PAGING
from api.http.reply import Reply
from api.http.selection import SELECTING
from graph.catalogue.columns import COLUMNS_ZH
from graph.catalogue.shapes import QueryDetail, QueryShape
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.open_dates import with_known_starts
from graph.store import Row

router = APIRouter(prefix="/queries", tags=["queries"])
open_router = APIRouter(prefix="/queries", tags=["queries"])
"""Apart from `router` because the query itself declares which parameters it knows."""

HELD = 1_000_000
"""Rows that are held in memory for their pages; more where an answer may have more as a whole."""

Name = Annotated[str, Path(description="查询名称 / name of the query", examples=["party_members_needed"])]


@router.get("", summary="查询目录 / Queries", responses=answers(Answered[list[QueryShape]]))
async def queries(reply: ReplyDep) -> Response:
    """目录中的全部查询及其接口。 Every query of the catalogue with its interface."""
    return await reply.whole(list_queries, judged=True)


@router.get("/{name}/interface", summary="查询接口 / Interface", responses=answers(Answered[QueryDetail]))
async def query_interface(reply: ReplyDep, name: Name) -> Response:
    """查询的参数、列、来源和全文。 Parameters, columns, source and text of a query."""
    return await reply.whole(lambda graph: describe_query(graph, name), judged=True)


@open_router.get("/{name}", summary="运行查询 / Run a query", responses=answers(Paged[list[dict[str, Any]]]))
async def run_query(
    *,
    request: Request,
    name: Name,
    limit: Limit = DEFAULT_LIMIT,
    cursor: CursorText = None,
    offset: Offset = 0,
    where: Where = None,
    sort: Sort = None,
    counts: Counts = None,
) -> Response:
    """按名称运行查询；参数见其接口，列表用逗号分隔。 Run a query of the catalogue by name.

    Parameters are those of its interface; lists are comma separated. `limit` and `cursor` choose the
    page, `where`, `sort` and `counts` among the rows. 未声明的参数不予接受。 Undeclared parameters are
    refused. 起始日不详时 since 为 null、since_known 为 false；没有终止日时 until 为 null。 A start that
    is not known is null.
    """
    # What is asked most: each dependency that FastAPI solves costs a tenth of a millisecond.
    await refuse_repeated(request)
    reply = Reply(await get_service(request), request)
    given = {n: v for n, v in request.query_params.items() if n not in (*PAGING, *SELECTING)}

    async def question(graph: Graph) -> Answer[list[Row]]:
        query = graph.catalogue[name]
        answer = await graph.ask(query, given, most=max(HELD, graph.settings.row_limit))
        return Answer(with_known_starts(answer.data), answer.stamp)

    return await reply.rows(question, make_page(limit, cursor, offset, where=where, sort=sort, counts=counts))


@open_router.get(
    "/{name}/export",
    summary="查询结果文件 / A query's rows as a file",
    responses=FILES,
    response_class=Response,
)
async def export_query(
    *,
    request: Request,
    name: Name,
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
        return await graph.ask(query, given, most=graph.settings.row_limit)

    title = found.header.title_zh
    return await give_file(reply, question, kind, title=title, name=name, columns=named, chosen=chosen)
