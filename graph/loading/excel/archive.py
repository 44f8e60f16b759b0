"""An .xlsx file looked over before anything reads it: what it is, how large, what it hides.

The fast reader distinguishes neither a formula without a result nor an error value from an empty cell,
and takes memory for the whole area between the first and the last cell; both are seen here.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any
from xml.parsers import expat

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from openpyxl.utils import column_index_from_string

MOST_BYTES = 64 * 2**20
MOST_UNPACKED = 768 * 2**20
MOST_PARTS, MOST_SHEETS = 2_000, 200
MOST_ROWS, MOST_COLUMNS = 500_000, 300
MOST_CELLS = 12_000_000
"""Rows times columns of one sheet: the reader holds them all at once."""

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_C, _V, _IS, _F, _ROW = (f"{_MAIN[1:-1]} {name}" for name in ("c", "v", "is", "f", "row"))
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_STRICT = b"purl.oclc.org/ooxml"


class BadWorkbook(ValueError):
    """A file that is no workbook of the import; says why in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


@dataclass
class SheetFacts:
    """What the reader of values does not say of a sheet; cells as row and column, from 1."""

    rows: int = 0
    columns: int = 0
    errors: list[tuple[int, int]] = field(default_factory=list)
    unanswered: list[tuple[int, int]] = field(default_factory=list)
    """Formulas without a stored result."""
    hidden_rows: int = 0


def read_workbook_bytes(path: Path) -> bytes:
    """The bytes of a file that is small enough and is an .xlsx by its content.

    Raises `BadWorkbook`.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadWorkbook(
                f"文件超过 {MOST_BYTES >> 20} MiB，请分成几个工作簿",
                f"larger than {MOST_BYTES >> 20} MiB: split it",
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
    if path.suffix.lower() != ".xlsx" or not data.startswith(b"PK"):
        raise BadWorkbook(
            "不是 .xlsx 工作簿，请在 Excel 或 WPS 中另存为 .xlsx", "not an .xlsx workbook: save it as .xlsx"
        )
    return data


def look_over(data: bytes) -> dict[str, SheetFacts]:
    """The facts of every worksheet by its name; raises `BadWorkbook` for what must not be read."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_parts(archive)
            return _facts(archive)
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


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename.casefold() for part in parts]
    if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
        raise BadWorkbook("解压后过大，拒绝读取", "too large when unpacked: refused")
    if len(set(names)) != len(names):
        raise BadWorkbook("压缩包内有重名文件，拒绝读取", "parts of the same name: refused")
    if any(part.flag_bits & 1 for part in parts):
        raise BadWorkbook("文件已加密，请取消密码后另存", "encrypted: save it without a password")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise BadWorkbook("含有宏，请另存为不带宏的 .xlsx", "has macros: save it as .xlsx without")
    if "xl/workbook.xml" not in names:
        raise BadWorkbook("不是 .xlsx 工作簿", "not an .xlsx workbook")


def _facts(archive: zipfile.ZipFile) -> dict[str, SheetFacts]:
    book = archive.read("xl/workbook.xml")
    if _STRICT in book:
        raise BadWorkbook(
            "是“严格 Open XML”格式，请另存为普通的 .xlsx", "Strict Open XML: save it as an ordinary .xlsx"
        )
    related = fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    targets = {r.get("Id"): str(r.get("Target")) for r in related}
    names = {}
    for sheet in fromstring(book, forbid_dtd=True).iter(f"{_MAIN}sheet"):
        target = targets[sheet.get(_REL)]
        part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        names[part] = str(sheet.get("name"))
    if len(names) > MOST_SHEETS:
        raise BadWorkbook(f"工作表超过 {MOST_SHEETS} 张", f"more than {MOST_SHEETS} sheets")
    found = {}
    for part in archive.namelist():
        if part in names:
            scan = _Scan()
            scan.parse(archive, part)
            found[names[part]] = scan.facts
        elif part.endswith((".xml", ".rels")):
            _Scan().parse(archive, part)
    return found


class _Scan:
    """One pass over a part of the file: no document type, and for a sheet its facts."""

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self._row = self._column = 0
        self._cell: tuple[int, int] | None = None
        self._formula = self._value = self._worded = False
        self._parser = expat.ParserCreate(namespace_separator=" ")

    def parse(self, archive: zipfile.ZipFile, part: str) -> None:
        """Read the part to its end, so that its size and checksum are known to be true."""
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = _no_doctype
        with archive.open(part) as stream:
            self._parser.ParseFile(stream)
        self._close()

    def _start(self, name: str, attributes: dict[str, Any]) -> None:
        if name == _C:
            self._close()
            self._open(attributes)
        elif name == _V or name == _IS:  # noqa: PLR1714, SIM109 - half a million times
            if self._formula and not self._worded:
                self._parser.CharacterDataHandler = self._result
            else:
                self._value = True
        elif name == _F:
            self._formula = True
        elif name == _ROW:
            self._close()
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            self.facts.hidden_rows += attributes.get("hidden") in ("1", "true")
        elif self._cell is not None:  # what follows the cells, or a text whose cell is known
            self._close()

    def _open(self, attributes: dict[str, Any]) -> None:
        if "r" in attributes:
            match = _ADDRESS.fullmatch(attributes["r"])
            if match is None:
                raise BadWorkbook("单元格地址无效", "an invalid cell address")
            self._row, self._column = int(match[2]), column_index_from_string(match[1])
        else:
            self._column += 1
        self._cell = self._row, self._column
        # The result of a formula may be an empty text; then there is nothing in it to be seen.
        self._worded = attributes.get("t") == "str"
        if attributes.get("t") == "e":
            self.facts.errors.append(self._cell)

    def _result(self, text: str) -> None:
        """Text after a formula: its result, as some programs write an empty one."""
        self._value = self._value or bool(text.strip())

    def _close(self) -> None:
        self._parser.CharacterDataHandler = None
        if self._cell is not None and (self._value or self._formula):
            row, column = self._cell
            facts = self.facts
            facts.rows, facts.columns = max(facts.rows, row), max(facts.columns, column)
            if (
                facts.rows > MOST_ROWS
                or facts.columns > MOST_COLUMNS
                or (facts.rows * facts.columns > MOST_CELLS)
            ):
                raise BadWorkbook(
                    f"工作表过大：最多 {MOST_ROWS} 行、{MOST_COLUMNS} 列；请检查远处是否有多余内容",
                    f"a sheet has at most {MOST_ROWS} rows and {MOST_COLUMNS} columns",
                )
            if self._formula and not self._value:
                facts.unanswered.append(self._cell)
        self._cell, self._formula, self._value = None, False, False


def _no_doctype(*_: Any) -> None:
    raise BadWorkbook("文件含有 DTD 声明，拒绝读取", "a document type declaration: refused")
