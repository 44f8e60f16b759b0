"""Libraries that draw: D3, vis-network, ECharts."""

from __future__ import annotations

from typing import Any

from graph.views.formats.style import around_middle, edge_style, node_style
from graph.views.legend import PALETTE
from graph.views.view import View, ViewNode, edge_fields, edge_label, node_fields

_VIS_SHAPES = {"circle": "dot", "rectangle": "square"}
_ECHARTS_SHAPES = {"rectangle": "rect", "hexagon": "roundRect", "star": "pin"}
"""ECharts has neither hexagon nor star."""


def d3(view: View) -> dict[str, Any]:
    """`nodes` and `links` for d3-force and force-graph (with `forceLink().id(d => d.id)`).

    `fx` and `fy` hold a node at its place; your own simulation sets them to null. The middle of
    the picture is at 0, 0, where force-graph looks, and `color` is the word that it reads.
    """
    nodes = []
    for n, (x, y) in zip(view.nodes, around_middle(view), strict=True):
        style = node_style(n)
        at = {"x": x, "y": y, "fx": x, "fy": y}
        nodes.append({"id": n.id, **node_fields(n), **style, "color": style["colour"], **at})
    links = []
    for e in view.edges:
        style = edge_style(e)
        ends = {"source": e.source, "target": e.target}
        links.append({"id": e.id, **ends, **edge_fields(e), **style, "color": style["colour"]})
    return {"nodes": nodes, "links": links}


def vis(view: View) -> dict[str, Any]:
    """`nodes` and `edges` for vis-network; what it has no word for is in `data`.

    Our words such as `level` mean something else there, so they may not stand on the node. `options` go as
    the third argument: nothing is simulated, for every node has its place.
    """
    nodes = []
    for n in view.nodes:
        style = node_style(n)
        fields = node_fields(n)
        nodes.append(
            {
                "id": n.id,
                "label": n.name,
                "title": f"{fields['node_type_zh']} {n.id}",
                "group": style["colour_key"],
                "color": style["colour"],
                "shape": _VIS_SHAPES.get(style["shape"], style["shape"]),
                "size": 11,
                "physics": False,
                **_place(n),
                "data": {**fields, **style},
            }
        )
    edges = []
    for e in view.edges:
        line = edge_style(e)
        edges.append(
            {
                "id": e.id,
                "from": e.source,
                "to": e.target,
                "label": edge_label(e),
                "arrows": "to",
                "color": {"color": line["colour"]},
                "dashes": line["line"] != "solid",
                "data": {**edge_fields(e), **line},
            }
        )
    options = {
        "physics": False,
        "layout": {"improvedLayout": False},
        "edges": {"smooth": False, "font": {"size": 0}},
        "nodes": {"font": {"size": 13, "multi": False}, "widthConstraint": {"maximum": 110}},
    }
    return {"nodes": nodes, "edges": edges, "options": options}


def echarts(view: View) -> dict[str, Any]:
    """What a series of type `graph` takes; categories are the colours of the legend."""
    index = {key: i for i, key in enumerate(PALETTE)}
    placed = all(n.x is not None for n in view.nodes)
    nodes = []
    for n in view.nodes:
        style = node_style(n)
        symbol = _ECHARTS_SHAPES.get(style["shape"], style["shape"])
        nodes.append(
            {
                "id": n.id,
                "name": n.name,
                "category": index[style["colour_key"]],
                "symbol": symbol,
                **_place(n),
                "data": {**node_fields(n), **style},
            }
        )
    links = []
    for e in view.edges:
        line = edge_style(e)
        links.append(
            {
                "id": e.id,
                "source": e.source,
                "target": e.target,
                "value": e.weight,
                "lineStyle": {"color": line["colour"], "type": line["line"]},
                "data": {**edge_fields(e), **line},
            }
        )
    categories = [
        {"name": zh, "itemStyle": {"color": value}, "colour_key": key}
        for key, (value, zh, _) in PALETTE.items()
    ]
    layout = "none" if placed and view.nodes else "force"
    return {
        "layout": layout,
        "roam": True,
        "symbolSize": 12,
        "edgeSymbol": ["none", "arrow"],
        "edgeSymbolSize": 6,
        "label": {"show": True, "position": "bottom", "fontSize": 10, "width": 100, "overflow": "break"},
        "labelLayout": {"hideOverlap": True},
        "nodes": nodes,
        "links": links,
        "categories": categories,
    }


def _place(n: ViewNode) -> dict[str, float]:
    return {} if n.x is None or n.y is None else {"x": n.x, "y": n.y}
