"""One load at a time: whoever writes a delivery holds a lock in the data folder.

The graph itself refuses two loads at once, at the end of the second one's work; the lock says so before it.
On a server that several machines load into, only the graph's own refusal holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import LoadConflict
from graph.private import PRIVATE_FOLDER
from graph.store.engine.locks import FileLock

FILE = "loading.lock"


@contextmanager
def loading_turn(data_dir: Path) -> Iterator[None]:
    """Hold the lock; raises `LoadConflict` at once where another process has it."""
    data_dir.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    lock = FileLock(data_dir / FILE)
    if not lock.take(shared=False):
        raise LoadConflict(
            "另一次导入或撤销正在进行，请等它结束后再试。",
            "another load is under way: wait until it has ended and try again.",
            subject="load",
        )
    try:
        yield
    finally:
        lock.release()
