"""Validation of a delivery against the model: ids, references, ends, periods, cardinalities.

`python -m graph.loading.check FOLDER [FOLDER…]` prints the findings of folders taken together,
without a graph.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from graph.errors import BadParameter
from graph.loading.alike import twice
from graph.loading.blocks import Index
from graph.loading.coordinates import check_coordinates
from graph.loading.delivery import Delivery, read_delivery
from graph.loading.doubtful import Doubts, doubtful_edges, doubtful_nodes, doubtful_together
from graph.loading.findings import Finding, TooManyMistakes, keep, too_many
from graph.loading.rows import EdgeRow, NodeRow
from graph.loading.together import Around, clashes
from graph.model import EDGES, NODES, POSTS, is_valid_id, label_of
from graph.pausing import PAUSE

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
        self.nodes = Index(delivery.nodes)
        self.findings: list[Finding] = []

    def check(self, *, one_by_one: bool = False) -> list[Finding]:
        """All findings of this delivery, but those of its cells and coordinates.

        Judged are the rows in doubt (`doubtful`), `one_by_one` all of them: the findings are the same.
        """
        with PAUSE, suppress(TooManyMistakes):
            self._check(one_by_one=one_by_one)
            return self.findings
        return [*self.findings, too_many()]

    def _check(self, *, one_by_one: bool) -> None:
        nodes, edges = self.delivery.nodes, self.delivery.edges
        self._default()
        self._ids(nodes if one_by_one else doubtful_nodes(nodes, len(self.nodes), self._doubts(self._source)))
        double = twice(edges)
        for edge in edges if double else ():
            if edge.id in double:
                self._at(
                    edge,
                    "spell",
                    edge.id,
                    "同一关系重复；不同任期请填“任次”（spell）",
                    "the same edge twice; distinguish periods by spell",
                )
        doubts: Doubts = (lambda _: True) if one_by_one else self._doubts(lambda edge: not self._edge(edge))
        faulty: list[set[int]] = []
        for block, positions in doubtful_edges(edges, nodes, self.results, self.known, doubts):
            rows = zip(positions, block.pick(positions), strict=True)
            faulty.append({i for i, edge in rows if not self._edge(edge)})
        if self.delivery.usable:
            self._together(faulty, one_by_one=one_by_one)

    def _together(self, faulty: Sequence[set[int]], *, one_by_one: bool) -> None:
        found = doubtful_together(self.delivery, faulty, self.around, self.results, one_by_one=one_by_one)
        found.edges = list({e.id: self._resulting(e) for e in found.edges}.values())
        found.edgeless = {rule: [self._resulting(n) for n in few] for rule, few in found.edgeless.items()}
        nodes = _Resulting(self.nodes, self._resulting)
        wrong = [
            e for b, i in zip(self.delivery.edges.blocks, faulty, strict=True) for e in b.pick(sorted(i))
        ]
        for clash in clashes(found, self.around, nodes, self.known, wrong):
            if clash.lacks in self.delivery.broken:
                continue
            self._at(clash.row, clash.column, clash.value, clash.zh, clash.en, level=clash.level)

    def _doubts(self, judge: Callable[[Any], Any]) -> Doubts:
        """Whether a judgement of a row says so or finds anything, without telling it."""

        def doubts(row: Any) -> bool:
            before, self.findings = self.findings, []
            wrong = judge(row)
            found, self.findings = self.findings, before
            return bool(wrong or found)

        return doubts

    def _resulting(self, row: Row) -> Row:
        """A row with the properties that the load would leave."""
        found = self.results.get(row.id)
        return row if found is None else replace(row, properties=found)

    def _ids(self, nodes: Iterable[NodeRow]) -> None:
        firsts: dict[str, NodeRow] = {}
        for node in nodes:
            if not is_valid_id(node.label, node.id):
                prefix = NODES[node.label].prefix
                form = f"{prefix}-<6 digits>-<a-z0-9->" if prefix else "<12 digits> / <digits>-<slug>"
                self._at(node, "id", node.id, f"编号格式应为 {form}", f"expected an id {form}")
            if node.id in firsts:
                row = firsts[node.id].row
                self._at(node, "id", node.id, f"编号与第 {row} 行重复", f"id also in row {row}")
            firsts.setdefault(node.id, node)
            self._source(node)

    def _default(self) -> None:
        """A wrong default source is reported once, where it is given."""
        default, delivery = self.delivery.manifest.source, self.delivery
        of_nodes = any(default in block.values("source") for block in delivery.nodes.blocks)
        of_edges = any(default in found.values("source") for found in delivery.edges.blocks)
        if (of_nodes or of_edges) and delivery.usable and not self._is_there(default, "SourceDocument"):
            zh = "“来源”表中没有这个默认来源"
            en = "the default source is no source document of the delivery or the graph"
            self.findings.append(Finding("manifest.toml", 0, "source", default, zh, en))

    def _source(self, row: NodeRow | EdgeRow) -> None:
        """The source that a row names, if it is not the default."""
        id_ = row.properties["source"]
        if id_ != self.delivery.manifest.source:
            self._reference(row, "source", id_, "SourceDocument")

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
            return None  # it may be in what could not be read, which was reported
        if found is None or not fits:
            self._at(row, column, id_, "找不到这个编号的对象", "no node of this id")
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
            if level is not None and level not in FITTING_LEVELS.get(labels[1], {level}):
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
        keep(self.findings, Finding(file, row.row, column, value, zh, en, level))


class _Resulting(Mapping[str, NodeRow]):
    """Nodes as the load would leave them."""

    def __init__(self, nodes: Mapping[str, NodeRow], resulting: Callable[[NodeRow], NodeRow]) -> None:
        self._nodes = nodes
        self._resulting = resulting

    def __getitem__(self, id_: str) -> NodeRow:
        return self._resulting(self._nodes[id_])

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)


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
