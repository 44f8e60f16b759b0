"""A copy brought up to date: what changed in the graph since, and what came into the area or left it.

Every node and edge that may differ is read in the graph and in the copy, and the copy is changed where they
do differ, in one transaction: so its cost goes with what changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from graph.model import EDGES, label_of
from graph.reading.findings.between import changes_between
from graph.reading.graph import Graph
from graph.reading.scoped.filling import finish
from graph.reading.viewer import PUBLIC, Viewer
from graph.store import Row, Store, Transaction
from graph.store.changes import CHUNK, Change, apply_changes
from graph.store.within import moves_places

MOST = 20_000
"""Changes, and things that came or left, above which a copy is made anew."""
Key = tuple[str, str, str]
"""Type, start and id of an edge; of a node label, nothing and id."""
Found = dict[Key, tuple[dict[str, Any], str]]
"""Properties, and the end of an edge."""


@dataclass
class _Doubtful:
    """What may differ."""

    nodes: set[str] = field(default_factory=set)
    edges: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By type the nodes of which all edges are compared."""


async def renew(graph: Graph, to: Store, held: tuple[int, Viewer], viewer: Viewer) -> int | None:
    """Bring a copy, which holds a data version for a viewer, up to date; the version that it has then.

    None where it is to be made anew: it is not known what changed, or too much.
    """
    version = await graph.version()
    before, then = held
    changes = await changes_between(graph, before, version)
    if changes is None or len(changes) > MOST:
        return None
    came, left = _difference(viewer.ids, then.ids), _difference(then.ids, viewer.ids)
    if len(came) + len(left) > MOST:
        return None
    doubtful, places_moved = _doubtful(changes, came | left), moves_places(changes)
    if places_moved:
        doubtful.edges.pop("WITHIN", None)  # all of them are compared below, and a change is made once
    made = [*await _nodes(graph, to, viewer, doubtful), *await _edges(graph, to, viewer, doubtful)]
    if places_moved:
        made += _compared("WITHIN", await _all(graph.store, "WITHIN"), await _all(to, "WITHIN"), viewer)
    operational = await finish(graph, viewer, version)
    if await graph.version() != version:
        return None

    async def work(tx: Transaction) -> None:
        await apply_changes(tx, made)
        await tx.run("MATCH (l:Load) DELETE l")
        await operational(tx)

    await to.write(work)
    return version


def _difference(one: Collection[str] | None, other: Collection[str] | None) -> set[str]:
    return set() if one is None or other is None else set(one) - set(other)


def _doubtful(changes: Iterable[Change], moved: set[str]) -> _Doubtful:
    found = _Doubtful(nodes=set(moved))
    for change in changes:
        if not change.start:
            found.nodes.add(change.id)
            continue
        # An edge is looked for at the end that is not public, if there is one: a document has thousands.
        public = label_of(change.start) in PUBLIC and label_of(change.end) not in PUBLIC
        found.edges[change.kind].add(change.end if public else change.start)
        if change.kind == "HOLDS_POST":
            found.edges["CROSS_APPOINTMENT"].add(change.end)
    for type_ in EDGES:
        found.edges[type_] |= moved
    return found


async def _nodes(graph: Graph, to: Store, viewer: Viewer, doubtful: _Doubtful) -> list[Change]:
    changes = []
    for label, ids in _by_label(doubtful.nodes):
        text = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN id, properties(n) AS p"
        there, here = await _rows(graph.store, text, ids), await _rows(to, text, ids)
        wanted = {r["id"]: r["p"] for r in there if viewer.sees(r["id"])}
        standing = {r["id"]: r["p"] for r in here}
        for id_ in sorted(wanted.keys() | standing.keys()):
            after = viewer.properties(label, wanted[id_])[0] if id_ in wanted else None
            if after != standing.get(id_):
                changes.append(Change(label, standing.get(id_), after))
    return changes


async def _edges(graph: Graph, to: Store, viewer: Viewer, doubtful: _Doubtful) -> list[Change]:
    changes = []
    for type_, nodes in doubtful.edges.items():
        if not viewer.sees_type(type_):
            continue
        there: Found = {}
        here: Found = {}
        for label, ids in _by_label(nodes):
            for arrow in _arrows(type_, label):
                a, b = ("x", "n") if arrow.startswith("<") else ("n", "x")
                text = (
                    f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}){arrow}(x) "
                    f"RETURN {a}.id AS a, {b}.id AS b, properties(e) AS p"
                )
                there |= _found(type_, await _rows(graph.store, text, ids))
                here |= _found(type_, await _rows(to, text, ids))
        changes += _compared(type_, there, here, viewer)
    return changes


def _arrows(type_: str, label: str) -> Iterator[str]:
    """The directions in which edges of a type hang on nodes of a label."""
    ends = EDGES[type_].ends
    if any(label in starts for starts, _ in ends):
        yield f"-[e:{type_}]->"
    if any(label in targets for _, targets in ends):
        yield f"<-[e:{type_}]-"


async def _all(store: Store, type_: str) -> Found:
    text = f"MATCH (a)-[e:{type_}]->(b) RETURN a.id AS a, b.id AS b, properties(e) AS p"
    (rows,) = await store.read([(text, {})])
    return _found(type_, rows)


def _found(type_: str, rows: Iterable[Row]) -> Found:
    return {(type_, row["a"], row["p"]["id"]): (row["p"], row["b"]) for row in rows}


def _compared(type_: str, there: Found, here: Found, viewer: Viewer) -> list[Change]:
    changes = []
    for key in sorted(there.keys() | here.keys()):
        before, after = here.get(key), there.get(key)
        if after is not None and not (viewer.sees(key[1]) and viewer.sees(after[1])):
            after = None
        shown = None if after is None else viewer.properties(type_, after[0])[0]
        if shown != (before and before[0]):
            end = (after or before or ({}, ""))[1]
            changes.append(Change(type_, before and before[0], shown, key[1], end))
    return changes


def _by_label(ids: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    found: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(ids):
        found[label_of(id_)].append(id_)
    yield from found.items()


async def _rows(store: Store, text: str, ids: list[str]) -> list[Row]:
    found: list[Row] = []
    for i in range(0, len(ids), CHUNK):
        (rows,) = await store.read([(text, {"ids": ids[i : i + CHUNK]})])
        found += rows
    return found
