"""The graph in columns: nodes by number, edges sorted by where they start, properties as lists.

Only what the files read that are run over it is held. Days are ordinals (`date.toordinal`), words that
occur again are one object, and what is missing is None. Nodes of a label have numbers that follow each
other, with room for some more: who is added moves no one else.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.executor.arranging import EdgeColumns, arranged
from graph.executor.parts import CannotHoldError, Portion
from graph.model import EDGES, NODES

__all__ = ["LABELS", "CannotHoldError", "Columns", "EdgeColumns", "LabelNumbers", "NodeColumn", "Portion"]

LABELS = sorted(NODES, key="Person".__eq__)
"""In the order of their numbers: persons are most of a graph, and their numbers come last, so that columns
of what others have are short."""
ROOM = 64
"""LabelNumbers that are free behind the nodes of every label, or one in `SHARE` of them."""
SHARE = 32


@dataclass(slots=True)
class LabelNumbers:
    """The numbers of a label: those of nodes that are there are `live`, the rest up to `end` is room."""

    first: int
    end: int
    live: Sequence[int]


@dataclass(slots=True)
class NodeColumn:
    """One property of nodes: that of number n is `values[n - first]`, None beyond both ends."""

    first: int
    values: list[Any]

    def put(self, number: int, value: Any) -> None:
        """Set a value, with more of the column where it does not reach."""
        at = number - self.first
        if value is None and not 0 <= at < len(self.values):
            return
        if number < self.first:
            self.values[:0] = [None] * (self.first - number)
            self.first = number
        more = number - self.first - len(self.values) + 1
        self.values += [None] * more
        self.values[number - self.first] = value


@dataclass(slots=True)
class Columns:
    """All of it. `wanted` are the properties that are held, by label and edge type."""

    wanted: dict[str, tuple[str, ...]]
    ids: list[str | None] = field(default_factory=list)
    """By number; None where there is no node."""
    numbers: dict[str, int] = field(default_factory=dict)
    labels: dict[str, LabelNumbers] = field(default_factory=dict)
    nodes: dict[str, NodeColumn] = field(default_factory=dict)
    edges: dict[str, EdgeColumns] = field(default_factory=dict)
    generation: int = 0
    """Grows with every change."""

    @classmethod
    def from_parts(cls, wanted: Mapping[str, Sequence[str]], parts: Iterable[Portion]) -> Columns:
        """Columns of these parts, of which a kind may have several; raises `CannotHoldError`."""
        whole = cls({kind: tuple(names) for kind, names in wanted.items()})
        found: dict[str, list[Portion]] = {}
        for part in parts:
            found.setdefault(part.kind, []).append(part)
        for label in LABELS:
            whole.labels[label] = whole._number([id_ for part in found.get(label, ()) for id_ in part.ids])
        whole.numbers = {id_: n for n, id_ in enumerate(whole.ids) if id_ is not None}
        if len(whole.numbers) != sum(len(span.live) for span in whole.labels.values()):
            raise CannotHoldError("some nodes have the same id")
        for label in LABELS:
            whole._lay_out(label, found.pop(label, []))
        for type_ in EDGES:
            whole.edges[type_] = whole._edges_of(type_, found.pop(type_, []))
        return whole

    def _number(self, ids: Sequence[str]) -> LabelNumbers:
        first = len(self.ids)
        self.ids += ids
        self.ids += [None] * max(ROOM, len(ids) // SHARE)
        return LabelNumbers(first, len(self.ids), range(first, first + len(ids)))

    def _lay_out(self, label: str, parts: Sequence[Portion]) -> None:
        """The properties of a label, behind those of the labels before it."""
        span = self.labels[label]
        for name in self.wanted.get(label, ()):
            column = self.nodes.setdefault(name, NodeColumn(span.first, []))
            values = [value for part in parts for value in part.columns[name]]
            if any(value is not None for value in values):
                if not column.values:
                    column.first = span.first
                column.values += [None] * (span.first - column.first - len(column.values))
                column.values += values
                column.values += [None] * (span.end - span.first - len(values))

    def _edges_of(self, type_: str, parts: Sequence[Portion]) -> EdgeColumns:
        ids = [id_ for part in parts for id_ in part.ids]
        names = ("since", "until", *self.wanted.get(type_, ()))
        columns = {name: [value for part in parts for value in part.columns[name]] for name in names}
        starts = self.numbers_of(id_ for part in parts for id_ in part.starts or ())
        ends = self.numbers_of(id_ for part in parts for id_ in part.ends or ())
        return arranged(type_, ids, starts, ends, columns)

    def numbers_of(self, ids: Iterable[str]) -> array[int]:
        """The numbers of nodes; raises `CannotHoldError` for one that is not there."""
        try:
            return array("i", map(self.numbers.__getitem__, ids))
        except KeyError as missing:
            raise CannotHoldError(f"an edge ends at {missing}, which is not there") from None

    def parts(self) -> Iterator[Portion]:
        """All of it as parts, from which the same can be made."""
        for label, span in self.labels.items():
            ids = [id_ for n in span.live if (id_ := self.ids[n]) is not None]
            columns = {name: [self.value(name, n) for n in span.live] for name in self.wanted.get(label, ())}
            yield Portion(label, ids, columns)
        for type_, edges in self.edges.items():
            columns = {"since": list(edges.since), "until": list(edges.until), **edges.columns}
            starts, ends = ([self.id_of(n) for n in numbers] for numbers in (edges.starts, edges.ends))
            yield Portion(type_, list(edges.ids), columns, starts, ends)

    def value(self, name: str, number: int) -> Any:
        """A property of a node, None where it has none."""
        column = self.nodes[name]
        at = number - column.first
        return column.values[at] if 0 <= at < len(column.values) else None

    def id_of(self, number: int) -> str:
        """The id of a node that is there."""
        found = self.ids[number]
        assert found is not None
        return found
