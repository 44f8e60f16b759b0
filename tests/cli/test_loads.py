"""`cobuild loads` and `cobuild load --undo`, as a clerk uses them."""

from __future__ import annotations

import asyncio
import getpass
from pathlib import Path
from typing import Any

import pytest

from graph.loading import batches
from graph.loading import write as writing
from graph.loading.delivery import read_delivery
from graph.loading.load import load_delivery
from graph.reading.graph import Graph
from graph.store.derived import verify
from tests.cli.running import cobuild  # noqa: F401 - a fixture
from tests.loading.samples import TABLES, write_delivery
from worked_example.province import write_districts
from worked_example.scale import Scale


async def test_loads_are_listed_and_taken_back(
    cobuild: Any,  # noqa: F811
    embedded: Graph,
    tmp_path: Path,
) -> None:
    """Who, when, what, how many; refused with the list of what a later load built on it."""
    graph = embedded
    there = {"COBUILD_DATA_DIR": str(graph.settings.data_dir)}
    first = write_delivery(tmp_path / "one")
    second = write_delivery(tmp_path / "two", nodes__Quarter=TABLES["nodes/Quarter"].replace(",120", ",130"))

    def run(*arguments: str) -> Any:
        # Each command has an event loop of its own.
        return cobuild(*arguments, **there)

    async def ran(*arguments: str) -> Any:
        return await asyncio.to_thread(run, *arguments)

    assert (await ran("load", str(first), str(second))).code == 0
    listed = (await ran("loads", "--format", "json")).json
    assert [(r["number"], r["created"], r["changed"], r["title"]) for r in listed] == [
        (1, 17, 0, "样例 1"),
        (2, 0, 1, "样例 1"),
    ]
    assert {r["who"] for r in listed} == {f"local:{getpass.getuser()}"}
    refused = await ran("load", "--undo", "1")
    assert refused.code == 2
    assert "q-990102-1" in refused.err
    done = await ran("load", "--undo", "2")
    assert (done.code, "改回 1" in done.out) == (0, True)
    entries = await graph.ledger.audit.latest(limit=1)
    assert "--undo 2" in entries[0].parameters["arguments"]
    shown = await ran("loads")
    assert "撤销" in shown.out


async def test_of_several_districts_the_one_begun_is_gone_on_with(
    cobuild: Any,  # noqa: F811
    embedded: Graph,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Broken off in the second district, the same command with --resume ends with all rows of both."""
    graph = embedded
    there = {"COBUILD_DATA_DIR": str(graph.settings.data_dir)}
    first, second = write_districts(Scale(1, 5, 24, 216), 1, tmp_path / "city", 2)
    for module in (writing, batches):
        monkeypatch.setattr(module, "CHUNK", 400)

    def stop(step: str, done: int, _total: int) -> None:
        if step == "write" and done >= 800:
            raise asyncio.CancelledError

    await load_delivery(graph.store, first)
    with pytest.raises(asyncio.CancelledError):
        await load_delivery(graph.store, second, progress=stop, single_transaction=0, in_place=True)
    monkeypatch.undo()

    def run(*arguments: str) -> Any:
        return cobuild(*arguments, **there)

    assert (await asyncio.to_thread(run, "load", str(first), str(second))).code == 2
    done = await asyncio.to_thread(run, "load", str(first), str(second), "--resume")
    assert done.code == 0
    given = "source STARTS WITH 'd-'"
    rows = await graph.store.read(
        [
            (f"MATCH (n) WHERE n.{given} AND NOT n:Load AND NOT n:ChangeSet RETURN count(n) AS n", {}),
            (f"MATCH ()-[e]->() WHERE e.{given} RETURN count(e) AS n", {}),
        ]
    )
    read = [read_delivery(folder)[0] for folder in (first, second)]
    expected = [sum(len(d.nodes) for d in read if d), sum(len(d.edges) for d in read if d)]
    assert [found[0]["n"] for found in rows] == expected
    assert await verify(graph.store) == []
