"""The legend's words for one node or edge, places on the page, and what nesting says already."""

from __future__ import annotations

from graph.views.layout import placed
from graph.views.legend import colour_value, edge_colour, edge_line, node_colour, node_shape
from graph.views.view import View, ViewEdge, ViewNode

WIDEST = 9.0
"""Of a name in one line, in Chinese characters: what fits between two neighbours at 10 pixels."""
LATIN_END = 0x2E80
"""The first character as wide as a Chinese one."""
HEAD, TAIL = 5.0, 3.0
"""Of a longer one, what is left: names of one place begin alike, and end with what they are."""


def node_style(node: ViewNode) -> dict[str, str]:
    """Colour key, colour and shape of a node."""
    key = node_colour(node.node_type)
    return {"colour_key": key, "colour": colour_value(key), "shape": node_shape(node.node_type)}


def edge_style(edge: ViewEdge) -> dict[str, str]:
    """Colour key, colour and line of an edge."""
    key = edge_colour(edge.edge_type)
    return {"colour_key": key, "colour": colour_value(key), "line": edge_line(edge.edge_type)}


def positions(view: View) -> list[tuple[float, float]]:
    """A place for every node in pixels."""
    return [(n.x or 0.0, n.y or 0.0) for n in placed(view).nodes]


def around_middle(view: View) -> list[tuple[float, float]]:
    """The same places, with the middle of the picture at 0, 0."""
    points = positions(view)
    if not points:
        return []
    x, y = ((min(values) + max(values)) / 2 for values in zip(*points, strict=True))
    return [(round(px - x, 1), round(py - y, 1)) for px, py in points]


def shortened(name: str) -> str:
    """A name for libraries that write it in one line; the whole is in `name`."""
    if _width(name) <= WIDEST:
        return name
    head, tail = len(name), len(name)
    while _width(name[:head]) > HEAD:
        head -= 1
    while _width(name[-tail:]) > TAIL:
        tail -= 1
    return f"{name[:head]}…{name[-tail:]}"


def _width(text: str) -> float:
    return sum(0.55 if ord(c) < LATIN_END else 1.0 for c in text)


def contained(view: View) -> set[str]:
    """Ids of edges that would be loops: from a node to a place that holds it, at any depth."""
    parents = {n.id: n.parent for n in view.nodes}

    def stands_in(node: str) -> set[str]:
        found: set[str] = set()
        above = parents.get(node)
        while above is not None and above not in found:
            found.add(above)
            above = parents.get(above)
        return found

    around = {node: stands_in(node) for node in parents}
    return {
        e.id
        for e in view.edges
        if e.target in around.get(e.source, ()) or e.source in around.get(e.target, ())
    }
