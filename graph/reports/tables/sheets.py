"""Styled sheets: header, widths, colours, filter, print setup; no cell is a formula, none is cut.

openpyxl writes what stands round the rows and their looks; the rows are streamed (`row_xml`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from io import BytesIO
from math import ceil
from typing import Any, get_args, get_type_hints

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from graph import __version__
from graph.characters import item_text, writable
from graph.formulas import FORMULA
from graph.labels import headings
from graph.model import OPEN_END, OPEN_START
from graph.reports.tables.long_cells import (
    COVER_ITEM,
    COVER_WORD,
    LONG_SHEET,
    LongCell,
    in_cell,
    is_long,
    pieces,
)
from graph.reports.tables.row_xml import RowFile, cell_xml, with_rows

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 31
LONGEST_FOOTER = 200
"""Excel refuses a file with a header or footer of more than 255 characters."""
MOST_ROWS = 1_048_575
"""Rows of a sheet below its heading."""
LOOKED_AT = 250
"""Characters of a shorter text, which fits into a cell whatever it is."""
KEYS = ("finding", "subject", "id")
"""Columns that say which row is meant, the first that is there."""
NARROWEST, WIDEST = 7, 60
A4 = 9
"""The number of the paper size in a workbook."""
MEASURED = 400
"""Rows by which the width of a column is measured."""
COLOURS = {"违规": "F8CBAD", "提醒": "FFE699", "提示": "DDEBF7", "未知": "E7E6E6", "条件不具备": "EDEDED"}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_HEADER = PatternFill("solid", fgColor="1F4E78")
_PRINTED, _SMALL = Font("宋体", 9), Font("Arial", 6, color="808080")
_LINE_HEIGHT, _TALLEST = 12.5, 409.0
"""Points of a line of 9 points, and of the highest row that Excel has."""
_LINE = Border(bottom=Side("thin", color="D9D9D9"))


@dataclass(frozen=True)
class SheetColumn:
    """A column: key in the rows, heading, number format, whether its words have colours.

    `width` in characters, measured where None; `small` type is for ids that stand last.
    """

    key: str
    heading: str
    format: str = "General"
    coloured: bool = False
    width: float | None = None
    small: bool = False


def columns_of(row: type[Any], *names: str, coloured: Collection[str] = ()) -> tuple[SheetColumn, ...]:
    """Columns of a row's type with its labels, in this order; days and whole numbers look like that."""
    types = get_type_hints(row)
    words = headings(row, *names)
    return tuple(SheetColumn(n, word, _format_of(types[n]), n in coloured) for n, word in words.items())


def wide(columns: Sequence[SheetColumn], *widths: float) -> tuple[SheetColumn, ...]:
    """The columns with these widths; the last one, of ids, in small type."""
    last = len(columns) - 1
    pairs = enumerate(zip(columns, widths, strict=True))
    return tuple(replace(column, width=width, small=n == last) for n, (column, width) in pairs)


def _format_of(type_: Any) -> str:
    parts = (type_, *get_args(type_))
    return "yyyy-mm-dd" if date in parts else "0" if int in parts else "General"


COVER_SHEET = "封面"
COVER = (SheetColumn("item", "项目"), SheetColumn("value", "内容"))
LONG = (
    SheetColumn("sheet", "工作表"),
    SheetColumn("row", "行", "0"),
    SheetColumn("heading", "列"),
    SheetColumn("key", "对象"),
    SheetColumn("number", "序", "0"),
    SheetColumn("item", "内容"),
)


