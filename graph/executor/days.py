"""Dates in compiled code: ordinals; durations are months and days."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=65_536)
def day_text(day: int | None) -> str | None:
    """A date as it is written."""
    return None if day is None else date.fromordinal(day).isoformat()


def day_of(text: str | None) -> int | None:
    """A date that is written as `2025-06-30`; raises `ValueError` for other forms, which engines read too."""
    if text is not None and not _DAY.fullmatch(text):
        raise ValueError(f"{text!r} as a date")
    return None if text is None else date.fromisoformat(text).toordinal()


_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@lru_cache(maxsize=65_536)
def shifted(day: int | None, months: int | None, days: int | None) -> int | None:
    """A date some months and then some days later; the last day of a month that is shorter."""
    if day is None or months is None or days is None:
        return None
    if months:
        then = date.fromordinal(day)
        count = then.year * 12 + then.month - 1 + months
        year, month = count // 12, count % 12 + 1
        day = date(year, month, min(then.day, monthrange(year, month)[1])).toordinal()
    return day + days


def shifted_by(day: int | None, by: tuple[int | None, int | None] | None, sign: int = 1) -> int | None:
    """A date and a duration."""
    if by is None or by[0] is None or by[1] is None:
        return None
    return shifted(day, sign * by[0], sign * by[1])
