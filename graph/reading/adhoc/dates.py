"""Dates compared with what only looks like one: no engine compares them, so no row would be found.

JSON has no dates, so every day that a program gives is a text. What an operand is follows from the model,
from functions that give dates, from the parameters, and from what WITH, UNWIND and lists call it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.reading.adhoc.operands import ARITHMETIC, item_start, operand_end, operand_start
from graph.reading.adhoc.outline import Outline, Span
from graph.reading.adhoc.refusals import TextForDate
from graph.reading.adhoc.scope import QueryReading
from graph.reading.adhoc.uses import TYPES, Use, read_uses

_LOOKS = re.compile(
    r"\s*\d{4}(\s*[-/.年]?\s*\d{1,2}(\s*[-/.月]?\s*\d{1,2}(\s*日)?|\s*月)?|\s*年)?([T ].*)?\s*"
)
_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}|\d{8}")
"""What both engines take between the brackets of `date()`."""
_GIVE_DATES = {"date", "datetime", "localdatetime"}
_KEEP_KIND = {"min", "max", "head", "last", "collect", "coalesce"}
"""Functions whose result is of the kind of what they are given."""
_THINGS = {"nodes", "relationships", "startnode", "endnode"}
_LISTS = {"any", "all", "none", "single"}
_COMPARE = ("=", "<", ">")


def check_dates(outline: Outline, reading: QueryReading, given: Mapping[str, Any]) -> None:
    """Raises `TextForDate` where a date is compared with what is none: no row would fit."""
    comparisons = _Comparisons(outline, reading, given)
    for left, right in comparisons.pairs():
        found = {side.is_date: side for side in (left, right) if side is not None}
        if len(found) == 2:  # noqa: PLR2004 - a date on one side, something else on the other
            token, text = outline.tokens[found[False].at], found[False]
            raise TextForDate(found[True].written, text.written, text.right(), token.line, token.column)


@dataclass(frozen=True)
class _Operand:
    """One side of a comparison: a date, or a value that looks like one."""

    is_date: bool
    written: str
    at: int
    value: Any = None

    def right(self) -> str:
        """How it is written as a date."""
        if isinstance(self.value, list):
            return f"[d IN {self.written} | date(d)]"
        text = str(self.value)
        if isinstance(self.value, str) and _WRITTEN.fullmatch(text):
            return f"date({self.written})"
        return f"date('{_iso(text) or '2025-06-30'}')"


class _Comparisons:
    """The comparisons of one query, and what its names stand for."""

    def __init__(self, outline: Outline, reading: QueryReading, given: Mapping[str, Any]) -> None:
        self.outline = outline
        self.given = given
        uses = list(read_uses(outline, reading))
        self.bound = {e.name for e in reading.elements}
        self.named = self.definitions()
        self.dates = {use.start: use for use in [*uses, *self.carried()] if _is_date(use)}
        self.asked: set[str] = set()

    def pairs(self) -> list[tuple[_Operand | None, _Operand | None]]:
        """Both sides of each comparison, None where nothing is known of one."""
        found: list[tuple[_Operand | None, _Operand | None]] = []
        for at in range(1, len(self.outline.tokens)):
            end = at
            while self.outline.sign(end, *_COMPARE):
                end += 1
            key = self.dates.get(at - 1) if self.outline.sign(at, ":") else None
            if key is not None and key.end == at:
                found.append((self.of_use(key), self.operand((at + 1, operand_end(self.outline, at + 1)))))
            elif self.outline.keyword(at) == "WHEN":
                found.append((self.of_case(at), self.operand((at + 1, operand_end(self.outline, at + 1)))))
            elif self.outline.keyword(at) == "IN" and not self.outline.names[at]:
                end = at + 1
            if end > at and not self.outline.sign(end, "~") and not self.outline.sign(at - 1, *_COMPARE):
                sides = (operand_start(self.outline, at), at), (end, operand_end(self.outline, end))
                found.append((self.operand(sides[0]), self.operand(sides[1])))
        return found

    def of_case(self, when: int) -> _Operand | None:
        """What a WHEN compares with: `CASE r.since WHEN`."""
        begin = self.outline.around[when] + 1
        if begin == 0 or self.outline.keyword(begin - 1) != "CASE":
            return None
        return self.operand((begin, operand_end(self.outline, begin)))

    def definitions(self) -> dict[str, list[Span]]:
        """What each name stands for: items with AS, and what a list calls its elements."""
        found: dict[str, list[Span]] = {}
        for at in range(1, len(self.outline.tokens) - 1):
            word = self.outline.keyword(at)
            if word == "AS" and self.outline.named(at + 1):
                found.setdefault(self.outline.tokens[at + 1].text, []).append(
                    (item_start(self.outline, at), at)
                )
            elif word == "IN" and self.outline.named(at - 1):
                listed = self.outline.sign(at - 2, "(") and self.outline.named(at - 3)
                if self.outline.sign(at - 2, "[") or (
                    listed and self.outline.tokens[at - 3].text.lower() in _LISTS
                ):
                    span = at + 1, operand_end(self.outline, at + 1)
                    found.setdefault(self.outline.tokens[at - 1].text, []).append(span)
        return found

    def carried(self) -> Iterator[Use]:
        """Properties of what is bound under another name: `WITH r AS e`, `[e IN relationships(p) | …]`."""
        for dot in range(1, len(self.outline.tokens) - 1):
            owner = self.outline.tokens[dot - 1].text
            if not self.outline.sign(dot, ".") or not self.outline.named(dot + 1) or owner in self.bound:
                continue
            spans = self.named.get(owner, [])
            if spans and all(self.is_thing(span) for span in spans):
                yield Use(dot + 1, self.outline.tokens[dot + 1].text, tuple(TYPES), dot + 2, dot - 1)

    def is_thing(self, span: Span) -> bool:
        """Whether it is a node or an edge, or a list of them, as far as can be told."""
        start, end = span
        if end - start == 1:
            return self.outline.tokens[start].text in self.bound
        opening = self.outline.partner.get(end - 1, end)
        function = self.outline.tokens[start].text.lower()
        if opening != start + 1 or not self.outline.sign(opening, "("):
            return False
        return function in _THINGS or (
            function in _KEEP_KIND and all(self.is_thing(part) for part in self.parts(opening))
        )

    def operand(self, span: Span) -> _Operand | None:
        """What a span is."""
        start, end = span
        while self.outline.sign(start, "(") and self.outline.partner.get(start) == end - 1:
            start, end = start + 1, end - 1
        if start >= end:
            return None
        parts = self.outline.split((start, end), *ARITHMETIC)
        if len(parts) > 1:  # a day and a duration are a day; of anything else nothing is known
            sides = [side for part in parts if (side := self.operand(part)) is not None]
            return next((side for side in sides if side.is_date), None)
        if self.outline.sign(start, "["):
            sides = [side for part in self.parts(start) if (side := self.operand(part)) is not None]
            return min(sides, key=lambda side: side.is_date, default=None)
        written = self.outline.text[self.outline.tokens[start].start : self.outline.tokens[end - 1].end]
        if self.outline.named(start):
            return self.name((start, end), written)
        return _looking(written, start, self.value((start, end)))

    def parts(self, opening: int) -> list[Span]:
        """What stands between brackets, by commas."""
        return self.outline.split(self.outline.inside(opening), ",")

    def value(self, span: Span) -> Any:
        """What a text, a number or a parameter says; None for all else."""
        start, end = span
        token = self.outline.tokens[start]
        if self.outline.sign(start, "$"):
            return self.given_value(start + 1, end)
        if end - start == 1 and token.kind == "string":
            return token.text[1:-1]
        return (
            int(token.text) if end - start == 1 and token.kind == "number" and token.text.isdigit() else None
        )

    def name(self, span: Span, written: str) -> _Operand | None:
        """What a property, a call or a name of the query is."""
        start, end = span
        use = self.dates.get(start)
        if use is not None and use.end == end:
            return self.of_use(use)
        if end - start == 1:
            return self.alias(start)
        opening = self.outline.partner.get(end - 1, start)
        function = self.outline.tokens[start].text.lower()
        called = self.outline.sign(opening, "(") and not self.outline.sign(opening - 2, ")")
        if called and function in _GIVE_DATES:
            return _Operand(is_date=True, written=written, at=start)
        if called and function in _KEEP_KIND and opening == start + 1:
            spans = self.parts(opening)
            if spans and self.outline.keyword(spans[0][0]) == "DISTINCT":
                spans[0] = spans[0][0] + 1, spans[0][1]
            return self.first([self.operand(part) for part in spans])
        return None

    def alias(self, at: int) -> _Operand | None:
        """What a name stands for, where all its definitions agree."""
        name = self.outline.tokens[at].text
        if name in self.bound or name in self.asked or name not in self.named:
            return None
        self.asked.add(name)
        found = [self.operand(span) for span in self.named[name]]
        self.asked.discard(name)
        first = self.first(found)
        if first is None:
            return None
        value = first.value[0] if isinstance(first.value, list) and first.value else first.value
        return _Operand(first.is_date, name, at, value)

    def first(self, sides: list[_Operand | None]) -> _Operand | None:
        """The first of some operands, if all are known and of one kind."""
        kinds = {side.is_date if side is not None else None for side in sides}
        return sides[0] if len(kinds) == 1 else None

    def of_use(self, use: Use) -> _Operand:
        return _Operand(is_date=True, written=use.name, at=use.at)

    def given_value(self, at: int, end: int) -> Any:
        """The value of a parameter or of what is within it; None where that is not known."""
        found: Any = self.given.get(self.outline.tokens[at].text) if at < end else None
        at += 1
        while at < end:
            inside = self.outline.inside(at) if self.outline.sign(at, "[") else (at + 1, at + 2)
            if not self.outline.sign(at, ".", "[") or inside[1] - inside[0] != 1:
                return None
            token = self.outline.tokens[inside[0]]
            key: Any = token.text[1:-1] if token.kind == "string" else token.text
            if isinstance(found, list):
                found = found[int(key)] if key.isdigit() and int(key) < len(found) else None
            else:
                found = found.get(key) if isinstance(found, dict) else None
            at = inside[1] + self.outline.sign(at, "[")
        return found


def _is_date(use: Use) -> bool:
    declared = use.declared()
    return bool(declared) and all(p.kind == "date" for p in declared)


def _looking(written: str, at: int, value: Any) -> _Operand | None:
    """A value that looks like a day, or a list of such."""
    values = value if isinstance(value, list) else [value]
    looks = bool(values) and all(_LOOKS.fullmatch(v) if isinstance(v, str) else _is_number(v) for v in values)
    return _Operand(is_date=False, written=written, at=at, value=value) if looks else None


def _is_number(value: Any) -> bool:
    """Whether it is a day written as a number: 20250630."""
    return type(value) is int and len(str(value)) == len("20250630") and _iso(str(value)) is not None


def _iso(text: str) -> str | None:
    """A day as `date()` takes it; None where it is none, or only a month."""
    found = [int(number) for number in re.findall(r"\d+", text)]
    if re.fullmatch(r"\d{8}", text):
        found = [int(text[:4]), int(text[4:6]), int(text[6:])]
    try:
        return date(*found[:3]).isoformat()
    except (TypeError, ValueError):
        return None
