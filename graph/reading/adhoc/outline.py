"""The outline of a query: brackets, clauses, subqueries, items; no grammar of expressions.

Enough to find forms that the embedded engine answers wrongly, the names of the
columns and of what patterns bind. Where the text is no Cypher, what is found means nothing: the
engine then says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.reading.adhoc.positions import is_part_of_name, read_names
from graph.reading.adhoc.refusals import Refused
from graph.reading.adhoc.tokens import Token

Span = tuple[int, int]
"""Indexes of tokens: the first, and the one after the last."""

CLAUSES = {
    "MATCH", "WITH", "RETURN", "UNWIND", "CALL", "UNION", "WHERE", "ORDER", "SKIP", "OFFSET", "LIMIT",
    "YIELD", "FILTER", "LET", "FINISH", "OPTIONAL",
}  # fmt: skip
_PAIRS = {")": "(", "]": "[", "}": "{"}
DEEPEST = 100
"""Brackets within brackets; what people write stays below 20."""
_SUBQUERIES = ("EXISTS", "COUNT", "COLLECT", "CALL")


@dataclass(frozen=True)
class Clause:
    """A clause: its word (`OPTIONAL MATCH` is one), where that is, and what follows it."""

    word: str
    at: int
    body: Span


@dataclass(frozen=True)
class ReturnItem:
    """One item of RETURN or WITH: its expression, its name (None: `*`), whether `AS` gave the name."""

    span: Span
    name: str | None
    renamed: bool


class Outline:
    """The tokens of one statement without EXPLAIN, and what belongs together."""

    def __init__(self, tokens: Sequence[Token], text: str) -> None:
        self.tokens = tokens
        self.text = text
        self.names = read_names(tokens)
        self.partner: dict[int, int] = {}
        """From each bracket to its other one, also from CASE to END."""
        self.values: set[int] = set()
        """Where the values of maps begin: what follows their colon is no label."""
        self.around: list[int] = []
        """For each token, the innermost bracket that is open there; -1 for none."""
        self._keywords: list[str] = []
        self._pair()

    @property
    def whole(self) -> Span:
        """All of it."""
        return 0, len(self.tokens)

    def sign(self, index: int, *texts: str) -> bool:
        """Whether one of these signs is at an index, which may lie outside."""
        return 0 <= index < len(self.tokens) and self.tokens[index].is_sign(*texts)

    def keyword(self, index: int) -> str:
        """The keyword at an index; empty for properties, labels, parameters, keys and aliases."""
        return self._keywords[index] if 0 <= index < len(self._keywords) else ""

    def is_part_of_name(self, index: int) -> bool:
        """Whether it is a property, label, type, parameter or key."""
        return index not in self.values and bool(is_part_of_name(self.tokens, index))

    def named(self, index: int) -> bool:
        """Whether a word or a name in backticks is at an index."""
        return 0 <= index < len(self.tokens) and self.tokens[index].kind in ("word", "name")

    def top(self, span: Span) -> Iterator[int]:
        """Indexes in a span that lie in no bracket of it; opening brackets are among them."""
        index, end = span
        while index < end:
            yield index
            index = max(index, self.partner.get(index, index)) + 1

    def inside(self, opening: int) -> Span:
        """What lies between a bracket and its other one."""
        return opening + 1, self.partner.get(opening, len(self.tokens))

    def split(self, span: Span, *signs: str) -> list[Span]:
        """The parts of a span between signs that lie in no bracket of it; none of an empty span."""
        found, start = [], span[0]
        for index in self.top(span):
            if self.sign(index, *signs):
                found.append((start, index))
                start = index + 1
        return [*found, (start, span[1])] if span[0] < span[1] else []

    def words(self, span: Span) -> tuple[str, ...]:
        """The texts of a span, to compare expressions."""
        return tuple(t.text for t in self.tokens[span[0] : span[1]])

    def clauses(self, span: Span) -> list[Clause]:
        """The clauses of a query, in order; what stands before the first is left out."""
        starts = [(index, word) for index in self.top(span) if (word := self._clause(index))]
        found = []
        for number, (index, word) in enumerate(starts):
            begin = index + 1
            if word.startswith("OPTIONAL ") or (word == "ORDER" and self.keyword(begin) == "BY"):
                begin += 1
            if word == "UNION" and self.keyword(begin) in ("ALL", "DISTINCT"):
                begin += 1
            end = starts[number + 1][0] if number + 1 < len(starts) else span[1]
            found.append(Clause(word, index, (begin, end)))
        return found

    def parts(self, span: Span) -> list[list[Clause]]:
        """The clauses of a query, apart where UNION parts them."""
        found: list[list[Clause]] = [[]]
        for clause in self.clauses(span):
            if clause.word == "UNION":
                found.append([])
            else:
                found[-1].append(clause)
        return found

    def queries(self, span: Span) -> Iterator[list[Clause]]:
        """The parts of a query and of each subquery in it."""
        yield from self.parts(span)
        for _, opening in self.subqueries(span):
            yield from self.queries(self.inside(opening))

    def _clause(self, index: int) -> str:
        word = "" if self.names[index] else self.keyword(index)
        if word not in CLAUSES or (word == "WITH" and self.keyword(index - 1) in ("STARTS", "ENDS")):
            return ""
        if word == "OPTIONAL":
            return f"OPTIONAL {self.keyword(index + 1)}"
        return "" if self.keyword(index - 1) == "OPTIONAL" and not self.names[index - 1] else word

    def items(self, clause: Clause) -> list[ReturnItem]:
        """The items of a RETURN or WITH."""
        start, end = clause.body
        if self.keyword(start) == "DISTINCT" and start + 1 < end and not self.sign(start + 1, ",", "."):
            start += 1
        return [self._item(part) for part in self.split((start, end), ",")]

    def _item(self, span: Span) -> ReturnItem:
        start, end = span
        if end - start == 1 and self.sign(start, "*"):
            return ReturnItem(span, None, False)
        if start < end - 2 and self.tokens[end - 2].keyword == "AS" and self.named(end - 1):
            return ReturnItem((start, end - 2), self.tokens[end - 1].text, True)
        written = self.text[self.tokens[start].start : self.tokens[end - 1].end] if start < end else ""
        if end - start == 1 and self.tokens[start].kind == "name":
            written = self.tokens[start].text
        return ReturnItem(span, written, False)

    def subqueries(self, span: Span) -> list[tuple[str, int]]:
        """The outermost subqueries of a span: EXISTS, COUNT, COLLECT or CALL, and their bracket."""
        found: list[tuple[str, int]] = []
        index = span[0]
        while index < span[1]:
            if self.sign(index, "{") and (word := self._subquery(index)):
                found.append((word, index))
                index = self.partner.get(index, span[1])
            index += 1
        return found

    def _subquery(self, opening: int) -> str:
        before = opening - 1
        if self.sign(before, ")") and before in self.partner:
            before = self.partner[before] - 1
            return "CALL" if self.keyword(before) == "CALL" and not self.names[before] else ""
        word = self.keyword(before)
        return word if word in _SUBQUERIES else ""

    def _pair(self) -> None:
        opened: list[tuple[str, int]] = []
        for index, token in enumerate(self.tokens):
            keyed = self.sign(index - 1, ":") and self.named(index - 2) and self.sign(index - 3, "{", ",")
            if keyed and opened and opened[-1][0] == "{" and not self._subquery(opened[-1][1]):
                self.values.add(index)
            word = self._keyword(index)
            self._keywords.append(word)
            if token.is_sign("(", "[", "{") or word == "CASE":
                opened.append((word or token.text, index))
            if len(opened) > DEEPEST:
                raise Refused(
                    f"括号嵌套超过 {DEEPEST} 层",
                    f"brackets are nested more than {DEEPEST} deep",
                    token.line,
                    token.column,
                )
            wanted = _PAIRS.get(token.text, "") if token.kind == "sign" else "CASE" if word == "END" else ""
            if wanted and opened and opened[-1][0] == wanted:
                _, other = opened.pop()
                self.partner[index], self.partner[other] = other, index
            others = opened[:-1] if opened and opened[-1][1] == index else opened
            self.around.append(others[-1][1] if others else -1)

    def _keyword(self, index: int) -> str:
        if self.tokens[index].kind != "word" or self.is_part_of_name(index):
            return ""
        after_as = index > 0 and self._keywords[index - 1] == "AS" and not self.names[index - 1]
        return "" if after_as else self.tokens[index].keyword
