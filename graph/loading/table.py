"""One table of a delivery, CSV file or sheet, on its way to typed rows: the one validation path."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graph.characters import tidy
from graph.loading.cells import BadCell, read_cell, refuse_controls, refuse_scientific
from graph.loading.findings import Finding, keep
from graph.loading.manifest import Manifest
from graph.loading.rows import EdgeRow, NodeRow
from graph.model import NEED_MEETS, OPEN_END, OPEN_START, POSTS, edge_id, labels_by_prefix
from graph.model.base import Property
from graph.private import FREE, has_numbers, without_numbers

COMPUTED = {"synthetic", "since_known", "id"}
"""Edge columns (and `synthetic`, on both) that the import computes."""

ENDS = ("from", "to")
"""The columns with which a table of edges begins."""

IDENTIFIERS = ("id", "source", "code")
"""Properties of which Excel may have made a number."""

MOST_TOLD = 1_000
"""Cells of a table at which a warning of one kind is told."""

Line = tuple[int, Sequence[str | BadCell]]
"""Row as a spreadsheet counts, and its cells; what no text can be made of says why not."""


def columns_of(columns: dict[str, Property], lead: tuple[str, ...]) -> list[str]:
    """The columns that a table may have, in the order of the import format."""
    return [*lead, *(c for c in columns if c not in COMPUTED or (not lead and c == "id"))]


@dataclass
class Table:
    """One table; `file` names it in findings, `columns` are the properties of its type.

    The first line is the header, of property names; every other has as many cells.
    """

    file: str
    columns: dict[str, Property]
    manifest: Manifest
    findings: list[Finding]
    lead: tuple[str, ...] = ()
    """The columns that are no properties: the two ends of an edge."""
    left_out: int = 0
    """Cells of which it was told that numbers of persons in them are not stored."""
    broken: bool = False
    """Whether not all of it could be read: what it should have is then not missing elsewhere."""

    def nodes(self, lines: Iterable[Line], label: str) -> Iterator[NodeRow]:
        """The nodes; a row without a usable id is left out, with a finding."""
        for row, values in self._rows(lines):
            if "id" in values:
                if label == "Need" and "category" in values:
                    values.setdefault("resource_categories", what_meets(values["category"]))
                yield NodeRow(label, values["id"], values, row)
            else:
                self.broken = True

    def edges(self, lines: Iterable[Line], type_: str, key: str | None) -> Iterator[EdgeRow]:
        """The edges; a row without its ends or its key is left out, with a finding."""
        for row, values in self._rows(lines):
            start, end = values.pop("from", None), values.pop("to", None)
            if start is None or end is None or (key is not None and key not in values):
                self.broken = True
                continue
            values["since_known"] = "since" in values
            values.setdefault("since", OPEN_START)
            values.setdefault("until", OPEN_END)
            spell = values.setdefault("spell", 1)
            id_ = edge_id(type_, start, end, values[key] if key else None, spell)
            yield EdgeRow(type_, id_, start, end, {"id": id_, **values}, row)

    def add(self, row: int, column: str, value: str, zh: str, en: str) -> None:
        """Add a finding of this table; raises `TooManyMistakes`."""
        keep(self.findings, Finding(self.file, row, column, value, zh, en))

    def without_numbers(self, row: int, name: str, text: str) -> str:
        """A text in own words without numbers of persons, which are stored nowhere; a warning says so."""
        kept = without_numbers(text) if has_numbers(text) else text
        if kept != text and self.left_out < MOST_TOLD:
            self.left_out += 1
            zh = "其中的电话、证件或银行卡号未存"
            zh += "；这一表的不再逐格列出" if self.left_out == MOST_TOLD else ""
            en = "telephone, identity or card numbers in it are not stored"
            self.findings.append(Finding(self.file, row, name, "", zh, en, "warning"))
        return kept

    def all_without_numbers(
        self, rows: Sequence[int], name: str, texts: Sequence[str | None], but: Collection[int]
    ) -> Sequence[str | None]:
        """The texts of a column without them, `but` those that are read again row by row, by index."""
        if not has_numbers("\n".join(filter(None, texts))):
            return texts
        return [
            text if text is None or i in but else self.without_numbers(row, name, text)
            for i, (row, text) in enumerate(zip(rows, texts, strict=True))
        ]

    def _rows(self, lines: Iterable[Line]) -> Iterator[tuple[int, dict[str, Any]]]:
        header: list[str] | None = None
        for row, cells in lines:
            if header is not None:
                yield row, self.typed(row, header, cells)
                continue
            header = [str(cell).strip() for cell in cells]
            if not self.fits(row, header):
                return

    def fits(self, row: int, header: list[str], *, tell: bool = True) -> bool:
        """Whether the columns are those of the type; `tell` adds what is wrong with them."""
        allowed = columns_of(self.columns, self.lead)
        wrong: list[tuple[str, str, str]] = []
        for name in header:
            if name not in allowed:
                words = ", ".join(allowed)
                wrong.append((name, f"没有这一列；可用：{words}", f"unknown column; known: {words}"))
            elif header.count(name) > 1:
                wrong.append((name, "列名重复", "the column stands twice"))
        needed = [*self.lead, *(c for c, p in self.columns.items() if p.required)]
        missing = [n for n in needed if n not in header and n not in {"source", "synthetic"}]
        wrong += [(name, "缺少必填列", "a required column is missing") for name in missing]
        if tell and wrong:
            self.broken = True
            for name, zh, en in wrong:
                self.add(row, name, "", zh, en)
        return not wrong

    def needs(self, name: str) -> bool:
        """Whether no cell of a column may be empty; the source has a default in the manifest."""
        return name in self.lead or (self.columns[name].required and name != "source")

    def typed(self, row: int, header: list[str], cells: Sequence[str | BadCell]) -> dict[str, Any]:
        """The values of a row, by property and end; what cannot be read becomes a finding."""
        values: dict[str, Any] = {}
        body = cells[header.index("to")] if self.lead else ""
        for name, cell in zip(header, cells, strict=True):
            try:
                value = self.value(name, cell, body)
            except BadCell as bad:
                shown = bad.value if isinstance(cell, BadCell) else bad.value or cell.strip()
                self.add(row, name, shown, bad.zh, bad.en)
                continue
            if value is not None:
                values[name] = self.without_numbers(row, name, value) if name in FREE else value
            elif self.needs(name):
                self.add(row, name, "", "必填项为空", "required, but empty")
        values.setdefault("source", self.manifest.source)
        if not self.lead:
            values.setdefault("named", True)
        values["synthetic"] = self.manifest.synthetic
        return values

    def value(self, name: str, cell: str | BadCell, body: str | BadCell = "") -> Any:
        """What a cell says, None if nothing; `body` is the cell of the end that a post is in.

        Raises `BadCell`.
        """
        if isinstance(cell, BadCell):
            raise cell
        if name in self.lead:
            refuse_controls(cell)
            refuse_scientific(cell.strip())
            return tidy(cell).strip() or None
        if name in IDENTIFIERS:
            refuse_scientific(cell.strip())
        among = _posts(body) if name == "role" and self.lead else ()
        return read_cell(cell, self.columns[name], among=among)


def prefix_of(body: str | BadCell) -> str:
    """What the id in a cell begins with."""
    return body.strip().partition("-")[0] if isinstance(body, str) else ""


def _posts(body: str | BadCell) -> tuple[str, ...]:
    """The posts that a body has by its id: one word, 主任, names different posts in two bodies."""
    return POSTS.get(labels_by_prefix().get(prefix_of(body), ""), ())


def what_meets(category: str) -> list[str]:
    """The categories of resources that meet a need of a category, where no others are given."""
    return [str(each) for each in NEED_MEETS[category]]  # type: ignore[index] # a term is its text
