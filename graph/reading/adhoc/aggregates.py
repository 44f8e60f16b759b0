"""Aggregates in places where the embedded engine computes them wrongly.

Each finder gives the index of the token to point at, or None. An item with an aggregate is right
there where nothing but arithmetic, comparisons, CASE and functions is around it.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.reading.adhoc.guard import NAMESPACES
from graph.reading.adhoc.outline import CLAUSES, Item, Outline, Span

AGGREGATES = {
    "count", "sum", "avg", "min", "max", "collect", "stdev", "stdevp", "percentilecont", "percentiledisc",
}  # fmt: skip
_PREDICATES = {"IS", "NOT", "IN", "AND", "OR", "XOR", "STARTS", "ENDS", "CONTAINS"}
_PARTS = {"WHEN", "THEN", "ELSE", "WHERE"}
_LOCAL = {"ANY", "ALL", "NONE", "SINGLE", "REDUCE", "FILTER", "EXTRACT"}
_WORDS = _PREDICATES | _PARTS | {
    "CASE", "END", "NULL", "TRUE", "FALSE", "WITH", "DISTINCT", "AS", "ASC", "ASCENDING", "DESC",
    "DESCENDING", "NAN", "INF", "INFINITY", "EXISTS", "COUNT", "COLLECT",
}  # fmt: skip


class Projections:
    """All RETURN and WITH of a query and of its subqueries, each with the ORDER BY that follows."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.items: list[tuple[Item, list[Item]]] = []
        """Each item, and all of its projection."""
        self.orders: list[tuple[Span, list[Item]]] = []
        """Each key of an ORDER BY, and the items before it."""
        self.other: list[Span] = []
        """What stands in other clauses."""
        self._read(outline.whole)

    def _read(self, span: Span) -> None:
        before: list[Item] = []
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
        found, index = [], span[0]
        inner = {opening for _, opening in self.outline.subqueries(span)}
        while index < span[1]:
            if index in inner:
                index = self.outline.partner.get(index, index)
            elif self._aggregate(index):
                found.append(index)
                index = self.outline.partner.get(index + 1, index)
            index += 1
        return found

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
        return outline.names[before] or outline.keyword(before) not in CLAUSES | _WORDS

    def around(self, index: int, span: Span) -> Iterator[tuple[int, Span]]:
        """Each bracket around an index from the inside out, at last the span: (where, what)."""
        within = [
            (opening, closing)
            for opening, closing in self.outline.partner.items()
            if span[0] <= opening < index < closing < span[1]
        ]
        at = index
        for opening, closing in sorted(within, reverse=True):
            yield at, (opening + 1, closing)
            at = opening
        yield at, span

    def part(self, at: int, span: Span) -> Span:
        """The operands around an index: up to a comma, a bar or a word such as THEN."""
        start, end = span
        for index in self.outline.top(span):
            if self.outline.sign(index, ",", "|") or self.outline.keyword(index) in _PARTS:
                if index < at:
                    start = index + 1
                elif index > at:
                    end = index
                    break
        return start, end


def in_predicate(found: Projections) -> int | None:
    """Under IS NULL, NOT, IN, AND, OR, XOR, STARTS WITH, ENDS WITH, CONTAINS, `=~` or `::`."""
    outline = found.outline
    for item, _ in found.items:
        for index in found.aggregates(item.span):
            for at, span in found.around(index, item.span):
                part = found.part(at, span)
                for other in outline.top(part):
                    word = "" if _heads_list(outline, other, span) else outline.keyword(other)
                    double = outline.sign(other, "=") and outline.sign(other + 1, "~")
                    typed = outline.sign(other, ":") and outline.sign(other + 1, ":")
                    if word in _PREDICATES or double or typed:
                        return index
    return None


def _heads_list(outline: Outline, index: int, span: Span) -> bool:
    """Whether an IN is that of `[x IN list …]`, `any(x IN list …)` or `reduce(…, x IN list | …)`."""
    if outline.keyword(index) != "IN":
        return False
    opening = span[0] - 1
    first = index - 1 == span[0]
    listed = outline.sign(opening, "[") and first
    quantified = outline.keyword(opening - 1) in _LOCAL and (first or outline.sign(index - 2, ","))
    return listed or quantified


def in_map(found: Projections) -> int | None:
    """In a map, with anything but arithmetic and lists around it."""
    outline = found.outline
    for item, _ in found.items:
        for index in found.aggregates(item.span):
            for at, span in found.around(index, item.span):
                if not outline.sign(span[0] - 1, "{") or found.projected(span):
                    continue
                value = found.part(at, span)
                inner = [i for i in range(*value) if not _covered(found, i, value)]
                if any(_computes(outline, i) for i in inner):
                    return index
    return None


def _covered(found: Projections, index: int, span: Span) -> bool:
    """Whether a token belongs to an aggregate of a span."""
    return any(a <= index <= found.outline.partner.get(a + 1, a) for a in found.aggregates(span))


