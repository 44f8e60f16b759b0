"""Patterns that one engine reads otherwise than the other; see `forms`.

Each finder gives the index of the token to point at, or None.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise

from graph.reading.adhoc.outline import Clause, Outline, Span
from graph.reading.adhoc.patterns import Path, is_joined, matched_paths
from graph.reading.adhoc.scope import QueryReading


def null_bound_anew(outline: Outline, reading: QueryReading) -> int | None:
    """A variable that may be null in a pattern, where it is bound anew (`scope`)."""
    return min(reading.rebound, default=None)


def forgotten(outline: Outline, reading: QueryReading) -> int | None:
    """A variable of the outer query, named in a subquery after a WITH without it (`scope`)."""
    return min(reading.forgotten, default=None)


def repeated_type(outline: Outline, reading: QueryReading) -> int | None:
    """A type that one edge names twice: `[:T|T]`."""
    for element in reading.elements:
        names = [outline.tokens[at].text for at in element.labels if element.edge]
        for number, at in enumerate(element.labels if element.edge else ()):
            if names[number] in names[:number]:
                return at
    return None


def dynamic(outline: Outline, reading: QueryReading) -> int | None:
    """A dynamic type, a dynamic label of a predicate, `$any(…)`; a label of a node pattern is right."""
    nodes = {e.at for e in reading.elements if not e.edge}
    for index in range(len(outline.tokens)):
        if not outline.sign(index, "$"):
            continue
        choice = outline.named(index + 1) and outline.sign(index + 2, "(")
        if choice and outline.tokens[index + 1].text.lower() in ("any", "all"):
            return index
        if outline.sign(index + 1, "(") and not _in_node(outline, index, nodes):
            return index
    return None


def _in_node(outline: Outline, index: int, nodes: set[int]) -> bool:
    opening = outline.around[index]
    return outline.sign(opening, "(") and opening + 1 in nodes


def filtered_shortest(outline: Outline, reading: QueryReading) -> int | None:
    """WHERE that names the path or an edge of the search."""
    return _in_queries(outline, outline.whole, _shortest_in)


def _shortest_in(outline: Outline, span: Span) -> int | None:
    names: set[str] = set()
    for clause in outline.clauses(span):
        if clause.word in ("MATCH", "OPTIONAL MATCH"):
            paths = [p for p in matched_paths(outline, clause.body) if p.shortest]
            names = {p.name for p in paths if p.name} | {
                e.name for p in paths for e in p.elements if e.edge and e.name
            }
        elif clause.word == "WHERE":
            for index in range(*clause.body):
                if outline.named(index) and outline.tokens[index].text in names:
                    return index
        else:
            names = set()
    return None


def _in_queries(outline: Outline, span: Span, find: Callable[[Outline, Span], int | None]) -> int | None:
    at = find(outline, span)
    for _, opening in outline.subqueries(span):
        at = at if at is not None else _in_queries(outline, outline.inside(opening), find)
    return at


def counted_in_optional(outline: Outline, reading: QueryReading) -> int | None:
    """COUNT or COLLECT in the WHERE of OPTIONAL MATCH."""
    for clauses in outline.queries(outline.whole):
        for before, clause in pairwise(clauses):
            if clause.word == "WHERE" and before.word == "OPTIONAL MATCH":
                inside = outline.subqueries(clause.body)
                found = [opening - 1 for word, opening in inside if word in ("COUNT", "COLLECT")]
                if found:
                    return found[0]
    return None


def size_of_pattern(outline: Outline, reading: QueryReading) -> int | None:
    """`size((a)-->(b))`."""
    for index, token in enumerate(outline.tokens):
        inner = index + 2
        called = token.text.lower() == "size" and outline.sign(index + 1, "(") and outline.sign(inner, "(")
        if called and is_joined(outline, outline.partner.get(inner, inner)):
            return index
    return None


def hidden_condition(outline: Outline, reading: QueryReading) -> int | None:
    """WHERE with CASE or a function as a whole condition, and `any(…)`, `all(…)` or the like inside."""
    return _in_queries(outline, outline.whole, _hidden_in)


def _hidden_in(outline: Outline, span: Span) -> int | None:
    conditions = [clause.body for clause in outline.clauses(span) if clause.word == "WHERE"]
    while conditions:
        begin, end = conditions.pop()
        if begin < end and outline.keyword(begin) == "NOT":
            conditions.append((begin + 1, end))
            continue
        cuts = [i for i in outline.top((begin, end)) if outline.keyword(i) in ("AND", "OR", "XOR")]
        if cuts:
            edges = [begin - 1, *cuts, end]
            conditions += [(one + 1, other) for one, other in pairwise(edges)]
        elif begin < end and outline.sign(begin, "(") and outline.partner.get(begin) == end - 1:
            conditions.append((begin + 1, end - 1))
        elif _is_one_call(outline, begin, end) and any(_quantifies(outline, i) for i in range(begin, end)):
            return begin
    return None


def _is_one_call(outline: Outline, begin: int, end: int) -> bool:
    """Whether a condition is nothing but CASE, or one function that is no quantifier itself."""
    if begin >= end or _quantifies(outline, begin):
        return False
    called = outline.named(begin) and outline.sign(begin + 1, "(")
    return outline.partner.get(begin + 1 if called else begin) == end - 1


def _quantifies(outline: Outline, index: int) -> bool:
    words = ("any", "all", "none", "single")
    return outline.sign(index + 1, "(") and outline.tokens[index].text.lower() in words


def united_nodes(outline: Outline, reading: QueryReading) -> int | None:
    """A node that UNION gives in a subquery, where its parts come to it by ways of different kinds."""
    for _, opening in outline.subqueries(outline.whole):
        at = _in_queries(outline, outline.inside(opening), _united_in)
        if at is not None:
            return at
    return None


def _united_in(outline: Outline, span: Span) -> int | None:
    """The first such node that a part of this query returns; None if there is none.

    Of parts that begin with UNWIND CASE only one is there, as in the catalogue: those are passed over.
    """
    clauses = list(outline.clauses(span))
    if all(outline.keyword(c.body[0] - 1) == "ALL" for c in clauses if c.word == "UNION"):
        return None
    ways: dict[str, list[str]] = defaultdict(list)
    first: dict[str, int] = {}
    for joining, part in groupby(clauses, lambda clause: clause.word == "UNION"):
        own = [] if joining else list(part)
        if not own or own[-1].word != "RETURN":
            continue
        if own[0].word == "UNWIND" and outline.keyword(own[0].body[0]) == "CASE":
            continue
        kinds = _ways_in(outline, own)
        for item in outline.items(own[-1]):
            at = item.span[0]
            if item.name and outline.tokens[at].text in kinds and not outline.sign(at + 1, "."):
                ways[item.name].append(kinds[outline.tokens[at].text])
                first.setdefault(item.name, at)
    several = {name: {*found} for name, found in ways.items() if len(found) > 1}
    return next((first[name] for name, found in several.items() if len(found) > 1 or "many" in found), None)


def _ways_in(outline: Outline, clauses: Sequence[Clause]) -> dict[str, str]:
    """How the engine comes to each named node: what it begins at is read, the end of a step not."""
    kinds: dict[str, str] = {}
    for clause in clauses:
        if clause.word in ("MATCH", "OPTIONAL MATCH"):
            for path in matched_paths(outline, clause.body):
                for at, element in enumerate(path.elements):
                    if not element.edge and element.name:
                        kinds.setdefault(element.name, _way_to(path, at))
        elif clause.word == "WHERE":
            for index in range(*clause.body):
                name = outline.tokens[index].text
                if kinds.get(name, "many") != "many" and outline.sign(index + 1, "."):
                    kinds[name] = "read"
    return kinds


def _way_to(path: Path, at: int) -> str:
    if any(element.edge and element.many for element in path.elements[max(at - 1, 0) : at + 2]):
        return "many"
    if len(path.elements) == 1 or path.elements[at].properties is not None:
        return "read"
    return "first" if at == 0 else "later"
