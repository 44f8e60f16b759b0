"""What an expression hands on: the names whose nodes may be in its value, not those that it only looks at.

`CASE WHEN size(a) > 0 THEN b END` may be what `b` is; by `a` no node comes into it. Where that is not
clear, a name is taken for one that is handed on.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.reading.adhoc.outline import Outline, Span

_PLAIN = {"any", "all", "none", "single", "size", "exists", "count", "tostring", "tointeger", "abs"}
"""Functions whose value is a number, a text or a truth."""


def handed_on(outline: Outline, span: Span) -> Iterator[str]:
    """The names in an expression whose value may be, or be in, its own."""
    for index in outline.top(span):
        if index in outline.partner:
            yield from _in_brackets(outline, index)
        elif outline.named(index) and not outline.is_part_of_name(index):
            yield outline.tokens[index].text


def handed_on_by_reduce(outline: Outline, span: Span) -> Iterator[str]:
    """The same of what stands in `reduce(sum = first, x IN list | next)`: `first` and `next`."""
    first = next((i for i in outline.top(span) if outline.sign(i, ",")), span[1])
    yield from handed_on(outline, (span[0], first))
    yield from handed_on(outline, _after_bar(outline, span) or (first, span[1]))


def _in_brackets(outline: Outline, opening: int) -> Iterator[str]:
    inside = outline.inside(opening)
    if outline.keyword(opening) == "CASE":
        yield from _cases(outline, inside)
    elif outline.sign(opening, "{"):
        yield from _braces(outline, opening, inside)
    elif outline.sign(opening, "["):
        bar = _after_bar(outline, inside)
        where = next((i for i in outline.top(inside) if outline.keyword(i) == "WHERE"), inside[1])
        listed = outline.keyword(inside[0] + 1) == "IN"
        yield from handed_on(outline, bar or ((inside[0], where) if listed else inside))
    else:
        function = outline.tokens[opening - 1].text.lower() if outline.named(opening - 1) else ""
        if function == "reduce":
            yield from handed_on_by_reduce(outline, inside)
        elif function not in _PLAIN:
            yield from handed_on(outline, inside)


def _braces(outline: Outline, opening: int, inside: Span) -> Iterator[str]:
    """Of `COLLECT { … RETURN x }` what is returned; of `EXISTS` and `COUNT` nothing; all of a map."""
    word = next((w for w, at in outline.subqueries((opening, inside[1] + 1)) if at == opening), None)
    if word is None:
        yield from handed_on(outline, inside)
    elif word == "COLLECT":
        for clause in outline.clauses(inside):
            if clause.word == "RETURN":
                for item in outline.items(clause):
                    yield from handed_on(outline, item.span)


def _cases(outline: Outline, inside: Span) -> Iterator[str]:
    """What stands behind THEN and ELSE."""
    marks = [i for i in outline.top(inside) if outline.keyword(i) in ("WHEN", "THEN", "ELSE")]
    for mark, end in zip(marks, [*marks[1:], inside[1]], strict=True):
        if outline.keyword(mark) != "WHEN":
            yield from handed_on(outline, (mark + 1, end))


def _after_bar(outline: Outline, span: Span) -> Span | None:
    bars = [i for i in outline.top(span) if outline.sign(i, "|")]
    return (bars[-1] + 1, span[1]) if bars else None
