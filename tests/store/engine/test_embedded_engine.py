"""The embedded engine as its clients see it: lifetime, rights, limits, secrets and failures."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
from neo4j import Driver, GraphDatabase, Record
from neo4j.exceptions import ClientError, DriverError, Neo4jError

from graph.errors import EngineUnavailable, EnvironmentFault
from graph.store.engine import EmbeddedEngine, EngineAddress
from graph.store.engine.classes import make_archive
from graph.store.engine.tuning import CLASS_ARCHIVE

ROOT = Path(__file__).resolve().parents[3]
TIME_LIMIT_MS = 1_000
HEAP = "256m"

# A client as a process of its own: says where the engine is, and leaves when its input closes.
CLIENT = """
import asyncio, json, sys
from pathlib import Path
from graph.store.engine import EmbeddedEngine

async def main():
    engine = EmbeddedEngine(Path(sys.argv[1]), heap="256m", compiler="quick")
    await engine.acquire()
    print(json.dumps(engine.describe()), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await engine.release()

asyncio.run(main())
"""


@pytest.fixture(scope="module")
async def shared(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[tuple[EmbeddedEngine, EngineAddress, Path]]:
    """One engine for the tests that only ask it questions, started from an empty directory."""
    data, cwd = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("cwd")
    before = Path.cwd()
    os.chdir(cwd)
    engine = EmbeddedEngine(data, heap=HEAP, compiler="quick", time_limit_ms=TIME_LIMIT_MS)
    try:
        address = await engine.acquire()
        with driver(address, address.writer) as writer:
            run(writer, "CREATE CONSTRAINT t_id FOR (n:T) REQUIRE n.id IS UNIQUE")
            run(writer, "UNWIND range(1, 400) AS i CREATE (:T {id: i, k: i % 7})")
        yield engine, address, cwd
    finally:
        await engine.release()
        os.chdir(before)


def test_java_takes_its_classes_from_the_archive_of_the_installation(
    shared: tuple[EmbeddedEngine, EngineAddress, Path],
) -> None:
    """Java says nothing where an archive does not fit and reads all anew: a look at its memory tells."""
    if not CLASS_ARCHIVE.exists() and os.environ.get("CI") != "true":
        pytest.skip("python -m graph.store.engine.classes was not run here")
    maps = psutil.Process(int(str(shared[0].describe()["pid"]))).memory_maps()
    assert str(CLASS_ARCHIVE) in {part.path for part in maps}


def test_an_archive_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    """The folder is made before anything else is done; the engine starts without."""
    (tmp_path / "file").touch()
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        make_archive(tmp_path / "file" / "classes.jsa")


@pytest.fixture
def writer(shared: tuple[EmbeddedEngine, EngineAddress, Path]) -> Iterator[Driver]:
    with driver(shared[1], shared[1].writer) as opened:
        yield opened


@pytest.fixture
def reader(shared: tuple[EmbeddedEngine, EngineAddress, Path]) -> Iterator[Driver]:
    with driver(shared[1], shared[1].reader) as opened:
        yield opened


@pytest.fixture
def clients(tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Start client processes on `tmp_path / "data"`; the ones still there are killed at the end."""
    with ExitStack() as stack:

        def start() -> subprocess.Popen[str]:
            client = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", CLIENT, str(tmp_path / "data")],
                    cwd=tmp_path,
                    env={**os.environ, "PYTHONPATH": str(ROOT)},
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            stack.callback(client.kill)
            return client

        yield start


@contextmanager
def driver(address: EngineAddress, auth: tuple[str, str]) -> Iterator[Driver]:
    with GraphDatabase.driver(address.uri, auth=auth, max_transaction_retry_time=0) as opened:
        yield opened


def run(client: Driver, query: str, **parameters: Any) -> list[Record]:
    with client.session(database="cobuild") as session:
        return list(session.run(query, parameters))


def said(client: subprocess.Popen[str]) -> dict[str, Any]:
    """What a client process printed once it had the engine."""
    assert client.stdout is not None
    answer: dict[str, Any] = json.loads(client.stdout.readline())
    return answer


def gone_within(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not psutil.pid_exists(pid)


def engines_of(data: Path) -> list[int]:
    """Process ids of all engine children of that data folder."""
    wanted = ["graph.store.engine.child", str(data)]
    return [
        process.pid
        for process in psutil.process_iter(["cmdline"])
        if (line := process.info["cmdline"]) and line[3:5] == wanted
    ]


# --- rights and limits ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (:T {id: 1000})",
        "CREATE (:Fresh {id: 1})",
        "MATCH (n:T {id: 1}) SET n.k = 9",
        "MATCH (n:T {id: 1}) DETACH DELETE n",
        "MATCH (a:T {id: 1}), (b:T {id: 2}) CREATE (a)-[:E]->(b)",
        "CREATE CONSTRAINT t_k FOR (n:T) REQUIRE n.k IS UNIQUE",
        "CREATE INDEX t_k FOR (n:T) ON (n.k)",
        "DROP CONSTRAINT t_id",
        "CREATE USER other SET PASSWORD 'long-enough-1'",
        "SHOW USERS",
    ],
)
def test_reader_may_only_read(reader: Driver, query: str) -> None:
    """Writes, schema changes and the administration of users are refused to the reader."""
    with pytest.raises(ClientError) as refused:
        run(reader, query)
    assert refused.value.code == "Neo.ClientError.Security.Forbidden"
    assert run(reader, "MATCH (n:T) RETURN count(n) AS n, sum(n.k) AS k")[0].values() == [400, 1198]


