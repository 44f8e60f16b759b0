"""One run of a command against the graph: opened, put on record where that is due, closed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer

from cli.audit_entry import entry_by_name, entry_of_this_command
from cli.output import warn_of_age
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.snapshot import Question, ask_once
from graph.reading.viewer import Viewer
from graph.reading.wiring import open_graph
from graph.settings import Settings

T = TypeVar("T")

FailOption = Annotated[bool, typer.Option("--fail", help="有结果时退出码为 1 / exit 1 if any")]


def with_graph(work: Callable[[Graph], Awaitable[T]], *, personal: bool = False) -> T:
    """Open the graph that the environment names, run, close; masked unless `personal`.

    What shows personal data or changes something is put on record before it is done; so is a person's
    name that is typed in the place of an id.
    """
    entry = entry_of_this_command()
    viewer = Viewer(personal, lookup=entry_by_name())

    async def run() -> T:
        async with open_graph(Settings.from_environment(), whole=False) as graph:
            if entry is None:
                return await work(graph.under(viewer))
            await graph.ledger.audit.append(entry)
            with graph.ledger.on_record(entry):
                return await work(graph.under(viewer))

    return asyncio.run(run())


def ask(question: Question[T], *, personal: bool = False) -> Answer[T]:
    """One answer of one data version; on standard error, whether the day lies past the records."""
    answer = with_graph(lambda graph: ask_once(graph, question), personal=personal)
    warn_of_age(answer.stamp)
    return answer


def fail_if(found: bool) -> None:
    """End with exit code 1 if there are findings."""
    if found:
        raise typer.Exit(1)
