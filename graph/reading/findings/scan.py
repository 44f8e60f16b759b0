"""Nodes and edges with the properties that files read, from the engine: all of a kind, or some by their ids.

A kind is asked for as one row of lists, a list for each property: that takes an engine a third and the
driver a tenth of what rows take. Days come as texts, which the driver reads at a tenth of what dates cost.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from graph.catalogue import Catalogue
from graph.executor.columns import CannotHoldError, Part
from graph.model import EDGES, NODES, label_of
from graph.store import Row, Statement, Store

FOLDERS = ("rules", "coverage", "scopes")
"""What is asked of columns."""
NEVER = frozenset({"name", "name_en", "named", "note", "about", "quote", "title", "source"})
"""Properties that no finding rests on, whatever words a file has."""
MOST = 200_000
"""Nodes or edges of one statement: their lists are held by engine and driver as wholes."""
DAYS = ("since", "until")
_COMMENT = re.compile(r"//[^\n]*")
_WORD = re.compile(r"\w+")
Wanted = Mapping[str, Sequence[str]]
"""By label and edge type the properties that are read, beside ids and days of edges."""


def wanted_of(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """The properties whose names occur in files of `FOLDERS`."""
    return dict(_wanted(tuple(query.text for folder in FOLDERS for query in catalogue.folder(folder))))


@lru_cache(maxsize=2)
def _wanted(texts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    words = {word for text in texts for word in _WORD.findall(_COMMENT.sub("", text))} - NEVER
    return {
        kind: tuple(n for n in model.properties() if n in words and n not in ("id", *DAYS))
        for kind, model in [*NODES.items(), *EDGES.items()]
    }


async def scan(store: Store, wanted: Wanted, most: int) -> AsyncIterator[Part]:
    """Everything, as long as nothing is written meanwhile; nodes come first.

    Raises `CannotHoldError` above `most` elements, or where something has no id or no days.
    """
    nodes: dict[str, int] = {}
    found = 0
    for kind in [*NODES, *EDGES]:
        async for part in scan_kind(store, wanted, kind, nodes):
            found += len(part.ids)
            if found > most:
                raise CannotHoldError(f"more than {most} nodes and edges")
            if kind in NODES:
                nodes[kind] = nodes.get(kind, 0) + len(part.ids)
            yield part


async def scan_kind(
    store: Store, wanted: Wanted, kind: str, nodes: Mapping[str, int] | None = None
) -> AsyncIterator[Part]:
    """All of one kind; `nodes` are how many there are of each label. As `scan`."""
    pattern = _pattern(kind, nodes or {})
    ids: list[str] = []
    while len(ids) % MOST == 0:
        some = f" WITH {'a, x, b' if kind in EDGES else 'x'} SKIP {len(ids)} LIMIT {MOST}"
        part = await _read(store, wanted, kind, (pattern + some, {}))
        if not part.ids:
            break
        ids += part.ids
        yield part
    if len(ids) > MOST and len(set(ids)) != len(ids):
        raise CannotHoldError(f"the engine gave {kind} in another order")


async def scan_some(
    store: Store, wanted: Wanted, kind: str, asked: Iterable[tuple[str, str]]
) -> AsyncIterator[Part]:
    """Those that are there of some ids, each with the node where the edge begins (empty for a node)."""
    by_label: dict[str, list[dict[str, str]]] = defaultdict(list)
    for id_, start in asked:
        by_label[label_of(start) if start else kind].append({"id": id_, "start": start})
    for label, rows in by_label.items():
        node = f"(a:{label} {{id: row.start}})-[x:{kind} {{id: row.id}}]->(b)"
        text = f"UNWIND $rows AS row MATCH {node if kind in EDGES else f'(x:{kind} {{id: row.id}})'}"
        for some in _cut(rows):
            yield await _read(store, wanted, kind, (text, {"rows": some}))


async def scan_crossings(store: Store, wanted: Wanted, persons: Iterable[str]) -> AsyncIterator[Part]:
    """The cross-appointments of some persons."""
    text = (
        "UNWIND $ids AS id MATCH (p:Person {id: id})-[:HOLDS_POST]->(a)-[x:CROSS_APPOINTMENT]->(b) "
        "WHERE x.person = id WITH DISTINCT a, x, b"
    )
    for some in _cut(sorted(persons)):
        yield await _read(store, wanted, "CROSS_APPOINTMENT", (text, {"ids": some}))


def _cut(values: Sequence[Any], size: int = 5_000) -> Iterable[Sequence[Any]]:
    return (values[i : i + size] for i in range(0, len(values), size))


def _pattern(kind: str, nodes: Mapping[str, int]) -> str:
    """All of a kind. Edges are looked for at that of their ends where fewer nodes are, as engines walk."""
    if kind in NODES:
        return f"MATCH (x:{kind})"
    starts, ends = (
        list(dict.fromkeys(label for pair in EDGES[kind].ends for label in pair[n])) for n in (0, 1)
    )
    if sum(nodes.get(label, 0) for label in starts) < sum(nodes.get(label, 0) for label in ends):
        return f"MATCH (a:{'|'.join(starts)})-[x:{kind}]->(b)"
    return f"MATCH (b:{'|'.join(ends)})<-[x:{kind}]-(a)"


async def _read(store: Store, wanted: Wanted, kind: str, found: Statement) -> Part:
    """What a pattern finds, as one part."""
    edges = kind in EDGES
    properties = (EDGES[kind] if edges else NODES[kind]).properties()
    names = [*(DAYS if edges else ()), *wanted[kind]]
    kinds = {name: properties[name].kind for name in names}
    asked = {"id": "x.id", **({"start": "a.id", "end": "b.id"} if edges else {})}
    asked |= {f"c{n}": _asked(name, kinds[name]) for n, name in enumerate(names)}
    lists = ", ".join(f"collect({what}) AS {name}" for name, what in asked.items())
    ((row,),) = await store.read_each([(f"{found[0]} RETURN {lists}", found[1])])
    if len({len(values) for values in row.values()}) != 1:
        raise CannotHoldError(f"a {kind} has no id")
    return _part(kind, row, kinds)


def _asked(name: str, kind: str) -> str:
    """A property as it is collected, which leaves out what is null: what it cannot be stands for that."""
    if kind == "date":
        return f"coalesce(toString(x.{name}), '')"
    return f"coalesce(x.{name}, {'false' if kind in ('text', 'enum') else repr('')})"


def _part(kind: str, row: Row, kinds: Mapping[str, str]) -> Part:
    columns = {name: _READ.get(k, _plain)(row[f"c{n}"]) for n, (name, k) in enumerate(kinds.items())}
    if kind in EDGES and any(None in columns[name] for name in DAYS):
        raise CannotHoldError(f"a {kind} has no days")
    return Part(kind, row["id"], columns, row.get("start"), row.get("end"))


def _days(texts: Sequence[str]) -> list[int | None]:
    table = {text: date.fromisoformat(text).toordinal() if text else None for text in set(texts)}
    return [*map(table.__getitem__, texts)]


def _words(texts: Sequence[str | bool]) -> list[str | None]:
    table = {text: sys.intern(text) if isinstance(text, str) else None for text in set(texts)}
    return [*map(table.__getitem__, texts)]


def _plain(values: Sequence[Any]) -> list[Any]:
    return [None if value == "" else value for value in values]


def _lists(values: Sequence[Any]) -> list[list[str] | None]:
    """Equal ones are one."""
    table: dict[tuple[str, ...], list[str]] = {}
    return [None if v == "" else table.setdefault((*v,), [*map(sys.intern, v)]) for v in values]


_READ: dict[str, Callable[[Sequence[Any]], list[Any]]] = {
    "date": _days,
    "text": _words,
    "enum": _words,
    "list": _lists,
}
