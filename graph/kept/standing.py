"""Where the bytes of a unit are: in memory, or in a file of which rows are read when they are asked for."""

from __future__ import annotations

import os
from pathlib import Path
from weakref import WeakSet

from graph.errors import StoreUnavailable

SMALL = 16 << 10
"""Bytes of a unit that stays in memory as a whole."""


class UnitGone(StoreUnavailable):
    """The file of a unit was removed by another process, or as a person was erased."""


def _gone() -> UnitGone:
    return UnitGone("数据刚刚更新，请重试。", "the data have just changed, ask again.")


class InMemory:
    """All of it."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.gone = False
        self.size = self.resident = len(content)

    def read(self, start: int, stop: int) -> memoryview:
        """The bytes from one place to another."""
        return memoryview(self._content)[start:stop]

    def lose(self) -> UnitGone:
        """What is raised where the bytes cannot be used; they are not asked for again."""
        self.gone = True
        return _gone()


class InFile:
    """A file that no one changes; who removes it to make room says so before (`keep_in_memory`)."""

    def __init__(self, path: Path) -> None:
        """Raises `OSError` where there is none."""
        found = path.stat()
        self.path, self._number, self.size = path, found.st_ino, found.st_size
        self.resident: int = 0
        self._lost = False
        self._content: bytes | None = None
        _FILES.add(self)

    def read(self, start: int, stop: int) -> bytes | memoryview:
        """The bytes from one place to another; raises `UnitGone`."""
        if self._content is not None:
            return memoryview(self._content)[start:stop]
        try:
            with self.path.open("rb") as file:
                found = os.fstat(file.fileno())
                if (found.st_ino, found.st_size) == (self._number, self.size):
                    file.seek(start)
                    return file.read(stop - start)
        except OSError:
            pass
        raise self.lose()

    def lose(self) -> UnitGone:
        """As of one in memory."""
        self._lost = True
        return _gone()

    @property
    def gone(self) -> bool:
        """Whether its bytes cannot be read; looked up, so that of many files that went nobody meets each."""
        if self._content is None and not self._lost:
            try:
                found = self.path.stat()
            except OSError:
                self._lost = True
            else:
                self._lost = (found.st_ino, found.st_size) != (self._number, self.size)
        return self._lost

    def hold(self) -> None:
        """Read all of it, as it goes."""
        if self._content is None and not self.gone:
            self._content = bytes(self.read(0, self.size))
            self.resident = self.size


_FILES: WeakSet[InFile] = WeakSet()


def keep_in_memory(path: Path) -> None:
    """A file is about to go: who reads from it in this process has all of it now."""
    for file in list(_FILES):
        if file.path == path:
            try:
                file.hold()
            except UnitGone:
                continue
