"""What the rows of a register say, as texts on their way through the validation of every delivery."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from graph.loading.cells import BadCell
from graph.loading.delivery import Delivery
from graph.loading.findings import Finding, TooManyMistakes, too_many
from graph.loading.manifest import Manifest
from graph.loading.register.shown import letters
from graph.loading.table import ENDS, Line, Table
from graph.model import EDGES, NODES, label_of
from graph.model.precision import MARKS

Level = Literal["error", "warning"]


_WORDING = frozenset({"title"})
"""Of an edge, what rows may word differently."""


@dataclass(frozen=True)
class Spot:
    """A row of a sheet, as Excel counts."""

    sheet: str
    row: int


@dataclass
class _Element:
    spot: int
    values: dict[str, str]


def _with_marks(element: _Element, values: dict[str, str]) -> dict[str, str]:
    """The values that a row adds; of which dates only the month is known is of all rows together."""
    marks = {*element.values.get(MARKS, "").split(";"), *values.get(MARKS, "").split(";")} - {""}
    if not marks:
        return values
    element.values[MARKS] = ";".join(sorted(marks))
    return {name: text for name, text in values.items() if name != MARKS}


@dataclass
class Draft:
    """Nodes and edges by their ids and ends, each with the row that named it first."""

    file: str
    spots: list[Spot] = field(default_factory=list)
    nodes: dict[str, _Element] = field(default_factory=dict)
    edges: dict[tuple[str, str, str, str], _Element] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    said: int = 0
    """Elements and values so far: a row after which it is the same said nothing new."""
    columns: dict[str, dict[str, tuple[int, str]]] = field(default_factory=dict)
    """By sheet index and heading of its columns by `Label.property`: the order may differ between sheets."""
    usual: dict[str, tuple[int, str]] = field(default_factory=dict)
    """What a column would be called that no sheet has."""

    def begin(self, sheet: str, row: int) -> None:
        """From now on it is this row that speaks; rows count from 1."""
        self.spots.append(Spot(sheet, row))

    def column(self, key: str, sheet: str | None = None) -> tuple[int, str] | None:
        """Where a property or tie stands in a sheet (that of the row that speaks), by its own heading."""
        name = self.spots[-1].sheet if sheet is None else sheet
        return self.columns.get(name, {}).get(key, self.usual.get(key))

    def node(self, id_: str, values: dict[str, str]) -> None:
        """Add a node, or what another row says of it; two rows that differ are an error."""
        self.said += id_ not in self.nodes
        element = self.nodes.setdefault(id_, _Element(len(self.spots) - 1, {}))
        self.said += len(values.keys() - element.values.keys())
        values = _with_marks(element, values)
        for name, text in values.items():
            standing = element.values.setdefault(name, text)
            if standing != text and name not in ("name", "named"):
                zh, en = self._row_of(element)
                called = "" if label_of(id_) == "Person" else element.values.get("name", "")
                self.say(
                    BadCell(
                        f"与{zh}（{called or '同一人'}）是同一个，内容却不一致（{standing}）",
                        f"differs from {en}, which is the same {label_of(id_)} ({standing})",
                        text,
                    ),
                    *(self.column(f"{label_of(id_)}.{name}") or (None, name)),
                )

    def edge(self, type_: str, start: str, end: str, key: str = "", **values: str) -> None:
        """Add an edge; said by several rows it is one, and two rows that differ are an error."""
        self.said += (type_, start, end, key) not in self.edges
        said = self.edges.setdefault((type_, start, end, key), _Element(len(self.spots) - 1, {}))
        self.said += len(values.keys() - said.values.keys())
        values = _with_marks(said, values)
        for name, text in values.items():
            if (standing := said.values.setdefault(name, text)) != text and name not in _WORDING:
                zh, en = self._row_of(said)
                zh = f"与{zh}是同一条关系，内容却不一致（{standing}）"
                en = f"{en} says otherwise of the same {type_} ({standing})"
                where = self.column(f"{type_}.{name}") or (None, name)
                self.say(BadCell(zh, en, text), *where)

    def _row_of(self, element: _Element) -> tuple[str, str]:
        """The row that named an element first, with its sheet where that is another."""
        first = self.spots[element.spot]
        if first.sheet == self.spots[-1].sheet:
            return f"第 {first.row} 行", f"row {first.row}"
        return f"工作表“{first.sheet}”第 {first.row} 行", f"row {first.row} of sheet {first.sheet!r}"

    def say(
        self, bad: BadCell, index: int | None, heading: str, level: Literal["error", "warning"] = "error"
    ) -> None:
        """A finding at a cell of the row that speaks."""
        spot = self.spots[-1]
        cell = f"{letters(max(index or 0, 0))}{spot.row}"
        self.findings.append(
            Finding(self.file, spot.row, heading, bad.value, bad.zh, bad.en, level, spot.sheet, cell)
        )

    def delivery(self, path: Path, manifest: Manifest, digest: str) -> tuple[Delivery, list[Finding]]:
        """The draft as a delivery; what does not fit the model is found as it is in any other."""
        found = Delivery(path, manifest, digest, findings=list(self.findings), locate=self._locate)
        try:
            self._fill(found)
        except TooManyMistakes:
            found.usable = False
            found.findings.append(too_many(self.file))
        return found, found.findings

    def _fill(self, found: Delivery) -> None:
        manifest = found.manifest
        for label in NODES:
            nodes = {id_: e for id_, e in self.nodes.items() if label_of(id_) == label}
            if nodes:
                table = Table(f"nodes/{label}.csv", NODES[label].properties(), manifest, found.findings)
                rows = [(e.spot, {"id": id_, **e.values}) for id_, e in nodes.items()]
                found.nodes += table.nodes(_lines(rows), label)
                if table.broken:
                    found.broken.add(label)
        for type_, kind in EDGES.items():
            rows = [
                (e.spot, {"from": start, "to": end, **({kind.key: key} if kind.key else {}), **e.values})
                for (t, start, end, key), e in self.edges.items()
                if t == type_
            ]
            if rows:
                file = f"edges/{type_}.csv"
                table = Table(file, kind.properties(), manifest, found.findings, ENDS)
                found.edges += table.edges(_lines(rows), type_, kind.key)
                if table.broken:
                    found.broken.add(type_)

    def _locate(self, finding: Finding) -> Finding:
        """A finding of the tables above at the row and column of the register."""
        kind, _, table = finding.file.partition("/")
        if kind not in ("nodes", "edges"):
            return finding if finding.sheet else replace(finding, file=self.file)
        spot = self.spots[finding.row]
        name = table.removesuffix(".csv")
        # What is wrong with an edge is reported at the column of what it leads to.
        told = (self.column(name, spot.sheet) or (0, EDGES[name].zh)) if kind == "edges" else None
        told = told or (0, finding.column)
        index, column = self.column(f"{name}.{finding.column}", spot.sheet) or told
        place = f"{letters(max(index, 0))}{spot.row}"
        return replace(finding, file=self.file, row=spot.row, column=column, sheet=spot.sheet, cell=place)


def _lines(rows: list[tuple[int, dict[str, str]]]) -> Iterator[Line]:
    header = list(dict.fromkeys(name for _, values in rows for name in values))
    yield 0, header
    for spot, values in rows:
        yield spot, [values.get(name, "") for name in header]
