"""Libraries that compute: graphology (and Sigma, which draws it), networkx."""

from __future__ import annotations

from typing import Any

from graph.views.formats.style import edge_style, node_style, positions, shortened
from graph.views.view import View, edge_fields, edge_label, node_fields

NODE_SIZE, EDGE_SIZE = 6, 1
NAMED = {"labelRenderedSizeThreshold": 0, "labelDensity": 1, "labelGridCellSize": 90, "stagePadding": 60}
"""What Sigma 3 and 4 both know: names of small nodes too, and room for those at the edge."""
SIGMA = {
    **NAMED,
    "labelSize": 10,
    "defaultEdgeType": "arrow",
    "settings": NAMED,
    "styles": {
        "nodes": {
            **{name: {"attribute": name} for name in ("x", "y", "size", "color", "label")},
            "labelPosition": "below",
            "labelVisibility": "visible",
            "labelSize": 10,
        },
        "edges": {**{name: {"attribute": name} for name in ("size", "color")}, "head": "arrow"},
    },
}
"""Options of Sigma: version 3 reads those at the top, version 4 `settings` and `styles` only, in silence.

Without them it hides the names of small nodes.
"""


def graphology(view: View) -> dict[str, Any]:
    """A serialized graphology graph; every node has the `x`, `y`, `size`, `color` of Sigma.

    In Sigma `y` grows upwards, and names are on one line: `label` is cut, `name` is whole. The attribute
    `sigma` of the graph are options that show every name.
    """
    nodes = []
    for n, (x, y) in zip(view.nodes, positions(view), strict=True):
        style = node_style(n)
        drawn = {"label": shortened(n.name), "x": x, "y": -y, "size": NODE_SIZE, "color": style["colour"]}
        nodes.append({"key": n.id, "attributes": {**drawn, **node_fields(n), **style}})
    edges = []
    for e in view.edges:
        line = edge_style(e)
        look = {"label": edge_label(e), "size": EDGE_SIZE, "color": line["colour"]}
        edges.append(
            {
                "key": e.id,
                "source": e.source,
                "target": e.target,
                "attributes": {**look, **edge_fields(e), **line},
            }
        )
    return {
        "attributes": {**view.about, "sigma": SIGMA},
        "options": {"type": "directed", "multi": True, "allowSelfLoops": True},
        "nodes": nodes,
        "edges": edges,
    }


def nodelink(view: View) -> dict[str, Any]:
    """Node-link data as `networkx.node_link_graph` reads it."""
    return {
        "directed": True,
        "multigraph": True,
        "graph": dict(view.about),
        "nodes": [
            {"id": n.id, **node_fields(n), **node_style(n), **({} if n.x is None else {"x": n.x, "y": n.y})}
            for n in view.nodes
        ],
        "edges": [
            {"source": e.source, "target": e.target, "key": e.id, **edge_fields(e), **edge_style(e)}
            for e in view.edges
        ],
    }
