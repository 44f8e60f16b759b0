"""A writer that goes in the middle of a load, an undo or a decision: the next one leads from then on."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Literal

import pytest

from graph.appointments.decide import decide, read_decisions
from graph.errors import LoadIncomplete, StoreUnavailable
from graph.loading import batches
from graph.loading import write as writing
from graph.loading.load import discard, load_delivery
from graph.loading.soundness import flaws
from graph.loading.undo import undo_load
from tests.appointments.scenes import appointment, proposal, scene_of_conflict
from tests.appointments.signing import signed
from tests.loading.content import content
from tests.loading.samples import TABLES, write_delivery
from tests.oracle.asking import store as store_scene
from tests.store.cluster import BEGIN, COMMIT, RUN, Cluster
from tests.store.switch import Switch

PERSONS = TABLES["nodes/Person"] + "".join(f"p-990102-{i},人{i},none\n" for i in range(10, 20))
SECOND = {"nodes__Quarter": TABLES["nodes/Quarter"].replace(",120", ",130"), "nodes__Person": PERSONS}


async def led_by_next(cluster: Cluster, where: bytes, work: Coroutine[Any, Any, Any]) -> Any:
    """Do some work whose writer goes when such a message comes; the next member leads from then on."""
    lost = cluster.routes.writer
    assert lost is not None
    members: list[Switch] = [cluster.a, cluster.b, cluster.c]
    following = members[(members.index(lost) + 1) % 3]
    lost.cut_at = "before", where

    async def elect() -> None:
        await lost.gone.wait()
        cluster.routes.writer = following
        cluster.routes.readers = [member for member in members if member not in (lost, following)]

    elected = asyncio.create_task(elect())
    done = await work
    async with asyncio.timeout(5):
        await elected
    await lost.mend()
    cluster.routes.readers.append(lost)
    return done


@pytest.mark.parametrize("where", [BEGIN, RUN])
async def test_a_load_and_an_undo_go_on_with_the_next_writer(
    cluster: Cluster, tmp_path: Path, where: bytes
) -> None:
    """Nothing was committed, so it is done again by whoever leads now, and nobody notices."""
    async with cluster.open() as graph:
        await load_delivery(graph.store, write_delivery(tmp_path / "one"))
        before = await content(graph)
        second = load_delivery(graph.store, write_delivery(tmp_path / "two", **SECOND))
        assert (await led_by_next(cluster, where, second)).version == 2
        await led_by_next(cluster, where, undo_load(graph.store, 2))
        assert (await content(graph), await graph.version()) == (before, 3)
        assert cluster.count("w")[1] > 0


async def test_a_decision_goes_on_with_the_next_writer(cluster: Cluster) -> None:
    """Its first message reaches no one: it is carried out by the member that leads then."""
    await store_scene(cluster.graph, scene_of_conflict().builder)
    async with cluster.open() as graph:
        asked = proposal(appointment(3, "member", "oc-1"))
        await led_by_next(cluster, BEGIN, decide(graph, asked, signed()))
        assert [d.state for d in await read_decisions(graph)] == ["applied"]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("then", ["resume", "discard"])
async def test_a_load_in_batches_loses_its_writer(
    cluster: Cluster,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    when: Literal["before", "after"],
    then: str,
) -> None:
    """Half-way, at a commit: nothing is answered until another instance goes on with it, or takes it back."""
    for module in (writing, batches):
        monkeypatch.setattr(module, "CHUNK", 3)
    folder = write_delivery(tmp_path / "two", **SECOND)

    def cut(step: str, done: int, _total: int) -> None:
        if step == "write" and done == 6:
            cluster.a.cut_at = when, COMMIT

    async with cluster.open() as one, cluster.open() as two:
        await load_delivery(one.store, write_delivery(tmp_path / "one"))
        before = await content(one)
        with pytest.raises(StoreUnavailable):
            await load_delivery(one.store, folder, progress=cut, single_transaction=5, in_place=True)
        cluster.routes.writer, cluster.routes.readers = cluster.b, [cluster.c]
        with pytest.raises(LoadIncomplete):
            await two.ask(two.catalogue["nodes_by_type"])
        if then == "resume":
            await load_delivery(two.store, folder, resume=True)
            assert (await load_delivery(two.store, folder)).already
        else:
            assert await discard(two.store) > 0
            assert await content(two) == before
        assert await two.version() == await one.version() == 2
        assert [flaw async for flaw in flaws(two.store)] == []
        assert cluster.count("w")[1] > 0
