"""Path patterns: the nodes and edges that a query names, in MATCH and within expressions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.reading.adhoc.outline import Outline, Span


@dataclass(frozen=True)
class PatternElement:
    """A node or an edge of a pattern: its variable, if it has one, and its labels or type."""

    edge: bool
    at: int
    name: str | None = None
    labels: tuple[int, ...] = ()
    """Indexes of the tokens that name them."""
    many: bool = False
    """Whether the variable is a list: of variable length, or in a quantified part."""
    properties: int | None = None
    """Index of the bracket of its properties."""


@dataclass(frozen=True)
class Path:
    """One path of a pattern."""

    span: Span
    elements: list[PatternElement] = field(default_factory=list)
    name: str | None = None
    shortest: bool = False
    """Whether it is asked for by `shortestPath` or `allShortestPaths`."""


@dataclass(frozen=True)
class Matched:
    """The paths of one MATCH, where they end, and the names in scope before it."""

    end: int
    paths: Sequence[Path]
    known: frozenset[str]

    def bound(self) -> set[str]:
        """Names that it binds itself."""
        elements = [element.name for path in self.paths for element in path.elements]
        return {name for name in (*elements, *(path.name for path in self.paths)) if name} - self.known


def matched_paths(outline: Outline, body: Span) -> list[Path]:
    """The paths of a MATCH."""
    found = []
    for start, end in outline.split(body, ","):
        named = outline.named(start) and outline.sign(start + 1, "=")
        name = outline.tokens[start].text if named else None
        opening = next((i for i in outline.top((start, end)) if outline.sign(i, "(")), None)
        if opening is None:
            continue
        function = outline.tokens[opening - 1].text.lower() if opening > start else ""
        shortest = function in ("shortestpath", "allshortestpaths")
        inner = outline.inside(opening) if shortest else (opening, end)
        found.append(Path((start, end), list(_elements(outline, inner)), name, shortest))
    return found


def expressed_paths(outline: Outline, span: Span) -> Iterator[Path]:
    """Paths within expressions: predicates and comprehensions, not those in subqueries."""
    index = span[0]
    inner = {opening for _, opening in outline.subqueries(span)}
    while index < span[1]:
        if index in inner:
            index = outline.partner.get(index, index)
        elif outline.sign(index, "(") and is_joined(outline, outline.partner.get(index, index)):
            end = _end(outline, index)
            yield Path((index, end), list(_elements(outline, (index, end))))
            index = end - 1
        index += 1


def is_joined(outline: Outline, closing: int) -> bool:
    """Whether the bracket of a node ends here and an edge follows: `)-[`, `)--`, `)<-[`, `)<--`."""
    after = closing + (2 if outline.sign(closing + 1, "<") else 1)
    return outline.sign(after, "-") and outline.sign(after + 1, "-", "[")


def _end(outline: Outline, index: int) -> int:
    """Index after the last node of the path that begins at the bracket of a node."""
    closing = outline.partner.get(index, index)
    while is_joined(outline, closing):
        after = closing + 1
        while outline.sign(after, "<", "-", ">", "[", "+", "*", "{"):
            after = outline.partner.get(after, after) + 1
        if not outline.sign(after, "(") or after not in outline.partner:
            break
        closing = outline.partner[after]
    return closing + 1


def _elements(outline: Outline, span: Span, *, many: bool = False) -> Iterator[PatternElement]:
    for index in outline.top(span):
        if outline.sign(index, "("):
            inner = outline.inside(index)
            if outline.sign(inner[0], "(") or (outline.named(inner[0]) and outline.sign(inner[0] + 1, "=")):
                repeated = outline.sign(inner[1] + 1, "{", "+", "*")
                begin = inner[0] if outline.sign(inner[0], "(") else inner[0] + 2
                yield from _elements(outline, (begin, inner[1]), many=many or repeated)
            else:
                yield _element(outline, inner, edge=False, many=many)
        elif outline.sign(index, "[") and outline.sign(index - 1, "-"):
            yield _element(outline, outline.inside(index), edge=True, many=many)
        elif outline.keyword(index) == "WHERE":
            return


def _element(outline: Outline, span: Span, *, edge: bool, many: bool) -> PatternElement:
    start, end = span
    name, index = None, start
    if outline.named(start) and start < end and outline.keyword(start) not in ("WHERE", "IS"):
        name, index = outline.tokens[start].text, start + 1
    labels: list[int] = []
    properties: int | None = None
    counted = False
    for at in outline.top((index, end)):
        if outline.keyword(at) == "WHERE":
            break
        if outline.sign(at, "{"):
            properties = at
        elif outline.sign(at, "*") and edge:
            counted = True
        elif outline.sign(at, "(") and not outline.sign(at - 1, "$"):
            labels += [i for i in range(*outline.inside(at)) if outline.named(i)]
        elif outline.named(at) and outline.keyword(at) != "IS" and not outline.sign(at - 1, "$"):
            labels.append(at)
    return PatternElement(edge, start, name, tuple(labels), many or counted, properties)
