"""What the graph already holds of a delivery: same ids, nodes it refers to, rows gone missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from graph.errors import BadParameter
from graph.loading.delivery import Delivery
from graph.loading.table import EdgeRow
from graph.model import EDGES, NODES, label_of
from graph.store import Store
from graph.store.changes import CHUNK

_COUNTED = [t for t, edge in EDGES.items() if edge.cardinalities or edge.spell_in_id]
"""Edge types of which the new and the standing ones are counted together."""


@dataclass
class Present:
    """Properties by id of nodes and edges; edges also with their ends."""

    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    edges: dict[str, EdgeRow] = field(default_factory=dict)
    standing: list[EdgeRow] = field(default_factory=list)
    delivered_before: bool = False
    gone_nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    gone_edges: dict[str, EdgeRow] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    """Gone nodes that an edge of another source, or of the delivery itself, still needs."""


async def read_present(store: Store, delivery: Delivery) -> Present:
    """Look up every id of the delivery, and what its source delivered before but no longer does."""
    present = Present()
    ids = {n.id for n in delivery.nodes} | {n.properties["source"] for n in delivery.nodes}
    for edge in delivery.edges:
        ids |= {edge.start, edge.end, edge.properties["source"]}
    for label, found in _by_label(ids).items():
        text = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN properties(n) AS node"
        for part in _parts(found):
            for row in (await store.read([(text, {"ids": part})]))[0]:
                present.nodes[row["node"]["id"]] = row["node"]
    if not present.nodes:
        return present
    await _read_edges(store, delivery, present)
    await _read_regraded(store, delivery, present)
    load = {"id": f"load-{delivery.manifest.source}"}
    rows = await store.read([("MATCH (l:Load {id: $id}) RETURN l.id AS id", load)])
    present.delivered_before = bool(rows[0])
    if present.delivered_before:
        await _read_gone(store, delivery, present)
        await _read_held(store, delivery, present)
    return present


async def _read_edges(store: Store, delivery: Delivery, present: Present) -> None:
    """Edges at nodes that exist: those of the delivery's own ids, and those counted with them."""
    starts: dict[tuple[str, str], set[str]] = defaultdict(set)
    ends: dict[tuple[str, str], set[str]] = defaultdict(set)
    for edge in delivery.edges:
        if edge.start in present.nodes:
            starts[edge.type, label_of(edge.start)].add(edge.start)
        if edge.end in present.nodes and edge.type in _COUNTED and edge.type != "PART_OF":
            ends[edge.type, label_of(edge.end)].add(edge.end)
    own = {e.id for e in delivery.edges}
    for side, groups in (("a", starts), ("b", ends)):
        for (type_, label), found in groups.items():
            arrow = f"-[e:{type_}]->(b)" if side == "a" else f"<-[e:{type_}]-(a)"
            text = (
                f"UNWIND $ids AS id MATCH ({side}:{label} {{id: id}}) WITH {side} "
                f"MATCH ({side}){arrow} "
                "RETURN a.id AS start, b.id AS end, properties(e) AS edge"
            )
            for part in _parts(found):
                for row in (await store.read([(text, {"ids": part})]))[0]:
                    edge = EdgeRow(type_, row["edge"]["id"], row["start"], row["end"], row["edge"], 0)
                    if edge.id in own:
                        present.edges[edge.id] = edge
                    elif type_ in _COUNTED:
                        present.standing.append(edge)


async def _read_regraded(store: Store, delivery: Delivery, present: Present) -> None:
    """Areas whose level the delivery changes: what they lie in and what lies in them counts again."""
    regraded = [
        n.id
        for n in delivery.nodes
        if n.label == "Area"
        and n.id in present.nodes
        and n.properties.get("level") != present.nodes[n.id].get("level")
    ]
    own = {e.id for e in delivery.edges} | {e.id for e in present.standing}
    for arrow in ("(n)-[e:PART_OF]->(o:Area)", "(n)<-[e:PART_OF]-(o:Area)"):
        text = (
            f"UNWIND $ids AS id MATCH (n:Area {{id: id}}) WITH n MATCH {arrow} "
            "RETURN startNode(e).id AS start, endNode(e).id AS end, properties(e) AS edge, "
            "properties(o) AS other"
        )
        for row in (await store.read([(text, {"ids": regraded})]))[0] if regraded else []:
            present.nodes.setdefault(row["other"]["id"], row["other"])
            if row["edge"]["id"] not in own:
                own.add(row["edge"]["id"])
                present.standing.append(
                    EdgeRow("PART_OF", row["edge"]["id"], row["start"], row["end"], row["edge"], 0)
                )


async def _read_gone(store: Store, delivery: Delivery, present: Present) -> None:
    """What the graph has under this delivery's sources and the delivery does not."""
    ids = {n.id for n in delivery.nodes}
    own = {e.id for e in delivery.edges}
    sources = {"sources": delivery.sources()}
    for label in NODES:
        text = f"MATCH (n:{label}) WHERE n.source IN $sources RETURN properties(n) AS node"
        for row in (await store.read([(text, sources)]))[0]:
            if row["node"]["id"] not in ids:
                present.gone_nodes[row["node"]["id"]] = row["node"]
    for type_ in (t for t, edge in EDGES.items() if not edge.derived):
        text = (
            f"MATCH (a)-[e:{type_}]->(b) WHERE e.source IN $sources "
            "RETURN a.id AS start, b.id AS end, properties(e) AS edge"
        )
        for row in (await store.read([(text, sources)]))[0]:
            if row["edge"]["id"] not in own:
                present.gone_edges[row["edge"]["id"]] = EdgeRow(
                    type_, row["edge"]["id"], row["start"], row["end"], row["edge"], 0
                )


async def _read_held(store: Store, delivery: Delivery, present: Present) -> None:
    for label, found in _by_label(present.gone_nodes).items():
        text = (
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WITH n MATCH (n)-[e]-() "
            "WHERE NOT e.source IN $sources RETURN DISTINCT n.id AS id"
        )
        sources = [*delivery.sources(), "derived"]
        for part in _parts(found):
            rows = (await store.read([(text, {"ids": part, "sources": sources})]))[0]
            present.held |= {row["id"] for row in rows}
    for edge in delivery.edges:
        present.held |= {edge.start, edge.end} & present.gone_nodes.keys()


def _by_label(ids: Iterable[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(ids):
        try:
            groups[label_of(id_)].append(id_)
        except BadParameter:
            continue  # the check reports it as a reference to nothing
    return groups


def _parts(ids: Iterable[str]) -> list[list[str]]:
    ordered = sorted(ids)
    return [ordered[i : i + CHUNK] for i in range(0, len(ordered), CHUNK)]
