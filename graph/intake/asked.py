"""What registers left open, as rows by area: which name, where, and what it may mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

from typing_extensions import TypedDict

from graph.errors import BadParameter
from graph.intake.bounds import inside
from graph.labels import Label
from graph.ledger.questions import Asked, meant
from graph.model import NODES
from graph.reading.answer import Answer
from graph.reading.areas import AreaTree, require_area
from graph.reading.graph import Graph
from graph.reading.names import read_names


class OpenQuestionRow(TypedDict):
    """一个疑问。 An open question with the area that it is about; `street_name` is what that lies in.

    `answer` is empty: it is filled in where the list is handed back.
    """

    number: Annotated[int, Label("编号")]
    area: str
    street_name: Annotated[str | None, Label("上级辖区")]
    area_name: Annotated[str | None, Label("辖区")]
    label_zh: Annotated[str, Label("类别")]
    name: Annotated[str, Label("台账中的名称")]
    candidates_zh: Annotated[str, Label("可能是")]
    candidates: list[str]
    answer: Annotated[str, Label("答复")]
    answer_zh: Annotated[str, Label("怎样回答")]
    answer_en: str


async def open_within(graph: Graph, area: str | None) -> list[Asked]:
    """Open questions; those whose candidates all lie in an area, for a caller who is limited to it."""
    found = await graph.ledger.questions.open()
    if area is None:
        return found
    ids = await inside(graph, area)
    return [q for q in found if all(c.id in ids for c in q.candidates)]


async def check_answers(
    graph: Graph, area: str | None, answers: Mapping[int, str], open_: Sequence[Asked] | None = None
) -> None:
    """Raises `BadParameter` for an answer that names a thing that is not there.

    A name that meant an id of nothing would make a thing of that id with the next delivery. `open_` is of
    `open_within`, where the caller has it.
    """
    meant_: dict[str, int] = {}
    for asked in await open_within(graph, area) if open_ is None else open_:
        if (word := answers.get(asked.number)) is not None:
            id_ = meant(asked, word)
            if id_ not in {asked.new_id, *(c.id for c in asked.candidates)}:
                meant_[id_] = asked.number
    if not meant_:
        return
    there = set(await read_names(graph, meant_))
    if area is not None:
        there &= await inside(graph, area)
    for id_, number in meant_.items():
        if id_ not in there:
            zh = f"第 {number} 个疑问：图中没有 {id_}，或不在您的辖区；用 cobuild search 查编号。"
            en = f"question {number}: there is no {id_} in the graph, or in your area; see `cobuild search`."
            raise BadParameter(zh, en, subject="answer")


async def read_open_questions(graph: Graph, *, area: str | None = None) -> Answer[list[OpenQuestionRow]]:
    """The open questions of an area, or of all, by area and number; raises `NotFound`.

    A viewer who is limited to an area is given what `open_within` has of it.
    """
    day: date = graph.today()
    tree = await require_area(graph, area, day)
    rows = [_row(q, tree) for q in await open_within(graph, graph.viewer.area)]
    rows = [row for row in rows if area is None or area in tree.above(row["area"])]
    rows.sort(key=lambda r: (tree.above(r["area"])[::-1] or (r["area"],), r["number"]))
    version = await graph.version()
    return Answer(rows, graph.stamp([], {"area": area}, version, len(rows)))


def _row(question: Asked, tree: AreaTree) -> OpenQuestionRow:
    area = _area_of(question, tree)
    above: Sequence[str] = tree.above(area)[1:]
    number = question.number
    return {
        "number": number,
        "area": area,
        "street_name": tree.name(above[0]) if above else None,
        "area_name": tree.name(area) or question.place or None,
        "label_zh": NODES[question.label].zh,
        "name": question.name,
        "candidates_zh": "；".join(
            f"{n} {c.name}（{c.place}，{c.id}，相似 {c.likeness}）"
            for n, c in enumerate(question.candidates, start=1)
        ),
        "candidates": [c.id for c in question.candidates],
        "answer": "",
        "answer_zh": f"“答复”填 1（第一个）、新，或编号；命令行 --answer {number}=1",
        "answer_en": f"1 (the first), 新 (a new one) or an id; or --answer {number}=1",
    }


def _area_of(question: Asked, tree: AreaTree) -> str:
    """The area within which a name was looked for: a community; of firms and persons the district."""
    _, scope, *_ = question.new_id.split("-") if question.label == "Person" else question.key.split("|")
    return scope if scope in tree else scope[:6].ljust(12, "0")
