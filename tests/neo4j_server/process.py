"""One Neo4j process: its configuration, its Java command line, its start and its end.

Above `artifacts` (what to run) and `guard` (what keeps it from outliving us), below `server`, which
adds the log-in.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path

from tests.neo4j_server.artifacts import fetch, find_java, is_calendar_version, neo4j_version

GUARD = Path(__file__).with_name("guard.py")
STOP_SECONDS = 30.0
PAGES = "128m"
"""Memory for pages of the store's files, which Neo4j keeps outside the heap."""

_OPENED = (
    *("java.base/java.nio", "java.base/java.io"),
    *("java.base/sun.nio.ch", "java.base/java.util.concurrent"),
)
_SPARING = ("-XX:NewRatio=1", "-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote")


class StartError(RuntimeError):
    """Neo4j ended or did not answer; the message ends with the last lines it printed."""


class Neo4jProcess:
    """A running Java with Neo4j in it; it dies with the process that created this object."""

    def __init__(
        self, home: Path, port: int, *, heap: str, benchmark: bool = False, pages: str = PAGES
    ) -> None:
        """Start it; it answers some seconds later. Raises `FetchError` or `StartError`."""
        self.log = home / "logs" / "console.log"
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.log.write_bytes(b"")  # of this start only: `last_words` must not quote an earlier one
        write_configuration(home, port, heap=heap, benchmark=benchmark, pages=pages)
        self._guard = subprocess.Popen(
            [sys.executable, "-I", GUARD, self.log, *java_command(home, heap, benchmark=benchmark)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for us: we end the server in order
        )
        assert self._guard.stdout is not None
        with self._guard.stdout as said:
            self.pid = int(said.readline() or 0)
        if not self.pid:
            self._guard.wait()
            self._close()
            raise StartError("Java did not start; why is on standard error.")

    @property
    def running(self) -> bool:
        """False once Java has ended, for whatever reason."""
        return self._guard.poll() is None

    def last_words(self, lines: int = 15) -> str:
        """Return the end of what Neo4j printed since this start."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def stop(self) -> None:
        """Shut down in order, by force after 30 s; return when Java has ended."""
        self._order(b"t")
        try:
            self._guard.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self._close()

    def kill(self) -> None:
        """End Java as a crash would (SIGKILL); return when it has ended."""
        self._order(b"k")
        self._guard.wait()
        self._close()

    def _order(self, order: bytes) -> None:
        assert self._guard.stdin is not None
        if not self._guard.stdin.closed:
            with contextlib.suppress(BrokenPipeError):  # it ended by itself
                self._guard.stdin.write(order)
                self._guard.stdin.flush()

    def _close(self) -> None:
        assert self._guard.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._guard.stdin.close()


def write_configuration(
    home: Path, port: int, *, heap: str, benchmark: bool = False, pages: str = PAGES
) -> None:
    """Write `conf/neo4j.conf`: Bolt on one loopback port and nothing else, no files, small."""
    settings = {
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "dbms.usage_report.enabled": "false",
        # Without both of these, LOAD CSV reads any file that the server's user may read.
        "server.directories.import": "import",
        "dbms.security.allow_csv_import_from_file_urls": "false",
        "server.memory.heap.max_size": heap,
        "server.memory.pagecache.size": pages,
        "db.tx_log.rotation.size": "16m",
        "db.tx_log.rotation.retention_policy": "1 files",
        "db.tx_log.preallocate": "false",
        "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",  # or each stop takes 10 s
    }
    if not benchmark:
        # Tests fill and empty the graph all the time; to plan a query takes a second, and every
        # query would be planned anew after every test.
        settings["dbms.cypher.min_replan_interval"] = "10h"
        # The catalogue with and without an area, and what else the tests ask, is more than the 1,000
        # plans that are kept: after one question to every route, asking every file again took 56 s
        # of processor time, with this 2 s (5.26.26).
        settings["server.memory.query_cache.per_db_cache_num_entries"] = "20000"
    if is_calendar_version(neo4j_version()):
        # It would announce itself to the network. Earlier 2025 and 2026 releases do not know the
        # setting, and are not to stumble over it.
        settings["server.fleet_discovery.enabled"] = "false"
        settings["server.config.strict_validation.enabled"] = "false"
    (home / "import").mkdir(parents=True, exist_ok=True)
    conf = home / "conf" / "neo4j.conf"
    conf.parent.mkdir(exist_ok=True)
    conf.write_text("".join(f"{key}={value}\n" for key, value in settings.items()))


def java_command(home: Path, heap: str, *, benchmark: bool) -> list[str]:
    """Return the command that runs the version under test; fetch its jars if need be."""
    version = neo4j_version()
    java = find_java(version)
    if java is None:
        raise StartError(f"No Java fits Neo4j {version}: ask available() first.")
    newer = is_calendar_version(version)
    extra = ("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED")
    return [
        *(str(java), "-cp", f"{fetch()}/*"),
        *(f"--add-opens={package}=ALL-UNNAMED" for package in _OPENED),
        *(extra if newer else ()),
        # The settings of the heap in neo4j.conf are for Neo4j's own launcher, which is not used.
        *(f"-Xmx{heap}", "-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8"),
        # Tests plan each query once or twice: the optimizing compiler costs more than it gives
        # (147 instead of 190 s of processor time for all rules of the differential test). So does checking
        # classes of signed releases anew, and a small space for the young: a fifth more, and a tenth.
        *(() if benchmark else ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", *_SPARING, f"-Xms{heap}")),
        f"org.neo4j.server.{'Neo4jCommunity' if newer else 'CommunityEntryPoint'}",
        *(f"--home-dir={home}", f"--config-dir={home / 'conf'}", "--console-mode"),
    ]
