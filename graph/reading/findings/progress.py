"""How far long finding is, in a file that other processes read, and how they end it.

Who finds holds a lock beside the file: of a process that died it is free. A preparation tells of itself so,
and a question that takes longer than `DELAY`; of several at once the first.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from graph.errors import GraphError
from graph.ledger.times import now
from graph.private import PRIVATE_FILE
from graph.store.engine.locks import FileLock

LOCK, PROGRESS, CANCEL, TIMES = "preparing.lock", "preparation.json", "cancel", "times.json"
DELAY = 1.0
"""Seconds of finding before a question tells of itself."""


class PreparationCancelled(GraphError):
    """Somebody ended it; what was found until then stays."""

    code = "preparation_cancelled"

    def __init__(self) -> None:
        super().__init__(
            "计算已取消；已算出的结果保留，请重试。",
            "the computation was cancelled; what was found stays, ask again.",
        )


class QuestionProgress:
    """Of one question, file by file; `close` it whatever happens."""

    def __init__(self, folder: Path, day: date, version: int, total: int) -> None:
        self._folder = folder
        self._lock = FileLock(folder / LOCK)
        begun = now().isoformat(timespec="seconds")
        self._state = {"as_of": str(day), "data_version": version, "total": total, "started_at": begun}
        self._total, self._began = total, time.monotonic()
        self._step: dict[str, Any] = {"done": 0, "file": None, "title_zh": None}
        self._before: str | None = None
        self._cancelled = False
        """Whether the last preparation was cancelled by a caller, which the file beside says."""
        self._telling = asyncio.create_task(self._tell())

    def next(self, done: int, file: str, title_zh: str) -> None:
        """So many files are found, and this one is next. Raises `PreparationCancelled`."""
        if done == 0:
            self._began = time.monotonic()  # reading the graph before says nothing of how long files take
        self._step = {"done": done, "file": file, "title_zh": title_zh}
        if self._lock.held and (self._folder / CANCEL).exists():
            raise PreparationCancelled

    def close(self) -> None:
        """Leave what was told of the last preparation as it was."""
        self._telling.cancel()
        if not self._lock.held:
            return
        with suppress(OSError):
            (self._folder / CANCEL).unlink(missing_ok=True)
            if self._cancelled:
                (self._folder / CANCEL).touch(mode=PRIVATE_FILE)
            if self._before is None:
                (self._folder / PROGRESS).unlink(missing_ok=True)
            else:
                (self._folder / PROGRESS).write_text(self._before, "utf-8")
        self._lock.release()

    async def _tell(self) -> None:
        """Again and again, once it takes longer; not where another one tells of itself, or on a full disk."""
        await asyncio.sleep(DELAY)
        with suppress(OSError):
            if not self._lock.take(shared=False):
                return
            with suppress(FileNotFoundError):
                self._before = (self._folder / PROGRESS).read_text("utf-8")
            self._cancelled = (self._folder / CANCEL).exists()
            (self._folder / CANCEL).unlink(missing_ok=True)
            while True:
                done, passed = self._step["done"], time.monotonic() - self._began
                left = round(passed / done * (self._total - done)) if done else None
                told = {"state": "under_way", **self._state, **self._step, "rows": 0, "seconds_left": left}
                write(self._folder / PROGRESS, told)
                await asyncio.sleep(DELAY)


def write(path: Path, values: Mapping[str, Any]) -> None:
    """A file for its owner alone, whole under its name or not there."""
    draft = path.with_suffix(".tmp")
    draft.write_text(json.dumps(values, ensure_ascii=False), "utf-8")
    draft.chmod(PRIVATE_FILE)
    draft.replace(path)
