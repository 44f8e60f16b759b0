"""How far long finding is, in a file that other processes read, and how they end it.

Who finds holds a lock beside the file: of a process that died it is free. A preparation tells of itself so,
and a question that takes longer than `DELAY`; of several at once the first.
"""

from __future__ import annotations

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
        self._state = {"as_of": str(day), "data_version": version, "total": total, "started_at": _now()}
        self._began = time.monotonic()
        self._before: str | None = None
        self._others = False
        """Whether another one told of itself when this one would have."""

    def tell(self, done: int, file: str, title_zh: str) -> None:
        """So many files are found, and this one is next. Raises `PreparationCancelled`."""
        if self._others or (not self._lock.held and time.monotonic() - self._began < DELAY):
            return
        if not self._lock.held and not self._take():
            return
        if (self._folder / CANCEL).exists():
            raise PreparationCancelled
        passed = time.monotonic() - self._began
        left = round(passed / done * (self._state["total"] - done)) if done else None  # type: ignore[operator]
        step = {"done": done, "file": file, "title_zh": title_zh, "rows": 0, "seconds_left": left}
        with suppress(OSError):  # a full disk: it is found all the same, and nobody is told
            write(self._folder / PROGRESS, {"state": "under_way", **self._state, **step})

    def close(self) -> None:
        """Leave what was told of the last preparation as it was."""
        if not self._lock.held:
            return
        with suppress(OSError):
            (self._folder / CANCEL).unlink(missing_ok=True)
            if self._before is None:
                (self._folder / PROGRESS).unlink(missing_ok=True)
            else:
                (self._folder / PROGRESS).write_text(self._before, "utf-8")
        self._lock.release()

    def _take(self) -> bool:
        self._others = True
        with suppress(OSError):
            self._others = not self._lock.take(shared=False)
        if not self._others:
            with suppress(OSError):
                self._before = (self._folder / PROGRESS).read_text("utf-8")
        return not self._others


def write(path: Path, values: Mapping[str, Any]) -> None:
    """A file for its owner alone, whole under its name or not there."""
    draft = path.with_suffix(".tmp")
    draft.write_text(json.dumps(values, ensure_ascii=False), "utf-8")
    draft.chmod(PRIVATE_FILE)
    draft.replace(path)


def _now() -> str:
    return now().isoformat(timespec="seconds")
