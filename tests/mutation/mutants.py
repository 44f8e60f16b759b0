"""Mutants of a rule file: one comparison turned round, or one condition on the day dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["day", "comparison"]

_DAY = re.compile(r"(?:(\w+)\.since <= \$as_of < \1\.until)")
_COMPARISON = re.compile(r"(?<![<\-=>])\s(<=|>=|<>|<|>)\s(?![<\-=>])")
_TURNED = {"<=": ">", ">": "<=", ">=": "<", "<": ">=", "<>": "="}
_SILENT = re.compile(r"//[^\n]*|'(?:[^'\\]|\\.)*'")


@dataclass(frozen=True)
class Mutant:
    """A changed text of a rule file: in which line, what became of what."""

    kind: Kind
    line: int
    before: str
    after: str
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: `{self.before}` → `{self.after}`"


def mutants_of(text: str) -> Iterator[Mutant]:
    """Every mutant of a file, in the order of the text; the header and comments stay."""
    quiet = _SILENT.sub(lambda m: " " * len(m[0]), text)
    days = [(m.start(), m.end()) for m in _DAY.finditer(quiet)]
    for start, end in days:
        yield _mutant("day", text, start, end, "true")
    for match in _COMPARISON.finditer(quiet):
        start, end = match.span(1)
        if not any(begin <= start < stop for begin, stop in days):
            yield _mutant("comparison", text, start, end, _TURNED[match[1]])


def _mutant(kind: Kind, text: str, start: int, end: int, after: str) -> Mutant:
    line = text.count("\n", 0, start) + 1
    return Mutant(kind, line, text[start:end], after, text[:start] + after + text[end:])
