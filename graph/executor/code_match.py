"""Code of patterns: loops over nodes and edges, from what is known to what is not.

A pattern begins where fewest are: at a node that is known, at an id, else at the nodes of a label. Every
condition stands in the outermost loop in which all that it names is known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from graph.executor.code import Bound, Code, Frame, Names, makes, value
from graph.executor.code_truth import has_label, truth
from graph.executor.kinds import EdgeKind, ListKind, NodeKind, join
from graph.executor.syntax import (
    EdgePattern,
    Expression,
    ListOf,
    Match,
    NodePattern,
    Operation,
    PathPattern,
    PatternComprehension,
    Property,
    Quantifier,
    Variable,
    names_in,
)
from graph.executor.tokens import NotCompiled
from graph.model import EDGES


@dataclass
class _Matching:
    """A `MATCH` on its way into loops."""

    frame: Frame
    names: dict[str, Bound]
    waiting: list[tuple[frozenset[str], Expression]]
    """Conditions, each with the variables of the pattern that it names and that are not known yet."""
    edges: list[Code] = field(default_factory=list)
    """The edges that are matched: none is matched twice."""

    def known(self, name: str, bound: Bound) -> None:
        """A variable is known from here on: conditions that waited for it stand here."""
        self.names[name] = bound
        left = []
        for missing, condition in self.waiting:
            if missing <= self.names.keys():
                self.test(truth(self.frame, self.names, condition))
            else:
                left.append((missing, condition))
        self.waiting = left

    def test(self, condition: str) -> None:
        """What follows stands in a condition."""
        if condition != "True":
            self.enter(f"if {condition}:")

    def enter(self, line: str) -> None:
        """What follows stands in a block."""
        self.frame.write(line)
        self.frame.depth += 1


def match(frame: Frame, names: Names, clause: Match, inside: Callable[[Names], None]) -> None:
    """Write the loops of a `MATCH`, with what `inside` writes for every match."""
    if clause.optional:
        _optional(frame, names, clause, inside)
        return
    depth = frame.depth
    paths = [_with_names(frame, path) for path in clause.paths]
    conditions = _split(clause.where)
    new = {name for path in paths for name in names_in((path.nodes, path.edges))} - names.keys()
    for path in paths:
        conditions += [c for node in path.nodes for c in _entries(node)]
        conditions += [c for edge in path.edges for c in _entries(edge)]
    waiting = [(frozenset(names_in(c)) & new, c) for c in conditions]
    matching = _Matching(frame, dict(names), [w for w in waiting if w[0]])
    for missing, condition in waiting:
        if not missing:
            matching.test(truth(frame, names, condition))
    for path in paths:
        _path(matching, path)
    if matching.waiting:
        raise NotCompiled("a condition of what no pattern gives")
    inside({k: b for k, b in matching.names.items() if not k.startswith(" ")})
    frame.depth = depth


def _optional(frame: Frame, names: Names, clause: Match, inside: Callable[[Names], None]) -> None:
    """Every match, or nulls where there is none."""
    inner = Frame(frame.unit)
    found = inner.new("found")
    inner.write(f"{found} = []")
    new: dict[str, Bound] = {}

    def keep(known: Names) -> None:
        new.update({k: b for k, b in known.items() if k not in names})
        inner.write(f"{found}.append(({', '.join(b.name for b in new.values())},))")

    match(inner, names, Match(clause.paths, clause.where), keep)
    inner.write(f"return {found} or [({'None, ' * len(new)})]")
    name = inner.finish("optional")
    bound = {k: frame.bind(k, _or_null(b)) for k, b in new.items()}
    rows = frame.call(name, inner.arguments)
    with frame.block(f"for ({', '.join(b.name for b in bound.values())},) in {rows}:"):
        inside({**names, **bound})


def _or_null(bound: Bound) -> NodeKind | EdgeKind | ListKind:
    kind = bound.kind
    if isinstance(kind, NodeKind):
        return NodeKind(True, kind.labels)
    if isinstance(kind, EdgeKind):
        return EdgeKind(True, kind.types)
    assert isinstance(kind, ListKind)
    return ListKind(True, kind.of)


@makes(PatternComprehension)
def _comprehension(frame: Frame, names: Names, tree: PatternComprehension) -> Code:
    inner = Frame(frame.unit)
    found = inner.new("found")
    inner.write(f"{found} = []")
    gives: list[Code] = []

    def keep(known: Names) -> None:
        gives.append(value(inner, known, tree.gives))
        inner.write(f"{found}.append({gives[0].text})")

    match(inner, names, Match((tree.path,), tree.where), keep)
    inner.write(f"return {found}")
    name = inner.finish("listed")
    return Code(frame.call(name, inner.arguments), ListKind(of=gives[0].kind))


def _with_names(frame: Frame, path: PathPattern) -> PathPattern:
    """A name for everything; those that the text does not have begin with a blank."""
    nodes = tuple(
        NodePattern(n.name or f" {frame.unit.fresh('node')}", n.labels, n.items) for n in path.nodes
    )
    edges = tuple(
        EdgePattern(e.name or f" {frame.unit.fresh('edge')}", e.types, e.items, e.away, e.low, e.high)
        for e in path.edges
    )
    return PathPattern(nodes, edges)


def _split(where: Expression | None) -> list[Expression]:
    """The conditions that all have to hold; `all` of two lists joined is `all` of each."""
    if where is None:
        return []
    if isinstance(where, Operation) and where.sign == "AND":
        return [c for operand in where.operands for c in _split(operand)]
    if isinstance(where, Quantifier) and where.kind == "all":
        if isinstance(where.of, Operation) and where.of.sign == "+":
            return [
                c
                for of in where.of.operands
                for c in _split(Quantifier("all", where.name, of, where.where))
            ]
        if isinstance(where.of, ListOf) and len(where.of.items) > 1:
            items = [ListOf((item,)) for item in where.of.items]
            return [Quantifier("all", where.name, item, where.where) for item in items]
    return [where]


def _entries(pattern: NodePattern | EdgePattern) -> list[Expression]:
    assert pattern.name is not None
    return [Operation("=", (Property(Variable(pattern.name), key), item)) for key, item in pattern.items]


def _path(matching: _Matching, path: PathPattern) -> None:
    start = _start_of(matching, path)
    if start is None:
        _edge_first(matching, path)
        return
    _begin(matching, path.nodes[start])
    for n in range(start, len(path.edges)):
        _step(matching, path.nodes[n], path.edges[n], path.nodes[n + 1], forwards=True)
    for n in range(start, 0, -1):
        _step(matching, path.nodes[n], path.edges[n - 1], path.nodes[n - 1], forwards=False)


def _start_of(matching: _Matching, path: PathPattern) -> int | None:
    """The node at which to begin; None: at the edge, for no node is told."""
    for n, node in enumerate(path.nodes):
        if node.name in matching.names:
            return n
    for n, node in enumerate(path.nodes):
        if _id_of(matching, node) is not None:
            return n
    spans = matching.frame.unit.columns.labels
    labelled = [(sum(len(spans[i].live) for i in node.labels), n) for n, node in enumerate(path.nodes) if node.labels]
    if labelled:
        return min(labelled)[1]
    return None if len(path.edges) == 1 and path.edges[0].low is None and path.edges[0].away is not None else 0


def _id_of(matching: _Matching, node: NodePattern) -> Expression | None:
    """What a pattern says of the id, where all that it names is known."""
    asked = dict(node.items).get("id")
    return asked if asked is not None and set(names_in(asked)) <= matching.names.keys() else None


def _begin(matching: _Matching, node: NodePattern) -> None:
    """Loop over the nodes with which a pattern may begin."""
    frame, name = matching.frame, node.name
    assert name is not None
    if name in matching.names:
        bound = matching.names[name]
        if not isinstance(bound.kind, NodeKind):
            raise NotCompiled(f"{name} is no node")
        code = Code(frame.use(bound.name), bound.kind, simple=True)
        if bound.kind.null:
            matching.test(f"{code.text} is not None")
            bound = Bound(bound.name, NodeKind(False, bound.kind.labels))
            code = Code(code.text, bound.kind, simple=True)
        if node.labels:
            matching.test(has_label(frame, code, node.labels))
            bound = Bound(bound.name, _narrowed(bound.kind, node.labels))
        matching.known(name, bound)
        return
    bound = frame.bind(name.strip(), NodeKind(False, frozenset(node.labels) or None))
    asked = _id_of(matching, node)
    if asked is not None:
        numbers = frame.unit.need("number_of")
        frame.write(f"{bound.name} = {numbers}.get({value(frame, matching.names, asked).text})")
        matching.test(f"{bound.name} is not None")
        if node.labels:
            matching.test(has_label(frame, Code(bound.name, bound.kind, simple=True), node.labels))
    else:
        labels = node.labels or tuple(frame.unit.columns.labels)
        lives = [frame.unit.need("live", label) for label in labels]
        among = lives[0] if len(lives) == 1 else f"chain({', '.join(lives)})"
        matching.enter(f"for {bound.name} in {among}:")
    matching.known(name, bound)


def _narrowed(kind: object, labels: Sequence[str]) -> NodeKind:
    assert isinstance(kind, NodeKind)
    both = frozenset(labels) if kind.labels is None else frozenset(labels) & kind.labels
    return NodeKind(False, both or frozenset(labels))


def _edge_first(matching: _Matching, path: PathPattern) -> None:
    """Loop over all edges, where neither end is told."""
    frame, (edge,), (left, right) = matching.frame, path.edges, path.nodes
    assert edge.name is not None
    kind = EdgeKind(types=frozenset(edge.types))
    bound = frame.bind(edge.name.strip(), kind)
    start, end = frame.new("start"), frame.new("end")
    every = frame.unit.need("all_edges", *edge.types)
    matching.enter(f"for {bound.name}, {start}, {end} in {every}():")
    matching.known(edge.name, bound)
    matching.edges.append(Code(bound.name, kind, simple=True))
    ends = ((left, start, False), (right, end, True)) if edge.away else ((left, end, True), (right, start, False))
    for node, other, away in ends:
        _reach(matching, node, other, _far_labels(edge, away=away))


def _far_labels(edge: EdgePattern, *, away: bool | None) -> frozenset[str] | None:
    """The labels at which edges of these types end (`away`) or begin, by the model."""
    if away is None:
        return None
    return frozenset(label for type_ in edge.types for pair in EDGES[type_].ends for label in pair[away])


def _step(
    matching: _Matching, near: NodePattern, edge: EdgePattern, far: NodePattern, *, forwards: bool
) -> None:
    """Loop over the edges of a node that is known, to the other end."""
    assert near.name is not None
    assert edge.name is not None
    frame = matching.frame
    if edge.name in matching.names or not edge.types or not set(edge.types) <= EDGES.keys():
        raise NotCompiled("an edge that is known, or of any type")
    away = None if edge.away is None else edge.away == forwards
    node = frame.use(matching.names[near.name].name)
    kind = EdgeKind(types=frozenset(edge.types))
    if edge.low is not None:
        _walk(matching, node, edge, kind, away, far)
        return
    bound = frame.bind(edge.name.strip(), kind)
    if kind.only is not None and away is not None:
        other = _hop(matching, node, kind.only, bound.name, away=away)
    else:
        other = frame.new("other")
        matching.enter(f"for {bound.name}, {other} in {hops(frame, edge.types, away)}({node}):")
    code = Code(bound.name, kind, simple=True)
    for before in matching.edges:
        _apart(matching, before, code)
    matching.edges.append(code)
    matching.known(edge.name, bound)
    _reach(matching, far, other, _far_labels(edge, away=away))


def _hop(matching: _Matching, node: str, type_: str, edge: str, *, away: bool) -> str:
    """Loop over the edges of one type and direction; code of the other end."""
    frame, unit = matching.frame, matching.frame.unit
    place = frame.new("place")
    side = "out" if away else "in"
    first, offsets = unit.need(f"{side}_first", type_), unit.need(f"{side}_offsets", type_)
    count = unit.need(f"{side}_count", type_)
    frame.write(f"{place} = {node} - {first}")
    matching.enter(f"if 0 <= {place} < {count}:")
    bounds = f"{offsets}[{place}], {offsets}[{place} + 1]"
    if away:
        matching.enter(f"for {edge} in range({bounds}):")
        return f"{unit.need('ends', type_)}[{edge}]"
    among = f"{unit.need('in_edges', type_)}[{bounds.replace(', ', ':')}]"
    matching.enter(f"for {edge} in {among}:")
    return f"{unit.need('starts', type_)}[{edge}]"


def hops(frame: Frame, types: Sequence[str], away: bool | None) -> str:
    """The name of a function that gives the edges of a node, each with the node at its other end."""
    return frame.unit.need("hops", "out" if away else "both" if away is None else "in", *types)


def _apart(matching: _Matching, one: Code, other: Code) -> None:
    """No edge is matched twice in a pattern."""
    kinds = [k.of if isinstance(k, ListKind) else k for k in (one.kind, other.kind)]
    assert isinstance(kinds[0], EdgeKind)
    assert isinstance(kinds[1], EdgeKind)
    if not kinds[0].types & kinds[1].types:
        return
    matching.frame.use(one.text)
    if kinds[0].types != kinds[1].types:
        kind = join(*kinds)
        one, other = (
            Code(c.to(ListKind(of=kind) if isinstance(c.kind, ListKind) else kind), c.kind) for c in (one, other)
        )
    lists = [isinstance(k, ListKind) for k in (one.kind, other.kind)]
    if all(lists):
        matching.test(f"not any(e in {one.text} for e in {other.text})")
    elif lists[0]:
        matching.test(f"{other.text} not in {one.text}")
    elif lists[1]:
        matching.test(f"{one.text} not in {other.text}")
    else:
        matching.test(f"{one.text} != {other.text}")


def _walk(
    matching: _Matching, node: str, edge: EdgePattern, kind: EdgeKind, away: bool | None, far: NodePattern
) -> None:
    """Loop over the ways of several edges; what has to hold of each is asked on the way."""
    frame, name = matching.frame, edge.name
    assert name is not None
    holds, waiting = [], []
    one = frame.bind("one", kind)
    for missing, condition in matching.waiting:
        if (
            isinstance(condition, Quantifier)
            and condition.kind == "all"
            and condition.of == Variable(name)
            and missing - {name} <= matching.names.keys()
        ):
            holds.append(truth(frame, {**matching.names, condition.name: one}, condition.where))
        else:
            waiting.append((missing, condition))
    matching.waiting = waiting
    bound = frame.bind(name.strip(), ListKind(of=kind))
    other = frame.new("other")
    held = f"lambda {one.name}: {' and '.join(holds)}" if holds else "None"
    ways = f"walk({node}, {hops(frame, edge.types, away)}, {edge.low}, {edge.high}, {held})"
    matching.enter(f"for {bound.name}, {other} in {ways}:")
    code = Code(bound.name, bound.kind, simple=True)
    for before in matching.edges:
        _apart(matching, before, code)
    matching.edges.append(code)
    matching.known(name, bound)
    labels = _far_labels(edge, away=away)
    if edge.low == 0 and labels is not None:
        labels = None  # also the node itself
    _reach(matching, far, other, labels)


def _reach(matching: _Matching, far: NodePattern, other: str, labels: frozenset[str] | None) -> None:
    """The node at the other end: one that is known has to be this one."""
    frame, name = matching.frame, far.name
    assert name is not None
    if name in matching.names:
        bound = matching.names[name]
        if not isinstance(bound.kind, NodeKind):
            raise NotCompiled(f"{name} is no node")
        matching.test(f"{other} == {frame.use(bound.name)}")
        if far.labels:
            matching.test(has_label(frame, Code(bound.name, bound.kind, simple=True), far.labels))
        matching.known(name, bound)
        return
    wanted = frozenset(far.labels) or None
    kind = NodeKind(False, labels if wanted is None else wanted)
    used = not name.startswith(" ") or far.items or (labels is None or (wanted is not None and not labels <= wanted))
    if not used:
        matching.names[name] = Bound("", kind)
        matching.names[name] = _lazy(frame, other, kind)
        return
    bound = frame.bind(name.strip(), kind)
    frame.write(f"{bound.name} = {other}")
    if wanted is not None and (labels is None or not labels <= wanted):
        matching.test(has_label(frame, Code(bound.name, kind, simple=True), far.labels))
    matching.known(name, bound)


def _lazy(frame: Frame, other: str, kind: NodeKind) -> Bound:
    """A node that the text does not name: it is known where the pattern goes on from it."""
    bound = frame.bind("node", kind)
    frame.write(f"{bound.name} = {other}")
    return bound


