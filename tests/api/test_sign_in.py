"""Logging in at an identity provider over HTTP: by somebody unknown yet, counted, on record by outcome."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from graph.ledger import Entry, Filter
from graph.reading.graph import Graph
from tests.api.access import guarded_app, opened
from tests.conftest import Opener
from tests.ledger.identity import AUDIENCE, Identity, answering

BACK = "http://testserver/"
VERIFIER = "v" * 64
FAR = 200


@pytest.fixture
async def embedded_loaded(loader: Opener) -> Graph:
    """Who logs in does not depend on the engine."""
    return await loader("embedded")


@pytest.fixture
async def there(embedded_loaded: Graph) -> AsyncIterator[tuple[httpx.AsyncClient, Identity]]:
    """A service whose page logs in at a provider, and that provider."""
    with answering() as identity:
        address = identity.address
        given = {"oidc_issuer": address, "oidc_audience": AUDIENCE, "oidc_keys": f"{address}/keys"}
        async with opened(guarded_app(embedded_loaded, oidc_client="cobuild", **given)) as client:
            yield client, identity


async def entries(graph: Graph) -> list[Entry]:
    """The audit trail."""
    return await graph.ledger.audit.read(Filter(), limit=100_000)


def code_of(identity: Identity, page: str, client: str, scope: str) -> str:
    """What the page would get there."""
    digest = urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
    assert page == f"{identity.address}/authorize"
    where = identity.authorize(
        {
            "response_type": "code",
            "client_id": client,
            "scope": scope,
            "redirect_uri": BACK,
            "state": "s",
            "nonce": "n",
            "code_challenge": digest,
            "code_challenge_method": "S256",
        }
    )
    return parse_qs(urlsplit(where).query)["code"][0]


async def test_a_code_opens_the_service(
    there: tuple[httpx.AsyncClient, Identity], embedded_loaded: Graph
) -> None:
    """The token is somebody with role and area; the log-in is on record, its code and token are not."""
    client, identity = there
    before = len(await entries(embedded_loaded))
    code = code_of(identity, **(await client.get("/sign-in")).json())
    body = {"code": code, "verifier": VERIFIER, "back": BACK, "nonce": "n"}
    answer = await client.post("/sign-in", json=body)
    assert answer.headers["Cache-Control"] == "no-store"
    token = answer.json()["token"]
    me = (await client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})).json()["data"]
    assert (me["via"], me["role"], me["area"]) == ("token", "analyst", "990101001001")
    (entry, *_) = (await entries(embedded_loaded))[before:]
    assert (entry.who, entry.what, entry.status) == (f"{identity.address}#u-17", "POST /sign-in", 200)
    assert code not in str(entry)
    assert token not in str(entry)


async def test_a_code_that_is_refused_is_on_record(
    there: tuple[httpx.AsyncClient, Identity], embedded_loaded: Graph
) -> None:
    """403 as a problem in both languages; by the sender's address, for nobody is known."""
    client, _ = there
    before = len(await entries(embedded_loaded))
    body = {"code": "nothing", "verifier": VERIFIER, "back": BACK, "nonce": "n"}
    answer = await client.post("/sign-in", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "log_in_refused")
    assert "角色" in answer.json()["detail_zh"]
    (entry,) = (await entries(embedded_loaded))[before:]
    assert (entry.via, entry.status) == ("nobody", 403)


async def test_a_provider_that_is_away_is_a_problem_that_says_when(
    there: tuple[httpx.AsyncClient, Identity],
) -> None:
    """503 with the time after which to try again; and keys are named as the other way."""
    client, identity = there
    identity.discovery = {"issuer": "https://other.example"}
    answer = await client.get("/sign-in")
    assert (answer.status_code, answer.json()["code"]) == (503, "provider_unavailable")
    assert answer.headers["Retry-After"]
    assert "密钥" in answer.json()["detail_zh"]


async def test_where_no_provider_is_set_the_page_takes_keys(embedded_loaded: Graph) -> None:
    """The page reads nulls; a code is answered with what would have to be set."""
    async with opened(guarded_app(embedded_loaded)) as client:
        assert (await client.get("/sign-in")).json() == {"page": None, "client": None, "scope": None}
        body = {"code": "c", "verifier": VERIFIER, "back": BACK, "nonce": "n"}
        for path, given in (("/sign-in", body), ("/sign-in/renewal", {"renewal": "r"})):
            answer = await client.post(path, json=given)
            assert (answer.status_code, answer.json()["subject"]) == (404, "COBUILD_OIDC_CLIENT")


async def test_asking_without_end_is_stopped(embedded_loaded: Graph) -> None:
    """By address, as everything is that comes without a key."""
    async with opened(guarded_app(embedded_loaded)) as client:
        found = [(await client.get("/sign-in")).status_code for _ in range(FAR)]
    assert found.index(429) == 120
