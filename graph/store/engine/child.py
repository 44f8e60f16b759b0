"""The engine's own process: `python -m graph.store.engine.child <data folder>`; started by `launch`.

The only importer of arcadedb_embedded. Runs until no client holds the lease any more.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import secrets
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jpype
from arcadedb_embedded.jvm import shutdown_jvm, start_jvm
from arcadedb_embedded.server import create_server

from graph.store.engine.databases import NAMES, Databases
from graph.store.engine.folder import ALREADY_RUNNING, ANSWER, OVERDUE, EngineFolder, EngineState, write_whole
from graph.store.engine.giving import Giver
from graph.store.engine.locks import FileLock
from graph.store.engine.tuning import LOGGING, OUTSIDE, READER, SERVER_CONFIG, WRITER, groups, jvm_args
from graph.store.engine.twin import Twin, remove_left_behind

_POLL_SECONDS = 0.3
_GRACE_MS = 5_000  # what a terminated read may take to notice
MOST_TOLD = 20
DAMAGE = ("totalErrors", "totalWarnings", "totalCorruptedRecords", "invalidLinks", "totalUndecodableRecords")
"""Figures of the engine's check that are zero where nothing is damaged."""
_STOP_SECONDS = 15.0  # a stop that hangs ends like a kill; the write-ahead log covers it


class Engine:
    """ArcadeDB with the database that is asked and three users, listening for Bolt on loopback only."""

    def __init__(
        self, folder: EngineFolder, heap: str, compiler: str, time_limit_ms: int, listing: Path | None = None
    ) -> None:
        start_jvm(heap_size=heap, jvm_args=jvm_args(folder, compiler, listing), disable_xml_limits=False)
        # Root's password is made for this run and kept nowhere: no client logs in as root.
        self._server = create_server(
            root_path=str(folder.path), root_password=secrets.token_urlsafe(32), config=dict(SERVER_CONFIG)
        )
        self._server.start()
        self._time_limit_ms = time_limit_ms
        self._ended, self._checks = folder.ended_reads, folder.checks
        self._copies, self._given = folder.copies, folder.given
        self._databases = Databases(folder.path)
        self._side: dict[str, threading.Thread] = {}
        self._java: Any = self._server._java_server
        # HTTP would offer SQL, Java and a tool endpoint to any holder of a password.
        self._java.getHttpServer().stopService()
        self._server.create_database(self._databases.asked)  # opens it if it is there
        self._twin = Twin(folder, self._server)
        self._giver = Giver(folder, self._server)
        self._grant(folder, time_limit_ms)

    def _grant(self, folder: EngineFolder, time_limit_ms: int) -> None:
        """Make groups and users as this version has them, whatever the files of the engine say."""
        security = self._java.getSecurity()
        for group, rights in groups(time_limit_ms).items():
            for name in NAMES:
                security.saveGroup(name, group, _java_json(rights))
        credentials = folder.credentials()
        for user, group, password in (
            (READER, READER, credentials.reader),
            (WRITER, WRITER, credentials.writer),
            (OUTSIDE, READER, credentials.outside),
        ):
            record = _java_json(
                {
                    "name": user,
                    "password": str(security.encodePassword(password)),
                    "databases": {name: [group] for name in NAMES},
                }
            )
            if security.existsUser(user):
                security.updateUser(record)
            else:
                security.createUser(record)

    @property
    def bolt_port(self) -> int:
        """The port the kernel gave to the Bolt listener."""
        for plugin in self._java.getPlugins():
            if str(plugin.getName()) == "Neo4j-Bolt":
                return int(plugin.getPort())
        raise RuntimeError("the Bolt plugin did not start")

    def end_unwanted_reads(self) -> None:
        """Terminate reads whose caller no longer waits; see `EmbeddedEngine.end_read`."""
        marks = {path.name: path for path in self._ended.iterdir()}
        if not marks:
            return
        for query in self._java.getRunningQueries().getRunning():
            if any(mark in str(query.getText()) for mark in marks):
                query.terminate("not wanted any more")
        for path in marks.values():
            path.unlink(missing_ok=True)

    def end_overdue_reads(self) -> bool:
        """Terminate reads past the time limit; False if one goes on after a grace all the same.

        The group's `readTimeout` is not looked at in joins and filters, and nothing at all is
        looked at inside a loop of one expression, such as `reduce` over long lists.
        """
        obeyed = True
        for query in self._java.getRunningQueries().getRunning():
            overdue = int(query.getElapsedMillis()) - self._time_limit_ms
            if overdue > 0 and str(query.getUser()) in (READER, OUTSIDE):
                query.terminate("time limit")
                obeyed = obeyed and overdue < _GRACE_MS
        return obeyed

    def answer_if_asked(self) -> None:
        """For marks that were left check the files, or write the graph into one; each on the side."""
        if asked := _marks(self._checks):
            self._on_the_side("check", self._answer_checks, asked)
        for mark in _marks(self._given)[:1]:
            self._on_the_side("give", self._giver.answer, mark)

    def tend_copies(self) -> None:
        """Make the copy that a load asks for, drop the one that is not asked any more."""
        self._twin.follow()
        asked = _marks(self._copies)
        if asked:
            self._on_the_side("copy", self._twin.answer, asked[0])
        elif self._twin.left():
            self._on_the_side("copy", self._twin.drop)

    def _on_the_side(self, what: str, work: Callable[..., None], *given: Any) -> None:
        """Do something in a thread of its own, unless one does it already."""
        if what not in self._side or not self._side[what].is_alive():
            self._side[what] = threading.Thread(target=work, args=given, daemon=True)
            self._side[what].start()

    def _answer_checks(self, asked: list[Path]) -> None:
        try:
            found = self._check()
        except Exception as error:  # Java's exceptions too: a check that fails is a finding
            found = [str(error)]
        for path in asked:
            path.unlink(missing_ok=True)
            write_whole(path.with_suffix(ANSWER), json.dumps(found))

    def _check(self) -> list[str]:
        """The engine's own check of records, links and indexes; it changes nothing."""
        checker = _java_class("com.arcadedb.engine.DatabaseChecker")(
            self._java.getDatabase(self._databases.asked)
        )
        checker.setVerboseLevel(0)
        report = {str(e.getKey()): e.getValue() for e in checker.check().entrySet()}
        lines = [str(text) for text in report.get("warnings") or []][:MOST_TOLD]
        for name in DAMAGE:
            if report.get(name):
                lines.append(f"{name}: {int(str(report[name]))}")
        return lines

    def stop(self) -> None:
        """Close the database and end the JVM."""
        self._server.stop()
        shutdown_jvm()


