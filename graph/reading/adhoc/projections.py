"""RETURN and WITH of a query, and where aggregates are in them.

What is read for one bracket is kept, so that a query is looked through in time that grows with its
length.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass

from graph.reading.adhoc.outline import CLAUSES, Outline, ReturnItem, Span

AGGREGATES = {
    "count", "sum", "avg", "min", "max", "collect", "stdev", "stdevp", "percentilecont", "percentiledisc",
}  # fmt: skip
_PREDICATES = {"IS", "NOT", "IN", "AND", "OR", "XOR", "STARTS", "ENDS", "CONTAINS"}
_PARTS = {"WHEN", "THEN", "ELSE", "WHERE"}
_LOCAL = {"ANY", "ALL", "NONE", "SINGLE", "REDUCE", "FILTER", "EXTRACT"}
WORDS = _PREDICATES | _PARTS | {
    "CASE", "END", "NULL", "TRUE", "FALSE", "WITH", "DISTINCT", "AS", "ASC", "ASCENDING", "DESC",
    "DESCENDING", "NAN", "INF", "INFINITY", "EXISTS", "COUNT", "COLLECT",
}  # fmt: skip


class Projections:
    """All RETURN and WITH of a query and of its subqueries, each with the ORDER BY that follows."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.items: list[tuple[ReturnItem, list[ReturnItem]]] = []
        """Each item, and all of its projection."""
        self.orders: list[tuple[Span, list[ReturnItem]]] = []
        """Each key of an ORDER BY, and the items before it."""
        self._known: dict[Span, list[int]] = {}
        self._covered: dict[Span, set[int]] = {}
        self._tops: dict[Span, tuple[list[int], list[int], list[int]]] = {}
        self._words: dict[int, Counter[tuple[str, ...]]] = {}
        self.other: list[Span] = []
        """What is in other clauses."""
        self._read(outline.whole)

    def _read(self, span: Span) -> None:
        before: list[ReturnItem] = []
        for clause in self.outline.clauses(span):
            if clause.word in ("RETURN", "WITH"):
                before = self.outline.items(clause)
                self.items += [(item, before) for item in before]
            elif clause.word == "ORDER":
                self.orders += [(key, before) for key in self.outline.split(clause.body, ",")]
            elif clause.word not in ("CALL", "OPTIONAL CALL", "YIELD"):
                self.other.append(clause.body)
            for _, opening in self.outline.subqueries((clause.at, clause.body[1])):
                self._read(self.outline.inside(opening))

    def aggregates(self, span: Span) -> list[int]:
        """Indexes of the outermost aggregates of an expression, not of its subqueries."""
        if span not in self._known:
            self._known[span] = list(self._aggregates(span))
        return self._known[span]

    def _aggregates(self, span: Span) -> Iterator[int]:
        index = span[0]
        inner = {opening for _, opening in self.outline.subqueries(span)}
        while index < span[1]:
            if index in inner:
                index = self.outline.partner.get(index, index)
            elif self._aggregate(index):
                yield index
                index = self.outline.partner.get(index + 1, index)
            index += 1

    def _aggregate(self, index: int) -> bool:
        token = self.outline.tokens[index]
        return (
            token.kind == "word"
            and token.text.lower() in AGGREGATES
            and self.outline.sign(index + 1, "(")
            and (not self.outline.sign(index - 1, ".") or self.outline.sign(index - 2, "."))
        )

    def projected(self, span: Span) -> bool:
        """Whether the brackets around a span are those of a map projection, `node {…}`."""
        before = span[0] - 2
        outline = self.outline
        if not outline.sign(span[0] - 1, "{") or not outline.named(before):
            return False
        return outline.names[before] or outline.keyword(before) not in CLAUSES | WORDS

    def around(self, index: int, span: Span) -> Iterator[tuple[int, Span]]:
        """Each bracket around an index from the inside out, at last the span: (where, what)."""
        at = index
        while (opening := self.outline.around[at]) >= span[0]:
            yield at, self.outline.inside(opening)
            at = opening
        yield at, span

    def covered(self, span: Span) -> set[int]:
        """Indexes of all tokens that belong to an aggregate of a span."""
        if span not in self._covered:
            ends = [(a, self.outline.partner.get(a + 1, a) + 1) for a in self.aggregates(span)]
            self._covered[span] = {i for start, end in ends for i in range(start, end)}
        return self._covered[span]

    def part(self, at: int, span: Span) -> Span:
        """The operands around an index: up to a comma, a bar or a word such as THEN."""
        cuts, _, _ = self._top(span)
        number = bisect_left(cuts, at)
        start = cuts[number - 1] + 1 if number else span[0]
        return start, cuts[number] if number < len(cuts) else span[1]

    def predicates(self, span: Span, part: Span) -> bool:
        """Whether an operator that makes a predicate is among the operands of a part of a span."""
        _, found, _ = self._top(span)
        return bisect_left(found, part[0]) < bisect_left(found, part[1])

    def heads(self, span: Span) -> list[int]:
        """Indexes of the IN of a comprehension, quantifier or reduce whose brackets are around a span."""
        return self._top(span)[2]

    def _top(self, span: Span) -> tuple[list[int], list[int], list[int]]:
        if span not in self._tops:
            outline = self.outline
            top = list(outline.top(span))
            heads = [i for i in top if _heads_list(outline, i, span)]
            cuts = [i for i in top if outline.sign(i, ",", "|") or outline.keyword(i) in _PARTS]
            found = [i for i in top if i not in heads and _predicate(outline, i)]
            self._tops[span] = cuts, found, heads
        return self._tops[span]

    def grouped(self, items: list[ReturnItem], without: ReturnItem) -> Container[tuple[str, ...]]:
        """The expressions of a projection, without one of its items."""
        if id(items) not in self._words:
            self._words[id(items)] = Counter(self.outline.words(i.span) for i in items)
        words = self._words[id(items)]
        own = self.outline.words(without.span)
        return words if words[own] > 1 else _Without(words, own)

    def expressions(self) -> Iterator[tuple[ReturnItem, int]]:
        """Each item with each of its aggregates."""
        for item, _ in self.items:
            for index in self.aggregates(item.span):
                yield item, index


@dataclass(frozen=True)
class _Without(Container[tuple[str, ...]]):
    """A collection without one of its members."""

    members: Container[tuple[str, ...]]
    left_out: tuple[str, ...]

    def __contains__(self, member: object) -> bool:
        return member != self.left_out and member in self.members


def _predicate(outline: Outline, index: int) -> bool:
    matched = outline.sign(index, "=") and outline.sign(index + 1, "~")
    typed = outline.sign(index, ":") and outline.sign(index + 1, ":")
    return outline.keyword(index) in _PREDICATES or matched or typed


def _heads_list(outline: Outline, index: int, span: Span) -> bool:
    """Whether an IN is that of `[x IN list …]`, `any(x IN list …)` or `reduce(…, x IN list | …)`."""
    if outline.keyword(index) != "IN":
        return False
    opening = span[0] - 1
    first = index - 1 == span[0]
    listed = outline.sign(opening, "[") and first
    quantified = outline.keyword(opening - 1) in _LOCAL and (first or outline.sign(index - 2, ","))
    return listed or quantified
