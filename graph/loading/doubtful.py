"""Which rows of a delivery have to be judged one by one, found by column and without knowing a rule.

The rules are in `check` and `together`. Edges that are alike in everything that a rule for one edge
looks at get one verdict: one of them is judged for all. A rule for edges together is asked about the
nodes at which more edges come together than may be, or none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain
from operator import itemgetter, le
from typing import TYPE_CHECKING, Any

from graph.loading.alike import keys_of, more_than_once, of_same_ends
from graph.loading.blocks import Block, Rows
from graph.loading.numbered import Numbered, Numbers, numbers_of
from graph.loading.rows import EdgeRow, NodeRow
from graph.loading.together import Around, Suspects
from graph.model import EDGES, labels_by_prefix
from graph.model.base import Cardinality

if TYPE_CHECKING:
    from graph.loading.delivery import Delivery

_LOOKED_AT = {"PartyOrganization": "level", "PropertyProject": "mode"}
"""By label, the property of an end by which an edge is judged."""

_LABELS = labels_by_prefix()
_AT_ONCE = 3
"""How often the ends of ways are taken away at once: places lie in each other that deep, but for streets."""

Doubts = Callable[[Any], bool]
"""Whether one row is at fault; asked of one of many that are alike."""


def doubtful_nodes(nodes: Rows[NodeRow], different: int, doubts_source: Doubts) -> Iterator[NodeRow]:
    """Nodes whose id has another form or stands twice, or whose source is in doubt.

    `different` is how many ids there are.
    """
    double = set(more_than_once(list(nodes.ids()))) if different < len(nodes) else set()
    for block in nodes.blocks:
        found = set(block.misformed)
        if double:
            found |= {i for i, id_ in enumerate(block.ids) if id_ in double}
        found |= _alike(block, partial(block.column, "source"), doubts_source)
        yield from block.pick(sorted(found))


def doubtful_edges(
    edges: Rows[EdgeRow],
    nodes: Rows[NodeRow],
    changed: Collection[str],
    known: Mapping[str, Mapping[str, Any]],
    doubts: Doubts,
) -> Iterator[tuple[Block[EdgeRow], list[int]]]:
    """By block, the edges one of whose kind is at fault.

    `changed` are nodes that a load leaves other than given, `known` those of the graph.
    """
    numbers = numbers_of(*(block.ids for block in nodes.blocks))
    joined = [[Numbered.of(ids, numbers) for ids in (block.starts, block.ends)] for block in edges.blocks]
    kinds = _kinds(nodes, changed, known, numbers)
    for block, ends in zip(edges.blocks, joined, strict=True):
        looked_at: list[Sequence[Hashable]] = [[*map(kinds.__getitem__, ids.rows)] for ids in ends]
        early = list(map(le, block.column("until"), block.column("since")))
        if True in early:
            looked_at.append(early)
        if len(block.values("source")) > 1:
            looked_at.append(block.column("source"))
        if block.kind == "HOLDS_POST":
            looked_at.append(block.column("role"))
        yield block, sorted(_alike(block, partial(zip, *looked_at, strict=True), doubts))


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
    ids = {i for block in nodes.blocks if block.kind in labels for i in block.ids}
    ids = {i for i in ids if i not in there or _label(i) not in labels}
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
    return there


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
            found.update(of_same_ends(block))
        if self.edge.acyclic and self._has_circle():
            return set(range(len(block)))
        if block.kind == "PART_OF":
            found |= {i for i, id_ in enumerate(block.starts) if id_[:1].isdigit()}
        return found

    def _too_many(self, rule: Cardinality, high: int) -> set[int]:
        ids, there = self.block.starts, self.block.ends
        if rule.side == "to":
            ids, there = there, ids
        here = keys_of(ids)
        positions: Sequence[int] = range(len(here))
        if rule.roles:
            positions = sorted(i for role in rule.roles for i in self.by_role.get(role, ()))
        if rule.other:
            positions = [i for i in positions if _label(there[i]) in rule.other]
        counted = here if len(positions) == len(here) else [here[i] for i in positions]
        many = set(more_than_once(counted, high))
        found = {i for i in positions if here[i] in many} if many else set[int]()
        return {i for i in found if _label(ids[i]) in rule.labels} if rule.labels else found

    @cached_property
    def by_role(self) -> dict[str, list[int]]:
        """The positions of edges by their role."""
        found: dict[str, list[int]] = defaultdict(list)
        for i, role in enumerate(self.block.column("role")):
            found[role].append(i)
        return found

    def _has_circle(self) -> bool:
        """Whether nodes are left when those that nothing leads to are taken away, again and again."""
        standing = ((e.start, e.end) for e in self.standing)
        edges = [*zip(self.block.starts, self.block.ends, strict=True), *standing]
        for _ in range(_AT_ONCE):  # most lie at an end: those go all at once
            starts, ends = set(map(itemgetter(0), edges)), set(map(itemgetter(1), edges))
            edges = [edge for edge in edges if edge[0] in ends and edge[1] in starts]
        out: dict[str, list[str]] = {}
        for start, end in edges:
            out.setdefault(start, []).append(end)
        into = Counter(chain.from_iterable(out.values()))
        free = [start for start in out if start not in into]
        while free:
            for end in out.pop(free.pop(), ()):
                into[end] -= 1
                if not into[end]:
                    free.append(end)
        return bool(out)


def _kinds(
    nodes: Rows[NodeRow], changed: Collection[str], known: Mapping[str, Mapping[str, Any]], numbers: Numbers
) -> list[Hashable]:
    """By number, what an edge at a node is judged by: its label and what is looked at, or the node itself.

    Where the delivery leaves open what is looked at, that is what the graph has (`known`).
    """
    columns = [Numbered.of(block.ids, numbers) for block in nodes.blocks]
    found: list[Hashable] = [*numbers.texts]
    for block, ids in zip(nodes.blocks, columns, strict=True):
        name = _LOOKED_AT.get(block.kind)
        if name is None:
            for number in ids.rows:
                found[number] = block.kind
            continue
        for number, id_, value in zip(ids.rows, ids, block.column(name), strict=True):
            kept = known[id_].get(name) if value is None and id_ in known else None
            found[number] = block.kind, value, kept
    misformed = (block.ids[i] for block in nodes.blocks for i in block.misformed)
    for id_ in (*misformed, *changed):
        if id_ in numbers:
            found[numbers[id_]] = id_
    return found


def _label(id_: str) -> str:
    """The label that an id belongs to; empty for the id of no label, which was reported."""
    return _LABELS.get("" if id_[:1].isdigit() else id_.partition("-")[0], "")


def _alike(block: Block[Any], keys: Callable[[], Iterable[Hashable]], doubts: Doubts) -> set[int]:
    """The rows whose kind is at fault: one of each kind is asked about."""
    one = dict(zip(keys(), range(len(block)), strict=True))
    wrong = {key for key, i in one.items() if doubts(block.pick([i])[0])}
    return {i for i, key in enumerate(keys()) if key in wrong} if wrong else set()
