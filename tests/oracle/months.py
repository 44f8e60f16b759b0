"""Dates of which only the month or year is known: what a rule says on every day that they may be.

Beside the rules; above the view. A recomputation knows days alone. Where a graph has months, it is
asked once for each choice of days; what it says for all of them is the verdict, else it is unknown.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any

from tests.builder import GraphBuilder
from tests.oracle.view import Identity, Verdicts, View

DATES = (
    "elected_on",
    "term_until",
    "extended_until",
    "filed_on",
    "party_joined_on",
    "party_full_on",
    "extended_since",
)


def blur(row: dict[str, Any], name: str, precision: str) -> None:
    """Keep the month or year of a date: its first day, of an exclusive end the first day after it."""
    until = name.endswith("_until")
    last = row[name] - timedelta(days=until)
    month = 1 if precision == "year" else last.month
    row[name] = date(last.year, month, 1)
    if until:
        row[name] = _end(row[name], precision) + timedelta(days=1)
    row["date_precision"] = sorted([*row.get("date_precision", ()), f"{name}:{precision}"])


def _end(first: date, precision: str) -> date:
    month = 12 if precision == "year" else first.month
    return date(first.year, month, monthrange(first.year, month)[1])


def days(row: Mapping[str, Any], name: str) -> list[date]:
    """The first and last day that a date may be, and some between; the day itself if it is known."""
    stored: date = row[name]
    for precision in ("month", "year"):
        if f"{name}:{precision}" not in row.get("date_precision", ()):
            continue
        last = stored - timedelta(days=1)
        first = stored
        if name.endswith("_until"):
            first = date(last.year, 1 if precision == "year" else last.month, 1) + timedelta(days=1)
            length = stored - first
        else:
            length = _end(stored, precision) - stored
        return [first + length * n // 4 for n in range(5)]
    return [stored]


def sharp(builder: GraphBuilder, as_of: date) -> Iterator[View]:
    """The graph as it may be: once for each choice of days."""
    builder.derive()
    open_ = [
        (id_, word.partition(":")[0])
        for id_, row in builder.nodes.items()
        for word in row.get("date_precision", ())
    ]
    for chosen in product(*(days(builder.nodes[id_], name) for id_, name in open_)):
        nodes = {id_: dict(row) for id_, row in builder.nodes.items()}
        for (id_, name), day in zip(open_, chosen, strict=True):
            nodes[id_][name] = day
        yield View(nodes, builder.edges, as_of)


def agreed(words: set[str | None]) -> str:
    """The verdict, if it is the same on all days; a pass also where on some there is nothing to say."""
    said = {word for word in words if word is not None}
    if len(said) == 1 and (None not in words or said == {"pass"}):
        return said.pop()
    return "unknown"


def blurred(builder: GraphBuilder, key: Identity) -> bool:
    """Whether a row is of a thing of which a date is a month or year."""
    return any(builder.nodes[id_].get("date_precision") for id_ in key if id_ in builder.nodes)


def bounded(
    recompute: Callable[..., Verdicts], builder: GraphBuilder, as_of: date, **params: Any
) -> dict[Identity, set[str | None]]:
    """What a rule may say of each row; None: that there is no row."""
    found = [recompute(view, **params) for view in sharp(builder, as_of)]
    return {key: {verdicts.get(key) for verdicts in found} for key in {k for f in found for k in f}}
