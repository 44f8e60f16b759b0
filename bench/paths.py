"""Best five paths from a need: `find_paths` against networkx on the whole graph in memory."""

from __future__ import annotations

import random
import time
from itertools import islice
from pathlib import Path
from typing import Any

import networkx as nx

from bench.measures import DAY, Measure, read
from graph.loading.delivery import Delivery
from graph.model import EDGES, OPEN_END, OPEN_START, label_of
from graph.model.edges import PLACES
from graph.paths import find_paths
from graph.paths.shapes import PathShape
from graph.reading.graph import Graph
from graph.reading.wiring import open_graph
from graph.settings import Settings

K = 5
GOAL = "goal"
"""A node behind every resource that would meet the need, so that one search has one target."""


async def measure_paths(folder: Path, data_dir: Path, heap: str, times: int) -> list[Measure]:
    """Needs that have a path, one after the other; the peer's graph is built before."""
    delivery = read(folder)
    whole = whole_graph(delivery)
    categories = {n.id: n.properties.get("category") for n in delivery.nodes if n.label == "Resource"}
    needs = [n for n in delivery.nodes if n.label == "Need"]
    random.Random(0).shuffle(needs)
    ours: list[float] = []
    theirs: list[float] = []
    each: list[float] = []
    async with open_graph(Settings(data_dir=data_dir, heap=heap)) as graph:
        for need in needs[:20]:  # these warm the engine
            await _ask(graph, need.id)
        for need in needs[20:]:
            wanted = set(need.properties.get("resource_categories") or ())
            found, mine = await _ask(graph, need.id)
            if not found:
                continue
            goals = [r for r, c in categories.items() if c in wanted and r in whole]
            if len(each) < times // 10:
                begun = time.perf_counter()
                best_of_each = _one_by_one(whole, need.id, goals)
                each.append((time.perf_counter() - begun) * 1000)
                assert best_of_each == found[0]["cost"]
            whole.add_edges_from(((r, GOAL) for r in goals), cost=0)
            begun = time.perf_counter()
            ways = list(islice(_ways(whole, need.id), K))
            theirs.append((time.perf_counter() - begun) * 1000)
            ours.append(mine)
            whole.remove_node(GOAL)
            best = nx.path_weight(whole, ways[0][:-1], "cost")
            assert found[0]["cost"] == best, (need.id, found[0]["cost"], best)
            if len(ours) == times:
                break
    size = f"{whole.number_of_nodes():,} nodes, {whole.number_of_edges():,} arcs"
    ratios = [e / a for e, a in zip(each, ours, strict=False)]
    return [
        Measure(f"best {K} paths from a need", ours, "ms", ""),
        Measure("networkx, a search for each resource", each, "ms", size),
        Measure("a search for each resource / ours", ratios, "×", "aim: at least 20"),
        Measure("networkx, one search to a goal behind all resources", theirs, "ms", ""),
        Measure("all of these / all of ours", [sum(theirs) / sum(ours)], "×", ""),
    ]


async def _ask(graph: Graph, need: str) -> tuple[list[PathShape], float]:
    begun = time.perf_counter()
    answer = await find_paths(graph, need, k=K, as_of=DAY)
    return answer.data["paths"], (time.perf_counter() - begun) * 1000


def _ways(whole: nx.DiGraph[str], need: str) -> Any:
    return nx.shortest_simple_paths(whole, need, GOAL, weight=_walked)


def _one_by_one(whole: nx.DiGraph[str], need: str, goals: list[str]) -> int | None:
    """The least cost of the best paths to each resource: the library's own call has one target."""
    costs: list[int] = []
    for goal in goals:
        try:
            ways = islice(nx.shortest_simple_paths(whole, need, goal, weight=_walked), K)
            costs.extend(nx.path_weight(whole, way, "cost") for way in ways)
        except nx.NetworkXNoPath:
            continue
    return min(costs, default=None)


def _walked(start: Any, end: Any, arc: Any) -> int | None:
    """What networkx pays for an arc; None hides those that resource paths never walk."""
    cost: int | None = arc["cost"]
    return cost


def whole_graph(delivery: Delivery) -> nx.DiGraph[str]:
    """Every edge that is open on the day, as arcs both ways; `cost` where one may be walked."""
    whole: nx.DiGraph[str] = nx.DiGraph()
    for edge in delivery.edges:
        period = edge.properties
        if period.get("since", OPEN_START) <= DAY < period.get("until", OPEN_END):
            for start, end, up in ((edge.start, edge.end, True), (edge.end, edge.start, False)):
                cost = _cost(edge.type, edge.start, edge.end, up=up)
                known = whole.get_edge_data(start, end, {"cost": None})["cost"]
                costs = [c for c in (cost, known) if c is not None]
                whole.add_edge(start, end, cost=min(costs, default=None))
    return whole


def _cost(type_: str, start: str, end: str, *, up: bool) -> int | None:
    """The cost of walking an edge one way from a need on; None where it may not be walked."""
    walk = EDGES[type_].walk
    if walk is None or walk.direction != ("up" if up else "down"):
        return None
    if walk.at and label_of(start) not in walk.at:
        return None
    if type_ == "COVERS" and label_of(end) not in PLACES:
        return None
    return walk.cost
