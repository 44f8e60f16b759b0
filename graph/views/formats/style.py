"""The legend's words for one node or edge, and places on the page where a view has none."""

from __future__ import annotations

from math import cos, pi, sin, sqrt

from graph.views.legend import colour_value, edge_colour, edge_line, node_colour, node_shape
from graph.views.view import View, ViewEdge, ViewNode

SPREAD = 40.0
_TURN = pi * (3 - sqrt(5))


def node_style(node: ViewNode) -> dict[str, str]:
    """Colour key, colour and shape of a node."""
    key = node_colour(node.node_type)
    return {"colour_key": key, "colour": colour_value(key), "shape": node_shape(node.node_type)}


def edge_style(edge: ViewEdge) -> dict[str, str]:
    """Colour key, colour and line of an edge."""
    key = edge_colour(edge.edge_type)
    return {"colour_key": key, "colour": colour_value(key), "line": edge_line(edge.edge_type)}


def positions(view: View) -> list[tuple[float, float]]:
    """A place for every node in pixels: the view's own, else on a spiral as sunflower seeds lie."""
    return [
        (n.x, n.y)
        if n.x is not None and n.y is not None
        else (round(SPREAD * sqrt(i) * cos(i * _TURN), 2), round(SPREAD * sqrt(i) * sin(i * _TURN), 2))
        for i, n in enumerate(view.nodes)
    ]
