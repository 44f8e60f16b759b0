"""Requests that no one's key bears: limited, summed up in the audit trail, and of whom they come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from api.http import doorkeeper
from api.http.doorkeeper import sender_of
from api.http.refusals import REFUSED, Refusals
from graph.ledger import Entry
from graph.ledger.roles import Role
from graph.reading.graph import Graph
from tests.api.access import bearer, guarded_app, make_keys
from tests.api.walk import PREFIX

MODEL = f"{PREFIX}/model"
OFFICE, PROXY = "192.0.2.7", "198.51.100.1"


@asynccontextmanager
async def client_at(app: Any, address: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of one address."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        yield client


async def new_entries(graph: Graph, after: int) -> list[Entry]:
    """What was put on record since."""
    return await graph.ledger.audit.read(after=after, limit=100_000)


async def head_of(graph: Graph) -> int:
    """The number of the last entry."""
    head = await graph.ledger.audit.head()
    return 0 if head is None else head[0]


async def test_refused_requests_are_summed_up(graph: Graph) -> None:
    """Of many requests without a key: one entry at once, one with their number, and the chain holds."""
    app, before = guarded_app(graph), await head_of(graph)
    async with client_at(app, OFFICE) as client:
        statuses = [(await client.get(f"{MODEL}?q=x{i}")).status_code for i in range(150)]
    assert statuses == [401] * 120 + [429] * 30
    assert [e.what for e in await new_entries(graph, before)] == ["GET /api/v1/model"]
    await app.state.refusals.close()
    first, summed = await new_entries(graph, before)
    assert (first.who, first.via, first.status) == (OFFICE, "nobody", 401)
    assert (summed.what, summed.who, summed.via) == (REFUSED, OFFICE, "nobody")
    assert summed.parameters == {"requests": 149, "statuses": {"401": 119, "429": 30}}
    assert (await graph.ledger.audit.verify()).ok


async def test_senders_without_end_share_an_entry(graph: Graph) -> None:
    """However many addresses send, the entries of a window have a bound."""
    app, before = guarded_app(graph), await head_of(graph)
    for number in range(220):
        async with client_at(app, f"192.0.2.{number}") as client:
            await client.get(MODEL)
    await app.state.refusals.close()
    found = await new_entries(graph, before)
    assert len({e.who for e in found if e.what != REFUSED}) == 200
    sums = [(e.who, (e.parameters or {})["requests"]) for e in found if e.what == REFUSED]
    assert sums == [("…", 20)]


async def test_a_window_ends_by_itself(graph: Graph) -> None:
    """What was counted is on record although nothing more is asked."""
    refusals, before = Refusals(graph.ledger, window=0.1), await head_of(graph)
    scope = {"type": "http", "method": "GET", "path": "/api/v1/model", "query_string": b""}
    await asyncio.gather(*(refusals.add(scope, 401, OFFICE, None) for _ in range(5)))
    async with asyncio.timeout(60):
        while len(found := await new_entries(graph, before)) < 2:  # noqa: ASYNC110 - the ledger has no event
            await asyncio.sleep(0.05)
    assert (found[1].parameters or {})["requests"] == 4


async def test_bad_keys_lock_nobody_else_out(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that hold are answered behind an address from which bad ones come without end."""
    monkeypatch.setattr(doorkeeper, "STRANGE", doorkeeper.parse("40/minute"))
    keys = await make_keys(graph)
    good, new = keys[Role.viewer, "everywhere"], keys[Role.analyst, "everywhere"]
    async with client_at(guarded_app(graph), OFFICE) as client:
        assert (await client.get(MODEL, headers=bearer(good))).status_code == 200
        same = [(await client.get(MODEL, headers=bearer("cob_a_x"))).status_code for _ in range(25)]
        assert same == [401] * 20 + [429] * 5
        assert (await client.get(MODEL, headers=bearer(new))).status_code == 200
        others = [(await client.get(MODEL, headers=bearer(f"cob_{i}_x"))).status_code for i in range(30)]
        assert others == [401] * 20 + [429] * 10
        monkeypatch.setattr(doorkeeper, "REMEMBERED", 0.0)
        for key in (good, new):
            assert (await client.get(MODEL, headers=bearer(key))).status_code == 200
        assert (await client.get(MODEL)).status_code == 401


async def test_a_revoked_key_that_held_is_refused_also_over_the_limit(graph: Graph) -> None:
    """Having held once opens nothing."""
    await make_keys(graph)
    text, key = await graph.ledger.accounts.issue_key("viewer-everywhere", None, "")
    async with client_at(guarded_app(graph), OFFICE) as client:
        assert (await client.get(MODEL, headers=bearer(text))).status_code == 200
        await graph.ledger.accounts.revoke(key.id)
        await asyncio.sleep(doorkeeper.REMEMBERED + 0.1)
        assert (await client.get(MODEL, headers=bearer(text))).status_code == 401


async def test_a_known_caller_over_the_limit_is_named(graph: Graph) -> None:
    """Who asks too often is in the trail by name, once and as a sum."""
    key = (await make_keys(graph))[Role.viewer, "community"]
    app = guarded_app(graph, rate_limit="1/minute")
    before = await head_of(graph)
    async with client_at(app, OFFICE) as client:
        got = [(await client.get(MODEL, headers=bearer(key))).status_code for _ in range(5)]
    assert got == [200, 429, 429, 429, 429]
    await app.state.refusals.close()
    _, first, summed = await new_entries(graph, before)
    assert (first.who, first.via, first.role, first.status) == ("viewer-community", "key", "viewer", 429)
    assert (summed.who, summed.area) == ("viewer-community", first.area)
    assert summed.parameters == {"requests": 3, "statuses": {"429": 3}}


@pytest.mark.parametrize(
    ("proxies", "sent_from", "seen"),
    [
        ("", PROXY, PROXY),
        ("127.0.0.1", PROXY, PROXY),
        (PROXY, PROXY, OFFICE),
        ("198.51.100.0/24", PROXY, OFFICE),
        (PROXY, "203.0.113.9", "203.0.113.9"),
    ],
)
async def test_only_configured_proxies_say_who_asks(
    graph: Graph, proxies: str, sent_from: str, seen: str
) -> None:
    """`X-Forwarded-For` of anybody else is passed over; of its addresses the proxy's own counts."""
    app, before = guarded_app(graph, proxies=proxies), await head_of(graph)
    async with client_at(app, sent_from) as client:
        await client.get(MODEL, headers={"X-Forwarded-For": f"10.9.9.9, {OFFICE}"})
    assert [e.who for e in await new_entries(graph, before)] == [seen]


@pytest.mark.parametrize(
    ("address", "sender"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_the_addresses_of_one_machine_are_one_sender(address: str, sender: str) -> None:
    """A machine has 2^64 addresses of IPv6 to send from."""
    assert sender_of(address) == sender
