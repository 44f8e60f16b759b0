"""Looking around: one node, its neighbours, search by name, an area with what is in it.

The label of a node follows from its id, so the few statements here are made with
the label in place: a match without a label would scan the whole graph on the embedded engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
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
from graph.reading.shapes import AreaRow, AreaShape, BodyRow, FoundRow, NeighbourRow, NodeShape
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
    day = as_of or graph.today()
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


async def search_nodes(
    graph: Graph, text: str, *, types: Sequence[str] = (), limit: int = 200
) -> Answer[list[FoundRow]]:
    """Nodes whose name holds every word of `text`; shorter names first, `truncated` above `limit`.

    Persons are searched only where personal data may be shown: that a name is found reveals that
    the person is on record. Raises `BadParameter` for an empty text or an unknown type.
    """
    words = [w.lower() for w in text.split()]
    if not words:
        raise BadParameter("请输入要查找的文字 q。", "q is empty: give a text to look for.", subject="q")
    for label in types:
        if label not in NODES:
            known = "、".join(NODES)
            raise BadParameter(
                f"没有节点类型 {label}；可用：{known}。",
                f"there is no node type {label}; known: {known}.",
                subject="types",
            )
    labels = [x for x in (types or NODES) if not graph.viewer.hides_name(x)]
    statements = [
        Select(
            f"MATCH (n:{label}) WHERE all(w IN $words WHERE toLower(n.name) CONTAINS w "
            "OR toLower(coalesce(n.name_en, '')) CONTAINS w) "
            "RETURN n.id AS id, n.name AS name ORDER BY size(n.name), id LIMIT $limit",
            {"words": words, "limit": limit + 1},
            (),
        )
        for label in labels
    ]
    version, results = await graph.read(statements)
    found: list[FoundRow] = [
        {"id": r["id"], "name": r["name"], "label": label, "label_zh": NODES[label].zh}
        for label, rows in zip(labels, results, strict=True)
        for r in rows
    ]
    found.sort(key=lambda r: (len(r["name"]), r["id"]))
    parameters = {"q": text, "types": list(types)}
    stamp = _stamp(graph, version, parameters, len(found[:limit]))
    return Answer(found[:limit], replace(stamp, truncated=len(found) > limit))


async def list_areas(graph: Graph, *, as_of: date | None = None) -> Answer[list[AreaRow]]:
    """Every area with its parent."""
    found = await graph.ask(graph.catalogue["area_tree"], {"as_of": as_of or graph.today()})
    return Answer(rows_as(AreaRow, found.data), found.stamp)


async def describe_area(graph: Graph, area: str, *, as_of: date | None = None) -> Answer[AreaShape]:
    """One area: what it lies in, what lies in it, its bodies, and the profile that applies."""
    day = as_of or graph.today()
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
        f"没有编号为 {node_id} 的节点。", f"there is no node with the id {node_id}.", subject="id"
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
