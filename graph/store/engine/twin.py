"""The engine's side of a load in batches: a copy of the database that is asked, made while it is read.

Used by `child` alone. The files are written beside the databases and moved in. They are those of the engine's
own backup, taken the same way. A backup packs them, and they would have to be unpacked again: every large
load waits for the copy, which takes the longer the larger the graph is.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import jpype

from graph.store.engine.databases import NAMES, Databases
from graph.store.engine.filling import Filling, NotThere, lines_of
from graph.store.engine.folder import ANSWER, DONE, ROWS, EngineFolder, write_whole

_DRAFT = "making"


class Twin:
    """The other database of an engine that runs."""

    def __init__(self, folder: EngineFolder, server: Any) -> None:
        self._folder = folder
        self._databases = Databases(folder.path)
        self._server = server
        self._java: Any = server._java_server
        self._default = ""

    def answer(self, asked: Path) -> None:
        """Make the copy that was asked for, or fill it with the rows beside the mark; say what came of it."""
        rows = asked.with_suffix(ROWS)
        try:
            if rows.exists():
                self._fill(rows)
                said = {"database": self._databases.other}
            else:
                said = {"database": self._make()}
        except (NotThere, jpype.JClass("com.arcadedb.exception.DuplicatedKeyException")) as error:
            said = {"conflict": str(error)}
            self._drop(self._databases.other)
        except Exception as error:  # Java's exceptions too
            said = {"error": str(error)}
            self._drop(self._databases.other)
        asked.unlink(missing_ok=True)
        write_whole(asked.with_suffix(ANSWER), json.dumps(said))

    def follow(self) -> None:
        """Let who names no database (`cobuild bolt`, other programs) ask the one that is asked."""
        if self._default != self._databases.asked:
            self._default = self._databases.asked
            name = jpype.JClass("com.arcadedb.GlobalConfiguration").BOLT_DEFAULT_DATABASE
            self._java.getConfiguration().setValue(name, self._default)

    def left(self) -> bool:
        """Whether the database that is not asked is there and needed by no one."""
        there = (self._databases.files / self._databases.other).exists()
        return there and self._databases.settled(time.time())

    def drop(self) -> None:
        """Drop the database that is not asked, with the rows that a load which was killed wrote for it."""
        self._drop(self._databases.other)
        remove_drafts(self._folder)

    def _make(self) -> str:
        asked, name = self._databases.asked, self._databases.other
        self._drop(name)
        draft = self._folder.path / _DRAFT
        remove_drafts(self._folder)
        try:
            draft.mkdir()
            _copy(self._java.getDatabase(asked).getEmbedded(), draft)
            draft.rename(self._databases.files / name)
        finally:
            remove_drafts(self._folder)
        self._open(name)
        return name

    def _fill(self, rows: Path) -> None:
        done = rows.with_suffix(DONE)
        database = self._java.getDatabase(self._databases.other).getEmbedded()

        def tell(count: int) -> None:
            with suppress(OSError):  # it is read just now, or there is no room: it only shows how far it is
                write_whole(done, str(count))

        Filling(database).fill(lines_of(rows), tell)

    def _open(self, name: str) -> None:
        """Open the copy to be filled: what a load creates goes behind what is there.

        While nothing is removed all pages but the last are full, and the engine would look through every page
        of a kind for room every five seconds: the longer the larger the graph. Room that is made by
        removing in this copy is used again once the engine has started anew.
        """
        reuse = jpype.JClass("com.arcadedb.GlobalConfiguration").BUCKET_REUSE_SPACE_MODE
        usual = reuse.getValueAsString()
        reuse.setValue("low")
        try:
            self._server.create_database(name)
        finally:
            reuse.setValue(usual)

    def _drop(self, name: str) -> None:
        if self._java.existsDatabase(name):
            self._java.getDatabase(name).getEmbedded().drop()
            self._java.removeDatabase(name)
        shutil.rmtree(self._databases.files / name, ignore_errors=True)


def _copy(database: Any, to: Path) -> None:
    """Copy a database as it is at one moment, onto the disk; it goes on being asked meanwhile."""
    moment = database.executeInReadLock(
        jpype.JProxy(
            "java.util.concurrent.Callable",
            dict={"call": lambda: database.getPageManager().openSnapshot(database)},
        )
    )
    is_temporary = jpype.JClass("com.arcadedb.engine.PaginatedComponent").isTemporaryFileName
    try:
        for kept in moment.getConfigurationFiles():
            _write(kept.newInputStream(), to / str(kept.fileName()))
        for kept in moment.getFiles():
            if not is_temporary(kept.fileName()):
                _write(moment.newInputStream(kept.fileId()), to / str(kept.fileName()))
        moment.checkValid()
    finally:
        moment.close()


def _write(stream: Any, path: Path) -> None:
    try:
        jpype.JClass("java.nio.file.Files").copy(stream, jpype.JClass("java.nio.file.Path").of(str(path)))
    finally:
        stream.close()
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def remove_drafts(folder: EngineFolder) -> None:
    """Remove what a copy that was not finished left."""
    (folder.path / f"{_DRAFT}.zip").unlink(missing_ok=True)  # of earlier versions, which packed it
    shutil.rmtree(folder.path / _DRAFT, ignore_errors=True)
    for path in folder.copies.iterdir() if folder.copies.exists() else ():
        if path.suffix in (ROWS, DONE, ANSWER):
            path.unlink(missing_ok=True)


def remove_left_behind(folder: EngineFolder) -> None:
    """Before the engine starts: what is not asked and what no one fills is not opened again."""
    databases = Databases(folder.path)
    remove_drafts(folder)
    for path in folder.given.iterdir():
        path.unlink(missing_ok=True)
    if not databases.filling():
        for name in set(NAMES) - {databases.asked}:
            shutil.rmtree(databases.files / name, ignore_errors=True)
