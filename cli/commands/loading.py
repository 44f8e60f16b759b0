"""The command that writes: load."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cli.commands.answers import with_graph
from cli.options import day_of
from cli.output import console, errors
from graph.answers import Graph
from graph.errors import BadParameter
from graph.loading.load import LoadReport, discard, load_delivery
from graph.loading.load import Progress as OnProgress
from graph.loading.order import seed_folders

STEPS = {"read": "读取", "check": "校验", "compare": "比对", "write": "写入", "derive": "推导",
         "discard": "撤销"}  # fmt: skip
SHOWN = 20


class Missing(StrEnum):
    """What becomes of what a newer delivery no longer contains."""

    report = "report"
    end = "end"
    remove = "remove"


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command()(load)


def load(
    folders: Annotated[
        list[Path] | None, typer.Argument(help="数据目录 / folders of deliveries")
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help="导入随附的全部示例数据 / everything in seed_data")
    ] = False,
    missing: Annotated[
        Missing, typer.Option(help="本次未再交付的内容：仅报告、结束、删除 / what has gone missing")
    ] = Missing.report,
    ended_on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="--missing end 的结束日期 / day they ended"),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="继续未完成的导入 / go on")] = False,
    discard_: Annotated[
        bool, typer.Option("--discard", help="撤销未完成的导入 / take an unfinished load back")
    ] = False,
) -> None:
    """导入数据目录（CSV），全部有效才写入。 Load folders of CSV; all or nothing."""

    async def work(graph: Graph) -> None:
        with shown_progress() as progress:
            if discard_:
                batches = await discard(graph.store, progress)
                console.print(f"已撤销 {batches} 批。/ {batches} batches taken back.")
                return
            for folder in _chosen(folders, all_):
                report = await load_delivery(
                    graph.store, folder, missing=missing.value, ended_on=day_of(ended_on),
                    resume=resume, progress=progress,
                )  # fmt: skip
                print_report(report)

    with_graph(work)


@contextmanager
def shown_progress() -> Iterator[OnProgress]:
    """A progress bar per step on standard error; gone when the step is done."""
    bar = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                   TimeElapsedColumn(), console=errors, transient=True)  # fmt: skip
    with bar:
        task = bar.add_task("", total=None)

        def show(step: str, done: int, total: int) -> None:
            bar.update(task, description=STEPS[step], completed=done, total=total)

        yield show


def print_report(report: LoadReport) -> None:
    """What a load did, in a line, and below it what somebody should look at."""
    if report.already:
        console.print(f"{report.folder}：已是最新，未改动。/ already loaded.", markup=False)
        return
    console.print(
        f"{report.folder}：新增 {report.created}，变更 {report.changed}，删除 {report.removed}，"
        f"未变 {report.unchanged}，推导 {report.derived}；数据版本 {report.version}。",
        markup=False, highlight=False,
    )  # fmt: skip
    notes = {
        "提醒 / warnings": [str(f) for f in report.warnings],
        "上次有、本次没有 / gone (--missing end|remove)": report.gone,
        "本次为空的值 / emptied (--missing remove)": report.emptied,
        "仍被其他来源引用，未删除 / kept, something else needs it": report.held,
        "改动了其他来源的内容 / changed, of another source": report.foreign,
    }
    for title, items in notes.items():
        if items:
            console.print(f"  {title}：{len(items)}", markup=False)
        for item in items[:SHOWN]:
            console.print(f"    {item}", markup=False, highlight=False)


def _chosen(folders: list[Path] | None, all_: bool) -> list[Path]:
    if all_ == bool(folders):
        raise BadParameter(
            "请给出数据目录，或 --all。", "name folders, or --all.", subject="folders"
        )
    return seed_folders() if all_ else list(folders or [])
