"""Areas: the tree, and one area with what is in it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, Paged, answers
from api.http.dependencies import AsOf, PageDep, ReplyDep
from graph.reading.nodes import describe_area, list_areas
from graph.reading.shapes import AreaRow, AreaShape

router = APIRouter(prefix="/areas", tags=["areas"])


@router.get("", summary="行政区域 / Areas", responses=answers(Paged[list[AreaRow]]))
async def areas(reply: ReplyDep, page: PageDep, as_of: AsOf = None) -> Response:
    """全部行政区域及其上级。 Every area with the one above it on a day."""
    return await reply.rows(lambda graph: list_areas(graph, as_of=as_of), page)


@router.get("/{id}", summary="辖区概况 / One area", responses=answers(Answered[AreaShape]))
async def area(
    reply: ReplyDep,
    id: Annotated[  # noqa: A002 - the name in the path
        str, Path(description="辖区编号 / area id", examples=["990101001001"], max_length=200)
    ],
    as_of: AsOf = None,
) -> Response:
    """辖区的上级、下级、组织和适用的规则集。 What an area lies in, what lies in it, its bodies."""
    return await reply.whole(lambda graph: describe_area(graph, id, as_of=as_of))
