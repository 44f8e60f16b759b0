"""Reading .ods as it is seen: the file keeps the text of every cell as it is shown, beside the value.

Read from its XML, where that text is; odfpy would build a tree of objects for it first, and takes
entities.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from graph.loading.excel.bounds import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, MOST_UNPACKED, BadWorkbook
from graph.loading.register.shown import Cell, Number, ShownSheet, error_cell, shown_text

_TABLE, _TEXT, _STYLE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{n}:1.0}}" for n in ("table", "text", "style")
)
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"


def read_ods(path: Path) -> list[ShownSheet]:
    """The sheets of a spreadsheet; raises `BadWorkbook`."""
    if path.stat().st_size > MOST_BYTES:
        raise BadWorkbook("文件过大，请分成几个", "too large: split it")
    try:
        with zipfile.ZipFile(path) as archive:
            part = archive.getinfo("content.xml")
            if part.file_size > MOST_UNPACKED:
                raise BadWorkbook("解压后过大，拒绝读取", "too large when unpacked: refused")
            content = archive.read(part)
        sheets, hidden = [], set[str | None]()
        for _, element in iterparse(BytesIO(content), forbid_dtd=True):
            if element.tag == f"{_STYLE}style" and _is_hidden(element):
                hidden.add(element.get(f"{_STYLE}name"))
            elif element.tag == f"{_TABLE}table":
                sheets.append(_sheet(element))
                sheets[-1].hidden = element.get(f"{_TABLE}style-name") in hidden
        return sheets
    except (zipfile.BadZipFile, KeyError, RuntimeError, ParseError, DefusedXmlException) as error:
        raise BadWorkbook(
            "文件已损坏、设有密码，或不是有效的 .ods", f"damaged, encrypted, or no .ods: {error}"
        ) from None


def _is_hidden(style: Element) -> bool:
    """Whether sheets of this style are not shown."""
    return any(p.get(f"{_TABLE}display") == "false" for p in style.iter(f"{_STYLE}table-properties"))


def _sheet(table: Element) -> ShownSheet:
    rows: list[list[Cell]] = []
    merged: list[tuple[int, int, int, int]] = []
    waiting = hidden_rows = 0
    for element in table.iter(f"{_TABLE}table-row"):
        times = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
        cells = _row(element, len(rows) + waiting, merged)
        if not cells:  # a sheet ends with a million empty rows
            waiting += times
            continue
        rows += [[] for _ in range(waiting)]
        waiting = 0
        rows += [list(cells) for _ in range(times)]
        hidden_rows += times * (element.get(f"{_TABLE}visibility") in ("collapse", "filter"))
        if len(rows) > MOST_ROWS:
            raise BadWorkbook(f"工作表超过 {MOST_ROWS} 行", f"more than {MOST_ROWS} rows")
    wide = max(map(len, rows), default=0)
    filled = [r + [""] * (wide - len(r)) for r in rows]
    return ShownSheet(str(table.get(f"{_TABLE}name")), filled, merged, hidden_rows=hidden_rows)


def _row(row: Element, number: int, merged: list[tuple[int, int, int, int]]) -> list[Cell]:
    cells: list[Cell] = []
    waiting = 0
    for element in row:
        if element.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        times = int(element.get(f"{_TABLE}number-columns-repeated", "1"))
        down, right = (int(element.get(f"{_TABLE}number-{n}-spanned", "1")) for n in ("rows", "columns"))
        if (down, right) != (1, 1):
            left = len(cells) + waiting
            merged.append((number, left, number + down - 1, left + right - 1))
        shown = _cell(element)
        if shown == "":
            waiting += times
            continue
        cells += [""] * waiting + [shown] * times
        waiting = 0
        if len(cells) > MOST_COLUMNS:
            raise BadWorkbook(f"工作表超过 {MOST_COLUMNS} 列", f"more than {MOST_COLUMNS} columns")
    return cells


def _cell(element: Element) -> Cell:
    if element.tag != f"{_TABLE}table-cell":
        return ""
    text = "\n".join("".join(p.itertext()) for p in element.findall(f"{_TEXT}p"))
    if element.get(f"{_CALCEXT}value-type") == "error":
        return error_cell(text)
    if element.get(f"{_OFFICE}value-type") == "float":
        return error_cell(text) if "E+" in text else Number(text)  # digits that are not shown
    return shown_text(text)
