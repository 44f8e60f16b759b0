"""The command that says which records would decide what is not known, area by area."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.listing import Listing, Where, with_shared_options
from cli.options import AsOfOption, day_of
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


@with_shared_options
def missing(
    *,
    where: Where,
    level: Annotated[
        AreaLevel | None, typer.Option(help="哪一级的辖区，默认所问辖区的下一级 / areas of this level")
    ] = None,
    items: Annotated[
        bool, typer.Option("--items", help="逐项列出，不汇总 / thing by thing, not added up")
    ] = False,
    as_of: AsOfOption = None,
    out: Listing,
) -> None:
    """哪里缺哪类台账，补齐后多少项“未知”即可判定。 Which register is missing where."""

    async def by_item(graph: Graph) -> Answer[list[MissingRow]]:
        area = await where.find(graph)
        return await read_missing_report(graph, area=area, as_of=day_of(as_of))

    async def by_area(graph: Graph) -> Answer[list[MissingAreaRow]]:
        area = await where.find(graph)
        return await read_missing_by_area(graph, area=area, level=level, as_of=day_of(as_of))

    title = "未知汇总"
    if items:
        answer = out.ask(by_item)
        out.give(answer, ITEMS, title=title)
        return
    columns = ROWS if out.printed else ALL
    found = out.ask(by_area)
    out.give(found, columns, title=title)
