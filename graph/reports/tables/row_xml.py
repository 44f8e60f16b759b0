"""Rows of a sheet, written as the file has them; openpyxl writes what stands round them and their looks.

openpyxl makes an element of every cell: most of the time that a workbook of a city takes.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from io import BytesIO
from tempfile import TemporaryFile
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.compat import safe_string
from openpyxl.utils.datetime import to_excel

_END = b"</sheetData>"
_RETURN = {"\r": "&#13;"}
_GATHERED = 500
"""Rows that are written to the file at a time."""


class RowFile:
    """The rows of one sheet below those that openpyxl wrote, in a file without a name."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115  closed by `into`
        self._waiting: list[str] = []

    def add(self, number: int, cells: Sequence[str], height: float | None) -> None:
        """A row by its number in the sheet; `height` in points."""
        tall = "" if height is None else f' ht="{height:.10g}" customHeight="1"'
        self._waiting.append(f'<row r="{number}"{tall}>{"".join(cells)}</row>')
        if len(self._waiting) >= _GATHERED:
            self._write()

    def into(self, target: Any) -> None:
        """Copy all rows into a file; afterwards they are gone."""
        self._write()
        self._file.seek(0)
        shutil.copyfileobj(self._file, target, 1 << 20)
        self._file.close()

    def _write(self) -> None:
        self._file.write("".join(self._waiting).encode())
        self._waiting.clear()


def cell_xml(place: str, style: int, value: Any) -> str:
    """A cell that holds a text, number or date, or nothing."""
    if value is None or value == "":
        return f'<c r="{place}" s="{style}"/>'
    if isinstance(value, str):
        space = ' xml:space="preserve"' if value != value.strip() else ""
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t{space}>{escape(value, _RETURN)}</t></is></c>'
    number = _serial(value) if isinstance(value, date) else safe_string(value)
    return f'<c r="{place}" s="{style}" t="n"><v>{number}</v></c>'


def with_rows(workbook: bytes, rows: Mapping[str, RowFile]) -> bytes:
    """The bytes of an .xlsx file with further rows, by the name of the sheet's part in it."""
    made = BytesIO()
    with ZipFile(BytesIO(workbook)) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename not in rows:
                target.writestr(member, content, ZIP_DEFLATED)
                continue
            before, end, after = content.rpartition(_END)
            with target.open(member.filename, "w", force_zip64=True) as file:
                file.write(before)
                rows[member.filename].into(file)
                file.write(end + after)
    return made.getvalue()


@lru_cache(maxsize=10_000)
def _serial(day: date) -> str:
    return str(safe_string(to_excel(day)))  # type: ignore[no-untyped-call]
