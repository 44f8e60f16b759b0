"""The two dates that stand for "not known" and "has not ended", taken out of answers.

The graph holds `OPEN_START` and `OPEN_END`, because an engine compares dates and not nulls. An
answer says null in their place, and beside a start `since_known`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from graph.model import OPEN_END, OPEN_START
from graph.model.precision import precision_of, shown_day


def without_open_dates(value: Any) -> Any:
    """The value with null for each open date, however deep it lies; rows keep their columns."""
    if isinstance(value, Mapping):
        return {k: without_open_dates(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_open_dates(v) for v in value]
    if isinstance(value, date):
        return None if value in (OPEN_START, OPEN_END) else value
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: without_open_dates(getattr(value, f.name)) for f in fields(value)}
    return value


def as_written(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows for people: of a tie's dates of which the month or year alone is known that alone (2015.07)."""
    return [
        {name: shown_day(row, name) if _inexact(row, name) else value for name, value in row.items()}
        for row in rows
    ]


def _inexact(row: Mapping[str, Any], name: str) -> bool:
    return isinstance(row[name], date) and precision_of(row, name) != "day"


def with_known_starts(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows without open dates; one that has `since` also has `since_known`, right behind it."""
    found = []
    for row in rows:
        shown: dict[str, Any] = {}
        for name, value in without_open_dates(row).items():
            shown[name] = value
            if name == "since" and "since_known" not in row:
                shown["since_known"] = value is not None
        found.append(shown)
    return found
