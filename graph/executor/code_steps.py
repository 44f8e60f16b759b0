"""Code of one path of a pattern: where it begins, and every step from what is known to what is not."""

from __future__ import annotations

from collections.abc import Sequence

from graph.executor.code import Bound, Code, Function, value
from graph.executor.code_truth import has_label, truth
from graph.executor.kinds import EdgeKind, Kind, ListKind, NodeKind
from graph.executor.matching import Matching
from graph.executor.syntax import (
    EdgePattern,
    Expression,
    Name,
    NodePattern,
    PathPattern,
    Quantifier,
    names_in,
)
from graph.executor.tokens import NotCompiled
from graph.model import EDGES


def write_path(matching: Matching, path: PathPattern) -> None:
    """Write the loops of a path."""
    start = _start_of(matching, path)
    if start is None:
        _edge_first(matching, path)
        return
    if all(edge.low == 0 for edge in path.edges) and not path.nodes[start].labels:
        _check_held(matching, path.nodes[start])
    _begin(matching, path.nodes[start])
    for n in range(start, len(path.edges)):
        _step(matching, path.nodes[n], path.edges[n], path.nodes[n + 1], forwards=True)
    for n in range(start, 0, -1):
        _step(matching, path.nodes[n], path.edges[n - 1], path.nodes[n - 1], forwards=False)


def _start_of(matching: Matching, path: PathPattern) -> int | None:
    """The node at which to begin; None: at the edge, for no node is told."""
    for n, node in enumerate(path.nodes):
        if node.name in matching.names:
            return n
    for n, node in enumerate(path.nodes):
        if _id_of(matching, node) is not None:
            return n
    spans = matching.function.program.columns.labels
    if not {label for node in path.nodes for label in node.labels} <= spans.keys():
        raise NotCompiled("a label beside those of the model")
    labelled = [
        (sum(len(spans[i].live) for i in node.labels), n) for n, node in enumerate(path.nodes) if node.labels
    ]
    if labelled:
        return min(labelled)[1]
    return (
        None if len(path.edges) == 1 and path.edges[0].low is None and path.edges[0].away is not None else 0
    )


def _check_held(matching: Matching, node: NodePattern) -> None:
    """The engine has nodes beside those of the model, which are not held here."""
    if node.name not in matching.names and _id_of(matching, node) is None:
        raise NotCompiled("all nodes of any label")


def _id_of(matching: Matching, node: NodePattern) -> Expression | None:
    """What a pattern says of the id, where all that it names is known."""
    asked = dict(node.items).get("id")
    return asked if asked is not None and set(names_in(asked)) <= matching.names.keys() else None


def _begin(matching: Matching, node: NodePattern) -> None:
    """Loop over the nodes with which a pattern may begin."""
    function, name = matching.function, node.name
    assert name is not None
    if name in matching.names:
        bound = matching.names[name]
        if not isinstance(bound.kind, NodeKind):
            raise NotCompiled(f"{name} is no node")
        code = Code(function.use(bound.name), bound.kind, simple=True)
        if bound.kind.null:
            matching.test(f"{code.text} is not None")
            bound = Bound(bound.name, NodeKind(False, bound.kind.labels))
            code = Code(code.text, bound.kind, simple=True)
        if node.labels:
            matching.test(has_label(function, code, node.labels))
            bound = Bound(bound.name, _narrowed(bound.kind, node.labels))
        matching.known(name, bound)
        return
    bound = function.bind(name.strip(), NodeKind(False, frozenset(node.labels) or None))
    asked = _id_of(matching, node)
    if asked is not None:
        numbers = function.program.need("number_of")
        function.write(f"{bound.name} = {numbers}.get({value(function, matching.names, asked).text})")
        matching.test(f"{bound.name} is not None")
        if node.labels:
            matching.test(has_label(function, Code(bound.name, bound.kind, simple=True), node.labels))
    else:
        labels = node.labels or tuple(function.program.columns.labels)
        lives = [function.program.need("live", label) for label in labels]
        among = lives[0] if len(lives) == 1 else f"chain({', '.join(lives)})"
        matching.enter(f"for {bound.name} in {among}:")
    matching.known(name, bound)


def _narrowed(kind: Kind, labels: Sequence[str]) -> NodeKind:
    assert isinstance(kind, NodeKind)
    both = frozenset(labels) if kind.labels is None else frozenset(labels) & kind.labels
    return NodeKind(False, both or frozenset(labels))


def _check_edge(matching: Matching, edge: EdgePattern) -> None:
    if edge.name in matching.names or not edge.types or not set(edge.types) <= EDGES.keys():
        raise NotCompiled("an edge that is known, or of any type")


def _edge_first(matching: Matching, path: PathPattern) -> None:
    """Loop over all edges, where neither end is told."""
    function, (edge,), (left, right) = matching.function, path.edges, path.nodes
    assert edge.name is not None
    _check_edge(matching, edge)
    kind = EdgeKind(types=frozenset(edge.types))
    bound = function.bind(edge.name.strip(), kind)
    start, end = function.new("start"), function.new("end")
    every = function.program.need("all_edges", *edge.types)
    matching.enter(f"for {bound.name}, {start}, {end} in {every}():")
    matching.known(edge.name, bound)
    matching.edges.append(Code(bound.name, kind, simple=True))
    ends = (
        ((left, start, False), (right, end, True))
        if edge.away
        else ((left, end, True), (right, start, False))
    )
    for node, other, away in ends:
        _reach(matching, node, other, _far_labels(edge, away=away))


