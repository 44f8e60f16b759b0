"""Where an expression names variables, and what it does to what it finds there."""

from __future__ import annotations

from graph.reading.adhoc.outline import Outline, Span


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
    variable, or where a function or AND, OR, XOR, NOT in brackets gives what is true.
    """
    after = index + 1
    while outline.sign(after, ".") and outline.named(after + 1):
        after += 2
    if outline.sign(after, "[") or outline.sign(index + 1, "{"):
        return False
    opening = outline.around[index]
    while opening >= span[0]:
        if outline.keyword(opening) == "CASE":
            return False
        if outline.sign(opening, "{"):
            return outline.keyword(opening - 1) == "EXISTS"
        closing = outline.partner.get(opening, span[1])
        if outline.sign(closing + 1, ".", "["):
            return False
        hides = _hides_as_index if outline.sign(opening, "[") else _hides_as_call
        if hides(outline, span, opening):
            return False
        opening = outline.around[opening]
    return True


def _hides_as_index(outline: Outline, span: Span, opening: int) -> bool:
    """Whether square brackets are behind a value."""
    before = opening - 1
    value = outline.named(before) and not outline.keyword(before)
    return before >= span[0] and (value or outline.sign(before, ")", "]", "}"))


def _hides_as_call(outline: Outline, span: Span, opening: int) -> bool:
    """Whether round brackets are those of a quantifier, or hold what is true or not."""
    closing = outline.partner.get(opening, span[1])
    name = outline.tokens[opening - 1].text.lower() if opening > span[0] else ""
    before, behind = outline.keyword(opening - 1), outline.keyword(closing + 1)
    if outline.named(opening - 1) and opening > span[0] and before not in _JOINING:
        first = opening - 1
        alone = first == span[0] or outline.keyword(first - 1) in _JOINING
        return name in _LOCAL or (alone and (closing + 1 >= span[1] or behind in _JOINING))
    joins = any(outline.keyword(i) in _JOINING for i in outline.top((opening + 1, closing)))
    while outline.sign(opening - 1, "(") and outline.sign(closing + 1, ")"):
        opening, closing = opening - 1, closing + 1
    return joins and (outline.sign(opening - 1, "=", "<", ">") or outline.sign(closing + 1, "=", "<", ">"))


_JOINING = ("AND", "OR", "XOR", "NOT")
_LOCAL = ("any", "all", "none", "single", "reduce")
