"""Graph views for other people's front ends: an area, a neighbourhood, a path; bounded in size.

Above the answers; shapes are those that Cytoscape.js and networkx load as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from graph.answers import Answer, Graph, Stamp
from graph.areas import require_area
from graph.errors import BadParameter
from graph.explore import read_neighbours
from graph.model import EDGES, NODES
from graph.names import read_names
from graph.paths import find_paths

MAX_NODES = 2_000
MAX_EDGES = 5_000

View = dict[str, list[dict[str, Any]]]


async def view_area(graph: Graph, area: str, *, as_of: date | None = None) -> Answer:
    """Places, bodies, providers, co-building units, resources and needs of an area; no persons."""
    day = as_of or graph.today()
    await require_area(graph, area, day)
    query = graph.catalogue["area_graph"]
    given = {"area": area, "as_of": day, "limit": MAX_EDGES + 1}
    answer = await graph.ask(query, given)
    return await _view(graph, answer.data, answer.stamp, show_personal=False, seeds=[area])


async def view_node(
    graph: Graph, node_id: str, *, as_of: date | None = None, show_personal: bool = False
) -> Answer:
    """A node and its neighbours."""
    answer = await read_neighbours(graph, node_id, as_of=as_of, show_personal=show_personal)
    edges = [
        {
            "edge": r["edge"],
            "type": r["type"],
            "from": node_id if r["direction"] == "out" else r["other"],
            "to": r["other"] if r["direction"] == "out" else node_id,
            "since": r["properties"]["since"],
            "until": r["properties"]["until"],
        }
        for r in answer.data
    ]
    return await _view(graph, edges, answer.stamp, show_personal=show_personal, seeds=[node_id])


async def view_path(
    graph: Graph, source: str, *, category: str | None = None, as_of: date | None = None
) -> Answer:
    """The best resource paths from a need or quarter, laid over each other."""
    answer = await find_paths(graph, source, category=category, as_of=as_of)
    edges = {}
    for path in answer.data["paths"]:
        for hop in path["hops"]:
            along = hop["edge"].startswith(f"{hop['from']}~")
            ends = (hop["from"], hop["to"]) if along else (hop["to"], hop["from"])
            edges[hop["edge"]] = {
                "edge": hop["edge"], "type": hop["type"], "from": ends[0], "to": ends[1],
                "since": hop["since"], "until": None,
            }  # fmt: skip
    found = list(edges.values())
    return await _view(graph, found, answer.stamp, show_personal=False, seeds=[source])


async def _view(
    graph: Graph,
    edges: list[dict[str, Any]],
    stamp: Stamp,
    *,
    show_personal: bool,
    seeds: list[str],
) -> Answer:
    """Nodes of the edges with their names; cut, and said so, above the size limits."""
    ids = list(dict.fromkeys([*seeds, *(e[k] for e in edges for k in ("from", "to"))]))
    cut = len(ids) > MAX_NODES or len(edges) > MAX_EDGES
    kept = set(ids[:MAX_NODES])
    edges = [e for e in edges if e["from"] in kept and e["to"] in kept][:MAX_EDGES]
    names = await read_names(graph, kept, show_personal=show_personal)
    places = {e["from"]: e["to"] for e in edges if e["type"] == "PART_OF"}
    nodes = [
        {**names[i], "label_zh": NODES[names[i]["label"]].zh, "place": places.get(i)}
        for i in ids
        if i in names
    ]
    marked = replace(stamp, rows=len(nodes), truncated=cut)
    return Answer({"nodes": nodes, "edges": edges}, marked)


def cytoscape(view: View) -> dict[str, Any]:
    """Cytoscape.js elements; compound parents follow PART_OF. Also read by networkx."""
    nodes = [
        {
            "data": {
                "id": n["id"], "value": n["id"], "name": n["name"], "label": n["name"],
                "type": n["label"], "type_zh": n["label_zh"],
                **{k: n[k] for k in ("kind", "level", "tier") if k in n},
                **({"parent": n["place"]} if n["place"] else {}),
            }
        }
        for n in view["nodes"]
    ]  # fmt: skip
    edges = [
        {
            "data": {
                "id": e["edge"], "key": e["edge"], "source": e["from"], "target": e["to"],
                "rel": e["type"], "label": EDGES[e["type"]].zh,
            }
        }
        for e in view["edges"]
    ]  # fmt: skip
    return {
        "data": [], "directed": True, "multigraph": True,
        "elements": {"nodes": nodes, "edges": edges},
    }  # fmt: skip


def nodelink(view: View) -> dict[str, Any]:
    """Node-link data as `networkx.node_link_graph` reads it."""
    nodes = [{k: v for k, v in n.items() if v is not None} for n in view["nodes"]]
    edges = [
        {"source": e["from"], "target": e["to"], "key": e["edge"], "type": e["type"]}
        for e in view["edges"]
    ]
    return {"directed": True, "multigraph": True, "graph": {}, "nodes": nodes, "edges": edges}


FORMATS: dict[str, Callable[[View], dict[str, Any]]] = {
    "cytoscape": cytoscape,
    "nodelink": nodelink,
}


def shape(view: View, format_: str) -> dict[str, Any]:
    """A view in one of `FORMATS`; raises `BadParameter`."""
    if format_ not in FORMATS:
        words = "、".join(FORMATS)
        raise BadParameter(
            f"format 应为：{words}。", f"format is one of {words}.", subject="format"
        )
    return FORMATS[format_](view)
