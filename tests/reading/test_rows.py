"""Rows are held against the types that the rooms declare."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from graph.reading.rows import row_as, rows_as
from graph.reading.shapes import AreaName
from graph.rules.shapes import UnexplainedRow
from tests.modules import MODULES, name_of

ROW = {
    "rule": "branch_over_max_members",
    "code": "R03",
    "title": "Too many members in a branch",
    "title_zh": "支部党员过多",
    "severity": "info",
    "profile": "national",
    "subject": "po-990101-1",
    "area_name": None,
    "missing": [],
    "evidence": [],
    "finding": "R03:po-990101-1",
    "waiver": None,
    "verdict": "pass",
}


def test_a_row_has_the_columns_of_its_type() -> None:
    """A row that lacks a column is refused by name, and so is one with a column that is not declared."""
    row = {"area": "990101000000", "name": "示例区"}
    assert rows_as(AreaName, [row]) == [row]
    with pytest.raises(TypeError, match=r"AreaName .* name$"):
        row_as(AreaName, {"area": "990101000000"})
    with pytest.raises(TypeError, match=r"AreaName .* level$"):
        row_as(AreaName, {**row, "level": "district"})


def test_a_type_that_allows_columns_of_a_file_takes_them() -> None:
    """What a rule's file adds passes; what every row says still has to be there."""
    assert row_as(UnexplainedRow, {**ROW, "short": 2}) == {**ROW, "short": 2}
    with pytest.raises(TypeError, match="verdict"):
        row_as(UnexplainedRow, {name: value for name, value in ROW.items() if name != "verdict"})


GENERAL = {
    "api.http.envelope": "writes any answer",
    "api.http.files": "any answer as a file",
    "api.http.paging": "cuts any answer",
    "api.http.shelf": "keeps any answer for its further pages",
    "api.http.paged_question": "cuts any answer into pages",
    "api.http.reply": "sends any answer",
    "cli.listing": "gives out any answer",
    "cli.output": "prints any answer",
    "cli.write_file": "any answer as a file",
    "graph.reports.tables.results": "any answer as a workbook",
}
"""Modules for answers of whatever rows, and why."""


def test_an_answer_says_what_its_rows_are() -> None:
    """`Answer[Any]` is for modules that handle every answer alike; all others name the rows' type.

    That an answer without a type is refused, and that the rows are of it, mypy checks.
    """
    assert {name_of(path) for path in MODULES if _any_answers(path)} == set(GENERAL)


def _any_answers(path: Path) -> list[ast.Subscript]:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return [n for n in nodes if isinstance(n, ast.Subscript) and ast.unparse(n) == "Answer[Any]"]
