"""The command that says which records would decide what is not known, area by area."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.options import AreaOption, AsOfOption, FormatOption, PersonalOption, PlaceOption, area_of, day_of
from cli.session import ask
from cli.write_file import ExcelOption, OutputOption, chosen_file, give
from graph.labels import headings
from graph.model.vocabulary import AreaLevel
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reports.missing import read_missing_report
from graph.reports.missing_areas import read_missing_by_area
from graph.reports.shapes import MissingAreaRow, MissingRow

ALL = headings(MissingAreaRow)
ROWS = headings(MissingAreaRow, "area_name", "what_zh", "things", "rows", "alone", "rules")
ITEMS = headings(MissingRow, "what_zh", "rows", "alone", "rules")


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command()(missing)


def missing(
    place: PlaceOption = None,
    area: AreaOption = None,
    level: Annotated[
        AreaLevel | None, typer.Option(help="哪一级的辖区，默认所问辖区的下一级 / areas of this level")
    ] = None,
    items: Annotated[
        bool, typer.Option("--items", help="逐项列出，不汇总 / thing by thing, not added up")
    ] = False,
    as_of: AsOfOption = None,
    format_: FormatOption = "table",
    output: OutputOption = None,
    excel: ExcelOption = None,
    show_personal: PersonalOption = False,
) -> None:
    """哪里缺哪类台账，补齐后多少项“未知”即可判定。 Which register is missing where."""

    async def by_item(graph: Graph) -> Answer[list[MissingRow]]:
        where = await area_of(graph, place, area)
        return await read_missing_report(graph, area=where, as_of=day_of(as_of))

    async def by_area(graph: Graph) -> Answer[list[MissingAreaRow]]:
        where = await area_of(graph, place, area)
        return await read_missing_by_area(graph, area=where, level=level, as_of=day_of(as_of))

    masked, title = not show_personal, "未知汇总"
    if items:
        answer = ask(by_item, personal=show_personal)
        give(answer, format_, ITEMS, title=title, output=output, excel=excel, masked=masked)
        return
    columns = ROWS if chosen_file(output, excel) is None and format_ == "table" else ALL
    found = ask(by_area, personal=show_personal)
    give(found, format_, columns, title=title, output=output, excel=excel, masked=masked)
