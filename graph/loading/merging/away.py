"""What was merged into something else: its id means what is kept, in every later delivery."""

from __future__ import annotations

from dataclasses import replace

from graph.loading.blocks import Rows
from graph.loading.delivery import Delivery
from graph.loading.findings import Finding
from graph.loading.rows import EdgeRow, NodeRow
from graph.model import EDGES, edge_id
from graph.store import Store
from graph.store.history import ERASED, read_sets


async def merged_away(store: Store) -> dict[str, tuple[str, int]]:
    """By id of what was merged away and not taken apart: what is kept, and the number of the merge.

    A merge of a person who was erased names no one any more, and leads nowhere.
    """
    found = {}
    for made in await read_sets(store):
        if made.kind == "merge" and made.undone_by is None:
            kept, gone = made.options.split()
            if ERASED not in (kept, gone):
                found[gone] = kept, made.number
    return found


def follow_merges(delivery: Delivery, away: dict[str, tuple[str, int]]) -> list[Finding]:
    """Take the id of what was merged away for that of what is kept; a warning at each such row.

    Where a delivery has a row of the kept thing too, that one counts, and of the other only its edges.
    """
    if not away:
        return []
    named = set(delivery.nodes.ids())
    for block in delivery.edges.blocks:
        named |= {*block.starts, *block.ends}
    if not away.keys() & named:
        return []
    own, found = set(delivery.nodes.ids()), []
    nodes: dict[str, NodeRow] = {}
    for node in delivery.nodes:
        if node.id not in away:
            nodes[node.id] = node
            continue
        kept, number = _last(away, node.id)
        if kept not in own:
            nodes.setdefault(kept, replace(node, id=kept, properties={**node.properties, "id": kept}))
        zh = f"已并入 {kept}（第 {number} 次），" + (
            "该编号另有一行，以那一行为准" if kept in own else "按该编号导入"
        )
        en = (
            f"was merged into {kept} ({number}), {'of which a row counts' if kept in own else 'taken for it'}"
        )
        found.append(Finding(f"nodes/{node.label}.csv", node.row, "id", node.id, zh, en, "warning"))
    edges: dict[str, EdgeRow] = {}
    for given in delivery.edges:
        edge = _tied(given, away)
        if edge is given or edge.id not in edges:  # what is said of the kept thing itself counts
            edges[edge.id] = edge
    edges = {id_: edge for id_, edge in edges.items() if edge.start != edge.end}
    delivery.nodes, delivery.edges = Rows(nodes.values()), Rows(edges.values())
    return found


def _last(away: dict[str, tuple[str, int]], id_: str) -> tuple[str, int]:
    """What an id means after one merge or several in a row."""
    kept, number = away[id_]
    while kept in away:
        kept, number = away[kept]
    return kept, number


def _tied(edge: EdgeRow, away: dict[str, tuple[str, int]]) -> EdgeRow:
    start, end = (_last(away, i)[0] if i in away else i for i in (edge.start, edge.end))
    if (start, end) == (edge.start, edge.end):
        return edge
    key = EDGES[edge.type].key
    own = str(edge.properties[key]) if key is not None else None
    id_ = edge_id(edge.type, start, end, own, int(edge.properties.get("spell", 1)))
    return replace(edge, id=id_, start=start, end=end, properties={**edge.properties, "id": id_})
