"""What the graph already holds of a delivery: same ids, nodes it refers to, rows gone missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from graph.errors import BadParameter
from graph.loading.delivery import Delivery
from graph.loading.rows import EdgeRow
from graph.model import EDGES, NODES, label_of
from graph.store import Row, Store
from graph.store.changes import CHUNK

_COUNTED = [t for t, edge in EDGES.items() if edge.cardinalities or edge.spell_in_id]
"""Edge types of which the new and the standing ones are counted together."""
_NEEDED = {t for t, edge in EDGES.items() if any(rule.low for rule in edge.cardinalities)}
"""Edge types without which some nodes cannot be."""


@dataclass
class Present:
    """Properties by id of nodes and edges; edges also with their ends. `sources`: `Delivery.own_sources`."""

    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    edges: dict[str, EdgeRow] = field(default_factory=dict)
    standing: dict[str, EdgeRow] = field(default_factory=dict)
    """Edges that count together with the delivery's own: each once, from whichever end it was read."""
    delivered_before: bool = False
    sources: list[str] = field(default_factory=list)
    gone_nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    gone_edges: dict[str, EdgeRow] = field(default_factory=dict)
    past_edges: dict[str, EdgeRow] = field(default_factory=dict)
    """What this delivery does not have either, and need not: it had ended before. It is history."""
    held: set[str] = field(default_factory=set)
    """Gone nodes that something else still needs: an edge of another source, of the delivery itself,
    an edge that has ended; and documents that name the source of something."""

    def kept_with_held(self) -> set[str]:
        """Gone edges that stay with a held node, which could not be without them."""
        return {
            edge.id
            for edge in self.gone_edges.values()
            for rule in EDGES[edge.type].cardinalities
            if rule.low and (edge.start if rule.side == "from" else edge.end) in self.held
        }


async def read_present(store: Store, delivery: Delivery, day: date | None, had: Mapping[str, int]) -> Present:
    """Look up every id of the delivery, and what its source delivered before but no longer does.

    What has ended by `day` is history; with None, nothing is. `had`: how many nodes of each label.
    """
    present = Present()
    ids = set(delivery.nodes.ids())
    for nodes in delivery.nodes.blocks:
        ids |= nodes.values("source")
    for edges in delivery.edges.blocks:
        ids |= {*edges.starts, *edges.ends} | edges.values("source")
    await _read_nodes(store, ids, present, had)
    present.sources = delivery.own_sources(present.nodes)
    if not present.nodes:
        return present
    load = {"id": f"load-{delivery.manifest.source}"}
    rows = await store.read([("MATCH (l:Load {id: $id}) RETURN l.id AS id", load)])
    present.delivered_before = bool(rows[0])
    if present.delivered_before:
        await _read_gone(store, delivery, present, day)
        if day is not None:
            await _leave_the_past(store, delivery, present, day)
        await _read_held(store, delivery, present)
        ends = {n for e in present.gone_edges.values() for n in (e.start, e.end)}
        await _read_nodes(store, ends - present.nodes.keys(), present, had)  # for their names
    await _read_edges(store, delivery, present)
    await _read_regraded(store, delivery, present)
    await _read_above(store, delivery, present)
    return present


async def _read_nodes(store: Store, ids: Iterable[str], present: Present, had: Mapping[str, int]) -> None:
    for label, found in ((label, found) for label, found in _by_label(ids).items() if had.get(label)):
        text = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN properties(n) AS node"
        for part in _parts(found):
            for row in (await store.read([(text, {"ids": part})]))[0]:
                present.nodes[row["node"]["id"]] = row["node"]


async def _read_edges(store: Store, delivery: Delivery, present: Present) -> None:
    """Edges at nodes that exist: those of the delivery's own ids, and those counted with them."""
    starts: dict[tuple[str, str], set[str]] = defaultdict(set)
    ends: dict[tuple[str, str], set[str]] = defaultdict(set)
    for block in delivery.edges.blocks:
        for node in present.nodes.keys() & set(block.starts):
            starts[block.kind, label_of(node)].add(node)
        if block.kind in _COUNTED and block.kind != "PART_OF":
            for node in present.nodes.keys() & set(block.ends):
                ends[block.kind, label_of(node)].add(node)
    for edge in present.gone_edges.values():  # what is left of a node that loses one
        if edge.type in _NEEDED:
            starts[edge.type, label_of(edge.start)].add(edge.start)
            ends[edge.type, label_of(edge.end)] |= {edge.end} if edge.type != "PART_OF" else set()
    own = set(delivery.edges.ids())
    for outward, groups in ((True, starts), (False, ends)):
        for (type_, label), found in groups.items():
            for edge in await _edges_at(store, type_, label, found, outward=outward):
                if edge.id in own:
                    present.edges[edge.id] = edge
                elif type_ in _COUNTED:
                    present.standing[edge.id] = edge


async def _edges_at(
    store: Store, type_: str, label: str, ids: Iterable[str], *, outward: bool = True
) -> list[EdgeRow]:
    """The edges of a type that go out from nodes of a label, or come in there."""
    side, arrow = ("a", f"-[e:{type_}]->(b)") if outward else ("b", f"<-[e:{type_}]-(a)")
    text = (
        f"UNWIND $ids AS id MATCH ({side}:{label} {{id: id}}) WITH {side} MATCH ({side}){arrow} "
        "RETURN a.id AS start, b.id AS end, properties(e) AS edge"
    )
    return [
        _edge_row(type_, row)
        for part in _parts(ids)
        for row in (await store.read([(text, {"ids": part})]))[0]
    ]


