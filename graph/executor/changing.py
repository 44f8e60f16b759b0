"""Columns after a change: new nodes take free numbers of their labels, edge types concerned are made anew."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import compress
from typing import Any, NamedTuple

from graph.executor.arranging import EdgeColumns, arranged
from graph.executor.columns import CannotHoldError, Columns
from graph.model import NODES


class Changed(NamedTuple):
    """A node or edge as it was and is; None where it is not there. `start` and `end` are empty for a node.

    `after` has days as ordinals; of `before` it only matters whether it is None.
    """

    kind: str
    id: str
    start: str
    end: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


Without = Mapping[str, tuple[str, Collection[Any]] | None]
"""By edge type a property and values: edges that have one of these go before others come; None: all go."""


def change(columns: Columns, changes: Iterable[Sequence[Any]], without: Without | None = None) -> Columns:
    """The columns after these changes (each a `Changed`): the same ones, or new ones where no room is left.

    What comes may be there already and what goes may be gone. Raises `CannotHoldError`; the columns are
    then good for nothing.
    """
    nodes: list[Changed] = []
    edges: dict[str, list[Changed]] = defaultdict(list)
    for one in map(Changed._make, changes):
        (nodes if one.kind in NODES else edges[one.kind]).append(one)
    for node in nodes:
        if node.after is not None and not _put(columns, node, node.after):
            columns = _with_room(columns)
            _put(columns, node, node.after)
    without = without or {}
    for type_ in {*edges, *without}:
        held = columns.edges[type_]
        staying = _staying(columns, held, edges[type_])
        if type_ in without:
            _let_go(held, staying, without[type_])
        columns.edges[type_] = _changed(columns, held, staying, edges[type_])
    for node in nodes:
        if node.after is None:
            _remove(columns, node)
    columns.generation += 1
    return columns


def _with_room(columns: Columns) -> Columns:
    made = Columns.from_parts(columns.wanted, columns.parts())
    made.generation = columns.generation
    return made


def _put(columns: Columns, node: Changed, after: Mapping[str, Any]) -> bool:
    """Write a node; False where its label has no number left."""
    number = columns.numbers.get(node.id)
    if number is None:
        span = columns.labels[node.kind]
        number = span.live[-1] + 1 if span.live else span.first
        if number >= span.end:
            return False
        live = span.live
        span.live = range(live.start, number + 1) if isinstance(live, range) else [*live, number]
        columns.ids[number] = node.id
        columns.numbers[node.id] = number
    for name in columns.wanted.get(node.kind, ()):
        columns.nodes[name].put(number, after.get(name))
    return True


def _remove(columns: Columns, node: Changed) -> None:
    number = columns.numbers.pop(node.id, None)
    if number is None:
        return
    span = columns.labels[node.kind]
    span.live = [n for n in span.live if n != number] or range(span.first, span.first)
    columns.ids[number] = None
    for name in columns.wanted.get(node.kind, ()):
        columns.nodes[name].put(number, None)


def _staying(columns: Columns, edges: EdgeColumns, changes: Sequence[Changed]) -> bytearray:
    """For each edge of a type 0 if it changed, else 1."""
    staying = bytearray(b"\1") * len(edges.starts)
    for one in changes:
        for at in edges.leaving(columns.numbers.get(one.start, -1)):
            if edges.ids[at] == one.id:
                staying[at] = 0
    return staying


def _let_go(edges: EdgeColumns, staying: bytearray, which: tuple[str, Collection[Any]] | None) -> None:
    if which is None:
        staying[:] = bytes(len(staying))
        return
    name, values = which
    for at, value in enumerate(edges.columns[name]):
        if value in values:
            staying[at] = 0


def _changed(
    columns: Columns, edges: EdgeColumns, staying: bytearray, changes: Sequence[Changed]
) -> EdgeColumns:
    """The edges of a type that stay and those that come, all sorted again."""
    coming = {one.id: (one, one.after) for one in changes if one.after is not None}
    names = ("since", "until", *edges.columns)
    held = {"since": edges.since, "until": edges.until, **edges.columns}
    table = {n: [*compress(held[n], staying), *(after.get(n) for _, after in coming.values())] for n in names}
    if None in table["since"] or None in table["until"]:
        raise CannotHoldError("an edge has no days")
    starts = array("i", compress(edges.starts, staying))
    starts += columns.numbers_of(one.start for one, _ in coming.values())
    ends = array("i", compress(edges.ends, staying))
    ends += columns.numbers_of(one.end for one, _ in coming.values())
    ids = [*compress(edges.ids, staying), *coming]
    return arranged(edges.type, ids, starts, ends, table)
