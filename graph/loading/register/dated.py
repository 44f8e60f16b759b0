"""Days of a row, each with how precisely the register has it: of a thing, and of the ties that it has.

A column `post.since` is of every post that the row says, `operation.since` of the tie that the kind calls so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from graph.loading.cells import BadCell
from graph.loading.register.kinds import RegisterKind
from graph.loading.register.reading import Reading, Row, Said
from graph.loading.register.shown import Cell
from graph.loading.register.values import UNTIL_NOW, plain, read_day, read_term
from graph.model.precision import MARKS, is_exclusive

POSTS = "post"
"""What the posts of a row are called in its columns."""


def put_day(values: dict[str, str], name: str, cell: Cell) -> None:
    """Add a day as a delivery has it, with its precision where it is none; raises `BadCell`.

    The cell is taken as it is: `str` of a `Number` would no longer tell that it was one.
    """
    if name == "since" and (found := UNTIL_NOW.fullmatch(plain(str(cell)))) is not None:
        cell = found[1]
    day = read_day(cell if isinstance(cell, str) else str(cell))
    values[name] = (day.after if is_exclusive(name) else day.day).isoformat()
    if day.precision != "day":
        marks = [*filter(None, values.get(MARKS, "").split(";")), f"{name}:{day.precision}"]
        values[MARKS] = ";".join(sorted(marks))


def with_terms(reading: Reading, field: str, said: Said) -> list[tuple[str, Said]]:
    """A cell with what it is; a term is the day on which something begins and the one on which it ends."""
    name = field.partition(".")[2]
    if name != "term":
        return [(field, said)]
    first, last = days_of_term(reading.kind, field)
    if field in reading.kind.terms and UNTIL_NOW.fullmatch(plain(str(said.text))) is not None:
        return [(first, said)]
    try:
        begin, end = read_term(str(said.text))
    except BadCell as bad:
        reading.bad(bad, said)
        return []
    return [(first, replace(said, text=begin)), (last, replace(said, text=end))]


def days_of_term(kind: RegisterKind, field: str) -> tuple[str, str]:
    """The columns of the first and the last day that a column for a term says."""
    role = field.partition(".")[0]
    return kind.terms.get(field, (f"{role}.elected_on", f"{role}.term_until"))


def ties_of(reading: Reading, row: Row) -> Mapping[str, dict[str, str]]:
    """What a row says of its ties, by what the kind calls them."""
    found: dict[str, dict[str, str]] = {}
    for field, cells in row.items():
        tie, _, name = field.partition(".")
        if tie not in reading.kind.ties or "." in name:
            continue
        try:
            put_day(found.setdefault(tie, {}), name, cells[0].text)
        except BadCell as bad:
            reading.bad(bad, cells[0])
    return found
