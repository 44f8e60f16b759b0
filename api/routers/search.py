"""Search: a thing by whatever a person types for it."""

from __future__ import annotations

from typing import Annotated, Any, cast

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.documents.envelope_shapes import Paged, answers
from api.http.dependencies import AsOf, PageDep, ReplyDep, Text, blank_means, split_list
from graph.reading.graph import Graph
from graph.reading.search import add_areas
from graph.reading.search import search as search_graph
from graph.reading.shapes import FoundRow

router = APIRouter(tags=["nodes"])


@router.get("/search", summary="查找 / Search", responses=answers(Paged[list[FoundRow]]))
async def search(
    *,
    reply: ReplyDep,
    page: PageDep,
    q: Annotated[
        str,
        Query(
            description="文字或编号，空格分隔，各词都要相符 / words or a number, all have to be found",
            examples=["示例 党支部"],
            max_length=200,
        ),
    ],
    types: Annotated[
        Text,
        Query(
            description="节点类型，逗号分隔，空为全部 / node types, comma separated, all if absent",
            examples=["Quarter,PartyOrganization"],
        ),
    ] = None,
    pinyin: Annotated[
        bool,
        blank_means(False),
        Query(description="字母也作拼音或拼音首字母查找 / letters are pinyin or first letters too"),
    ] = False,
    as_of: AsOf = None,
) -> Response:
    """按名称、编号、同义词、类别、说明查找；繁体、全角均可，“小区”“街道”“社区”可省。 Find a thing.

    found_by 说明依据；记录在前，公布的数字在后。个人信息被屏蔽时不查找人员；最多 1000 个，多于此时
    stamp.truncated 为 true。as_of 为所在辖区的日期。
    `found_by` says by what; records come before published figures. Persons are searched only where
    personal data is shown; at most 1000 nodes. The areas are those of the day `as_of`.
    """

    async def finish(graph: Graph, rows: list[dict[str, Any]]) -> None:
        await add_areas(graph, cast("list[FoundRow]", rows), as_of)

    return await reply.rows(
        lambda graph: search_graph(graph, q, types=split_list(types), as_of=as_of, pinyin=pinyin),
        page,
        finish=finish,
    )
