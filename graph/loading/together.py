"""What edges have to be together: how many at one time, no circle at one time, levels that rise.

Judged is the state that a load would leave: the edges of the delivery, and those of the graph that
stay. An edge is one however often it was read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

import networkx as nx

from graph.loading.rows import EdgeRow, NodeRow
from graph.model import EDGES, OPEN_START, label_of
from graph.model.base import Cardinality
from graph.model.vocabulary import AreaLevel

MEND_ZH = (
    "来自本来源以前的交付，图中仍然有效：如已结束，请加 --missing end --ended-on 日期；"
    "如系误填，请加 --missing remove"
)
MEND_EN = (
    "was given by an earlier delivery of this source and still holds in the graph: load with "
    "--missing end --ended-on DAY if it has ended, with --missing remove if it was a mistake"
)


@dataclass
class Around:
    """The edges of the graph beside those of the delivery, as a load would leave them.

    `standing` are counted together with the delivery's own. `gone` are ids of those among them that
    an earlier delivery of the same source gave and this one does not. `ending` will be ended by the
    load and `removed` removed: neither counts against the delivery.
    """

    standing: Mapping[str, EdgeRow] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    ending: Sequence[EdgeRow] = ()
    removed: Sequence[EdgeRow] = ()


@dataclass
class Together:
    """What is judged of a delivery: all edges of it, or those that may clash (`doubtful`).

    Of the edges at one node that a rule counts there are all or none. `few` are by type and rule the
    nodes that may have no edge. `types` are those of the delivery's edges and of the standing ones.
    """

    edges: list[EdgeRow]
    few: dict[tuple[str, Cardinality], list[NodeRow]]
    types: list[str]


@dataclass(frozen=True)
class Clash:
    """One mistake: the row that it is told at, column and value, and the sentences."""

    row: EdgeRow | NodeRow
    column: str
    value: str
    zh: str
    en: str
    level: Literal["error", "warning"] = "error"
    lacks: str = ""
    """The edge type of which a node has too few."""


def clashes(
    judged: Together,
    around: Around,
    nodes: Mapping[str, NodeRow],
    known: Mapping[str, Mapping[str, Any]],
    faulty: Sequence[EdgeRow] = (),
) -> Iterator[Clash]:
    """What is wrong with the edges of a delivery together with those around it.

    Judged are those without a fault of their own. `nodes` are the delivery's own, `known` the
    properties of those that the graph holds. `faulty` edges do not make their nodes lack one: the
    mistake was told at the edge.
    """
    together = _Judge(judged, around, nodes, known)
    together.excused = {(e.type, node) for e in faulty for node in (e.start, e.end)}
    yield from together.clashes()


def certainly(edge: EdgeRow) -> tuple[date, date]:
    """The days on which an edge holds for certain: of one without a known start, its last.

    Registers that show a state only give no start. Two such edges, the first of which has ended,
    follow each other as far as anybody knows.
    """
    since, until = edge.properties["since"], edge.properties["until"]
    if edge.properties.get("since_known", True):
        return since, until
    return until - timedelta(days=1), until


def _by_node(edges: Iterable[EdgeRow], rule: Cardinality) -> dict[str, list[EdgeRow]]:
    """The edges that a rule counts, by the node at which it counts them."""
    found: dict[str, list[EdgeRow]] = defaultdict(list)
    for edge in edges:
        here, there = (edge.start, edge.end) if rule.side == "from" else (edge.end, edge.start)
        if rule.labels and label_of(here) not in rule.labels:
            continue
        if rule.other and label_of(there) not in rule.other:
            continue
        if not rule.roles or edge.properties["role"] in rule.roles:
            found[here].append(edge)
    return found


class _Judge:
    """One delivery with what is around it."""

    def __init__(
        self,
        judged: Together,
        around: Around,
        nodes: Mapping[str, NodeRow],
        known: Mapping[str, Mapping[str, Any]],
    ) -> None:
        self.judged = judged
        self.around = around
        self.nodes = nodes
        self.known = known
        self.own = {edge.id for edge in judged.edges}
        self.excused: set[tuple[str, str]] = set()

    def clashes(self) -> Iterator[Clash]:
        standing = [edge for edge in self.around.standing.values() if edge.id not in self.own]
        by_type = _by_type([*self.judged.edges, *standing])
        ending = _by_type(self.around.ending)
        for type_ in self.judged.types:
            found = by_type.get(type_, [])
            for rule in EDGES[type_].cardinalities:
                if rule.high is not None:
                    for node, counted in _by_node(found, rule).items():
                        if len(counted) > rule.high:
                            yield from self._overlaps(node, counted, type_, rule)
                    yield from self._before_the_end(found, ending.get(type_, ()), rule)
                if rule.low:
                    yield from self._too_few(type_, found, rule)
            if EDGES[type_].key is not None or EDGES[type_].spell_in_id:
                yield from self._spells(found)
            if EDGES[type_].acyclic:
                yield from self._circles(found)
        yield from self._levels(by_type.get("PART_OF", ()))

    def _too_few(self, type_: str, edges: Iterable[EdgeRow], rule: Cardinality) -> Iterator[Clash]:
        """Nodes of the delivery that are new, or lose an edge, and would have none."""
        there = _by_node(edges, rule)
        losing = _by_node((e for e in self.around.removed if e.type == type_), rule)
        for row in self.judged.few[type_, rule]:
            if row.id not in there:
                if (type_, row.id) in self.excused:
                    continue
                if row.id not in self.known:
                    zh, en = f"缺少关系 {type_}", f"has no edge {type_}"
                    yield Clash(row, "id", row.id, zh, en, lacks=type_)
                elif row.id in losing:
                    yield Clash(
                        row,
                        "id",
                        row.id,
                        f"按 --missing remove 导入后将缺少关系 {type_}：本次没有交付它",
                        f"would have no edge {type_} after --missing remove: this delivery does not give it",
                    )

    def _overlaps(
        self, node: str, edges: Iterable[EdgeRow], type_: str, rule: Cardinality
    ) -> Iterator[Clash]:
        one, *others = sorted(edges, key=certainly)
        for two in others:
            ours = [e for e in (two, one) if e.id in self.own]
            if certainly(two)[0] < certainly(one)[1] and ours:
                row = ours[0]
                old = one if row is two else two
                zh = f"{node} 同时有两条 {type_}：{one.id}、{two.id}"
                en = f"{node} has two {type_} at one time: {one.id}, {two.id}"
                if old.id in self.around.gone:
                    zh, en = f"{zh}；其中 {old.id} {MEND_ZH}", f"{en}; {old.id} {MEND_EN}"
                elif old.id not in self.own:
                    zh, en = f"{zh}；{old.id} 已在图中", f"{en}; the graph has {old.id}"
                since = row.properties["since"]
                yield Clash(row, "since", "" if since == OPEN_START else str(since), zh, en, rule.level)
            one = max(one, two, key=lambda e: certainly(e)[1])

    def _before_the_end(
        self, edges: Iterable[EdgeRow], ending: Iterable[EdgeRow], rule: Cardinality
    ) -> Iterator[Clash]:
        """Edges that begin, as they say, before the one ends in whose place they come."""
        if not ending:
            return
        places = _by_node(edges, rule)
        for node, olds in _by_node(ending, rule).items():
            for new in (e for e in places.get(node, ()) if e.id in self.own):
                if not new.properties.get("since_known", True):
                    continue
                since, until = certainly(new)
                late = [e for e in olds if since < certainly(e)[1] and certainly(e)[0] < until]
                if late:
                    end = late[0].properties["until"]
                    yield Clash(
                        new,
                        "since",
                        str(since),
                        f"早于所接替关系的结束日 {end}：{late[0].id}；两者都会保留，请核对",
                        f"before {end}, when {late[0].id} ends that it follows: both are kept, look at them",
                        "warning",
                    )

    def _spells(self, edges: Iterable[EdgeRow]) -> Iterator[Clash]:
        groups: dict[tuple[str, ...], list[EdgeRow]] = defaultdict(list)
        for edge in edges:
            groups[edge.start, edge.end, str(edge.properties[EDGES[edge.type].key or ""])].append(edge)
        for (start, _, _), found in groups.items():
            if len(found) > 1:
                yield from self._overlaps(start, found, found[0].type, Cardinality("from"))

    def _circles(self, edges: Sequence[EdgeRow]) -> Iterator[Clash]:
        """Circles whose edges all hold on one day; over the years things may change places."""
        for component in _components(edges):
            inside = [e for e in edges if e.start in component and e.end in component]
            for day in sorted({certainly(e)[0] for e in inside}):
                there = [e for e in inside if certainly(e)[0] <= day < certainly(e)[1]]
                for circle in _components(there):
                    ours = [e for e in there if e.id in self.own and {e.start, e.end} <= circle]
                    if ours:
                        row, listed = ours[0], ", ".join(sorted(circle))
                        zh, en = f"循环归属：{listed}", f"a circle of {row.type}: {listed}"
                        yield Clash(row, "to", row.end, zh, en)
                        return

    def _levels(self, edges: Iterable[EdgeRow]) -> Iterator[Clash]:
        """An area lies in an area of a higher level, or the lowest of several were not one."""
        for edge in edges:
            if (label_of(edge.start), label_of(edge.end)) != ("Area", "Area"):
                continue
            below, above = self._level(edge.start), self._level(edge.end)
            if AreaLevel.height(below) < AreaLevel.height(above):
                continue
            if edge.id not in self.own and None in (below, above):
                continue  # read on the way up, and no matter of this delivery
            # An edge of the graph is at fault only where the delivery changes a level.
            node = self.nodes.get(edge.start) or self.nodes.get(edge.end)
            row = edge if edge.id in self.own or node is None else node
            yield Clash(
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


def _components(edges: Iterable[EdgeRow]) -> list[set[str]]:
    """The circles of a graph of edges, each with all nodes that are in circles with one another."""
    graph: nx.DiGraph[str] = nx.DiGraph((e.start, e.end) for e in edges)
    return [
        c
        for c in nx.strongly_connected_components(graph)
        if len(c) > 1 or any(graph.has_edge(n, n) for n in c)
    ]


def _by_type(edges: Iterable[EdgeRow]) -> dict[str, list[EdgeRow]]:
    grouped: dict[str, list[EdgeRow]] = defaultdict(list)
    for edge in edges:
        grouped[edge.type].append(edge)
    return grouped
