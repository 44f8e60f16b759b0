"""A proposal as a sheet: a change in each row, under the headings that departments use.

Above named: words in cells become ids there. Raises `SheetRejected`, with every mistake by sheet and cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from graph.appointments.named import change_with_ids
from graph.appointments.proposal import Proposal, ProposalRejected, read_proposal
from graph.appointments.sheets.words import HEADINGS, cell_value
from graph.errors import BadParameter, GraphError
from graph.loading.cells import BadCell
from graph.loading.excel.bounds import BadWorkbook
from graph.loading.findings import Finding
from graph.loading.register.sheets import read_sheets
from graph.loading.register.shown import Cell, ShownSheet, letters
from graph.reading.graph import Graph
from graph.spelling import fold

HIGHEST = 15
"""Rows in which the heading is looked for."""


class SheetRejected(GraphError):
    """A sheet with cells that cannot be carried out; `found.findings` name each by sheet and cell."""

    code = "proposal_rejected"

    def __init__(self, found: Sheeted) -> None:
        findings = found.findings
        shown = "；".join(f"{f.sheet} {f.cell} {f.column}：{f.zh.rstrip('。')}" for f in findings[:20])
        en = "; ".join(f"{f.sheet} {f.cell}: {f.en.rstrip('.')}" for f in findings[:20])
        super().__init__(
            f"任免方案表有 {len(findings)} 处问题：{shown}。",
            f"{len(findings)} problems in the sheet: {en}.",
            subject=findings[0].cell or "sheet",
        )
        self.found = found


@dataclass
class SheetLine:
    """One row: its place (row from 0), where its columns are, and what it says."""

    row: int
    said: dict[str, Any]


@dataclass
class Sheeted:
    """A sheet as it was read; `proposal` is what its rows say together."""

    sheet: ShownSheet
    columns: dict[str, int]
    lines: list[SheetLine]
    heading: int = 0
    """The row of the headings, from 0."""
    findings: list[Finding] = field(default_factory=list)
    proposal: Proposal | None = None

    def say(self, row: int, name: str, zh: str, en: str) -> None:
        """A mistake in a row, in the column of a field or, without one, in the first."""
        index = self.columns.get(name, min(self.columns.values(), default=0))
        cell = self.sheet.rows[row][index] if index < len(self.sheet.rows[row]) else ""
        shown = cell.value if isinstance(cell, BadCell) else cell
        self.findings.append(
            Finding(
                self.sheet.name,
                row + 1,
                HEADINGS[name][0] if name in HEADINGS else "",
                str(shown or ""),
                zh,
                en,
                sheet=self.sheet.name,
                cell=f"{letters(index)}{row + 1}",
            )
        )


def is_sheet(path: Path) -> bool:
    """Whether a file is a sheet by its name, and no JSON."""
    return path.suffix.lower() in (".xlsx", ".xls", ".ods", ".csv", ".tsv")


def read_sheet(path: Path) -> Sheeted:
    """The rows of the first sheet that has the headings; raises `BadWorkbook`, `SheetRejected`."""
    for sheet in read_sheets(path):
        for first, row in enumerate(sheet.rows[:HIGHEST]):
            columns = _columns(row)
            if columns.keys() & {"body", "post"} and len(columns) > 1:
                return _lines(Sheeted(sheet, columns, [], first), first + 1)
    raise BadWorkbook(
        "找不到表头：应有“人员、组织、职务、日期、动作”等列；"
        "cobuild template 任免.xlsx --appointments 生成模板",
        "no heading is found: expected columns such as 人员, 组织, 职务, 日期, 动作",
    )


async def read_changes(graph: Graph, path: Path, as_of: date | None = None) -> Sheeted:
    """A sheet with its proposal, names found in the graph; all mistakes at once.

    One day is that of the whole proposal: of the sheet, else `as_of`, else today. Raises `SheetRejected`.
    """
    found = read_sheet(path)
    changes = []
    for line in found.lines:
        given = {k: v for k, v in line.said.items() if k != "as_of"}
        try:
            changes.append(await change_with_ids(graph, given))
        except BadParameter as error:
            found.say(line.row, str(error.subject or ""), error.zh, error.en)
            changes.append(given)
    days = {line.said["as_of"]: line.row for line in found.lines if "as_of" in line.said}
    if as_of is None and len(days) > 1:
        listed = "、".join(sorted(days))
        found.say(
            max(days.values()),
            "as_of",
            f"一个方案从同一天起生效，这里有 {listed}；请分成几个方案，或用 --as-of 指定",
            f"a proposal takes effect on one day, here are {listed}",
        )
    day = as_of.isoformat() if as_of else min(days, default=date.today().isoformat())
    if not found.findings:
        _check(found, {"as_of": day, "changes": changes})
    if found.findings:
        raise SheetRejected(found)
    return found


def _check(found: Sheeted, given: Mapping[str, Any]) -> None:
    try:
        found.proposal = read_proposal(given)
    except ProposalRejected as error:
        say_problems(found, error)


def say_problems(found: Sheeted, error: ProposalRejected) -> None:
    """Problems of a proposal (`changes[1].role`) at the cells from which it was read."""
    for problem in error.problems:
        at, _, name = problem.where.removeprefix("changes[").partition("].")
        number = at.rstrip("]")
        row = found.lines[int(number)].row if number.isdigit() else found.lines[0].row
        found.say(row, name.partition(".")[0], problem.zh, problem.en)


def _columns(row: list[Cell]) -> dict[str, int]:
    """Which column of a heading is which field; the first of two."""
    columns: dict[str, int] = {}
    for index, cell in enumerate(row):
        word = "" if isinstance(cell, BadCell) else fold("".join(cell.split()).strip("*＊"))
        for name, headings in HEADINGS.items():
            if word in {fold(h) for h in (name, *headings)}:
                columns.setdefault(name, index)
    return columns


def _lines(found: Sheeted, first: int) -> Sheeted:
    for row in range(first, len(found.sheet.rows)):
        cells = found.sheet.rows[row]
        given = {n: cells[i] for n, i in found.columns.items() if i < len(cells) and cells[i] != ""}
        said: dict[str, Any] = {}
        for name, cell in given.items():
            try:
                said[name] = cell_value(name, cell)
            except BadCell as bad:
                found.say(row, name, bad.zh, bad.en)
        if given.keys() & {"person", "body", "post"}:
            # Who writes no action appoints.
            said.setdefault("kind", "appoint")
            found.lines.append(SheetLine(row, said))
    if not found.lines:
        raise BadWorkbook("表头以下没有填写任何一行", "no row is filled in below the heading")
    return found
