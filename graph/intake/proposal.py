"""What a register's columns are taken for, as data: shown with samples, to be corrected."""

from __future__ import annotations

from pathlib import Path

from typing_extensions import TypedDict

from graph.intake.order import RegisterOrder
from graph.loading.register.headings import DROP, SKIP
from graph.loading.register.kinds import RegisterKind, find_kind, kinds
from graph.loading.register.shown import letters
from graph.loading.register.taking import sheets_of, take_form, what
from graph.model.vocabulary import Register


class ProposedColumnShape(TypedDict):
    """一列：列标、表头、作为什么、样例。 A column: what it is taken for, with values from it."""

    column: str
    heading: str
    field: str | None
    zh: str
    samples: list[str]


class SheetShape(TypedDict):
    """一张工作表。 A sheet: the row its heading ends in, and its columns."""

    sheet: str
    heading_row: int
    columns: list[ProposedColumnShape]


class FieldShape(TypedDict):
    """一列可以是什么。 What a column may be."""

    field: str
    zh: str


class ListShape(TypedDict):
    """可以声明列全的清单。 A list that the register may close."""

    subject: str
    zh: str


class ProposalShape(TypedDict):
    """对台账各列的理解。 How a register is read: its kind, the form it is kept under, its sheets.

    `fields` are what a column may be corrected to, `lists` what may be said to be complete, `kinds` the
    kinds of registers there are.
    """

    kind: str
    form: str
    known_form: bool
    sheets: list[SheetShape]
    unread_sheets: list[str]
    fields: list[FieldShape]
    lists: list[ListShape]
    kinds: list[str]


def proposal_of(file: Path, data_dir: Path, register: RegisterOrder) -> ProposalShape:
    """Read a register as far as its columns; raises `BadParameter`."""
    sheets = sheets_of(file)
    path, form, proposals = take_form(
        sheets, data_dir, register.kind, register.form, register.columns, constants=register.constants
    )
    kind = find_kind(form.kind)
    read = {p.sheet.name for p in proposals}
    return {
        "kind": form.kind,
        "form": path.stem,
        "known_form": path.exists(),
        "sheets": [
            {
                "sheet": p.sheet.name,
                "heading_row": p.last + 1,
                "columns": [
                    {
                        "column": letters(c.index),
                        "heading": c.heading,
                        "field": c.field,
                        "zh": what(kind, c.field),
                        "samples": c.samples,
                    }
                    for c in p.columns
                ],
            }
            for p in proposals
        ],
        "unread_sheets": [s.name for s in sheets if s.name not in read],
        "fields": _fields(kind),
        "lists": [{"subject": s, "zh": Register[s].zh} for s in kind.complete],
        "kinds": list(kinds()),
    }


def _fields(kind: RegisterKind) -> list[FieldShape]:
    own: list[FieldShape] = [{"field": name, "zh": words[0]} for name, words in kind.columns.items()]
    return [*own, {"field": SKIP, "zh": what(kind, SKIP)}, {"field": DROP, "zh": what(kind, DROP)}]
