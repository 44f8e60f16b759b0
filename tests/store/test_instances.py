"""Three instances of the service on one Neo4j and one PostgreSQL: what one does, the others know."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
import pytest
from pydantic import SecretStr

from graph.errors import LoadConflict
from graph.loading.turn import loading_turn
from graph.reading.graph import Graph
from graph.settings import Settings
from tests.api.handing import hand_in, packed, settled, task
from tests.conftest import Opener, emptied, require_neo4j
from tests.ledger.conftest import postgres
from tests.loading.samples import TABLES, write_delivery
from tests.postgres_server import PostgresServer

__all__ = ["postgres"]
SECOND = {"nodes__Quarter": TABLES["nodes/Quarter"].replace(",120", ",130")}
HOURLY = 2_000
GAPS = "/api/v1/gaps?dimension=volunteer_team&as_of=2025-06-30"


@dataclass
class Instance:
    """A service in a process of its own."""

    process: subprocess.Popen[bytes]
    client: httpx.AsyncClient
    settings: Settings

    async def version(self) -> int:
        """The data version that it answers from."""
        ready = await self.client.get("/health/ready")
        assert ready.status_code == 200, ready.text
        return int(ready.json()["data_version"])


@asynccontextmanager
async def started(settings: Settings) -> AsyncIterator[Instance]:
    """`cobuild run`, once it answers."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    assert settings.ledger_url is not None
    environment = {
        **os.environ,
        "COBUILD_DATA_DIR": str(settings.data_dir),
        "COBUILD_PORT": str(port),
        "COBUILD_LEDGER_URL": settings.ledger_url.get_secret_value(),
        "COBUILD_RATE_LIMIT": f"{HOURLY}/hour",
        "NEO4J_URI": str(settings.neo4j_uri),
        "NEO4J_PASSWORD": settings.neo4j_password.get_secret_value(),
    }
    command = [str(Path(sys.executable).parent / "cobuild"), "run"]
    process = await asyncio.to_thread(_run, command, environment)
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            for _ in range(1_200):
                assert process.poll() is None
                try:
                    if (await client.get("/health/ready")).status_code == 200:
                        break
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.1)
            yield Instance(process, client, settings)
    finally:
        process.kill()
        process.wait()


def _run(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)


@pytest.fixture
async def instances(
    scratches: Opener, postgres: PostgresServer, tmp_path: Path
) -> AsyncIterator[list[Instance]]:
    """Three, each with a data folder of its own, over routing addresses."""
    require_neo4j()
    graph: Graph = await emptied(await scratches("neo4j"))
    update = {
        "neo4j_uri": str(graph.settings.neo4j_uri).replace("bolt", "neo4j"),
        "ledger_url": SecretStr(postgres.database()),
    }
    async with AsyncExitStack() as stack:
        opened = [
            stack.enter_async_context(
                started(graph.settings.model_copy(update={**update, "data_dir": tmp_path / name}))
            )
            for name in ("one", "two", "three")
        ]
        yield await asyncio.gather(*opened)


