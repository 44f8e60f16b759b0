"""The list of questions handed back with answers filled in: read, checked against what is open, kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from typing_extensions import TypedDict

from graph.errors import BadParameter
from graph.intake.asked import open_within
from graph.intake.order import Order
from graph.ledger.questions import Asked, meant
from graph.loading.cells import BadCell
from graph.loading.excel.bounds import BadWorkbook
from graph.loading.findings import DeliveryRejected, Finding
from graph.loading.register.sheets import read_sheets
from graph.loading.register.shown import Cell, ShownSheet, letters
from graph.reading.wiring import open_graph
from graph.spelling import fold

NUMBER, ANSWER = "编号", "答复"
"""The two columns that are read; the list of questions has both."""
HIGHEST = 15


class FilledShape(TypedDict):
    """疑问清单中的一个答复。 An answer of a list: `name` would mean the thing `id`."""

    number: int
    answer: str
    name: str
    id: str


def read_answers(path: Path, open_: Sequence[Asked], name: str = "") -> list[FilledShape]:
    """The answers of a list, rows without one left out.

    Raises `DeliveryRejected` with a finding at each cell that is no answer, `BadParameter` for another file.
    """
    name = name or path.name
    try:
        sheets = read_sheets(path)
    except BadWorkbook as bad:
        raise BadParameter(f"{name}：{bad.zh}。", f"{name}: {bad.en}.", subject="name") from None
    for sheet in sheets:
        for first, row in enumerate(sheet.rows[:HIGHEST]):
            columns = {fold(str(cell)): index for index, cell in enumerate(row)}
            if NUMBER in columns and ANSWER in columns:
                at = columns[NUMBER], columns[ANSWER]
                return _read(name, sheet, first + 1, at, {q.number: q for q in open_})
    raise BadParameter(
        f"{name} 中找不到“{NUMBER}”和“{ANSWER}”两列；请用网页“疑问”中下载的清单，"
        "或 cobuild questions -o 疑问.xlsx 写出的。",
        f"{name} has not the columns {NUMBER} and {ANSWER}: take that of `cobuild questions -o`.",
        subject="name",
    )


async def answers_of(order: Order) -> list[FilledShape]:
    """The task of the process: the answers of what was handed in, among the questions that its owner has."""
    async with open_graph(order.settings_of(), today=lambda: order.today) as graph:
        open_ = await open_within(graph, order.area)
    return read_answers(Path(order.path), open_, order.name)


def _read(
    name: str, sheet: ShownSheet, first: int, at: tuple[int, int], open_: Mapping[int, Asked]
) -> list[FilledShape]:
    found: list[FilledShape] = []
    wrong: list[Finding] = []
    for row, cells in enumerate(sheet.rows[first:], start=first):
        number, word = (_text(cells[i]) if i < len(cells) else "" for i in at)
        if not word:
            continue
        asked = open_.get(int(number)) if number.isdigit() else None
        try:
            if asked is None:
                zh, en = "不是待回答的疑问的编号", "no question of this number is open"
                raise BadParameter(zh, en, subject=NUMBER)
            id_ = meant(asked, word)
        except BadParameter as error:
            heading, index, value = (NUMBER, at[0], number) if asked is None else (ANSWER, at[1], word)
            cell = f"{letters(index)}{row + 1}"
            wrong.append(
                Finding(name, row + 1, heading, value, error.zh, error.en, sheet=sheet.name, cell=cell)
            )
            continue
        found.append({"number": asked.number, "answer": word, "name": asked.name, "id": id_})
    if wrong:
        raise DeliveryRejected(name, wrong)
    return found


def _text(cell: Cell) -> str:
    return (cell.value if isinstance(cell, BadCell) else str(cell)).strip()
