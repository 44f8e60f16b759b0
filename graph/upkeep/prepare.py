"""Preparation: everything that rules and dimensions find in the loaded places, found before anybody asks.

One preparation of a data folder runs at a time, one statement after the other; a caller that asks meanwhile
gets a turn after the statement that runs. How far it is, is stored in a file that other processes read; they
cancel it by another.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from graph.coverage.read import find_queries, plan, read_frame
from graph.errors import BadParameter
from graph.ledger.times import now
from graph.private import PRIVATE_FILE
from graph.reading.answer import Answer
from graph.reading.findings.asked import Ask
from graph.reading.findings.find import find_cuts, is_kept, know_days
from graph.reading.findings.progress import CANCEL, LOCK, PROGRESS, TIMES, PreparationCancelled, write
from graph.reading.findings.shelf import Shelf
from graph.reading.findings.warm import warm_up
from graph.reading.graph import Graph
from graph.reading.places import everywhere
from graph.reading.viewer import Viewer
from graph.rules.runs import plan_runs
from graph.settings import Settings
from graph.store.engine.locks import FileLock, is_free
from graph.upkeep.shapes import PreparationShape, PreparationState

LOOK = 0.2
"""Seconds between two looks at another process's preparation."""
Report = Callable[[PreparationShape], None]


async def prepare(
    graph: Graph, *, as_of: date | None = None, report: Report = lambda _: None, warm: bool = True
) -> Answer[PreparationShape]:
    """Find and keep everything for a day, or wait for the process that does; `report` hears of every step.

    With `warm` the texts by which it is mended are asked too: not for an engine that ends right afterwards.
    Who cancels ends the one under way and all that wait for it: they told the same progress.

    Raises `BadParameter` where nothing is to be kept, `PreparationCancelled`, and what a question raises.
    """
    if not graph.settings.kept:
        raise BadParameter(
            "COBUILD_KEPT=0，结果不保存，无从预先计算。",
            "COBUILD_KEPT=0 keeps nothing, so there is nothing to prepare.",
            subject="COBUILD_KEPT",
        )
    graph = graph.under(Viewer(personal=True))
    folder = Shelf(graph.settings, graph.ledger).folder
    lock, cancelled = FileLock(folder / LOCK), _cancelled_at(folder)
    while not lock.take(shared=False):
        report(read_preparation(graph.settings))
        await asyncio.sleep(LOOK)
        if _cancelled_at(folder) not in {cancelled, None}:
            raise PreparationCancelled
    try:
        (folder / CANCEL).unlink(missing_ok=True)
        with _ended(folder):
            found = await _prepare(graph, graph.day(as_of), folder, report, warm=warm)
    finally:
        lock.release()
    return Answer(found, graph.stamp([], {"as_of": graph.day(as_of)}, found["data_version"] or 0, 1))


async def _prepare(graph: Graph, day: date, folder: Path, report: Report, *, warm: bool) -> PreparationShape:
    began, began_at = time.monotonic(), now().isoformat(timespec="seconds")
    state: PreparationShape = {**_idle(), "state": "under_way", "as_of": day, "started_at": began_at}
    _report(folder, state, report)
    asks, times = await _planned(graph, day), _times(folder)
    state |= {"total": len(asks), "data_version": await graph.version()}
    for done, ask in enumerate(asks):
        header = ask.query.header
        left = _left(asks[done:], times, done, time.monotonic() - began)
        state |= {"done": done, "file": ask.query.name, "title_zh": header.title_zh, "seconds_left": left}
        _report(folder, state, report)
        if (folder / CANCEL).exists():
            raise PreparationCancelled
        fresh, start = not await is_kept(graph, ask), time.monotonic()
        version, (cut,) = await find_cuts(graph, [ask], more=len(asks) - done - 1)
        if fresh:
            times[ask.query.name] = round(time.monotonic() - start, 3)
        state |= {"rows": state["rows"] + cut.count(), "data_version": version}
        await asyncio.sleep(0)
    await know_days(graph, asks)
    async for _ in warm_up(graph, [ask.query for ask in asks] if warm else []):
        if (folder / CANCEL).exists():
            raise PreparationCancelled
    write(folder / TIMES, times)
    state |= {"state": "complete", "done": len(asks), "file": None, "title_zh": None, "seconds_left": 0}
    _report(folder, state, report)
    return state