def _edge_row(type_: str, row: Row) -> EdgeRow:
    return EdgeRow(type_, row["edge"]["id"], row["start"], row["end"], row["edge"], 0)


async def _read_above(store: Store, delivery: Delivery, present: Present) -> None:
    """Of the types that have no circles: the graph's own way up from the delivery's edges."""
    own = set(delivery.edges.ids())
    for type_ in (t for t, edge in EDGES.items() if edge.acyclic):
        blocks = [block for block in delivery.edges.blocks if block.kind == type_]
        seen = {start for block in blocks for start in block.starts}
        fresh = {end for block in blocks for end in block.ends if end in present.nodes} - seen
        while fresh:
            seen |= fresh
            found = [
                edge
                for label, ids in _by_label(fresh).items()
                for edge in await _edges_at(store, type_, label, ids)
                if edge.id not in own
            ]
            present.standing |= {edge.id: edge for edge in found}
            fresh = {edge.end for edge in found} - seen


async def _read_regraded(store: Store, delivery: Delivery, present: Present) -> None:
    """Areas whose level the delivery changes: what they lie in and what lies in them counts again."""
    regraded = [
        n.id
        for n in delivery.nodes.of("Area")
        if n.id in present.nodes and n.properties.get("level") != present.nodes[n.id].get("level")
    ]
    own = set(delivery.edges.ids())
    for arrow in ("(n)-[e:PART_OF]->(o:Area)", "(n)<-[e:PART_OF]-(o:Area)"):
        text = (
            f"UNWIND $ids AS id MATCH (n:Area {{id: id}}) WITH n MATCH {arrow} "
            "RETURN startNode(e).id AS start, endNode(e).id AS end, properties(e) AS edge, "
            "properties(o) AS other"
        )
        for row in (await store.read([(text, {"ids": regraded})]))[0] if regraded else []:
            present.nodes.setdefault(row["other"]["id"], row["other"])
            if row["edge"]["id"] not in own:
                present.standing[row["edge"]["id"]] = _edge_row("PART_OF", row)


async def _read_gone(store: Store, delivery: Delivery, present: Present, day: date | None) -> None:
    """What the graph has under this delivery's sources and the delivery does not."""
    ids = set(delivery.nodes.ids())
    own = set(delivery.edges.ids())
    sources = {"sources": present.sources}
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
                past = day is not None and row["edge"]["until"] <= day
                kept = present.past_edges if past else present.gone_edges
                kept[row["edge"]["id"]] = _edge_row(type_, row)


async def _leave_the_past(store: Store, delivery: Delivery, present: Present, day: date) -> None:
    """Nodes all of whose edges have ended by a day are not gone: they are history with those."""
    last: dict[str, date] = {}
    for label, found in _by_label(present.gone_nodes).items():
        text = (
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WITH n MATCH (n)-[e]-() "
            "WHERE e.source <> 'derived' RETURN n.id AS id, e.until AS until"
        )
        for part in _parts(found):
            for row in (await store.read([(text, {"ids": part})]))[0]:
                last[row["id"]] = max(row["until"], last.get(row["id"], row["until"]))
    needed = {n for block in delivery.edges.blocks for n in chain(block.starts, block.ends)}
    for id_, until in last.items():
        if until <= day and id_ not in needed:
            del present.gone_nodes[id_]


async def _read_held(store: Store, delivery: Delivery, present: Present) -> None:
    gone = present.gone_nodes.keys()
    for label, found in _by_label(gone).items():
        text = (
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WITH n MATCH (n)-[e]-() "
            "WHERE NOT e.source IN $sources RETURN DISTINCT n.id AS id"
        )
        sources = [*present.sources, "derived"]
        for part in _parts(found):
            rows = (await store.read([(text, {"ids": part, "sources": sources})]))[0]
            present.held |= {row["id"] for row in rows}
    for block in delivery.edges.blocks:
        present.held |= gone & {*block.starts, *block.ends}
    for edge in present.past_edges.values():
        present.held |= {edge.start, edge.end} & gone
    documents = sorted(i for i, node in present.gone_nodes.items() if label_of(i) == "SourceDocument")
    present.held |= await _named_as_source(store, delivery, present, documents)
    fresh = set(present.held)
    while fresh:  # what a held node cannot be without is held with it
        kept = present.kept_with_held()
        ends = {n for i in kept for n in (present.gone_edges[i].start, present.gone_edges[i].end)}
        fresh = (ends & gone) - present.held
        present.held |= fresh


async def _named_as_source(
    store: Store, delivery: Delivery, present: Present, documents: list[str]
) -> set[str]:
    """Which of these documents something names as its source that is not going itself."""
    if not documents:
        return set()
    named = {source for block in delivery.nodes.blocks for source in block.values("source")}
    named |= {source for block in delivery.edges.blocks for source in block.values("source")}
    for label in NODES:
        text = f"MATCH (n:{label}) WHERE n.source IN $documents RETURN n.id AS id, n.source AS source"
        rows = (await store.read([(text, {"documents": documents})]))[0]
        named |= {r["source"] for r in rows if r["id"] not in present.gone_nodes or r["id"] in present.held}
    for type_ in (t for t, edge in EDGES.items() if not edge.derived):
        text = f"MATCH ()-[e:{type_}]->() WHERE e.source IN $documents RETURN e.id AS id, e.source AS source"
        rows = (await store.read([(text, {"documents": documents})]))[0]
        named |= {r["source"] for r in rows if r["id"] not in present.gone_edges}
    return named & set(documents)


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
