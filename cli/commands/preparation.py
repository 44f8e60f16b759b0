"""Preparation: everything found before anybody asks."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from cli.options import AsOfOption, FormatOption, day_of
from cli.output import console, errors, print_answer, print_csv, print_json
from cli.session import with_graph
from graph.labels import headings
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.settings import Settings
from graph.upkeep.prepare import cancel_preparation, read_preparation
from graph.upkeep.prepare import prepare as find_everything
from graph.upkeep.shapes import PreparationShape

COLUMNS = headings(PreparationShape, "state", "as_of", "done", "total", "rows", "title_zh", "seconds_left")


def register(app: typer.Typer) -> None:
    """Put the command of this module on the application."""
    app.command()(prepare)


def prepare(
    as_of: AsOfOption = None,
    cancel: Annotated[bool, typer.Option("--cancel", help="取消正在进行的 / end the one under way")] = False,
    progress: Annotated[bool, typer.Option("--progress", help="只看进度 / only say how far it is")] = False,
    format_: FormatOption = "table",
) -> None:
    """预先算出全部核查和覆盖，此后查询即得。 Find everything beforehand, so that no one waits."""
    if cancel or progress:
        settings = Settings.from_environment()
        found = cancel_preparation(settings) if cancel else read_preparation(settings)
        if format_ == "json":
            print_json({"data": found})
        elif format_ == "csv":
            print_csv([found])
        else:
            console.print(say(found), markup=False, highlight=False)
        if cancel and found["state"] == "under_way":
            errors.print("算完这一条即停；已算出的保留。/ It ends after this file; what was found stays.")
        return

    async def work(graph: Graph) -> Answer[PreparationShape]:
        return await with_bar(graph, day_of(as_of))

    answer = with_graph(work)
    print_answer(answer, format_, COLUMNS, rows=[answer.data])


async def with_bar(graph: Graph, day: date | None = None) -> Answer[PreparationShape]:
    """Prepare, with a bar on standard error."""
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=errors, transient=True
    )
    with bar:
        task = bar.add_task("…", total=None)

        def report(state: PreparationShape) -> None:
            bar.update(task, description=say(state), completed=state["done"], total=state["total"] or None)

        engine = graph.store.engine
        outlives = engine is None or not engine.own
        return await find_everything(graph, as_of=day, report=report, warm=outlives)


def say(state: PreparationShape) -> str:
    """How far it is, in a line."""
    words = {"idle": "尚未预先计算", "under_way": "正在预先计算", "complete": "已算完", "cancelled": "已取消"}
    parts = [words[state["state"]]]
    if state["total"]:
        parts.append(f"{state['done']}/{state['total']}，已有 {state['rows']} 项")
    if state["title_zh"]:
        parts.append(state["title_zh"])
    if state["seconds_left"]:
        parts.append(f"预计还需 {state['seconds_left']} 秒")
    return "，".join(parts)
