"""Nodes and edges with the properties that files read, from the engine: all of a kind, or some by their ids.

A kind is asked for as one row of lists, a list for each property: that takes an engine a third and the
driver a tenth of what rows take. Days come as texts, which the driver reads at a tenth of what dates cost.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from graph.catalogue import Catalogue
from graph.executor.given import DAYS
from graph.executor.parts import CannotHoldError, Portion, days, lists, words
from graph.model import EDGES, NODES, label_of
from graph.store import Row, Statement, Store

FOLDERS = ("rules", "coverage", "scopes")
"""What is asked of columns."""
BESIDE = ("area_tree", "area_registers", "stations")
"""Files whose rows come with answers (`remembered`), asked of columns too."""
NEVER = frozenset({"name", "name_en", "named", "note", "about", "quote", "title", "source"})
"""Properties that no finding rests on, whatever words a file has; nothing that a person is called is held."""
SHOWN = {**{label: {"name"} for label in NODES if label != "Person"}, "ServiceStation": {"name", "about"}}
"""Of these what files of `BESIDE` show."""
MOST = 200_000
"""Nodes or edges of one statement: their lists are held by engine and driver as wholes."""
_COMMENT = re.compile(r"//[^\n]*")
_WORD = re.compile(r"\w+")
Wanted = Mapping[str, Sequence[str]]
"""By label and edge type the properties that are read, beside ids and days of edges."""


def wanted_of(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """The properties whose names occur in files of `FOLDERS` and `BESIDE`."""
    found = [query for folder in FOLDERS for query in catalogue.folder(folder)]
    found += [query for query in catalogue.folder("queries") if query.name in BESIDE]
    return dict(_wanted(tuple(query.text for query in found)))


@lru_cache(maxsize=2)
def _wanted(texts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    words = {word for text in texts for word in _WORD.findall(_COMMENT.sub("", text))} - {"id", *DAYS}
    return {
        kind: tuple(n for n in model.properties() if n in words - (NEVER - SHOWN.get(kind, set())))
        for kind, model in [*NODES.items(), *EDGES.items()]
    }


async def scan(store: Store, wanted: Wanted, most: int) -> AsyncIterator[Portion]:
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
) -> AsyncIterator[Portion]:
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
) -> AsyncIterator[Portion]:
    """Those that are there of some ids, each with the node where the edge begins (empty for a node)."""
    by_label: dict[str, list[dict[str, str]]] = defaultdict(list)
    for id_, start in asked:
        by_label[label_of(start) if start else kind].append({"id": id_, "start": start})
    for label, rows in by_label.items():
        node = f"(a:{label} {{id: row.start}})-[x:{kind} {{id: row.id}}]->(b)"
        text = f"UNWIND $rows AS row MATCH {node if kind in EDGES else f'(x:{kind} {{id: row.id}})'}"
        for some in _cut(rows):
            yield await _read(store, wanted, kind, (text, {"rows": some}))


async def scan_crossings(store: Store, wanted: Wanted, persons: Iterable[str]) -> AsyncIterator[Portion]:
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


async def _read(store: Store, wanted: Wanted, kind: str, found: Statement) -> Portion:
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
    """A property as it is collected, which leaves out what is null: an empty text stands for that."""
    return f"coalesce({f'toString(x.{name})' if kind == 'date' else f'x.{name}'}, '')"


def _part(kind: str, row: Row, kinds: Mapping[str, str]) -> Portion:
    columns = {name: _READ.get(k, _plain)(row[f"c{n}"]) for n, (name, k) in enumerate(kinds.items())}
    if kind in EDGES and any(None in columns[name] for name in DAYS):
        raise CannotHoldError(f"a {kind} has no days")
    return Portion(kind, row["id"], columns, row.get("start"), row.get("end"))


def _plain(values: Sequence[Any]) -> list[Any]:
    return [None if value == "" else value for value in values]


_READ: dict[str, Callable[[Sequence[Any]], list[Any]]] = {
    "date": days,
    "text": words,
    "enum": words,
    "list": lambda values: lists(_plain(values)),
}
