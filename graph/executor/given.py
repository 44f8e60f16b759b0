"""Everything as the embedded engine writes it into a file, and how it is asked for that."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.executor.parts import CannotHoldError, Portion, days, lists, numbers, truths, words
from graph.model import EDGES, NODES

BETWEEN, WITHIN, LIST = "\x1f", "\x1e", "["
"""Between values; between those of a list, which begins with the third. What is missing is empty."""
PLACE, START, END = "@", "@start", "@end"
"""The columns of the place of a node, and of the places where an edge begins and ends."""
DAYS = ("since", "until")


def asking_for(wanted: Mapping[str, Sequence[str]], most: int) -> dict[str, Any]:
    """What the engine is asked for; it gives nothing above `most` nodes and edges."""
    kinds = {}
    for kind, names in wanted.items():
        known = _kinds(kind, names)
        kinds[kind] = {
            "plain": ["id", *(name for name, of in known.items() if of != "list")],
            "lists": [name for name, of in known.items() if of == "list"],
            "places": {START: "start", END: "end"} if kind in EDGES else {PLACE: "place"},
        }
    return {"marks": [BETWEEN, WITHIN, LIST], "most": most, "kinds": kinds}


def read_given(path: Path) -> Iterator[Portion]:
    """The parts in a file; raises `CannotHoldError` for one that is not whole, or of a damaged graph."""
    places: dict[str, str] = {}
    with path.open("rb") as file:
        while line := file.readline():
            kind, count, sizes = json.loads(line)
            texts = {name: file.read(size).decode().split(BETWEEN) for name, size in sizes.items()}
            if {len(values) for values in texts.values()} != {count} or "" in (ids := texts["id"]):
                raise CannotHoldError(f"a {kind} has no id")
            found = {n: v for n, v in texts.items() if n not in ("id", PLACE, START, END)}
            columns = {name: _READ[of](found[name]) for name, of in _kinds(kind, [*found]).items()}
            if kind in NODES:
                places.update(zip(texts[PLACE], ids, strict=True))
                yield Portion(kind, ids, columns)
                continue
            if any(None in columns[name] for name in DAYS):
                raise CannotHoldError(f"a {kind} has no days")
            try:
                starts, ends = ([*map(places.__getitem__, texts[name])] for name in (START, END))
            except KeyError as missing:
                raise CannotHoldError(f"a {kind} ends at {missing}, which is not there") from None
            yield Portion(kind, ids, columns, starts, ends)


def _kinds(kind: str, names: Sequence[str]) -> dict[str, str]:
    """By property what kind of value it has; the days of edges are among them."""
    properties = (EDGES[kind] if kind in EDGES else NODES[kind]).properties()
    return {name: properties[name].kind for name in dict.fromkeys([*(DAYS if kind in EDGES else ()), *names])}


def _lists(texts: Sequence[str]) -> list[list[str] | None]:
    """Each begins with `LIST`; an empty one has nothing behind it."""
    return lists(None if not t else t[1:].split(WITHIN) if t != LIST else () for t in texts)


_READ: dict[str, Callable[[Sequence[str]], list[Any]]] = {
    "date": days,
    "text": words,
    "enum": words,
    "bool": truths,
    "int": numbers,
    "float": numbers,
    "list": _lists,
}
