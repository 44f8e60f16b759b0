"""What a delivery puts into no area: it would be in the graph, and in no area's answer.

An area's answers hold its places, and the bodies that cover or serve them. A workbook without the
sheets 属于 or 覆盖 is loaded without an error, so it is said for every node.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from graph.loading.delivery import Delivery
from graph.loading.findings import Finding
from graph.loading.rows import NodeRow
from graph.model import EDGES, NODES, label_of
from graph.store import Store
from graph.store.changes import CHUNK

PLACED_BY: dict[str, tuple[str, ...]] = {
    "Quarter": ("PART_OF",),
    "Building": ("PART_OF",),
    "Grid": ("PART_OF", "COVERS"),
    "PartyOrganization": ("COVERS", "SUBORDINATE_TO"),
    "ResidentsCommittee": ("COVERS",),
    "OwnersCommittee": ("COVERS",),
    "SupervisionCommittee": ("COVERS",),
    "PropertyProject": ("SERVES",),
    "Team": ("SERVES",),
    "ServiceStation": ("SERVES", "BASED_IN", "SUBORDINATE_TO"),
    "Need": ("CONCERNS",),
}
"""By label, the edges from it that give it an area; the first is what a template offers. Whatever is
not here is where anything else is that it is joined to, as a person is where a post is."""
EXEMPT = frozenset({"Area", "SourceDocument", "Claim"})


def edges_needed(labels: Iterable[str]) -> list[str]:
    """The edge types without which nodes of these labels would be in no area."""
    return list(dict.fromkeys(PLACED_BY[label][0] for label in labels if label in PLACED_BY))


async def find_unplaced(store: Store, delivery: Delivery, known: Collection[str]) -> list[Finding]:
    """A warning for each node that no edge of the delivery, and none of the graph, gives an area.

    `known` are the ids that the graph has already; those that are not delivered again were judged
    when they were.
    """
    blocks = [block for block in delivery.nodes.blocks if block.kind not in EXEMPT]
    nodes = {id_: block.kind for block in blocks for id_ in block.ids}
    spread = _Spread({*known, *delivery.nodes.ids()} - nodes.keys())
    for edges in delivery.edges.blocks:
        for ones, others, outward in ((edges.starts, edges.ends, True), (edges.ends, edges.starts, False)):
            placed = {label for label in NODES if _gives_area(label, edges.kind, outward=outward)}
            for one, other in zip(ones, others, strict=True):
                if nodes.get(one) in placed:
                    spread.add(one, other)
    for one, other in await _joined(store, [i for i in nodes if i in known and i not in spread.placed]):
        if other not in nodes:
            spread.placed.add(other)
        spread.add(one, other)
    lost = ([i for i, id_ in enumerate(block.ids) if id_ not in spread.placed] for block in blocks)
    return [_finding(node) for block, some in zip(blocks, lost, strict=True) for node in block.pick(some)]


class _Spread:
    """Which nodes are placed, as edges to placed ones become known."""

    def __init__(self, placed: set[str]) -> None:
        self.placed = placed
        self._waiting: dict[str, list[str]] = defaultdict(list)

    def add(self, one: str, other: str) -> None:
        """One node is placed if the other is, and with it all that wait for it."""
        if other not in self.placed:
            self._waiting[other].append(one)
            return
        fresh = [one]
        while fresh:
            node = fresh.pop()
            if node not in self.placed:
                self.placed.add(node)
                fresh += self._waiting.pop(node, ())


async def _joined(store: Store, ids: Iterable[str]) -> list[tuple[str, str]]:
    """Nodes with what they are joined to in the graph by edges that may give them an area."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(ids):
        by_label[label_of(id_)].append(id_)
    found: list[tuple[str, str]] = []
    for label, listed in by_label.items():
        arrow = f"-[:{'|'.join(PLACED_BY[label])}]->" if label in PLACED_BY else "--"
        text = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}){arrow}(o) RETURN n.id AS one, o.id AS other"
        for i in range(0, len(listed), CHUNK):
            rows = (await store.read([(text, {"ids": listed[i : i + CHUNK]})]))[0]
            found += [(row["one"], row["other"]) for row in rows]
    return found


def _gives_area(label: str, type_: str, *, outward: bool) -> bool:
    return outward and type_ in PLACED_BY[label] if label in PLACED_BY else True


def _finding(node: NodeRow) -> Finding:
    types = PLACED_BY.get(node.label)
    zh = "或".join(f"“{EDGES[t].zh}”" for t in types) if types else "任何"
    en = " or ".join(types) if types else "any"
    return Finding(
        f"nodes/{node.label}.csv",
        node.row,
        "id",
        node.id,
        f"{NODES[node.label].zh}没有通向辖区的{zh}关系，不会出现在任何辖区的结果中",
        f"has no edge ({en}) that leads to an area: it is in no area's answer",
        "warning",
    )
