"""Libraries that nest: Cytoscape.js with compound parents, AntV G6 with combos."""

from __future__ import annotations

from typing import Any

from graph.views.formats.style import contained, edge_style, node_style
from graph.views.legend import colour_value, edge_colour, node_colour, node_shape
from graph.views.view import View, ViewNode, edge_fields, edge_label, node_fields

FREE = ("rings", "map")
"""Views whose nodes stand where they stand, not in the boxes of their places."""
_NAME = {
    "font-size": 11,
    "color": "#222222",
    "text-wrap": "wrap",
    "text-max-width": 108,
    "text-overflow-wrap": "anywhere",
}
STYLE = [
    {
        "selector": "node",
        "style": {
            "label": "data(label)",
            "background-color": "data(colour)",
            "shape": "data(shape)",
            "width": 22,
            "height": 22,
            "text-valign": "bottom",
            "text-margin-y": 3,
            **_NAME,
        },
    },
    {"selector": "node[shape = 'circle']", "style": {"shape": "ellipse"}},
    {
        "selector": ":parent",
        "style": {
            "shape": "round-rectangle",
            "background-opacity": 0.12,
            "border-width": 1,
            "border-color": "data(colour)",
            "text-valign": "top",
            "font-weight": "bold",
            "text-max-width": 400,
            "padding": 12,
        },
    },
    {
        "selector": "edge",
        "style": {
            "width": 1.2,
            "line-color": "data(colour)",
            "line-style": "data(line)",
            "curve-style": "bezier",
            "target-arrow-shape": "triangle",
            "target-arrow-color": "data(colour)",
            "arrow-scale": 0.8,
        },
    },
    {"selector": "edge[weight > 1]", "style": {"width": 3}},
    {"selector": "edge[?ended]", "style": {"opacity": 0.4}},
    {"selector": "edge[?contained]", "style": {"display": "none"}},
]
"""How Cytoscape.js draws it; a page with a style of its own leaves it out."""
_G6_SHAPES = {"rectangle": "rect"}


def cytoscape(view: View) -> dict[str, Any]:
    """Cytoscape.js elements, nested by place; also what `networkx.cytoscape_graph` reads.

    `value` and `name` of nodes and `key` of edges are for networkx, where parallel edges would
    collapse without. `style` and `layout` are what Cytoscape.js takes beside the elements: names, colours,
    shapes, arrows, every node at its place. An edge from a node to the place that holds it would be a
    loop around the box; it is `contained`, and not drawn.
    """
    nested = view.about.get("view") not in FREE
    inside = contained(view) if nested else set()
    return {
        "data": dict(view.about),
        "directed": True,
        "multigraph": True,
        "layout": {"name": "preset", "fit": True, "padding": 30},
        "style": STYLE,
        "elements": {
            "nodes": [_element(n, nested=nested) for n in view.nodes],
            "edges": [
                {
                    "data": {
                        "id": e.id,
                        "key": e.id,
                        "source": e.source,
                        "target": e.target,
                        "label": edge_label(e),
                        **edge_fields(e),
                        **edge_style(e),
                        **({"contained": True} if e.id in inside else {}),
                    }
                }
                for e in view.edges
            ],
        },
    }


def g6(view: View) -> dict[str, Any]:
    """AntV G6 5 data. A place that holds others is a node, and a combo `group:<id>` around them."""
    parents = {n.id: n.parent for n in view.nodes}
    groups = {p for p in parents.values() if p is not None}
    combos = [
        {
            "id": f"group:{n.id}",
            **_in_group(parents[n.id]),
            "data": node_fields(n),
            "type": "rect",
            "style": {"labelText": n.name, "labelPlacement": "top", "labelFontSize": 11},
        }
        for n in view.nodes
        if n.id in groups
    ]
    nodes = [
        {
            "id": n.id,
            **_in_group(n.id if n.id in groups else n.parent),
            "type": _G6_SHAPES.get(node_shape(n.node_type), node_shape(n.node_type)),
            "data": {**node_fields(n), **node_style(n)},
            "style": {
                "labelText": n.name,
                "labelPlacement": "bottom",
                "labelFontSize": 11,
                "labelMaxWidth": 108,
                "labelWordWrap": True,
                "size": 22,
                "fill": colour_value(node_colour(n.node_type)),
                **({} if n.x is None else {"x": n.x, "y": n.y}),
            },
        }
        for n in view.nodes
    ]
    edges = [
        {
            "id": e.id,
            "source": e.source,
            "target": e.target,
            "data": {**edge_fields(e), **edge_style(e)},
            "style": {
                "labelText": edge_label(e),
                "labelFontSize": 7,
                "labelFill": "#888888",
                "labelAutoRotate": True,
                "stroke": colour_value(edge_colour(e.edge_type)),
                "endArrow": True,
            },
        }
        for e in view.edges
    ]
    return {"nodes": nodes, "edges": edges, "combos": combos}


def _element(n: ViewNode, *, nested: bool) -> dict[str, Any]:
    data = {
        "id": n.id,
        "value": n.id,
        "label": n.name,
        **node_fields(n),
        **node_style(n),
        **({"parent": n.parent} if nested and n.parent is not None else {}),
    }
    return {"data": data} if n.x is None else {"data": data, "position": {"x": n.x, "y": n.y}}


def _in_group(place: str | None) -> dict[str, str]:
    return {} if place is None else {"combo": f"group:{place}"}