@pytest.mark.parametrize("user", ["reader", "writer"])
@pytest.mark.parametrize(
    "source", ["file://{path}", "{path}", "http://127.0.0.1:9/a", "https://example.org/a"]
)
def test_nobody_may_load_csv(request: pytest.FixtureRequest, tmp_path: Path, user: str, source: str) -> None:
    """Neither user reads a file of the machine or an address of the network through a query."""
    path = tmp_path / "secret.csv"
    path.write_text("secret\n", encoding="utf-8")
    client: Driver = request.getfixturevalue(user)
    with pytest.raises(ClientError) as refused:
        run(client, f"LOAD CSV FROM '{source.format(path=path)}' AS row RETURN row")
    assert refused.value.code == "Neo.ClientError.Security.Forbidden"


def test_writer_changes_records_and_schema_but_no_users(writer: Driver) -> None:
    """The writer has all it needs for imports and nothing of the engine's administration."""
    run(writer, "CREATE CONSTRAINT w_id FOR (n:W) REQUIRE n.id IS UNIQUE")
    run(writer, "CREATE INDEX w_name FOR (n:W) ON (n.name)")
    run(writer, "MERGE (n:W {id: 1}) SET n.name = '甲' CREATE (n)-[:LINKS]->(:W {id: 2})")
    with pytest.raises(Neo4jError):
        run(writer, "CREATE (:W {id: 1})")
    run(writer, "MATCH (n:W) DETACH DELETE n")
    run(writer, "DROP CONSTRAINT w_id")
    with pytest.raises(ClientError) as refused:
        run(writer, "CREATE USER other SET PASSWORD 'long-enough-1'")
    assert refused.value.code == "Neo.ClientError.Security.Forbidden"


def test_reader_sees_whole_answers(reader: Driver) -> None:
    """No limit of the engine cuts what a reader's count, sorting or path is made from."""
    assert run(reader, "MATCH (n:T) WHERE n.id % 10 = 3 RETURN count(n) AS n")[0]["n"] == 40
    top = run(reader, "MATCH (n:T) RETURN n.id AS id ORDER BY id DESC LIMIT 1")
    assert top[0]["id"] == 400
    assert len(run(reader, "MATCH (n:T) RETURN n.id")) == 400


@pytest.mark.parametrize("explicit", [False, True])
def test_long_reads_end_in_time(reader: Driver, explicit: bool) -> None:
    """A join without an end is terminated for the reader, in a transaction of its own or not."""
    query = "MATCH (a:T),(b:T),(c:T),(d:T) WHERE a.id+b.id+c.id+d.id = 0 RETURN count(*)"
    started = time.monotonic()
    with reader.session(database="cobuild") as session:
        ask = session.execute_read if explicit else lambda work: work(session)
        with pytest.raises(Neo4jError) as ended:
            ask(lambda runner: runner.run(query).consume())
    assert ended.value.code in {
        "Neo.ClientError.Transaction.Terminated",
        "Neo.ClientError.Transaction.TransactionTimedOut",
    }
    assert time.monotonic() - started < TIME_LIMIT_MS / 1000 + 3
    assert run(reader, "RETURN 1 AS one")[0]["one"] == 1


