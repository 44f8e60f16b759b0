"""What registers left open: whether a name means a thing of nearly that name. Answered once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from graph.errors import BadParameter, NotFound
from graph.ledger.connection import Database
from graph.ledger.tables import REGISTER_NAMES, REGISTER_QUESTIONS
from graph.ledger.times import now

NEW = {"新", "新的", "new", "否", "不是"}


@dataclass(frozen=True)
class Candidate:
    """A thing that a name may mean; `likeness` of 100."""

    id: str
    name: str
    place: str
    likeness: int


@dataclass(frozen=True)
class Question:
    """A name of a place that may mean one of the candidates, or a new thing with `new_id`.

    Of a person `name` is where it stands in the register, and no candidate has one: nobody's name is kept.
    """

    key: str
    label: str
    name: str
    place: str
    new_id: str
    candidates: list[Candidate]


@dataclass(frozen=True)
class Asked(Question):
    """A question with its number."""

    number: int


class Questions:
    """The open questions of one ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ask(self, district: str, questions: Iterable[Question]) -> list[Asked]:
        """Keep questions, each once; with their numbers, in order."""
        asked = list(questions)

        def work(connection: Connection) -> list[Asked]:
            last = connection.execute(select(func.max(REGISTER_QUESTIONS.c.number))).scalar() or 0
            found = []
            for question in asked:
                same = REGISTER_QUESTIONS.c.key == question.key
                number = connection.execute(select(REGISTER_QUESTIONS.c.number).where(same)).scalar()
                if number is None:
                    number = last = last + 1
                    values = {**asdict(question), "number": number, "district": district}
                    connection.execute(
                        REGISTER_QUESTIONS.insert(), [{**values, "asked_at": now().isoformat()}]
                    )
                else:
                    # What the register still has in its place is no candidate any more.
                    now_ = {"candidates": asdict(question)["candidates"], "name": question.name}
                    connection.execute(update(REGISTER_QUESTIONS).where(same).values(**now_))
                found.append(Asked(**vars(question), number=number))
            return sorted(found, key=lambda q: q.number)

        return await self._database.do(work, writing=True, counted=False) if asked else []

    async def open(self) -> list[Asked]:
        """Every open question, in order."""
        query = select(REGISTER_QUESTIONS).order_by(REGISTER_QUESTIONS.c.number)
        rows = await self._database.do(lambda c: c.execute(query).mappings().all(), writing=False)
        return [_asked(dict(row)) for row in rows]

    async def answer(self, number: int, word: str) -> str:
        """Settle a question: the number of a candidate, 新, or an id; the id that the name now means.

        Raises `NotFound` for a question that is not open, `BadParameter` for no such answer.
        """
        return await self._database.do(lambda c: _answer(c, number, word), writing=True)

    async def answer_all(self, answers: Mapping[int, str]) -> int:
        """Settle several, all or none; how many. Raises as `answer` does."""

        def work(connection: Connection) -> int:
            return len([_answer(connection, number, word) for number, word in answers.items()])

        return await self._database.do(work, writing=True)


def _answer(connection: Connection, number: int, word: str) -> str:
    same = REGISTER_QUESTIONS.c.number == number
    row = connection.execute(select(REGISTER_QUESTIONS).where(same)).mappings().first()
    if row is None:
        raise NotFound(f"没有第 {number} 个疑问。", f"there is no question {number}.", subject="answer")
    id_ = meant(_asked(dict(row)), word)
    connection.execute(delete(REGISTER_NAMES).where(REGISTER_NAMES.c.key == row["key"]))
    kept = {"key": row["key"], "district": row["district"], "id": id_, "kept_at": now().isoformat()}
    connection.execute(REGISTER_NAMES.insert(), [kept])
    connection.execute(delete(REGISTER_QUESTIONS).where(same))
    return id_


def meant(question: Asked, word: str) -> str:
    """The id that an answer names: the number, id or name of a candidate, 是 of the only one, 新 or 否.

    Raises `BadParameter` for what is no answer to the question.
    """
    if word.lower() in NEW:
        return question.new_id
    if word.isdigit() and 1 <= int(word) <= len(question.candidates):
        return question.candidates[int(word) - 1].id
    named = [c.id for c in question.candidates if word in (c.name, "是")]
    if len(named) == 1:
        return named[0]
    if word.partition("-")[0] == question.new_id.partition("-")[0]:
        return word
    raise BadParameter(
        f"第 {question.number} 个疑问应回答 1 到 {len(question.candidates)}、新，或同类的编号。",
        f"question {question.number}: 1 to {len(question.candidates)}, 新, or an id of that type.",
        subject="answer",
    )


def _asked(row: dict[str, Any]) -> Asked:
    candidates = [Candidate(**c) for c in row["candidates"]]
    names = ("key", "label", "name", "place", "new_id", "number")
    return Asked(candidates=candidates, **{name: row[name] for name in names})
