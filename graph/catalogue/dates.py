"""How rules and dimensions read dates of which the month or year may be all that is known.

`date_precision` of a node or edge names them (`elected_on:month`); the date itself is the first day, of an
exclusive end the first day after. A file that compares such a date reads its precision too, and in one
form, or it would find on the first of a month what is not known until its end. Described in
docs/catalogue.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.catalogue.headers import HeaderProblem
from graph.model import EDGES, NODES

FOLDERS = frozenset({"rules", "coverage", "candidates", "closers"})
DATES = frozenset(
    name
    for element in (*NODES.values(), *EDGES.values())
    if "date_precision" in element.properties()
    for name, column in element.properties().items()
    if column.kind == "date" and name not in ("since", "until")
)
"""Properties of which a register may have the month or year alone; of edges their periods aside."""
_COMMENT = re.compile(r"//[^\n]*")
_READ = re.compile(rf"\b\w+\.({'|'.join(sorted(DATES))})\b")
_WORD = re.compile(r"'(?P<name>\w+):(?P<unit>month|year)'")
_FORM = re.compile(
    r"'(?P<name>\w+):(?P<unit>month|year)'(?: IN \w+\.date_precision)?\s+THEN\s+"
    r"(?:\w+\.(?P=name) (?P<sign>[+-]) )?duration\(\{(?P=unit)s: 1, days: -1\}\)"
)
"""The other end of the month or year: forward from its first day, back from an exclusive end."""


def date_problems(folder: str, text: str) -> list[HeaderProblem]:
    """Dates that are compared as if they were days, and other forms of asking, with their lines."""
    if folder not in FOLDERS:
        return []
    code = _COMMENT.sub(lambda comment: " " * len(comment[0]), text)
    found = sorted({*_unasked(code), *_forms(code)})
    return [HeaderProblem(code.count("\n", 0, at) + 1, what) for at, what in found]


def _unasked(code: str) -> Iterator[tuple[int, str]]:
    asked = {word["name"] for word in _WORD.finditer(code)} | set(re.findall(r"'(\w+):'", code))
    for read in _READ.finditer(code):
        if read[1] not in asked:
            yield read.start(), f"compares {read[1]} as a day: it may be a month or year (date_precision)"


def _forms(code: str) -> Iterator[tuple[int, str]]:
    for word in _WORD.finditer(code):
        form = _FORM.match(code, word.start())
        sign = "-" if word["name"].endswith("_until") else "+"
        if form is None or form["sign"] not in (None, sign):
            unit = f"duration({{{word['unit']}s: 1, days: -1}})"
            yield word.start(), f"expected {word[0]} THEN … {sign} {unit}: the other end of it"
