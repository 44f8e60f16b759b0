"""Rows of what was handed in: its state, what is wrong, what would change, questions, loads."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict

from graph.intake.answers import FilledShape
from graph.intake.back.shapes import GivenShape
from graph.intake.proposal import ProposalShape
from graph.intake.rehearsed import RehearsedShape

Kind = Literal["delivery", "register", "appointments", "answers", "undo"]
State = Literal[
    "received", "working", "proposed", "rejected", "questions", "checked", "loaded", "failed", "cancelled"
]
"""`rejected`: the file has errors; `failed`: something else went wrong, the same may be tried again."""
Level = Literal["error", "warning"]


class FailureShape(TypedDict):
    """为什么没有成功。 Why it did not come about."""

    code: str
    zh: str
    en: str


class CountsShape(TypedDict, total=False):
    """数量。 How many elements are new, changed, ended, removed, as they were; the data version."""

    place: str
    created: int
    changed: int
    ended: int
    removed: int
    unchanged: int
    derived: int
    version: int
    already: bool


class GroupShape(TypedDict):
    """一类变更。 A kind of change, and how many lines it has."""

    group: str
    zh: str
    lines: int


class FindingKindShape(TypedDict):
    """一类错误或提醒。 A kind of error or warning, and how often it occurs."""

    level: Level
    kind: str
    count: int


class CandidateShape(TypedDict):
    """可能是它。 A thing that a name may mean; `likeness` of 100."""

    id: str
    name: str
    place: str
    likeness: int


class NameQuestionShape(TypedDict):
    """一个疑问。 A name that may mean what the graph has: answered once, remembered."""

    number: int
    label: str
    name: str
    place: str
    candidates: list[CandidateShape]


class RegisteredShape(TypedDict):
    """台账读了多少、按名称对上哪些。 Rows read, communities made, what was matched by name alone."""

    rows: int
    new_areas: list[str]
    by_name: list[str]


class HandedInShape(TypedDict):
    """一份交付。 What was handed in, and how far it is.

    `step`, `done`, `total` say what is being done; `seconds_left` is estimated from that, null where
    nothing can be said yet. `errors` and `warnings` count findings; the rows are at `…/findings` and
    `…/changes`, the marked copy at `…/marked`. `number` is that of the load, for `cobuild loads`. `given`
    says what the register given back holds, which is at `…/given-back`. `rehearsed` is of a sheet of
    appointments that was checked; its marked copy says it row by row. `answers` are those of a list of
    questions, for `POST /questions`.
    """

    id: str
    kind: Kind
    name: str
    bytes: int
    files: list[str]
    state: State
    task: str | None
    step: str | None
    step_zh: str | None
    done: int
    total: int
    seconds_left: float | None
    handed_in_at: datetime
    kept_until: datetime
    failure: FailureShape | None
    report: CountsShape | None
    groups: list[GroupShape]
    errors: int
    warnings: int
    finding_kinds: list[FindingKindShape]
    marked: bool
    held: int
    erased: int
    number: int | None
    proposal: ProposalShape | None
    questions: list[NameQuestionShape]
    register: RegisteredShape | None
    given: GivenShape | None
    rehearsed: RehearsedShape | None
    answers: list[FilledShape]


class FindingShape(TypedDict):
    """一处错误或提醒。 One thing to mend or to look at: file, sheet, row, cell, column, what was expected."""

    level: Level
    file: str
    sheet: str
    row: int
    cell: str
    column: str
    value: str
    zh: str
    en: str


class ValueChangeShape(TypedDict):
    """一处变更。 One value of one element, old → new; of a new or removed one a line with all values."""

    group: str
    type: str
    id: str
    name: str
    property: str
    old: str
    new: str
    note: str


class LoadShape(TypedDict):
    """一次导入、撤销或决定。 A load, an undo or a decision: who, when, what, how many."""

    number: int
    at: str
    who: str
    kind: Literal["load", "undo", "decision", "merge"]
    title: str
    source: str
    created: int
    changed: int
    ended: int
    removed: int
    version: int
    undone_by: int | None
    options: str


class FormShape(TypedDict):
    """一份表样。 A kept form: which column of a department's sheet is what."""

    name: str
    kind: str
    columns: dict[str, str]
    constants: dict[str, str]


class AllAnsweredShape(TypedDict):
    """一并回答之后。 How many were answered, and how many of the caller's own are open."""

    answered: int
    open: int


class AnsweredShape(TypedDict):
    """答复之后，该名称所指的编号。 The id that a name means now."""

    number: int
    id: str
