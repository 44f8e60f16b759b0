"""The command about kept runs: check and keep, list what was kept."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from cli.options import AreaOption, AsOfOption, FormatOption, PlaceOption, area_of, day_of
from cli.output import print_answer
from cli.session import with_graph
from graph.labels import headings
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reports.kept import keep_run, list_runs
from graph.reports.shapes import RunRow

RUNS = headings(RunRow, "id", "title", "made_by", "made_at", "area", "as_of", "data_version")


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command()(runs)


def runs(
    keep: Annotated[
        str | None,
        typer.Option(
            "--keep",
            help="核查并以此标题保存（标题他人可读）/ check, and keep it so titled; others read the title",
        ),
    ] = None,
    made_by: Annotated[str | None, typer.Option("--by", help="保存人 / who keeps it")] = None,
    place: PlaceOption = None,
    area: AreaOption = None,
    as_of: AsOfOption = None,
    format_: FormatOption = "table",
) -> None:
    """列出保存的核查；--keep 核查并保存。 List kept checks, or check and keep."""

    async def work(graph: Graph) -> Answer[list[RunRow]]:
        if keep is None:
            return await list_runs(graph)
        where = await area_of(graph, place, area)
        who = made_by or getpass.getuser()
        kept = await keep_run(graph, keep, who, area=where, as_of=day_of(as_of))
        return Answer([kept.data], kept.stamp)

    print_answer(with_graph(work), format_, RUNS)
