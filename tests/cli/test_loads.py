"""`cobuild loads` and `cobuild load --undo`, as a clerk uses them."""

from __future__ import annotations

import asyncio
import getpass
from pathlib import Path
from typing import Any

from graph.reading.graph import Graph
from tests.cli.test_commands import cobuild  # noqa: F401 - a fixture
from tests.loading.samples import TABLES, write_delivery


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
