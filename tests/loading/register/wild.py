"""Registers as departments keep them, of invented places, written to files of every kind."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import xlwt
from openpyxl import Workbook

Rows = list[list[object]]
_OWN = 164
"""The first number of formats that a file defines itself."""


def write_xlsx(path: Path, rows: Rows, merged: tuple[str, ...] = ()) -> Path:
    """A workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(path)
    return path


def write_sheets(path: Path, sheets: dict[str, Rows]) -> Path:
    """A workbook of several sheets."""
    book = Workbook()
    del book[book.sheetnames[0]]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def write_xls(
    path: Path,
    rows: Rows,
    formats: dict[tuple[int, int], str] | None = None,
    merged: Sequence[tuple[int, int, int, int]] = (),
) -> Path:
    """An old workbook of one sheet; `formats` are number formats by row and column, from 0.

    `merged` are top, bottom, left and right of merged cells, inclusive, from 0.
    """
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账", cell_overwrite_ok=True)
    for top, bottom, left, right in merged:
        sheet.write_merge(top, bottom, left, right, rows[top][left])
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if value is not None and not any(t == i and c == j for t, _, c, _ in merged):
                style = xlwt.easyxf(num_format_str=(formats or {}).get((i, j), "General"))
                sheet.write(i, j, value, style)
    book.save(str(path))
    return path


def numbered_xls(path: Path, value: date, format_: int) -> Path:
    """An old workbook of one date, its format named by number only, as Chinese Excel writes it."""
    data = bytearray(write_xls(path, [[value]], {(0, 0): "yyyy-mm-dd"}).read_bytes())
    at = -1
    while (at := data.find(b"\xe0\x00\x14\x00", at + 1)) >= 0:  # records of cell formats
        if int.from_bytes(data[at + 6 : at + 8], "little") >= _OWN:
            data[at + 6 : at + 8] = format_.to_bytes(2, "little")
    path.write_bytes(data)
    return path


def write_ods(path: Path, rows: list[list[str | None]]) -> Path:
    """A spreadsheet as LibreOffice writes it: runs of equal cells once, and a tail of empty ones."""
    body = []
    for row in rows:
        cells = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
            if text
            else "<table:table-cell/>"
            for text in row
        )
        body.append(
            f'<table:table-row>{cells}<table:table-cell table:number-columns-repeated="16000"/>'
            "</table:table-row>"
        )
    body.append(
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="Sheet1">{"".join(body)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path


def write_text(path: Path, rows: list[list[str]], encoding: str = "utf-8", separator: str = ",") -> Path:
    """A text file without quotes."""
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    return path
