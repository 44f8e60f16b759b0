"""Validation of a delivery against the model: ids, references, ends, periods, cardinalities.

`python -m graph.loading.check FOLDER [FOLDER…]` prints the findings of folders taken together,
without a graph.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import networkx as nx

from graph.errors import BadParameter
from graph.loading.coordinates import check_coordinates
from graph.loading.delivery import Delivery, read_delivery
from graph.loading.findings import Finding
from graph.loading.table import EdgeRow, NodeRow
from graph.model import EDGES, NODES, POSTS, is_valid_id, label_of
from graph.model.base import Cardinality
from graph.model.vocabulary import AreaLevel

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

    `known` maps ids in the graph to their properties (at least `synthetic`); `standing` are the
    graph's own edges of nodes that exist on both sides, to count together with the new ones.
    """

    def __init__(
        self, delivery: Delivery, known: Mapping[str, Mapping[str, Any]], standing: Sequence[EdgeRow] = ()
    ) -> None:
        self.delivery = delivery
        self.known = known
        own = {e.id for e in delivery.edges}
        self.standing = [e for e in standing if e.id not in own]
        self.nodes = {n.id: n for n in delivery.nodes}
        self.findings: list[Finding] = []

    def check(self) -> list[Finding]:
        """All findings of this delivery."""
        self._ids()
        self.findings += check_coordinates(self.delivery)
        sound = [e for e in self.delivery.edges if self._edge(e)]
        for type_, edges in _by_type([*sound, *self.standing]).items():
            for cardinality in EDGES[type_].cardinalities:
                self._cardinality(type_, edges, cardinality)
            if EDGES[type_].key is not None or EDGES[type_].spell_in_id:
                self._spells(edges)
            if EDGES[type_].acyclic:
                self._cycles(edges)
        self._levels(e for e in [*sound, *self.standing] if e.type == "PART_OF")
        return self.findings

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
            self._reference(node, "source", node.properties["source"], "SourceDocument")
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

    def _reference(
        self, row: NodeRow | EdgeRow, column: str, id_: str, label: str | None = None
    ) -> Mapping[str, Any] | None:
        """Properties of the node that a cell names; a finding and None if there is none."""
        node = self.nodes.get(id_)
        found = node.properties if node is not None else self.known.get(id_)
        try:
            fits = label in (None, label_of(id_))
        except BadParameter:
            fits = False
        if found is None or not fits:
            self._at(row, column, id_, "找不到这个编号的节点", "no node of this id")
            return None
        return found

    def _edge(self, edge: EdgeRow) -> bool:
        before = len(self.findings)
        self._reference(edge, "source", edge.properties["source"], "SourceDocument")
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
        if bool(start["synthetic"]) != ours or bool(end["synthetic"]) != ours:
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
            allowed = OPERATORS.get(str(start.get("mode")), (labels[1],))
            if labels[1] not in allowed:
                self._at(
                    edge,
                    "to",
                    edge.end,
                    f"与项目的管理方式 {start.get('mode')} 不符",
                    f"does not fit the project's mode {start.get('mode')}",
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

    def _cardinality(self, type_: str, edges: Iterable[EdgeRow], rule: Cardinality) -> None:
        by_node: dict[str, list[EdgeRow]] = defaultdict(list)
        for edge in edges:
            here, there = (edge.start, edge.end) if rule.side == "from" else (edge.end, edge.start)
            if rule.labels and label_of(here) not in rule.labels:
                continue
            if rule.other and label_of(there) not in rule.other:
                continue
            if not rule.roles or edge.properties["role"] in rule.roles:
                by_node[here].append(edge)
        if rule.high is not None:
            for node, found in by_node.items():
                if len(found) > rule.high:
                    self._overlaps(node, found, type_, rule)
        if rule.low:
            labels = rule.labels or ("Resource",)
            for row in self.delivery.nodes:
                if row.label in labels and row.id not in by_node and row.id not in self.known:
                    self._at(row, "id", row.id, f"缺少关系 {type_}", f"has no edge {type_}")

    def _overlaps(self, node: str, edges: list[EdgeRow], type_: str, rule: Cardinality) -> None:
        ordered = sorted(edges, key=lambda e: e.properties["since"])
        one = ordered[0]
        for two in ordered[1:]:
            if two.properties["since"] < one.properties["until"]:
                row = two if two not in self.standing else one
                self._at(
                    row,
                    "since",
                    str(two.properties["since"]),
                    f"{node} 同时有两条 {type_}：{one.id}、{two.id}",
                    f"{node} has two {type_} at one time: {one.id}, {two.id}",
                    level=rule.level,
                )
            one = max(one, two, key=lambda e: e.properties["until"])

    def _spells(self, edges: Iterable[EdgeRow]) -> None:
        groups: dict[tuple[str, ...], list[EdgeRow]] = defaultdict(list)
        for edge in edges:
            groups[edge.start, edge.end, str(edge.properties[EDGES[edge.type].key or ""])].append(edge)
        for (start, _, _), found in groups.items():
            if len(found) > 1:
                self._overlaps(start, found, found[0].type, Cardinality("from"))

    def _cycles(self, edges: Iterable[EdgeRow]) -> None:
        graph: nx.DiGraph[str] = nx.DiGraph()
        rows = {(e.start, e.end): e for e in edges}
        graph.add_edges_from(rows)
        for component in nx.strongly_connected_components(graph):
            loops = len(component) > 1 or any(graph.has_edge(n, n) for n in component)
            if loops:
                row = next(rows[pair] for pair in rows if set(pair) <= component)
                listed = ", ".join(sorted(component))
                self._at(row, "to", row.end, f"循环归属：{listed}", f"a cycle of places: {listed}")

    def _levels(self, edges: Iterable[EdgeRow]) -> None:
        """An area lies in an area of a higher level, or the lowest of several were not one."""
        for edge in edges:
            if (label_of(edge.start), label_of(edge.end)) != ("Area", "Area"):
                continue
            below, above = (self._level(area) for area in (edge.start, edge.end))
            if AreaLevel.height(below) < AreaLevel.height(above):
                continue
            # An edge of the graph is at fault only where the delivery changes a level.
            node = self.nodes.get(edge.start) or self.nodes.get(edge.end)
            row = node if edge in self.standing and node is not None else edge
            self._at(
                row,
                "to" if row is edge else "level",
                f"{edge.start} → {edge.end}",
                f"上级辖区的级别应高于下级：{below} 不能属于 {above}",
                f"expected a higher level above: {below} cannot be part of {above}",
            )

    def _level(self, area: str) -> str | None:
        node = self.nodes.get(area)
        found = self.known.get(area, {}) if node is None else node.properties
        return found.get("level")

    def _at(
        self, row: NodeRow | EdgeRow, column: str, value: str, zh: str, en: str, *, level: Any = "error"
    ) -> None:
        file = f"nodes/{row.label}.csv" if isinstance(row, NodeRow) else f"edges/{row.type}.csv"
        self.findings.append(Finding(file, row.row, column, value, zh, en, level))


def _by_type(edges: Iterable[EdgeRow]) -> dict[str, list[EdgeRow]]:
    grouped: dict[str, list[EdgeRow]] = defaultdict(list)
    for edge in edges:
        grouped[edge.type].append(edge)
    return grouped


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
        found = findings + Checker(delivery, known).check()
        failed = failed or any(f.level == "error" for f in found)
        print(f"{delivery.folder}: {len(delivery.nodes)} nodes, {len(delivery.edges)} edges")  # noqa: T201
        print(*sorted(found), sep="\n")  # noqa: T201
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
