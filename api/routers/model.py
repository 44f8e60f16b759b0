"""The model as JSON, and as a workbook to fill in."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, answers
from api.documents.listings import describe_model
from api.http.dependencies import ReplyDep, Text, split_list
from api.http.files import disposition
from graph.loading.excel.template import make_template
from graph.model.shapes import ModelShape
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reports.tables.sheets import MEDIA_TYPE

router = APIRouter(tags=["model"])


class SheetResponse(Response):
    """An .xlsx file, as the OpenAPI document names it."""

    media_type = MEDIA_TYPE


@router.get("/model", summary="模型 / The model", responses=answers(Answered[ModelShape]))
async def model(reply: ReplyDep) -> Response:
    """节点、关系、属性和枚举，各有中英文名称。 Node and edge types, properties, enumerations."""
    return await reply.whole(describe_model, judged=True)


@router.get(
    "/template",
    summary="导入模板（Excel）/ Template of the import",
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
