"""What is not known, turned round: which record would decide how many rows, thing by thing and by area."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from api.documents.envelope_shapes import Paged, answers
from api.http.dependencies import AsOf, PageDep, ReplyDep, ScopeDep, blank_means
from api.http.files import FILES, ChosenDep, FormatOption, give_file
from graph.labels import headings
from graph.model.vocabulary import AreaLevel
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.snapshot import Question
from graph.reports.missing import read_missing_report
from graph.reports.missing_areas import read_missing_by_area
from graph.reports.shapes import MissingAreaRow, MissingRow

router = APIRouter(prefix="/reports/missing", tags=["rules"])

HEADINGS = headings(MissingAreaRow)
LevelOption = Annotated[
    AreaLevel | None,
    blank_means(None),
    Query(
        description="哪一级的辖区，空为下一级 / areas of this level; those directly below if absent",
        examples=["community"],
    ),
]


def ask_by_area(
    scope: ScopeDep, level: LevelOption = None, as_of: AsOf = None
) -> Question[list[MissingAreaRow]]:
    """The question of `/reports/missing/areas` and of its file."""

    async def question(graph: Graph) -> Answer[list[MissingAreaRow]]:
        return await read_missing_by_area(graph, area=await scope.find(graph), level=level, as_of=as_of)

    return question


ByAreaAsked = Annotated[Question[list[MissingAreaRow]], Depends(ask_by_area)]


@router.get("", summary="未知及所缺记录 / What is not known", responses=answers(Paged[list[MissingRow]]))
async def missing(*, reply: ReplyDep, page: PageDep, scope: ScopeDep, as_of: AsOf = None) -> Response:
    """哪些台账或数值补齐后，多少项“未知”即可判定。 Which record would settle how many verdicts.

    rows 为涉及的核查项数，alone 为其中只缺这一项的。 `rows` name it, `alone` miss nothing else.
    """

    async def question(graph: Graph) -> Answer[list[MissingRow]]:
        return await read_missing_report(graph, area=await scope.find(graph), as_of=as_of)

    return await reply.rows(question, page, ledgered=True, judged=True)


@router.get(
    "/areas",
    summary="未知按辖区汇总 / What is not known, by area",
    responses=answers(Paged[list[MissingAreaRow]]),
)
async def missing_by_area(reply: ReplyDep, page: PageDep, asked: ByAreaAsked) -> Response:
    """所问辖区及其下一级（或某一级）各缺哪类台账，补齐即可判定多少项。 Added up by area and register.

    alone 为只缺这一类、补齐即可判定的核查项数。 `alone` would be decided by that register alone.
    """
    return await reply.rows(asked, page, ledgered=True, judged=True)


@router.get(
    "/areas/export",
    summary="未知汇总文件 / What is not known, as a file",
    responses=FILES,
    response_class=Response,
)
async def export_missing_by_area(
    reply: ReplyDep, chosen: ChosenDep, asked: ByAreaAsked, kind: FormatOption = "xlsx"
) -> Response:
    """各辖区缺哪类台账，写成工作簿或 CSV。 Which register is missing where, as a file."""
    return await give_file(
        reply,
        asked,
        kind,
        title="未知汇总",
        name="missing",
        columns=HEADINGS,
        chosen=chosen,
        ledgered=True,
        judged=True,
    )