def _far_labels(edge: EdgePattern, *, away: bool | None) -> frozenset[str] | None:
    """The labels at which edges of these types end (`away`) or begin, by the model."""
    if away is None:
        return None
    return frozenset(label for type_ in edge.types for pair in EDGES[type_].ends for label in pair[away])


def _step(
    matching: Matching, near: NodePattern, edge: EdgePattern, far: NodePattern, *, forwards: bool
) -> None:
    """Loop over the edges of a node that is known, to the other end."""
    assert near.name is not None
    assert edge.name is not None
    function = matching.function
    _check_edge(matching, edge)
    away = None if edge.away is None else edge.away == forwards
    node = function.use(matching.names[near.name].name)
    kind = EdgeKind(types=frozenset(edge.types))
    if edge.low is not None:
        _walk(matching, node, edge, far, away=away)
        return
    bound = function.bind(edge.name.strip(), kind)
    if kind.only is not None and away is not None:
        other = _hop(matching, node, kind.only, bound.name, away=away)
    else:
        other = function.new("other")
        matching.enter(f"for {bound.name}, {other} in {hops(function, edge.types, away)}({node}):")
    matching.match_edge(Code(bound.name, kind, simple=True))
    matching.known(edge.name, bound)
    _reach(matching, far, other, _far_labels(edge, away=away))


def _hop(matching: Matching, node: str, type_: str, edge: str, *, away: bool) -> str:
    """Loop over the edges of one type and direction; code of the other end."""
    function, program = matching.function, matching.function.program
    place = function.new("place")
    side = "out" if away else "in"
    first, offsets = program.need(f"{side}_first", type_), program.need(f"{side}_offsets", type_)
    count = program.need(f"{side}_count", type_)
    function.write(f"{place} = {node} - {first}")
    matching.enter(f"if 0 <= {place} < {count}:")
    bounds = f"{offsets}[{place}], {offsets}[{place} + 1]"
    if away:
        matching.enter(f"for {edge} in range({bounds}):")
        return f"{program.need('ends', type_)}[{edge}]"
    among = f"{program.need('in_edges', type_)}[{bounds.replace(', ', ':')}]"
    matching.enter(f"for {edge} in {among}:")
    return f"{program.need('starts', type_)}[{edge}]"


def hops(function: Function, types: Sequence[str], away: bool | None) -> str:
    """The name of a function that gives the edges of a node, each with the node at its other end."""
    return function.program.need("hops", "out" if away else "both" if away is None else "in", *types)


def _walk(matching: Matching, node: str, edge: EdgePattern, far: NodePattern, *, away: bool | None) -> None:
    """Loop over the ways of several edges; what has to hold of each is asked on the way."""
    function, name, kind = matching.function, edge.name, EdgeKind(types=frozenset(edge.types))
    assert name is not None
    holds, waiting = [], []
    one = function.bind("one", kind)
    for missing, condition in matching.waiting:
        if (
            isinstance(condition, Quantifier)
            and condition.kind == "all"
            and condition.of == Name(name)
            and missing - {name} <= matching.names.keys()
        ):
            holds.append(truth(function, {**matching.names, condition.name: one}, condition.where))
        else:
            waiting.append((missing, condition))
    matching.waiting = waiting
    bound = function.bind(name.strip(), ListKind(of=kind))
    other = function.new("other")
    held = f"lambda {one.name}: {' and '.join(holds)}" if holds else "None"
    ways = f"walk({node}, {hops(function, edge.types, away)}, {edge.low}, {edge.high}, {held})"
    matching.enter(f"for {bound.name}, {other} in {ways}:")
    matching.match_edge(Code(bound.name, bound.kind, simple=True))
    matching.known(name, bound)
    labels = _far_labels(edge, away=away)
    if edge.low == 0 and labels is not None:
        labels = None  # also the node itself
    _reach(matching, far, other, labels)


def _reach(matching: Matching, far: NodePattern, other: str, labels: frozenset[str] | None) -> None:
    """The node at the other end: one that is known has to be this one."""
    function, name = matching.function, far.name
    assert name is not None
    if name in matching.names:
        bound = matching.names[name]
        if not isinstance(bound.kind, NodeKind):
            raise NotCompiled(f"{name} is no node")
        matching.test(f"{other} == {function.use(bound.name)}")
        if far.labels:
            matching.test(has_label(function, Code(bound.name, bound.kind, simple=True), far.labels))
        matching.known(name, bound)
        return
    wanted = frozenset(far.labels) or None
    kind = NodeKind(False, labels if wanted is None else wanted)
    used = (
        not name.startswith(" ")
        or far.items
        or (labels is None or (wanted is not None and not labels <= wanted))
    )
    if not used:
        matching.names[name] = Bound("", kind)
        matching.names[name] = _lazy(function, other, kind)
        return
    bound = function.bind(name.strip(), kind)
    function.write(f"{bound.name} = {other}")
    if wanted is not None and (labels is None or not labels <= wanted):
        matching.test(has_label(function, Code(bound.name, kind, simple=True), far.labels))
    matching.known(name, bound)


def _lazy(function: Function, other: str, kind: NodeKind) -> Bound:
    """A node that the text does not name: it is known where the pattern goes on from it."""
    bound = function.bind("node", kind)
    function.write(f"{bound.name} = {other}")
    return bound
