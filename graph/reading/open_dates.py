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


def with_known_starts(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows without open dates; one that has `since` also has `since_known`, right behind it."""
    found = []
    for row in rows:
        told: dict[str, Any] = {}
        for name, value in without_open_dates(row).items():
            told[name] = value
            if name == "since" and "since_known" not in row:
                told["since_known"] = value is not None
        found.append(told)
    return found
