"""Rows that the embedded engine filters too early, or does not cut off; see `forms`.

Each finder gives the index of the token to point at, or None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from graph.reading.adhoc.outline import Clause, Outline, Span
from graph.reading.adhoc.patterns import Matched
from graph.reading.adhoc.scope import QueryReading, aggregates
from graph.reading.adhoc.variables import is_seen, named_in

_CUTS = ("SKIP", "OFFSET", "LIMIT")


def cut_before_condition(outline: Outline, reading: QueryReading) -> int | None:
    """WITH … LIMIT or SKIP … WHERE: rows are filtered first, then cut off."""
    for clauses in outline.queries(outline.whole):
        for clause, behind in _behind_with(clauses):
            words = [c.word for c in behind]
            if "WHERE" in words and {*_CUTS} & {*words[: words.index("WHERE")]}:
                return clause.at
    return None


def cut_of_groups(outline: Outline, reading: QueryReading) -> int | None:
    """WITH of an aggregate, then LIMIT or SKIP without ORDER BY: nothing is cut off."""
    for clauses in outline.queries(outline.whole):
        for clause, behind in _behind_with(clauses):
            words = {c.word for c in behind}
            if words & {*_CUTS} and "ORDER" not in words and aggregates(outline, clause.body):
                return clause.at
    return None


def _behind_with(clauses: Sequence[Clause]) -> Iterator[tuple[Clause, list[Clause]]]:
    """Each WITH, and what belongs to it: ORDER BY, SKIP, LIMIT, WHERE."""
    for number, clause in enumerate(clauses):
        if clause.word == "WITH":
            behind = []
            for other in clauses[number + 1 :]:
                if other.word not in ("ORDER", "WHERE", *_CUTS):
                    break
                behind.append(other)
            yield clause, behind


def unwound(outline: Outline, reading: QueryReading) -> int | None:
    """MATCH, UNWIND, then a MATCH whose condition or nodes' properties name what was unwound.

    The engine finds all patterns together, before it unwinds: so it does where nothing else stands between.
    """
    properties = [e.properties for e in reading.elements if e.properties is not None and not e.edge]
    for clauses in outline.parts(outline.whole):
        names: set[str] = set()
        for number, clause in enumerate(clauses):
            if number == 0 and clause.word != "MATCH":
                break
            if clause.word == "UNWIND":
                names.add(outline.tokens[clause.body[1] - 1].text)
            elif clause.word == "MATCH":
                after = clauses[number + 1].body if _is_where(clauses, number + 1) else (0, 0)
                inside = [outline.inside(at) for at in properties if clause.at < at < clause.body[1]]
                inside += [outline.inside(at) for at in _inline(outline, clause.body)]
                found = [at for span in (after, *inside) for at in named_in(outline, span, frozenset(names))]
                if found:
                    return min(found)
            elif clause.word != "WHERE":
                break
    return None


def _is_where(clauses: Sequence[Clause], number: int) -> bool:
    return number < len(clauses) and clauses[number].word == "WHERE"


def _inline(outline: Outline, body: Span) -> list[int]:
    """Brackets of nodes that hold a WHERE."""
    return [outline.around[i] for i in range(*body) if outline.keyword(i) == "WHERE"]


def half_seen(outline: Outline, reading: QueryReading) -> int | None:
    """A condition of which the engine sees no more than the first node of a path, and what was there before.

    It asks such a condition where it finds that node, when the others are not there yet.
    """
    for matched in reading.matched:
        bound = matched.bound()
        firsts = {path.elements[0].name for path in matched.paths if path.elements} - matched.known
        for span in _conditions(outline, matched):
            places = {n: named_in(outline, span, frozenset((n,))) for n in bound | matched.known}
            seen = {name for name, at in places.items() if any(is_seen(outline, span, i) for i in at)}
            hidden = [at[0] for name, at in places.items() if at and name in bound - seen]
            if hidden and seen and firsts and any(seen & bound <= {first} for first in firsts):
                return min(hidden)
    return None


def _conditions(outline: Outline, matched: Matched) -> Iterator[Span]:
    """What AND joins in the WHERE behind a MATCH."""
    where = matched.end
    if outline.keyword(where) != "WHERE":
        return
    around = outline.around[where]
    end = outline.partner.get(around, len(outline.tokens)) if around >= 0 else len(outline.tokens)
    spans = [(where + 1, next((c.at for c in outline.clauses((where + 1, end))), end))]
    while spans:
        begin, end = spans.pop()
        cuts = [i for i in outline.top((begin, end)) if outline.keyword(i) == "AND"]
        if cuts:
            edges = [begin - 1, *cuts, end]
            spans += [(one + 1, other) for one, other in pairwise(edges)]
        elif outline.sign(begin, "(") and outline.partner.get(begin) == end - 1:
            spans.append((begin + 1, end - 1))
        elif begin < end:
            yield begin, end
