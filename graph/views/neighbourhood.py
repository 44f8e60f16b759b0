"""A node and what lies one to three hops around it, with a cap per node and edge type.

The label of a node follows from its id, so the statements are made with the label in place. What
a cap leaves out is counted per edge type, for a front end to offer as "N more".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from graph.catalogue import Select
from graph.errors import BadParameter
from graph.model import AUXILIARY, EDGES, label_of
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.nodes import read_node
from graph.store import Row
from graph.views.compose import MAX_EDGES, Gathered, about, compose
from graph.views.view import View, edge_of

_IN_FORCE = (
    "e.since <= $as_of AND ($ended OR $as_of < e.until) "
    "AND CASE WHEN $types IS NULL THEN NOT type(e) IN $auxiliary ELSE type(e) IN $types END"
)
_EDGE = (
    "e.id AS edge, type(e) AS type, startNode(e).id AS from, endNode(e).id AS to, "
    "e.since AS since, e.until AS until, e.source AS source, e.role AS role, "
    "coalesce(e.date_precision, []) AS date_precision"
)

BATCH = 200
"""Nodes whose edges are asked for together: what one answer can hold at most hangs on it."""


@dataclass
class _Walk:
    """What one walk has found so far."""

    graph: Graph
    parameters: Mapping[str, object]
    cap: int
    edges: dict[str, Row] = field(default_factory=dict)
    totals: dict[str, dict[str, int]] = field(default_factory=dict)


async def view_neighbourhood(
    graph: Graph,
    node: str,
    *,
    limit: int,
    hops: int = 1,
    types: Sequence[str] = (),
    cap: int = 100,
    as_of: date | None = None,
    ended: bool = False,
) -> Answer[View]:
    """The edges met on walks of at most `hops`; of each node at most `cap` of each type.

    Nodes come by distance. No further node is looked at once `limit` are found. Auxiliary types are
    met only if named. Edges whose existence is personal or sensitive are left out unless shown; the
    stamp's `hidden` names their types. Raises `NotFound`, `BadParameter` for an unknown type.
    """
    for type_ in types:
        if type_ not in EDGES:
            raise BadParameter(f"没有关系类型 {type_}。", f"there is no edge type {type_}.", subject="types")
    day = graph.day(as_of)
    first = await read_node(graph, node)
    parameters = {"as_of": day, "ended": ended, "types": sorted(set(types)) or None}
    walk = _Walk(graph, {**parameters, "auxiliary": sorted(AUXILIARY)}, cap)
    seen: dict[str, None] = {node: None}
    frontier = [node]
    cut = False
    for _ in range(hops):
        around: list[str] = []
        for i in range(0, len(frontier), BATCH):
            if len(seen) >= limit or len(walk.edges) > MAX_EDGES:
                cut = True
                break
            rows = await _step(walk, frontier[i : i + BATCH])
            ends = dict.fromkeys(row[end] for row in rows for end in ("from", "to"))
            fresh = [node for node in ends if node not in seen]
            seen.update(dict.fromkeys(fresh))
            around += fresh
        frontier = around
    edges = [edge_of(row, day) for row in walk.edges.values()]
    hidden = [t for t in sorted(types or EDGES) if not graph.viewer.sees_type(t)]
    given = {"node": node, **parameters, "hops": hops, "cap": cap, "hidden": hidden}
    stamp = graph.stamp([], given, first.stamp.data_version, len(seen))
    view = Gathered(about("node", node, day), edges, list(seen), cut=cut, totals=walk.totals)
    return await compose(graph, view, stamp, limit=limit)


async def _step(walk: _Walk, nodes: Sequence[str]) -> list[Row]:
    """The edges around these nodes that were not met before, in the order of their ids."""
    counts = await _counted(walk, nodes)
    whole: list[str] = []
    capped: list[str] = []
    for node in nodes:
        over = any(n > walk.cap for n in counts[node].values())
        (capped if over else whole).append(node)
    viewer = walk.graph.viewer
    shown = {"shown": None if viewer.personal else sorted(filter(viewer.sees_type, EDGES))}
    parameters = {**walk.parameters, **shown}
    statements = [
        Select(
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WITH n MATCH (n)-[e]-(o) "
            f"WHERE {_IN_FORCE} AND ($shown IS NULL OR type(e) IN $shown) "
            f"RETURN {_EDGE} ORDER BY edge",
            {**parameters, "ids": ids},
            (),
        )
        for label, ids in _by_label(whole).items()
    ]
    statements += [
        Select(
            f"MATCH (n:{label_of(node)} {{id: $id}}) WITH n MATCH (n)-[e:{type_}]-(o) "
            f"WHERE {_IN_FORCE} RETURN {_EDGE} ORDER BY edge LIMIT $cap",
            {**walk.parameters, "id": node, "cap": walk.cap},
            (),
        )
        for node in capped
        for type_ in sorted(counts[node])
    ]
    if not statements:
        return []
    _, results = await walk.graph.read(statements)
    rows = sorted((row for rows in results for row in rows), key=lambda row: str(row["edge"]))
    fresh = {row["edge"]: row for row in rows if row["edge"] not in walk.edges}
    walk.edges |= fresh
    return list(fresh.values())


async def _counted(walk: _Walk, nodes: Sequence[str]) -> dict[str, dict[str, int]]:
    """Edges per node and type, without those that are secret."""
    statements = [
        Select(
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WITH n MATCH (n)-[e]-() "
            f"WHERE {_IN_FORCE} "
            "RETURN n.id AS node, type(e) AS type, count(e) AS edges ORDER BY node, type",
            {**walk.parameters, "ids": ids},
            (),
        )
        for label, ids in _by_label(nodes).items()
    ]
    _, results = await walk.graph.read(statements)
    counts: dict[str, dict[str, int]] = {node: {} for node in nodes}
    for row in (row for rows in results for row in rows):
        if walk.graph.viewer.sees_type(row["type"]):
            counts[row["node"]][row["type"]] = row["edges"]
    walk.totals |= counts
    return counts


def _by_label(nodes: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for node in nodes:
        found[label_of(node)].append(node)
    return dict(sorted(found.items()))
