"""Reading old .xls (BIFF8) as it is seen: xlrd gives formats, merged cells and error values."""

from __future__ import annotations

from pathlib import Path

import xlrd
from xlrd.biffh import error_text_from_code

from graph.loading.excel.bounds import BadWorkbook
from graph.loading.register.shown import (
    CHINESE,
    Cell,
    ShownSheet,
    error_cell,
    shown_day,
    shown_number,
    shown_text,
)


def read_xls(path: Path) -> list[ShownSheet]:
    """The sheets of a workbook; raises `BadWorkbook`."""
    try:
        # xlrd writes remarks about odd files where it is not given a place for them.
        with open("/dev/null" if Path("/dev/null").exists() else "NUL", "w", encoding="utf-8") as quiet:
            book = xlrd.open_workbook(path, formatting_info=True, logfile=quiet)
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, AssertionError, IndexError, ValueError) as error:
        if "encrypted" in str(error):
            raise BadWorkbook("工作簿设有打开密码，请取消密码后另存", "the workbook is encrypted") from None
        raise BadWorkbook("文件已损坏，或不是有效的 .xls", f"damaged, or no .xls: {error}") from None
    return [_sheet(book, sheet) for sheet in book.sheets()]


def _sheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> ShownSheet:
    rows = [[_cell(book, cell) for cell in sheet.row(number)] for number in range(sheet.nrows)]
    wide = max(map(len, rows), default=0)
    merged = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
    filled = [row + [""] * (wide - len(row)) for row in rows]
    hidden_rows = sum(bool(info.hidden) for info in sheet.rowinfo_map.values())
    return ShownSheet(sheet.name, filled, merged, sheet.visibility != 0, hidden_rows)


def _cell(book: xlrd.Book, cell: xlrd.sheet.Cell) -> Cell:
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_TEXT):
        return shown_text(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return error_cell(error_text_from_code.get(cell.value, "?"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    known = book.format_map[book.xf_list[cell.xf_index].format_key]
    # xlrd knows that these are dates, but no text of their formats.
    format_ = known.format_str or CHINESE.get(known.format_key, "General")
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return shown_day(xlrd.xldate_as_datetime(cell.value, book.datemode), format_)
        except (xlrd.xldate.XLDateError, OverflowError, ValueError):
            return error_cell(str(cell.value))
    return shown_number(cell.value, format_)