class Book:
    """A workbook whose sheets are streamed; it is finished by its cover, which comes first in it."""

    def __init__(self, title: str, footer: str) -> None:
        """`title` is a property of the file, `footer` is printed under every page."""
        self._book = Workbook(write_only=True)
        self._book.properties.title = writable(title)
        self._book.properties.creator = f"Cobuild {__version__}"
        text = writable(footer)
        self._footer = text if len(text) <= LONGEST_FOOTER else f"{text[:LONGEST_FOOTER]}…"
        self._long: list[LongCell] = []
        self._rows: list[tuple[Any, RowFile]] = []

    def add(self, name: str, columns: Sequence[SheetColumn], rows: Sequence[Mapping[str, Any]]) -> None:
        """Append the rows, in as many sheets as they need; the name is made a valid one."""
        for start in range(0, max(1, len(rows)), MOST_ROWS):
            self._sheet(name, columns, rows[start : start + MOST_ROWS])

    @property
    def book(self) -> Workbook:
        """The workbook itself, for pages that are no tables."""
        return self._book

    def finish(
        self, cover: Iterable[tuple[str, object]], *, name: str = COVER_SHEET, first: bool = True
    ) -> bytes:
        """The bytes of the .xlsx file, with this cover and, where a cell is too small, all of it.

        The cover comes `first`, or last where the workbook has a first page of its own.
        """
        items = [(item, value) for item, value in cover]
        if self._long or any(is_long(_items(value)) for _, value in items):
            items.append((COVER_ITEM, COVER_WORD))
        rows = [{"item": item, "value": value} for item, value in items]
        self._sheet(name, COVER, rows, index=0 if first else None)
        if self._long:
            self.add(LONG_SHEET, LONG, list(_listed(self._long)))
        stream = BytesIO()
        self._book.save(stream)
        return with_rows(stream.getvalue(), {sheet.path.lstrip("/"): rows for sheet, rows in self._rows})

    def _sheet(
        self,
        name: str,
        columns: Sequence[SheetColumn],
        rows: Sequence[Mapping[str, Any]],
        *,
        index: int | None = None,
    ) -> None:
        others = {COVER_SHEET, LONG_SHEET} - {name}
        sheet = self._book.create_sheet(sheet_name(name, others.union(self._book.sheetnames)), index)
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = A4
        sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.75, header=0.3, footer=0.35)
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.oddFooter.left.text = self._footer.replace("&", "&&")
        sheet.oddFooter.right.text = "第 &P 页，共 &N 页"
        for number, column in enumerate(columns, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = _width(column, rows)
        sheet.append([_head(sheet, column) for column in columns])
        makers = [_Cells(sheet, n, column, self._long) for n, column in enumerate(columns, start=1)]
        fixed = [column for column in columns if column.width is not None]
        file = RowFile()
        for number, row in enumerate(rows, start=2):
            cells = [maker.cell(row, number) for maker in makers]
            file.add(number, cells, _height(fixed, row) if fixed else None)
        self._rows.append((sheet, file))


def plain(value: Any) -> Any:
    """A value as a cell holds it, of whatever length: numbers and dates as such, all else as text."""
    if type(value) is str:
        return writable(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (list, tuple, set)):
        return "\n".join(item_text(v) for v in value)
    if value in (OPEN_START, OPEN_END):
        return "不详" if value == OPEN_START else "至今"
    if value is None or isinstance(value, (int, float, date)):
        return value
    return item_text(value)


def _items(value: Any) -> list[str]:
    """What a cell lists, a line each: the items of a list, or a text in parts that fit."""
    values = value if isinstance(value, (list, tuple, set)) else [value]
    return [piece for v in values for piece in pieces(item_text(v))]


def _listed(cells: Iterable[LongCell]) -> Iterable[Mapping[str, Any]]:
    for cell in cells:
        where = {"sheet": cell.sheet, "row": cell.row, "heading": cell.heading, "key": cell.key}
        for number, item in enumerate(cell.items, start=1):
            yield {**where, "number": number, "item": item}


class _Cells:
    """The cells of one column, as the file has them; each look is made once."""

    def __init__(self, sheet: Any, place: int, column: SheetColumn, long: list[LongCell]) -> None:
        self.column = column
        self._sheet = sheet
        self._letter = get_column_letter(place)
        self._long = long
        self._styles: dict[tuple[str | None, bool, type[date] | None], int] = {}

    def cell(self, row: Mapping[str, Any], number: int) -> str:
        """The cell of a row, `number` in the sheet."""
        value = row.get(self.column.key)
        found = plain(value)
        text = isinstance(found, str)
        if text and len(found) > LOOKED_AT and is_long(items := _items(value)):
            key = next((str(row[k]) for k in KEYS if row.get(k) is not None), "")
            self._long.append(LongCell(self._sheet.title, number, self.column.heading, key, tuple(items)))
            found = in_cell(items)
        colour = COLOURS.get(found) if text and self.column.coloured else None
        quoted = text and found.startswith(FORMULA)
        dated = type(found) if isinstance(found, date) else None
        look = colour, quoted, dated
        if look not in self._styles:
            self._styles[look] = self._style(colour, found if dated else None, quoted=quoted)
        return cell_xml(f"{self._letter}{number}", self._styles[look], found)

    def _style(self, colour: str | None, day: date | None, *, quoted: bool) -> int:
        """The number of a look in the workbook; a day without a format of its own gets one."""
        cell = WriteOnlyCell(self._sheet)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        cell.border = _LINE
        cell.number_format = self.column.format
        if self.column.width is not None:
            cell.font = _SMALL if self.column.small else _PRINTED
        cell.quotePrefix = quoted
        if colour is not None:
            cell.fill = PatternFill("solid", fgColor=colour)
        if day is not None:
            cell.value = day
        return int(cell.style_id)


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


def _head(sheet: Any, column: SheetColumn) -> Any:
    cell = WriteOnlyCell(sheet, writable(column.heading))
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = _HEADER
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _height(columns: Sequence[SheetColumn], row: Mapping[str, Any]) -> float:
    """Points that the longest cell of a row needs; programs do not measure wrapped text by themselves."""
    lines = 1.0
    for column in columns:
        value = row.get(column.key)
        if isinstance(value, (str, list, tuple)):
            room = (column.width or 1) * (1.5 if column.small else 1.1)
            size = 0.7 if column.small else 1.0
            texts = str(plain(value)).split("\n")
            lines = max(lines, size * sum(max(1, ceil(shown_width(t) / room)) for t in texts))
    return min(_TALLEST, lines * _LINE_HEIGHT + 3)


def _width(column: SheetColumn, rows: Sequence[Mapping[str, Any]]) -> float:
    if column.width is not None:
        return column.width
    texts = [column.heading + "  ", *(_shown_text(row.get(column.key)) for row in rows[:MEASURED])]
    lines = (line for text in texts for line in text.split("\n"))
    return min(max(NARROWEST, *(shown_width(line) + 2 for line in lines)), WIDEST)


def _shown_text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value[:MEASURED]))
    return "" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def shown_width(text: str) -> int:
    """How wide a text is: Chinese characters take two columns."""
    return len(text) if text.isascii() else sum(map(_wide, text))


@cache
def _wide(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
