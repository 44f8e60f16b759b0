"""Clauses and patterns of Cypher, read from text."""

from __future__ import annotations

from functools import lru_cache

from graph.executor.expressions import ExpressionParser
from graph.executor.syntax import (
    CallQuery,
    Clause,
    EdgePattern,
    Expression,
    Match,
    Name,
    NodePattern,
    PathPattern,
    Projection,
    PropertyOf,
    QueryTree,
    Unwind,
)
from graph.executor.tokens import NotCompiled

_MANY = 1 << 62
"""Edges that a pattern without an upper bound follows at most."""


@lru_cache(maxsize=512)
def parse(text: str) -> QueryTree:
    """The query that a text says; raises `NotCompiled` for what is not read here."""
    parser = Parser(text)
    found = parser.statement()
    parser.sign(";")
    if parser.next.kind != "end":
        raise NotCompiled(f"{parser.next.text!r} at {parser.next.at}")
    return found


class Parser(ExpressionParser):
    """Reads queries."""

    def query(self) -> QueryTree:
        """A query in braces, up to the closing one."""
        found = self.statement()
        self.need("}")
        return found

    def statement(self) -> QueryTree:
        """Parts joined by UNION."""
        parts, distinct = [self._part()], False
        while self.word("UNION"):
            all_ = self.word("ALL")
            if len(parts) > 1 and distinct == all_:
                raise NotCompiled("UNION beside UNION ALL")
            distinct = not all_
            parts.append(self._part())
        return QueryTree(tuple(parts), distinct)

    def _part(self) -> tuple[Clause, ...]:
        found: list[Clause] = []
        while (clause := self._clause()) is not None:
            found.append(clause)
        if not found:
            raise NotCompiled(f"a clause expected at {self.next.at}, not {self.next.text!r}")
        return tuple(found)

    def _clause(self) -> Clause | None:
        found: Clause | None = None
        if self.word("OPTIONAL", "MATCH"):
            found = self._match(optional=True)
        elif self.word("MATCH"):
            found = self._match()
        elif self.word("UNWIND"):
            of = self.expression()
            self.need("AS")
            found = Unwind(of, self.name())
        elif self.word("CALL"):
            found = self._call()
        elif self.word("WITH"):
            found = self._projection(last=False)
        elif self.word("RETURN"):
            found = self._projection(last=True)
        return found

    def _match(self, *, optional: bool = False) -> Match:
        paths = [self.path()]
        while self.sign(","):
            paths.append(self.path())
        return Match(tuple(paths), self.expression() if self.word("WHERE") else None, optional)

    def _call(self) -> CallQuery:
        self.need("(")
        names = []
        while not self.sign(")"):
            names.append(self.name())
            self.sign(",")
        self.need("{")
        return CallQuery(tuple(names), self.query())

    def _projection(self, *, last: bool) -> Projection:
        distinct = self.word("DISTINCT")
        items = [self._item()]
        while self.sign(","):
            items.append(self._item())
        if len({name for name, _ in items}) < len(items):
            raise NotCompiled("two columns of one name")
        order: list[tuple[Expression, bool]] = []
        if self.word("ORDER", "BY"):
            order.append(self._sorted())
            while self.sign(","):
                order.append(self._sorted())
        limit = self.expression() if self.word("LIMIT") else None
        where = self.expression() if not last and self.word("WHERE") else None
        return Projection(tuple(items), distinct, tuple(order), limit, where, last)

    def _item(self) -> tuple[str, Expression]:
        value = self.expression()
        if self.word("AS"):
            return self.name(), value
        if isinstance(value, Name):
            return value.name, value
        if isinstance(value, PropertyOf) and isinstance(value.of, Name):
            return f"{value.of.name}.{value.name}", value
        return f" {self.next.at}", value  # named by its text

    def _sorted(self) -> tuple[Expression, bool]:
        value = self.expression()
        if self.word("DESC"):
            return value, True
        self.word("ASC")
        return value, False

    def path(self) -> PathPattern:
        """`(a)-[e]->(b)…`."""
        nodes, edges = [self._node()], []
        while self.next.text in ("-", "<"):
            edges.append(self._edge())
            nodes.append(self._node())
        return PathPattern(tuple(nodes), tuple(edges))

    def _node(self) -> NodePattern:
        self.need("(")
        name = self.name() if self.next.kind == "name" else None
        labels = []
        if self.sign(":"):
            labels.append(self.name())
            while self.sign("|"):
                labels.append(self.name())
        items = self.entries() if self.sign("{") else ()
        self.need(")")
        return NodePattern(name, tuple(labels), items)

    def _edge(self) -> EdgePattern:
        here = self.sign("<")
        self.need("-")
        name: str | None = None
        types: list[str] = []
        items: tuple[tuple[str, Expression], ...] = ()
        bounds: tuple[int | None, int | None] = (None, None)
        if self.sign("["):
            name = self.name() if self.next.kind == "name" else None
            if self.sign(":"):
                types.append(self.name())
                while self.sign("|"):
                    types.append(self.name())
            if self.sign("*"):
                bounds = self._bounds()
            items = self.entries() if self.sign("{") else ()
            self.need("]")
        self.need("-")
        away = self.sign(">")
        if here and away:
            raise NotCompiled("an edge that points both ways")
        return EdgePattern(name, tuple(types), items, None if not here and not away else away, *bounds)

    def _bounds(self) -> tuple[int, int]:
        low = self._number()
        if not self.sign(".."):
            return (1, _MANY) if low is None else (low, low)
        high = self._number()
        return 1 if low is None else low, _MANY if high is None else high

    def _number(self) -> int | None:
        if self.next.kind != "number":
            return None
        self.at += 1
        return int(self.tokens[self.at - 1].text)
