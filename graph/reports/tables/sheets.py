"""One styled sheet: header, widths, colours, filter, print setup; no cell becomes a formula.

Below the reports and the result workbooks. Sheets are streamed, and cells are
used again for every row: 50,000 rows take seconds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from graph import __version__
from graph.formulas import FORMULA
from graph.model import OPEN_END, OPEN_START

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME, LONGEST_TEXT = 31, 32_000
NARROWEST, WIDEST = 7, 60
A4 = 9
"""The number of the paper size in a workbook."""
MEASURED = 400
"""Rows by which the width of a column is measured."""
COLOURS = {"违规": "F8CBAD", "提醒": "FFE699", "提示": "DDEBF7", "未知": "E7E6E6", "条件不具备": "EDEDED"}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_HEADER = PatternFill("solid", fgColor="1F4E78")
_LINE = Border(bottom=Side("thin", color="D9D9D9"))


@dataclass(frozen=True)
class Column:
    """A column: key in the rows, heading, number format, whether its words have colours."""

    key: str
    heading: str
    format: str = "General"
    coloured: bool = False


def new_book(title: str) -> Workbook:
    """A workbook whose sheets are streamed, with its title and who made it."""
    book = Workbook(write_only=True)
    book.properties.title = title
    book.properties.creator = f"Cobuild {__version__}"
    return book


def book_bytes(book: Workbook) -> bytes:
    """The bytes of the .xlsx file."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def add_sheet(
    book: Workbook, name: str, columns: Sequence[Column], rows: Sequence[Mapping[str, Any]], *, footer: str
) -> None:
    """Append a sheet with these rows to a write-only workbook; the name is made a valid one."""
    sheet = book.create_sheet(sheet_name(name, book.sheetnames))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.left.text = footer.replace("&", "&&")
    sheet.oddFooter.right.text = "第 &P 页，共 &N 页"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _width(column, rows)
    sheet.append([_head(sheet, column) for column in columns])
    makers = [_Cells(sheet, column) for column in columns]
    for row in rows:
        sheet.append([maker.cell(row.get(maker.column.key)) for maker in makers])


def plain(value: Any) -> Any:
    """A value as a cell holds it: numbers and dates as such, everything else as text."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (list, tuple, set)):
        value = "\n".join(str(v) for v in value)
    elif value in (OPEN_START, OPEN_END):
        value = "不详" if value == OPEN_START else "至今"
    if value is None or isinstance(value, (int, float, date)):
        return value
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST_TEXT]


class _Cells:
    """The cells of one column: one for each look, used again for every row that has it.

    A look is never changed once a cell of it was written: openpyxl shares it with the file.
    """

    def __init__(self, sheet: Any, column: Column) -> None:
        self.column = column
        self._sheet = sheet
        self._made: dict[tuple[str | None, bool], Any] = {}

    def cell(self, value: Any) -> Any:
        """The cell with a value in it; good until the next one is asked for."""
        found = plain(value)
        text = isinstance(found, str)
        colour = COLOURS.get(found) if text and self.column.coloured else None
        quoted = text and found.startswith(FORMULA)
        if (colour, quoted) not in self._made:
            self._made[colour, quoted] = self._make(colour, quoted=quoted)
        cell = self._made[colour, quoted]
        cell.value = found
        if text:
            cell.data_type = "s"  # openpyxl makes a formula of `=`, whatever it stands for
        return cell

    def _make(self, colour: str | None, *, quoted: bool) -> Any:
        cell = WriteOnlyCell(self._sheet)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        cell.border = _LINE
        cell.number_format = self.column.format
        cell.quotePrefix = quoted
        if colour is not None:
            cell.fill = PatternFill("solid", fgColor=colour)
        return cell


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """A valid name that is not taken, whatever its case; no longer than Excel allows."""
    bare = _FORBIDDEN.sub(" ", wanted).strip(" '")[:LONGEST_NAME].strip(" '")
    if not bare or bare.casefold() == "history":  # Excel keeps that name for itself
        bare = f"{bare}表"
    used = {name.casefold() for name in taken}
    name, number = bare, 1
    while name.casefold() in used:
        number += 1
        mark = f"（{number}）"
        name = bare[: LONGEST_NAME - len(mark)] + mark
    return name


def _head(sheet: Any, column: Column) -> Any:
    cell = WriteOnlyCell(sheet, column.heading)
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = _HEADER
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _width(column: Column, rows: Sequence[Mapping[str, Any]]) -> int:
    texts = [column.heading + "  ", *(_told(row.get(column.key)) for row in rows[:MEASURED])]
    lines = (line for text in texts for line in text.split("\n"))
    return min(max(NARROWEST, *(_columns(line) + 2 for line in lines)), WIDEST)


def _told(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def _columns(text: str) -> int:
    """How wide a text is: Chinese characters take two columns."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
