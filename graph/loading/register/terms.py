"""From when to when somebody is in a post, beside the name: 张三（2016-2021）、李四（2021至今）."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from graph.loading.cells import BadCell
from graph.loading.register.dated import put_day
from graph.loading.register.days import Span, read_day, term_of
from graph.loading.register.names import Named, who_left
from graph.loading.register.reading import Reading, Row, Said


def with_departure(row: Row) -> None:
    """Whoever is said to have left has, where the row says when: 陆地（已离职） and 2021.6-2024.8."""
    for name in row.get("person.name", ())[:1]:
        left = who_left(str(name.text))
        days = [said for field in ("post.since", "post.term") for said in row.get(field, ())]
        spans = [(said, span) for said in days if (span := _span(said)) is not None and span.end is not None]
        if left is None or not ("post.until" in row or spans):
            continue
        row["person.name"] = [replace(name, text=left)]
        if "post.until" not in row:
            said, span = spans[0]
            row.pop("post.term", None)
            row["post.since"] = [replace(said, text=span.begin)] if span.begin is not None else []
            row["post.until"] = [replace(said, text=span.end or "")]


def _span(said: Said) -> Span | None:
    try:
        return term_of(str(said.text), said.heading)
    except BadCell:
        return None


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
