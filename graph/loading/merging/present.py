"""What the graph holds of two nodes that may be merged, and of what is tied to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from graph.errors import LoadConflict, NotFound
from graph.loading.rows import EdgeRow
from graph.model import EDGES, label_of
from graph.store import Store
from graph.store.version import read_state, refuse_outdated


async def read_version(store: Store, kept: str) -> int:
    """The data version; raises `LoadConflict` while a load is not complete, or `GraphOutdated`."""
    state = await read_state(store)
    if state.loading is not None:
        raise LoadConflict(
            "有一个导入尚未完成，请先用 --resume 或 --discard 结束它。",
            "a load is not complete: end it with --resume or --discard first.",
            subject=kept,
        )
    if state.outdated:
        refuse_outdated()
    return state.version


async def read_node(store: Store, label: str, id_: str) -> dict[str, Any]:
    """The properties of a node; raises `NotFound`."""
    rows = (await store.read([(f"MATCH (n:{label} {{id: $id}}) RETURN properties(n) AS n", {"id": id_})]))[0]
    if not rows:
        raise NotFound(f"没有编号为 {id_} 的对象。", f"there is no {label} {id_}.", subject=id_)
    return dict(rows[0]["n"])


async def read_edges(store: Store, label: str, id_: str) -> list[EdgeRow]:
    """The edges of a node, each once, ended ones too; none that are derived."""
    text = (
        f"MATCH (n:{label} {{id: $id}}) WITH n MATCH (n)-[e]-() RETURN DISTINCT type(e) AS type, "
        "startNode(e).id AS start, endNode(e).id AS end, properties(e) AS edge"
    )
    rows = (await store.read([(text, {"id": id_})]))[0]
    found = {
        r["edge"]["id"]: EdgeRow(r["type"], r["edge"]["id"], r["start"], r["end"], r["edge"], 0)
        for r in rows
        if r["type"] in EDGES and not EDGES[r["type"]].derived
    }
    return [found[id_] for id_ in sorted(found)]


async def read_others(
    store: Store, edges: Iterable[EdgeRow], nodes: dict[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """By id the properties of the nodes at the other ends, and of the documents named as sources."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        for id_ in (edge.start, edge.end, str(edge.properties["source"])):
            wanted[label_of(id_)].add(id_)
    for node in nodes.values():
        wanted["SourceDocument"].add(str(node["source"]))
    found: dict[str, dict[str, Any]] = {}
    for label, ids in wanted.items():
        text = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN properties(n) AS n"
        for row in (await store.read([(text, {"ids": sorted(ids)})]))[0]:
            found[row["n"]["id"]] = row["n"]
    return {id_: properties for id_, properties in found.items() if id_ not in nodes}


async def read_chains(store: Store, label: str, merged: set[str]) -> dict[str, EdgeRow]:
    """Edges, not of the two, of types that must have no circle: one could close through them."""
    found: dict[str, EdgeRow] = {}
    for type_, edge in EDGES.items():
        if edge.acyclic and any(label in starts and label in ends for starts, ends in edge.ends):
            text = (
                f"MATCH (a:{label})-[e:{type_}]->(b:{label}) "
                "RETURN a.id AS start, b.id AS end, properties(e) AS edge"
            )
            for row in (await store.read([(text, {})]))[0]:
                if not {row["start"], row["end"]} & merged:
                    id_ = row["edge"]["id"]
                    found[id_] = EdgeRow(type_, id_, row["start"], row["end"], row["edge"], 0)
    return found
