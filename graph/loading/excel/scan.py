"""One pass over the XML of each part: what the reader of values passes over, and how much there is."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from openpyxl.utils import column_index_from_string, range_boundaries

from graph.loading.excel.bounds import SHORT_TEXT, BadWorkbook, Bounds

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_C, _V, _IS, _F, _ROW = (f"{MAIN[1:-1]} {name}" for name in ("c", "v", "is", "f", "row"))
_SI, _MERGED, _LINK = (f"{MAIN[1:-1]} {name}" for name in ("si", "mergeCell", "hyperlink"))
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_CHUNK = 2**20
"""Bytes a time: a value that is longer is read again from its beginning with every chunk."""


@dataclass
class SheetFacts:
    """What the reader of values does not say of a sheet; cells as row and column, from 1."""

    rows: int = 0
    columns: int = 0
    filled: int = 0
    errors: list[tuple[int, int]] = field(default_factory=list)
    unanswered: list[tuple[int, int]] = field(default_factory=list)
    """Formulas without a stored result."""
    hidden_rows: int = 0


def read_part(archive: zipfile.ZipFile, part: str, parser: expat.XMLParserType) -> None:
    """Feed a part to its end, so that its size and checksum are known to be true."""
    parser.StartDoctypeDeclHandler = _no_doctype
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


class PartScan:
    """Any part but a sheet: no document type, not too many elements; the lengths of shared texts."""

    def __init__(self, bounds: Bounds) -> None:
        self.texts: list[int] = []
        self._bounds = bounds
        self._parser = expat.ParserCreate(namespace_separator=" ")

    def parse(self, archive: zipfile.ZipFile, part: str) -> None:
        """Raises `BadWorkbook`."""
        self._parser.StartElementHandler = self._start
        read_part(archive, part, self._parser)

    def _start(self, name: str, _: Any) -> None:
        self._bounds.elements -= 1
        if self._bounds.elements < 0:
            raise self._bounds.no_elements_left()
        if name == _SI:
            self.texts.append(0)
            self._parser.CharacterDataHandler = self._text

    def _text(self, text: str) -> None:
        self.texts[-1] += len(text)


class SheetScan:
    """The facts of one sheet; `texts` are the lengths of the shared texts."""

    def __init__(self, bounds: Bounds, texts: list[int]) -> None:
        self.facts = SheetFacts()
        self._bounds = bounds
        self._texts = texts if max(texts, default=0) > SHORT_TEXT else []
        self._row = self._column = 0
        self._cell: tuple[int, int] | None = None
        self._formula = self._value = self._worded = self._shared = False
        self._index = ""
        self._parser = expat.ParserCreate(namespace_separator=" ")

    def parse(self, archive: zipfile.ZipFile, part: str) -> SheetFacts:
        """Read the sheet; raises `BadWorkbook`."""
        self._parser.StartElementHandler = self._start
        read_part(archive, part, self._parser)
        self._close()
        return self.facts

    def _start(self, name: str, attributes: dict[str, Any]) -> None:
        self._bounds.elements -= 1
        if self._bounds.elements < 0:
            raise self._bounds.no_elements_left()
        if name == _C:
            self._close()
            self._open(attributes)
        elif name == _V or name == _IS:  # noqa: PLR1714, SIM109 - half a million times
            if self._formula and not self._worded:
                self._parser.CharacterDataHandler = self._result
            else:
                self._value = True
                if self._shared:
                    self._parser.CharacterDataHandler = self._shown
        elif name == _F:
            self._formula = True
        elif name == _ROW:
            self._close()
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            self.facts.hidden_rows += attributes.get("hidden") in ("1", "true")
        elif self._cell is not None:  # what follows the cells, or a text whose cell is known
            self._close()
        if name == _MERGED or name == _LINK:  # noqa: PLR1714, SIM109
            self._bounds.add_span(_cells_of(str(attributes.get("ref", "A1"))))

    def _open(self, attributes: dict[str, Any]) -> None:
        if "r" in attributes:
            match = _ADDRESS.fullmatch(attributes["r"])
            if match is None:
                raise BadWorkbook("单元格地址无效", "an invalid cell address")
            self._row, self._column = int(match[2]), column_index_from_string(match[1])
        else:
            self._column += 1
        self._cell = self._row, self._column
        kind = attributes.get("t")
        # The result of a formula may be an empty text; then there is nothing in it to be seen.
        self._worded = kind == "str"
        self._shared = kind == "s" and bool(self._texts)
        if kind == "e":
            self.facts.errors.append(self._cell)

    def _result(self, text: str) -> None:
        """Text after a formula: its result, as some programs write an empty one."""
        self._value = self._value or bool(text.strip())

    def _shown(self, text: str) -> None:
        """The number of a shared text; may come in pieces."""
        self._index += text

    def _close(self) -> None:
        self._parser.CharacterDataHandler = None
        if self._index:
            number = int(self._index)
            self._index = ""
            if number < len(self._texts):
                self._bounds.add_text(self._texts[number])
        if self._cell is not None and (self._value or self._formula):
            row, column = self._cell
            facts = self.facts
            facts.rows, facts.columns = max(facts.rows, row), max(facts.columns, column)
            facts.filled += 1
            self._bounds.check_sheet(facts.rows, facts.columns)
            if self._formula and not self._value:
                facts.unanswered.append(self._cell)
        self._cell, self._formula, self._value = None, False, False


def _cells_of(reference: str) -> int:
    left, top, right, bottom = range_boundaries(reference)
    return (1 + (right or 2**14) - (left or 1)) * (1 + (bottom or 2**20) - (top or 1))


def _no_doctype(*_: Any) -> None:
    raise BadWorkbook("文件含有 DTD 声明，拒绝读取", "a document type declaration: refused")
