"""Resource paths by plain search, and their cheapest cost by networkx.

Above the view. Need -CONCERNS- place -PART_OF- up to three levels -COVERS or SERVES- body or
provider -CO_BUILDS- at most one unit -OFFERS- resource. A body sets out to its co-builders, or to
the places that it covers, serves or is based in; a person to the bodies of the person's posts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx

from graph.model import label_of
from tests.oracle.view import Item, View

COST = {
    "CONCERNS": 0,
    "PART_OF": 2,
    "COVERS": 1,
    "SERVES": 1,
    "CO_BUILDS": 1,
    "OFFERS": 1,
    "BASED_IN": 1,
    "HOLDS_POST": 1,
}
AT_PLACES = ("Need", "Quarter", "Building", "Area")
LEVELS_UP = 3
COVERING = ("PartyOrganization", "ResidentsCommittee")
"""The bodies whose COVERS a resource path walks."""


@dataclass(frozen=True)
class Path:
    """One path: node ids and edge ids in order, and what it costs."""

    nodes: tuple[str, ...]
    edges: tuple[str, ...]
    cost: int

    @property
    def resource(self) -> str:
        return self.nodes[-1]

    @property
    def provider(self) -> str:
        return self.nodes[-2]

    def over(self, edge: Item, to: str) -> Path:
        """One hop more."""
        cost = self.cost + COST[edge["type"]]
        return Path((*self.nodes, to), (*self.edges, edge["id"]), cost)


def wanted(view: View, source: str, category: str | None) -> set[str] | None:
    """Categories that a path from a source may end at; None: all."""
    if category is not None:
        return {category}
    if label_of(source) == "Need":
        return set(view.value(source, "resource_categories") or ())
    return None


def find_paths(view: View, source: str, category: str | None = None) -> list[Path]:
    """Every resource path from a need or quarter, the cheapest first."""
    categories = wanted(view, source, category)
    found = [
        path
        for provider in _providers(view, source)
        for path in _step(provider, view.out(provider.nodes[-1], "OFFERS"), "to")
        if categories is None or view.value(path.resource, "category") in categories
    ]
    return sorted(found, key=lambda p: (p.cost, p.edges))


def _step(path: Path, edges: list[Item], end: str) -> Iterator[Path]:
    return (path.over(edge, edge[end]) for edge in edges)


def has_room(view: View, resource: str) -> bool:
    """Whether the known uses leave something of a resource's capacity, or it has none on record."""
    capacity = view.value(resource, "capacity")
    used = sum(e.get("amount") or 0 for e in view.into(resource, "USES"))
    return capacity is None or used < capacity


def _providers(view: View, source: str) -> Iterator[Path]:
    """Paths to whatever might offer something."""
    start = Path((source,), (), 0)
    if label_of(source) in AT_PLACES:
        yield from _from_places(view, _levels(view, source))
        return
    bodies = [start]
    if label_of(source) == "Person":
        bodies = list(_step(start, view.out(source, "HOLDS_POST"), "to"))
    for body in bodies:
        here = body.nodes[-1]
        yield from (body, *_step(body, view.into(here, "CO_BUILDS"), "from"))
        outward = [e for t in ("COVERS", "SERVES", "BASED_IN") for e in view.out(here, t)]
        levels = _climb(view, list(_step(body, outward, "to")))
        yield from (p for p in _from_places(view, levels) if p.nodes.count(here) == 1)


def _from_places(view: View, levels: list[Path]) -> Iterator[Path]:
    for place in levels:
        here = place.nodes[-1]
        covering = [e for e in view.into(here, "COVERS") if label_of(e["from"]) in COVERING]
        for body in _step(place, covering + view.into(here, "SERVES"), "from"):
            yield body
            yield from _step(body, view.into(body.nodes[-1], "CO_BUILDS"), "from")


def _levels(view: View, source: str) -> list[Path]:
    """The source's places, and those at most three levels above them."""
    level = [Path((source,), (), 0)]
    if label_of(source) == "Need":
        level = [p for path in level for p in _step(path, view.out(source, "CONCERNS"), "to")]
    return _climb(view, level)


def _climb(view: View, level: list[Path]) -> list[Path]:
    found = list(level)
    for _ in range(LEVELS_UP):
        level = [p for path in level for p in _step(path, view.out(path.nodes[-1], "PART_OF"), "to")]
        found += level
    return found


def cheapest(view: View, source: str, category: str | None = None) -> int | None:
    """Cost of the cheapest path by Dijkstra on a layered graph; None where there is none.

    A node stands once per stage of the walk, so that any way through the layers is a path.
    """
    graph: nx.DiGraph[tuple[str, str]] = nx.DiGraph()
    start = ("source", source)
    graph.add_node(start)
    for edge in view.edges:
        for stage, a, b, next_stage in _layers(edge, source):
            graph.add_edge((stage, a), (next_stage, b), weight=COST[edge["type"]])
    if label_of(source) != "Need":
        graph.add_edge(start, ("up0", source), weight=0)
    costs = nx.single_source_dijkstra_path_length(graph, start)
    categories = wanted(view, source, category)
    reached = [
        int(cost)
        for (stage, node), cost in costs.items()
        if stage == "resource" and (categories is None or view.value(node, "category") in categories)
    ]
    return min(reached, default=None)


def _layers(edge: Item, source: str) -> Iterator[tuple[str, str, str, str]]:
    a, b, type_ = edge["from"], edge["to"], edge["type"]
    if type_ == "CONCERNS" and a == source:
        yield "source", a, b, "up0"
    if type_ == "PART_OF":
        yield from ((f"up{i}", a, b, f"up{i + 1}") for i in range(LEVELS_UP))
    if type_ == "SERVES" or (type_ == "COVERS" and label_of(a) in COVERING):
        yield from ((f"up{i}", b, a, "body") for i in range(LEVELS_UP + 1))
    if type_ == "CO_BUILDS":
        yield "body", b, a, "unit"
    if type_ == "OFFERS":
        yield from ((stage, a, b, "resource") for stage in ("body", "unit"))
