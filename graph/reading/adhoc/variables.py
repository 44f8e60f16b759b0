"""Where an expression names variables, and what it does to what it finds there."""

from __future__ import annotations

from graph.reading.adhoc.outline import Outline, Span
from graph.reading.adhoc.patterns import is_joined


def named_in(outline: Outline, span: Span, names: frozenset[str]) -> list[int]:
    """Where one of some variables is named; a variable that a list binds for itself is another one."""
    named = [i for i in range(*span) if names and outline.named(i) and outline.tokens[i].text in names]
    own = {outline.tokens[i].text for i in named if outline.keyword(i + 1) == "IN" and _in_list(outline, i)}
    return [
        i
        for i in named
        if outline.tokens[i].text not in own
        and not outline.is_part_of_name(i)
        and outline.keyword(i - 1) != "AS"
        and not outline.sign(i + 1, "(")
    ]


def _in_list(outline: Outline, index: int) -> bool:
    return outline.sign(index - 1, "[", "(", ",")


def is_seen(outline: Outline, span: Span, index: int) -> bool:
    """Whether the embedded engine sees that a condition needs the variable at an index.

    It does not look into CASE, maps, `reduce` and quantifiers, behind an index or a property of what is no
    variable, or where a property, a function or AND, OR, XOR, NOT in brackets is what is true or not.
    """
    if _hides_itself(outline, span, index):
        return False
    opening = outline.around[index]
    while opening >= span[0]:
        if outline.keyword(opening) == "CASE":
            return False
        if outline.sign(opening, "{"):
            return outline.keyword(opening - 1) == "EXISTS" and not _turns(outline, span)
        closing = outline.partner.get(opening, span[1])
        if outline.sign(closing + 1, ".", "["):
            return False
        hides = _hides_as_index if outline.sign(opening, "[") else _hides_as_call
        if hides(outline, span, opening):
            return False
        opening = outline.around[opening]
    return True


def _hides_itself(outline: Outline, span: Span, index: int) -> bool:
    """Whether a variable has an index or a property of a property, or a property that is true or not."""
    after = index + 1
    while outline.sign(after, ".") and outline.named(after + 1):
        after += 2
    if after - index > _PROPERTY or outline.sign(after, "[") or outline.sign(index + 1, "{"):
        return True
    return after > index + 1 and _is_operand(outline, span, (index, after))


def _hides_as_index(outline: Outline, span: Span, opening: int) -> bool:
    """Whether square brackets are behind a value."""
    before = opening - 1
    value = outline.named(before) and not outline.keyword(before)
    return before >= span[0] and (value or outline.sign(before, ")", "]", "}"))


def _hides_as_call(outline: Outline, span: Span, opening: int) -> bool:
    """Whether round brackets are those of a quantifier, or hold what is true or not."""
    closing = outline.partner.get(opening, span[1])
    if is_joined(outline, closing) or outline.sign(opening - 1, "-", ">"):
        return _turns(outline, span)
    if _calls(outline, span, opening):
        local = outline.tokens[opening - 1].text.lower() in _LOCAL
        return local or _is_operand(outline, span, (opening - 1, closing + 1))
    joins = any(outline.keyword(i) in _JOINING for i in outline.top((opening + 1, closing)))
    while outline.sign(opening - 1, "(") and outline.sign(closing + 1, ")"):
        opening, closing = opening - 1, closing + 1
    return joins and (outline.sign(opening - 1, "=", "<", ">") or outline.sign(closing + 1, "=", "<", ">"))


def _turns(outline: Outline, span: Span) -> bool:
    """Whether a condition may be false because something exists: of all that exists the engine finds some."""
    compared = (i for i in range(*span) if outline.sign(i, "="))
    return any(outline.keyword(i) in ("NOT", "XOR") for i in range(*span)) or any(
        outline.sign(i - 1, ")") or outline.sign(i + 1, "(") for i in compared
    )


def _calls(outline: Outline, span: Span, opening: int) -> bool:
    """Whether the name of a function is before round brackets."""
    named = opening > span[0] and outline.named(opening - 1)
    return named and outline.keyword(opening - 1) not in _JOINING


def _is_operand(outline: Outline, span: Span, part: Span) -> bool:
    """Whether a part of a condition is one of those that AND, OR, XOR and NOT join."""
    begin, end = part
    while outline.partner.get(begin - 1) == end and not _calls(outline, span, begin - 1):
        begin, end = begin - 1, end + 1
    grouped = outline.sign(begin - 1, "(") and not _calls(outline, span, begin - 1)
    left = begin <= span[0] or outline.keyword(begin - 1) in _JOINING or grouped
    return left and (end >= span[1] or outline.keyword(end) in _JOINING or outline.sign(end, ")"))


_JOINING = ("AND", "OR", "XOR", "NOT")
_PROPERTY = 3
"""Tokens of `a.b`."""
_LOCAL = ("any", "all", "none", "single", "reduce")
