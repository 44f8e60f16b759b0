"""Coverage month by month: the counts on the first day of each.

Areas and registers are read again only for months before which one of them began
or ended; the dimension itself is asked for every month.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from datetime import date

from graph.coverage.count import counted_row, sum_up
from graph.coverage.read import Frame, given_queries, read_coverage, read_frame
from graph.coverage.shapes import SeriesRow
from graph.errors import BadParameter
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.snapshot import ask_once

LONGEST = 120
"""Months of a series, at most."""
FRAME_DAYS = "area_days"
_MONTH = re.compile(r"\d{4}-\d{2}")
Progress = Callable[[int, int], None]


def read_month(text: str, parameter: str) -> date:
    """The first day of a month written YYYY-MM; raises `BadParameter`."""
    try:
        if _MONTH.fullmatch(text) is None:
            raise ValueError
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise BadParameter(
            f"{parameter} 应写作 YYYY-MM，如 2025-06，而不是 {text!r}。",
            f"{parameter} is written YYYY-MM, such as 2025-06, not {text!r}.",
            subject=parameter,
        ) from None


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months, both included; raises `BadParameter` beyond `LONGEST`."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    if not 1 <= count <= LONGEST:
        raise BadParameter(
            f"from 至 to 应为 1 至 {LONGEST} 个月，现为 {count} 个月。",
            f"from and to span 1 to {LONGEST} months, not {count}.",
            subject="to",
        )
    start = first.year * 12 + first.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(start, start + count)]


async def find_series(
    graph: Graph,
    first: str,
    last: str,
    *,
    area: str,
    dimension: str | None = None,
    progress: Progress = lambda done, of: None,
) -> Answer[list[SeriesRow]]:
    """Counts of an area on the first day of every month from `first` to `last` (YYYY-MM).

    Rows are by dimension and month. `progress` gets the months that are done, and of how many.
    Raises `NotFound`, `BadParameter`.
    """
    days = months_between(read_month(first, "from"), read_month(last, "to"))
    _, withheld = given_queries(graph, dimension)

    async def ask(graph: Graph) -> Answer[list[SeriesRow]]:
        query = graph.catalogue[FRAME_DAYS]
        version, (moves,) = await graph.read([query.select({})])
        turns = [row["day"] for row in moves]
        frames: dict[int, Frame] = {}
        found: dict[str, list[SeriesRow]] = {}
        names: dict[str, str] = {}
        profile = None
        for done, day in enumerate(days, start=1):
            turn = bisect_right(turns, day)
            if turn not in frames:
                frames = {turn: await read_frame(graph, area, day)}
            reading = await read_coverage(graph, area, dimension, day, frames[turn])
            for dim, rows in zip(reading.dimensions, reading.rows, strict=True):
                count = sum_up(dim, rows, reading.tree, [area])[area]
                row = counted_row(dim, reading.frame, area, count)
                found.setdefault(dim.name, []).append({**dim.head, "month": day, **row})
                names[dim.name] = dim.query.revision
            profile = reading.profile.name
            progress(done, len(days))
        data = [row for rows in found.values() for row in rows]
        parameters = {"area": area, "dimension": dimension, "from": first, "to": last, "as_of": days[-1]}
        queries = [graph.catalogue[name] for name in names]
        return Answer(
            data, graph.stamp(queries, parameters, version, len(data), profile=profile, withheld=withheld)
        )

    return await ask_once(graph, ask)
