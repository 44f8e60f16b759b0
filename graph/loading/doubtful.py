"""Which rows of a delivery have to be judged one by one, found by column and without knowing a rule.

The rules are in `check` and `together`. Edges that are alike in everything that a rule for one edge
looks at get one verdict: one of them is judged for all. A rule for edges together is asked about the
nodes at which more edges come together than may be, or none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import le
from typing import TYPE_CHECKING, Any

from graph.loading.blocks import Block, Rows
from graph.loading.rows import EdgeRow, NodeRow
from graph.loading.together import Around, Suspects
from graph.model import EDGES, labels_by_prefix
from graph.model.base import Cardinality

if TYPE_CHECKING:
    from graph.loading.delivery import Delivery

_LOOKED_AT = {"PartyOrganization": "level", "PropertyProject": "mode"}
"""By label, the property of an end by which an edge is judged."""

_LABELS = labels_by_prefix()

Doubts = Callable[[Any], bool]
"""Whether one row is at fault; asked of one of many that are alike."""


def doubtful_nodes(nodes: Rows[NodeRow], doubts_source: Doubts) -> Iterator[NodeRow]:
    """Nodes whose id has another form or stands twice, or whose source is in doubt."""
    double = set(_more_than_once(list(nodes.ids())))
    for block in nodes.blocks:
        found = set(block.misformed)
        if double:
            found |= {i for i, id_ in enumerate(block.ids) if id_ in double}
        found |= _alike(block, block.column("source"), doubts_source)
        yield from block.pick(sorted(found))


def twice(ids: Iterable[str]) -> set[str]:
    """Ids that stand more than once."""
    return set(_more_than_once(list(ids)))


def doubtful_edges(
    edges: Rows[EdgeRow], nodes: Rows[NodeRow], changed: Collection[str], doubts: Doubts
) -> Iterator[tuple[Block[EdgeRow], list[int]]]:
    """By block, the edges one of whose kind is at fault.

    `changed` are nodes that a load leaves other than given.
    """
    kinds = _kinds(nodes, changed)
    for block in edges.blocks:
        early = list(map(le, block.column("until"), block.column("since")))
        looked_at = [
            _kinds_of(block.starts, kinds),
            _kinds_of(block.ends, kinds),
            block.column("source"),
            early,
        ]
        if block.kind == "HOLDS_POST":
            looked_at.append(block.column("role"))
        yield block, sorted(_alike(block, zip(*looked_at, strict=True), doubts))


def doubtful_together(
    delivery: Delivery,
    faulty: Sequence[Collection[int]],
    around: Around,
    changed: Collection[str],
    *,
    one_by_one: bool = False,
) -> Suspects:
    """What may clash: edges of nodes that have too many, nodes that have none, circles, levels.

    `faulty` are by block the edges that have a fault of their own: they are left out. All edges are in
    doubt that meet one of the graph's, or one that a load leaves other than given; `one_by_one` all.
    """
    standing: dict[str, list[EdgeRow]] = {}
    for edge in around.standing.values():
        standing.setdefault(edge.type, []).append(edge)
    met = {n for e in (*around.standing.values(), *around.ending, *around.removed) for n in (e.start, e.end)}
    for id_ in changed:
        met |= set(id_.split("~")[::2][:2]) if "~" in id_ else set()
    found = Suspects([], {}, [])
    for block, wrong in zip(delivery.edges.blocks, faulty, strict=True):
        if len(wrong) == len(block):
            continue
        found.types += [block.kind] if block.kind not in found.types else []
        own = _Own(block, standing.get(block.kind, ()))
        doubtful = set(range(len(block))) if one_by_one else own.doubtful() | own.at(met)
        found.edges += block.pick(sorted(doubtful - set(wrong)))
    found.types += [t for t in standing if t not in found.types]
    for type_ in found.types:
        for rule in EDGES[type_].cardinalities:
            if rule.low:
                there = set() if one_by_one else _there(delivery.edges, standing.get(type_, ()), type_, rule)
                found.edgeless[type_, rule] = _nodes_without(
                    delivery.nodes, there, rule.labels or ("Resource",)
                )
    return found


def _nodes_without(nodes: Rows[NodeRow], there: Collection[str], labels: Collection[str]) -> list[NodeRow]:
    """The nodes of some labels that are not there; of several with one id the last is meant."""
    ids = {i for block in nodes.blocks if block.kind in labels for i in block.ids} - set(there)
    last: dict[str, NodeRow] = {}
    for block in nodes.blocks if ids else ():
        last |= {node.id: node for node in block.pick([i for i, id_ in enumerate(block.ids) if id_ in ids])}
    return [node for node in last.values() if node.label in labels]


def _there(edges: Rows[EdgeRow], standing: Iterable[EdgeRow], type_: str, rule: Cardinality) -> set[str]:
    """Nodes at which there is an edge that a rule counts, which looks at nothing but its type."""
    assert not rule.other
    assert not rule.roles
    there = {e.start if rule.side == "from" else e.end for e in standing}
    for block in edges.blocks:
        if block.kind == type_:
            there.update(block.starts if rule.side == "from" else block.ends)
    return {id_ for id_ in there if _label(id_) in rule.labels} if rule.labels else there


class _Own:
    """The edges of one block, with those of the graph that are counted with them."""

    def __init__(self, block: Block[EdgeRow], standing: Sequence[EdgeRow]) -> None:
        self.block = block
        self.standing = standing
        self.edge = EDGES[block.kind]

    def at(self, nodes: Collection[str]) -> set[int]:
        """The edges that start or end at a node."""
        if not nodes:
            return set()
        ends = zip(self.block.starts, self.block.ends, strict=True)
        return {i for i, (start, end) in enumerate(ends) if start in nodes or end in nodes}

    def doubtful(self) -> set[int]:
        block, found = self.block, set[int]()
        for rule in self.edge.cardinalities:
            if rule.high is not None:
                found |= self._too_many(rule, rule.high)
        if self.edge.key is not None:
            pairs = list(zip(block.starts, block.ends, block.column(self.edge.key), strict=True))
            double = set(_more_than_once(pairs))
            found |= {i for i, pair in enumerate(pairs) if pair in double} if double else set()
        if self.edge.acyclic and self._has_circle():
            return set(range(len(block)))
        if block.kind == "PART_OF":
            found |= {i for i, id_ in enumerate(block.starts) if id_[:1].isdigit()}
        return found

    def _too_many(self, rule: Cardinality, high: int) -> set[int]:
        here, there = self.block.starts, self.block.ends
        if rule.side == "to":
            here, there = there, here
        positions: Sequence[int] = range(len(here))
        if rule.roles:
            positions = [i for i, role in enumerate(self.block.column("role")) if role in rule.roles]
        if rule.other:
            positions = [i for i in positions if _label(there[i]) in rule.other]
        counted = here if len(positions) == len(here) else [here[i] for i in positions]
        many = {
            node for node in _more_than_once(counted, high) if not rule.labels or _label(node) in rule.labels
        }
        return {i for i in positions if here[i] in many} if many else set()

    def _has_circle(self) -> bool:
        """Whether nodes are left when those that nothing leads to are taken away, again and again."""
        out: dict[str, list[str]] = {}
        standing = ((e.start, e.end) for e in self.standing)
        for start, end in chain(zip(self.block.starts, self.block.ends, strict=True), standing):
            out.setdefault(start, []).append(end)
        into = Counter(chain.from_iterable(out.values()))
        free = [start for start in out if start not in into]
        while free:
            for end in out.pop(free.pop(), ()):
                into[end] -= 1
                if not into[end]:
                    free.append(end)
        return bool(out)


def _kinds(nodes: Rows[NodeRow], changed: Collection[str]) -> dict[str, Hashable]:
    """By id, what an edge at the node is judged by: its label and what is looked at, or the node itself."""
    kinds: dict[str, Hashable] = {}
    for block in nodes.blocks:
        name = _LOOKED_AT.get(block.kind)
        if name is None:
            kinds |= dict.fromkeys(block.ids, block.kind)
        else:
            given = zip(block.ids, block.column(name), strict=True)
            kinds |= {id_: id_ if value is None else f"{block.kind} {value}" for id_, value in given}
        kinds |= {block.ids[i]: block.ids[i] for i in block.misformed}
    kinds |= {id_: id_ for id_ in changed if id_ in kinds}
    return kinds


def _kinds_of(ids: Sequence[str], kinds: Mapping[str, Hashable]) -> list[Hashable]:
    found = list(map(kinds.get, ids))
    return (
        [id_ if kind is None else kind for id_, kind in zip(ids, found, strict=True)]
        if None in found
        else found
    )


def _label(id_: str) -> str:
    """The label that an id belongs to; empty for the id of no label, which was reported."""
    return _LABELS.get("" if id_[:1].isdigit() else id_.partition("-")[0], "")


def _alike(block: Block[Any], keys: Iterable[Hashable], doubts: Doubts) -> set[int]:
    """The rows whose kind is at fault: one of each kind is asked about."""
    listed = list(keys)
    last = dict(zip(listed, range(len(listed)), strict=True))
    wrong = {key for key, i in last.items() if doubts(block.pick([i])[0])}
    return {i for i, key in enumerate(listed) if key in wrong} if wrong else set()


def _more_than_once(things: Sequence[Any], times: int = 1) -> list[Any]:
    """What stands more often than that."""
    if len(set(things)) == len(things):
        return []
    return [thing for thing, count in Counter(things).items() if count > times]
