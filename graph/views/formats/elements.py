"""Libraries that nest: Cytoscape.js with compound parents, AntV G6 with combos."""

from __future__ import annotations

from typing import Any

from graph.views.formats.style import edge_style, node_style
from graph.views.legend import colour_value, edge_colour, node_colour, node_shape
from graph.views.view import View, ViewNode, edge_fields, edge_label, node_fields

_G6_SHAPES = {"rectangle": "rect"}


def cytoscape(view: View) -> dict[str, Any]:
    """Cytoscape.js elements, nested by place; also what `networkx.cytoscape_graph` reads.

    `value` and `name` of nodes and `key` of edges are for networkx, where parallel edges would
    collapse without. A view that places its nodes names the layout that keeps them there.
    """
    placed = all(n.x is not None for n in view.nodes)
    return {
        "data": dict(view.about),
        "directed": True,
        "multigraph": True,
        **({"layout": {"name": "preset"}} if placed else {}),
        "elements": {
            "nodes": [_element(n, nested=not placed) for n in view.nodes],
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
            "style": {"labelText": n.name},
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
