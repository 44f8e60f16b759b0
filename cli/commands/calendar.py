"""The command about terms and contracts that end soon."""

from __future__ import annotations

import typer

from cli.options import (
    AreaOption,
    AsOfOption,
    DaysOption,
    FormatOption,
    PersonalOption,
    PlaceOption,
    area_of,
    day_of,
)
from cli.output import console, make_table, stamp_line
from cli.session import ask
from cli.write_file import ExcelOption, OutputOption, chosen_file, give
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


def calendar(
    days: DaysOption = DAYS,
    place: PlaceOption = None,
    area: AreaOption = None,
    as_of: AsOfOption = None,
    format_: FormatOption = "table",
    output: OutputOption = None,
    excel: ExcelOption = None,
    show_personal: PersonalOption = False,
) -> None:
    """今后若干天内届满的任期和物业合同。 Terms and contracts that end soon."""

    async def work(graph: Graph) -> Answer[list[CalendarRow]]:
        where = await area_of(graph, place, area)
        return await read_calendar(graph, days=days, area=where, as_of=day_of(as_of))

    answer = ask(work, personal=show_personal)
    if format_ != "table" or chosen_file(output, excel) is not None:
        give(
            answer, format_, CALENDAR, title="届期日历", output=output, excel=excel, masked=not show_personal
        )
        return
    months: dict[str, list[CalendarRow]] = {}
    for row in answer.data:
        months.setdefault(row["month"], []).append(row)
    for month, rows in months.items():
        console.print(make_table(rows, headings(CalendarRow, *SHOWN), title=f"{month}（{len(rows)} 项）"))
    if not months:
        console.print(f"今后 {days} 天内没有记录届满的任期或合同。/ None recorded.")
    console.print(stamp_line(answer.stamp), style="dim", highlight=False)
