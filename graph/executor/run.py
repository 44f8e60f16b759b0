"""Texts run over columns: compiled when they are first asked for, with the kinds of their parameters."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

from graph.executor import code_calls, code_operations, code_values, days, values, walking
from graph.executor.arranging import EdgeColumns
from graph.executor.code import Program
from graph.executor.code_query import check_named, rows_of
from graph.executor.columns import Columns
from graph.executor.hops import all_edges, hops
from graph.executor.kinds import EdgeKind, Kind, ListKind, MapKind, NodeKind, Scalar, kind_of
from graph.executor.parser import parse
from graph.executor.tokens import NotCompiled

__all__ = ["Executor", "NotCompiled", "Result", "code_calls", "code_operations", "code_values"]

KEPT = 1_000
"""Compiled texts that are kept."""
_FUNCTIONS: dict[str, Any] = {
    **{
        name: of
        for module in (values, days, walking)
        for name, of in vars(module).items()
        if not name.startswith("_")
    },
    **{
        f"number_{name}": values.of_number(getattr(math, name))
        for name in ("cos", "sin", "radians", "asin", "acos", "sqrt")
    },
    "number_floor": values.of_number(lambda v: float(math.floor(v))),
    "number_ceil": values.ceiling,
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
    shown: Callable[[Any], tuple[Any, ...]] | None
    """What makes a row of the code one that is shown, where there is anything to do."""
    generation: int = -1
    failed: set[int] = field(default_factory=set)
    """With which parameters it failed, as of the generation."""


class Executor:
    """Runs texts over one graph; the columns may change in between."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._compiled: dict[Any, _Compiled | NotCompiled] = {}
        self._layout: Any = None

    def run(self, text: str, parameters: Mapping[str, Any]) -> Result:
        """The rows of a text; `NotCompiled` for one that the engine has to be asked for.

        What failed while it ran (a day after the year 9999) is not tried again with the same parameters.
        """
        compiled = self._of(text, parameters)
        space = compiled.space
        if compiled.generation != self.columns.generation:
            space.update({name: self._part(*need) for name, need in compiled.needs.items()})
            compiled.generation = self.columns.generation
            compiled.failed.clear()
        if compiled.failed and _mark(parameters) in compiled.failed:
            raise NotCompiled("it failed with these parameters before")
        try:
            space.update({f"given_{name}": _given(value) for name, value in parameters.items()})
            rows = space[compiled.main]()
            if compiled.shown is not None:
                rows = [*map(compiled.shown, rows)]
        except Exception:
            compiled.failed.add(_mark(parameters))
            raise
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
        parts: dict[str, Callable[[], Any]] = {
            "node_ids": lambda: columns.ids,
            "number_of": lambda: columns.numbers,
            "node": lambda: columns.nodes[of[0]].values,
            "live": lambda: columns.labels[of[0]].live,
            "any_edge": lambda: _columns(columns, of[0]),
            "all_edges": lambda: all_edges(columns, of),
            "hops": lambda: hops(columns, of[0], of[1:]),
            "edge": lambda: _column(columns.edges[of[0]], of[1]),
            "out_count": lambda: len(columns.edges[of[0]].out_offsets) - 1,
            "in_count": lambda: len(columns.edges[of[0]].in_offsets) - 1,
        }
        return parts[what]() if what in parts else getattr(columns.edges[of[0]], what)


def _compile(columns: Columns, text: str, kinds: Mapping[str, Kind]) -> _Compiled:
    program = Program(columns, kinds)
    rows = rows_of(program, {}, parse(text))
    check_named(rows.columns)
    if rows.arguments:
        raise NotCompiled(f"{rows.arguments} are not known")
    space = dict(_FUNCTIONS)
    exec(compile("\n".join(program.functions), "<cypher>", "exec"), space)  # noqa: S102 - of files of the catalogue
    return _Compiled(
        space, rows.name, program.needs, list(rows.columns), _shown_row([*rows.columns.values()])
    )


def _shown_row(kinds: Sequence[Kind]) -> Callable[[Any], tuple[Any, ...]] | None:
    """A function of a row: a loop over its values takes three times as long."""
    shown = {f"shown{n}": of for n, kind in enumerate(kinds) if (of := _shown(kind)) is not None}
    values = (f"shown{n}(row[{n}])" if f"shown{n}" in shown else f"row[{n}]" for n in range(len(kinds)))
    made: Callable[[Any], tuple[Any, ...]] = eval(f"lambda row: ({', '.join(values)},)", shown)  # noqa: S307 - of the line before
    return made if any(map(_shown, kinds)) else None


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


def _columns(columns: Columns, name: str) -> dict[str, Any]:
    """By type the property of all edges that have it."""
    always = name in ("id", "since", "until")
    return {t: _column(edges, name) for t, edges in columns.edges.items() if always or name in edges.columns}


def _mark(parameters: Mapping[str, Any]) -> int:
    """Tells parameters apart."""
    return hash(repr(sorted(parameters.items(), key=itemgetter(0))))


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
        if kind.name == "duration":
            raise NotCompiled("a duration as an answer")
        return _date if kind.name == "date" else None
    if isinstance(kind, ListKind):
        of = _shown(kind.of)
        return None if of is None else lambda v: None if v is None else [of(one) for one in v]
    if isinstance(kind, MapKind):
        if kind.loose:
            raise NotCompiled("maps of different keys as an answer")
        parts = [(name, _shown(own)) for name, own in kind.entries]
        return lambda v: _map(v, parts)
    return None


def _map(value: Any, parts: Sequence[tuple[str, Callable[[Any], Any] | None]]) -> Any:
    if value is None:
        return None
    return {name: one if own is None else own(one) for (name, own), one in zip(parts, value, strict=True)}


@lru_cache(maxsize=50_000)
def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)
