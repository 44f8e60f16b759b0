"""Findings written back into a copy of a workbook: coloured cells with notes, and a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from graph.characters import writable
from graph.loading.excel.archive import look_over, read_workbook_bytes
from graph.loading.excel.bounds import BadWorkbook
from graph.loading.excel.layout import ERRORS
from graph.loading.findings import MOST_MISTAKES, Finding
from graph.model.words import SEVERITIES

AUTHOR = "Cobuild 校验"
MOST = 5_000
"""Cells that are marked and findings that are listed: more are mended in the source, not one by one."""
LONGEST_NOTE = 1_000
COLOURS = {"error": "FF9999", "warning": "FFE699"}
WORDS = {"error": "错误", "warning": SEVERITIES["warning"]}
HEADINGS = ("序", "级别", "工作表", "单元格", "列", "填写的内容", "问题", "Problem")


def mark_findings(path: Path, findings: Sequence[Finding]) -> bytes:
    """The bytes of a copy of the workbook with the findings in it; the file is only read.

    Raises `BadWorkbook` if it is none, if no finding is about a cell (then the copy, which takes seconds for
    a large file, would show nothing), or if it has so many mistakes that not all were looked for: no one
    mends those cell by cell. Earlier marks are taken off the copy.
    """
    if not any(finding.sheet and finding.cell for finding in findings):
        raise BadWorkbook("没有可以标注的单元格", "no finding is about a cell")
    if len(findings) > MOST_MISTAKES:
        raise BadWorkbook("错误过多，不写出标注副本", "too many mistakes for a marked copy")
    data = read_workbook_bytes(path)
    look_over(data)
    return _marked(data, findings)


def mark_rows(
    sheets: Mapping[str, Sequence[Sequence[str | int | float]]],
    findings: Sequence[Finding],
    hidden: Collection[str] = (),
) -> bytes:
    """The same of rows that came from no .xlsx, by the name of their sheet; some sheets are `hidden`."""
    book = Workbook()
    del book[book.sheetnames[0]]
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        if name in hidden:
            page.sheet_state = "hidden"
        for number, values in enumerate(rows, start=1):
            for column, value in enumerate(values, start=1):
                if not isinstance(value, str):
                    page.cell(number, column, value)
                elif value:
                    page.cell(number, column, writable(value)).data_type = "s"
    stream = BytesIO()
    book.save(stream)
    return _marked(stream.getvalue(), findings)


def _marked(data: bytes, findings: Sequence[Finding]) -> bytes:
    try:
        book = load_workbook(BytesIO(data))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        # The reader of values is more forgiving than the one that keeps every style.
        raise BadWorkbook("工作簿内部有误，无法写出标注副本", f"no copy can be made: {error}") from None
    if ERRORS in book.sheetnames:
        del book[ERRORS]
    for worksheet in book.worksheets:
        _unmark(worksheet)
    cells: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.sheet in book.sheetnames and finding.cell:
            cells[finding.sheet, finding.cell].append(finding)
    for (sheet, cell), found in list(cells.items())[:MOST]:
        _mark(book[sheet], cell, found)
    _list(book.create_sheet(ERRORS, 0), findings, set(book.sheetnames))
    book.active = 0
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _unmark(sheet: Any) -> None:
    """Take off what an earlier run wrote: the copy may have been mended and tried again."""
    # Going over rows would make every cell up to the last one.
    for cell in sheet._cells.values():
        if cell.comment is not None and cell.comment.author == AUTHOR:
            cell.comment = None
            cell.fill = PatternFill()


def _mark(sheet: Any, address: str, findings: Sequence[Finding]) -> None:
    cell = sheet[address]
    if isinstance(cell, MergedCell):
        return
    worst = "error" if any(f.level == "error" for f in findings) else "warning"
    # A note of the template on a heading stays where it is; the list has the finding in full.
    if cell.comment is None:
        text = "\n".join(f"{f.zh}\n{f.en}" for f in findings)
        if len(text) > LONGEST_NOTE:
            text = f"{text[:LONGEST_NOTE]}…\n（全文见“{ERRORS}”表 / in full in that sheet）"
        cell.comment = Comment(writable(text), AUTHOR, width=360, height=160)
    cell.fill = PatternFill("solid", fgColor=COLOURS[worst])


def _list(sheet: Worksheet, findings: Sequence[Finding], names: set[str]) -> None:
    sheet.append(HEADINGS)
    for cell in sheet[1]:
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="C00000")
    for number, f in enumerate(findings[:MOST], start=1):
        row = number + 1
        values: tuple[str | int, ...] = (
            number,
            WORDS[f.level],
            f.sheet,
            f.cell,
            f.column,
            f.value,
            f.zh,
            f.en,
        )
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(row, column, writable(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"  # what was typed is shown, never run
        if f.sheet in names:
            link = sheet.cell(row, 4 if f.cell else 3)
            quoted = f.sheet.replace("'", "''")
            where = f"'{quoted}'!{f.cell or 'A1'}"
            link.hyperlink = Hyperlink(ref=link.coordinate, location=where)
            link.font = Font(color="0563C1", underline="single")
    if len(findings) > MOST:
        sheet.append([None, None, None, None, None, None, f"… 共 {len(findings)} 处 / in all"])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:H{min(len(findings), MOST) + 1}"
    for letter, width in zip("ABCDEFGH", (6, 8, 16, 10, 20, 24, 60, 60), strict=True):
        sheet.column_dimensions[letter].width = width
