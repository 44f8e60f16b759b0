"""A register that was refused, as a workbook with the findings in its cells, whatever kind of file it was."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph.loading.excel.marks import mark_findings, mark_rows
from graph.loading.findings import Finding
from graph.loading.register.sheets import is_xlsx, read_sheets
from graph.loading.register.shown import stored


def mark_register(path: Path, findings: Sequence[Finding]) -> bytes:
    """The bytes of the marked copy: an .xlsx keeps its form, others become one of the same rows.

    Raises `BadWorkbook`. The file is only read.
    """
    if is_xlsx(path):
        return mark_findings(path, findings)
    sheets = read_sheets(path)
    rows = {sheet.name: [[stored(cell) for cell in row] for row in sheet.rows] for sheet in sheets}
    return mark_rows(rows, findings, [sheet.name for sheet in sheets if sheet.hidden])
