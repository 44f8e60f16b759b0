"""What a client asks of the engine's process beside statements: by a mark in a folder, answered by a file."""

from __future__ import annotations

import asyncio
import json
import math
import os
import secrets
import time
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, BinaryIO

from graph.errors import EngineUnavailable, LoadConflict
from graph.private import PRIVATE_FILE
from graph.store.engine.folder import ANSWER, DONE, GIVEN, ROWS, WANTED

Alive = Callable[[], bool]
"""Whether the engine that was asked still runs."""
Lines = Iterable[bytes] | AsyncIterable[bytes]
"""What is written to a file at once, or as it comes."""


def mark_in(folder: Path) -> Path:
    """A mark that no one else leaves."""
    return folder / secrets.token_hex(8)


async def ask(mark: Path, limit: float, alive: Alive, meanwhile: Callable[[], None] = lambda: None) -> Any:
    """What the engine answers to a mark; None where it does not within `limit` seconds."""
    answer = mark.with_suffix(ANSWER)
    mark.touch(mode=PRIVATE_FILE)  # noqa: ASYNC240 - a folder of this machine
    until = time.monotonic() + limit
    try:
        while not answer.exists():
            if time.monotonic() > until or not alive():
                return None
            meanwhile()
            await asyncio.sleep(0.05)
        return json.loads(answer.read_bytes())
    finally:
        mark.unlink(missing_ok=True)  # noqa: ASYNC240 - likewise
        answer.unlink(missing_ok=True)


async def copy(folder: Path, limit: float, alive: Alive) -> str:
    """The name of a copy of the database that is asked; raises `EngineUnavailable`."""
    said: dict[str, str] = await ask(mark_in(folder), limit, alive) or {"error": "no answer"}
    if "error" in said:
        raise EngineUnavailable(
            f"嵌入式引擎未能复制数据：{said['error']}",
            f"the embedded engine could not copy the data: {said['error']}",
        )
    return said["database"]


@asynccontextmanager
async def give(folder: Path, wanted: Any, limit: float, alive: Alive) -> AsyncIterator[Path]:
    """A file with what is wanted of the graph, until the block ends; raises `EngineUnavailable`."""
    mark = mark_in(folder)
    asked, given = mark.with_suffix(WANTED), mark.with_suffix(GIVEN)
    try:
        with _created(asked) as file:
            file.write(json.dumps(wanted).encode())
        said = await ask(mark, limit, alive)
        said = {"error": "no answer"} if said is None else said
        if "error" in said:
            raise EngineUnavailable(
                f"嵌入式引擎未能给出数据：{said['error']}",
                f"the embedded engine could not give the data: {said['error']}",
            )
        yield given
    finally:
        for path in (asked, given):
            path.unlink(missing_ok=True)


async def fill(folder: Path, lines: Lines, alive: Alive, told: Callable[[int], None]) -> None:
    """Have the rows of these lines created in the copy; raises `EngineUnavailable`, `LoadConflict`."""
    mark = mark_in(folder)
    rows, done = mark.with_suffix(ROWS), mark.with_suffix(DONE)
    try:
        if isinstance(lines, AsyncIterable):
            with _created(rows) as file:
                async for line in lines:
                    file.write(line + b"\n")
        else:
            await asyncio.to_thread(_write, rows, lines)
        said: dict[str, str] = await ask(mark, math.inf, alive, lambda: told(_number(done))) or {
            "error": "no answer"
        }
    finally:
        for path in (rows, done):
            path.unlink(missing_ok=True)
    if "conflict" in said:
        raise LoadConflict(
            f"图中的数据与导入计划不符，已全部撤回，请重试（{said['conflict']}）。",
            f"the graph is not what the plan was made for; nothing was changed ({said['conflict']}).",
            subject="load",
        )
    if "error" in said:
        raise EngineUnavailable(
            f"嵌入式引擎未能写入：{said['error']}", f"the embedded engine could not write: {said['error']}"
        )


def _created(path: Path) -> BinaryIO:
    """A file for its owner alone: the rows of a load are personal."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "wb")


def _write(path: Path, lines: Iterable[bytes]) -> None:
    with _created(path) as file:
        for line in lines:
            file.write(line + b"\n")


def _number(path: Path) -> int:
    try:
        return int(path.read_text("ascii"))
    except (OSError, ValueError):
        return 0
