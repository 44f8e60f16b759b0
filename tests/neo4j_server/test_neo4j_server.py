"""The Neo4j that other tests rely on: it starts, holds what its settings promise, leaves nothing.

Skipped with the reason where no Neo4j can run; in CI (`CI=true`) that is a failure instead.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from neo4j import READ_ACCESS, Driver
from neo4j.exceptions import ClientError

from tests.neo4j_server import FetchError, Neo4jServer, StartError, artifacts, available, neo4j_version

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    if reason := available():
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with Neo4jServer(tmp_path_factory.mktemp("neo4j")) as running:
        yield running
        with running.driver() as idle:
            idle.verify_connectivity()
            began = time.monotonic()
            running.stop()
            assert time.monotonic() - began < 10, "a stop must not wait for idle connections"


@pytest.fixture
def driver(server: Neo4jServer) -> Iterator[Driver]:
    with server.driver() as connected:
        yield connected


def test_it_is_the_community_edition_of_the_version_asked_for(driver: Driver) -> None:
    """A log-in with the generated password works, and the right server answers."""
    component = driver.execute_query(
        "CALL dbms.components() YIELD name, versions, edition "
        "WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version, edition"
    ).records[0]
    assert component.data() == {"version": neo4j_version(), "edition": "community"}


def test_read_access_refuses_writes(driver: Driver) -> None:
    """The server itself enforces READ mode, which the store relies on."""
    with driver.session(default_access_mode=READ_ACCESS) as session, pytest.raises(ClientError) as refused:
        session.run("CREATE (:Written)").consume()
    assert refused.value.code == "Neo.ClientError.Statement.AccessMode"
    assert driver.execute_query("MATCH (n:Written) RETURN n").records == []


def test_load_csv_reads_no_file(server: Neo4jServer, driver: Driver) -> None:
    """Neither a file of the machine nor one in the import folder can be read."""
    inside = server.home / "import" / "inside.csv"
    inside.write_text("secret\n")
    for url in (inside.as_uri(), "file:///inside.csv", "file:///etc/hostname"):
        with pytest.raises(ClientError, match="allow_csv_import_from_file_urls"):
            driver.execute_query("LOAD CSV FROM $url AS line RETURN line", url=url)


def test_it_listens_on_its_loopback_port_only(server: Neo4jServer) -> None:
    """No HTTP, no other port, no other address."""
    assert server.pid is not None
    listening = {
        (connection.laddr.ip.removeprefix("::ffff:"), connection.laddr.port)
        for connection in psutil.Process(server.pid).net_connections()
        if not connection.raddr
    }
    assert listening == {("127.0.0.1", server.port)}


def test_the_password_is_private(server: Neo4jServer) -> None:
    """It is in no process list, and only the owner reads the file that keeps it."""
    assert server.pid is not None
    java = psutil.Process(server.pid)
    shown = [*java.cmdline(), *java.parents()[0].cmdline(), *java.environ().values()]
    assert not any(server.password in text for text in shown)
    if os.name == "posix":
        assert (server.home / "password").stat().st_mode & 0o077 == 0


def test_committed_data_outlives_a_kill(server: Neo4jServer, driver: Driver) -> None:
    """`kill` is a crash, and `restart` brings back port, password and data."""
    uri, password, pid = server.uri, server.password, server.pid
    driver.execute_query("CREATE (:Kept)")
    server.kill()
    assert server.pid is None
    assert not psutil.pid_exists(pid or 0)
    server.restart()
    assert (server.uri, server.password) == (uri, password)
    assert server.pid not in {None, pid}
    with server.driver() as again:
        assert len(again.execute_query("MATCH (n:Kept) RETURN n").records) == 1


def test_a_taken_port_is_reported(server: Neo4jServer, tmp_path: Path) -> None:
    """A start that fails says why, and leaves no process."""
    other = Neo4jServer(tmp_path / "other")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        other.port = taken.getsockname()[1]
        with pytest.raises(StartError, match="Address already in use"):
            other.restart()
    assert other.pid is None


_PARENT = """
import sys, time
from pathlib import Path
from tests.neo4j_server.process import Neo4jProcess
process = Neo4jProcess(Path(sys.argv[1]), 0, heap="256m")
print(process.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
@pytest.mark.parametrize("victim", ["test process", "guard"])
def test_a_killed_parent_leaves_no_orphan(server: Neo4jServer, tmp_path: Path, victim: str) -> None:
    """Kill -9 on the process that started the server, or on its guard, ends Java too."""
    if victim == "guard" and sys.platform != "linux":
        pytest.skip("only Linux tells a child that its parent died")
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with parent:
        assert parent.stdout is not None
        java = psutil.Process(int(parent.stdout.readline()))
        guard = java.parent()
        assert guard is not None
        assert guard.ppid() == parent.pid
        os.kill(parent.pid if victim == "test process" else guard.pid, signal.SIGKILL)
        _, alive = psutil.wait_procs([java], timeout=20)
        parent.kill()
    assert alive == []


def test_an_interrupted_fetch_is_not_taken_for_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a finished fetch leaves `lib`; the next one starts clean and happens once."""
    monkeypatch.setattr(artifacts, "CACHE", tmp_path)
    runs: list[Path] = []

    def copy(version: str, folder: Path, *, visible: bool) -> None:
        runs.append(folder)
        (folder / "some.jar").touch()
        if len(runs) == 1:
            raise FetchError("the line was cut")

    monkeypatch.setattr(artifacts, "_copy_with_maven", copy)
    with pytest.raises(FetchError):
        artifacts.fetch()
    assert not artifacts.lib_folder().exists()
    assert artifacts.fetch() == artifacts.fetch() == artifacts.lib_folder()
    assert len(runs) == 2
    assert not runs[0].exists()


def test_what_is_missing_is_said_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No Java, or no jars and no Maven: `available` names it."""
    monkeypatch.setattr(artifacts, "CACHE", tmp_path)
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(artifacts, "find_java", lambda version: Path("java"))
    assert "Maven (mvn) is missing" in (available() or "")
    monkeypatch.setattr(artifacts, "find_java", lambda version: None)
    assert "needs Java" in (available() or "")
