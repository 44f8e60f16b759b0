"""The store: reading cannot write, limits are errors, an engine that dies comes back."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from graph.errors import (
    EnvironmentFault,
    Forbidden,
    QueryFailed,
    QueryTimedOut,
    ResultTooLarge,
    StoreUnavailable,
)
from graph.loading.delivery import read_delivery
from graph.loading.load import load_delivery
from graph.loading.present import read_present
from graph.model import EDGES, NODES
from graph.reading.graph import Graph
from graph.reading.wiring import open_graph
from graph.settings import Settings
from graph.store import Store, Transaction, open_store
from graph.store.schema import declare_types
from tests.builder import GraphBuilder, district
from tests.conftest import Opener, wipe
from tests.loading.samples import write_delivery


async def count(store: Store, label: str) -> int:
    rows = await store.read([(f"MATCH (n:{label}) RETURN count(n) AS n", {})])
    return int(rows[0][0]["n"])


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (:Quarter {id: 'q-990101-x'})",
        "MATCH (n:Quarter) SET n.name = 'x'",
        "MATCH (n:Quarter) DETACH DELETE n",
        "CREATE CONSTRAINT zoo IF NOT EXISTS FOR (n:Zoo) REQUIRE n.id IS UNIQUE",
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    ],
)
async def test_a_read_cannot_do_more(text: str, graph: Graph, builder: GraphBuilder) -> None:
    """Under `read` the engine itself refuses writes, schema changes and files."""
    district(builder)
    await builder.write(graph.store)
    with pytest.raises((Forbidden, QueryFailed)):
        await graph.store.read([(text, {})])
    assert await count(graph.store, "Quarter") == 1


async def test_a_transaction_that_fails_leaves_nothing(graph: Graph) -> None:
    """What was written before the failure is rolled back."""

    async def work(tx: Transaction) -> None:
        await tx.run("CREATE (:Quarter {id: 'q-990101-1', name: 'x'})")
        await tx.run("THIS IS NOT CYPHER")

    with pytest.raises(QueryFailed):
        await graph.store.write(work)
    assert await count(graph.store, "Quarter") == 0


async def test_writers_at_once_all_succeed(graph: Graph) -> None:
    """Conflicts of concurrent transactions are retried."""

    async def add(tx: Transaction) -> None:
        await tx.run("MERGE (n:Quarter {id: 'q-990101-1'}) SET n.n = coalesce(n.n, 0) + 1")

    await graph.store.write(add)
    await asyncio.gather(*(graph.store.write(add) for _ in range(8)))
    rows = await graph.store.read([("MATCH (n:Quarter) RETURN n.n AS n", {})])
    assert rows[0] == [{"n": 9}]


async def test_too_many_rows_are_an_error_not_a_cut_answer(scratch_settings: Settings) -> None:
    """An answer of as many rows as the limit is given, one row more is refused whole."""
    async with open_store(scratch_settings) as store:
        for read in (store.read, store.read_each):
            assert len((await read([("UNWIND range(1, 10) AS n RETURN n", {})], most=10))[0]) == 10
            with pytest.raises(ResultTooLarge):
                await read([("UNWIND range(1, 11) AS n RETURN n", {})], most=10)


async def test_a_long_query_is_ended(scratch_settings: Settings, tmp_path: Path) -> None:
    """The engine ends a query at its time limit and says so."""
    changed: dict[str, object] = {"time_limit": 1.0}
    if scratch_settings.neo4j_uri is None:
        changed["data_dir"] = tmp_path / "data"  # the engine's limit is set when it starts
    async with open_store(scratch_settings.model_copy(update=changed)) as store:
        text = (
            "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b "
            "WITH a, b WHERE a + b = -1 RETURN count(*) AS n"
        )
        with pytest.raises(QueryTimedOut):
            await store.read([(text, {})])
        # What the service reads as a whole may take longer; what a caller asks for may not.
        assert await _slowly(store, None) == list(range(1, 20_001))
        with pytest.raises(QueryTimedOut):
            await _slowly(store, 1.0)


async def _slowly(store: Store, time_limit: float | None) -> list[int]:
    """Numbers as a cursor gives them to one who takes longer than the limit before the second thousand."""
    async with store.cursor("UNWIND range(1, 20000) AS n RETURN n", {}, time_limit=time_limit) as cursor:
        found = [n for (n,) in await cursor.batch()]
        await asyncio.sleep(1.5)
        while not cursor.finished:
            found += [n for (n,) in await cursor.batch()]
    return found


async def test_a_wrong_query_is_a_failed_query(graph: Graph) -> None:
    """Syntax errors are the query's fault, not the store's."""
    with pytest.raises(QueryFailed):
        await graph.store.read([("RETRUN 1", {})])


async def test_dates_come_back_as_python_dates(graph: Graph) -> None:
    """Dates, also in lists and maps, are native; what was stored as unknown start stays."""
    (found,) = await graph.store.read([("RETURN date('0001-01-01') AS a, [date('9999-12-31')] AS b", {})])
    assert found[0]["a"].isoformat() == "0001-01-01"
    assert [d.isoformat() for d in found[0]["b"]] == ["9999-12-31"]


async def test_an_unreachable_server_is_unavailable(tmp_path: Path) -> None:
    """No one listens: a clear error, within seconds."""
    settings = Settings(data_dir=tmp_path, neo4j_uri="bolt://127.0.0.1:9")
    async with open_store(settings) as store:
        with pytest.raises(StoreUnavailable, match="cannot be reached"):
            await store.read([("RETURN 1 AS n", {})])


async def test_an_address_that_is_none_is_told(tmp_path: Path) -> None:
    """A mistyped NEO4J_URI names itself."""
    settings = Settings(data_dir=tmp_path, neo4j_uri="127.0.0.1:7687")
    with pytest.raises(EnvironmentFault, match="NEO4J_URI"):
        async with open_store(settings):
            pass


async def test_a_wrong_password_is_told(scratch_settings: Settings) -> None:
    """A refused log-in points to the settings that hold it."""
    if scratch_settings.neo4j_uri is None:
        pytest.skip("the embedded engine's passwords are its own")
    settings = scratch_settings.model_copy(update={"neo4j_password": "wrong"})
    settings = Settings.model_validate({**settings.model_dump(), "neo4j_password": "wrong-one"})
    async with open_store(settings) as store:
        with pytest.raises(EnvironmentFault, match="NEO4J_PASSWORD"):
            await store.read([("RETURN 1 AS n", {})])


async def test_an_engine_that_dies_is_started_again(tmp_path: Path) -> None:
    """After kill -9 requests are refused for a moment, then answered from the same data."""
    async with open_graph(
        Settings(data_dir=tmp_path / "data", heap="256m", engine_compiler="quick")
    ) as graph:
        builder = GraphBuilder()
        district(builder, 3)
        await builder.write(graph.store)
        assert graph.store.engine is not None
        os.kill(int(str(graph.store.engine.describe()["pid"])), signal.SIGKILL)
        refused = 0
        for _ in range(200):
            try:
                assert await count(graph.store, "Quarter") == 3
                break
            except StoreUnavailable:
                refused += 1
                await asyncio.sleep(0.1)
        else:
            pytest.fail("the engine did not come back")
        assert refused > 0


async def test_types_of_properties_are_there_for_programs_that_ask_for_a_schema(
    scratches: Opener, tmp_path: Path
) -> None:
    """Once declared, the engine tells every property and its type, and a load goes in and reads as before."""
    graph = await scratches("embedded")
    store = graph.store
    await wipe(store)
    await declare_types(store)
    assert not await declare_types(store)  # nothing to do the second time
    await load_delivery(store, write_delivery(tmp_path / "good"))
    rows = (await store.read([("SHOW CONSTRAINTS", {})]))[0]
    told = {(r["labelsOrTypes"][0], r["properties"][0]): r["propertyType"] for r in rows if r["propertyType"]}
    declared = {(k, n): p.kind for k, e in (NODES | EDGES).items() for n, p in e.properties().items()}
    assert told.keys() == declared.keys()
    assert {told[k] for k, kind in declared.items() if kind == "date"} == {"DATE"}
    keys = {row["propertyKey"] for row in (await store.read([("CALL db.propertyKeys()", {})]))[0]}
    assert keys >= {name for _, name in declared}
    delivery, _ = read_delivery(tmp_path / "good")
    assert delivery is not None
    stored = await read_present(store, delivery, None, dict.fromkeys(NODES, 1))
    assert {n.id: n.properties for n in delivery.nodes} == stored.nodes
    assert {e.id: e.properties for e in delivery.edges} == {i: e.properties for i, e in stored.edges.items()}
