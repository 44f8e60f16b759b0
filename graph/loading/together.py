"""Rules about several edges at once: how many at one time, no circles, levels of areas that rise.

They are checked on the state that a load would leave: the edges of the delivery with those of the graph
that stay. An edge that is in both counts once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

import networkx as nx

from graph.loading.rows import EdgeRow, NodeRow
from graph.model import EDGES, OPEN_START, label_of
from graph.model.base import Cardinality
from graph.model.vocabulary import AreaLevel

MEND_ZH = (
    "来自本来源以前的交付，图中仍然有效：如已终止，“上次有、这次没有的”选“自某日起终止”"
    "（命令行 --missing end --ended-on 日期）；如系误填，选“删除”（命令行 --missing remove）"
)
MEND_EN = (
    "was given by an earlier delivery of this source and still holds in the graph: load with "
    "--missing end --ended-on DAY if it has ended, with --missing remove if it was a mistake"
)


@dataclass
class Around:
    """The edges of the graph that matter for a delivery, as the load would leave them.

    `standing` stay and are counted with the delivery's own. `gone` are the ids of those among them that an
    earlier delivery of the same source gave and this one does not. `ending` are ended by the load and
    `removed` removed: they are not counted.
    """

    standing: Mapping[str, EdgeRow] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    ending: Sequence[EdgeRow] = ()
    removed: Sequence[EdgeRow] = ()


@dataclass
class Suspects:
    """What is checked of a delivery: all of its edges, or those that may break a rule (`doubtful.py`).

    Where a rule counts the edges at a node, all of them are here or none. `edgeless` are the nodes that may
    have no edge, by edge type and rule. `types` are the edge types of the delivery and of standing edges.
    """

    edges: list[EdgeRow]
    edgeless: dict[tuple[str, Cardinality], list[NodeRow]]
    types: list[str]


@dataclass(frozen=True)
class Clash:
    """One broken rule: the row, column and value where it is reported, and what to say."""

    row: EdgeRow | NodeRow
    column: str
    value: str
    zh: str
    en: str
    level: Literal["error", "warning"] = "error"
    lacks: str = ""
    """The edge type that the node has none of, if that is what is wrong."""


def clashes(
    suspects: Suspects,
    around: Around,
    nodes: Mapping[str, NodeRow],
    known: Mapping[str, Mapping[str, Any]],
    faulty: Sequence[EdgeRow] = (),
) -> Iterator[Clash]:
    """Rules that the edges of a delivery break, together with those around them.

    `nodes` are the delivery's, `known` the properties of nodes in the graph. `faulty` are edges of the
    delivery with a fault of their own: they are not among the suspects, and as they are reported already,
    their nodes are not said to lack an edge.
    """
    excused = {(edge.type, node) for edge in faulty for node in (edge.start, edge.end)}
    yield from _Judge(suspects, around, nodes, known, excused).clashes()


def certain_days(edge: EdgeRow) -> tuple[date, date]:
    """From and until when an edge certainly holds; without a known start, on its last day only.

    A register that shows only the present gives no start. So two such edges, the first of which has ended,
    are taken to follow each other, not to overlap.
    """
    since, until = edge.properties["since"], edge.properties["until"]
    if edge.properties.get("since_known", True):
        return since, until
    return until - timedelta(days=1), until


def _by_node(edges: Iterable[EdgeRow], rule: Cardinality) -> dict[str, list[EdgeRow]]:
    """The edges that a rule counts, by the node at which it counts them."""
    by_node: dict[str, list[EdgeRow]] = defaultdict(list)
    for edge in edges:
        here, there = (edge.start, edge.end) if rule.side == "from" else (edge.end, edge.start)
        if rule.labels and label_of(here) not in rule.labels:
            continue
        if rule.other and label_of(there) not in rule.other:
            continue
        if not rule.roles or edge.properties["role"] in rule.roles:
            by_node[here].append(edge)
    return by_node


class _Judge:
    """Checks one delivery with what is around it."""

    def __init__(
        self,
        suspects: Suspects,
        around: Around,
        nodes: Mapping[str, NodeRow],
        known: Mapping[str, Mapping[str, Any]],
        excused: Collection[tuple[str, str]],
    ) -> None:
        self.suspects = suspects
        self.around = around
        self.nodes = nodes
        self.known = known
        self.excused = excused
        self.own = {edge.id for edge in suspects.edges}

    def clashes(self) -> Iterator[Clash]:
        standing = [edge for edge in self.around.standing.values() if edge.id not in self.own]
        by_type = _by_type([*self.suspects.edges, *standing])
        ending = _by_type(self.around.ending)
        for type_ in self.suspects.types:
            edges = by_type.get(type_, [])
            for rule in EDGES[type_].cardinalities:
                if rule.high is not None:
                    for node, counted in _by_node(edges, rule).items():
                        if len(counted) > rule.high:
                            yield from self._overlaps(node, counted, type_, rule)
                    yield from self._before_the_end(edges, ending.get(type_, ()), rule)
                if rule.low:
                    yield from self._too_few(type_, edges, rule)
            if EDGES[type_].key is not None or EDGES[type_].spell_in_id:
                yield from self._spells(edges)
            if EDGES[type_].acyclic:
                yield from self._circles(edges)
        yield from self._levels(by_type.get("PART_OF", ()))

    def _too_few(self, type_: str, edges: Iterable[EdgeRow], rule: Cardinality) -> Iterator[Clash]:
        """Nodes of the delivery that are new, or lose an edge, and would have none."""
        having = _by_node(edges, rule)
        losing = _by_node((e for e in self.around.removed if e.type == type_), rule)
        for node in self.suspects.edgeless[type_, rule]:
            if node.id in having or (type_, node.id) in self.excused:
                continue
            if node.id not in self.known:
                zh, en = f"缺少关系“{EDGES[type_].zh}”（{type_}）", f"has no edge {type_}"
                yield Clash(node, "id", node.id, zh, en, lacks=type_)
            elif node.id in losing:
                yield Clash(
                    node,
                    "id",
                    node.id,
                    f"按“删除”（--missing remove）导入后将缺少关系 {type_}：本次没有交付它",
                    f"would have no edge {type_} after --missing remove: this delivery does not give it",
                )

    def _overlaps(
        self, node: str, edges: Iterable[EdgeRow], type_: str, rule: Cardinality
    ) -> Iterator[Clash]:
        """Edges of which only one may hold at a time, each compared with the one before that ends last."""
        last, *following = sorted(edges, key=certain_days)
        for edge in following:
            own = [e for e in (edge, last) if e.id in self.own]
            if certain_days(edge)[0] < certain_days(last)[1] and own:
                row = own[0]
                other = last if row is edge else edge
                far = [self._far(e, node) for e in (last, edge)]
                far = [e.id for e in (last, edge)] if far[0] == far[1] else far
                zh = f"{self._called(node)} 同时有两条关系（{EDGES[type_].zh}）：{far[0]}、{far[1]}"
                en = f"{node} has two {type_} at one time: {last.id}, {edge.id}"
                if other.id in self.around.gone:
                    zh, en = f"{zh}；其中 {self._far(other, node)} {MEND_ZH}", f"{en}; {other.id} {MEND_EN}"
                elif other.id not in self.own:
                    zh, en = f"{zh}；{self._far(other, node)} 已在图中", f"{en}; the graph has {other.id}"
                since = row.properties["since"]
                yield Clash(row, "since", "" if since == OPEN_START else str(since), zh, en, rule.level)
            last = max(last, edge, key=lambda e: certain_days(e)[1])

    def _far(self, edge: EdgeRow, node: str) -> str:
        """What an edge of a node leads to, with the post where it is one; a person is named by the id."""
        name = self._called(edge.end if node == edge.start else edge.start)
        kind = EDGES[edge.type]
        terms = (kind.properties()[kind.key].vocabulary if kind.key else None) or ()
        said = [term.zh for term in terms if term.value == edge.properties.get(kind.key or "")]
        return " ".join([name, *said])

    def _called(self, id_: str) -> str:
        """A node by its name, as who delivers knows it; a person by the id."""
        row = self.nodes.get(id_)
        name = (self.known.get(id_, {}) if row is None else row.properties).get("name")
        return id_ if name is None or label_of(id_) == "Person" else f"“{name}”（{id_}）"

    def _before_the_end(
        self, edges: Iterable[EdgeRow], ending: Iterable[EdgeRow], rule: Cardinality
    ) -> Iterator[Clash]:
        """Edges of the delivery that begin before the edge that they replace ends (a warning)."""
        if not ending:
            return
        by_node = _by_node(edges, rule)
        for node, replaced in _by_node(ending, rule).items():
            for new in by_node.get(node, ()):
                if new.id not in self.own or not new.properties.get("since_known", True):
                    continue
                since, until = certain_days(new)
                late = [e for e in replaced if since < certain_days(e)[1] and certain_days(e)[0] < until]
                if late:
                    end = late[0].properties["until"]
                    yield Clash(
                        new,
                        "since",
                        str(since),
                        f"早于所接替关系的终止日 {end}：{late[0].id}；两者都会保留，请核对",
                        f"before {end}, when {late[0].id} ends that it follows: both are kept, look at them",
                        "warning",
                    )

    def _spells(self, edges: Iterable[EdgeRow]) -> Iterator[Clash]:
        """Edges of one type between the same two nodes, with the same key, that overlap in time."""
        groups: dict[tuple[str, ...], list[EdgeRow]] = defaultdict(list)
        for edge in edges:
            groups[edge.start, edge.end, str(edge.properties[EDGES[edge.type].key or ""])].append(edge)
        for (start, _, _), spells in groups.items():
            if len(spells) > 1:
                yield from self._overlaps(start, spells, spells[0].type, Cardinality("from"))

    def _circles(self, edges: Sequence[EdgeRow]) -> Iterator[Clash]:
        """The first circle whose edges all hold on one day; over the years what is above may come below."""
        for component in _components(edges):
            inside = [e for e in edges if e.start in component and e.end in component]
            for day in sorted({certain_days(e)[0] for e in inside}):
                holding = [e for e in inside if certain_days(e)[0] <= day < certain_days(e)[1]]
                for circle in _components(holding):
                    own = [e for e in holding if e.id in self.own and {e.start, e.end} <= circle]
                    if own:
                        row, listed = own[0], ", ".join(sorted(circle))
                        zh, en = f"循环归属：{listed}", f"a circle of {row.type}: {listed}"
                        yield Clash(row, "to", row.end, zh, en)
                        return

    def _levels(self, edges: Iterable[EdgeRow]) -> Iterator[Clash]:
        """`PART_OF` between areas that does not rise in level: which area is lowest would be unclear."""
        for edge in edges:
            if (label_of(edge.start), label_of(edge.end)) != ("Area", "Area"):
                continue
            below, above = self._level(edge.start), self._level(edge.end)
            if AreaLevel.height(below) < AreaLevel.height(above):
                continue
            if edge.id not in self.own and None in (below, above):
                continue  # an edge of the graph whose levels this delivery does not touch
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
        properties = self.known.get(area, {}) if node is None else node.properties
        return properties.get("level")


def _components(edges: Iterable[EdgeRow]) -> list[set[str]]:
    """The circles in a graph of edges: sets of nodes, each of which leads to all others of its set."""
    graph: nx.DiGraph[str] = nx.DiGraph((e.start, e.end) for e in edges)
    return [
        nodes
        for nodes in nx.strongly_connected_components(graph)
        if len(nodes) > 1 or any(graph.has_edge(node, node) for node in nodes)
    ]


def _by_type(edges: Iterable[EdgeRow]) -> dict[str, list[EdgeRow]]:
    grouped: dict[str, list[EdgeRow]] = defaultdict(list)
    for edge in edges:
        grouped[edge.type].append(edge)
    return grouped
