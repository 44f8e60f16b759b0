"""Bounded views of the graph in the shapes of visualization libraries, and their legend."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import Field
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, answers
from api.http.dependencies import AsOf, ReplyDep, Text, blank_means, split_list
from graph.characters import BOM
from graph.errors import BadParameter
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.views import FORMATS, ViewLimits, Wanted, find_format, make_legend, read_view
from graph.views.shapes import GraphShape, LegendShape

router = APIRouter(tags=["graph"])

_FILES = {f.media: {"schema": {"type": "string"}} for f in FORMATS.values() if f.is_file}
DRAWN: dict[int | str, dict[str, Any]] = {200: {**answers(GraphShape)[200], "content": _FILES}}


def _example(value: str, zh: str, en: str) -> dict[str, Any]:
    # /docs takes the first one: nothing, for one of these parameters alone is to be given.
    nothing = {"summary": "不给 / not given", "value": ""}
    return {"nothing": nothing, "example": {"summary": f"{zh} / {en}", "value": value}}


async def _wanted(
    *,
    area: Annotated[Text, Query(description="辖区编号 / area id", examples=["990101001001"])] = None,
    node: Annotated[
        Text,
        Query(
            description="节点编号，及其周围 / node id, with what lies around it",
            openapi_examples=_example("q-990101-001", "一个小区", "a quarter"),
        ),
    ] = None,
    path: Annotated[
        Text,
        Query(
            description="需求、地方、组织等的编号，其资源路径 / need, place or body, its resource paths",
            openapi_examples=_example("n-990101-0001", "一项需求", "a need"),
        ),
    ] = None,
    appointments: Annotated[
        Text,
        Query(
            description="辖区编号，其组织间的交叉任职 / area id: which of its bodies share persons",
            openapi_examples=_example("990101001001", "一个社区", "a community"),
        ),
    ] = None,
    rings: Annotated[
        Text,
        Query(
            description="党组织或辖区编号，其大党委同心圆 / Party organization or area id: the "
            "extended committee in rings",
            openapi_examples=_example("po-990101-c01", "社区党组织", "of a community"),
        ),
    ] = None,
    map: Annotated[  # noqa: A002 - the name in the address
        Text,
        Query(
            description="辖区内小区的位置，按坐标 / quarters of an area by their coordinates",
            openapi_examples=_example("990101000000", "示例区", "the invented district"),
        ),
    ] = None,
    hops: Annotated[
        int | None,
        Field(ge=1, le=ViewLimits.most_hops),
        blank_means(None),
        Query(description="步数，用于 node，默认 1 / hops around node, 1 if absent"),
    ] = None,
    types: Annotated[
        Text,
        Query(
            description="关系类型，逗号分隔，用于 node，空为全部 / edge types around node, comma "
            "separated, all if absent",
            openapi_examples=_example("COVERS,SERVES", "覆盖和服务", "covers and serves"),
        ),
    ] = None,
    cap: Annotated[
        int | None,
        Field(ge=1, le=ViewLimits.most_cap),
        blank_means(None),
        Query(
            description=f"每个节点每类关系最多几条，用于 node，默认 {ViewLimits.cap} / most edges of a "
            "type per node, with node"
        ),
    ] = None,
    limit: Annotated[
        int | None,
        Field(ge=1, le=ViewLimits.most_nodes),
        blank_means(None),
        Query(description=f"最多节点数，默认 {ViewLimits.nodes} / most nodes", examples=[500]),
    ] = None,
    ended: Annotated[
        bool,
        blank_means(False),
        Query(description="含当日已终止的关系 / also ties that have ended", examples=[False]),
    ] = False,
    category: Annotated[
        Text,
        Query(
            description="资源类别，用于 path / resource category, with path",
            openapi_examples=_example("medical", "医疗", "medical"),
        ),
    ] = None,
) -> Wanted:
    return Wanted(
        area=area,
        node=node,
        path=path,
        appointments=appointments,
        rings=rings,
        map=map,
        hops=hops,
        types=split_list(types),
        cap=cap,
        limit=limit,
        ended=ended,
        category=category,
    )


@router.get("/graph", summary="图 / Graph", responses=DRAWN)
async def graph_view(
    *,
    reply: ReplyDep,
    wanted: Annotated[Wanted, Depends(_wanted)],
    format: Annotated[  # noqa: A002 - the name in the address
        str,
        blank_means("cytoscape"),
        Query(
            description="输出形状 / shape", examples=["cytoscape"], json_schema_extra={"enum": list(FORMATS)}
        ),
    ] = "cytoscape",
    bom: Annotated[
        bool,
        blank_means(False),
        Query(description="CSV 带字节顺序标记，供 Excel 打开 / CSV with a byte order mark"),
    ] = False,
    as_of: AsOf = None,
) -> Response:
    """图的一部分，供可视化库直接读取；六种视图取其一。 A part of the graph, loaded as it is.

    area、node、path、appointments、rings、map 恰好给出一个。回答不带外层，出处在 Cobuild-Stamp 头中，
    有所省略时 Cobuild-Truncated 为 true。graphml、gexf、csv、svg、html 为文件。
    Exactly one of area, node, path, appointments, rings and map. The answer is the library's own shape
    without envelope; the stamp is JSON in the header Cobuild-Stamp, Cobuild-Truncated says whether
    anything was left out. graphml, gexf, csv, svg and html are files.
    """
    found = find_format(format)
    if bom and not found.marked:
        marked = "、".join(f.name for f in FORMATS.values() if f.marked)
        raise BadParameter(
            f"bom 只用于 format={marked}。", f"bom goes with format={marked} only.", subject="bom"
        )
    name, of = wanted.view()

    async def question(graph: Graph) -> Answer[bytes]:
        answer = await read_view(graph, wanted, as_of=as_of)
        # A large document takes a while, and others are waiting.
        body = await asyncio.to_thread(found.write, answer.data)
        return Answer(BOM.encode() + body if bom else body, answer.stamp)

    def disposition(answer: Answer[bytes]) -> dict[str, str]:
        if not found.is_file:
            return {}
        file = f"cobuild-{name}-{of}-{answer.stamp.as_of}.{found.suffix}"
        return {"Content-Disposition": f'attachment; filename="{file}"'}

    return await reply.bare(question, lambda answer: bytes(answer.data), media=found.media, more=disposition)


@router.get("/graph/legend", summary="图例 / Legend", responses=answers(Answered[LegendShape]))
async def legend(reply: ReplyDep) -> Response:
    """每种节点、关系的名称、颜色和形状。 Name, colour and shape of every node and edge type.

    颜色为色觉障碍者也能分辨的配色；同色的类型形状（线型）不同。
    Colour-blind people can distinguish the colours; types of one colour differ in shape.
    """

    async def question(graph: Graph) -> Answer[LegendShape]:
        found = make_legend()
        rows = len(found["nodes"]) + len(found["edges"])
        return Answer(found, graph.stamp([], {}, await graph.version(), rows))

    return await reply.whole(question, judged=True)