def _computes(outline: Outline, index: int) -> bool:
    token = outline.tokens[index]
    if token.kind == "word":
        parameter = outline.sign(index - 1, "$")
        key = outline.sign(index + 1, ":") and not outline.sign(index + 2, ":")
        return not parameter and not key and outline.keyword(index) != "NULL"
    return token.is_sign("=", "<", ">", "|")


def in_map_projection(found: Projections) -> int | None:
    """In the map of `node {.property, key: value}`."""
    outline = found.outline
    for item, _ in found.items:
        for index in found.aggregates(item.span):
            for _, span in found.around(index, item.span):
                if found.projected(span):
                    return index
    return None


def property_of(found: Projections) -> int | None:
    """Before a dot: `max(d).year`, `head(collect(x)).name`."""
    outline = found.outline
    for item, _ in found.items:
        ends = [outline.partner.get(a + 1, a) for a in found.aggregates(item.span)]
        for dot in range(*item.span):
            closed = outline.sign(dot - 1, ")", "]", "}") and outline.sign(dot, ".")
            if not closed or not outline.named(dot + 1) or _covered(found, dot, item.span):
                continue
            start = dot - 1
            while start in outline.partner:
                start = outline.partner[start] - 1
            if any(start <= end < dot for end in ends):
                return dot
    return None


def in_slice(found: Projections) -> int | None:
    """As a bound of `list[from..to]`."""
    outline = found.outline
    for item, _ in found.items:
        for index in found.aggregates(item.span):
            for _, span in found.around(index, item.span):
                if outline.sign(span[0] - 1, "[") and any(
                    outline.sign(i, ".") and outline.sign(i + 1, ".") for i in outline.top(span)
                ):
                    return index
    return None


def in_list_body(found: Projections) -> int | None:
    """In what a comprehension, `any(…)` or `reduce` computes for each element, not in their list."""
    outline = found.outline
    for item, _ in found.items:
        for index in found.aggregates(item.span):
            for at, span in found.around(index, item.span):
                heads = [i for i in outline.top(span) if _heads_list(outline, i, span)]
                if not heads:
                    continue
                bars = [
                    i
                    for i in outline.top((heads[0], span[1]))
                    if outline.sign(i, "|") or outline.keyword(i) == "WHERE"
                ]
                if bars and at > bars[0]:
                    return index
    return None


def beside_ungrouped(found: Projections) -> int | None:
    """Beside a variable that is no item of its own: the engine takes its value from any row."""
    outline = found.outline
    for item, items in found.items:
        if not found.aggregates(item.span) or any(i.name is None for i in items):
            continue
        grouped = {outline.words(i.span) for i in items if i is not item}
        for index in _variables(found, item.span):
            chain = index + 1
            while outline.sign(chain, ".") and outline.named(chain + 1):
                chain += 2
                if outline.words((index, chain)) in grouped:
                    break
            if outline.words((index, index + 1)) not in grouped and outline.words((index, chain)) not in grouped:
                return index
    return None


def _variables(found: Projections, span: Span) -> Iterator[int]:
    """Indexes of the variables of an expression that lie in no aggregate and are none of a list's."""
    outline = found.outline
    inner = [(o, outline.partner.get(o, o)) for _, o in outline.subqueries(span)]
    names = [i for i in range(*span) if outline.named(i) and not outline.is_part_of_name(i)]
    local = {outline.tokens[i].text for i in names if outline.keyword(i + 1) == "IN" and _opens(outline, i)}
    local |= {outline.tokens[i].text for i in names if outline.keyword(i - 2) == "REDUCE"}
    for index in names:
        called = outline.sign(index + 1, "(", "{") or outline.tokens[index].text in local
        spaced = outline.tokens[index].text.lower() in NAMESPACES and outline.sign(index + 1, ".")
        hidden = _covered(found, index, span) or any(a < index < b for a, b in inner)
        if not (called or spaced or hidden or outline.keyword(index) in _WORDS):
            yield index


def _opens(outline: Outline, index: int) -> bool:
    return outline.sign(index - 1, "[", "(", ",")


def in_order(found: Projections) -> int | None:
    """In ORDER BY, unless the key is an item as it is."""
    outline = found.outline
    for key, items in found.orders:
        end = key[1]
        if outline.keyword(end - 1) in ("ASC", "ASCENDING", "DESC", "DESCENDING"):
            end -= 1
        inside = found.aggregates((key[0], end))
        if inside and outline.words((key[0], end)) not in {outline.words(i.span) for i in items}:
            return inside[0]
    return None


def elsewhere(found: Projections) -> int | None:
    """In a clause that does not aggregate: MATCH, UNWIND, SKIP, LIMIT."""
    return next((index for span in found.other for index in found.aggregates(span)), None)


def percentile_of_distinct(found: Projections) -> int | None:
    """`percentileDisc(DISTINCT …)`: DISTINCT is passed over."""
    outline = found.outline
    for index, token in enumerate(outline.tokens):
        if token.text.lower() in ("percentiledisc", "percentilecont") and outline.sign(index + 1, "("):
            if outline.tokens[index + 2 : index + 3] and outline.tokens[index + 2].keyword == "DISTINCT":
                return index
    return None
