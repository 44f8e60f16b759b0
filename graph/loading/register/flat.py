"""Reading text files: UTF-8, UTF-16 or GB18030, separated by commas, tabs or semicolons."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from graph.loading.encoding import BadText, text_of
from graph.loading.excel.bounds import MOST_BYTES, MOST_ROWS, BadWorkbook
from graph.loading.register.shown import ShownSheet, shown_text

_HEAD = 20_000
"""Characters by which the separator is told."""


def read_flat(path: Path) -> list[ShownSheet]:
    """The one table of a text file; raises `BadWorkbook`, for a wrong encoding with its first line."""
    if path.stat().st_size > MOST_BYTES:
        raise BadWorkbook("文件过大，请分成几个", "too large: split it")
    try:
        text = text_of(path.read_bytes())
    except BadText as error:
        raise BadWorkbook(f"第 {error.line} 行：{error.zh}", f"line {error.line}: {error.en}") from None
    try:
        rows = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))]
    except csv.Error as error:
        raise BadWorkbook(f"不是有效的 CSV：{error}", f"no valid CSV: {error}") from None
    if len(rows) > MOST_ROWS:
        raise BadWorkbook(f"超过 {MOST_ROWS} 行", f"more than {MOST_ROWS} rows")
    wide = max(map(len, rows), default=0)
    return [ShownSheet(path.stem, [[*map(shown_text, row), *[""] * (wide - len(row))] for row in rows])]


def _separator(text: str) -> str:
    """Tab or comma, whichever is there more; a semicolon, which parts names too, only without them."""
    head = text[:_HEAD]
    tabs, commas = head.count("\t"), head.count(",")
    if not tabs and not commas and ";" in head:
        return ";"
    return "\t" if tabs > commas else ","
