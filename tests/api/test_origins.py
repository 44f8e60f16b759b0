"""Pages of other origins: let in where the operator names them, and only those."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.api.access import guarded_app
from tests.api.conftest import client_of, make_app
from tests.conftest import Opener

OURS, THEIRS = "http://10.0.0.5:8080", "http://10.0.0.6:8080"
PLACES = "/api/v1/places"


@pytest.fixture
async def page(loader: Opener) -> AsyncIterator[httpx.AsyncClient]:
    """A service that lets the pages of one origin in."""
    async with client_of(
        make_app(await loader("embedded"), origins=f"{OURS}, https://map.example")
    ) as client:
        yield client


async def test_a_page_of_a_named_origin_reads_answer_and_stamp(page: httpx.AsyncClient) -> None:
    """The browser hands it the answer and the headers that say where it comes from."""
    asked = {"node": "q-990101-001", "as_of": "2025-06-30"}
    answer = await page.get("/api/v1/graph", params=asked, headers={"Origin": OURS})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == OURS
    shown = answer.headers["access-control-expose-headers"].split(", ")
    assert {"Cobuild-Stamp", "Cobuild-Truncated"} <= set(shown)
    assert "Origin" in answer.headers["vary"]
    assert "access-control-allow-credentials" not in answer.headers


async def test_errors_can_be_read_too(page: httpx.AsyncClient) -> None:
    """A problem document without the header would be "network error" to the page."""
    answer = await page.get("/api/v1/places/nowhere", headers={"Origin": OURS})
    assert answer.status_code == 404
    assert answer.headers["access-control-allow-origin"] == OURS


async def test_no_other_page_is_let_in(page: httpx.AsyncClient, loader: Opener) -> None:
    """Neither another origin, nor any where the setting is empty."""
    async with client_of(make_app(await loader("embedded"))) as closed:
        for asks, origin in ((page, THEIRS), (page, "null"), (closed, OURS)):
            answer = await asks.get(PLACES, headers={"Origin": origin})
            assert answer.status_code == 200
            assert "access-control-allow-origin" not in answer.headers


async def test_the_browser_may_ask_beforehand_without_a_key(loader: Opener) -> None:
    """The question before the question bears no key, where every other request needs one."""
    asking = {
        "Origin": OURS,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization, cobuild-reason, content-type",
        "Access-Control-Request-Private-Network": "true",
    }
    async with client_of(guarded_app(await loader("embedded"), origins=OURS)) as client:
        before = await client.options("/api/v1/cypher", headers=asking)
        assert before.status_code == 200
        assert before.headers["access-control-allow-origin"] == OURS
        assert before.headers["access-control-allow-private-network"] == "true"
        other = await client.options("/api/v1/cypher", headers={**asking, "Origin": THEIRS})
        assert other.status_code == 400
        refused = await client.get(PLACES, headers={"Origin": OURS})
        assert refused.status_code == 401
        assert refused.headers["access-control-allow-origin"] == OURS
