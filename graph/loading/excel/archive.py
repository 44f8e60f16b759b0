"""An .xlsx file looked over before anything reads it: what it is, how large, what it hides.

The fast reader distinguishes neither a formula without a result nor an error value from an empty cell,
and takes memory for the whole area between the first and the last cell; both are seen here.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from graph.loading.excel import bounds
from graph.loading.excel.bounds import BadWorkbook, Bounds, TooMuch
from graph.loading.excel.scan import MAIN, PartScan, SheetFacts, SheetScan

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = b"purl.oclc.org/ooxml"
_BOOK, _RELATED = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_MOST_INDEX = 4 * 2**20
"""Bytes of the list of sheets, which is held as a tree."""


def read_workbook_bytes(path: Path) -> bytes:
    """The bytes of a file that is small enough and is an .xlsx by its content.

    Raises `BadWorkbook`.
    """
    try:
        if path.stat().st_size > bounds.MOST_BYTES:
            raise BadWorkbook(
                f"文件超过 {bounds.MOST_BYTES >> 20} MiB，请分成几个工作簿",
                f"larger than {bounds.MOST_BYTES >> 20} MiB: split it",
            )
        data = path.read_bytes()
    except OSError as error:
        raise BadWorkbook(
            f"文件无法读取：{error.strerror}", f"the file cannot be read: {error.strerror}"
        ) from None
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise BadWorkbook(
                "工作簿设有打开密码，请取消密码后另存",
                "the workbook is encrypted: save it without a password",
            )
        raise BadWorkbook("是旧格式 .xls，请另存为 .xlsx", "an old .xls: save it as .xlsx")
    if not data.startswith(b"PK"):
        raise no_workbook()
    return data


def no_workbook() -> BadWorkbook:
    """What a file is told that is no workbook."""
    zh = "不是 .xlsx 工作簿，请在 Excel 或 WPS 中另存为 .xlsx"
    return BadWorkbook(zh, "not an .xlsx workbook: save it as .xlsx")


def look_over(data: bytes) -> dict[str, SheetFacts]:
    """The facts of every worksheet by its name; raises `BadWorkbook` for what must not be read.

    What would take longer than the file's size explains is refused after work in proportion to that
    size, and before anything holds its cells.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            allowed = Bounds(len(data))
            _check_parts(archive, allowed)
            return _facts(archive, allowed)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        RuntimeError,
        KeyError,
        ValueError,
        OSError,
        expat.ExpatError,
        ParseError,
        DefusedXmlException,
    ) as error:
        if isinstance(error, BadWorkbook):
            raise
        raise BadWorkbook("文件已损坏，或不是有效的 .xlsx", f"damaged, or no .xlsx: {error}") from None


def _check_parts(archive: zipfile.ZipFile, allowed: Bounds) -> None:
    parts = archive.infolist()
    names = [part.filename.casefold() for part in parts]
    allowed.check_parts(parts)
    if len(set(names)) != len(names):
        raise BadWorkbook("压缩包内有重名文件，拒绝读取", "parts of the same name: refused")
    if any(part.flag_bits & 1 for part in parts):
        raise BadWorkbook("文件已加密，请取消密码后另存", "encrypted: save it without a password")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise BadWorkbook("含有宏，请另存为不带宏的 .xlsx", "has macros: save it as .xlsx without")
    if _BOOK not in names:
        raise BadWorkbook("不是 .xlsx 工作簿", "not an .xlsx workbook")
    if any(archive.getinfo(name).file_size > _MOST_INDEX for name in (_BOOK, _RELATED)):
        raise TooMuch("工作表目录过大", "too large a list of sheets")


def _facts(archive: zipfile.ZipFile, allowed: Bounds) -> dict[str, SheetFacts]:
    sheets = _sheets(archive)
    # The texts are counted before the cells that show them.
    texts: list[int] = []
    for part in archive.namelist():
        if part not in sheets and part.endswith((".xml", ".rels")):
            scan = PartScan(allowed)
            scan.parse(archive, part)
            texts += scan.texts
    found = {
        sheets[part]: SheetScan(allowed, texts).parse(archive, part)
        for part in archive.namelist()
        if part in sheets
    }
    allowed.check_area(
        sum(facts.rows * facts.columns for facts in found.values()),
        sum(facts.filled for facts in found.values()),
    )
    return found


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part to name of every sheet."""
    book = archive.read(_BOOK)
    if _STRICT in book:
        raise BadWorkbook(
            "是“严格 Open XML”格式，请另存为普通的 .xlsx", "Strict Open XML: save it as an ordinary .xlsx"
        )
    related = fromstring(archive.read(_RELATED), forbid_dtd=True)
    targets = {r.get("Id"): str(r.get("Target")) for r in related}
    names = {}
    for sheet in fromstring(book, forbid_dtd=True).iter(f"{MAIN}sheet"):
        target = targets[sheet.get(_REL)]
        part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        names[part] = str(sheet.get("name"))
    if len(names) > bounds.MOST_SHEETS:
        raise BadWorkbook(f"工作表超过 {bounds.MOST_SHEETS} 张", f"more than {bounds.MOST_SHEETS} sheets")
    return names