async def test_three_instances_are_one_service(instances: list[Instance], tmp_path: Path) -> None:
    """A load of one is told by all, findings are found once, a kill leaves the others, a limit is shared."""
    one, two, three = instances
    async with two.client.stream("GET", "/api/v1/changes/stream") as events:
        lines = events.aiter_lines()
        delivery = await hand_in(one.client, packed(write_delivery(tmp_path / "a")), name="a.zip")
        await task(one.client, delivery["id"], "check")
        with loading_turn(two.settings), pytest.raises(LoadConflict), loading_turn(three.settings):
            pass  # another folder, the same ledger
        assert (await task(one.client, delivery["id"], "load"))["state"] == "loaded"
        async with asyncio.timeout(20):
            told = [line async for line in _until(lines, "event: changed")]
        assert told
    assert [await instance.version() for instance in instances] == [1, 1, 1]
    answers = [(await instance.client.get(GAPS)).json() for instance in instances[:1]]
    found = _findings(one.settings)
    answers += [(await instance.client.get(GAPS)).json() for instance in instances[1:]]
    assert found > 0
    assert _findings(one.settings) == found
    assert answers[0]["data"] == answers[1]["data"] == answers[2]["data"]
    delivery = await hand_in(one.client, packed(write_delivery(tmp_path / "b", **SECOND)), name="b.zip")
    await task(one.client, delivery["id"], "check")
    await one.client.post(f"/api/v1/deliveries/{delivery['id']}/load")
    one.process.kill()
    before = await two.version()
    assert before in (1, 2)
    delivery = await hand_in(two.client, packed(write_delivery(tmp_path / "b", **SECOND)), name="b.zip")
    await task(two.client, delivery["id"], "check")
    for _ in range(100):  # what the killed one had begun may still end
        loaded = await task(two.client, delivery["id"], "load")
        if loaded["state"] == "loaded":
            break
        assert loaded["failure"]["code"] == "load_conflict"
        await task(two.client, delivery["id"], "check")
        await asyncio.sleep(0.1)
    assert [await instance.version() for instance in (two, three)] == [2, 2]
    _asked_already(two.settings, HOURLY - 3)
    asked = [(await instance.client.get(GAPS)).status_code for instance in (two, three) * 3]
    assert asked[:2] == [200, 200]
    assert asked[3:] == [429] * 3, "three of six are left, whoever is asked"


async def test_what_each_instance_keeps_follows_a_load_of_another(
    instances: list[Instance], tmp_path: Path
) -> None:
    """Copies for who may not see all, names for the search, ETags: none is of the data before."""
    one, two, three = instances
    count = {"query": "MATCH (p:Person) RETURN count(p) AS n"}

    async def told(instance: Instance, word: str) -> tuple[int, int, str]:
        copied = (await instance.client.post("/api/v1/cypher", json=count)).json()
        found = (await instance.client.get("/api/v1/search", params={"q": word})).json()
        tag = (await instance.client.get("/api/v1/queries/nodes_by_type")).headers["etag"]
        return copied["rows"][0][0], sum(row["name"] == word for row in found["data"]), tag

    async def load(instance: Instance, name: str, **changed: str) -> None:
        folder = write_delivery(tmp_path / name, **changed)
        delivery = await hand_in(instance.client, packed(folder), name=f"{name}.zip")
        await task(instance.client, delivery["id"], "check")
        assert (await task(instance.client, delivery["id"], "load"))["state"] == "loaded"

    await load(one, "a")
    before = [await told(instance, "样例小区一") for instance in (two, three)]
    assert [row[:2] for row in before] == [(2, 1)] * 2
    persons = TABLES["nodes/Person"] + "p-990102-9,样例人九,none\n"
    named = TABLES["nodes/Quarter"].replace("样例小区一", "更名小区")
    await load(three, "b", nodes__Person=persons, nodes__Quarter=named)
    after = [await told(instance, "更名小区") for instance in (one, two, three)]
    assert [row[:2] for row in after] == [(3, 1)] * 3
    assert before[0][2] not in {row[2] for row in after}
    assert len({row[2] for row in after}) == 1
    undone = (await two.client.post("/api/v1/loads/2/undo")).json()["data"]
    assert (await settled(two.client, undone["id"]))["state"] == "loaded"
    again = [await told(instance, "样例小区一") for instance in (one, three)]
    assert [row[:2] for row in again] == [(2, 1)] * 2


async def _until(lines: AsyncIterator[str], wanted: str) -> AsyncIterator[str]:
    async for line in lines:
        if line == wanted:
            yield line
            return


def _asked_already(settings: Settings, times: int) -> None:
    """As if the one caller had asked so often in this hour."""
    assert settings.ledger_url is not None
    with psycopg.connect(settings.ledger_url.get_secret_value()) as connection:
        connection.execute("UPDATE requests SET asked = %s", [times])


def _findings(settings: Settings) -> int:
    """What is kept in the shared ledger."""
    assert settings.ledger_url is not None
    with psycopg.connect(settings.ledger_url.get_secret_value()) as connection:
        return int(connection.execute("SELECT count(*) FROM findings").fetchall()[0][0])
