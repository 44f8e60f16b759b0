"""Dates of which a register has the month or the year alone: their bounds, and how they are shown.

The date that is stored is the first day, of an exclusive end (`until`, `…_until`) the first day after;
`date_precision` of the node or edge says `elected_on:month`. `since` and `until` of edges are compared as
they are stored, so that all of the month counts: an answer for a day in it says so (`reading.inexact`).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

MARKS = "date_precision"
"""The property that says of which dates the month or year alone is known."""
START = ("since", "since_known")
"""The properties that say together when an edge begins."""
_WRITTEN = {"day": "%Y-%m-%d", "month": "%Y.%m", "year": "%Y"}


def is_exclusive(name: str) -> bool:
    """Whether a property holds the first day after something."""
    return name.endswith("until")


def precision_of(element: Mapping[str, Any], name: str) -> str:
    """`day`, `month` or `year`."""
    marks = (str(mark).partition(":") for mark in element.get(MARKS) or ())
    return next((precision for of, _, precision in marks if of == name), "day")


def same_value(one: Mapping[str, Any], other: Mapping[str, Any], name: str) -> bool:
    """Whether two states of an element have the same value; a date as precisely known."""
    same: bool = one.get(name) == other.get(name)
    return same and precision_of(one, name) == precision_of(other, name)


def lies_within(standing: Mapping[str, Any], said: Mapping[str, Any], name: str) -> bool:
    """Whether a month or year is said of a date that stands more exactly, and lies in it: both agree."""
    if precision_of(said, name) == "day" or standing.get(name) is None:
        return False
    first, last = bounds_of(said, name)
    since, until = bounds_of(standing, name)
    return first <= since and until <= last


def put_value(element: dict[str, Any], name: str, given: Mapping[str, Any]) -> None:
    """Let an element have a value as another has it, or not, with what says how precise it is."""
    for each in START if name == "since" else (name,):
        if each in given:
            element[each] = given[each]
        else:
            element.pop(each, None)
    marks = [m for m in element.pop(MARKS, None) or () if str(m).partition(":")[0] != name]
    if (precision := precision_of(given, name)) != "day":
        marks.append(f"{name}:{precision}")
    if marks:
        element[MARKS] = sorted(marks)


def with_day(element: Mapping[str, Any], name: str, day: date | None) -> dict[str, Any]:
    """The element with a day for a date of which it may have had the month alone."""
    marks = [mark for mark in element.get(MARKS) or () if str(mark).partition(":")[0] != name]
    rest = {key: value for key, value in element.items() if key != MARKS}
    return {**rest, name: day, **({MARKS: marks} if marks else {})}


def last_of(first: date, precision: str) -> date:
    """The last day of the month or year that a day begins; of a day itself."""
    if precision == "day":
        return first
    month = 12 if precision == "year" else first.month
    return date(first.year, month, monthrange(first.year, month)[1])


def bounds_of(element: Mapping[str, Any], name: str) -> tuple[date, date]:
    """The first and the last day that the value of a property may be; both are the value where it is a day.

    Of an exclusive end known to the month it is some day of the month, or the first after it.
    """
    day, precision = element[name], precision_of(element, name)
    if precision == "day":
        return day, day
    if is_exclusive(name):
        inside = day - timedelta(days=1)
        return date(inside.year, 1 if precision == "year" else inside.month, 1) + timedelta(days=1), day
    return day, last_of(day, precision)


def shown_day(element: Mapping[str, Any], name: str) -> str:
    """A date as a register writes it: `2015`, `2015.07`, `2015-07-01`; of an end its last month or year."""
    day, precision = element[name], precision_of(element, name)
    inexact = is_exclusive(name) and precision != "day"
    return str((day - timedelta(days=1) if inexact else day).strftime(_WRITTEN[precision]))
