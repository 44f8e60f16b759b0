"""A file of a register as the sheets that the clerk sees, by what the file is and not by its name."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from graph.loading.excel.bounds import BadWorkbook
from graph.loading.register.flat import read_flat
from graph.loading.register.ods import read_ods
from graph.loading.register.shown import ShownSheet
from graph.loading.register.xls import read_xls
from graph.loading.register.xlsx import read_xlsx

_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_PRINTED = {b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG"}
"""How files begin that show a sheet and hold none."""
_MARKUP = ("<html", "<!doctype", "<?xml", "<table", "<head", "<meta", "mime-version:")
_BEGIN = 200


def read_sheets(path: Path) -> list[ShownSheet]:
    """The sheets that hold anything; raises `BadWorkbook`.

    A cell that is merged downwards stands for all of its rows, so each gets its text; merged to the
    right it is in its first cell only.
    """
    try:
        sheets = _reader(path)(path)
    except OSError as error:
        raise BadWorkbook(
            f"文件无法读取：{error.strerror}", f"the file cannot be read: {error.strerror}"
        ) from None
    for sheet in sheets:
        for top, left, bottom, _ in sheet.merged:
            for row in range(top + 1, min(bottom + 1, len(sheet.rows))):
                if left < len(sheet.rows[row]):
                    sheet.rows[row][left] = sheet.rows[top][left]
    return [sheet for sheet in sheets if any(cell != "" for row in sheet.rows for cell in row)]


def is_xlsx(path: Path) -> bool:
    """Whether a file is a workbook that can be copied with its formats, by what it is."""
    with path.open("rb") as stream:
        if stream.read(4) != _ZIP:
            return False
    return _reader(path) is read_xlsx


def _refuse_markup(path: Path) -> None:
    """Systems hand out a page, or a workbook of 2003 in XML, under the name of an .xls."""
    with path.open("rb") as stream:
        begin = stream.read(_BEGIN).decode("utf-8", "ignore").lstrip("\ufeff \t\r\n").lower()
    if begin.startswith(_MARKUP):
        raise BadWorkbook(
            "是网页或 XML，不是工作簿；请在 Excel 或 WPS 中打开，另存为 .xlsx",
            "a web page or XML, no workbook: open it in Excel or WPS and save it as .xlsx",
        )


def _reader(path: Path) -> Callable[[Path], list[ShownSheet]]:
    with path.open("rb") as stream:
        start = stream.read(4)
    if start == _OLE:
        return read_xls
    for mark, name in _PRINTED.items():
        if start.startswith(mark):
            raise BadWorkbook(
                f"是 {name} 文件，不是表格；请交 Excel、WPS 中的原表",
                f"a {name} file, no sheet: hand in the sheet",
            )
    if start != _ZIP:
        _refuse_markup(path)
        return read_flat
    try:
        with zipfile.ZipFile(path) as archive:
            return read_ods if "content.xml" in archive.namelist() else read_xlsx
    except zipfile.BadZipFile:
        raise BadWorkbook("文件已损坏，请在 Excel 或 WPS 中打开并另存", "damaged: open and save it") from None
