"""Tags: the same answer is sent once; a load, another day or another question brings a new one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import httpx
import pytest

from graph.data_files import data_folder
from graph.loading.load import load_delivery
from graph.reading.graph import Graph
from graph.store import Statement, Store
from graph.store.version import META, take_version
from tests.api.conftest import client_of, get, make_app
from tests.api.walk import ADDRESSES, address

PATH = "/api/v1/queries/area_tree"


STATES = {"/me", "/me/audit", "/accounts", "/deliveries", "/loads", "/questions", "/forms", "/preparation"}
"""What is not of the graph but of the moment: never kept, so it has no tag."""


@pytest.mark.parametrize("path", sorted(STATES))
async def test_what_is_of_the_moment_is_kept_nowhere(client: httpx.AsyncClient, path: str) -> None:
    """The caller's own rights, entries and deliveries are asked for anew each time."""
    where, params = address(path)
    answer = await client.get(where, params=params)
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


@pytest.mark.parametrize("path", [p for p in ADDRESSES if not p.startswith("/audit") and p not in STATES])
async def test_an_unchanged_answer_is_not_sent_again(client: httpx.AsyncClient, path: str) -> None:
    """With the tag of the answer, every endpoint answers 304 without a body."""
    where, params = address(path)
    first = await client.get(where, params=params)
    assert first.headers["cache-control"] == "private, no-cache"
    assert "Accept-Encoding" in first.headers["vary"]
    tag = first.headers["etag"]
    for known in (tag, tag.removeprefix("W/"), f'"other", {tag}'):
        again = await client.get(where, params=params, headers={"If-None-Match": known})
        assert (304, b"", tag) == (again.status_code, again.content, again.headers["etag"])


def watch_reads(
    monkeypatch: pytest.MonkeyPatch, before: Callable[[int], Awaitable[None]] | None = None
) -> list[Sequence[Statement]]:
    """Every group of statements that is read from now on; `before` is called with its number."""
    seen: list[Sequence[Statement]] = []

    def watched(read: Any) -> Any:
        async def reading(self: Store, statements: Sequence[Statement], **most: Any) -> Any:
            seen.append(statements)
            if before is not None:
                await before(len(seen))
            return await read(self, statements, **most)

        return reading

    for name in ("read", "read_each"):
        monkeypatch.setattr(Store, name, watched(getattr(Store, name)))
    return seen


async def test_an_unchanged_answer_costs_one_cheap_read_at_most(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    """A 304 runs no query: it reads the data version, or knows it where writes are counted."""
    tag = (await client.get(PATH)).headers["etag"]
    seen = watch_reads(monkeypatch)
    assert (await client.get(PATH, headers={"If-None-Match": tag})).status_code == 304
    assert seen == ([] if engine == "embedded" else [[META]])


async def test_the_order_of_parameters_does_not_matter(client: httpx.AsyncClient) -> None:
    """The tag is one of the question, not of its spelling."""
    tags = [
        (await client.get(f"/api/v1/queries/quarters?{query}")).headers["etag"]
        for query in ("area=990101001001&limit=5", "limit=5&area=990101001001", "area=990101001001")
    ]
    assert tags[0] == tags[1]
    assert tags[0] != tags[2]


async def test_a_load_changes_the_tag(scratch_client: httpx.AsyncClient, graph: Graph) -> None:
    """After a load the old tag brings the new answer; loading the same again changes nothing."""
    tag = (await scratch_client.get(PATH)).headers["etag"]
    folder = data_folder("seed_data") / "divisions"
    await load_delivery(graph.store, folder)
    loaded = await scratch_client.get(PATH, headers={"If-None-Match": tag})
    assert loaded.status_code == 200
    assert loaded.json()["data"]
    assert loaded.json()["stamp"]["data_version"] == 1
    await load_delivery(graph.store, folder)
    again = await scratch_client.get(PATH, headers={"If-None-Match": loaded.headers["etag"]})
    assert again.status_code == 304


async def test_midnight_changes_the_tag(loaded: Graph) -> None:
    """An answer for today is another one tomorrow, though nothing was loaded."""
    tags = []
    for day in (date(2025, 6, 30), date(2025, 7, 1)):
        today = replace(loaded, today=lambda day=day: day)
        async with client_of(make_app(today)) as client:
            tags.append((await client.get(PATH)).headers["etag"])
    assert tags[0] != tags[1]


async def test_masking_changes_the_tag(client: httpx.AsyncClient, open_client: httpx.AsyncClient) -> None:
    """What was fetched while personal data was shown is not confirmed once it is masked."""
    path = "/api/v1/nodes/p-990101-0001"
    shown = await open_client.get(path)
    masked = await client.get(path, headers={"If-None-Match": shown.headers["etag"]})
    assert masked.status_code == 200


async def test_problems_are_not_kept(client: httpx.AsyncClient) -> None:
    """A failed answer has no tag."""
    response = await client.get("/api/v1/nodes/q-990101-999")
    assert "etag" not in response.headers


async def test_an_answer_never_mixes_two_data_versions(
    scratch_client: httpx.AsyncClient, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A load between the transactions of one answer has it asked again."""
    await load_delivery(graph.store, data_folder("seed_data") / "divisions")
    assert (await scratch_client.get(PATH)).json()["stamp"]["data_version"] == 1

    async def interrupt(number: int) -> None:
        if number == 2:
            await graph.store.write(lambda tx: take_version(tx, 1))

    seen = watch_reads(monkeypatch, interrupt)
    body = await get(scratch_client, "/api/v1/areas/430407000000")
    assert body["stamp"]["data_version"] == 2
    first = seen[0]
    assert seen.count(first) > 1
