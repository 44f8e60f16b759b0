"""Whether anybody has written since: a count of write transactions that every process can see.

A reader that knows the data version of a moment when no write was under way need not ask the engine
for it again until the count has grown. The count is the size of a file; who writes holds a lock
for as long as the transaction lasts, so no crash can leave the count saying less than happened
(but for a process killed between sending a commit and the engine carrying it out).
"""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from graph.errors import FolderFull, LoadConflict
from graph.private import PRIVATE_FILE
from graph.store.engine.databases import Databases
from graph.store.engine.folder import EngineFolder
from graph.store.engine.locks import FileLock, is_free


class WriteCount:
    """The count of one data folder."""

    def __init__(self, data_dir: Path) -> None:
        folder = EngineFolder(data_dir).path
        self._file = folder / "writes"
        self._lock = folder / "writes.lock"
        self.databases = Databases(folder)
        for path in (self._file, self._lock):
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, PRIVATE_FILE))

    def now(self) -> int:
        """How many write transactions were begun so far."""
        return self._file.stat().st_size

    def idle(self) -> bool:
        """Whether no write transaction is under way."""
        return is_free(self._lock, shared=False)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        """Counts one write transaction, which lasts as long as the block.

        Raises `LoadConflict` while a load fills the other database: what is written to this one would be
        lost when they change places.
        """
        beside = self.databases.lock()
        if not beside.take(shared=True):
            raise LoadConflict(
                "另一个导入正在进行，它结束前数据可查询而不能改动；请等它结束后再试。",
                "a load is under way: until it ends the data can be read and not changed; try again then.",
                subject="load",
            )
        try:
            async with self._counted():
                yield
        finally:
            beside.release()

    async def switch(self) -> None:
        """Let the two databases change places, as one counted write; the caller fills the other one."""
        async with self._counted():
            self.databases.switch()

    @asynccontextmanager
    async def _counted(self) -> AsyncIterator[None]:
        lock = FileLock(self._lock)
        while not lock.take(shared=True):  # noqa: ASYNC110  the kernel's lock knows no event
            await asyncio.sleep(0.001)
        try:
            try:
                with self._file.open("ab", buffering=0) as file:
                    file.write(b".")
            except OSError as error:
                if error.errno in (errno.ENOSPC, errno.EDQUOT):
                    raise FolderFull(self._file.parent.parent) from error
                raise
            yield
        finally:
            lock.release()
