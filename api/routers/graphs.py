"""Bounded views of the graph in the shapes of visualization libraries."""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import APIRouter, Query
from starlette.responses import Response

from api.dependencies import AsOf, ReplyDep, Text, blank_means
from api.shapes import GraphShape, answers
from graph.answers import Answer, Graph
from graph.errors import BadParameter
from graph.views import FORMATS, shape, view_area, view_node, view_path

router = APIRouter(tags=["graph"])


@router.get("/graph", summary="图 / Graph", responses=answers(GraphShape))
async def graph_view(
    *,
    reply: ReplyDep,
    area: Annotated[
        Text, Query(description="辖区编号 / area id", examples=["990101001001"])
    ] = None,
    node: Annotated[
        Text, Query(description="节点编号，及其相邻节点 / node id, with its neighbours")
    ] = None,
    path: Annotated[
        Text, Query(description="需求或小区编号，其资源路径 / need or quarter, its resource paths")
    ] = None,
    format: Annotated[  # noqa: A002 - the name in the address
        str,
        blank_means("cytoscape"),
        Query(
            description="输出形状 / shape",
            examples=["cytoscape"],
            json_schema_extra={"enum": list(FORMATS)},
        ),
    ] = "cytoscape",
    as_of: AsOf = None,
) -> Response:
    """图的一部分，供可视化库直接读取；area、node、path 三者取一。 A part of the graph.

    回答不带外层，出处在 Cobuild-Stamp 头中，被截断时 Cobuild-Truncated 为 true。
    Exactly one of area, node and path. The answer is the library's own shape without envelope;
    the stamp is JSON in the header Cobuild-Stamp, Cobuild-Truncated says whether it was cut.
    """

    async def question(graph: Graph) -> Answer:
        match (area, node, path):
            case (str(), None, None):
                return await view_area(graph, area, as_of=as_of)
            case (None, str(), None):
                shown = graph.settings.show_personal
                return await view_node(graph, node, as_of=as_of, show_personal=shown)
            case (None, None, str()):
                return await view_path(graph, path, as_of=as_of)
        zh, en = "area、node、path 应恰好给出一个。", "give exactly one of area, node and path."
        raise BadParameter(zh, en, subject="area")

    return await reply.bare(question, lambda answer: orjson.dumps(shape(answer.data, format)))
