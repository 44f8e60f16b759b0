"""CSV for Excel: with a byte order mark, and no text that Excel would run as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any, TextIO

from graph.characters import item_text
from graph.formulas import harmless
from graph.model import OPEN_END, OPEN_START

MEDIA_TYPE = "text/csv; charset=utf-8"


def csv_bytes(rows: Sequence[Mapping[str, Any]], columns: Iterable[str] = ()) -> bytes:
    """All columns of all rows; lists joined by `;`, lists of maps as JSON, the unknown as an empty cell.

    Without a row there are the names of `columns`, so that "none" is no empty file.
    A text that begins like a formula gets an apostrophe before it, which the import takes off.
    """
    names = names_of(rows, columns)
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([_safe(name) for name in names])
    writer.writerows([_safe(row.get(name)) for name in names] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def names_of(rows: Iterable[Mapping[str, Any]], columns: Iterable[str]) -> list[str]:
    """The names of all columns of rows; those of `columns` where there is no row."""
    return list(dict.fromkeys(name for row in rows for name in row)) or list(columns)


def csv_line(values: Iterable[Any]) -> str:
    """One line, for rows that come one after the other."""
    stream = StringIO()
    write_lines(stream, [values])
    return stream.getvalue()


def write_lines(stream: TextIO, rows: Iterable[Iterable[Any]]) -> None:
    """Rows as CSV, for those that come in parts."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([_safe(value) for value in row] for row in rows)


def cell_text(value: Any) -> str:
    """A value as CSV holds it, without control characters of terminals."""
    if value is None or value in (OPEN_START, OPEN_END):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list) and not any(isinstance(v, (Mapping, list)) for v in value):
        return ";".join(item_text(v) for v in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return item_text(value)


def _safe(value: Any) -> str:
    text = cell_text(value)
    number = isinstance(value, (int, float))
    return text if number else harmless(text)
