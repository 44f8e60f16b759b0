"""How the embedded engine is configured: JVM flags, ArcadeDB settings, users and groups.

Plain data for `child`, which is the only one to apply it.
"""

from __future__ import annotations

import sysconfig
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from graph.store.engine.databases import NAMES
from graph.store.engine.folder import EngineFolder

READER = "reader"
WRITER = "writer"
OUTSIDE = "outside"
"""The user of other people's programs, in the readers' group: the engine lets a user see and end only its
own statements, so that none of theirs is the service's."""

# A write may be an import batch or the rebuild of all derived edges; it too ends some time.
WRITE_TIME_LIMIT_MS = 600_000

LOGGING = """\
handlers = java.util.logging.FileHandler
.level = WARNING
com.arcadedb.level = INFO
java.util.logging.FileHandler.pattern = ./log/arcadedb.log
java.util.logging.FileHandler.formatter = com.arcadedb.log.LogFormatter
java.util.logging.FileHandler.limit = 10000000
java.util.logging.FileHandler.count = 3
"""

ENGINE_SETTINGS: dict[str, str] = {
    # Flushes the write-ahead log at every commit: a power cut loses nothing that was answered.
    "txWalFlush": "1",
    # No statement reads files of this machine or addresses of the network, by any user.
    "opencypher.loadCsv.allowFileUrls": "false",
    "opencypher.loadCsv.allowRemoteUrls": "false",
    # Ends every statement some time; readers have a shorter limit of their own (see `child`).
    "command.timeout": str(WRITE_TIME_LIMIT_MS),
    # The engine keeps 300 parsed statements, two of each text. The catalogue has more, asked one
    # after the other, so that each was parsed anew every time: half of the engine's work.
    "opencypher.statementCache": "2000",
    "opencypher.planCache": "1000",
    # No script languages inside the engine, and less memory.
    "polyglotEngineEnabled": "false",
    # The engine never calls its maker's portal; it does by default once it holds a support key.
    "support.autoRegister": "false",
    # The metrics are not read; they cost memory and threads.
    "serverMetrics": "false",
    # HTTP is closed as soon as the engine is up (see `child`), so its 500 threads are not needed.
    "server.httpWorkerThreads": "2",
    # The passwords are 256 random bits: stretching them adds only time to every log-in.
    "server.saltIterations": "1000",
    "server.logsDirectory": "./log",
}

SERVER_CONFIG: dict[str, str | int] = {
    # "production" would replace every error text, syntax errors too, by "see the server's log";
    # what else it switches (log flush, LOAD CSV) is set above.
    "mode": "development",
    "host": "127.0.0.1",
    "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
    # Port 0: the kernel picks a free one at the moment of binding, so no other process can take it first.
    "bolt_port": "0",
    "http_port": "0",
    "bolt_defaultDatabase": NAMES[0],
}

# G1 is the collector that returns heap to the system by itself while nothing happens.
_FULL = ("-XX:+UseG1GC", "-XX:G1PeriodicGCInterval=30000")
# Without the optimizing compiler an engine is up for 2.9 instead of 5.4 s of processor time, but answers
# two to three times slower once it is warm. The serial collector takes a twelfth less of short work than G1.
_QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def _class_archive() -> Path:
    with suppress(PackageNotFoundError):
        return Path(
            sysconfig.get_path("data"), "share", "cobuild", f"classes-{version('arcadedb-embedded')}.jsa"
        )
    return Path("classes.jsa")


CLASS_ARCHIVE = _class_archive()
"""Belongs to the installation and its engine, see `classes`; Java takes no other's, and starts without."""


def jvm_args(folder: EngineFolder, compiler: str, listing: Path | None = None) -> list[str]:
    """Flags of the Java process: small at start, gives memory back, dies rather than limps.

    With `listing` it writes the names of its classes there.
    """
    return [
        *((f"-XX:DumpLoadedClassList={listing}",) if listing else ()),
        *((f"-XX:SharedArchiveFile={CLASS_ARCHIVE}",) if CLASS_ARCHIVE.exists() and not listing else ()),
        "-Xms32m",
        *(_QUICK if compiler == "quick" else _FULL),
        "-XX:MinHeapFreeRatio=10",
        "-XX:MaxHeapFreeRatio=30",
        # A heap that ran full leaves the engine in an unknown state: end it, clients restart it.
        "-XX:+ExitOnOutOfMemoryError",
        # Leave signals to Python, which stops the engine in order; write no file into /tmp.
        "-Xrs",
        "-XX:-UsePerfData",
        f"-Djava.util.logging.config.file={folder.path / 'logging.properties'}",
        *(f"-Darcadedb.{name}={value}" for name, value in ENGINE_SETTINGS.items()),
    ]


def groups(time_limit_ms: int) -> dict[str, dict[str, object]]:
    """Rights of the two groups, in ArcadeDB's form; neither may administer users or settings.

    `resultSetLimit` stays off for both: it cuts what a query *scans*, so that counts and sorted
    lists come out wrong without a word. Rows are counted where they arrive, in the store.
    """
    return {
        READER: {
            "resultSetLimit": -1,
            "readTimeout": time_limit_ms,
            "access": [],
            "types": {"*": {"access": ["readRecord"]}},
        },
        WRITER: {
            "resultSetLimit": -1,
            "readTimeout": -1,
            "access": ["updateSchema"],
            "types": {"*": {"access": ["createRecord", "readRecord", "updateRecord", "deleteRecord"]}},
        },
    }
