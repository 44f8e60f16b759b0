"""Aggregates in places where the embedded engine computes them wrongly; see `forms`.

Each finder gives the index of the token to point at, or None. An item with an aggregate is right
there where nothing but arithmetic, comparisons, CASE and functions is around it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from graph.reading.adhoc.guard import NAMESPACES
from graph.reading.adhoc.outline import Outline, Span
from graph.reading.adhoc.projections import WORDS, Projections


def in_predicate(found: Projections) -> int | None:
    """Under IS NULL, NOT, IN, AND, OR, XOR, STARTS WITH, ENDS WITH, CONTAINS, `=~` or `::`."""
    for item, index in found.expressions():
        for at, span in found.around(index, item.span):
            if found.predicates(span, found.part(at, span)):
                return index
    return None


def in_map(found: Projections) -> int | None:
    """In a map, with anything but arithmetic and lists around it."""
    outline = found.outline
    seen: set[Span] = set()
    for item, index in found.expressions():
        for at, span in found.around(index, item.span):
            if not outline.sign(span[0] - 1, "{") or found.projected(span):
                continue
            value = found.part(at, span)
            if value not in seen and any(
                _computes(outline, i) for i in range(*value) if i not in found.covered(item.span)
            ):
                return index
            seen.add(value)
    return None


def _computes(outline: Outline, index: int) -> bool:
    token = outline.tokens[index]
    if token.kind == "word":
        parameter = outline.sign(index - 1, "$")
        key = outline.sign(index + 1, ":") and not outline.sign(index + 2, ":")
        return not parameter and not key and outline.keyword(index) != "NULL"
    return token.is_sign("=", "<", ">", "|")


def in_map_projection(found: Projections) -> int | None:
    """In the map of `node {.property, key: value}`."""
    for item, index in found.expressions():
        if any(found.projected(span) for _, span in found.around(index, item.span)):
            return index
    return None


def property_of(found: Projections) -> int | None:
    """Before a dot: `max(d).year`, `head(collect(x)).name`."""
    outline = found.outline
    for item, _ in found.items:
        inside = found.aggregates(item.span)
        for dot in range(*item.span) if inside else ():
            closed = outline.sign(dot - 1, ")", "]", "}") and outline.sign(dot, ".")
            if not closed or not outline.named(dot + 1) or dot in found.covered(item.span):
                continue
            start = dot - 1
            while start in outline.partner and outline.partner[start] < start:
                start = outline.partner[start] - 1
            # Before the first bracket may be the name of the aggregate itself.
            if bisect_left(inside, start) < bisect_left(inside, dot):
                return dot
    return None


def in_slice(found: Projections) -> int | None:
    """As a bound of `list[from..to]`."""
    outline = found.outline
    seen: set[Span] = set()
    for item, index in found.expressions():
        for _, span in found.around(index, item.span):
            if span in seen or not outline.sign(span[0] - 1, "["):
                continue
            seen.add(span)
            if any(outline.sign(i, ".") and outline.sign(i + 1, ".") for i in outline.top(span)):
                return index
    return None


def in_list_body(found: Projections) -> int | None:
    """In what a comprehension, `any(…)` or `reduce` computes for each element, not in their list."""
    for item, index in found.expressions():
        for at, span in found.around(index, item.span):
            heads = found.heads(span)
            # After the list comes a bar or WHERE: then the aggregate's part begins there.
            if heads and found.part(at, span)[0] > heads[0]:
                return index
    return None


def beside_ungrouped(found: Projections) -> int | None:
    """Beside a variable that is no item of its own: the engine takes its value from any row."""
    outline = found.outline
    for item, items in found.items:
        if not found.aggregates(item.span):
            continue
        grouped = found.grouped(items, item)
        if ("*",) in grouped:
            continue
        for index in _variables(found, item.span):
            end = index + 1
            known = outline.words((index, end)) in grouped
            while not known and outline.sign(end, ".") and outline.named(end + 1):
                end += 2
                known = outline.words((index, end)) in grouped
            if not known:
                return index
    return None


def _variables(found: Projections, span: Span) -> Iterator[int]:
    """Indexes of the variables of an expression that lie in no aggregate and are none of a list's."""
    outline = found.outline
    inner = {i for _, o in outline.subqueries(span) for i in range(*outline.inside(o))}
    names = [i for i in range(*span) if outline.named(i) and not outline.is_part_of_name(i)]
    local = {outline.tokens[i].text for i in names if outline.keyword(i + 1) == "IN" and _opens(outline, i)}
    local |= {outline.tokens[i].text for i in names if outline.keyword(i - 2) == "REDUCE"}
    for index in names:
        called = outline.sign(index + 1, "(", "{") or outline.tokens[index].text in local
        spaced = outline.tokens[index].text.lower() in NAMESPACES and outline.sign(index + 1, ".")
        hidden = index in found.covered(span) or index in inner
        if not (called or spaced or hidden or outline.keyword(index) in WORDS):
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
        called = token.text.lower() in ("percentiledisc", "percentilecont") and outline.sign(index + 1, "(")
        if called and outline.keyword(index + 2) == "DISTINCT":
            return index
    return None
