"""From rows of edges to a view: the nodes with their names, cut at the limits, placed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from graph.model.edges import PLACES
from graph.reading.answer import Answer, Stamp
from graph.reading.graph import Graph
from graph.reading.names import read_names
from graph.reading.viewer import Viewer
from graph.views.view import View, ViewEdge, ViewNode

MAX_EDGES = 15_000
"""Most edges of any view."""
BELONGING = ("PART_OF", "COVERS", "SERVES", "BASED_IN", "CONCERNS")
"""Which edges say to which place a node belongs; the first type that it has decides."""


@dataclass(frozen=True)
class Gathered:
    """What a view found: edges in order, nodes that are there in any case, what is left out."""

    about: Mapping[str, Any]
    edges: Sequence[ViewEdge]
    seeds: Sequence[str]
    cut: bool = False
    rings: Mapping[str, int] = field(default_factory=dict)
    positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    totals: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By node whose edges were all counted: edge type to number."""


async def compose(graph: Graph, found: Gathered, stamp: Stamp, *, limit: int) -> Answer[View]:
    """The view, with a stamp that says how many nodes there are and whether it was cut."""
    ids = list(dict.fromkeys([*found.seeds, *(i for e in found.edges for i in (e.source, e.target))]))
    kept = set(ids[:limit])
    whole = [e for e in found.edges if e.source in kept and e.target in kept]
    edges = tuple(whole[:MAX_EDGES])
    more = _more(found.totals, edges)
    cut = found.cut or len(ids) > limit or len(whole) > MAX_EDGES or any(more.values())
    names = await read_names(graph, kept)
    parents = _parents(edges, names)
    nodes = tuple(
        _node(names[i], found, parents.get(i), more.get(i, {}), graph.viewer)
        for i in ids[:limit]
        if i in names
    )
    marked = replace(stamp, rows=len(nodes), truncated=cut)
    return Answer(View(found.about, nodes, edges), marked)


def about(view: str, of: str, as_of: date, **more: Any) -> dict[str, Any]:
    """What a view says of itself."""
    return {"view": view, "of": of, "as_of": as_of, **more}


def _node(
    row: Mapping[str, Any], found: Gathered, parent: str | None, more: Mapping[str, int], viewer: Viewer
) -> ViewNode:
    x, y = found.positions.get(row["id"], (None, None))
    label = row["label"]
    return ViewNode(
        id=row["id"],
        node_type=label,
        name=row["name"],
        kind=row.get("kind"),
        level=row.get("level"),
        tier=row.get("tier"),
        parent=parent,
        ring=found.rings.get(row["id"]),
        masked=viewer.hides_name(label),
        more=more,
        x=x,
        y=y,
    )


def _more(totals: Mapping[str, Mapping[str, int]], edges: Iterable[ViewEdge]) -> dict[str, dict[str, int]]:
    """Per counted node and edge type, how many edges are not among these."""
    shown: dict[tuple[str, str], int] = defaultdict(int)
    for edge in edges:
        for end in {edge.source, edge.target}:
            shown[end, edge.edge_type] += 1
    return {
        node: {t: n - shown[node, t] for t, n in types.items() if n > shown[node, t]}
        for node, types in totals.items()
    }


def _parents(edges: Iterable[ViewEdge], names: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The place that each node lies in or belongs to; a front end nests by it."""
    places: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for edge in edges:
        there = names.get(edge.target)
        if edge.ended or edge.edge_type not in BELONGING or there is None:
            continue
        if there["label"] in PLACES or edge.edge_type == "PART_OF":
            places[edge.source][edge.edge_type].add(edge.target)
    found = {}
    for node, by_type in places.items():
        decisive = next(by_type[t] for t in BELONGING if t in by_type)
        if len(decisive) == 1:
            found[node] = next(iter(decisive))
    return {node: place for node, place in found.items() if not _circular(node, found)}


def _circular(node: str, parents: Mapping[str, str]) -> bool:
    """Whether a node would contain itself: libraries that nest fail on that."""
    seen, here = {node}, parents.get(node)
    while here is not None:
        if here in seen:
            return True
        seen.add(here)
        here = parents.get(here)
    return False
