"""Where handed-in files lie: a folder of the data folder, for its owner alone, gone with its service."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

from graph.errors import FolderFull
from graph.private import PRIVATE_FILE, PRIVATE_FOLDER
from graph.store.engine.locks import FileLock

FOLDER = "incoming"
OWNER = "owner.lock"
"""Held by the service of a folder for as long as it lives."""


class Incoming:
    """The folder of one running service; the kernel drops its lock when the process ends."""

    def __init__(self, data_dir: Path) -> None:
        self._root = data_dir / FOLDER
        self._own = self._root / secrets.token_hex(8)
        self._lock = FileLock(self._own / OWNER)

    @property
    def service(self) -> str:
        """The name of this service's folder."""
        return self._own.name

    @property
    def root(self) -> Path:
        """What all services of the data folder have in common."""
        return self._root

    def folder(self, id_: str) -> Path:
        """A new folder for one delivery."""
        if not self._lock.held:
            self._own.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            self._root.chmod(PRIVATE_FOLDER)
            self._lock.take(shared=False)
        found = self._own / id_
        (found / "files").mkdir(mode=PRIVATE_FOLDER, parents=True)
        return found

    def sweep(self) -> None:
        """Remove what services left behind that are not there any more."""
        if not self._root.is_dir():
            return
        for left in self._root.iterdir():
            if left.is_dir() and left != self._own:
                lock = FileLock(left / OWNER)
                with suppress(OSError):
                    if lock.take(shared=False):
                        lock.release()
                        shutil.rmtree(left, ignore_errors=True)

    def close(self) -> None:
        """Remove everything that was handed in to this service."""
        shutil.rmtree(self._own, ignore_errors=True)
        self._lock.release()


async def receive(stream: AsyncIterator[bytes], path: Path) -> int:
    """Write a body into a file as it comes, for its owner alone; how many bytes it had.

    What was written is removed where the body does not come to its end. Raises `FolderFull`.
    """
    path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    size, whole = 0, False
    beside = path.with_name(f".{path.name}.part")
    try:
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE), "wb") as file:
            async for part in stream:
                file.write(part)
                size += len(part)
        beside.replace(path)
        whole = True
    except OSError as error:
        raise FolderFull(path.parent) from error
    finally:
        if not whole:
            beside.unlink(missing_ok=True)
    return size
