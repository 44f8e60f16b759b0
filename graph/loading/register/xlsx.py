"""Reading .xlsx as it is seen: openpyxl gives formats, merged cells and error values with the values."""

from __future__ import annotations

from datetime import date, time, timedelta
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as Stored
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from graph.loading.excel.archive import look_over, read_workbook_bytes
from graph.loading.excel.scan import SheetFacts
from graph.loading.register.shown import (
    CHINESE,
    Cell,
    ShownSheet,
    error_cell,
    shown_day,
    shown_number,
    shown_text,
    unanswered,
)


def read_xlsx(path: Path) -> list[ShownSheet]:
    """The sheets of a workbook; raises `BadWorkbook`."""
    data = read_workbook_bytes(path)
    facts = look_over(data)
    book = load_workbook(BytesIO(data), data_only=True)
    return [_sheet(sheet, facts[sheet.title]) for sheet in book.worksheets if sheet.title in facts]


def _sheet(sheet: Worksheet, facts: SheetFacts) -> ShownSheet:
    rows = [[_cell(cell) for cell in row] for row in sheet.iter_rows(max_row=facts.rows or 1)]
    for row, column in facts.unanswered:
        rows[row - 1][column - 1] = unanswered()
    merged = [
        (found.min_row - 1, found.min_col - 1, found.max_row - 1, found.max_col - 1)
        for found in sheet.merged_cells.ranges
    ]
    hidden = sheet.sheet_state != "visible"
    return ShownSheet(sheet.title, rows, merged, hidden, facts.hidden_rows)


def _cell(cell: Stored | MergedCell) -> Cell:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        return error_cell(str(value))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(cell, value)
    if isinstance(value, date | time | timedelta):
        return shown_day(value, cell.number_format or "General")
    # What XML cannot hold is written as _x000D_ (a line break of old programs); openpyxl leaves it so.
    return shown_text(unescape(str(value)))


def _number(cell: Stored | MergedCell, value: float) -> Cell:
    """A number; or a day in a format of Chinese Excel, for which openpyxl has no text: it gives a number."""
    chinese = CHINESE.get(getattr(getattr(cell, "_style", None), "numFmtId", 0))
    if chinese is None:
        return shown_number(value, cell.number_format or "General")
    book = cell.parent.parent
    assert book is not None
    try:
        return shown_day(from_excel(value, book.epoch), chinese)
    except (OverflowError, ValueError):
        return error_cell(str(value))
