"""Texts run over columns: compiled when they are first asked for, with the kinds of their parameters."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from operator import itemgetter
from typing import Any

from graph.executor import code_calls, code_values, values
from graph.executor.code import Unit
from graph.executor.code_query import rows_of
from graph.executor.columns import Columns, EdgeColumns
from graph.executor.kinds import EdgeKind, Kind, ListKind, MapKind, NodeKind, Scalar, kind_of
from graph.executor.parser import parse
from graph.executor.tokens import NotCompiled

__all__ = ["Executor", "NotCompiled", "Result", "code_calls", "code_values"]

KEPT = 1_000
"""Compiled texts that are kept."""
_FUNCTIONS: dict[str, Any] = {
    **{name: getattr(values, name) for name in dir(values) if not name.startswith("_")},
    **{
        f"number_{name}": values.of_number(getattr(math, name))
        for name in ("cos", "sin", "radians", "asin", "acos", "sqrt")
    },
    "number_floor": values.of_number(lambda v: float(math.floor(v))),
    "number_ceil": values.of_number(lambda v: float(math.ceil(v))),
    "number_abs": values.of_number(abs),
    "number_haversin": values.haversin,
    "number_round": values.rounded,
    "chain": chain,
    "itemgetter": itemgetter,
}


@dataclass(frozen=True)
class Result:
    """Rows as tuples, in the order of the names; dates are `datetime.date`, maps are dicts."""

    names: list[str]
    rows: list[tuple[Any, ...]]


@dataclass
class _Compiled:
    """The functions of a text, and what they have of the columns, as of a generation."""

    space: dict[str, Any]
    main: str
    needs: Mapping[str, tuple[str, ...]]
    names: list[str]
    shown: list[Callable[[Any], Any] | None]
    generation: int = -1


class Executor:
    """Runs texts over one graph; the columns may change in between."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._compiled: dict[Any, _Compiled | NotCompiled] = {}
        self._layout: Any = None

    def run(self, text: str, parameters: Mapping[str, Any]) -> Result:
        """The rows of a text; `NotCompiled` for one that the engine has to be asked for."""
        compiled = self._of(text, parameters)
        space = compiled.space
        if compiled.generation != self.columns.generation:
            space.update({name: self._part(*need) for name, need in compiled.needs.items()})
            compiled.generation = self.columns.generation
        space.update({f"given_{name}": _given(value) for name, value in parameters.items()})
        rows = space[compiled.main]()
        if any(compiled.shown):
            shown = compiled.shown
            rows = [
                tuple(v if s is None else s(v) for v, s in zip(row, shown, strict=True)) for row in rows
            ]
        return Result(compiled.names, rows)

    def _of(self, text: str, parameters: Mapping[str, Any]) -> _Compiled:
        layout = _layout(self.columns)
        if layout != self._layout:  # numbers of nodes stand in the code
            self._compiled.clear()
            self._layout = layout
        kinds = {name: kind_of(value) for name, value in parameters.items()}
        key = text, tuple(sorted(kinds.items(), key=itemgetter(0)))
        found = self._compiled.get(key)
        if found is None:
            if len(self._compiled) >= KEPT:
                self._compiled.clear()
            try:
                found = _compile(self.columns, text, kinds)
            except NotCompiled as error:
                found = error
            self._compiled[key] = found
        if isinstance(found, NotCompiled):
            raise found
        return found

    def _part(self, what: str, *of: str) -> Any:
        """What the code has under a name."""
        columns = self.columns
        if what == "node_ids":
            return columns.ids
        if what == "number_of":
            return columns.numbers
        if what == "node":
            return columns.nodes[of[0]].values
        if what == "live":
            return columns.labels[of[0]].live
        if what == "any_edge":
            return {type_: _column(edges, of[0]) for type_, edges in columns.edges.items() if _has(edges, of[0])}
        if what == "all_edges":
            return _all_edges(columns, of)
        if what == "hops":
            return _hops(columns, of[0], of[1:])
        edges = columns.edges[of[0]]
        if what == "edge":
            return _column(edges, of[1])
        if what.endswith("_count"):
            return len(edges.out_offsets if what == "out_count" else edges.in_offsets) - 1
        return getattr(edges, what)


