"""Dates in compiled code: ordinals; durations are months and days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=65_536)
def day_text(day: int | None) -> str | None:
    """A date as it is written."""
    return None if day is None else date.fromordinal(day).isoformat()


def day_of(text: str | None) -> int | None:
    """A date that is written."""
    return None if text is None else date.fromisoformat(text).toordinal()


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
