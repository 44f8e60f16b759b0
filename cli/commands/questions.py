"""The command that lists what registers left open, by area."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.options import AreaOption, FormatOption, PlaceOption, area_of
from cli.output import console
from cli.session import ask, with_graph
from cli.write_file import ExcelOption, OutputOption, chosen_file, give
from graph.intake.answers import read_answers
from graph.intake.asked import OpenQuestionRow, check_answers, read_open_questions
from graph.labels import headings
from graph.reading.answer import Answer
from graph.reading.graph import Graph

ALL = headings(OpenQuestionRow)
ROWS = headings(OpenQuestionRow, "number", "street_name", "area_name", "label_zh", "name", "candidates_zh")


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command()(questions)


def questions(
    place: PlaceOption = None,
    area: AreaOption = None,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", help="填好“答复”的疑问清单，一并记下 / the list with answers filled in"),
    ] = None,
    format_: FormatOption = "table",
    output: OutputOption = None,
    excel: ExcelOption = None,
) -> None:
    """台账留下的疑问，按辖区；用 cobuild register … --answer 回答。 What registers left open, by area."""
    if answers is not None:
        with_graph(lambda graph: _answered(graph, answers))
        return

    async def work(graph: Graph) -> Answer[list[OpenQuestionRow]]:
        return await read_open_questions(graph, area=await area_of(graph, place, area))

    printed = chosen_file(output, excel) is None and format_ == "table"
    columns = ROWS if printed else ALL
    give(ask(work), format_, columns, title="待回答的疑问", output=output, excel=excel)


async def _answered(graph: Graph, path: Path) -> None:
    open_ = await graph.ledger.questions.open()
    filled = read_answers(path, open_)
    answers = {row["number"]: row["answer"] for row in filled}
    await check_answers(graph, None, answers)
    count = await graph.ledger.questions.answer_all(answers)
    left = len(open_) - count
    console.print(
        f"记下 {count} 个答复，尚有 {left} 个疑问。/ {count} answered, {left} open.", highlight=False
    )
