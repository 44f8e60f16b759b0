"""Lock files of the embedded engine, held by the kernel for a process and dropped when it dies.

Two facts are kept as locks because no crash can leave them wrong:
`lease` (shared, one per client: the engine is in use) and `engine.lock` (exclusive, held by
the child for its whole life: an engine of this folder exists).
"""

from __future__ import annotations

from pathlib import Path
from typing import IO

import portalocker
from portalocker import LockFlags


class FileLock:
    """One lock on one file; never waits, and may be taken again after `release`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._file is not None

    def take(self, *, shared: bool) -> bool:
        """Take the lock if that is possible at once; True if it is now held.

        Raises `OSError` if the file cannot be opened.
        """
        if self._file is not None:
            return True
        file = self._path.open("ab")
        kind = LockFlags.SHARED if shared else LockFlags.EXCLUSIVE
        try:
            portalocker.lock(file, kind | LockFlags.NON_BLOCKING)
        except portalocker.LockException:
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Let go of the lock; nothing happens if it is not held."""
        if self._file is not None:
            self._file.close()
            self._file = None


def is_free(path: Path, *, shared: bool = True) -> bool:
    """Whether a lock of that kind could be taken now; the answer may be old when it arrives."""
    probe = FileLock(path)
    try:
        return probe.take(shared=shared)
    finally:
        probe.release()
