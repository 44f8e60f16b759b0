"""A register that was refused, as a workbook with the findings in its cells, whatever kind of file it was."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph.loading.cells import BadCell
from graph.loading.excel.marks import mark_findings, mark_rows
from graph.loading.findings import Finding
from graph.loading.register.sheets import read_sheets
from graph.loading.register.shown import Cell


def mark_register(path: Path, findings: Sequence[Finding]) -> bytes:
    """The bytes of the marked copy: an .xlsx keeps its form, others become one of the same rows.

    Raises `BadWorkbook`. The file is only read.
    """
    if path.suffix.lower() == ".xlsx":
        return mark_findings(path, findings)
    sheets = read_sheets(path)
    return mark_rows({s.name: [[_text(cell) for cell in row] for row in s.rows] for s in sheets}, findings)


def _text(cell: Cell) -> str:
    return cell.value if isinstance(cell, BadCell) else str(cell)
