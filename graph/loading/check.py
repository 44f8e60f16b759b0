"""Validation of a delivery against the model: ids, references, ends, periods, cardinalities.

`python -m graph.loading.check FOLDER [FOLDER…]` prints the findings of folders taken together,
without a graph.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from graph.errors import BadParameter
from graph.loading.coordinates import check_coordinates
from graph.loading.delivery import Delivery, read_delivery
from graph.loading.findings import Finding
from graph.loading.table import EdgeRow, NodeRow
from graph.loading.together import Around, clashes
from graph.model import EDGES, NODES, POSTS, is_valid_id, label_of

Row = TypeVar("Row", NodeRow, EdgeRow)

OPERATORS = {
    "contract": ("PropertyFirm", "Unit"),
    "community": ("ResidentsCommittee",),
    "self": ("OwnersCommittee",),
}
"""Who may operate a property project of each mode."""

FITTING_LEVELS = {
    "Area": {"district", "subdistrict", "community", "sector"},
    "Quarter": {"quarter", "community", "sector"},
    "Building": {"building", "quarter"},
    "Grid": {"building", "quarter", "community"},
    "Unit": {"unit", "sector"},
    "PropertyFirm": {"unit", "sector"},
}
"""Which level of Party organization is usual for what it covers; others get a warning."""


class Checker:
    """One delivery under check, with what the graph already holds of the nodes it refers to.

    `known` maps ids in the graph to their properties (at least `synthetic`); `around` are the
    graph's own edges of nodes that exist on both sides, as the load would leave them; `results` the
    properties of elements that the load would leave other than the delivery says.
    """

    def __init__(
        self,
        delivery: Delivery,
        known: Mapping[str, Mapping[str, Any]],
        around: Around | None = None,
        results: Mapping[str, dict[str, Any]] | None = None,
    ) -> None:
        self.delivery = delivery
        self.known = known
        self.around = around or Around()
        self.results = results or {}
        self.nodes = {n.id: n for n in delivery.nodes}
        self.findings: list[Finding] = []
        self._default_told = False

    def check(self) -> list[Finding]:
        """All findings of this delivery, but those of its cells and coordinates."""
        self._ids()
        judged = [(e, self._edge(e)) for e in self.delivery.edges]
        sound = {e.id: self._resulting(e) for e, fine in judged if fine}
        nodes = {n.id: self._resulting(n) for n in self.delivery.nodes}
        faulty = [e for e, fine in judged if not fine]
        together = clashes(list(sound.values()), self.around, nodes, self.known, faulty)
        for clash in together if self.delivery.usable else ():
            if clash.lacks in self.delivery.broken:
                continue
            self._at(clash.row, clash.column, clash.value, clash.zh, clash.en, level=clash.level)
        return self.findings

    def _resulting(self, row: Row) -> Row:
        """A row with the properties that the load would leave."""
        found = self.results.get(row.id)
        return row if found is None else replace(row, properties=found)

    def _ids(self) -> None:
        firsts: dict[str, NodeRow] = {}
        for node in self.delivery.nodes:
            if not is_valid_id(node.label, node.id):
                prefix = NODES[node.label].prefix
                form = f"{prefix}-<6 digits>-<a-z0-9->" if prefix else "<12 digits> / <digits>-<slug>"
                self._at(node, "id", node.id, f"编号格式应为 {form}", f"expected an id {form}")
            if node.id in firsts:
                row = firsts[node.id].row
                self._at(node, "id", node.id, f"编号与第 {row} 行重复", f"id also in row {row}")
            firsts.setdefault(node.id, node)
            self._source(node)
        ids = Counter(e.id for e in self.delivery.edges)
        for edge in self.delivery.edges:
            if ids[edge.id] > 1:
                self._at(
                    edge,
                    "spell",
                    edge.id,
                    "同一关系重复；不同任期请填 spell",
                    "the same edge twice; distinguish periods by spell",
                )

    def _source(self, row: NodeRow | EdgeRow) -> None:
        """The source that a row names; a wrong default is told once, where it is given."""
        id_, default = row.properties["source"], self.delivery.manifest.source
        if id_ != default:
            self._reference(row, "source", id_, "SourceDocument")
        elif self.delivery.usable and not self._default_told and not self._is_there(id_, "SourceDocument"):
            self._default_told = True
            zh = "“来源”表中没有这个默认来源"
            en = "the default source is no source document of the delivery or the graph"
            self.findings.append(Finding("manifest.toml", 0, "source", id_, zh, en))

    def _is_there(self, id_: str, label: str) -> bool:
        try:
            fits = label_of(id_) == label
        except BadParameter:
            fits = False
        return (fits and (id_ in self.nodes or id_ in self.known)) or label in self.delivery.broken

    def _reference(
        self, row: NodeRow | EdgeRow, column: str, id_: str, label: str | None = None
    ) -> Mapping[str, Any] | None:
        """Properties of the node that a cell names; a finding and None if there is none."""
        node = self.nodes.get(id_)
        found = self.known.get(id_) if node is None else self._resulting(node).properties
        try:
            fits = label in (None, label_of(id_))
        except BadParameter:
            fits = False
        if found is None and fits and label_of(id_) in self.delivery.broken:
            return None  # it may be in what could not be read, which was told
        if found is None or not fits:
            self._at(row, column, id_, "找不到这个编号的节点", "no node of this id")
            return None
        return found

    def _edge(self, edge: EdgeRow) -> bool:
        before = len(self.findings)
        self._source(edge)
        start = self._reference(edge, "from", edge.start)
        end = self._reference(edge, "to", edge.end)
        since, until = edge.properties["since"], edge.properties["until"]
        if until <= since:
            self._at(edge, "until", str(until), f"应晚于起始日 {since}", f"expected after {since}")
        if start is None or end is None:
            return False
        labels = label_of(edge.start), label_of(edge.end)
        if not EDGES[edge.type].joins(*labels):
            self._at(
                edge,
                "to",
                f"{edge.start} → {edge.end}",
                f"{edge.type} 不能从 {labels[0]} 连到 {labels[1]}",
                f"{edge.type} does not go from {labels[0]} to {labels[1]}",
            )
        ours = self.delivery.manifest.synthetic
        mixed = bool(start["synthetic"]) != ours or bool(end["synthetic"]) != ours
        if mixed and self.delivery.usable:
            self._at(
                edge,
                "to",
                f"{edge.start} → {edge.end}",
                "虚构数据不能与真实数据相连",
                "an invented node and a real one cannot be joined",
            )
        self._particular(edge, labels, start, end)
        return len(self.findings) == before

    def _particular(
        self, edge: EdgeRow, labels: tuple[str, str], start: Mapping[str, Any], end: Mapping[str, Any]
    ) -> None:
        if edge.type == "HOLDS_POST":
            roles = POSTS.get(labels[1], ())
            role = edge.properties["role"]
            if role not in roles:
                words = ", ".join(roles)
                self._at(
                    edge, "role", role, f"{labels[1]} 的职务应为：{words}", f"posts of {labels[1]}: {words}"
                )
        elif edge.type == "OPERATED_BY":
            # A mode that this delivery leaves open stays as an earlier one gave it.
            kept = None if "mode" in start else self.known.get(edge.start, {}).get("mode")
            mode = start.get("mode") or kept
            if labels[1] not in OPERATORS.get(str(mode), (labels[1],)):
                self._at(
                    edge,
                    "to",
                    edge.end,
                    f"与项目的管理方式 {mode} 不符" + ("（以前交付的，本次为空）" if kept else ""),
                    f"does not fit the project's mode {mode}"
                    + (" (of an earlier delivery, empty in this one)" if kept else ""),
                    level="warning" if kept else "error",
                )
        elif edge.type == "CO_BUILDS":
            if labels[0] == "PartyOrganization" and start.get("level") != "quarter":
                self._at(
                    edge,
                    "from",
                    edge.start,
                    "参加共建的党组织应为小区级（单位请写单位）",
                    "expected level quarter; for a unit, name the unit",
                )
            if end.get("level") not in (None, "community", "subdistrict", "quarter"):
                self._at(
                    edge,
                    "to",
                    edge.end,
                    "共建对象应为社区、街道或小区党组织",
                    "expected level community, subdistrict or quarter",
                )
        elif edge.type == "COVERS" and labels[0] == "PartyOrganization":
            level = start.get("level")
            if level is not None and level not in FITTING_LEVELS[labels[1]]:
                self._at(
                    edge,
                    "from",
                    edge.start,
                    f"级别 {level} 与所覆盖的 {labels[1]} 不常见",
                    f"level {level} is unusual for what covers a {labels[1]}",
                    level="warning",
                )

    def _at(
        self, row: NodeRow | EdgeRow, column: str, value: str, zh: str, en: str, *, level: Any = "error"
    ) -> None:
        file = f"nodes/{row.label}.csv" if isinstance(row, NodeRow) else f"edges/{row.type}.csv"
        self.findings.append(Finding(file, row.row, column, value, zh, en, level))


def main(folders: Sequence[str]) -> int:
    """Check folders together, each against all of them; print findings; 1 if there are errors."""
    known: dict[str, Mapping[str, Any]] = {}
    read = []
    failed = False
    for folder in folders:
        delivery, findings = read_delivery(Path(folder))
        if delivery is not None:
            known |= {n.id: n.properties for n in delivery.nodes}
            read.append((delivery, findings))
        else:
            failed = True
            print(*findings, sep="\n")  # noqa: T201 - this is a command
    for delivery, findings in read:
        found = findings + check_coordinates(delivery) + Checker(delivery, known).check()
        failed = failed or any(f.level == "error" for f in found)
        print(f"{delivery.folder}: {len(delivery.nodes)} nodes, {len(delivery.edges)} edges")  # noqa: T201
        print(*sorted(found), sep="\n")  # noqa: T201
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