def test_programs_from_outside_see_and_end_only_their_own(
    shared: tuple[EmbeddedEngine, EngineAddress, Path], writer: Driver
) -> None:
    """The log-in for other programs reads, does not write, and neither sees nor ends the service's own."""
    endless = "MATCH (a:T),(b:T),(c:T),(d:T) WHERE a.id+b.id+c.id+d.id = 0 RETURN count(*)"

    def shown(client: Driver) -> dict[str, str]:
        return {row["currentQuery"]: row["transactionId"] for row in run(client, "SHOW TRANSACTIONS")}

    with driver(shared[1], shared[1].outside) as outside, ThreadPoolExecutor(1) as pool:
        assert run(outside, "MATCH (n:T) RETURN count(n) AS n")[0]["n"] == 400
        with pytest.raises(Neo4jError):
            run(outside, "CREATE (:T {id: 9999})")
        ours = pool.submit(run, writer, endless)
        while endless not in shown(writer):
            assert not ours.done()
        assert list(shown(outside)) == ["SHOW TRANSACTIONS"]
        (answer,) = run(outside, f"TERMINATE TRANSACTIONS '{shown(writer)[endless]}'")
        assert (answer["message"], ours.done()) == ("Transaction not found.", False)
        (answer,) = run(writer, f"TERMINATE TRANSACTIONS '{shown(writer)[endless]}'")
        assert answer["message"] == "Transaction terminated."
        with pytest.raises(Neo4jError):
            ours.result(10)


def test_writes_are_not_under_the_readers_time_limit(writer: Driver) -> None:
    """An import may take longer than a read may."""
    started = time.monotonic()
    with (
        writer.session(database="cobuild", fetch_size=1) as session,
        session.begin_transaction() as transaction,
    ):
        for _ in transaction.run("UNWIND range(1, 20) AS x RETURN x"):
            time.sleep(TIME_LIMIT_MS / 1000 / 10)
        assert transaction.run("RETURN 1 AS one").single(strict=True)["one"] == 1
    assert time.monotonic() - started > TIME_LIMIT_MS / 1000


def test_merge_is_one_transaction_only_where_one_was_begun(writer: Driver) -> None:
    """Why every write of the product begins a transaction: alone, MERGE commits row by row."""
    query = "UNWIND [2, 1, 0] AS x MERGE (n:M {id: x}) SET n.v = 6 / x"
    with writer.session(database="cobuild") as session:
        with pytest.raises(ClientError):
            session.execute_write(lambda tx: tx.run(query).consume())
        assert run(writer, "MATCH (n:M) RETURN count(n) AS n")[0]["n"] == 0
        with pytest.raises(ClientError):
            session.run(query).consume()
    assert run(writer, "MATCH (n:M) RETURN count(n) AS n")[0]["n"] > 0
    run(writer, "MATCH (n:M) DELETE n")


# --- secrets and files ---------------------------------------------------------------------------


