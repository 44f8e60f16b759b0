"""Code of patterns: loops over nodes and edges, from what is known to what is not.

A pattern begins where fewest are: at a node that is known, at an id, else at the nodes of a label. Every
condition stands in the outermost loop in which all that it names is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from graph.executor.code import Bound, Code, Function, Names, makes, value
from graph.executor.code_steps import write_path
from graph.executor.code_truth import truth
from graph.executor.kinds import EdgeKind, ListKind, NodeKind
from graph.executor.matching import Matching
from graph.executor.syntax import (
    EdgePattern,
    Expression,
    ListOf,
    Match,
    Name,
    NodePattern,
    Operation,
    PathPattern,
    PatternComprehension,
    PropertyOf,
    Quantifier,
    names_in,
)
from graph.executor.tokens import NotCompiled


def match(function: Function, names: Names, clause: Match, inside: Callable[[Names], None]) -> None:
    """Write the loops of a `MATCH`, with what `inside` writes for every match."""
    if clause.optional:
        _optional(function, names, clause, inside)
        return
    depth = function.depth
    paths = [_with_names(function, path) for path in clause.paths]
    conditions = _split(clause.where)
    new = {name for path in paths for name in names_in((path.nodes, path.edges))} - names.keys()
    for path in paths:
        conditions += [c for node in path.nodes for c in _entries(node)]
        conditions += [c for edge in path.edges for c in _entries(edge)]
    waiting = [(frozenset(names_in(c)) & new, c) for c in conditions]
    matching = Matching(function, dict(names), [w for w in waiting if w[0]])
    for missing, condition in waiting:
        if not missing:
            matching.test(truth(function, names, condition))
    for path in paths:
        write_path(matching, path)
    if matching.waiting:
        raise NotCompiled("a condition of what no pattern gives")
    inside({k: b for k, b in matching.names.items() if not k.startswith(" ")})
    function.depth = depth


def _optional(function: Function, names: Names, clause: Match, inside: Callable[[Names], None]) -> None:
    """Every match, or nulls where there is none."""
    inner = Function(function.program)
    found = inner.new("found")
    inner.write(f"{found} = []")
    new: dict[str, Bound] = {}

    def keep(known: Names) -> None:
        new.update({k: b for k, b in known.items() if k not in names})
        inner.write(f"{found}.append({_row(b.name for b in new.values())})")

    match(inner, names, Match(clause.paths, clause.where), keep)
    inner.write(f"return {found} or [{_row(['None'] * len(new))}]")
    name = inner.finish("optional")
    bound = {k: function.bind(k, _or_null(b)) for k, b in new.items()}
    rows = function.call(name, inner.arguments)
    with function.block(f"for {_row(b.name for b in bound.values())} in {rows}:"):
        inside({**names, **bound})


def _row(parts: Iterable[str]) -> str:
    """Code of a tuple."""
    return f"({''.join(f'{part}, ' for part in parts)})"


def _or_null(bound: Bound) -> NodeKind | EdgeKind | ListKind:
    kind = bound.kind
    if isinstance(kind, NodeKind):
        return NodeKind(True, kind.labels)
    if isinstance(kind, EdgeKind):
        return EdgeKind(True, kind.types)
    assert isinstance(kind, ListKind)
    return ListKind(True, kind.of)


@makes(PatternComprehension)
def _comprehension(function: Function, names: Names, tree: PatternComprehension) -> Code:
    inner = Function(function.program)
    found = inner.new("found")
    inner.write(f"{found} = []")
    gives: list[Code] = []

    def keep(known: Names) -> None:
        gives.append(value(inner, known, tree.gives))
        inner.write(f"{found}.append({gives[0].text})")

    match(inner, names, Match((tree.path,), tree.where), keep)
    inner.write(f"return {found}")
    name = inner.finish("listed")
    return Code(function.call(name, inner.arguments), ListKind(of=gives[0].kind))


def _with_names(function: Function, path: PathPattern) -> PathPattern:
    """A name for everything; those that the text does not have begin with a blank."""
    nodes = tuple(
        NodePattern(n.name or f" {function.program.fresh('node')}", n.labels, n.items) for n in path.nodes
    )
    edges = tuple(
        EdgePattern(e.name or f" {function.program.fresh('edge')}", e.types, e.items, e.away, e.low, e.high)
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
                c for of in where.of.operands for c in _split(Quantifier("all", where.name, of, where.where))
            ]
        if isinstance(where.of, ListOf) and len(where.of.items) > 1:
            items = [ListOf((item,)) for item in where.of.items]
            return [Quantifier("all", where.name, item, where.where) for item in items]
    return [where]


def _entries(pattern: NodePattern | EdgePattern) -> list[Expression]:
    assert pattern.name is not None
    return [Operation("=", (PropertyOf(Name(pattern.name), key), item)) for key, item in pattern.items]
