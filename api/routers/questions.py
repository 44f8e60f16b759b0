"""What registers left open, answered once; and the forms that they are read by."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, answers
from api.http.dependencies import ReplyDep, ScopeDep, ServiceDep
from api.http.doorkeeper import needs
from api.http.files import FILES, ChosenDep, FormatOption, give_file
from api.http.reply import Reply
from api.http.service import Service
from graph.errors import NotFound
from graph.intake.asked import OpenQuestionRow, check_answers, open_within, read_open_questions
from graph.intake.shapes import AllAnsweredShape, AnsweredShape, FormShape, NameQuestionShape
from graph.labels import headings
from graph.ledger.questions import Asked
from graph.ledger.roles import Right
from graph.loading.register.forms import list_forms
from graph.reading.answer import Answer
from graph.reading.graph import Graph

router = APIRouter(tags=["loads"], dependencies=[Depends(needs(Right.load))])

QUESTIONS = headings(OpenQuestionRow)


class AnswerText(BaseModel):
    """答复。 The number of a candidate, 新, or the id of another thing of the same type."""

    model_config = ConfigDict(extra="forbid")

    answer: Annotated[str, Field(min_length=1, max_length=100)]


class AnswersText(BaseModel):
    """多个答复。 Answers by the number of the question."""

    model_config = ConfigDict(extra="forbid")

    answers: Annotated[
        dict[Annotated[int, Field(ge=1, le=2**31)], Annotated[str, Field(min_length=1, max_length=100)]],
        Field(min_length=1, max_length=10_000),
    ]


@router.get(
    "/questions",
    summary="待回答的疑问 / Open questions",
    responses=answers(Answered[list[NameQuestionShape]]),
)
async def open_questions(reply: ReplyDep, service: ServiceDep) -> Response:
    """名称可能就是图中已有的。 Names that may mean what the graph has, from all registers, in order."""
    found = [_shown(q) for q in await _open(reply, service)]
    return await reply.state(found, rows=len(found))


@router.get(
    "/questions/export",
    summary="疑问清单文件 / Open questions as a file",
    responses=FILES,
    response_class=Response,
)
async def export_questions(
    *, reply: ReplyDep, scope: ScopeDep, chosen: ChosenDep, kind: FormatOption = "xlsx"
) -> Response:
    """待回答的疑问，按辖区排列，写成工作簿或 CSV。 Open questions by area, as a file."""

    async def question(graph: Graph) -> Answer[list[OpenQuestionRow]]:
        return await read_open_questions(graph, area=await scope.find(graph))

    return await give_file(
        reply,
        question,
        kind,
        title="待回答的疑问",
        name="questions",
        columns=QUESTIONS,
        chosen=chosen,
        ledgered=True,
        judged=True,
    )


@router.post("/questions", summary="一并回答 / Answer several", responses=answers(Answered[AllAnsweredShape]))
async def answer_questions(
    reply: ReplyDep,
    service: ServiceDep,
    sent: Annotated[AnswersText, Body(examples=[{"answers": {"1": "新"}}])],
) -> Response:
    """全部记下，或一个也不记；随后重新预检。 All of them, or none; then check again."""
    open_ = await _open(reply, service)
    numbers = {q.number for q in open_}
    for number in sent.answers:
        if number not in numbers:
            raise NotFound(f"没有第 {number} 个疑问。", f"there is no question {number}.", subject="answers")
    await check_answers(service.graph, reply.area, sent.answers, open_)
    with reply.on_record():
        count = await service.graph.ledger.questions.answer_all(sent.answers)
    return await reply.state({"answered": count, "open": len(open_) - count})


@router.post(
    "/questions/{number}", summary="回答疑问 / Answer a question", responses=answers(Answered[AnsweredShape])
)
async def answer_question(
    reply: ReplyDep,
    service: ServiceDep,
    number: Annotated[int, Path(description="疑问编号 / its number", examples=[1]), Field(ge=1, le=2**31)],
    sent: Annotated[AnswerText, Body(examples=[{"answer": "新"}])],
) -> Response:
    """回答一次即记住，对所有人有效；随后重新预检。 Answered once, for everybody; then check again."""
    open_ = await _open(reply, service)
    if number not in {q.number for q in open_}:
        raise NotFound(f"没有第 {number} 个疑问。", f"there is no question {number}.", subject="number")
    await check_answers(service.graph, reply.area, {number: sent.answer}, open_)
    with reply.on_record():
        id_ = await service.graph.ledger.questions.answer(number, sent.answer)
    return await reply.state({"number": number, "id": id_})


@router.get("/forms", summary="表样 / Forms", responses=answers(Answered[list[FormShape]]))
async def kept_forms(reply: ReplyDep, service: ServiceDep) -> Response:
    """保存的表样：本单位表格的哪一列是什么。 Kept forms: which column of a sheet is what."""
    kept = await asyncio.to_thread(list_forms, service.settings.data_dir)
    found = [
        {"name": name, "kind": f.kind, "columns": dict(f.columns), "constants": dict(f.constants)}
        for name, f in kept
    ]
    return await reply.state(found, rows=len(found))


async def _open(reply: Reply, service: Service) -> list[Asked]:
    return await open_within(service.graph, reply.area)


def _shown(question: Asked) -> dict[str, Any]:
    return {name: getattr(question, name) for name in NameQuestionShape.__annotations__}
