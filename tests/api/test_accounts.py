"""Accounts over HTTP: what an administrator may give and take, and whose trail one reads."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from graph.ledger import Filter
from graph.ledger.roles import RIGHTS, Right, Role
from graph.private import MASK
from graph.reading.graph import Graph
from tests.api.access import REASON, bearer, guarded_app, make_keys, opened
from tests.api.walk import AREA, COMMUNITY, PREFIX

WHERE = f"{PREFIX}/accounts"


@pytest.fixture
async def keys(loaded: Graph) -> dict[tuple[Role, str], str]:
    """A key of each role and area."""
    return await make_keys(loaded)


@pytest.fixture
async def client(loaded: Graph, keys: dict[tuple[Role, str], str]) -> AsyncIterator[httpx.AsyncClient]:
    """An administrator of everywhere, unless a test says otherwise."""
    async with opened(guarded_app(loaded)) as client:
        client.headers.update(bearer(keys[Role.administrator, "everywhere"]))
        yield client


async def test_an_account_is_made_given_a_key_changed_and_disabled(
    client: httpx.AsyncClient, loaded: Graph
) -> None:
    """The key opens what the role may and is shown once; each step is on record, without the key."""
    made = await client.post(WHERE, json={"name": "绘图科", "role": "viewer", "area": COMMUNITY})
    assert made.json()["data"]["grants"]
    issued = (
        await client.post(f"{WHERE}/绘图科/keys", json={"note": "绘图", "expires_on": "2099-01-01"})
    ).json()
    text = issued["data"]["text"]
    me = (await client.get(f"{PREFIX}/me", headers=bearer(text))).json()["data"]
    assert (me["name"], me["role"], me["area"]) == ("绘图科", "viewer", COMMUNITY)
    (listed,) = (await client.get(f"{WHERE}/绘图科/keys")).json()["data"]
    assert "text" not in listed
    assert (listed["note"], listed["expires_on"]) == ("绘图", "2099-01-01")

    changed = await client.patch(f"{WHERE}/绘图科", json={"role": "analyst", "everywhere": True})
    assert (changed.json()["data"]["role"], changed.json()["data"]["area"]) == ("analyst", None)
    revoked = await client.delete(f"{WHERE}/绘图科/keys/{listed['id']}")
    assert revoked.json()["data"]["revoked_at"]
    assert (await client.patch(f"{WHERE}/绘图科", json={"disabled": True})).json()["data"]["disabled"]
    assert await loaded.ledger.accounts.find_key(text, loaded.today()) is None

    trail = await loaded.ledger.audit.read(Filter(who=f"{Role.administrator}-everywhere"), limit=100_000)
    done = [e for e in trail if e.what.endswith(" done") and "/accounts" in e.what]
    assert [e.what.split()[0] for e in done] == ["POST", "POST", "PATCH", "DELETE", "PATCH"]
    assert {(e.parameters or {})["account"] for e in done} == {"绘图科"}
    assert text not in repr(trail)


@pytest.mark.parametrize("role", [r for r in Role if not RIGHTS[r] <= {Right.read, Right.cypher}])
async def test_rights_beyond_reading_are_never_given_over_http(
    client: httpx.AsyncClient, loaded: Graph, role: Role
) -> None:
    """An administrator's key makes none that sees personal data or decides; it takes rights away."""
    name = f"摸索-{role}"
    standing = f"{role}-community"
    assert (await client.post(WHERE, json={"name": name, "role": role})).status_code == 403
    await client.post(WHERE, json={"name": name, "role": "viewer"})
    for step in (
        client.patch(f"{WHERE}/{name}", json={"role": role}),
        client.post(f"{WHERE}/{standing}/keys", json={}),
        client.patch(f"{WHERE}/{standing}", json={"everywhere": True}),
        client.patch(f"{WHERE}/{standing}", json={"disabled": False}),
    ):
        refused = await step
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    disabled = await client.patch(f"{WHERE}/{standing}", json={"disabled": True})
    await loaded.ledger.accounts.change(standing, disabled=False)
    assert disabled.json()["data"]["disabled"]


async def test_an_administrator_of_an_area_looks_after_its_accounts_only(
    client: httpx.AsyncClient, keys: dict[tuple[Role, str], str]
) -> None:
    """Others do not exist for it, and it makes none elsewhere; nobody changes their own."""
    own = bearer(keys[Role.administrator, "community"])
    seen = (await client.get(WHERE, headers=own)).json()["data"]
    assert {account["area"] for account in seen} == {COMMUNITY}
    for given in ({"area": AREA}, {}):
        answer = await client.post(WHERE, headers=own, json={"name": "别处", "role": "viewer", **given})
        assert answer.status_code == 403
    for path in ("/analyst-everywhere/keys", "/nobody/keys"):
        assert (await client.get(WHERE + path, headers=own)).status_code == 404
    widened = await client.patch(f"{WHERE}/analyst-community", headers=own, json={"everywhere": True})
    assert widened.status_code == 403
    self_ = await client.patch(f"{WHERE}/administrator-community", headers=own, json={"role": "viewer"})
    assert self_.status_code == 403


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.administrator])
async def test_others_do_not_reach_accounts(
    client: httpx.AsyncClient, keys: dict[tuple[Role, str], str], role: Role
) -> None:
    """Neither reading nor changing them."""
    headers = bearer(keys[role, "everywhere"])
    for ask in (
        client.get(WHERE, headers=headers),
        client.post(WHERE, headers=headers, json={"name": "x", "role": "viewer"}),
    ):
        assert (await ask).status_code == 403


async def test_everybody_reads_their_own_entries_and_nobody_elses(
    client: httpx.AsyncClient, keys: dict[tuple[Role, str], str]
) -> None:
    """The newest first, with what one typed, which the trail of administrators masks."""
    headers = bearer(keys[Role.organization_department, "everywhere"])
    await client.get(f"{PREFIX}/search", headers=headers | REASON, params={"q": "某某的住处"})
    found: list[dict[str, Any]] = (
        await client.get(f"{PREFIX}/me/audit", headers=headers, params={"personal": "true"})
    ).json()["data"]
    assert {entry["who"] for entry in found} == {"organization_department-everywhere"}
    assert found[0]["parameters"]["q"] == "某某的住处"
    assert found[0]["reason"]
    assert [e["seq"] for e in found] == sorted((e["seq"] for e in found), reverse=True)
    read = {"who": "organization_department-everywhere", "last": "true", "what": "GET /search"}
    (*_, last) = (await client.get(f"{PREFIX}/audit", params=read)).json()["data"]
    assert (last["seq"], last["parameters"]["q"]) == (found[0]["seq"], MASK)
