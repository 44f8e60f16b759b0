"""Where kept findings stand: files of the data folder, or the ledger's database where instances share it.

They hold personal data as the engine does, and so are readable by their owner alone, bounded in size
and age, and go with the state of the data that they were found in.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from graph.kept.standing import keep_in_memory
from graph.private import PRIVATE_FILE, PRIVATE_FOLDER
from graph.settings import Settings

if TYPE_CHECKING:
    from graph.ledger import Ledger

FOLDER = "findings"
COLUMNS = "columns"
"""The file of the graph in columns (`holding.py`), of one state of the data; it counts with what is kept."""
Key = tuple[str, str]
"""A state of the data, and the name of what is kept of it."""
DAY = 86_400
"""Seconds."""
ASKED = 600.0
"""Seconds in which who asked of a state of the data has read the rows, so that older ones may go."""
EDITIONS = 2
"""States of the data whose findings stand: the last one, and the one before while it is carried over."""


class Shelf:
    """The findings of one data folder, by state of the data (`edition`) and key."""

    def __init__(self, settings: Settings, ledger: Ledger) -> None:
        self._folder = settings.data_dir / FOLDER
        self._most = settings.kept << 20
        self._age = settings.kept_days * DAY
        self._shared = ledger.findings if settings.ledger_url is not None else None

    @property
    def folder(self) -> Path:
        """The folder of the files, made if it is missing."""
        self._folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        return self._folder

    async def take(self, edition: str, key: str) -> bytes | None:
        """What was kept, or None."""
        if self._shared is not None:
            return await self._shared.take(edition, key)
        path = self._folder / edition / key
        with suppress(FileNotFoundError):
            content = path.read_bytes()
            with suppress(OSError):
                os.utime(path)
            return content
        return None

    def path(self, edition: str, key: str) -> Path | None:
        """The file in which something stands; None where instances share a database."""
        return None if self._shared is not None else self._folder / edition / key

    async def share(self, there: Key, here: Key) -> None:
        """Keep under another name too what is kept; on a disk both names are of one file."""
        if self._shared is not None:
            content = await self._shared.take(*there)
            if content is not None:
                await self._shared.put(*here, content, most=self._most, age=self._age)
            return
        folder = self.folder / here[0]
        with suppress(OSError):  # as in `put`; a disk without links keeps nothing here
            folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            os.link(self._folder.joinpath(*there), folder / here[1])

    async def put(self, edition: str, key: str, content: bytes) -> None:
        """Keep something, and let go of what is too old or too much; nothing where the disk is full."""
        if self._shared is not None:
            await self._shared.put(edition, key, content, most=self._most, age=self._age)
            return
        await asyncio.to_thread(self._put, edition, key, content)

    def _put(self, edition: str, key: str, content: bytes) -> None:
        folder = self.folder / edition
        with suppress(OSError):  # an answer does not fail because it cannot be kept
            folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            _write(folder / key, content)
            self._tidy(folder)

    def _tidy(self, current: Path) -> None:
        """Remove what belongs to older states of the data, what is too old, and the oldest of too much."""
        ages = {folder: folder.stat().st_mtime for folder in self._editions() if folder != current}
        for folder in sorted(ages, key=ages.__getitem__, reverse=True)[EDITIONS - 1 :]:
            if ages[folder] < time.time() - ASKED:
                shutil.rmtree(folder, ignore_errors=True)
        files = sorted(self._files(), key=lambda f: f[1], reverse=True)
        total, oldest = 0, time.time() - self._age
        for path, used, size in files:
            total += size
            if used < oldest or total > self._most:
                keep_in_memory(path)
                path.unlink(missing_ok=True)

    def _editions(self) -> list[Path]:
        with os.scandir(self._folder) as there:
            return [Path(f.path) for f in there if f.is_dir()]

    def _files(self) -> Iterator[tuple[Path, float, int]]:
        paths = (path for folder in self._editions() for path in folder.iterdir())
        for path in (self._folder / COLUMNS, *paths):
            with suppress(FileNotFoundError):
                stat = path.stat()
                yield path, stat.st_mtime, stat.st_size // stat.st_nlink

    async def keys(self) -> dict[str, list[str]]:
        """What is kept, by state of the data."""
        if self._shared is not None:
            return await self._shared.keys()
        if not self._folder.is_dir():
            return {}
        # Not with `Path`, which takes ten times as long: the loop of the service stands still meanwhile.
        return {f.name: os.listdir(f) for f in self._editions()}

    async def clear(self) -> None:
        """Let go of everything: a person was erased, or other data came in."""
        if self._shared is not None:
            await self._shared.clear()
        drop_findings(self._folder.parent)


def _write(path: Path, content: bytes) -> None:
    """A file for its owner alone, whole under its name or not there."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    draft.replace(path)


def columns_in(settings: Settings) -> Path | None:
    """The file of the columns that the findings are made from; None where none is kept.

    Instances that share a ledger keep none: one could not remove that of another when a person is erased.
    """
    if settings.ledger_url is not None or not settings.kept:
        return None
    folder = settings.data_dir / FOLDER
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    return folder / COLUMNS


def drop_findings(data_dir: Path) -> None:
    """Remove the files of kept findings."""
    shutil.rmtree(data_dir / FOLDER, ignore_errors=True)
