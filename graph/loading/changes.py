"""The changes of a plan. Of a new row only its position in the delivery is kept.

A first delivery is new as a whole, and a change with its row takes 0.4 KB of memory. So those of new
rows are made when they are asked for, `PART` at a time, and forgotten again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any, overload

from graph.loading.blocks import PART, Block
from graph.loading.rows import EdgeRow
from graph.store.changes import Change, place_of
from graph.store.history import Counts
from graph.store.history import counts as count_changes
from graph.store.parts import NewRows


@dataclass(frozen=True)
class Created:
    """Rows of a block that the graph has not, by their position."""

    block: Block[Any]
    positions: Sequence[int]

    @property
    def kind(self) -> str:
        return self.block.kind

    def __len__(self) -> int:
        return len(self.positions)

    def __getitem__(self, part: slice) -> list[Change]:
        return [_creation(row) for row in self.block.pick(self.positions[part])]

    def __iter__(self) -> Iterator[Change]:
        for i in range(0, len(self), PART):
            yield from self[i : i + PART]

    def parts(self, size: int) -> Iterator[NewRows]:
        """The rows by column, so many at a time."""
        for i in range(0, len(self), size):
            some = self.positions[i : i + size]
            columns, constants = self.block.columns_at(some)
            columns = {name: values for name, values in columns.items() if any(v is not None for v in values)}
            yield NewRows(self.kind, columns, constants, *self.block.joins_at(some))


class Changes(Sequence[Change]):
    """A sequence of changes. Those of new rows are made afresh at every access, equal each time."""

    def __init__(self, changes: Iterable[Change] = ()) -> None:
        self._parts: list[Created | list[Change]] = []
        self += changes

    def create(self, block: Block[Any], positions: Sequence[int]) -> None:
        """Add the creation of rows."""
        if positions:
            self._parts.append(Created(block, positions))

    def append(self, change: Change) -> None:
        self += [change]

    def __iadd__(self, changes: Iterable[Change]) -> Changes:
        if not self._parts or isinstance(self._parts[-1], Created):
            self._parts.append([])
        last = self._parts[-1]
        assert isinstance(last, list)
        last += changes
        return self

    def others(self) -> Iterator[Change]:
        """All but what `create` added."""
        for part in self._parts:
            if isinstance(part, list):
                yield from part

    def creations(self) -> Iterator[Change]:
        """What `create` added."""
        for part in self._creations():
            yield from part

    def of(self, *kinds: str) -> Iterator[Change]:
        """The changes of some labels or edge types."""
        for part in self._parts:
            if isinstance(part, list):
                yield from (change for change in part if change.kind in kinds)
            elif part.kind in kinds:
                yield from part

    def created(self, label: str) -> set[str]:
        """The ids of the nodes of a label that `create` added."""
        parts = [part for part in self._creations() if part.kind == label]
        return {id_ for part in parts for id_ in part.block.ids_at(part.positions)}

    def counts(self, more: Iterable[Change] = ()) -> Counts:
        """How many elements are created, changed, ended, removed, by these and `more`."""
        found = count_changes(chain(more, self.others()))
        found["created"] += sum(len(part) for part in self._creations())
        return found

    def growth(self) -> Counter[str]:
        """How many more there will be of each label and edge type."""
        found = Counter[str]()
        for part in self._creations():
            found[part.kind] += len(part)
        for change in self.others():
            found[change.kind] += (change.before is None) - (change.after is None)
        return found

    def in_order(self) -> tuple[Changes, list[Change]]:
        """In the order in which they can be applied; the removals of nodes, which come last, apart."""
        ordered = sorted(self.others(), key=place_of)  # removals of nodes are at its end
        going = [c for c in ordered if not c.start and c.action == "delete"]
        staying = ordered[: len(ordered) - len(going)]
        # Nodes are created before anything else, edges once their nodes are there.
        first = Changes()
        first._parts = [part for part in self._creations() if not part.block.ends]
        new = [part for part in self._creations() if part.block.ends]
        # Where the first edge would be created.
        at = next((i for i, c in enumerate(staying) if place_of(c) >= place_of(_AN_EDGE)), len(staying))
        first += staying[:at]
        first._parts += new
        first += staying[at:]
        return first, going

    def runs(self) -> Iterator[list[Any]]:
        """The changes in their order: what `create` added, as `Created`, and others, in turn."""
        for new, found in groupby(self._parts, lambda part: isinstance(part, Created)):
            parts: list[Any] = list(found)
            run = parts if new else [*chain.from_iterable(parts)]
            if run:
                yield run

    def _creations(self) -> Iterator[Created]:
        return (part for part in self._parts if isinstance(part, Created))

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def __iter__(self) -> Iterator[Change]:
        for part in self._parts:
            yield from part

    @overload
    def __getitem__(self, at: int) -> Change: ...

    @overload
    def __getitem__(self, at: slice) -> list[Change]: ...

    def __getitem__(self, at: int | slice) -> Change | list[Change]:
        if isinstance(at, int):
            position = range(len(self))[at]
            return self[position : position + 1][0]
        wanted = range(len(self))[at]
        if wanted.step != 1:
            return [self[i] for i in wanted]
        found: list[Change] = []
        begin = 0
        for part in self._parts:
            end = begin + len(part)
            if wanted.start < end and begin < wanted.stop:
                found += part[max(0, wanted.start - begin) : wanted.stop - begin]
            begin = end
        return found


def _creation(row: Any) -> Change:
    if isinstance(row, EdgeRow):
        return Change(row.kind, None, row.properties, row.start, row.end)
    return Change(row.kind, None, row.properties)


_AN_EDGE = Change("", None, {"id": ""}, "~", "~")
"""Stands for any edge that is created, to find its place among others."""
