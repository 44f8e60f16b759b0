"""The closing plan of an area, and analyses of its network."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, Paged, answers
from api.http.dependencies import AsOf, PageDep, ReplyDep, ScopeDep, blank_means
from graph.coverage.plan import find_plan
from graph.coverage.plan.shapes import PlanShape, Reach
from graph.paths.network import analyse
from graph.paths.shapes import Analysis, AnalysisRow
from graph.reading.answer import Answer
from graph.reading.graph import Graph

router = APIRouter(tags=["plans"])

ReachQuery = Annotated[
    Reach,
    blank_means("subdistrict"),
    Query(description="邀请范围：社区或街道 / whence units are invited", examples=["subdistrict"]),
]
KindPath = Annotated[Analysis, Path(description="分析 / analysis", examples=["cut_points"])]


@router.get("/plan", summary="消除缺口方案 / Closing plan", responses=answers(Answered[PlanShape]))
async def plan(
    *,
    reply: ReplyDep,
    scope: ScopeDep,
    reach: ReachQuery = "subdistrict",
    amount: Annotated[
        float,
        Field(gt=0),
        blank_means(1.0),
        Query(description="每次对接占用的容量 / what one match takes of a capacity", examples=[1]),
    ] = 1.0,
    unknown_room: Annotated[
        int,
        Field(ge=0, le=1000),
        blank_means(1),
        Query(
            description="容量不详的资源可再对接的需求数 / needs that a resource of unknown capacity meets",
            examples=[1],
        ),
    ] = 1,
    as_of: AsOf = None,
) -> Response:
    """邀请哪些单位、如何对接，可消除最多的缺口；每一步有其作用。 Invitations and matches.

    消除数为最大可能；邀请中没有多余的。 It closes as many as can be, and no invitation is needless.
    """

    async def question(graph: Graph) -> Answer[PlanShape]:
        area = await scope.require(graph)
        return await find_plan(
            graph, area, reach=reach, amount=amount, unknown_room=unknown_room, as_of=as_of
        )

    return await reply.whole(question, judged=True)


@router.get("/analyses/{kind}", summary="网络分析 / Analyses", responses=answers(Paged[list[AnalysisRow]]))
async def analyses(
    reply: ReplyDep, page: PageDep, kind: KindPath, scope: ScopeDep, as_of: AsOf = None
) -> Response:
    """中心性、分组、关键节点、依赖关系。 Centrality, groups, cut points, dependence."""

    async def question(graph: Graph) -> Answer[list[AnalysisRow]]:
        area = await scope.require(graph)
        return await analyse(graph, kind, area, as_of=as_of)

    return await reply.rows(question, page)
