"""XML documents by networkx: GraphML, and GEXF with the colours that Gephi shows.

Both writers refuse what is None, a list or a date: the unknown is left out, lists are joined by
`;`, dates are written as YYYY-MM-DD. What XML cannot hold is replaced.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from graph.characters import writable
from graph.views.formats.style import edge_style, node_style, positions
from graph.views.view import View, edge_fields, edge_label, node_fields

Scalar = str | int | float | bool


def graphml(view: View) -> bytes:
    """GraphML; ids of edges are kept, as their keys and as a value `id`."""
    found = _network(view)
    stream = BytesIO()
    nx.write_graphml_xml(found, stream)
    return stream.getvalue()


def gexf(view: View) -> bytes:
    """GEXF 1.2; labels, colours and positions where Gephi looks for them, and a `kind` per edge.

    Gephi merges edges of one kind that have the same ends, and adds up their weights. networkx
    reads 1.2 by default; `kind`, a word of 1.3, is read by Gephi in either.
    """
    found = _network(view)
    for n, (x, y) in zip(view.nodes, positions(view), strict=True):
        data = found.nodes[n.id]
        data["label"] = data["name"]
        data["viz"] = {"color": {**_rgb(data["colour"]), "a": 1.0}, "position": {"x": x, "y": -y, "z": 0.0}}
    for e in view.edges:
        data = found.edges[e.source, e.target, e.id]
        data["label"] = writable(edge_label(e))
        data["viz"] = {"color": {**_rgb(data["colour"]), "a": 1.0}}
    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(found)
    kinds = edge_kinds(view)
    for element in writer.xml.iter("edge"):
        element.set("kind", kinds[element.get("id")])
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def edge_kinds(view: View) -> dict[str, str]:
    """By edge id: its type, with a number from the second of this type between the same ends on."""
    met: Counter[tuple[str, str, str]] = Counter()
    kinds = {}
    for e in view.edges:
        same = e.source, e.target, e.edge_type
        met[same] += 1
        kinds[e.id] = e.edge_type if met[same] == 1 else f"{e.edge_type} {met[same]}"
    return kinds


def _network(view: View) -> nx.MultiDiGraph[str]:
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    found.graph.update(_plain(view.about))
    for n in view.nodes:
        place = {} if n.x is None else {"x": n.x, "y": n.y}
        found.add_node(n.id, **_plain({**node_fields(n), **node_style(n), **place}))
    for e in view.edges:
        # `id` beside the key: igraph 1.0 gives edges the ids of nodes, but not where there is such a value
        fields = _plain({"id": e.id, **edge_fields(e), **edge_style(e)})
        found.add_edge(e.source, e.target, key=e.id, **fields)
    return found


def _plain(values: Mapping[str, Any]) -> dict[str, Scalar]:
    return {k: _scalar(v) for k, v in values.items() if v is not None}


def _scalar(value: Any) -> Scalar:
    if isinstance(value, list):
        return writable(";".join(map(str, value)))
    if isinstance(value, dict):
        return writable(";".join(f"{k}={v}" for k, v in value.items()))
    if isinstance(value, date):
        return value.isoformat()
    found: Scalar = writable(value) if isinstance(value, str) else value
    return found


def _rgb(colour: Any) -> dict[str, int]:
    return {c: int(str(colour)[i : i + 2], 16) for c, i in (("r", 1), ("g", 3), ("b", 5))}