async def _planned(graph: Graph, day: date) -> list[Ask]:
    """What is asked of the loaded places: every rule and dimension as their profiles set it."""
    scopes = await everywhere(graph)
    frame = await read_frame(graph, None, day)
    asks = [run.ask for run in plan_runs(graph, frame.tree, scopes, day)]
    for scope in scopes:
        _, dimensions = plan(graph, find_queries(graph, None), frame, scope, day)
        asks += [ask for dimension in dimensions for ask in dimension.asks]
    return [replace(ask, parameters=ask.for_root) for ask in asks]


def _left(asks: list[Ask], times: dict[str, float], done: int, passed: float) -> int | None:
    """Seconds that the rest will take, by what each file took the last time; None without a guess."""
    known = [times[ask.query.name] for ask in asks if ask.query.name in times]
    if not known and not done:
        return None
    usual = sum(known) / len(known) if known else passed / done
    return round(sum(times.get(ask.query.name, usual) for ask in asks))


def read_preparation(settings: Settings) -> PreparationShape:
    """How far the preparation of a data folder is, or how the last one ended."""
    folder = settings.data_dir / "findings"
    found: dict[str, Any] = {}
    with suppress(FileNotFoundError, ValueError):
        found = json.loads((folder / PROGRESS).read_text("utf-8"))
    if not found:
        return _idle()
    found["as_of"] = date.fromisoformat(found["as_of"])
    if found["state"] == "under_way" and (
        not (folder / LOCK).exists() or is_free(folder / LOCK, shared=False)
    ):
        found |= {"state": "cancelled", "seconds_left": None}  # the process that was at it is gone
    shape: PreparationShape = {**_idle(), **found}  # type: ignore[typeddict-item]
    return shape


def cancel_preparation(settings: Settings) -> PreparationShape:
    """Have the process that prepares stop after the file that is under way; how far it is."""
    found = read_preparation(settings)
    if found["state"] == "under_way":
        (settings.data_dir / "findings" / CANCEL).touch(mode=PRIVATE_FILE)
    return found


def was_cancelled(settings: Settings) -> bool:
    """Whether somebody cancelled the last one, which else failed or ended with its process."""
    return read_preparation(settings)["state"] == "cancelled" and (
        _cancelled_at(settings.data_dir / "findings") is not None
    )


def _cancelled_at(folder: Path) -> int | None:
    """When somebody cancelled what was begun last, in nanoseconds."""
    with suppress(FileNotFoundError):
        return (folder / CANCEL).stat().st_mtime_ns
    return None


def _idle() -> PreparationShape:
    return {
        "state": "idle",
        "as_of": None,
        "data_version": None,
        "done": 0,
        "total": 0,
        "file": None,
        "title_zh": None,
        "rows": 0,
        "started_at": None,
        "seconds_left": None,
    }


@contextmanager
def _ended(folder: Path) -> Iterator[None]:
    """Writes down that a preparation did not come to its end."""
    try:
        yield
    except BaseException:
        with suppress(OSError, ValueError):
            found = json.loads((folder / PROGRESS).read_text("utf-8"))
            state: PreparationState = "cancelled"
            write(folder / PROGRESS, {**found, "state": state, "seconds_left": None})
        raise


def _report(folder: Path, state: PreparationShape, report: Report) -> None:
    write(folder / PROGRESS, {**state, "as_of": str(state["as_of"])})
    report(state.copy())


def _times(folder: Path) -> dict[str, float]:
    with suppress(FileNotFoundError, ValueError):
        found: dict[str, float] = json.loads((folder / TIMES).read_text("utf-8"))
        return found
    return {}
