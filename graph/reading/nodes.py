"""Looking around: one node, its neighbours, an area with what is in it.

The label of a node follows from its id, so the few statements here are made with
the label in place: a match without a label would scan the whole graph on the embedded engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from graph.catalogue import Select
from graph.errors import BadParameter, NotFound
from graph.model import AUXILIARY, EDGES, NODES, label_of
from graph.reading.answer import Answer, Stamp
from graph.reading.areas import profile_of, require_area
from graph.reading.graph import Graph
from graph.reading.names import read_names
from graph.reading.rows import rows_as
from graph.reading.shapes import AreaRow, AreaShape, BodyRow, NeighbourRow, NodeShape
from graph.store import Row


async def read_node(graph: Graph, node_id: str) -> Answer[NodeShape]:
    """One node: id, label, label_zh, properties, masked (names of withheld properties)."""
    version, node = await _node(graph, node_id)
    label = label_of(node_id)
    properties, masked = graph.viewer.properties(label, node)
    data: NodeShape = {
        "id": node_id,
        "label": label,
        "label_zh": NODES[label].zh,
        "properties": properties,
        "masked": masked,
    }
    return Answer(data, _stamp(graph, version, {"id": node_id}, 1))


async def read_neighbours(
    graph: Graph, node_id: str, *, as_of: date | None = None, types: Sequence[str] = ()
) -> Answer[list[NeighbourRow]]:
    """Edges of a node on a day, both ways; rows ordered by edge id.

    Edges whose existence is personal or sensitive are left out, their types named in `hidden`,
    whether there are any or not. Auxiliary types are left out unless named.
    """
    for type_ in types:
        if type_ not in EDGES:
            raise BadParameter(f"没有关系类型 {type_}。", f"there is no edge type {type_}.", subject="types")
    await _node(graph, node_id)
    day = graph.day(as_of)
    label = label_of(node_id)
    text = (
        f"MATCH (n:{label} {{id: $id}}) WITH n MATCH (n)-[e]-(o) "
        "WHERE e.since <= $as_of < e.until "
        "AND CASE WHEN $types IS NULL THEN NOT type(e) IN $auxiliary ELSE type(e) IN $types END "
        "RETURN e.id AS edge, type(e) AS type, startNode(e).id = $id AS out, o.id AS other, "
        "properties(e) AS properties ORDER BY edge, out"
    )
    parameters = {"id": node_id, "as_of": day, "types": list(types) or None}
    given = {**parameters, "auxiliary": sorted(AUXILIARY)}
    version, (rows,) = await graph.read([Select(text, given, ())])
    hidden = [t for t in sorted(types or EDGES) if not graph.viewer.sees_type(t)]
    kept = [r for r in rows if graph.viewer.sees_type(r["type"])]
    names = await read_names(graph, (r["other"] for r in kept))
    data: list[NeighbourRow] = [
        {
            "edge": r["edge"],
            "type": r["type"],
            "type_zh": EDGES[r["type"]].zh,
            "direction": "out" if r["out"] else "in",
            "other": r["other"],
            "other_label": label_of(r["other"]),
            "other_name": names.get(r["other"], {}).get("name"),
            "properties": graph.viewer.properties(r["type"], r["properties"])[0],
        }
        for r in kept
    ]
    stamp = _stamp(graph, version, {**parameters, "hidden": hidden}, len(data))
    return Answer(data, stamp)


async def list_areas(graph: Graph, *, as_of: date | None = None) -> Answer[list[AreaRow]]:
    """Every area with its parent."""
    found = await graph.ask(graph.catalogue["area_tree"], {"as_of": graph.day(as_of)})
    return Answer(rows_as(AreaRow, found.data), found.stamp)


async def describe_area(graph: Graph, area: str, *, as_of: date | None = None) -> Answer[AreaShape]:
    """One area: what it lies in, what lies in it, its bodies, and the profile that applies."""
    day = graph.day(as_of)
    tree = await require_area(graph, area, day)
    bodies = await graph.ask(graph.catalogue["area_bodies"], {"area": area, "as_of": day})
    node = await read_node(graph, area)
    data: AreaShape = {
        **node.data,
        "above": [{"area": a, "name": tree.name(a)} for a in tree.above(area)[1:]],
        "below": tree.children(area),
        "bodies": rows_as(BodyRow, bodies.data),
        "profile": profile_of(graph, tree, area).name,
    }
    return Answer(data, bodies.stamp)


async def _node(graph: Graph, node_id: str) -> tuple[int, Row]:
    missing = NotFound(
        f"没有编号为 {node_id} 的对象。", f"there is no node with the id {node_id}.", subject="id"
    )
    try:
        label = label_of(node_id)
    except BadParameter:
        raise missing from None
    text = f"MATCH (n:{label} {{id: $id}}) RETURN properties(n) AS node"
    version, (rows,) = await graph.read([Select(text, {"id": node_id}, ())])
    if not rows:
        raise missing
    return version, rows[0]["node"]


def _stamp(graph: Graph, version: int, parameters: dict[str, Any], rows: int) -> Stamp:
    return graph.stamp([], parameters, version, rows)
