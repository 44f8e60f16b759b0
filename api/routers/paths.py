"""Resource paths from a need or a quarter."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from api.dependencies import AsOf, ReplyDep, Text, blank_means
from api.shapes import Answered, PathsShape, answers
from graph.modelling.vocabulary import ResourceCategory
from graph.paths import MAX_PATHS, find_paths

DEFAULT_PATHS = 5

router = APIRouter(tags=["paths"])


@router.get("/paths", summary="资源路径 / Resource paths", responses=answers(Answered[PathsShape]))
async def paths(
    reply: ReplyDep,
    source: Annotated[
        str,
        Query(description="需求或小区编号 / id of a need or quarter", examples=["n-990101-0001"]),
    ],
    category: Annotated[
        Text,
        Query(
            description="资源类别，空为该需求可对接的类别 / resource category, what would meet the "
            "need if absent",
            examples=["medical"],
            json_schema_extra={"enum": [c.value for c in ResourceCategory]},
        ),
    ] = None,
    k: Annotated[
        int,
        Field(ge=1, le=MAX_PATHS),
        blank_means(DEFAULT_PATHS),
        Query(description="路径条数 / how many paths", examples=[3]),
    ] = DEFAULT_PATHS,
    as_of: AsOf = None,
) -> Response:
    """从需求或小区到资源的最近路径，每一步有日期和来源。 The nearest paths, hop by hop."""
    return await reply.whole(
        lambda graph: find_paths(graph, source, category=category, k=k, as_of=as_of)
    )
