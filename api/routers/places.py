"""Places: what is loaded, and one place with its figures and its own questions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, answers
from api.documents.listings import list_places
from api.http.dependencies import AsOf, ReplyDep
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.place_questions import describe_place
from graph.reading.places import find_place
from graph.reading.shapes import PlaceRow, PlaceShape

router = APIRouter(prefix="/places", tags=["places"])


@router.get("", summary="地方 / Places", responses=answers(Answered[list[PlaceRow]]))
async def places(reply: ReplyDep) -> Response:
    """已导入的全部地方。 Every loaded place."""
    return await reply.whole(list_places)


@router.get("/{name}", summary="一个地方 / One place", responses=answers(Answered[PlaceShape]))
async def place(
    reply: ReplyDep,
    name: Annotated[
        str,
        Path(
            description="中文名（可简写）或目录名 / Chinese name, also short, or folder name",
            examples=["石鼓"],
        ),
    ],
    as_of: AsOf = None,
) -> Response:
    """公布的数字，以及该地自己的问题的现时答案。 Its figures and questions, answered now."""

    async def question(graph: Graph) -> Answer[PlaceShape]:
        found = await find_place(graph, name)
        return await describe_place(graph, found, as_of=as_of)

    return await reply.whole(question)
