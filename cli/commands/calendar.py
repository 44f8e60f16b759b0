"""The command about terms and contracts that end soon."""

from __future__ import annotations

import typer

from cli.listing import Listing, Where, with_shared_options
from cli.options import AsOfOption, DaysOption, day_of
from cli.output import console, make_table, stamp_line
from graph.labels import headings
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reports.calendar import DAYS, read_calendar
from graph.reports.shapes import CalendarRow

CALENDAR = headings(CalendarRow)
SHOWN = ("written", "days_left", "kind_zh", "name", "role_zh", "person_name", "person", "place_name")
"""Columns of the calendar that a terminal has room for; files have all."""


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command()(calendar)


@with_shared_options
def calendar(*, days: DaysOption = DAYS, where: Where, as_of: AsOfOption = None, out: Listing) -> None:
    """今后若干天内届满的任期和物业合同。 Terms and contracts that end soon."""

    async def work(graph: Graph) -> Answer[list[CalendarRow]]:
        area = await where.find(graph)
        return await read_calendar(graph, days=days, area=area, as_of=day_of(as_of))

    answer = out.ask(work)
    if not out.printed:
        out.give(answer, CALENDAR, title="届期日历")
        return
    months: dict[str, list[CalendarRow]] = {}
    for row in answer.data:
        months.setdefault(row["month"], []).append(row)
    for month, rows in months.items():
        console.print(make_table(rows, headings(CalendarRow, *SHOWN), title=f"{month}（{len(rows)} 项）"))
    if not months:
        console.print(f"今后 {days} 天内没有记录届满的任期或合同。/ None recorded.")
    console.print(stamp_line(answer.stamp), style="dim", highlight=False)
