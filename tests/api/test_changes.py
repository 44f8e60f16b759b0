"""The feed of changes: what is told to whom, going on after a break, and the end of the service."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from api.http.errors import TooMany
from api.http.feed import MOST_OF_ONE
from graph.ledger.roles import Role
from graph.loading.load import load_delivery
from graph.loading.undo import undo_load
from graph.reading.graph import Graph
from tests.api.access import bearer, guarded_app
from tests.api.conftest import make_app
from tests.cli.serving import served
from tests.loading.samples import TABLES, write_delivery

WHERE = "/api/v1/changes/stream"


async def told(stream: AsyncIterator[bytes], events: int) -> list[Any]:
    """Name and data of so many events."""
    text, found = b"", []
    async for part in stream:
        text += part
        *whole, text = text.split(b"\n\n")
        for event in whole:
            fields = dict(line.split(b": ", 1) for line in event.split(b"\n"))
            if b"event" in fields:
                found.append((fields[b"event"].decode(), orjson.loads(fields[b"data"])))
        if len(found) >= events:
            return found
    return found


async def test_each_change_is_told_once_and_after_a_break_too(embedded: Graph, tmp_path: Path) -> None:
    """The version, then a load as it happens; who comes later with the last id gets what came between."""
    app = make_app(embedded)
    async with served(app) as (_, port), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        async with client.stream("GET", WHERE) as response:
            assert response.headers["content-type"].startswith("text/event-stream")
            listening = asyncio.create_task(told(response.aiter_bytes(), 2))
            await asyncio.sleep(0.1)
            await load_delivery(embedded.store, write_delivery(tmp_path / "sample"))
            (first, second) = await asyncio.wait_for(listening, 20)
        assert first == ("version", {"data_version": 0, "changes": []})
        (touched,) = second[1]["changes"]
        assert (second[0], touched["number"], touched["data_version"]) == ("changed", 1, 1)
        labels = {name.partition("/")[2] for name, text in TABLES.items() if text.count("\n") > 1}
        assert set(touched["types"]) == labels
        assert "q-990102-1" in touched["nodes"]
        assert not [id_ for id_ in touched["nodes"] if id_.startswith("p-")]
        await undo_load(embedded.store, 1)
        async with client.stream("GET", WHERE, headers={"Last-Event-ID": "0"}) as response:
            found = await asyncio.wait_for(told(response.aiter_bytes(), 3), 20)
        assert [(n, d["data_version"]) for n, d in found] == [("version", 2), ("changed", 1), ("changed", 2)]
        async with client.stream("GET", WHERE, headers={"Last-Event-ID": "99"}) as response:
            assert [n for n, _ in await asyncio.wait_for(told(response.aiter_bytes(), 1), 20)] == ["reset"]
        assert (await client.get(WHERE, headers={"Last-Event-ID": "x"})).status_code == 422
    await app.state.service.feed.close()


async def test_a_caller_limited_to_an_area_is_told_what_touches_it(embedded: Graph, tmp_path: Path) -> None:
    """A load elsewhere is not mentioned; no key, no stream."""
    await load_delivery(embedded.store, write_delivery(tmp_path / "sample"))
    other = {name.replace("/", "__"): text.replace("990102", "990103") for name, text in TABLES.items()}
    manifest = (tmp_path / "sample/manifest.toml").read_text("utf-8")
    manifest = manifest.replace("990102", "990103").replace("sample", "other").replace("样例", "别处")
    await load_delivery(embedded.store, write_delivery(tmp_path / "other", manifest=manifest, **other))
    await embedded.ledger.accounts.add("科", Role.viewer, "990102000000", by="test")
    key, _ = await embedded.ledger.accounts.issue_key("科", None, "")
    app = guarded_app(embedded)
    async with served(app) as (_, port), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        assert (await client.get(WHERE)).status_code == 401
        async with client.stream("GET", WHERE, headers=bearer(key) | {"Last-Event-ID": "0"}) as response:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(told(response.aiter_bytes(), 3), 3)
        async with client.stream("GET", WHERE, headers=bearer(key) | {"Last-Event-ID": "0"}) as response:
            found = await asyncio.wait_for(told(response.aiter_bytes(), 2), 20)
    assert [n for n, _ in found] == ["version", "changed"]
    assert "990103" not in str(found)
    await app.state.service.copies.close()
    await app.state.service.feed.close()


async def test_streams_end_with_the_service_and_are_bounded(embedded: Graph) -> None:
    """The server stops at once while somebody listens; one caller has so many connections and no more."""
    app = make_app(embedded)
    feed = app.state.service.feed
    async with (
        served(app) as (server, port),
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client,
        client.stream("GET", WHERE) as response,
    ):
        parts = response.aiter_bytes()
        assert b"event: version" in await anext(parts)
        with ExitStack() as others:
            for _ in range(MOST_OF_ONE - 1):
                others.enter_context(feed.listening("local"))
            with pytest.raises(TooMany):
                feed.check_room("local")
        server.should_exit = True
        async with asyncio.timeout(5):
            assert [part async for part in parts if b"event" in part] == []
    await feed.close()
