"""The cells of a sheet: what a value looks like, how wide a column and how high a row has to be."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from math import ceil
from typing import Any, get_args, get_type_hints

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from graph.characters import item_text, writable
from graph.formulas import FORMULA
from graph.labels import headings
from graph.model import OPEN_END, OPEN_START
from graph.model.words import SEVERITIES, VERDICTS
from graph.reports.tables.long_cells import LongCell, in_cell, is_long, pieces
from graph.reports.tables.row_xml import cell_xml

LOOKED_AT = 250
"""Characters of a shorter text, which fits into a cell whatever it is."""
KEYS = ("finding", "subject", "id")
"""Columns that say which row is meant, the first that is there."""
MEASURED = 400
"""Rows by which the width of a column is measured."""
COLOURS = {
    SEVERITIES["violation"]: "F8CBAD",
    SEVERITIES["warning"]: "FFE699",
    SEVERITIES["info"]: "DDEBF7",
    VERDICTS["unknown"]: "E7E6E6",
    VERDICTS["not_possible"]: "EDEDED",
}
_HEADER = PatternFill("solid", fgColor="1F4E78")
_LINE = Border(bottom=Side("thin", color="D9D9D9"))
NARROWEST, WIDEST = 7, 60
_PRINTED, _SMALL = Font("宋体", 9), Font("Arial", 6, color="808080")
_LINE_HEIGHT, _TALLEST = 12.5, 409.0
"""Points of a line of 9 points, and of the highest row that Excel has."""


@dataclass(frozen=True)
class SheetColumn:
    """A column: key in the rows, heading, number format, whether its words have colours.

    `width` in characters, measured where None; `small` type is for ids that stand last. What is for the
    `screen` stands behind what is printed, in one line, and makes no row higher.
    """

    key: str
    heading: str
    format: str = "General"
    coloured: bool = False
    width: float | None = None
    small: bool = False
    screen: bool = False


def columns_of(row: type[Any], *names: str, coloured: Collection[str] = ()) -> tuple[SheetColumn, ...]:
    """Columns of a row's type with its labels, in this order; days and whole numbers look like that."""
    types = get_type_hints(row)
    words = headings(row, *names)
    return tuple(SheetColumn(n, word, _format_of(types[n]), n in coloured) for n, word in words.items())


def wide(columns: Sequence[SheetColumn], *widths: float) -> tuple[SheetColumn, ...]:
    """The columns with these widths, for paper; the last one, of ids, in small type."""
    last = len(columns) - 1
    pairs = enumerate(zip(columns, widths, strict=True))
    return tuple(replace(column, width=width, small=n == last) for n, (column, width) in pairs)


def _format_of(type_: Any) -> str:
    parts = (type_, *get_args(type_))
    return "yyyy-mm-dd" if date in parts else "0" if int in parts else "General"


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


def items_of(value: Any) -> list[str]:
    """What a cell lists, a line each: the items of a list, or a text in parts that fit."""
    values = value if isinstance(value, (list, tuple, set)) else [value]
    return [piece for v in values for piece in pieces(item_text(v))]


class Cells:
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
        if text and len(found) > LOOKED_AT and is_long(items := items_of(value)):
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
        side = "left" if self.column.width is not None and self.column.format == "General" else None
        cell.alignment = Alignment(side, "top", wrap_text=not self.column.screen)
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


def head_cell(sheet: Any, column: SheetColumn) -> Any:
    """The heading of a column, over its figures where it has such."""
    over = "right" if column.format.startswith("0") else None
    cell = WriteOnlyCell(sheet, writable(column.heading))
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = _HEADER
    cell.alignment = Alignment(over, "center", wrap_text=True)
    return cell


def height_of(columns: Sequence[SheetColumn], row: Mapping[str, Any]) -> float:
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


def width_of(column: SheetColumn, rows: Sequence[Mapping[str, Any]]) -> float:
    """Characters that a column needs for its heading and its first rows."""
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
