"""Rows of a delivery by column: what is asked of many rows at once is asked of their columns.

A block has the rows of one table. Its rows as objects are made when they are asked for, and not kept: the
columns take a quarter of the memory.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain, groupby, islice
from typing import Any, Generic, TypeVar, overload

from graph.loading.numbered import Numbered, numbers_of
from graph.loading.rows import EdgeRow, NodeRow
from graph.model import EDGES, edge_ids, misformed

R = TypeVar("R", NodeRow, EdgeRow)
Column = Sequence[Any]
"""The values of one property, None where a row has none."""
PART = 2_000
"""Rows that are there as objects at a time, while all are gone through."""


class Block(Generic[R]):
    """Rows of one kind, a label or an edge type, in the order of their table.

    `columns` are properties, `constants` those that have one value in every row; `starts` and `ends`
    are the ids that edges join, empty of nodes. `numbers` are rows as a spreadsheet counts. Without `id`
    those of edges follow from their ends, and are made when they are asked for.
    """

    def __init__(
        self,
        kind: str,
        numbers: Sequence[int],
        columns: Mapping[str, Column],
        constants: Mapping[str, Any],
        ends: tuple[Sequence[str], Sequence[str]] | None = None,
    ) -> None:
        self.kind = kind
        self.numbers = numbers
        self.starts, self.ends = ends or ((), ())
        self._edges = ends is not None
        self._columns = dict(columns)
        self._ids: Sequence[str] | None = self._columns.pop("id", None)
        self._constants = dict(constants)
        self._rows: list[R] | None = None

    @classmethod
    def of(cls, rows: Sequence[R]) -> Block[R]:
        """A block of rows that are there already, all of one kind."""
        names = dict.fromkeys(name for row in rows for name in row.properties)
        columns = {name: [row.properties.get(name) for row in rows] for name in names}
        edges: list[Any] = [row for row in rows if isinstance(row, EdgeRow)]
        ends = ([e.start for e in edges], [e.end for e in edges]) if edges else None
        columns["id"] = [row.id for row in rows]
        block = cls(rows[0].kind, [row.row for row in rows], columns, {}, ends)
        block._rows = list(rows)
        return block

    def __len__(self) -> int:
        return len(self.numbers)

    @cached_property
    def ids(self) -> Sequence[str]:
        """The ids of the rows."""
        return self._ids if self._ids is not None else self.ids_at(range(len(self)))

    def ids_at(self, positions: Sequence[int]) -> Sequence[str]:
        """The ids of some rows, by their position in the block."""
        cut = _cut(positions)
        if self._ids is not None:
            return cut(self._ids)
        key = EDGES[self.kind].key
        keys = None if key is None else cut(self.column(key))
        spells = cut(self._columns["spell"]) if "spell" in self._columns else [self._constants["spell"]]
        return edge_ids(self.kind, cut(self.starts), cut(self.ends), keys, spells)

    @cached_property
    def misformed(self) -> list[int]:
        """The nodes whose id has not the form of their label."""
        return misformed(self.kind, self.ids)

    def column(self, name: str) -> Column:
        """The values of a property, in the order of the rows."""
        if name == "id":
            return self.ids
        found = self._columns.get(name)
        return [self._constants.get(name)] * len(self) if found is None else found

    def values(self, name: str) -> set[Any]:
        """The different values of a property, None among them where a row has none."""
        if name not in self._columns and name != "id":
            return {self._constants.get(name)}
        return set(self.column(name))

    def has(self, name: str) -> bool:
        """Whether any row may have a value of this property."""
        return name == "id" or name in self._columns or name in self._constants

    def having(self, *names: str) -> list[int]:
        """The positions of rows that have a value of any of these properties."""
        columns = [self.column(name) for name in names if self.has(name)]
        return [
            i for i, values in enumerate(zip(*columns, strict=True)) if any(v is not None for v in values)
        ]

    def change(self, name: str, values: Mapping[int, Any]) -> None:
        """Give a property other values, by position."""
        column = list(self.column(name))
        for i, value in values.items():
            column[i] = value
        self._columns[name] = column
        for i, row in enumerate(self._rows or ()):
            if i in values:
                row.properties[name] = values[i]

    def columns_at(self, positions: Sequence[int]) -> tuple[dict[str, Column], dict[str, Any]]:
        """Of some rows, the values of each property that may be missing or differ, and of the others."""
        if self._rows is not None:
            made = [self._rows[i].properties for i in positions]
            names = dict.fromkeys(name for properties in made for name in properties)
            return {name: [properties.get(name) for properties in made] for name in names}, {}
        cut = _cut(positions)
        columns = {"id": self.ids_at(positions)}
        columns |= {name: cut(column) for name, column in self._columns.items()}
        return columns, self._constants

    def joins_at(self, positions: Sequence[int]) -> tuple[Sequence[str], Sequence[str]] | tuple[()]:
        """Of some edges the ids that they join; nothing of nodes."""
        cut = _cut(positions)
        return (cut(self.starts), cut(self.ends)) if self._edges else ()

    def rows(self, positions: Sequence[int] | None = None) -> Iterator[R]:
        """All rows, or those at some positions, one after the other; new objects every time."""
        wanted = range(len(self)) if positions is None else positions
        for i in range(0, len(wanted), PART):
            yield from self.pick(wanted[i : i + PART])

    def pick(self, positions: Sequence[int]) -> list[R]:
        """Some of the rows, by their position in the block."""
        if self._rows is not None:
            return [self._rows[i] for i in positions]
        cut = _cut(positions)
        columns = {"id": self.ids_at(positions)}
        columns |= {name: cut(column) for name, column in self._columns.items()}
        full = {name: column for name, column in columns.items() if None not in column}
        constants = {name: value for name, value in self._constants.items() if value is not None}
        found = [dict(zip(full, row), **constants) for row in zip(*full.values())]  # noqa: B905 - of one length
        for name in [n for n in columns if n not in full]:
            for properties, value in zip(found, columns[name], strict=True):
                if value is not None:
                    properties[name] = value
        numbers = cut(self.numbers)
        rows: list[Any]
        if self._edges:
            joined = zip(columns["id"], cut(self.starts), cut(self.ends), found, numbers, strict=True)
            rows = [EdgeRow(self.kind, *parts) for parts in joined]
        else:
            rows = [NodeRow(self.kind, *parts) for parts in zip(columns["id"], found, numbers, strict=True)]
        return rows


def _cut(positions: Sequence[int]) -> Callable[[Column], Column]:
    """What takes the values at some positions out of a column."""
    if isinstance(positions, range) and positions.step == 1:
        whole = slice(positions.start, positions.stop)
        return lambda column: column[whole]
    return lambda column: [column[i] for i in positions]


class Rows(Sequence[R]):
    """The nodes or the edges of a delivery: a sequence of rows, in blocks."""

    def __init__(self, rows: Iterable[R] = ()) -> None:
        self.blocks: list[Block[R]] = []
        self += rows

    def add(self, block: Block[R]) -> None:
        """Add a block to the end."""
        if len(block):
            self.blocks.append(block)

    def of(self, *kinds: str) -> Iterator[R]:
        """The rows of some kinds."""
        for block in self.blocks:
            if block.kind in kinds:
                yield from block.rows()

    def having(self, *names: str) -> Iterator[R]:
        """The rows that have a value of any of these properties."""
        for block in self.blocks:
            yield from block.rows(block.having(*names))

    def ids(self) -> Iterator[str]:
        return chain.from_iterable(block.ids for block in self.blocks)

    def __iadd__(self, rows: Iterable[R]) -> Rows[R]:
        for _, found in groupby(rows, lambda row: row.kind):
            self.add(Block.of(list(found)))
        return self

    def __iter__(self) -> Iterator[R]:
        for block in self.blocks:
            yield from block.rows()

    def __len__(self) -> int:
        return sum(map(len, self.blocks))

    @overload
    def __getitem__(self, at: int) -> R: ...

    @overload
    def __getitem__(self, at: slice) -> list[R]: ...

    def __getitem__(self, at: int | slice) -> R | list[R]:
        return list(self)[at]


class Index(Mapping[str, R]):
    """Rows by id, of several with one id the last."""

    def __init__(self, rows: Rows[R]) -> None:
        self._blocks: list[Block[R]] = rows.blocks
        self._ends = list(accumulate(map(len, rows.blocks)))
        self._places, self._count = _places(rows)

    def __getitem__(self, id_: str) -> R:
        if id_ not in self:
            raise KeyError(id_)
        place = self._places[id_]
        at = bisect(self._ends, place)
        return self._blocks[at].pick([place - self._ends[at]])[0]  # counted from the block's end

    def __contains__(self, id_: object) -> bool:
        place = self._places.get(id_) if isinstance(id_, str) else None
        return place is not None and place < self._ends[-1]

    def __iter__(self) -> Iterator[str]:
        return islice(self._places, self._count)

    def __len__(self) -> int:
        return self._count


def _places(rows: Rows[Any]) -> tuple[dict[str, int], int]:
    """Where each id stands last, and how many there are; where all are numbered in order, their numbers."""
    columns = [block.ids for block in rows.blocks]
    numbers = numbers_of(*columns)
    own = [column.rows for column in columns if isinstance(column, Numbered) and column.numbers is numbers]
    if len(own) == len(columns) and [*chain.from_iterable(own)] == [*range(len(rows))]:
        return numbers, len(rows)
    found = dict(zip(rows.ids(), range(len(rows)), strict=True))
    return found, len(found)
