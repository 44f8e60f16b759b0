"""Places on the page for every node of a view: boxes for places, layers for paths, a tree around a node.

The same view has the same places every time; a node that comes or goes moves only what stands after it in
its box or beside it in its sector. Distances are such that names beside nodes do not cover each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil, cos, pi, sin, sqrt

import networkx as nx

from graph.views.view import View, ViewNode

CELL_WIDTH, CELL_HEIGHT = 120.0, 64.0
"""Pixels that a node has with its name below it."""
GAP, HEAD = 24.0, 30.0
"""Between boxes, and for the name of a place over what is in it."""
LAYER, LINE = 230.0, 64.0
"""Between the layers of paths, and between nodes of a layer."""
EVENNESS = 0.7
"""1: sectors as wide as what hangs there; 0: all alike."""
BAND = 190.0
"""Least distance of two circles of a tree around a node."""
Point = tuple[float, float]


def placed(view: View) -> View:
    """The view with a place for every node; one that has places keeps them."""
    if not view.nodes or all(n.x is not None for n in view.nodes):
        return view
    kind = view.about.get("view")
    if kind == "path":
        points = _layers(view, str(view.about.get("of")))
    elif kind == "area":
        points = _boxes(view.nodes)
    else:
        points = _around(view, str(view.about.get("of")))
    nodes = tuple(replace(n, x=round(points[n.id][0], 1), y=round(points[n.id][1], 1)) for n in view.nodes)
    return replace(view, nodes=nodes)


def _boxes(nodes: Sequence[ViewNode]) -> dict[str, Point]:
    """What belongs to a place is in a box under its name, boxes in rows."""
    there = {n.id for n in nodes}
    inside: dict[str | None, list[str]] = defaultdict(list)
    for node in nodes:
        inside[node.parent if node.parent in there else None].append(node.id)
    points: dict[str, Point] = {}

    def box(id_: str) -> tuple[float, float, dict[str, Point]]:
        """Width, height and places, from the left upper corner."""
        if id_ not in inside:
            return CELL_WIDTH, CELL_HEIGHT, {id_: (CELL_WIDTH / 2, CELL_HEIGHT / 3)}
        width, height, found = _packed([box(child) for child in inside[id_]])
        moved = {i: (x + GAP, y + HEAD + GAP) for i, (x, y) in found.items()}
        return width + 2 * GAP, height + HEAD + 2 * GAP, {id_: (width / 2 + GAP, HEAD / 2), **moved}

    _, _, points = _packed([box(id_) for id_ in inside[None]])
    return points


def _packed(boxes: Sequence[tuple[float, float, dict[str, Point]]]) -> tuple[float, float, dict[str, Point]]:
    """Boxes in rows, single nodes before those that hold something, about as wide as high."""
    ordered = sorted(boxes, key=lambda b: len(b[2]) > 1)
    area = sum((w + GAP) * (h + GAP) for w, h, _ in ordered)
    most = max(*(w for w, _, _ in ordered), sqrt(area) * 1.3)
    points: dict[str, Point] = {}
    x = y = row = width = 0.0
    for w, h, found in ordered:
        gap = GAP if len(found) > 1 else 0.0
        if x > 0 and x + w > most:
            x, y, row = 0.0, y + row + GAP, 0.0
        points |= {i: (px + x, py + y) for i, (px, py) in found.items()}
        x, row = x + w + gap, max(row, h)
        width = max(width, x - gap)
    return width, y + row, points


def _layers(view: View, source: str) -> dict[str, Point]:
    """From left to right by the number of hops from the source; each near the middle of what leads to it."""
    graph = _graph(view)
    layers = list(nx.bfs_layers(graph, [source])) if source in graph else []
    seen = {n for layer in layers for n in layer}
    rest = [n.id for n in view.nodes if n.id not in seen]
    layers += [rest] if rest else []
    points: dict[str, Point] = {}
    for number, layer in enumerate(layers):
        before = {n: points[n][1] for n in graph if n in points}

        def pull(node: str, before: Mapping[str, float] = before) -> float:
            near = [before[n] for n in graph.neighbors(node) if n in before]
            return sum(near) / len(near) if near else 0.0

        for place, node in enumerate(sorted(layer, key=lambda n: (pull(n), n))):
            points[node] = (number * LAYER, (place - (len(layer) - 1) / 2) * LINE)
    return points


def _around(view: View, centre: str) -> dict[str, Point]:
    """Each part of the view as a tree around its middle, sectors as wide as what hangs there; in rows."""
    graph = _graph(view)
    order = {n.id: i for i, n in enumerate(view.nodes)}
    parts = sorted(
        nx.connected_components(graph), key=lambda c: (centre not in c, -len(c), min(order[n] for n in c))
    )
    boxes = []
    for part in parts:
        middle = centre if centre in part else max(part, key=lambda n: (graph.degree(n), -order[n]))
        points = _tree(graph, middle, order)
        xs, ys = [x for x, _ in points.values()], [y for _, y in points.values()]
        moved = {
            i: (x - min(xs) + CELL_WIDTH / 2, y - min(ys) + CELL_HEIGHT / 2) for i, (x, y) in points.items()
        }
        boxes.append((max(xs) - min(xs) + CELL_WIDTH, max(ys) - min(ys) + CELL_HEIGHT, moved))
    return _packed(boxes)[2]


def _tree(graph: nx.Graph[str], middle: str, order: Mapping[str, int]) -> dict[str, Point]:
    """Circles by distance; the circle is as large as the nodes on it need."""
    children: dict[str, list[str]] = defaultdict(list)
    for node, above in nx.bfs_predecessors(
        graph, middle, sort_neighbors=lambda ns: sorted(ns, key=order.__getitem__)
    ):
        children[above].append(node)
    depth = nx.single_source_shortest_path_length(graph, middle)
    leaves: dict[str, int] = {}
    for node in sorted(depth, key=lambda n: -depth[n]):
        leaves[node] = sum(leaves[c] for c in children[node]) or 1
    angles = {middle: 0.0}

    def spread(node: str, begin: float, end: float) -> None:
        at, whole = begin, sum(leaves[c] ** EVENNESS for c in children[node])
        for child in children[node]:
            width = (end - begin) * leaves[child] ** EVENNESS / whole
            angles[child] = at + width / 2
            spread(child, at, at + width)
            at += width

    spread(middle, -pi / 2, 3 * pi / 2)
    radii = _radii(angles, depth)
    points = {n: (radii[depth[n]] * cos(a), radii[depth[n]] * sin(a)) for n, a in angles.items()}
    return _apart(points)


def _radii(angles: Mapping[str, float], depth: Mapping[str, int]) -> dict[int, float]:
    """Of each circle: so large that its nodes stand a cell apart, within reason."""
    by_depth: dict[int, list[float]] = defaultdict(list)
    for node, angle in angles.items():
        by_depth[depth[node]].append(angle)
    radii = {0: 0.0}
    for d in range(1, max(by_depth) + 1):
        found = sorted(by_depth[d])
        gap = min([b - a for a, b in pairwise(found)] + [2 * pi / len(found)])
        even = len(found) * CELL_WIDTH / (2 * pi)
        radii[d] = max(radii[d - 1] + BAND, min(0.8 * CELL_WIDTH / max(gap, 1e-6), 2 * even))
    return radii


def _apart(points: Mapping[str, Point]) -> dict[str, Point]:
    """No two in one cell: the later one moves down to the next that is free."""
    taken: set[tuple[int, int]] = set()
    found = {}
    for id_, (x, y) in points.items():
        column, row = round(x / CELL_WIDTH * 2), ceil(y / CELL_HEIGHT * 1.5)
        moved = y
        while {(column + d, row) for d in (-1, 0, 1)} & taken:
            row += 1
            moved += CELL_HEIGHT / 1.5
        taken.add((column, row))
        found[id_] = (x, moved)
    return found


def _graph(view: View) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(n.id for n in view.nodes)
    graph.add_edges_from((e.source, e.target) for e in view.edges)
    return graph
