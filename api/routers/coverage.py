"""Coverage in three states, and the gaps one by one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.dependencies import AsOf, PageDep, ReplyDep, ScopeDep, Text, blank_means
from api.shapes import CoverageRow, GapRow, Paged, State, answers
from graph.answers import Answer, Graph
from graph.coverage.count import find_coverage
from graph.coverage.gaps import find_gaps

router = APIRouter(tags=["coverage"])

Dimension = Annotated[
    Text,
    Query(
        description="覆盖维度，空为全部 / coverage dimension, all if absent",
        examples=["owners_committee"],
    ),
]


@router.get("/coverage", summary="覆盖 / Coverage", responses=answers(Paged[list[CoverageRow]]))
async def coverage(
    reply: ReplyDep, page: PageDep, scope: ScopeDep, dimension: Dimension = None,
    as_of: AsOf = None,
) -> Response:  # fmt: skip
    """各维度在各辖区的覆盖、缺口和未知数。 Per dimension and area: covered, gap and unknown.

    只有台账齐全时才给出比例。 Shares are given only where a register closes the total.
    """

    async def question(graph: Graph) -> Answer:
        area = await scope.find(graph)
        return await find_coverage(graph, area=area, dimension=dimension, as_of=as_of)

    return await reply.rows(question, page)


@router.get("/gaps", summary="缺口 / Gaps", responses=answers(Paged[list[GapRow]]))
async def gaps(
    *, reply: ReplyDep, page: PageDep, scope: ScopeDep, dimension: Dimension = None,
    state: Annotated[
        State,
        blank_means("gap"),
        Query(description="状态，默认缺口 / state, gaps if absent", examples=["gap"])
    ] = "gap",
    as_of: AsOf = None,
) -> Response:  # fmt: skip
    """处于某一状态的对象及证据，默认为缺口。 The subjects in one state, with their evidence."""

    async def question(graph: Graph) -> Answer:
        area, shown = await scope.find(graph), graph.settings.show_personal
        return await find_gaps(graph, area=area, dimension=dimension, state=state,
                               as_of=as_of, show_personal=shown)  # fmt: skip

    return await reply.rows(question, page)
