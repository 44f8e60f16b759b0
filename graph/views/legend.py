"""The legend: a colour and a shape for every node type, a colour and a line for every edge type.

Each class of the model says in `drawn` which are its own. The colours are Paul
Tol's "muted" scheme, which people with any of the usual forms of colour blindness can distinguish;
types that share a colour differ in shape or line.
"""

from __future__ import annotations

from typing import get_args

from graph.model import EDGES, NODES
from graph.model.base import Line
from graph.views.shapes import LegendShape

PALETTE: dict[str, tuple[str, str, str]] = {
    "party": ("#CC6677", "党建", "Party"),
    "place": ("#88CCEE", "地域", "places"),
    "residents": ("#117733", "居民组织", "residents' organizations"),
    "owners": ("#DDCC77", "业主组织", "owners' organizations"),
    "property": ("#999933", "物业", "property service"),
    "unit": ("#332288", "单位与共建", "units and co-building"),
    "service": ("#44AA99", "阵地与服务", "stations and service"),
    "person": ("#AA4499", "人员与任职", "persons and posts"),
    "exchange": ("#882255", "需求、资源与项目", "needs, resources, projects"),
    "record": ("#DDDDDD", "记录", "records"),
}
"""By colour key: value, Chinese name, English name."""

SHAPES = ("circle", "rectangle", "diamond", "triangle", "hexagon", "star")
LINES: tuple[Line, ...] = get_args(Line)


def node_colour(node_type: str) -> str:
    """The colour key of a node type."""
    return NODES[node_type].drawn[0]


def edge_colour(edge_type: str) -> str:
    """The colour key of an edge type."""
    return EDGES[edge_type].drawn[0]


def colour_value(key: str) -> str:
    """A colour as `#RRGGBB`."""
    return PALETTE[key][0]


def node_shape(node_type: str) -> str:
    """One of `SHAPES`."""
    return NODES[node_type].drawn[1]


def edge_line(edge_type: str) -> Line:
    """One of `LINES`."""
    return EDGES[edge_type].drawn[1]


def make_legend() -> LegendShape:
    """Colours, nodes and edges, each in the order of the model."""
    return {
        "colours": [
            {"colour_key": key, "colour": value, "zh": zh, "en": en}
            for key, (value, zh, en) in PALETTE.items()
        ],
        "nodes": [
            {
                "node_type": label,
                "zh": node.zh,
                "en": node.en,
                "colour_key": node_colour(label),
                "colour": colour_value(node_colour(label)),
                "shape": node_shape(label),
            }
            for label, node in NODES.items()
        ],
        "edges": [
            {
                "edge_type": type_,
                "zh": edge.zh,
                "en": edge.en,
                "colour_key": edge_colour(type_),
                "colour": colour_value(edge_colour(type_)),
                "line": edge_line(type_),
            }
            for type_, edge in EDGES.items()
            if not edge.auxiliary
        ],
    }
