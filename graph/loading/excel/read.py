"""A filled workbook as the same delivery that a folder of CSV becomes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import python_calamine
from openpyxl.utils import get_column_letter

from graph.characters import tidy
from graph.loading.cells import BadCell
from graph.loading.delivery import Delivery
from graph.loading.excel.archive import look_over, no_workbook, read_workbook_bytes
from graph.loading.excel.bounds import BadWorkbook
from graph.loading.excel.cover import MANIFEST, read_cover
from graph.loading.excel.layout import BY_TITLE, CODES, COVER, ERRORS, GUIDE, WORDS, Layout
from graph.loading.excel.scan import SheetFacts
from graph.loading.excel.values import to_text
from graph.loading.findings import Finding, TooManyMistakes, keep, too_many
from graph.loading.manifest import STOPGAP
from graph.loading.table import Line, Table

Rows = Sequence[Sequence[Any]]


@dataclass
class CellRef:
    """Where the cells of a table stand: sheet, row of the heading, letters by column."""

    sheet: str
    header: int = 1
    letters: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)


def read_workbook(path: Path) -> tuple[Delivery | None, list[Finding]]:
    """Read an .xlsx; every unreadable cell becomes a finding that names sheet and cell."""
    try:
        data = read_workbook_bytes(path)
        if path.suffix.lower() != ".xlsx":
            raise no_workbook()
        facts = look_over(data)
        sheets = _sheets(data, facts)
    except BadWorkbook as bad:
        return None, [Finding(path.name, 0, "", "", bad.zh, bad.en)]
    return _Reader(path.name, sheets, facts).delivery(path, hashlib.sha256(data).hexdigest())


def _sheets(data: bytes, facts: dict[str, SheetFacts]) -> dict[str, Any]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        return {name: book.get_sheet_by_name(name) for name in book.sheet_names if name in facts}
    except python_calamine.PasswordError:
        raise BadWorkbook("工作簿设有打开密码", "the workbook is encrypted") from None
    except python_calamine.CalamineError as error:
        raise BadWorkbook("文件已损坏，或不是有效的 .xlsx", f"damaged, or no .xlsx: {error}") from None


class _Reader:
    """One workbook on its way to a delivery."""

    def __init__(self, file: str, sheets: dict[str, Any], facts: dict[str, SheetFacts]) -> None:
        self._file = file
        self._sheets = sheets
        self._facts = facts
        self._places: dict[str, CellRef] = {}
        self._findings: list[Finding] = []
        self._reported: set[tuple[Layout, str]] = set()

    def delivery(self, path: Path, digest: str) -> tuple[Delivery | None, list[Finding]]:
        tables = self._tables()
        if COVER not in self._sheets:
            self._at(
                COVER,
                "",
                "缺少工作表“交付说明”；请用 cobuild template 生成的模板",
                "the sheet 交付说明 is missing: begin with `cobuild template`",
            )
            return None, [self.locate(f) for f in self._findings]
        cover = read_cover(self._rows(COVER))
        self._places[MANIFEST] = CellRef(COVER, 1, cover.cells)
        self._findings += cover.findings
        found = Delivery(path, cover.manifest or STOPGAP, digest, findings=self._findings, locate=self.locate)
        found.usable = cover.manifest is not None
        try:
            self._read_tables(found, tables)
        except TooManyMistakes:
            return None, [self.locate(f) for f in [*self._findings, too_many()]]
        return found, self._findings

    def _read_tables(self, found: Delivery, tables: list[tuple[str, Layout]]) -> None:
        for sheet, layout in tables:
            table = Table(layout.file, layout.properties, found.manifest, self._findings, layout.lead)
            lines = self._lines(sheet, layout)
            if layout.folder == "nodes":
                found.nodes += table.nodes(lines, layout.name)
            else:
                found.edges += table.edges(lines, layout.name, layout.kind.key)
            if table.broken:
                found.broken.add(layout.name)

    def locate(self, finding: Finding) -> Finding:
        """A finding with workbook, sheet and cell in the place of file and row."""
        place = self._places.get(finding.file)
        if place is None:
            return replace(finding, file=self._file)
        column = finding.column.partition(".")[0]
        if finding.file == MANIFEST:
            cell = place.letters.get(column, "A1")
        else:
            cell = f"{place.letters.get(column, 'A')}{finding.row or place.header}"
        heading = place.headings.get(column)
        named = f"{heading} {column}" if heading else finding.column
        return replace(finding, file=self._file, sheet=place.sheet, cell=cell, column=named)

    def _tables(self) -> list[tuple[str, Layout]]:
        """The sheets that are tables, in the order in which a folder is read."""
        found: dict[Layout, str] = {}
        for sheet in self._sheets:
            layout = BY_TITLE.get(sheet.strip())
            if layout is not None and layout not in found:
                found[layout] = sheet
                self._places[layout.file] = CellRef(sheet)
            elif layout is not None:
                self._at(
                    sheet,
                    "A1",
                    f"与工作表“{found[layout]}”是同一类型，请合并为一张",
                    f"the same type as {found[layout]}: make one sheet of both",
                )
            elif sheet not in (GUIDE, COVER, WORDS, ERRORS) and self._facts[sheet].rows:
                # About the sheet as a whole: a mark in its first cell would cost a copy of everything.
                self._at(
                    sheet,
                    "",
                    "不是模型中的类型，不会被读取；请改名或删去此表",
                    "not a type of the model, so it would not be read",
                )
        in_order = sorted(found, key=lambda layout: (layout.folder != "nodes", layout.name))
        return [(found[layout], layout) for layout in in_order]

    def _rows(self, sheet: str) -> Rows:
        rows: Rows = self._sheets[sheet].to_python(skip_empty_area=False)
        return rows

    def _lines(self, sheet: str, layout: Layout) -> Iterator[Line]:
        """Header of property names, then the rows as text; findings for what lies between."""
        rows = enumerate(self._rows(sheet), start=1)
        broken = _broken(self._facts[sheet])
        header = next(((n, row) for n, row in rows if not _blank(row)), None)
        if header is not None:
            number, heads = header
            columns = self._header(sheet, layout, number, heads)
            self._look(sheet, number, self._facts[sheet])
            yield number, list(columns.values())
            for n, row in rows:
                marred = {i: broken.pop((n, i)) for i in columns if (n, i) in broken}
                if marred or not _blank(row):
                    self._strays(sheet, n, heads, row)
                    yield n, self._texts(layout, n, row, columns, marred)
        for (n, i), bad in broken.items():
            self._at(sheet, f"{get_column_letter(i + 1)}{n}", bad.zh, bad.en)

    def _texts(
        self,
        layout: Layout,
        number: int,
        row: Sequence[Any],
        columns: dict[int, str],
        marred: dict[int, BadCell],
    ) -> list[str | BadCell]:
        texts: list[str | BadCell] = []
        for i, name in columns.items():
            value = row[i]
            if i in marred:
                texts.append(marred[i])
                continue
            texts.append(to_text(value, name, layout.properties.get(name)))
            if isinstance(value, float) and name in CODES and (layout, name) not in self._reported:
                self._reported.add((layout, name))
                self._numbered(layout, number, name, texts[-1])
        return texts

    def _strays(self, sheet: str, number: int, heads: Sequence[Any], row: Sequence[Any]) -> None:
        """Values in columns that have no heading."""
        for i, head in enumerate(heads):
            if _empty(head) and not _empty(row[i]):
                self._at(
                    sheet,
                    f"{get_column_letter(i + 1)}{number}",
                    "所在的列没有表头",
                    "its column has no heading",
                    value=str(row[i])[:80],
                )

    def _header(self, sheet: str, layout: Layout, number: int, heads: Sequence[Any]) -> dict[int, str]:
        """Index to column, of the headings that the type knows."""
        place = self._places[layout.file] = CellRef(sheet, number, headings=layout.headings)
        columns = {}
        for i, head in enumerate(heads):
            text = tidy(str(head)).strip().rstrip("*＊ ")
            name = layout.columns.get(text)
            if name is not None:
                columns[i] = name
                place.letters.setdefault(name, get_column_letter(i + 1))
            elif text:
                zh, en = "、".join(layout.headings.values()), ", ".join(layout.headings)
                self._at(
                    sheet,
                    f"{get_column_letter(i + 1)}{number}",
                    f"没有这一列；可用：{zh}",
                    f"unknown column; known: {en}",
                    value=text[:80],
                )
        return columns

    def _numbered(self, layout: Layout, row: int, name: str, shown: str | BadCell) -> None:
        if isinstance(shown, str):
            self._findings.append(
                Finding(
                    layout.file,
                    row,
                    name,
                    shown,
                    "这一列有编号存成了数字，已按所示读取；开头的 0 会丢失，请把整列设为文本",
                    "ids stored as numbers, read as shown; leading zeros are lost: format the column as text",
                    "warning",
                )
            )

    def _look(self, sheet: str, header: int, facts: SheetFacts) -> None:
        """Merged cells, and hidden rows."""
        for (top, left), (bottom, _) in self._sheets[sheet].merged_cell_ranges or []:
            if bottom + 1 >= header:
                self._at(
                    sheet,
                    f"{get_column_letter(left + 1)}{top + 1}",
                    "合并单元格不能导入：除第一格外都会被当作“不知道”，请取消合并并逐格填写",
                    "merged cells: all but the first would count as not known",
                )
        if facts.hidden_rows:
            self._at(
                sheet,
                f"A{header}",
                f"有 {facts.hidden_rows} 行被隐藏（或筛选掉），也已读取",
                f"{facts.hidden_rows} hidden rows were read too",
                level="warning",
            )

    def _at(self, sheet: str, cell: str, zh: str, en: str, *, value: str = "", level: Any = "error") -> None:
        row = int("".join(c for c in cell if c.isdigit()) or 0)
        keep(self._findings, Finding(self._file, row, "", value, zh, en, level, sheet, cell))


def _broken(facts: SheetFacts) -> dict[tuple[int, int], BadCell]:
    """By row and index: the cells that the reader shows as empty and that are not."""
    formula = BadCell(
        "公式没有计算结果；请在 Excel 中打开并保存，或改填数值",
        "a formula without a result: save it in Excel, or type it",
    )
    error = BadCell(
        "单元格是错误值（如 #N/A）；不知道请留空", "an error value: leave the cell empty where not known"
    )
    found = dict.fromkeys(facts.unanswered, formula) | dict.fromkeys(facts.errors, error)
    return {(row, column - 1): bad for (row, column), bad in found.items()}


def _empty(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()


def _blank(row: Sequence[Any]) -> bool:
    return all(_empty(value) for value in row)
