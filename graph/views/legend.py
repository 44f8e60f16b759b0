"""The legend: a colour and a shape for every node type, a colour and a line for every edge type.

A type without an entry here is an error, not a grey dot. The colours are Paul
Tol's "muted" scheme, which people with any of the usual forms of colour blindness can distinguish;
types that share a colour differ in shape or line.
"""

from __future__ import annotations

from typing import get_args

from graph.model import EDGES, NODES
from graph.views.shapes import LegendShape, Line

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

_NODES: dict[str, tuple[str, str]] = {
    "Area": ("place", "rectangle"),
    "Quarter": ("place", "hexagon"),
    "Building": ("place", "triangle"),
    "Grid": ("place", "diamond"),
    "PartyOrganization": ("party", "circle"),
    "ResidentsCommittee": ("residents", "circle"),
    "OwnersCommittee": ("owners", "circle"),
    "SupervisionCommittee": ("owners", "diamond"),
    "PropertyProject": ("property", "circle"),
    "PropertyFirm": ("property", "rectangle"),
    "Unit": ("unit", "rectangle"),
    "Team": ("residents", "triangle"),
    "ServiceStation": ("service", "rectangle"),
    "Person": ("person", "circle"),
    "Resource": ("exchange", "star"),
    "Need": ("exchange", "triangle"),
    "Project": ("exchange", "diamond"),
    "Mechanism": ("record", "hexagon"),
    "Meeting": ("record", "diamond"),
    "Claim": ("record", "triangle"),
    "SourceDocument": ("record", "rectangle"),
}
_EDGES: dict[str, tuple[str, Line]] = {
    "PART_OF": ("place", "solid"),
    "BASED_IN": ("place", "dashed"),
    "SUBORDINATE_TO": ("party", "solid"),
    "COVERS": ("party", "dashed"),
    "MEMBER_OF": ("party", "dotted"),
    "SERVES": ("service", "solid"),
    "ESCALATES_TO": ("service", "dashed"),
    "REPORTED_TO": ("service", "dotted"),
    "OPERATED_BY": ("property", "solid"),
    "OWNS_HOME_IN": ("owners", "solid"),
    "LIVES_IN": ("residents", "solid"),
    "RELATED_TO": ("residents", "dashed"),
    "HOLDS_POST": ("person", "solid"),
    "CROSS_APPOINTMENT": ("person", "dashed"),
    "EMPLOYED_BY": ("person", "dotted"),
    "CO_BUILDS": ("unit", "solid"),
    "TAKES_PART_IN": ("unit", "dashed"),
    "OFFERS": ("exchange", "solid"),
    "CONCERNS": ("exchange", "dashed"),
    "MEETS": ("exchange", "dotted"),
    "USES": ("owners", "dashed"),
    "COMPLETE_IN": ("record", "solid"),
    "WITHIN": ("place", "dotted"),
}


def node_colour(node_type: str) -> str:
    """The colour key of a node type."""
    return _NODES[node_type][0]


def edge_colour(edge_type: str) -> str:
    """The colour key of an edge type."""
    return _EDGES[edge_type][0]


def colour_value(key: str) -> str:
    """A colour as `#RRGGBB`."""
    return PALETTE[key][0]


def node_shape(node_type: str) -> str:
    """One of `SHAPES`."""
    return _NODES[node_type][1]


def edge_line(edge_type: str) -> Line:
    """One of `LINES`."""
    return _EDGES[edge_type][1]


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
