"""Edges of one type in columns, sorted by where they start, with the ways to those of a node."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, repeat
from operator import le
from typing import Any, overload


class JoinedTexts(Sequence[str]):
    """Texts as one, cut where they are asked for: half of the memory of a list."""

    __slots__ = ("ends", "text")

    def __init__(self, text: str, ends: array[int]) -> None:
        self.text = text
        self.ends = ends
        """Where each begins, and where the last one ends."""

    @classmethod
    def of(cls, texts: Sequence[str]) -> JoinedTexts:
        """These texts."""
        return cls("".join(texts), array("I", accumulate(map(len, texts), initial=0)))

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[i] for i in range(len(self))[at]]
        ends = self.ends
        return self.text[ends[at] : ends[at + 1]]

    def __iter__(self) -> Iterator[str]:
        text, ends = self.text, self.ends
        return (text[start:end] for start, end in zip(ends, islice(ends, 1, None), strict=False))

    def __len__(self) -> int:
        return len(self.ends) - 1


@dataclass(slots=True)
class EdgeColumns:
    """Edges by number: those that leave node n are `range(*out_offsets[n - out_first :][:2])`.

    `in_edges` has the numbers of edges in the order of the nodes where they end. Beyond the ends of the
    offsets a node has no edge. `since` and `until` are ordinals.
    """

    type: str
    ids: Sequence[str]
    starts: array[int]
    ends: array[int]
    since: array[int]
    until: array[int]
    columns: dict[str, list[Any]]
    out_first: int
    out_offsets: array[int]
    in_first: int
    in_offsets: array[int]
    in_edges: array[int]

    def leaving(self, number: int) -> range:
        """The edges that leave a node."""
        at = number - self.out_first
        if not 0 <= at < len(self.out_offsets) - 1:
            return range(0)
        return range(self.out_offsets[at], self.out_offsets[at + 1])


def arranged(
    type_: str, ids: Sequence[str], starts: array[int], ends: array[int], columns: Mapping[str, Sequence[Any]]
) -> EdgeColumns:
    """Edges in any order; `columns` has `since` and `until` too."""
    if not all(map(le, starts, islice(starts, 1, None))):
        order = sorted(range(len(starts)), key=starts.__getitem__)
        ids = [*map(ids.__getitem__, order)]
        starts = array("i", map(starts.__getitem__, order))
        ends = array("i", map(ends.__getitem__, order))
        columns = {name: [*map(values.__getitem__, order)] for name, values in columns.items()}
    reaching = sorted(range(len(ends)), key=ends.__getitem__)
    others = {n: list(v) for n, v in columns.items() if n not in ("since", "until")}
    since, until = (array("i", columns[name]) for name in ("since", "until"))
    leaving, arriving = _offsets(starts), _offsets(ends)
    in_edges = array("i", reaching)
    return EdgeColumns(
        type_, JoinedTexts.of(ids), starts, ends, since, until, others, *leaving, *arriving, in_edges
    )


def _offsets(numbers: Iterable[int]) -> tuple[int, array[int]]:
    """The least number, and for each from there on where it begins among all of them, sorted."""
    counted = Counter(numbers)
    if not counted:
        return 0, array("i", [0])
    first, last = min(counted), max(counted)
    of_each = map(counted.get, range(first, last + 1), repeat(0))
    return first, array("i", accumulate(of_each, initial=0))