def _marks(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if not path.suffix]


def _java_class(name: str) -> Any:
    return jpype.JClass(name)


def _java_json(value: dict[str, object]) -> Any:
    return _java_class("com.arcadedb.serializer.json.JSONObject")(json.dumps(value))


def serve(
    folder: EngineFolder, heap: str, compiler: str, time_limit_ms: int, listing: Path | None = None
) -> int:
    """Run the engine until the lease is free; returns the exit status."""
    alone = FileLock(folder.engine_lock)
    # A client that looks whether an engine runs holds this lock for a moment: try for a while.
    for _ in range(10):
        if alone.take(shared=False):
            break
        time.sleep(0.1)
    else:
        return ALREADY_RUNNING
    folder.drop_state()
    remove_left_behind(folder)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    (folder.path / "logging.properties").write_text(LOGGING, encoding="utf-8")

    try:
        engine = Engine(folder, heap, compiler, time_limit_ms, listing)
    except Exception:  # Java's exceptions too
        # Threads of a half-started engine would keep the process, and with it the lock.
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    # JPype has Python look through all of its objects at every collection of Java's, hundreds in a heavy
    # question: a ninth of the engine's work. What stands now stays, and is looked at no more.
    gc.collect()
    gc.freeze()
    folder.write_state(
        EngineState(
            pid=os.getpid(),
            bolt_port=engine.bolt_port,
            started_at=datetime.now(UTC).isoformat(timespec="seconds"),
            nonce=secrets.token_hex(16),
            version=version("arcadedb-embedded"),
            heap=heap,
        )
    )
    lease = FileLock(folder.lease)
    # From the exclusive lease to the exit no client comes in: it waits, then starts a new engine.
    obeyed = True
    try:
        while obeyed and not lease.take(shared=False) and not stop.wait(_POLL_SECONDS):
            engine.end_unwanted_reads()
            engine.answer_if_asked()
            engine.tend_copies()
            obeyed = engine.end_overdue_reads()
    except OSError:
        # The folder was removed: no client can come any more, and there is nothing left to close.
        os._exit(1)
    folder.drop_state()
    if not obeyed:
        # Only the end of the process ends such a query; clients start a new engine.
        sys.stderr.write("a read went on after its time limit: the engine ends itself\n")
        sys.stderr.flush()
        os._exit(OVERDUE)
    deadline = threading.Timer(_STOP_SECONDS, os._exit, args=(1,))
    deadline.daemon = True
    deadline.start()
    engine.stop()
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse the command line, make the engine's folder the working directory, and serve."""
    parser = argparse.ArgumentParser(prog="graph.store.engine.child", description=__doc__)
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--heap", default="1g")
    parser.add_argument("--compiler", choices=("full", "quick"), default="full")
    parser.add_argument("--time-limit-ms", type=int, default=60_000)
    parser.add_argument("--list-classes", type=Path)
    given = parser.parse_args(arguments)
    os.umask(0o077)
    folder = EngineFolder(given.data_dir)
    folder.prepare()
    os.chdir(folder.path)  # ArcadeDB writes ./log wherever it stands
    return serve(folder, given.heap, given.compiler, given.time_limit_ms, given.list_classes)


if __name__ == "__main__":
    sys.exit(main())
