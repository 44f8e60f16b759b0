"""A workbook as it was handed in, with columns added to its right and cells marked; all else as it was."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from graph.characters import writable
from graph.loading.excel.archive import look_over, read_workbook_bytes
from graph.loading.excel.bounds import BadWorkbook

AUTHOR = "Cobuild 返回"
MARK = "FFF2CC"
"""Colour of a cell of which the graph has something else."""
LONGEST_NAME = 31
MOST_TEXT = 32_000
"""Characters that a cell holds, nearly."""
_PICTURES = ("xl/media/", "xl/charts/", "xl/cellimages")


@dataclass(frozen=True)
class Heading:
    """A column to add; `about` is the note on its heading."""

    text: str
    about: str
    width: float


@dataclass(frozen=True)
class Addition:
    """What one sheet gets: rows and columns as Excel counts, `first` and `last` are those of the heading."""

    sheet: str
    first: int
    last: int
    rows: Mapping[int, Sequence[str]]
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plain:
    """A sheet of a file that is no .xlsx, as it is seen; `merged` are top, left, bottom, right, from 0."""

    name: str
    rows: Sequence[Sequence[str | int | float]]
    merged: Sequence[tuple[int, int, int, int]] = ()
    hidden: bool = False


@dataclass(frozen=True)
class AppendedTable:
    """A sheet of its own at the end."""

    name: str
    rows: Sequence[Sequence[str | int]]
    widths: Sequence[float]


def append_columns(
    source: Path | Sequence[Plain],
    headings: Sequence[Heading],
    additions: Sequence[Addition],
    tables: Sequence[AppendedTable] = (),
    earlier: Sequence[str] = (),
) -> bytes:
    """The bytes of an .xlsx file: the workbook of a path, or plain sheets, with additions.

    Columns of an earlier run are written anew where they stand, and its sheets (`earlier`) are left out.
    Raises `BadWorkbook`.
    """
    book = _opened(source) if isinstance(source, Path) else _made(source)
    for addition in additions:
        _append(book[addition.sheet], headings, addition)
    for name in {*earlier, *(table.name for table in tables)} & {*book.sheetnames}:
        del book[name]
    for table in tables:
        _list(book.create_sheet(table.name), table)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def loses_pictures(path: Path) -> bool:
    """Whether an .xlsx file has pictures or charts, which a copy does not keep."""
    with zipfile.ZipFile(path) as archive:
        return any(name.startswith(_PICTURES) for name in archive.namelist())


def _opened(path: Path) -> Workbook:
    data = read_workbook_bytes(path)
    look_over(data)
    try:
        return load_workbook(BytesIO(data))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        # The reader of values is more forgiving than the one that keeps every style.
        raise BadWorkbook(
            "工作簿内部有误，无法写出副本；请另存后重试", f"no copy can be made: {error}"
        ) from None


def _made(sheets: Sequence[Plain]) -> Workbook:
    book = Workbook()
    del book[book.sheetnames[0]]
    for plain in sheets:
        sheet = book.create_sheet(plain.name[:LONGEST_NAME])
        if plain.hidden:
            sheet.sheet_state = "hidden"
        hidden = {
            (row, column)
            for top, left, bottom, right in plain.merged
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        }
        for i, row in enumerate(plain.rows):
            for j, value in enumerate(row):
                if value != "" and (i, j) not in hidden:
                    _write(sheet.cell(i + 1, j + 1), value)
        for top, left, bottom, right in plain.merged:
            sheet.merge_cells(
                start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
            )
    return book


def _append(sheet: Any, headings: Sequence[Heading], addition: Addition) -> None:
    _unmark(sheet)
    edge, own = _edge(sheet, headings, addition)
    columns = {}
    for heading in headings:
        columns[heading.text] = own.get(heading.text) or (edge := edge + 1)
    template = min(columns.values()) - 1
    for heading in headings:
        column = columns[heading.text]
        _head(sheet, heading, column, template, addition)
        sheet.column_dimensions[get_column_letter(column)].width = heading.width
    for row, texts in addition.rows.items():
        for heading, text in zip(headings, texts, strict=True):
            cell = sheet.cell(row, columns[heading.text])
            _dress(cell, sheet.cell(row, template))
            _write(cell, text or None)
    for (row, column), text in addition.notes.items():
        cell = sheet.cell(row, column)
        if not isinstance(cell, MergedCell):
            cell.fill = PatternFill("solid", fgColor=MARK)
            # What another program wrote beside a cell stays; the last column says it too.
            if cell.comment is None:
                cell.comment = Comment(writable(text), AUTHOR, width=320, height=120)


def _head(sheet: Any, heading: Heading, column: int, template: int, addition: Addition) -> None:
    for row in range(addition.first, addition.last + 1):
        cell = sheet.cell(row, column)
        _dress(cell, sheet.cell(row, template))
        # A heading of two rows is found by its lower one.
        if row == addition.last:
            _write(cell, heading.text)
            cell.comment = Comment(heading.about, AUTHOR, width=320, height=120)


def _edge(sheet: Any, headings: Sequence[Heading], addition: Addition) -> tuple[int, dict[str, int]]:
    """The last column that holds anything, and where columns of an earlier run stand."""
    names = {heading.text for heading in headings}
    last, own = 1, {}
    # Going over rows would make every cell up to the last one.
    for cell in sheet._cells.values():
        if cell.value is not None:
            last = max(last, cell.column)
            if cell.row == addition.last and cell.value in names:
                own[cell.value] = cell.column
    below = [r.max_col for r in sheet.merged_cells.ranges if r.max_row >= addition.first]
    return max([last, *below]), own


def _unmark(sheet: Any) -> None:
    for cell in sheet._cells.values():
        if cell.comment is not None and cell.comment.author == AUTHOR:
            cell.comment = None
            cell.fill = PatternFill()


def _dress(cell: Any, beside: Any) -> None:
    """Look as the cell beside does, with a text that is shown whole."""
    cell._style = copy(beside._style)
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _write(cell: Any, value: str | float | None) -> None:
    cell.value = writable(value)[:MOST_TEXT] if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"  # what was typed is shown, never run


def _list(sheet: Worksheet, table: AppendedTable) -> None:
    for i, row in enumerate(table.rows, start=1):
        for j, value in enumerate(row, start=1):
            cell = sheet.cell(i, j)
            _write(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if i == 1:
                cell.font = Font(bold=True)
    for number, width in enumerate(table.widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
