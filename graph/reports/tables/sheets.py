"""Styled sheets: header, widths, colours, filter, print setup; no cell is a formula, none is cut.

openpyxl writes what stands round the rows and their looks; the rows are streamed (`row_xml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from graph import __version__
from graph.characters import writable
from graph.reports.tables.cells import Cells, SheetColumn, head_cell, height_of, items_of, width_of
from graph.reports.tables.long_cells import COVER_ITEM, COVER_WORD, LONG_SHEET, LongCell, is_long
from graph.reports.tables.row_xml import RowFile, with_rows

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 31
LONGEST_FOOTER = 180
"""Excel refuses a file with a header or footer of more than 255 characters."""
MOST_ROWS = 1_048_575
"""Rows of a sheet below its heading."""
A4 = 9
"""The number of the paper size in a workbook."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


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

    def add(
        self,
        name: str,
        columns: Sequence[SheetColumn],
        rows: Sequence[Mapping[str, Any]],
        *,
        printed: int | None = None,
    ) -> None:
        """Append the rows, in as many sheets as they need; the name is made a valid one.

        Of each sheet the first `printed` rows are printed, all if None.
        """
        for start in range(0, max(1, len(rows)), MOST_ROWS):
            self._sheet(name, columns, rows[start : start + MOST_ROWS], printed=printed)

    @property
    def book(self) -> Workbook:
        """The workbook itself, for pages that are no tables."""
        return self._book

    def finish(
        self,
        cover: Iterable[tuple[str, object]],
        *,
        name: str = COVER_SHEET,
        columns: Sequence[SheetColumn] = COVER,
        first: bool = True,
    ) -> bytes:
        """The bytes of the .xlsx file, with this cover and, where a cell is too small, all of it.

        The cover comes `first`, or last where the workbook has a first page of its own.
        """
        items = [(item, value) for item, value in cover]
        if self._long or any(is_long(items_of(value)) for _, value in items):
            items.append((COVER_ITEM, COVER_WORD))
        rows = [{"item": item, "value": value} for item, value in items]
        self._sheet(name, columns, rows, index=0 if first else None)
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
        printed: int | None = None,
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
        # LibreOffice prints no sheet without an area where one has it: so each has.
        paper = sum(not column.screen for column in columns)
        shown = len(rows) if printed is None else min(printed, len(rows))
        sheet.print_area = f"A1:{get_column_letter(paper)}{shown + 1}"
        footer = (
            self._footer
            if shown == len(rows)
            else f"{self._footer}　打印前 {shown} 行，文件中共 {len(rows)} 行"
        )
        sheet.oddFooter.left.text = footer.replace("&", "&&")
        sheet.oddFooter.right.text = "第 &P 页，共 &N 页"
        for number, column in enumerate(columns, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width_of(column, rows)
        sheet.append([head_cell(sheet, column) for column in columns])
        makers = [Cells(sheet, n, column, self._long) for n, column in enumerate(columns, start=1)]
        fixed = [column for column in columns if column.width is not None and not column.screen]
        file = RowFile()
        for number, row in enumerate(rows, start=2):
            cells = [maker.cell(row, number) for maker in makers]
            file.add(number, cells, height_of(fixed, row) if fixed else None)
        self._rows.append((sheet, file))


def _listed(cells: Iterable[LongCell]) -> Iterable[Mapping[str, Any]]:
    for cell in cells:
        where = {"sheet": cell.sheet, "row": cell.row, "heading": cell.heading, "key": cell.key}
        for number, item in enumerate(cell.items, start=1):
            yield {**where, "number": number, "item": item}


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
