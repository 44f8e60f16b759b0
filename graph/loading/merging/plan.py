"""What merging two nodes that mean one thing would do: edges moved, values kept, what would not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.errors import BadParameter, GraphError
from graph.ledger.merges import Alias
from graph.loading.blocks import Rows
from graph.loading.check import Checker
from graph.loading.delivery import Delivery
from graph.loading.findings import Finding
from graph.loading.manifest import STOPGAP
from graph.loading.merging.present import read_chains, read_edges, read_node, read_others, read_version
from graph.loading.register.likeness import same_name
from graph.loading.rows import EdgeRow, NodeRow
from graph.loading.together import Around
from graph.model import EDGES, NODES, edge_id, label_of
from graph.store import Store, from_writer
from graph.store.changes import Change

NOT_MERGED = frozenset({"Area", "SourceDocument", "Claim"})
"""Types that are never merged: areas, which the state defines, and what was published."""
_NOT_COPIED = frozenset({"id", "name", "named", "source", "synthetic", "date_precision"})
"""Properties of a node that the kept one does not simply take over."""
_NOT_COMPARED = frozenset({"id", "source", "synthetic", "spell", "since_known"})
"""Properties of an edge that may differ without a word."""
_NAMED_IN_PLACE = ("Quarter", "Grid")
_NAMED_IN_DISTRICT = ("PropertyFirm", "Unit")
"""Types whose names a register looks up within an area, or within a district."""


class MergeRefused(GraphError):
    """The two cannot be merged: `reasons` say why, each in Chinese and English."""

    code = "merge_refused"

    def __init__(self, kept: str, gone: str, reasons: Sequence[tuple[str, str]]) -> None:
        zh = "；".join(z for z, _ in reasons)
        en = "; ".join(e for _, e in reasons)
        super().__init__(
            f"{gone} 不能并入 {kept}，未作任何改动：{zh}。",
            f"{gone} cannot be merged into {kept}, nothing was changed: {en}.",
            subject="gone",
        )
        self.reasons = list(reasons)


@dataclass(frozen=True)
class Differing:
    """A property in which the two differ: `stands` is kept, `dropped` is in the history only."""

    element: str
    property: str
    stands: Any
    dropped: Any


@dataclass
class Merging:
    """What a merge does: `moved` counts edges that the kept node takes over, `joined` those it has already.

    `filled` are properties that only the other had; `warnings` say what is unusual afterwards.
    """

    kept: str
    gone: str
    kept_name: str
    gone_name: str
    moved: int = 0
    joined: int = 0
    filled: list[str] = field(default_factory=list)
    differing: list[Differing] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    version: int = 0
    number: int | None = None
    records: int = 0


@from_writer
async def plan_merge(store: Store, kept: str, gone: str) -> Merging:
    """What merging `gone` into `kept` would do; nothing is written.

    Raises `BadParameter` for ids that cannot be merged, `NotFound`, `LoadConflict` while a load is not
    complete, and `MergeRefused` where the result would not fit the model.
    """
    label = _label_of(kept, gone)
    version = await read_version(store, kept)
    nodes = {id_: await read_node(store, label, id_) for id_ in (kept, gone)}
    edges = {id_: await read_edges(store, label, id_) for id_ in (kept, gone)}
    between = [e for e in edges[gone] if {e.start, e.end} <= {kept, gone}]
    if between:
        listed = "、".join(f"{EDGES[e.type].zh} {e.id}" for e in between)
        raise MergeRefused(kept, gone, [(f"两者之间有关系：{listed}", f"they are joined: {listed}")])
    merging = Merging(kept, gone, str(nodes[kept]["name"]), str(nodes[gone]["name"]), version=version)
    node = _filled(nodes[kept], nodes[gone], merging)
    after = _moved(edges[kept], edges[gone], merging)

    # The model's checks, before and after: only what the merge brings about counts.
    known = await read_others(store, [*edges[kept], *edges[gone]], nodes)
    around = Around(standing=await read_chains(store, label, {kept, gone}))
    old: set[tuple[str, str, str]] = set()
    for id_ in (kept, gone):
        before = _findings(NodeRow(label, id_, nodes[id_], 0), edges[id_], known, around)
        old.update(_without_ids(finding) for finding in before)
    found = _findings(NodeRow(label, kept, node, 0), after, known, around)
    new = [finding for finding in found if _without_ids(finding) not in old]
    errors = [(f.zh, f.en) for f in new if f.level == "error"]
    if errors:
        raise MergeRefused(kept, gone, errors)
    merging.warnings = [f for f in new if f.level == "warning"]

    own = {e.id for e in edges[kept]}
    if node != nodes[kept]:
        merging.changes.append(Change(label, nodes[kept], node))
    merging.changes += [Change(e.type, e.properties, None, e.start, e.end) for e in edges[gone]]
    merging.changes += [Change(e.type, None, e.properties, e.start, e.end) for e in after if e.id not in own]
    merging.changes.append(Change(label, nodes[gone], None))
    merging.aliases = _aliases(label, gone, nodes[gone], edges[gone])
    return merging


def _label_of(kept: str, gone: str) -> str:
    label = label_of(kept)
    if kept == gone or label_of(gone) != label:
        raise BadParameter(
            f"只能合并两个同类的不同对象：{kept}、{gone}。",
            f"two different things of one type can be merged, not {kept} and {gone}.",
            subject="gone",
        )
    if label in NOT_MERGED:
        zh = NODES[label].zh
        raise BadParameter(f"{zh}不能合并。", f"nodes of type {label} are not merged.", subject="gone")
    return label


def _filled(kept: dict[str, Any], gone: dict[str, Any], merging: Merging) -> dict[str, Any]:
    """The kept node with the properties that only the other has; fills `filled` and `differing`."""
    node = dict(kept)
    marks = {str(m).partition(":")[0]: str(m) for m in gone.get("date_precision") or ()}
    precision = [*(kept.get("date_precision") or ())]
    for name, value in gone.items():
        if name in _NOT_COPIED:
            continue
        if name not in kept:
            node[name] = value
            merging.filled.append(name)
            if name in marks:
                precision.append(marks[name])
        elif kept[name] != value:
            merging.differing.append(Differing(str(kept["id"]), name, kept[name], value))
    if precision:
        node["date_precision"] = sorted(precision)
    if not kept.get("named", True) and gone.get("named", True):
        node |= {"name": gone["name"], "named": True}
        merging.filled.append("name")
    elif kept["name"] != gone["name"]:
        merging.differing.append(Differing(str(kept["id"]), "name", kept["name"], gone["name"]))
    return node


def _moved(kept: list[EdgeRow], gone: list[EdgeRow], merging: Merging) -> list[EdgeRow]:
    """The edges of the kept node afterwards: its own, and those of the other that it does not have.

    The kept node has an edge already if one of its own, between the same nodes and with the same key, holds
    at the same time. If that one holds at another time, the other's edge becomes a further spell.
    """
    after = {edge.id: edge for edge in kept}
    for edge in gone:
        start, end = (merging.kept if id_ == merging.gone else id_ for id_ in (edge.start, edge.end))
        key_name = EDGES[edge.type].key
        key = None if key_name is None else str(edge.properties[key_name])
        spell = int(edge.properties.get("spell", 1))
        same = after.get(edge_id(edge.type, start, end, key, spell))
        while same is not None and _at_other_times(same, edge):
            spell += 1
            same = after.get(edge_id(edge.type, start, end, key, spell))
        if same is None:
            id_ = edge_id(edge.type, start, end, key, spell)
            properties = {**edge.properties, "id": id_, "spell": spell}
            after[id_] = EdgeRow(edge.type, id_, start, end, properties, 0)
            merging.moved += 1
            continue
        merging.joined += 1
        for name in sorted(edge.properties.keys() - _NOT_COMPARED):
            stands, dropped = same.properties.get(name), edge.properties[name]
            if stands != dropped:
                merging.differing.append(Differing(same.id, name, stands, dropped))
    return list(after.values())


def _at_other_times(one: EdgeRow, other: EdgeRow) -> bool:
    """Whether one edge had ended when the other began."""
    a, b = one.properties, other.properties
    return bool(a["until"] <= b["since"] or b["until"] <= a["since"])


def _findings(
    node: NodeRow, edges: list[EdgeRow], known: dict[str, dict[str, Any]], around: Around
) -> list[Finding]:
    """What the validation of a load finds in a node with its edges."""
    manifest = STOPGAP.model_copy(
        update={"synthetic": bool(node.properties["synthetic"]), "source": node.properties["source"]}
    )
    delivery = Delivery(Path(), manifest, "", Rows([node]), Rows(edges))
    return Checker(delivery, known, around).check()


def _without_ids(finding: Finding) -> tuple[str, str, str]:
    """A finding without the ids in it: they differ before and after the merge."""
    return finding.file, finding.column, finding.level + finding.en.partition("(")[0]


def _aliases(label: str, gone: str, node: dict[str, Any], edges: list[EdgeRow]) -> list[Alias]:
    """The keys by which registers look up the name of `gone`: they find the kept node from now on."""
    district = gone.split("-")[1]
    places = [e.end for e in edges if e.type == "PART_OF"] if label in _NAMED_IN_PLACE else []
    places += [district] if label in _NAMED_IN_DISTRICT else []
    plain = same_name(label, str(node["name"]))
    return [Alias(f"{label}|{place}|{plain}", district) for place in places]
