"""Expressions of Cypher, read by descent: what binds least is read first."""

from __future__ import annotations

from collections.abc import Callable

from graph.executor.reader import TokenReader
from graph.executor.syntax import (
    Call,
    Case,
    Comprehension,
    Expression,
    GivenName,
    HasLabel,
    ListOf,
    Literal,
    MapOf,
    MapProjection,
    MemberAt,
    Name,
    Operation,
    PathPattern,
    PatternComprehension,
    PropertyOf,
    Quantifier,
    QueryTree,
    Reduce,
    Subquery,
)
from graph.executor.tokens import NotCompiled, text_of

_COMPARED = frozenset({"=", "<>", "<", "<=", ">", ">="})
_CONSTANTS = {"TRUE": True, "FALSE": False, "NULL": None}


class ExpressionParser(TokenReader):
    """Reads expressions; patterns and queries inside them are read by the class above it."""

    def path(self) -> PathPattern:
        """A pattern."""
        raise NotImplementedError

    def query(self) -> QueryTree:
        """A query in braces, up to the closing one."""
        raise NotImplementedError

    # Operators, from those that bind least

    def expression(self) -> Expression:
        """Any expression."""
        return self._joined("OR", self._and)

    def _and(self) -> Expression:
        return self._joined("AND", self._not)

    def _joined(self, word: str, operand: Callable[[], Expression]) -> Expression:
        found = [operand()]
        while self.word(word):
            found.append(operand())
        return found[0] if len(found) == 1 else Operation(word, tuple(found))

    def _not(self) -> Expression:
        return Operation("NOT", (self._not(),)) if self.word("NOT") else self._comparison()

    def _comparison(self) -> Expression:
        left = self._predicate()
        parts = []
        while self.next.kind == "sign" and self.next.text in _COMPARED:
            sign = self.next.text
            self.at += 1
            right = self._predicate()
            parts.append(Operation(sign, (left, right)))
            left = right
        if not parts:
            return left
        return parts[0] if len(parts) == 1 else Operation("AND", tuple(parts))

    def _predicate(self) -> Expression:
        found = self._sum()
        while True:
            if self.word("IN"):
                found = Operation("IN", (found, self._sum()))
            elif self.word("STARTS", "WITH"):
                found = Operation("STARTS WITH", (found, self._sum()))
            elif self.word("ENDS", "WITH"):
                found = Operation("ENDS WITH", (found, self._sum()))
            elif self.word("CONTAINS"):
                found = Operation("CONTAINS", (found, self._sum()))
            elif self.word("IS", "NOT", "NULL"):
                found = Operation("IS NOT NULL", (found,))
            elif self.word("IS", "NULL"):
                found = Operation("IS NULL", (found,))
            else:
                return found

    def _sum(self) -> Expression:
        return self._chain(("+", "-"), self._product)

    def _product(self) -> Expression:
        return self._chain(("*", "/", "%"), self._signed)

    def _chain(self, signs: tuple[str, ...], operand: Callable[[], Expression]) -> Expression:
        found = operand()
        while self.next.kind == "sign" and self.next.text in signs:
            sign = self.next.text
            self.at += 1
            found = Operation(sign, (found, operand()))
        return found

    def _signed(self) -> Expression:
        return Operation("negative", (self._signed(),)) if self.sign("-") else self._postfix()

    def _postfix(self) -> Expression:
        found = self._atom()
        while True:
            if self.sign("."):
                found = PropertyOf(found, self.name())
            elif self.sign("["):
                found = MemberAt(found, self.expression())
                self.need("]")
            elif isinstance(found, Name | PropertyOf) and self.sign(":"):
                found = HasLabel(found, self.name())
            else:
                return found

    # What stands between operators

    def _atom(self) -> Expression:
        token = self.next
        if token.kind == "name":
            return self._named()
        self.at += 1
        constants: dict[str, Callable[[], Expression]] = {
            "number": lambda: Literal(float(token.text) if "." in token.text else int(token.text)),
            "text": lambda: Literal(text_of(token)),
            "parameter": lambda: GivenName(token.text[1:]),
        }
        opened: dict[str, Callable[[], Expression]] = {
            "(": self._parentheses,
            "[": self._brackets,
            "{": lambda: MapOf(self.entries()),
        }
        read = constants.get(token.kind) or opened.get(token.text)
        if read is None:
            raise NotCompiled(f"an expression expected at {token.at}, not {token.text!r}")
        return read()

    def _parentheses(self) -> Expression:
        found = self.expression()
        self.need(")")
        return found

    def _named(self) -> Expression:
        word, ahead = self.next.text, self.tokens[self.at + 1]
        upper = word.upper()
        if upper in ("EXISTS", "COUNT", "COLLECT") and ahead.text == "{":
            self.at += 2
            return Subquery(upper, self.query())
        if upper == "CASE":
            return self._case()
        if ahead.text == "(":
            self.at += 2
            return self._called(word)
        self.at += 1
        if upper in _CONSTANTS:
            return Literal(_CONSTANTS[upper])
        if ahead.text == "{" and self.tokens[self.at + 1].text == ".":
            return self._map_projection(Name(word))
        return Name(word)

    def _called(self, name: str) -> Expression:
        lower = name.lower()
        if lower in ("all", "any", "none"):
            variable, of, where, _ = self._each()
            self.need(")")
            if where is None:
                raise NotCompiled(f"{name}() without WHERE")
            return Quantifier(lower, variable, of, where)
        if lower == "reduce":
            total = self.name()
            self.need("=")
            start = self.expression()
            self.need(",")
            variable, of, _, gives = self._each()
            self.need(")")
            return Reduce(total, start, variable, of, gives or Name(variable))
        if self.sign("*"):
            self.need(")")
            return Call(lower, (), star=True)
        distinct = self.word("DISTINCT")
        return Call(lower, self._listed(")"), distinct=distinct)

    def _listed(self, end: str) -> tuple[Expression, ...]:
        """Expressions between commas, up to a sign."""
        found = []
        while not self.sign(end):
            found.append(self.expression())
            if not self.sign(",") and self.next.text != end:
                raise NotCompiled(f"a list that goes on with {self.next.text!r} at {self.next.at}")
        return tuple(found)

    def _each(self) -> tuple[str, Expression, Expression | None, Expression | None]:
        """`name IN of WHERE where | gives`."""
        variable = self.name()
        self.need("IN")
        of = self.expression()
        where = self.expression() if self.word("WHERE") else None
        return variable, of, where, self.expression() if self.sign("|") else None

    def _brackets(self) -> Expression:
        if self.next.text == "(":
            begun = self.at
            try:
                return self._pattern_comprehension()
            except NotCompiled:
                self.at = begun
        if self.next.kind == "name" and self.tokens[self.at + 1].is_word("IN"):
            each = Comprehension(*self._each())
            self.need("]")
            return each
        return ListOf(self._listed("]"))

    def _pattern_comprehension(self) -> Expression:
        path = self.path()
        if not path.edges:
            raise NotCompiled("no edge")
        where = self.expression() if self.word("WHERE") else None
        self.need("|")
        gives = self.expression()
        self.need("]")
        return PatternComprehension(path, where, gives)

    def entries(self) -> tuple[tuple[str, Expression], ...]:
        """The entries of a map, up to the closing brace."""
        found = []
        while not self.sign("}"):
            key = self.name()
            self.need(":")
            found.append((key, self.expression()))
            self.sign(",")
        return tuple(found)

    def _map_projection(self, of: Name) -> Expression:
        self.need("{")
        taken: list[str] | None = []
        items = []
        while not self.sign("}"):
            if self.sign("."):
                if self.sign("*"):
                    taken = None
                elif taken is not None:
                    taken.append(self.name())
            else:
                key = self.name()
                self.need(":")
                items.append((key, self.expression()))
            self.sign(",")
        return MapProjection(of, None if taken is None else tuple(taken), tuple(items))

    def _case(self) -> Expression:
        self.need("CASE")
        subject = None if self.next.is_word("WHEN") else self.expression()
        branches = []
        while self.word("WHEN"):
            when = self.expression()
            self.need("THEN")
            branches.append((when, self.expression()))
        otherwise = self.expression() if self.word("ELSE") else Literal(None)
        self.need("END")
        return Case(subject, tuple(branches), otherwise)
