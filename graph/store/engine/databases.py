"""The two databases of an engine: one is asked; a load in batches fills the other, and they change places.

Which one is asked is stored in a file that is replaced as a whole, so a process that is killed leaves the one
or the other. Who fills the other one holds a lock for as long as that takes: without it the engine drops
what no one asks.
"""

from __future__ import annotations

import os
from pathlib import Path

from graph.private import PRIVATE_FILE
from graph.store.engine.locks import FileLock

NAMES = ("cobuild", "cobuild2")
STAYS = 600.0
"""Seconds for which the database that was asked before stays, for readers that began with it."""


class Databases:
    """Which database of an engine's folder is asked, and the lock of who fills the other one."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "database"
        self._lock = folder / "beside.lock"
        self.files = folder / "databases"

    @property
    def asked(self) -> str:
        """The name of the one that is asked."""
        try:
            name = self._file.read_text("ascii")
        except OSError:
            return NAMES[0]
        return name if name in NAMES else NAMES[0]

    @property
    def other(self) -> str:
        """The name of the one that is not, whether it is there or not."""
        return next(name for name in NAMES if name != self.asked)

    def lock(self) -> FileLock:
        """Held alone by who fills the other one, shared for every other write."""
        if not self._lock.exists():
            os.close(os.open(self._lock, os.O_CREAT | os.O_RDWR, PRIVATE_FILE))
        return FileLock(self._lock)

    def filling(self) -> bool:
        """Whether the other one is being filled."""
        lock = self.lock()
        try:
            return not lock.take(shared=True)
        finally:
            lock.release()

    def switch(self) -> None:
        """From now on the other one is asked."""
        draft = self._file.with_suffix(".tmp")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "w") as file:
            file.write(self.other)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._file)
        _on_disk(self._file.parent)

    def settled(self, now: float) -> bool:
        """Whether what is not asked can go: no one fills it, and no one reads it since it was asked."""
        try:
            since = self._file.stat().st_mtime
        except OSError:
            since = 0.0
        return now - since > STAYS and not self.filling()

    def size(self) -> int:
        """Bytes of the one that is asked."""
        return sum(path.stat().st_size for path in (self.files / self.asked).glob("*"))


def _on_disk(folder: Path) -> None:
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
