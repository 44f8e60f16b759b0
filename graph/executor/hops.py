"""Edges as compiled code goes through them, where a loop does not read the columns itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from graph.executor.arranging import EdgeColumns
from graph.executor.columns import Columns


def all_edges(columns: Columns, types: Sequence[str]) -> Callable[[], Iterator[tuple[Any, int, int]]]:
    """A function that gives every edge with its start and end; of several types with the type's name."""

    def every() -> Iterator[tuple[Any, int, int]]:
        for type_ in types:
            edges = columns.edges[type_]
            numbers: Any = range(len(edges.ids))
            if len(types) > 1:
                numbers = [(type_, n) for n in numbers]
            yield from zip(numbers, edges.starts, edges.ends, strict=True)

    return every


Hop = tuple[Any, int]


def hops(columns: Columns, direction: str, types: Sequence[str]) -> Callable[[int], Iterable[Hop]]:
    """A function that gives the edges of a node, each with the node at its other end.

    Of several types with the type's name; between a node and itself once.
    """
    ways = [
        way(columns.edges[type_])
        for type_ in types
        for way in (
            (_leaving,) if direction == "out" else (_reaching,) if direction == "in" else (_leaving, _back)
        )
    ]
    if len(ways) == 1:
        return ways[0]
    if len(types) == 1:
        return lambda node: chain(*(way(node) for way in ways))
    each = len(ways) // len(types)
    named = [(types[n // each], way) for n, way in enumerate(ways)]
    return lambda node: [((type_, edge), other) for type_, way in named for edge, other in way(node)]


def _leaving(edges: EdgeColumns) -> Callable[[int], Iterable[Hop]]:
    first, offsets, ends = edges.out_first, edges.out_offsets, edges.ends
    count = len(offsets) - 1

    def way(node: int) -> Iterable[Hop]:
        place = node - first
        if not 0 <= place < count:
            return ()
        begin, end = offsets[place], offsets[place + 1]
        return zip(range(begin, end), ends[begin:end], strict=True) if begin < end else ()

    return way


def _reaching(edges: EdgeColumns) -> Callable[[int], Iterable[Hop]]:
    first, offsets, starts, arriving = edges.in_first, edges.in_offsets, edges.starts, edges.in_edges
    count = len(offsets) - 1

    def way(node: int) -> Iterable[Hop]:
        place = node - first
        if not 0 <= place < count:
            return ()
        begin, end = offsets[place], offsets[place + 1]
        return [(edge, starts[edge]) for edge in arriving[begin:end]] if begin < end else ()

    return way


def _back(edges: EdgeColumns) -> Callable[[int], Iterable[Hop]]:
    """The edges that reach a node from another one."""
    way = _reaching(edges)
    return lambda node: [hop for hop in way(node) if hop[1] != node]
