"""Ad-hoc Cypher that only reads: guarded, limited, streamed, limited to what the caller may see."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.http.dependencies import ServiceDep
from api.http.doorkeeper import access_of, needs
from api.http.record import record
from api.http.service import Service
from api.http.streaming import MEDIA, ClientGone, RowKind, RowOption, RowsResponse, while_there
from graph.ledger.roles import Right
from graph.reading.adhoc import QueryLimits, Running, open_query

router = APIRouter(tags=["cypher"])

ROWS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "各行；逐行或 CSV 时边查边给 / the rows, as they come",
        "content": {media: {"schema": {"type": "string"}} for media in MEDIA.values()},
    }
}
GONE = 499
"""For a caller who has gone."""


class LimitsShape(BaseModel):
    """上限，只能调低。 Limits, which can only be lowered; `bytes` are those of JSON lines."""

    model_config = ConfigDict(extra="forbid")

    rows: int | None = Field(None, ge=1)
    seconds: float | None = Field(None, gt=0)
    bytes: int | None = Field(None, ge=1)


class CypherRequest(BaseModel):
    """查询、参数和上限。 The query, its parameters, its limits."""

    model_config = ConfigDict(extra="forbid")

    query: str
    parameters: dict[str, Any] = Field(default_factory=dict)
    limits: LimitsShape = LimitsShape()


EXAMPLE = {
    "query": "MATCH (q:Quarter) RETURN q.id AS quarter, q.name AS name ORDER BY quarter LIMIT $n",
    "parameters": {"n": 10},
    "limits": {"rows": 1000, "seconds": 10},
}


@router.post(
    "/cypher", summary="自由查询 / Ad-hoc Cypher", responses=ROWS, dependencies=[Depends(needs(Right.cypher))]
)
async def cypher(
    request: Request,
    service: ServiceDep,
    asked: Annotated[CypherRequest, Body(examples=[EXAMPLE])],
    format: RowOption = "json",  # noqa: A002 - the name in the address
) -> Response:
    """只读；不得查看个人信息或限于某辖区者，在相应的副本上运行。 Reads only.

    A caller who may not see personal data, or is limited to an area, asks a copy of the graph that holds
    nothing else. json 为 {columns, rows, rows_given, truncated, cut, notices, stamp}；jsonl 首行为列名，
    其后每行一个数组，末行为 end 或 error。
    json is one object; jsonl begins with the columns, then an array per line, then `end` (with
    stamp and `truncated`) or `error`; csv says on a last row what is missing.
    """
    limits = QueryLimits(**asked.limits.model_dump())
    return await run_query(
        request, service, query=asked.query, parameters=asked.parameters, limits=limits, kind=format
    )


async def run_query(
    request: Request,
    service: Service,
    *,
    query: str,
    parameters: dict[str, Any],
    limits: QueryLimits,
    kind: RowKind,
) -> Response:
    """Open the query for the caller, and stream it; nothing runs on when the caller has gone."""
    access = access_of(request)
    access.noted = {"query": query, "parameters": repr(parameters)}
    stack = AsyncExitStack()

    async def opened() -> Running:
        async with service.turns.turn(access.caller.name, request.scope["route"].path):
            return await begun()

    async def begun() -> Running:
        area = access.caller.area
        graph = service.graph
        if area is not None or not access.personal:
            copy = service.copies.open(area, personal=access.personal)
            graph = await stack.enter_async_context(copy)
        running = await stack.enter_async_context(
            open_query(graph, query, parameters, limits, personal=access.personal)
        )
        running.stamp = replace(running.stamp, scope=area)
        await running.begin()
        return running

    try:
        running = await while_there(request, opened())
    except ClientGone:
        await stack.aclose()
        return Response(status_code=GONE)
    except BaseException:
        await stack.aclose()
        raise
    access.version = running.stamp.data_version

    async def ended() -> None:
        access.rows = running.rows
        await record(service.graph.ledger, request.scope, access, None, note="ended")

    return RowsResponse(running, kind, stack, request.url.path, ended)
