"""Candidates: who could fill the gaps of the promotion rules, and whom which rule bars."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from api.documents.envelope_shapes import Paged, answers
from api.http.dependencies import AsOf, PageDep, ReplyDep, ScopeDep, Text
from api.http.files import FILES, ChosenDep, FormatOption, give_file
from graph.appointments.candidates import HEADINGS, find_candidates, table_rows
from graph.appointments.candidates.shapes import Candidates
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.snapshot import Question
from graph.store import Row

router = APIRouter(tags=["rules"])

Rule = Annotated[
    Text,
    Query(description="倡导类规则的名称或编号，空为全部 / promotion rule, all if absent", examples=["R19"]),
]
Subject = Annotated[
    Text,
    Query(
        description="核查对象编号（小区等），空为全部 / subject of the check, all if absent",
        examples=["q-990101-002"],
    ),
]


def ask_candidates(
    scope: ScopeDep, rule: Rule = None, subject: Subject = None, as_of: AsOf = None
) -> Question[Candidates]:
    """The question of `/candidates` and of its file."""

    async def question(graph: Graph) -> Answer[Candidates]:
        area = await scope.find(graph)
        return await find_candidates(graph, area=area, rule=rule, subject=subject, as_of=as_of)

    return question


CandidatesAsked = Annotated[Question[Candidates], Depends(ask_candidates)]


@router.get("/candidates", summary="人选 / Candidates", responses=answers(Paged[Candidates]))
async def candidates(
    reply: ReplyDep, page: PageDep, asked: CandidatesAsked, subject: Subject = None
) -> Response:
    """每个缺口由谁填补：可推荐、待确认、受限，附理由。 Who could fill each gap, and why.

    gaps 逐个缺口总计人数，不受分页影响；rows 为人选，受限者在后，并列出所受限的规则。
    `gaps` counts the persons of every gap, whatever page is asked for; `rows` are the candidates,
    barred ones last, with the rules that bar them.
    """
    return await reply.rows(asked, page, judged=True, about=[subject] if subject else [])


@router.get(
    "/candidates/export", summary="人选文件 / Candidates as a file", responses=FILES, response_class=Response
)
async def export_candidates(
    *,
    reply: ReplyDep,
    chosen: ChosenDep,
    asked: CandidatesAsked,
    subject: Subject = None,
    kind: FormatOption = "xlsx",
) -> Response:
    """每个缺口的人选写成工作簿或 CSV；没有人选的缺口也占一行。 Gaps and candidates as a file.

    A gap without candidates has a row too.
    """

    async def question(graph: Graph) -> Answer[list[Row]]:
        found = await asked(graph)
        return Answer(table_rows(found.data), found.stamp)

    return await give_file(
        reply,
        question,
        kind,
        title="人选",
        name="candidates",
        columns=HEADINGS,
        chosen=chosen,
        judged=True,
        about=[subject] if subject else [],
    )
