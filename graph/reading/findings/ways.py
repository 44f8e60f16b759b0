"""Which rows a change may concern: the ways from the thing a row is about to all that the query reads for it.

Walked backwards from what changed, they lead to every thing whose row may be different now: from a changed
Party organization to the quarters that it covers.

A query is taken as steps from variable to variable. A pattern leads from a variable that is bound to those
that are not: `MATCH (q:Quarter)<-[:COVERS]-(po)` leads from `q` over COVERS to `po`. An expression hands on
what its variables hold. Everything that a row rests on is reached by such steps from its origin, the
variable of the column that says in which area the row counts.

Two variables of one name are taken for one: that may find too many ways, never too few. A pattern that does
not begin at something bound makes its variables `loose`: any node may match there, so a change may concern
every row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graph.catalogue import Query
from graph.kept.ways import ANY_LABEL, Ways, WayStep
from graph.model import EDGES
from graph.reading.adhoc.outline import Clause, Outline, Span
from graph.reading.adhoc.patterns import Path, PatternElement, expressed_paths, matched_paths
from graph.reading.adhoc.tokens import read_tokens
from graph.reading.findings.handed_on import handed_on, handed_on_by_reduce
from graph.reading.findings.held_labels import EdgeBeside, HeldLabels

_LISTS = {"ANY", "ALL", "NONE", "SINGLE"}
_MATCHES = {"MATCH", "OPTIONAL MATCH"}
_OPAQUE = {"startnode", "endnode", "nodes", "relationships", "properties", "keys", "shortestpath"}
NOTHING: frozenset[str] = frozenset()
LEVEL = 3
"""Tokens of `level: 'community'`."""
_BY_REVISION: dict[str, Ways | None] = {}


class UnclearError(Exception):
    """The text has a form whose ways are not known here."""


def ways_of(query: Query) -> Ways | None:
    """The ways of a file; None where it is not clear by which a row is reached."""
    if query.revision not in _BY_REVISION:
        try:
            _BY_REVISION[query.revision] = _Reading(query).ways
        except UnclearError:
            _BY_REVISION[query.revision] = None
    return _BY_REVISION[query.revision]


class _Reading:
    """One pass through the clauses of a file."""

    def __init__(self, query: Query) -> None:
        self.outline = Outline(read_tokens(query.text), query.text)
        self._words = {t.text.lower() for t in self.outline.tokens}
        if self._words & _OPAQUE:
            raise UnclearError
        if not query.header.places and query.folder != "scopes":
            raise UnclearError
        column = "subject" if query.folder == "scopes" else query.header.places[0][0]
        clauses = self.outline.clauses(self.outline.whole)
        returned = [c for c in clauses if c.word == "RETURN"][-1]
        item = next(i for i in self.outline.items(returned) if i.name == column)
        first = self.outline.tokens[item.span[0]]  # `origin.id AS subject`
        if first.kind != "word" or not self.outline.sign(item.span[0] + 1, "."):
            raise UnclearError
        ordered = [c for c in clauses if c.word == "ORDER"][-1:]
        keys = [self.outline.words(k) for c in ordered for k in self.outline.split(c.body, ",")]
        columns = {c.name for c in query.columns}
        if not keys or any(len(k) != 1 or k[0] not in columns for k in keys):
            raise UnclearError
        self.ways = Ways(first.text, column, tuple(k[0] for k in keys))
        self._unnamed = 0
        self._held = HeldLabels()
        self._clauses(self.outline.whole, set())
        held = self._held.settled(self.ways.flows)
        self.ways.held = {name: held.get(name, NOTHING) for name in self.ways.names()}

    def _clauses(self, span: Span, outer: set[str]) -> set[str]:
        """Read a query with the variables that it sees. Returns the names that it returns."""
        bound, returned = set(outer), set()
        for clause in self.outline.clauses(span):
            if clause.word in _MATCHES:
                self._matched(clause.body, bound)
            elif clause.word == "UNWIND":
                self._expression(clause.body, bound)
                name = self.outline.tokens[clause.body[1] - 1].text
                self._hand_on(clause.body, name)
                bound.add(name)
            elif clause.word == "RETURN":
                returned |= self._projected(clause, bound)
            elif clause.word == "WITH":
                # A subquery goes on seeing what it was given.
                bound = self._projected(clause, bound) | (outer if span != self.outline.whole else set())
            elif clause.word == "CALL":
                bound |= self._call(clause.body, bound)
            elif clause.word == "UNION":
                bound = set(outer)
            elif clause.word in ("WHERE", "ORDER"):
                self._expression(clause.body, bound)
            elif clause.word not in ("LIMIT", "SKIP"):
                raise UnclearError
        return returned

    def _matched(self, body: Span, bound: set[str]) -> None:
        for path in matched_paths(self.outline, body):
            if path.name or path.shortest:
                raise UnclearError
            self._path(path, bound)

    def _projected(self, clause: Clause, bound: set[str]) -> set[str]:
        """The names of a projection, to each of which its expression hands on."""
        names = set()
        for item in self.outline.items(clause):
            self._expression(item.span, bound)
            if item.name is None:
                names |= bound
            else:
                self._hand_on(item.span, item.name)
                names.add(item.name)
        return names

    def _call(self, span: Span, bound: set[str]) -> set[str]:
        found: set[str] = set()
        for _, opening in self.outline.subqueries((span[0] - 1, span[1])):
            imported = {t.text for t in self.outline.tokens[span[0] : opening]} & bound
            found |= self._clauses(self.outline.inside(opening), imported)
        return found

    def _expression(self, span: Span, bound: set[str]) -> None:
        """Patterns and subqueries within an expression; what a comprehension names is bound within it."""
        outline = self.outline
        scopes: list[tuple[Span, set[str]]] = []

        def names_at(at: int) -> set[str]:
            return bound.union(*(names for (start, end), names in scopes if start <= at < end))

        for name, listed, around in self._comprehensions(span):
            self._hand_on(listed, name, reduced=listed == around)
            scopes.append((around, {name}))
        for path in expressed_paths(outline, span):
            known = names_at(path.span[0])
            self._path(path, known)
            opening = outline.around[path.span[0]]
            around = outline.inside(opening) if opening >= span[0] else span
            scopes.append((around, known))
        for _, opening in outline.subqueries(span):
            self._clauses(outline.inside(opening), names_at(opening))

    def _comprehensions(self, span: Span) -> Iterator[tuple[str, Span, Span]]:
        """`[x IN list …]`, `any(x IN list …)`, `reduce(y = …, x IN list | …)`: variable, list, all of it."""
        outline = self.outline
        inner = [outline.inside(opening) for _, opening in outline.subqueries(span)]
        for at in range(*span):
            if outline.keyword(at) != "IN" or any(start <= at < end for start, end in inner):
                continue
            opening = outline.around[at]
            around = outline.inside(opening)
            lists = outline.sign(opening, "[") or outline.keyword(opening - 1) in _LISTS
            reduced = outline.keyword(opening - 1) == "REDUCE" and outline.sign(at - 2, ",")
            if reduced:
                yield outline.tokens[opening + 1].text, around, around
            if reduced or (lists and at - 2 == opening):
                rest = outline.top((at + 1, around[1]))
                ends = (i for i in rest if outline.sign(i, "|", ",") or outline.keyword(i) == "WHERE")
                yield outline.tokens[at - 1].text, (at + 1, next(ends, around[1])), around

    def _hand_on(self, span: Span, name: str, *, reduced: bool = False) -> None:
        """What the names in an expression hold may be in the value that goes by another name."""
        names = (handed_on_by_reduce if reduced else handed_on)(self.outline, span)
        self.ways.flows |= {(one, name) for one in names}

    def _path(self, path: Path, bound: set[str]) -> None:
        """The steps of a path, outwards from the origin, or else from the first bound node."""
        nodes = [e for e in path.elements if not e.edge]
        edges = [e for e in path.elements if e.edge]
        if len(nodes) != len(edges) + 1:
            raise UnclearError
        names = [self._named(e) for e in nodes]
        labels = [self._labels(e) for e in nodes]
        levels = [self._level(e) for e in nodes]
        for name, labelled in zip(names, labels, strict=True):
            self.ways.nodes.setdefault(name, set()).add(labelled)
        for at, name in enumerate(names):
            if name not in bound:
                self._held.meet(name, labels[at], self._beside(edges, at))
        anchors = [n for n in names if n == self.ways.origin] or [n for n in names if n in bound]
        if not anchors:
            self.ways.loose |= set(names)
        anchor = names.index(anchors[0]) if anchors else 0
        for at, edge in enumerate(edges):
            near, far = (at, at + 1) if at >= anchor else (at + 1, at)
            for out in self._directions(edge):
                outwards = out if at >= anchor else not out
                self._step(
                    edge,
                    WayStep(
                        names[near],
                        names[far],
                        ANY_LABEL,
                        outwards,
                        *(labels[near], labels[far]),
                        *(levels[near], levels[far]),
                    ),
                )
        bound.update(e.name for e in path.elements if e.name)

    def _step(self, edge: PatternElement, step: WayStep) -> None:
        """A step, or for `*` steps through one unnamed variable that leads to itself."""
        types = frozenset(self.outline.tokens[i].text for i in edge.labels)
        if not types or not types <= set(EDGES):
            raise UnclearError
        if not edge.many:
            self.ways.steps.add(replace(step, types=types))
            return
        between = self._fresh()
        first = replace(step, types=types, target=between, target_labels=ANY_LABEL, target_level=None)
        self.ways.steps.add(first)
        self.ways.steps.add(WayStep(between, between, types, step.out))
        self.ways.flows |= {(between, step.target), (step.source, step.target)}
        self.ways.nodes.setdefault(between, set()).add(ANY_LABEL)
        self._held.meet(between, ANY_LABEL, [[EdgeBeside(types, not step.out)]])

    def _beside(self, edges: list[PatternElement], at: int) -> Iterator[list[EdgeBeside]]:
        """Of each edge beside a node that has to be there, the ways in which it may point."""
        for after, edge in ((False, edges[:at][-1:]), (True, edges[at : at + 1])):
            for one in edge:
                types = frozenset(self.outline.tokens[i].text for i in one.labels)
                if types and types <= set(EDGES) and not self._may_be_none(one):
                    yield [EdgeBeside(types, out == after) for out in self._directions(one)]

    def _may_be_none(self, edge: PatternElement) -> bool:
        """Whether a way of no edge is one: `*0..`, and `*..`, of which that is not looked at."""
        if not edge.many:
            return False
        inside = range(*self.outline.inside(self.outline.around[edge.at]))
        star = next((i for i in inside if self.outline.sign(i, "*")), None)
        return star is None or self.outline.tokens[star + 1].text in ("0", ".")

    def _directions(self, edge: PatternElement) -> list[bool]:
        """[True] from left to right, [False] from right to left, both where it says neither."""
        opening = self.outline.around[edge.at]
        if not self.outline.sign(opening, "["):
            opening = edge.at - 1
        closing = self.outline.partner[opening]
        if self.outline.sign(closing + 2, ">"):
            return [True]
        return [False] if self.outline.sign(opening - 2, "<") else [True, False]

    def _named(self, element: PatternElement) -> str:
        return element.name or self._fresh()

    def _fresh(self) -> str:
        self._unnamed += 1
        return f"({self._unnamed})"

    def _labels(self, element: PatternElement) -> frozenset[str]:
        return frozenset(self.outline.tokens[i].text for i in element.labels)

    def _level(self, element: PatternElement) -> str | None:
        """The level of an area, where the pattern says that and no more: `(:Area {level: 'community'})`."""
        at = element.properties
        if at is None or self._labels(element) != {"Area"}:
            return None
        said = [self.outline.tokens[i].text for i in range(*self.outline.inside(at))]
        return said[2].strip("'") if len(said) == LEVEL and said[:2] == ["level", ":"] else None
