"""Properties of the nodes and edges that patterns bind, and of which types they are by the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.model import EDGES, NODES, Property
from graph.reading.adhoc.outline import Outline, Span
from graph.reading.adhoc.scope import QueryReading
from graph.store.schema import OPERATIONAL

TYPES = {**NODES, **EDGES}


@dataclass(frozen=True)
class Use:
    """A property of something that a pattern binds: where, and what it can be by the model."""

    at: int
    name: str
    types: tuple[str, ...]
    """Labels or edge types that the thing may have."""
    end: int
    """Index after it: an operator, or the colon in a pattern."""
    start: int

    def declared(self) -> list[Property]:
        """The property in each of the types that have it."""
        return [p for t in self.types if (p := TYPES[t].properties().get(self.name)) is not None]


def types_bound(outline: Outline, reading: QueryReading) -> dict[str, tuple[str, ...]]:
    """The labels or edge types that each variable of a pattern may have; all where it names none."""
    edges = {e.name for e in reading.elements if e.name and e.edge}
    types: dict[str, tuple[str, ...]] = {}
    for name in reading.bound():
        labels = reading.labels(outline, name)
        if labels & set(OPERATIONAL):
            continue
        known = EDGES if name in edges else NODES
        types[name] = tuple(sorted(labels & set(known))) or (() if labels else tuple(known))
    return types


def whole_things(outline: Outline, reading: QueryReading) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Where a query gives a node or edge with all its properties, and the types that it may have.

    `RETURN n`, `RETURN collect(n)`, `properties(n)`, `keys(n)`, `n {.*}`, `n[$key]`.
    """
    types = types_bound(outline, reading)
    returned = {
        at
        for clause in outline.clauses(outline.whole)
        if clause.word == "RETURN"
        for item in outline.items(clause)
        for at in _alone(outline, item.span)
    }
    for at, token in enumerate(outline.tokens):
        if not outline.named(at) or not types.get(token.text) or outline.sign(at - 1, ".", "$"):
            continue
        asked = outline.sign(at - 1, "(") and outline.keyword(at - 2) in ("PROPERTIES", "KEYS")
        projected = outline.sign(at + 1, "{") and any(
            outline.sign(start, ".") and outline.sign(start + 1, "*")
            for start, _ in outline.split(outline.inside(at + 1), ",")
        )
        if at in returned or asked or projected or outline.sign(at + 1, "["):
            yield at, types[token.text]


def _alone(outline: Outline, span: Span) -> tuple[int, ...]:
    """Where the one name of an item is that is nothing else, or what it collects."""
    start, end = span
    if outline.keyword(start) == "COLLECT" and outline.sign(start + 1, "("):
        start, end = outline.inside(start + 1)
        start += outline.keyword(start) == "DISTINCT"
    return (start,) if end - start == 1 else ()


def read_uses(outline: Outline, reading: QueryReading) -> Iterator[Use]:
    """Properties of what patterns bind: `n.level`, `n {.level}`, `(n {level: …})`."""
    types = types_bound(outline, reading)
    for dot in range(1, len(outline.tokens) - 1):
        owner = outline.tokens[dot - 1].text
        if not outline.sign(dot, ".") or not outline.named(dot - 1) or outline.sign(dot - 2, ".", "$"):
            continue
        if types.get(owner) and outline.named(dot + 1) and not outline.sign(dot + 2, "("):
            yield Use(dot + 1, outline.tokens[dot + 1].text, types[owner], dot + 2, dot - 1)
    for at in range(len(outline.tokens) - 1):
        owned = types.get(outline.tokens[at].text) if outline.named(at) else None
        for start, _ in (
            outline.split(outline.inside(at + 1), ",") if owned and outline.sign(at + 1, "{") else ()
        ):
            if outline.sign(start, ".") and outline.named(start + 1):
                yield Use(start + 1, outline.tokens[start + 1].text, owned or (), start + 2, start)
    for element in reading.elements:
        known = EDGES if element.edge else NODES
        own = tuple(t for at in element.labels if (t := outline.tokens[at].text) in known)
        if element.properties is None or (element.labels and not own):
            continue
        for start, end in outline.split(outline.inside(element.properties), ","):
            if outline.named(start) and outline.sign(start + 1, ":") and start < end:
                yield Use(start, outline.tokens[start].text, own or tuple(known), start + 1, start)
