"""A cluster as the engine: one real Neo4j behind three switches, and a second one with older data."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from graph.appointments.decide import decide, read_decisions
from graph.errors import EnvironmentFault, MemberNotReady, StoreUnavailable
from graph.loading.load import load_delivery
from graph.loading.undo import undo_load
from graph.reading.graph import Graph
from graph.reading.wiring import open_graph
from graph.settings import Settings
from graph.store import drivers, open_store
from graph.store.history import read_sets
from graph.store.version import read_state
from tests.api.conftest import client_of, make_app
from tests.appointments.scenes import appointment, proposal, scene_of_conflict
from tests.appointments.signing import signed
from tests.ledger.conftest import postgres
from tests.loading.samples import TABLES, write_delivery
from tests.neo4j_server import Neo4jServer
from tests.oracle.asking import store as store_scene
from tests.store.cluster import BEGIN, Cluster, add, lost_in, quarters
from tests.store.switch import BOLT_5_1, RESYNCING, Switch

__all__ = ["postgres"]
SECOND = {"nodes__Quarter": TABLES["nodes/Quarter"].replace(",120", ",130")}


async def test_followers_are_read_and_the_writer_written(cluster: Cluster, tmp_path: Path) -> None:
    """A load goes to the writer alone, what it plans by too; answers come from the followers."""
    async with cluster.open() as graph:
        await load_delivery(graph.store, write_delivery(tmp_path / "one"))
        assert cluster.count("w")[1:] == [0, 0]
        planned = cluster.count("r")
        assert (await graph.version(), await quarters(graph.store)) == (1, 2)
        assert cluster.count("r")[0] == planned[0]
        assert sum(cluster.count("r")) > sum(planned)


@pytest.mark.parametrize("kept", ["sqlite", "postgresql"])
async def test_who_wrote_reads_it_through_another_instance(
    cluster: Cluster, request: pytest.FixtureRequest, tmp_path: Path, kept: str
) -> None:
    """The bookmark of a write through one instance is in the next read of another, by the ledger of both."""
    others: list[dict[str, Any]] = [{}, {}]
    if kept == "postgresql":
        url = SecretStr(request.getfixturevalue("postgres").database())
        others = [{"ledger_url": url, "data_dir": tmp_path / name} for name in ("one", "two")]
    async with cluster.open(**others[0]) as one, cluster.open(**others[1]) as two:
        await one.store.write(add)
        (mark,) = (await one.ledger.position.read()).marks
        assert await two.version() == 0
        assert any(mark.encode() in message for message in cluster.b.marks + cluster.c.marks)
        await asyncio.gather(one.store.write(add), two.store.write(add))
        later = (await one.ledger.position.read()).marks
        assert mark not in later
        assert len(later) <= 2


async def test_a_lost_member_is_not_noticed_by_readers(cluster: Cluster, tmp_path: Path) -> None:
    """Each member goes in the middle of a read, and comes back; no read fails."""
    async with cluster.open() as graph:
        await load_delivery(graph.store, write_delivery(tmp_path / "one"))
        for lost in (cluster.b, cluster.c, cluster.a):
            lost.cut_at = "after", BEGIN
            for _ in range(6):
                assert (await graph.version(), await quarters(graph.store)) == (1, 2)
            lost.cut_at = None
            lost.cut()
            assert (await graph.version(), await quarters(graph.store)) == (1, 2)
            await lost.mend()


async def test_a_write_waits_for_the_next_writer_or_says_that_there_is_none(cluster: Cluster) -> None:
    """A new leader is found by the routing table; without one the answer is 503 with `Retry-After`."""
    async with cluster.open() as graph:
        await graph.store.write(add)
        cluster.a.cut()
        cluster.routes.writer, cluster.routes.readers = cluster.b, [cluster.c]
        await graph.store.write(add)
        assert cluster.count("w")[1] >= 1
        async with client_of(make_app(graph)) as client:
            ready = (await client.get("/health/ready")).json()
            assert [m["seen"] for m in ready["members"]] == [False, True, True]
            cluster.routes.writer = None
            cluster.b.cut()
            asked = proposal(appointment(3, "member", "oc-1"))
            refused = await client.post("/api/v1/appointments/check", json=asked.model_dump(mode="json"))
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
        assert await quarters(graph.store) == 1


async def test_bolt_addresses_are_tried_in_turn(cluster: Cluster) -> None:
    """Without routing the first that is there is asked, and who refuses to write is passed over."""
    cluster.a.cut()
    cluster.routes.writer = cluster.c
    async with cluster.open(scheme="bolt") as graph:
        await graph.store.write(add)
        assert await quarters(graph.store) == 1
        assert cluster.count("w")[:2] == [0, 0]
        cluster.b.refuses = RESYNCING
        assert await quarters(graph.store) == 1
        cluster.c.refuses = RESYNCING
        with pytest.raises(MemberNotReady, match="DatabaseUnavailable"):
            await graph.version()


async def test_an_answer_never_goes_back(cluster: Cluster, other: Neo4jServer, tmp_path: Path) -> None:
    """Followers with older data are not believed; where no one else is left, that is the answer."""
    async with cluster.open() as graph:
        await load_delivery(graph.store, write_delivery(tmp_path / "one"))
        assert await graph.version() == 1
        cluster.b.target = cluster.c.target = other.port
        for follower in (cluster.b, cluster.c):
            follower.cut()
            await follower.mend()
        async with cluster.open() as late:  # never saw the data, and is told by the ledger
            for instance in (graph, late):
                for _ in range(4):
                    assert await instance.version() == 1
                assert (await instance.ask(graph.catalogue["nodes_by_type"])).stamp.data_version == 1
            cluster.a.cut()
            cluster.routes.writer, cluster.routes.readers = cluster.b, [cluster.c]
            async with client_of(make_app(late)) as client:
                refused = await client.get("/api/v1/queries/nodes_by_type")
            assert (refused.status_code, refused.json()["code"]) == (503, "member_not_ready")
            with pytest.raises(StoreUnavailable):
                await read_state(late.store)


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_load_and_an_undo_lose_their_writer(cluster: Cluster, tmp_path: Path, when: Any) -> None:
    """At the commit: all is there or nothing, and who tries again finds out which."""
    there = when == "after"
    async with cluster.open() as graph:
        one, two = write_delivery(tmp_path / "one"), write_delivery(tmp_path / "two", **SECOND)
        await load_delivery(graph.store, one)
        await lost_in(cluster, when, load_delivery(graph.store, two))
        assert (await graph.version(), (await load_delivery(graph.store, two)).already) == (1 + there, there)
        assert (await read_state(graph.store)).version == await graph.version() == 2
        await lost_in(cluster, when, undo_load(graph.store, 2))
        assert await graph.version() == 2 + there
        if not there:
            await undo_load(graph.store, 2)
        assert [s.kind for s in await read_sets(graph.store)] == ["load", "load", "undo"]


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_decision_loses_its_writer(cluster: Cluster, when: Any) -> None:
    """At the commit: what the graph has is applied; the rest is given up after an hour, not at once."""
    await store_scene(cluster.graph, scene_of_conflict().builder)
    async with cluster.open() as graph:
        await lost_in(cluster, when, decide(graph, proposal(appointment(3, "member", "oc-1")), signed()))
        assert [d.state for d in await read_decisions(graph)] == ["applied" if when == "after" else "pending"]


async def test_a_server_that_is_too_old_is_named(cluster: Cluster) -> None:
    """What speaks Bolt 5.1 at most, as Neo4j before 5.7, is refused by name and at once."""
    async with Switch(cluster.a.target, offers=BOLT_5_1) as old:
        settings = cluster.settings(neo4j_uri=f"bolt://{old.address}")
        with pytest.raises(EnvironmentFault, match="too old"):
            async with open_graph(settings):
                pass


async def test_a_neo4j_without_the_cypher_of_the_catalogue_is_named(cluster: Cluster) -> None:
    """One that speaks the protocol and is older than 5.23 is refused by its version."""
    cluster.a.says = b"Neo4j/5.26", b"Neo4j/5.22"
    settings = cluster.settings(neo4j_uri=f"bolt://{cluster.a.address}")
    with pytest.raises(EnvironmentFault, match=r"too old \(Neo4j/5\.22.*5\.23 or newer"):
        async with open_graph(settings):
            pass


async def test_over_bolt_only_neo4j_is_written_to(embedded: Graph, tmp_path: Path) -> None:
    """A follower of another server would take a write and not take it back."""
    assert embedded.store.engine is not None
    engine = await embedded.store.engine.ensure()
    settings = Settings(
        data_dir=tmp_path,
        neo4j_uri=engine.uri,
        neo4j_user=engine.writer[0],
        neo4j_password=SecretStr(engine.writer[1]),
        neo4j_database=engine.database,
    )
    async with open_store(settings) as store:
        assert await quarters(store) == 0
        with pytest.raises(EnvironmentFault, match="neo4j://"):
            await store.write(add)
    routed = settings.model_copy(update={"neo4j_uri": engine.uri.replace("bolt", "neo4j")})
    async with open_store(routed) as store:
        await store.write(add)
    assert await quarters(embedded.store) == 1


async def test_a_silent_member_is_given_up(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """A read that gets no answer within its time limit is asked of another member."""
    monkeypatch.setattr(drivers, "PATIENCE", 0.2)
    async with cluster.open(time_limit=0.5) as graph:
        await graph.store.write(add)
        asked = cluster.a.seen["w"]
        cluster.b.delay = cluster.c.delay = 600.0
        assert await quarters(graph.store) == 1
        assert cluster.a.seen["w"] == asked + 1


async def test_the_service_recovers_with_its_server(other: Neo4jServer, tmp_path: Path) -> None:
    """While Neo4j is away requests are refused; when it is back they are answered, routed too."""
    settings = Settings(
        data_dir=tmp_path / "data",
        neo4j_uri=other.uri,
        neo4j_user=other.user,
        neo4j_password=SecretStr(other.password),
        neo4j_database=other.database,
    )
    async with open_store(settings) as store:
        assert await quarters(store) == 0
        other.kill()
        with pytest.raises(StoreUnavailable):
            await quarters(store)
        other.restart()
        assert await quarters(store) == 0
    routed = settings.model_copy(update={"neo4j_uri": other.uri.replace("bolt", "neo4j")})
    async with open_store(routed) as store:
        await store.write(add)
        assert await quarters(store) == 1
