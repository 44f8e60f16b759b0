"""Saved queries: users' own, kept with an interface, run with the rights of who runs them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, answers
from api.http.dependencies import ReplyDep, ServiceDep
from api.http.doorkeeper import access_of, needs
from api.http.streaming import RowOption
from api.routers.cypher import ROWS, LimitsShape, run_query
from graph.ledger import SavedQuery
from graph.ledger.roles import Right
from graph.reading.adhoc import QueryLimits
from graph.reading.adhoc.guard import check_reading
from graph.reading.adhoc.saved import bind_saved
from graph.reading.answer import Answer
from graph.reading.graph import Graph

router = APIRouter(prefix="/saved", tags=["cypher"], dependencies=[Depends(needs(Right.cypher))])

Name = Annotated[
    str,
    Path(
        description="名称：先保存（PUT） / name: save one first (PUT)",
        examples=["my_quarters"],
        json_schema_extra={"x-listed": "/saved name"},
        pattern=r"^[a-z0-9_]{1,60}$",
    ),
]


class SavedParameter(BaseModel):
    """一个参数。 A parameter: its kind, its default if it has one, what it means."""

    model_config = ConfigDict(extra="forbid")

    type: Annotated[str, Field(pattern="^(string|int|float|bool|date|strings)$")]
    default: Any = None
    about: Annotated[str, Field(max_length=200)] = ""


READ_BY = "被共享者可见，勿写个人情况 / read by those it is shared with, so name no person's circumstances"


class SavedText(BaseModel):
    """要保存的查询。 A query to keep; `shared_with` names accounts, `*` is everybody."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[str, Field(min_length=1, max_length=200, description=READ_BY)]
    tags: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=20)] = []
    text: Annotated[str, Field(min_length=1, max_length=100_000, description=READ_BY)]
    parameters: Annotated[dict[str, SavedParameter], Field(max_length=50)] = {}
    shared_with: Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=100)] = []


class SavedShape(SavedText):
    """保存的查询。 A saved query."""

    name: str
    owner: str
    changed_at: str


class RunSavedQuery(BaseModel):
    """运行所用的参数和上限。 Parameters and limits of one run."""

    model_config = ConfigDict(extra="forbid")

    parameters: dict[str, Any] = Field(default_factory=dict)
    limits: LimitsShape = LimitsShape()


EXAMPLE = {
    "title": "小区名单",
    "tags": ["小区"],
    "text": "MATCH (q:Quarter) WHERE q.name CONTAINS $word RETURN q.id AS quarter, q.name AS name",
    "parameters": {"word": {"type": "string", "default": "", "about": "名称中的字"}},
    "shared_with": ["*"],
}


@router.get("", summary="保存的查询 / Saved queries", responses=answers(Answered[list[SavedShape]]))
async def saved_queries(request: Request, reply: ReplyDep) -> Response:
    """自己的和共享给自己的。 One's own, and those that are shared with one."""

    async def question(graph: Graph) -> Answer[list[SavedQuery]]:
        found = await graph.ledger.saved.list(access_of(request).caller)
        return Answer(found, graph.stamp([], {}, await graph.version(), len(found)))

    return await reply.whole(question, ledgered=True, judged=True)


@router.get("/{name}", summary="一个保存的查询 / One saved query", responses=answers(Answered[SavedShape]))
async def saved_query(request: Request, reply: ReplyDep, name: Name) -> Response:
    """查询全文和参数。 The text and its parameters."""

    async def question(graph: Graph) -> Answer[SavedQuery]:
        found = await graph.ledger.saved.find(name, access_of(request).caller)
        return Answer(found, graph.stamp([], {}, await graph.version(), 1))

    return await reply.whole(question, ledgered=True, judged=True)


@router.put("/{name}", summary="保存查询 / Save a query", responses=answers(Answered[SavedShape]))
async def save_query(
    request: Request, reply: ReplyDep, name: Name, given: Annotated[SavedText, Body(examples=[EXAMPLE])]
) -> Response:
    """保存或修改自己的查询；只读的才予保存。 Keep or change a query of your own; only what reads."""
    check_reading(given.text)
    caller = access_of(request).caller

    async def question(graph: Graph) -> Answer[SavedQuery]:
        query = SavedQuery(name=name, owner=caller.name, **given.model_dump())
        kept = await graph.ledger.saved.keep(query, caller)
        return Answer(kept, graph.stamp([], {}, await graph.version(), 1))

    return await reply.done(question)


@router.delete("/{name}", summary="删除查询 / Drop a query", responses=answers(Answered[SavedShape]))
async def drop_query(request: Request, reply: ReplyDep, name: Name) -> Response:
    """删除自己的查询。 Drop a query of your own."""

    async def question(graph: Graph) -> Answer[SavedQuery]:
        dropped = await graph.ledger.saved.drop(name, access_of(request).caller)
        return Answer(dropped, graph.stamp([], {}, await graph.version(), 1))

    return await reply.done(question)


@router.post("/{name}/run", summary="运行保存的查询 / Run a saved query", responses=ROWS)
async def run_saved(
    request: Request,
    service: ServiceDep,
    name: Name,
    asked: Annotated[RunSavedQuery, Body(examples=[{"parameters": {"word": "示例"}}])],
    format: RowOption = "json",  # noqa: A002 - the name in the address
) -> Response:
    """以运行者自己的权限运行。 Run with the rights of who runs it, not of who wrote it."""
    saved = await service.graph.ledger.saved.find(name, access_of(request).caller)
    parameters = bind_saved(saved, asked.parameters, today=service.graph.today())
    limits = QueryLimits(**asked.limits.model_dump())
    return await run_query(
        request, service, query=saved.text, parameters=parameters, limits=limits, kind=format
    )
