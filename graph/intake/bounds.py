"""What a caller who is limited to an area may load: what lies in it, and what is new there.

Nothing is said of what lies outside, not even whether it is there: an end that is outside and one that
does not exist are refused in the same words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph.intake.order import Order
from graph.loading.delivery import Delivery
from graph.loading.findings import Finding
from graph.loading.load import Look
from graph.loading.plan import Plan
from graph.loading.present import Present
from graph.loading.rows import EdgeRow, NodeRow
from graph.model import label_of
from graph.reading.areas import read_areas
from graph.reading.graph import Graph
from graph.reading.scoped.area_ids import read_ids
from graph.reading.viewer import Viewer
from graph.store.history import read_undo
from graph.store.version import read_loads

ABROAD = "不在您的辖区范围内，或不存在", "not in your area, or not there at all"
UNJOINED = "与您辖区内的任何对象都没有联系，不能导入", "joined to nothing in your area: it cannot be loaded"
_ALONE = frozenset({"SourceDocument"})
"""What needs no tie to anything."""


async def inside(graph: Graph, area: str) -> frozenset[str]:
    """Every id that belongs to an area or to areas below it, read without regard to the caller."""
    graph = graph.under(Viewer())
    _, ids = await read_ids(graph, area, secret=True)
    tree = await read_areas(graph, graph.today())
    return ids | frozenset(tree.below(area)) | {area}


async def viewer_of(graph: Graph, order: Order) -> Viewer:
    """What the caller of a task may see."""
    if order.area is None:
        return Viewer(order.personal, verdicts=order.verdicts)
    _, ids = await read_ids(graph.under(Viewer()), order.area, secret=order.personal)
    return Viewer(order.personal, order.area, ids, order.verdicts)


async def sources_inside(graph: Graph, ids: frozenset[str]) -> set[str]:
    """The sources whose last delivery was about an area of these."""
    return {str(load["source"]) for load in await read_loads(graph.store) if load.get("area") in ids}


async def bound_to(graph: Graph, area: str) -> Look:
    """What refuses a delivery that reaches beyond the area."""
    ids = await inside(graph, area)
    own = await sources_inside(graph, ids)
    taken = {str(load["source"]) for load in await read_loads(graph.store)} - own

    async def look(delivery: Delivery, present: Present, plan: Plan | None) -> list[Finding]:
        if plan is None:
            return _outside(delivery, present, ids, taken, area)
        touched = [
            id_
            for c in plan.changes
            if c.before is not None
            for id_ in ((c.start, c.end) if c.start else (c.id,))
        ]
        sources = set(delivery.sources())
        far = sum(1 for id_ in touched if id_ not in ids and id_ not in sources)
        zh = f"有 {far} 处改动{ABROAD[0]}"
        return [Finding("", 0, "", "", zh, f"{far} changes are {ABROAD[1]}")] if far else []

    return look


async def set_inside(graph: Graph, number: int, area: str) -> bool:
    """Whether all that a load changed belongs to the area."""
    ids = await inside(graph, area)
    undo = await read_undo(graph.store, number)
    touched = {i for c in undo for i in ((c.start, c.end) if c.start else (c.id,))}
    return all(id_ in ids or label_of(id_) in _ALONE for id_ in touched)


def _outside(
    delivery: Delivery, present: Present, ids: frozenset[str], taken: set[str], area: str
) -> list[Finding]:
    manifest = delivery.manifest
    if manifest.area not in ids:
        zh = f"您只能导入辖区 {area} 范围内的内容，请写明其中的 area"
        en = f"you may load what lies in {area}: name an area of it"
        return [Finding("manifest.toml", 0, "area", str(manifest.area or ""), zh, en)]
    if manifest.source in taken:
        zh, en = "是其他辖区的来源，请换一个编号", "is a source of another area: take another id"
        return [Finding("manifest.toml", 0, "source", manifest.source, zh, en)]
    new = {n.id: n for n in delivery.nodes if n.id not in present.nodes}
    sources = set(delivery.sources()) - taken

    def near(id_: str) -> bool:
        return id_ in ids or id_ in new or id_ in sources

    found = [_of_node(n, *ABROAD) for n in delivery.nodes if not near(n.id)]
    for edge in delivery.edges:
        for column, end, other in (("from", edge.start, edge.end), ("to", edge.end, edge.start)):
            # An edge that stands already, as that to the area above, may be said again.
            if not near(end) and not (near(other) and edge.id in present.edges):
                found.append(_of_edge(edge, column, end))
    if not found:
        joined = _joined(delivery.edges, ids)
        found = [
            _of_node(n, *UNJOINED)
            for n in new.values()
            if n.label not in _ALONE and n.id not in joined and n.id not in ids
        ]
    return found


def _joined(edges: Iterable[EdgeRow], ids: frozenset[str]) -> set[str]:
    """What the delivery's edges join, by whatever way, to something that is inside already."""
    beside: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        beside[edge.start].append(edge.end)
        beside[edge.end].append(edge.start)
    reached = {id_ for id_ in beside if id_ in ids}
    waiting = list(reached)
    while waiting:
        for other in beside[waiting.pop()]:
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached


def _of_node(node: NodeRow, zh: str, en: str) -> Finding:
    return Finding(f"nodes/{node.label}.csv", node.row, "id", node.id, zh, en)


def _of_edge(edge: EdgeRow, column: str, end: str) -> Finding:
    return Finding(f"edges/{edge.type}.csv", edge.row, column, end, *ABROAD)