def _compile(columns: Columns, text: str, kinds: Mapping[str, Kind]) -> _Compiled:
    unit = Unit(columns, kinds)
    rows = rows_of(unit, {}, parse(text))
    if rows.arguments:
        raise NotCompiled(f"{rows.arguments} are not known")
    space = dict(_FUNCTIONS)
    exec(compile("\n".join(unit.functions), "<cypher>", "exec"), space)  # noqa: S102 - of files of the catalogue
    shown = [_shown(kind) for kind in rows.columns.values()]
    return _Compiled(space, rows.name, unit.needs, list(rows.columns), shown)


def _layout(columns: Columns) -> Any:
    """The numbers of nodes that compiled code has in it."""
    spans = tuple((label, span.first, span.end) for label, span in columns.labels.items())
    return spans, tuple((name, c.first, len(c.values)) for name, c in columns.nodes.items())


def _column(edges: EdgeColumns, name: str) -> Any:
    if name in ("id", "since", "until"):
        return edges.ids if name == "id" else getattr(edges, name)
    if name not in edges.columns:
        raise NotCompiled(f"the columns do not hold {name} of {edges.type}")
    return edges.columns[name]


def _has(edges: EdgeColumns, name: str) -> bool:
    return name in ("id", "since", "until") or name in edges.columns


def _all_edges(columns: Columns, types: Sequence[str]) -> Callable[[], Iterator[tuple[Any, int, int]]]:
    """A function that gives every edge with its start and end; of several types with the type's name."""

    def every() -> Iterator[tuple[Any, int, int]]:
        for type_ in types:
            edges = columns.edges[type_]
            numbers: Any = range(len(edges.ids))
            yield from zip(numbers if len(types) == 1 else ((type_, n) for n in numbers), edges.starts, edges.ends)

    return every


Hop = tuple[Any, int]


def _hops(columns: Columns, direction: str, types: Sequence[str]) -> Callable[[int], Iterator[Hop]]:
    """A function that gives the edges of a node, each with the node at its other end; of several types
    with the type's name, and between a node and itself once."""
    sides = [columns.edges[type_] for type_ in types]
    tagged = len(sides) > 1

    def hops(node: int) -> Iterator[Hop]:
        for edges in sides:
            if direction != "in":
                place = node - edges.out_first
                if 0 <= place < len(edges.out_offsets) - 1:
                    for edge in range(edges.out_offsets[place], edges.out_offsets[place + 1]):
                        yield ((edges.type, edge) if tagged else edge), edges.ends[edge]
            if direction != "out":
                place = node - edges.in_first
                if 0 <= place < len(edges.in_offsets) - 1:
                    for edge in edges.in_edges[edges.in_offsets[place] : edges.in_offsets[place + 1]]:
                        if direction == "in" or edges.starts[edge] != edges.ends[edge]:
                            yield ((edges.type, edge) if tagged else edge), edges.starts[edge]

    return hops


def _given(value: Any) -> Any:
    """A parameter as the code has it."""
    if isinstance(value, date):
        return value.toordinal()
    return [_given(one) for one in value] if isinstance(value, list | tuple) else value


def _shown(kind: Kind) -> Callable[[Any], Any] | None:
    """What makes a value of the code one that is shown; None where it is already."""
    if isinstance(kind, NodeKind | EdgeKind):
        raise NotCompiled("a node or an edge as an answer")
    if isinstance(kind, Scalar):
        return _date if kind.name == "date" else None
    if isinstance(kind, ListKind):
        of = _shown(kind.of)
        return None if of is None else lambda v: None if v is None else [of(one) for one in v]
    if isinstance(kind, MapKind):
        parts = [(name, _shown(own)) for name, own in kind.entries]
        return lambda v: _map(v, parts)
    return None


def _map(value: Any, parts: Sequence[tuple[str, Callable[[Any], Any] | None]]) -> Any:
    if value is None:
        return None
    return {name: one if own is None else own(one) for (name, own), one in zip(parts, value, strict=True)}


def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)
