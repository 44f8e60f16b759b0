"""The engine's side of a load in batches: a copy of the database that is asked, made while it is read.

Used by `child` alone. The copy is the engine's own backup, unpacked beside the databases and moved in.
"""

from __future__ import annotations

import json
import os
import shutil
import time
import zipfile
from pathlib import Path
from typing import Any

import jpype

from graph.store.engine.databases import NAMES, Databases
from graph.store.engine.folder import EngineFolder, write_whole

_MIB = 1 << 20
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
        """Make the copy that was asked for; the answer says its name, or what went wrong."""
        try:
            said = {"database": self._make()}
        except Exception as error:  # Java's exceptions too
            said = {"error": str(error)}
            self._drop(self._databases.other)
        asked.unlink(missing_ok=True)
        write_whole(asked.with_suffix(".json"), json.dumps(said))

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
        """Drop the database that is not asked."""
        self._drop(self._databases.other)

    def _make(self) -> str:
        asked, name = self._databases.asked, self._databases.other
        self._drop(name)
        packed, draft = self._folder.path / f"{_DRAFT}.zip", self._folder.path / _DRAFT
        remove_drafts(self._folder)
        try:
            backup = jpype.JClass("com.arcadedb.integration.backup.Backup")
            source = self._java.getDatabase(asked)
            made = backup(source, str(packed)).setVerboseLevel(0).setCompressionLevel(0)
            made.setCompressionThreads(1).backupDatabase()
            draft.mkdir()
            with zipfile.ZipFile(packed) as archive:
                for member in archive.infolist():
                    _unpack(archive, member, draft)
            draft.rename(self._databases.files / name)
        finally:
            remove_drafts(self._folder)
        self._server.create_database(name)
        return name

    def _drop(self, name: str) -> None:
        if self._java.existsDatabase(name):
            self._java.getDatabase(name).getEmbedded().drop()
            self._java.removeDatabase(name)
        shutil.rmtree(self._databases.files / name, ignore_errors=True)


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, to: Path) -> None:
    with archive.open(member) as source, (to / Path(member.filename).name).open("xb") as file:
        shutil.copyfileobj(source, file, _MIB)
        file.flush()
        os.fsync(file.fileno())


def remove_drafts(folder: EngineFolder) -> None:
    """Remove what a copy that was not finished left."""
    (folder.path / f"{_DRAFT}.zip").unlink(missing_ok=True)
    shutil.rmtree(folder.path / _DRAFT, ignore_errors=True)


def remove_left_behind(folder: EngineFolder) -> None:
    """Before the engine starts: what is not asked and what no one fills is not opened again."""
    databases = Databases(folder.path)
    remove_drafts(folder)
    if not databases.filling():
        for name in set(NAMES) - {databases.asked}:
            shutil.rmtree(databases.files / name, ignore_errors=True)
