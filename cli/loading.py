"""What the commands that load have in common: options, progress, and who stays erased."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from cli.output import console, errors
from graph.loading.plan import Missing
from graph.loading.turn import loading_turn
from graph.loading.write import Progress as OnProgress
from graph.reading.graph import Graph
from graph.settings import Settings
from graph.upkeep.forget import forget_again

STEPS = {
    "read": "读取",
    "check": "校验",
    "compare": "比对",
    "copy": "复制",
    "write": "写入",
    "derive": "推导",
    "discard": "撤销",
}


MissingOption = Annotated[
    Missing, typer.Option(help="本次未再交付的内容：仅报告、终止、删除 / what has gone missing")
]
EndedOnOption = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="--missing end 的终止日 / day they ended")
]
HistoryOption = Annotated[
    str | None,
    typer.Option(help="理由；与 --missing remove 同用，已终止的也删除 / a reason: remove history too"),
]
RestoreOption = Annotated[
    bool, typer.Option("--restore", help="本来源的内容被他人改动的，恢复为本次所报 / undo others' changes")
]
TakeOverOption = Annotated[
    bool, typer.Option("--take-over", help="其他来源填报的内容，以本次为准 / make another source's its own")
]
GoneOption = Annotated[
    int | None, typer.Option("--gone", min=0, help="确认将终止或删除的条数 / how many are ended or removed")
]
ErrorsToOption = Annotated[
    Path | None, typer.Option("--errors-to", help="有错时，标注副本写到哪里，默认在其旁边 / marked copy")
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="只校验和比较，不写入 / check and compare only")
]


@contextmanager
def shown_progress() -> Iterator[OnProgress]:
    """A progress bar per step on standard error; gone when the step is done."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("剩余"),
        TimeRemainingColumn(),
        console=errors,
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=None)

        def show(step: str, done: int, total: int) -> None:
            bar.update(task, description=STEPS[step], completed=done, total=total)

        yield show


def turn(settings: Settings, dry_run: bool = False) -> AbstractContextManager[None]:
    """The turn of the process that loads into this data folder; to look needs none."""
    return nullcontext() if dry_run else loading_turn(settings)


async def forget_delivered(graph: Graph) -> None:
    """Who was erased stays erased, also where a register still delivers them."""
    again = await forget_again(graph.store, graph.ledger)
    if again:
        console.print(
            f"其中 {again} 人此前已抹去，已再次抹去；请从来源名册中删除。"
            f"/ {again} erased persons were delivered and erased again.",
            highlight=False,
        )
