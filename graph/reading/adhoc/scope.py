"""What the names of a query stand for: its columns, what patterns bind, what may be null.

Clauses are followed in order, with what each of them leaves in scope.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.reading.adhoc.outline import Clause, Outline, ReturnItem, Span
from graph.reading.adhoc.patterns import Matched, Path, PatternElement, expressed_paths, matched_paths
from graph.reading.adhoc.projections import AGGREGATES
from graph.reading.adhoc.variables import named_in

Scope = dict[str, bool]
"""Names in the order in which they came, and whether each may be null."""

PROCEDURE_COLUMNS = {
    "labels": "label",
    "relationshiptypes": "relationshipType",
    "propertykeys": "propertyKey",
}


_BEHIND_WITH = ("WHERE", "ORDER", "SKIP", "OFFSET", "LIMIT")
"""What stands behind a WITH, and still sees what was in scope before it."""


@dataclass
class QueryReading:
    """What was found in a query."""

    columns: list[str] = field(default_factory=list)
    """The names of its result, in order."""
    elements: list[PatternElement] = field(default_factory=list)
    """Nodes and edges of all patterns."""
    matched: list[Matched] = field(default_factory=list)
    """What each MATCH binds, and COUNT and EXISTS that begin with a pattern."""
    rebound: list[int] = field(default_factory=list)
    """Where a pattern holds a variable that may be null, at a place where the embedded engine binds
    it anew."""
    forgotten: list[int] = field(default_factory=list)
    """Where a subquery names a variable from around it after a WITH of its own that does not."""

    def labels(self, outline: Outline, name: str) -> set[str]:
        """The labels or types that patterns give to a variable; empty: none, or unknown."""
        return {outline.tokens[at].text for e in self.elements if e.name == name for at in e.labels}

    def bound(self) -> set[str]:
        """Variables that a pattern binds to one node or edge."""
        return {e.name for e in self.elements if e.name is not None and not e.many}


def read_scope(outline: Outline) -> QueryReading:
    """Follow a whole query."""
    reading = QueryReading()
    reading.columns = list(_Follower(outline, reading).query(outline.whole, {}))
    return reading


class _Follower:
    """Follows the clauses of one query and of what is within it."""

    def __init__(self, outline: Outline, reading: QueryReading) -> None:
        self.outline = outline
        self.reading = reading
        self.around: frozenset[str] = frozenset()
        """Names that stay in scope through every WITH: those around a subquery."""

    def inner(self, span: Span, given: Mapping[str, bool], around: frozenset[str]) -> Scope:
        """The names that a subquery gives; what is around it stays in scope to its end."""
        before, self.around = self.around, around
        result = self.query(span, given)
        self.around = before
        return result

    def query(self, span: Span, given: Mapping[str, bool]) -> Scope:
        """The names that a query gives to the one around it, or to the caller."""
        scope, results = dict(given), []
        result: Scope = {}
        before: Scope = {}
        for clause in self.outline.clauses(span):
            if clause.word not in _BEHIND_WITH:
                before = {}
            seen = {**before, **scope}
            self.reading.forgotten += named_in(self.outline, clause.body, self.around.difference(seen))
            if clause.word == "WITH" and not aggregates(self.outline, clause.body):
                before = scope
            if clause.word == "UNION":
                results.append(result)
                scope, result = dict(given), {}
            elif clause.word == "RETURN":
                result = scope = self.projected(clause, scope)
            else:
                scope = self.clause(clause, scope, seen)
                if clause.word == "CALL" and not result:
                    result = self.called(clause)
        results.append(result)
        first = results[0]
        parts = [list(r.values()) for r in results if len(r) == len(first)]
        return {name: any(p[i] for p in parts) for i, name in enumerate(first)}

    def clause(self, clause: Clause, scope: Scope, seen: Scope) -> Scope:
        """The names in scope after a clause other than RETURN, which itself sees `seen`."""
        if clause.word in ("MATCH", "OPTIONAL MATCH"):
            return self.matched(clause, scope)
        if clause.word == "WITH":
            return self.projected(clause, scope)
        if clause.word in ("CALL", "OPTIONAL CALL"):
            return self.subquery(clause, scope)
        self.expressions(clause.body, seen)
        return {**scope, **self.added(clause, scope)}

    def added(self, clause: Clause, scope: Scope) -> Scope:
        """What a clause without patterns of its own adds to the names in scope, or knows better."""
        if clause.word in ("WHERE", "FILTER"):
            return dict.fromkeys(self.not_null(clause.body) & set(scope), False)
        if clause.word == "UNWIND" and self.outline.named(clause.body[1] - 1):
            words = {self.outline.keyword(i) for i in range(*clause.body)}
            return {self.outline.tokens[clause.body[1] - 1].text: bool(words & {"NULL", "CASE"})}
        if clause.word == "YIELD":
            return {i.name: False for i in self.outline.items(clause) if i.name}
        return {}

    def matched(self, clause: Clause, scope: Scope) -> Scope:
        optional = clause.word != "MATCH"
        found = dict(scope)
        paths = matched_paths(self.outline, clause.body)
        self.reading.matched.append(Matched(clause.body[1], paths, frozenset(scope)))
        for path in paths:
            self.reading.elements += path.elements
            self.reading.rebound += _rebound(path, scope, set(found), optional=optional)
            for number, element in enumerate(path.elements):
                if element.name is not None and element.name not in scope:
                    found[element.name] = optional
                elif element.name is not None and not optional and number == 0:
                    found[element.name] = False
            if path.name is not None:
                found[path.name] = optional
        return found

    def projected(self, clause: Clause, scope: Scope) -> Scope:
        """The names that WITH or RETURN leaves."""
        self.expressions(clause.body, scope)
        found: Scope = {}
        for item in self.outline.items(clause):
            if item.name is None:
                found |= {n: v for n, v in scope.items() if n not in found}
            else:
                found[item.name] = self.may_be_null(item, scope)
        return found

    def may_be_null(self, item: ReturnItem, scope: Scope) -> bool:
        """Of an expression, only the ends of an edge are known not to be null."""
        start, end = item.span
        if end - start == 1:
            return scope.get(self.outline.tokens[start].text, True)
        return self.outline.tokens[start].text.lower() not in ("startnode", "endnode", "collect", "count")

    def subquery(self, clause: Clause, scope: Scope) -> Scope:
        for _, opening in self.outline.subqueries((clause.at, clause.body[1])):
            given, stated = scope, self.outline.sign(clause.body[0], "(")
            if stated and not self.outline.sign(clause.body[0] + 1, "*"):
                imported = {self.outline.tokens[i].text for i in range(*self.outline.inside(clause.body[0]))}
                given = {n: v for n, v in scope.items() if n in imported}
            # What a first WITH imports does not stay to the end.
            around = frozenset(given if stated else ())
            result = self.inner(self.outline.inside(opening), given, around)
            optional = clause.word != "CALL"
            scope = {**scope, **{n: v or optional for n, v in result.items()}}
        return scope

    def called(self, clause: Clause) -> Scope:
        """The columns of a procedure that is the whole query."""
        last = self.outline.words(clause.body)
        name = next((w for w in last if w.lower() in PROCEDURE_COLUMNS), None)
        return {} if name is None else {PROCEDURE_COLUMNS[name.lower()]: False}

    def expressions(self, span: Span, scope: Scope) -> None:
        """Patterns and subqueries within expressions; a check for null before them is believed."""
        checks = self.checks(span)
        for path in expressed_paths(self.outline, span):
            self.reading.elements += path.elements
            self.reading.rebound += [
                e.at
                for e in path.elements
                if e.name and scope.get(e.name) and checks.get(e.name, span[1]) > path.span[0]
            ]
        for word, opening in self.outline.subqueries(span):
            if word == "CALL":
                continue
            given = {n: v and checks.get(n, span[1]) > opening for n, v in scope.items()}
            inner = self.outline.inside(opening)
            clauses = self.outline.clauses(inner)
            if clauses and clauses[0].at == inner[0]:
                self.inner(inner, given, self.around.union(given))
            else:
                where = next((c.at for c in clauses if c.word == "WHERE"), inner[1])
                after = self.matched(Clause("MATCH", opening, (inner[0], where)), given)
                self.expressions((where, inner[1]), after)

    def checks(self, span: Span) -> dict[str, int]:
        """Names of which a span asks whether they are null, and where it asks first."""
        found: dict[str, int] = {}
        for index in range(span[0] + 1, span[1]):
            if self.outline.keyword(index) == "IS" and self.outline.named(index - 1):
                found.setdefault(self.outline.tokens[index - 1].text, index)
        return found

    def not_null(self, span: Span) -> set[str]:
        """Names that a condition keeps from being null: `x IS NOT NULL`, joined by AND."""
        words = [self.outline.keyword(i) for i in self.outline.top(span)]
        if {"OR", "XOR"} & set(words):
            return set()
        return {
            self.outline.tokens[i - 1].text
            for i in self.outline.top((span[0] + 1, span[1]))
            if self.outline.keyword(i) == "IS"
            and self.outline.keyword(i + 1) == "NOT"
            and self.outline.keyword(i - 2) != "NOT"
            and not self.outline.sign(i - 2, ".")
        }


def _rebound(path: Path, scope: Scope, bound: set[str], *, optional: bool) -> list[int]:
    """Where a path holds a variable that may be null and is not the first of it.

    The embedded engine begins at the first node: if that is null, nothing matches, as it should.
    Nor does it go wrong where one plain edge leads from a new node to the variable.
    """
    first = path.elements[0] if path.elements else None
    nodes = [e for e in path.elements if not e.edge]
    found = []
    for element in () if path.shortest else path.elements:
        if element.name is None or not scope.get(element.name):
            continue
        alone = element is first and len(path.elements) == 1 and not optional
        new = first is not None and (first.name is None or first.name not in bound)
        reached = (
            new and nodes[1:] == [element] and not any(e.many for e in path.elements) and not element.edge
        )
        if alone or (element is not first and not reached):
            found.append(element.at)
    return found


def aggregates(outline: Outline, span: Span) -> bool:
    """Whether an expression computes over rows, outside of its subqueries."""
    inner = {i for _, opening in outline.subqueries(span) for i in range(*outline.inside(opening))}
    return any(
        outline.sign(i + 1, "(") and outline.tokens[i].text.lower() in AGGREGATES
        for i in range(*span)
        if i not in inner
    )