def test_secrets_are_private(shared: tuple[EmbeddedEngine, EngineAddress, Path]) -> None:
    """Passwords are in files of the owner alone, on no command line and in no environment."""
    engine, address, _ = shared
    folder = Path(str(engine.describe()["folder"]))
    for path in [folder, *folder.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path
    assert (folder / "credentials.json").stat().st_mode & 0o777 == 0o600
    assert len({address.reader[1], address.writer[1], address.outside[1]}) == 3
    for process in psutil.process_iter():
        try:
            exposed = json.dumps([process.cmdline(), process.environ()])
        except psutil.Error:
            continue
        assert address.reader[1] not in exposed
        assert address.writer[1] not in exposed
    for log in (folder / "log").iterdir():
        text = log.read_text(encoding="utf-8", errors="replace")
        assert address.writer[1] not in text


def test_nothing_is_written_where_the_caller_stands(
    shared: tuple[EmbeddedEngine, EngineAddress, Path],
) -> None:
    """The engine keeps to its data folder, its logs included."""
    assert list(shared[2].iterdir()) == []


def test_only_bolt_listens_and_only_on_loopback(shared: tuple[EmbeddedEngine, EngineAddress, Path]) -> None:
    """The engine's own HTTP and tool endpoints are closed; nothing is open to the network."""
    engine, address, _ = shared
    process = psutil.Process(int(str(engine.describe()["pid"])))
    listening = [c.laddr for c in process.net_connections() if c.status == psutil.CONN_LISTEN]
    assert [a.port for a in listening] == [int(address.uri.rsplit(":", 1)[1])]
    assert listening[0].ip.removeprefix("::ffff:") == "127.0.0.1"


# --- lifetime ------------------------------------------------------------------------------------


async def test_second_process_attaches_and_the_first_may_leave(
    tmp_path: Path, clients: Callable[[], subprocess.Popen[str]]
) -> None:
    """The engine belongs to all who use it: it goes with the last one, not with the first."""
    first = clients()
    pid = said(first)["pid"]
    engine = EmbeddedEngine(tmp_path / "data", heap=HEAP, compiler="quick")
    await engine.acquire()
    assert engine.describe()["pid"] == pid
    first.communicate(timeout=20)
    await asyncio.sleep(1)
    assert engine.alive()
    await engine.release()
    assert gone_within(pid, 3)
    assert not engine.alive()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_dead_client_leaves_no_orphan(
    clients: Callable[[], subprocess.Popen[str]], end: signal.Signals
) -> None:
    """The kernel drops a dead client's lease, and the engine no one needs stops by itself."""
    client = clients()
    pid = said(client)["pid"]
    client.send_signal(end)
    client.wait(timeout=5)
    assert gone_within(pid, 10)


async def test_ctrl_c_of_the_terminal_does_not_reach_the_engine(
    clients: Callable[[], subprocess.Popen[str]],
) -> None:
    """The engine is in a session of its own, so a service can finish before it goes."""
    client = clients()
    pid = said(client)["pid"]
    assert os.getsid(pid) == pid != os.getsid(client.pid)


async def test_simultaneous_starts_give_one_engine(
    tmp_path: Path, clients: Callable[[], subprocess.Popen[str]]
) -> None:
    """Processes that arrive at once on a new folder end with one engine and one set of keys."""
    found = [said(client) for client in [clients(), clients(), clients()]]
    assert len({state["pid"] for state in found}) == 1
    await asyncio.sleep(1.5)  # a child that came too late gives up within about a second
    assert engines_of(tmp_path / "data") == [found[0]["pid"]]


async def test_client_that_arrives_during_the_stop_gets_a_new_engine(tmp_path: Path) -> None:
    """Leaving and coming back at once never attaches to an engine on its way out."""
    engine, other = (EmbeddedEngine(tmp_path / "data", heap=HEAP, compiler="quick") for _ in range(2))
    await engine.acquire()
    _, address = await asyncio.gather(engine.release(), late(other, 0.35))
    await asyncio.sleep(0.5)
    assert other.alive()
    with driver(address, address.writer) as client:
        assert run(client, "RETURN 1 AS one")[0]["one"] == 1
    await other.release()


async def late(engine: EmbeddedEngine, seconds: float) -> EngineAddress:
    await asyncio.sleep(seconds)
    return await engine.acquire()


async def test_killed_engine_is_started_again_once_with_its_data(tmp_path: Path) -> None:
    """After kill -9 every caller gets the same new engine, and committed data is there."""
    engine = EmbeddedEngine(tmp_path / "data", heap=HEAP, compiler="quick")
    address = await engine.acquire()
    assert await engine.ensure() == address
    with driver(address, address.writer) as client:
        run(client, "UNWIND range(1, 500) AS i CREATE (:Kept {id: i})")
        pid = int(str(engine.describe()["pid"]))
        os.kill(pid, signal.SIGKILL)
        assert gone_within(pid, 5)
        with pytest.raises((DriverError, Neo4jError)):
            run(client, "RETURN 1")
    assert not engine.alive()
    addresses = await asyncio.gather(*(engine.ensure() for _ in range(5)))
    assert len(set(addresses)) == 1
    assert engine.alive()
    with driver(addresses[0], addresses[0].reader) as client:
        assert run(client, "MATCH (n:Kept) RETURN count(n) AS n")[0]["n"] == 500
    await engine.release()


async def test_read_that_cannot_be_interrupted_ends_with_the_engine(tmp_path: Path) -> None:
    """A loop inside one expression looks at no limit: the engine ends itself and comes back."""
    engine = EmbeddedEngine(tmp_path / "data", heap=HEAP, compiler="quick", time_limit_ms=500)
    address = await engine.acquire()
    loop = "reduce(t = 0, y IN range(1, 100000) | t + y)"
    query = f"RETURN reduce(s = 0, x IN range(1, 1000000) | s + {loop}) AS s"
    with driver(address, address.reader) as client, pytest.raises((DriverError, Neo4jError)):
        await asyncio.wait_for(asyncio.to_thread(run, client, query), timeout=20)
    address = await engine.ensure()
    with driver(address, address.reader) as client:
        assert run(client, "RETURN 1 AS one")[0]["one"] == 1
    await engine.release()


async def test_stale_state_fools_nobody(tmp_path: Path) -> None:
    """A state file whose process is another and whose port is a stranger's counts for nothing."""
    folder = tmp_path / "data" / "engine"
    folder.mkdir(parents=True)
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        state = {
            "pid": os.getpid(),
            "bolt_port": stranger.getsockname()[1],
            "started_at": "2026-01-01T00:00:00+00:00",
            "nonce": "0" * 32,
            "version": "0",
            "heap": "1g",
        }
        (folder / "engine.json").write_text(json.dumps(state), encoding="utf-8")
        engine = EmbeddedEngine(tmp_path / "data", heap=HEAP, compiler="quick")
        assert not engine.alive()
        assert engine.describe()["running"] is False
        address = await engine.acquire()
        assert address.uri != f"bolt://127.0.0.1:{stranger.getsockname()[1]}"
        assert engine.describe()["pid"] != os.getpid()
        await engine.release()


# --- failures ------------------------------------------------------------------------------------


async def test_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """One sentence in each language says which folder it is."""
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(EnvironmentFault) as fault:
        await EmbeddedEngine(blocked).acquire()
    assert str(blocked) in fault.value.zh
    assert str(blocked) in fault.value.en


async def test_machine_without_wheel_is_sent_to_neo4j(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the engine cannot be installed the error names the way out."""
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(EnvironmentFault, match="NEO4J_URI"):
        await EmbeddedEngine(tmp_path / "data").acquire()


async def test_failed_start_shows_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that ends while starting leaves its last words in the error, and no lease.

    With options of its own it starts, whatever the environment has for other programs of Java.
    """
    engine = EmbeddedEngine(tmp_path / "data", heap="1x")
    with pytest.raises(EngineUnavailable) as failed:
        await engine.acquire()
    assert "start.log" in failed.value.en
    assert "Invalid maximum heap size" in failed.value.en
    assert not engine.alive()
    for name in ("ARCADEDB_JVM_ARGS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"):
        monkeypatch.setenv(name, "-Xmx1x")
    usable = EmbeddedEngine(tmp_path / "data", heap=HEAP, compiler="quick")
    await usable.acquire()
    await usable.release()


async def test_start_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    """The wait has an end, and the child that did not answer does not stay behind."""
    engine = EmbeddedEngine(tmp_path / "data", heap=HEAP, compiler="quick", start_timeout=0.3)
    with pytest.raises(EngineUnavailable, match=r"0\.3 s"):
        await engine.acquire()
    assert engines_of(tmp_path / "data") == []


async def test_an_engine_whose_folder_is_removed_ends(tmp_path: Path) -> None:
    """No one could come to it any more, and no lock would tell it that everybody has gone."""
    engine = EmbeddedEngine(tmp_path / "data", heap=HEAP, compiler="quick")
    await engine.acquire()
    pid = int(str(engine.describe()["pid"]))
    shutil.rmtree(tmp_path / "data")
    await engine.release()
    assert gone_within(pid, 10)
