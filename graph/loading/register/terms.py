"""From when to when somebody is in a post, beside the name: 张三（2016-2021）、李四（2021至今）."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from graph.loading.cells import BadCell
from graph.loading.register.dated import put_day
from graph.loading.register.days import read_day
from graph.loading.register.names import Named
from graph.loading.register.reading import Reading, Said


def has_left(reading: Reading, named: Named) -> bool:
    """Whether what stands beside a name is over by the day of the register."""
    end = named.term.end if named.term is not None else None
    return end is not None and read_day(end).after <= reading.on


def refuse_over(reading: Reading, people: Sequence[Named], cell: Said) -> bool:
    """Ask where everybody of a cell has left by what stands beside the names: they may have stayed on."""
    if not people or not all(has_left(reading, named) for named in people):
        return False
    names = "、".join(named.name for named in people)
    zh = f"{names}的任期已过：是已离任，还是任期已满仍在任？已离任的删去，在任的写“至今”"
    reading.bad(BadCell(zh, "left, or still there after the term? say so: until now, or no name"), cell)
    return True


def days_beside(reading: Reading, named: Named, sitting: Sequence[Named]) -> dict[str, str]:
    """The days of a post by what stands beside the name: its begin, an end that is over, or that of the term.

    Of two of `sitting` that name one year the first has left when the next came.
    """
    days: dict[str, str] = {}
    begin, end = (named.term.begin, named.term.end) if named.term is not None else (None, None)
    if begin is not None:
        put_day(days, "since", begin)
    if end is not None and not has_left(reading, named):
        put_day(days, "term_until", end)
    elif end is not None:
        came = sorted(d for other in sitting if (d := _begin(other)) is not None and other is not named)
        first, until = _begin(named) or date.min, read_day(end).after
        between = next((day for day in came if first < day < until), None)
        put_day(days, "until", end if between is None else between.isoformat())
    return days


def _begin(named: Named) -> date | None:
    return read_day(named.term.begin).day if named.term is not None and named.term.begin else None
