"""One table of a delivery, CSV file or sheet, on its way to typed rows: the one validation path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graph.characters import tidy
from graph.loading.cells import BadCell, read_cell, refuse_controls, refuse_scientific
from graph.loading.findings import Finding
from graph.loading.manifest import Manifest
from graph.model import NEED_MEETS, OPEN_END, OPEN_START, POSTS, edge_id, labels_by_prefix
from graph.model.base import Property

COMPUTED = {"synthetic", "since_known", "id"}
"""Edge columns (and `synthetic`, on both) that the import computes."""

ENDS = ("from", "to")
"""The columns with which a table of edges begins."""

Line = tuple[int, Sequence[str | BadCell]]
"""Row as a spreadsheet counts, and its cells; what no text can be made of says why not."""


@dataclass(slots=True)
class NodeRow:
    """A node of a delivery; `properties` holds only what is known."""

    label: str
    id: str
    properties: dict[str, Any]
    row: int


@dataclass(slots=True)
class EdgeRow:
    """An edge of a delivery, dates filled in, id computed."""

    type: str
    id: str
    start: str
    end: str
    properties: dict[str, Any]
    row: int


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
    broken: bool = False
    """Whether not all of it could be read: what it should have is then not missing elsewhere."""

    def nodes(self, lines: Iterable[Line], label: str) -> Iterator[NodeRow]:
        """The nodes; a row without a usable id is left out, with a finding."""
        for row, values in self._rows(lines, lead=()):
            if "id" in values:
                if label == "Need" and "category" in values:
                    meets = NEED_MEETS[values["category"]]
                    values.setdefault("resource_categories", [str(m) for m in meets])
                yield NodeRow(label, values["id"], values, row)
            else:
                self.broken = True

    def edges(self, lines: Iterable[Line], type_: str, key: str | None) -> Iterator[EdgeRow]:
        """The edges; a row without its ends or its key is left out, with a finding."""
        for row, values in self._rows(lines, lead=ENDS):
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
        """Add a finding of this table."""
        self.findings.append(Finding(self.file, row, column, value, zh, en))

    def _rows(self, lines: Iterable[Line], lead: tuple[str, ...]) -> Iterator[tuple[int, dict[str, Any]]]:
        header: list[str] | None = None
        for row, cells in lines:
            if header is not None:
                yield row, self._typed(row, header, cells, lead)
                continue
            header = [str(cell).strip() for cell in cells]
            if not self._header_fits(row, header, lead):
                self.broken = True
                return

    def _header_fits(self, row: int, header: list[str], lead: tuple[str, ...]) -> bool:
        allowed = columns_of(self.columns, lead)
        before = len(self.findings)
        for name in header:
            if name not in allowed:
                words = ", ".join(allowed)
                self.add(row, name, "", f"没有这一列；可用：{words}", f"unknown column; known: {words}")
            elif header.count(name) > 1:
                self.add(row, name, "", "列名重复", "the column stands twice")
        needed = [*lead, *(c for c, p in self.columns.items() if p.required)]
        for name in needed:
            if name not in header and name not in {"source", "synthetic"}:
                self.add(row, name, "", "缺少必填列", "a required column is missing")
        return len(self.findings) == before

    def _typed(
        self, row: int, header: list[str], cells: Sequence[str | BadCell], lead: tuple[str, ...]
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, cell in zip(header, cells, strict=True):
            try:
                value = self._value(name, cell, lead, header, cells)
            except BadCell as bad:
                shown = bad.value if isinstance(cell, BadCell) else bad.value or cell.strip()
                self.add(row, name, shown, bad.zh, bad.en)
                continue
            if value is not None:
                values[name] = value
            elif name in lead or (self.columns[name].required and name != "source"):
                self.add(row, name, "", "必填项为空", "required, but empty")
        values.setdefault("source", self.manifest.source)
        if not lead:
            values.setdefault("named", True)
        values["synthetic"] = self.manifest.synthetic
        return values

    def _value(
        self,
        name: str,
        cell: str | BadCell,
        lead: tuple[str, ...],
        header: list[str],
        cells: Sequence[str | BadCell],
    ) -> Any:
        if isinstance(cell, BadCell):
            raise cell
        if name in lead:
            refuse_controls(cell)
            refuse_scientific(cell.strip())
            return tidy(cell).strip() or None
        if name in ("id", "source", "code") and isinstance(cell, str):
            refuse_scientific(cell.strip())
        among = _posts(cells[header.index("to")]) if name == "role" and lead else ()
        return read_cell(cell, self.columns[name], among=among)


def _posts(body: str | BadCell) -> tuple[str, ...]:
    """The posts that a body has by its id: one word, 主任, names different posts in two bodies."""
    prefix = body.strip().partition("-")[0] if isinstance(body, str) else ""
    return POSTS.get(labels_by_prefix().get(prefix, ""), ())
