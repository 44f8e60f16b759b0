"""Coverage in three states, its change over time, and the gaps one by one."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BeforeValidator, Field
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, Paged, answers
from api.http.dependencies import AsOf, PageDep, ReplyDep, ScopeDep, Text, blank_means, read_day
from api.http.files import FILES, ChosenDep, FormatOption, give_file
from graph.coverage.compare import find_changes
from graph.coverage.count import find_coverage
from graph.coverage.gaps import MAX_CLOSERS, describe_gap, find_gaps
from graph.coverage.series import find_series
from graph.coverage.shapes import ChangeCounts, CoverageRow, GapRow, GapShape, SeriesRow, State
from graph.coverage.table import COVERAGE, GAPS, table_rows
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.snapshot import Question
from graph.reports.tables.headings import WORDS
from graph.store import Row

router = APIRouter(tags=["coverage"])

Dimension = Annotated[
    Text,
    Query(
        description="覆盖维度，空为全部 / coverage dimension, all if absent", examples=["owners_committee"]
    ),
]
Month = r"^\d{4}-\d{2}$"
GapState = Annotated[
    State, blank_means("gap"), Query(description="状态，默认缺口 / state, gaps if absent", examples=["gap"])
]


def ask_coverage(
    scope: ScopeDep,
    dimension: Dimension = None,
    near: Annotated[
        bool,
        Query(
            description="只列本辖区及其下一级 / only the area and those directly below it", examples=[False]
        ),
    ] = False,
    as_of: AsOf = None,
) -> Question[list[CoverageRow]]:
    """The question of `/coverage` and of its file."""

    async def question(graph: Graph) -> Answer[list[CoverageRow]]:
        area = await scope.find(graph)
        return await find_coverage(graph, area=area, dimension=dimension, as_of=as_of, near=near)

    return question


def ask_gaps(
    scope: ScopeDep, dimension: Dimension = None, state: GapState = "gap", as_of: AsOf = None
) -> Question[list[GapRow]]:
    """The question of `/gaps` and of its file."""

    async def question(graph: Graph) -> Answer[list[GapRow]]:
        area = await scope.find(graph)
        return await find_gaps(graph, area=area, dimension=dimension, state=state, as_of=as_of)

    return question


CoverageAsked = Annotated[Question[list[CoverageRow]], Depends(ask_coverage)]
GapsAsked = Annotated[Question[list[GapRow]], Depends(ask_gaps)]


@router.get("/coverage", summary="覆盖 / Coverage", responses=answers(Paged[list[CoverageRow]]))
async def coverage(reply: ReplyDep, page: PageDep, asked: CoverageAsked) -> Response:
    """各维度在各辖区的覆盖、缺口和未知数。 Per dimension and area: covered, gap and unknown.

    只有台账齐全时才给出比例；公布数字与图中计数并列，说明差异，不计为记录。 Shares are given only
    where a register closes the total; published figures stand beside, and never become counts.
    """
    return await reply.rows(asked, page, judged=True)


@router.get(
    "/coverage/export", summary="覆盖文件 / Coverage as a file", responses=FILES, response_class=Response
)
async def export_coverage(
    reply: ReplyDep, chosen: ChosenDep, asked: CoverageAsked, kind: FormatOption = "xlsx"
) -> Response:
    """各维度在各辖区的覆盖、缺口和未知数，写成工作簿或 CSV。 Coverage, all rows as a file."""

    async def question(graph: Graph) -> Answer[list[Row]]:
        found = await asked(graph)
        return Answer(table_rows(found.data), found.stamp)

    return await give_file(
        reply, question, kind, title="覆盖情况", name="coverage", columns=COVERAGE, chosen=chosen, judged=True
    )


@router.get(
    "/coverage/changes", summary="覆盖变化 / Changes of coverage", responses=answers(Paged[ChangeCounts])
)
async def changes(
    *,
    reply: ReplyDep,
    page: PageDep,
    scope: ScopeDep,
    from_: Annotated[
        date,
        BeforeValidator(read_day),
        Query(alias="from", description="起始日 / first day", examples=["2024-06-30"]),
    ],
    to: Annotated[
        date | None,
        BeforeValidator(read_day),
        Query(description="截止日，默认今天 / last day, today if absent", examples=["2025-06-30"]),
    ] = None,
    dimension: Dimension = None,
) -> Response:
    """两日之间的变化：新覆盖、新缺口、新未知、不再统计。 What changed between two days.

    counts 为该辖区及直属下级的计数；rows 为状态有变的对象。 `counts` are of the area and those
    directly below it, `rows` the subjects whose state changed.
    """

    async def question(graph: Graph) -> Answer[ChangeCounts]:
        area = await scope.find(graph)
        return await find_changes(graph, since=from_, until=to, area=area, dimension=dimension)

    return await reply.rows(question, page, judged=True)


@router.get(
    "/coverage/series", summary="逐月覆盖 / Coverage by month", responses=answers(Paged[list[SeriesRow]])
)
async def series(
    *,
    reply: ReplyDep,
    page: PageDep,
    scope: ScopeDep,
    from_: Annotated[
        str,
        Field(pattern=Month),
        Query(alias="from", description="起始月 / first month", examples=["2024-07"]),
    ],
    to: Annotated[str, Field(pattern=Month), Query(description="截止月 / last month", examples=["2025-06"])],
    dimension: Dimension = None,
) -> Response:
    """一个辖区每月 1 日的覆盖，至多 120 个月。 Counts of one area on the first of every month."""

    async def question(graph: Graph) -> Answer[list[SeriesRow]]:
        area = await scope.require(graph)
        return await find_series(graph, from_, to, area=area, dimension=dimension)

    return await reply.rows(question, page, judged=True)


@router.get("/gaps", summary="缺口 / Gaps", responses=answers(Paged[list[GapRow]]))
async def gaps(reply: ReplyDep, page: PageDep, asked: GapsAsked) -> Response:
    """处于某一状态的对象及证据，默认为缺口。 The subjects in one state, with their evidence."""
    return await reply.rows(asked, page, judged=True)


@router.get("/gaps/export", summary="缺口文件 / Gaps as a file", responses=FILES, response_class=Response)
async def export_gaps(
    *,
    reply: ReplyDep,
    chosen: ChosenDep,
    asked: GapsAsked,
    state: GapState = "gap",
    kind: FormatOption = "xlsx",
) -> Response:
    """某一状态的对象及证据，写成工作簿或 CSV。 The subjects in one state, as a file."""
    title = f"覆盖：{WORDS[state]}清单"
    return await give_file(
        reply, asked, kind, title=title, name="gaps", columns=GAPS, chosen=chosen, judged=True
    )


@router.get(
    "/gaps/{dimension}/{subject}", summary="一个缺口 / One gap", responses=answers(Answered[GapShape])
)
async def gap(
    *,
    reply: ReplyDep,
    dimension: Annotated[str, Path(description="覆盖维度 / dimension", examples=["party_branch"])],
    subject: Annotated[
        str, Path(description="对象编号，# 写作 %23 / subject of a row of /gaps", examples=["q-990101-005"])
    ],
    minutes: Annotated[
        float,
        Field(ge=1, le=120),
        blank_means(15.0),
        Query(description="步行上限（分钟） / reach on foot, minutes", examples=[15]),
    ] = 15.0,
    metres: Annotated[
        float,
        Field(ge=1, le=20_000),
        blank_means(1000.0),
        Query(description="直线距离上限（米） / reach in a straight line", examples=[1000]),
    ] = 1000.0,
    limit: Annotated[
        int,
        Field(ge=1, le=MAX_CLOSERS),
        blank_means(5),
        Query(description="每类至多几个 / how many of each kind", examples=[5]),
    ] = 5,
    as_of: AsOf = None,
) -> Response:
    """缺什么、自何时、涉及谁、触及哪些规则、谁可补缺。 One gap: what, since when, whom, who could.

    人员只给人数，除非显示个人信息。 Persons are only counted unless personal data is shown.
    """

    async def question(graph: Graph) -> Answer[GapShape]:
        return await describe_gap(
            graph, dimension, subject, as_of=as_of, minutes=minutes, metres=metres, limit=limit
        )

    return await reply.whole(question, judged=True, about=[subject])
