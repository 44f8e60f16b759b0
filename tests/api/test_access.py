"""Who may ask: keys, roles, reasons, rates, sizes, and what the audit trail keeps of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from fastapi import FastAPI

from graph.ledger import Entry, Filter, KeptRun
from graph.ledger.roles import Role
from graph.private import MASK
from graph.reading.graph import Graph
from tests.api.access import REASON, bearer, guarded_app, make_keys, opened
from tests.api.conftest import make_app
from tests.api.walk import ADDRESSES, COMMUNITY, DAY, PREFIX, address

NODE = f"{PREFIX}/nodes/p-990101-0022"


@pytest.fixture(scope="session")
def client(guarded: httpx.AsyncClient) -> httpx.AsyncClient:
    """No one is known by default."""
    return guarded


async def entries(graph: Graph, **wanted: Any) -> list[Entry]:
    """The audit trail."""
    return await graph.ledger.audit.read(Filter(**wanted), limit=100_000)


async def test_nobody_is_answered_without_a_key(loaded: Graph) -> None:
    """Whatever is asked under /api, before it is even looked for."""
    async with opened(guarded_app(loaded)) as client:  # of its own, because it counts what it refuses
        for path in (*(address(path)[0] for path in ADDRESSES), f"{PREFIX}/nothing"):
            response = await client.get(path)
            assert response.status_code == 401, path
            assert response.headers["WWW-Authenticate"].startswith("Bearer"), path
            assert response.json()["code"] == "unauthorized", path


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Bearer cob_x_y",
        "Basic dXNlcjpwYXNz",
        "Bearer a.b.c",
        "Bearer " + "x" * 5000,
        "bearer cob__",
        "Bearer eyJhbGciOiJub25lIn0.e30.",
    ],
)
async def test_what_is_no_key_opens_nothing(client: httpx.AsyncClient, header: str) -> None:
    """Not the right form, another scheme, an unsigned token."""
    response = await client.get(NODE, headers={"Authorization": header})
    assert response.status_code == 401


async def test_documentation_and_health_need_no_key(client: httpx.AsyncClient) -> None:
    """They show nothing of the graph."""
    for path in ("/docs", "/openapi.json", "/health/live", "/health/ready", "/problems/unauthorized"):
        assert (await client.get(path)).status_code == 200, path


async def test_a_revoked_or_expired_key_opens_nothing(
    loaded: Graph, keys: dict[tuple[Role, str], str]
) -> None:
    """From the next request of a service that did not just see it."""
    accounts = loaded.ledger.accounts
    text, key = await accounts.issue_key("viewer-everywhere", None, "")
    past, _ = await accounts.issue_key("viewer-everywhere", date(2025, 6, 30) - timedelta(days=1), "")
    async with opened(guarded_app(loaded)) as client:
        assert (await client.get(NODE, headers=bearer(text))).status_code == 200
        assert (await client.get(NODE, headers=bearer(past))).status_code == 401
    await accounts.revoke(key.id)
    async with opened(guarded_app(loaded)) as client:
        assert (await client.get(NODE, headers=bearer(text))).status_code == 401


async def test_personal_data_takes_the_role_and_a_reason(
    client: httpx.AsyncClient, keys: dict[tuple[Role, str], str], loaded: Graph
) -> None:
    """Masked by default; a reason of another role, or that a terminal would obey, is refused, not ignored."""
    office = "organization_department-everywhere"
    before = len(await entries(loaded, who=office))
    for role in Role:
        masked = await client.get(NODE, headers=bearer(keys[role, "everywhere"]))
        assert masked.status_code == 200
        assert "name" not in masked.json()["data"]["properties"]
        headers = bearer(keys[role, "everywhere"]) | REASON
        shown = await client.get(NODE, headers=headers)
        if role is Role.organization_department:
            assert shown.json()["data"]["properties"]["name"]
        else:
            assert shown.status_code == 403
    asked = (await entries(loaded, who=office))[before:]
    assert [(e.personal, e.reason) for e in asked] == [(False, None), (True, "核对任职情况")]
    obeyed = bearer(keys[Role.organization_department, "everywhere"]) | {
        "Cobuild-Reason": quote("核\x1b[2J对")
    }
    response = await client.get(NODE, headers=obeyed)
    assert (response.status_code, "U+001B" in response.text) == (422, True)


async def test_a_kept_answer_is_not_another_callers(
    client: httpx.AsyncClient, keys: dict[tuple[Role, str], str]
) -> None:
    """The tag of an answer with personal data is not that of the masked one."""
    key = bearer(keys[Role.organization_department, "everywhere"])
    shown = await client.get(NODE, headers=key | REASON)
    again = await client.get(NODE, headers=key | {"If-None-Match": shown.headers["ETag"]})
    assert again.status_code == 200
    same = await client.get(NODE, headers=key | REASON | {"If-None-Match": shown.headers["ETag"]})
    assert same.status_code == 304


async def test_every_request_is_on_record(keys: dict[tuple[Role, str], str], loaded: Graph) -> None:
    """Who, what, about whom, parameters, scope, rows; refused ones too; and the chain holds."""
    key = bearer(keys[Role.viewer, "everywhere"])
    before = len(await entries(loaded))
    # An application of its own, because it sums up what it refuses within a minute.
    async with opened(guarded_app(loaded)) as client:
        await client.get(f"{PREFIX}/queries/quarters", params={"area": "990101001001"}, headers=key)
        await client.get(NODE)
        await client.get(f"{PREFIX}/audit", headers=key)
        change = {"kind": "appoint", "person": "p-990101-0022", "body": "oc-990101-999", "role": "member"}
        proposal = {"as_of": "2025-07-01", "changes": [change]}
        await client.post(f"{PREFIX}/appointments/check", json=proposal, headers=key)
    first, nobody, refused, checked = (await entries(loaded))[before:]
    assert (first.who, first.role, first.status) == ("viewer-everywhere", "viewer", 200)
    assert first.what == "GET /queries/{name}"
    assert first.parameters["name"] == "quarters"
    assert first.parameters["area"] == "990101001001"
    assert first.rows
    assert first.data_version
    assert (nobody.via, nobody.status) == ("nobody", 401)
    assert (refused.what, refused.status) == ("GET /audit", 403)
    assert checked.parameters == {"about": "p-990101-0022 oc-990101-999"}
    assert (await loaded.ledger.audit.verify()).ok


async def test_an_administrator_of_an_area_reads_its_entries_only(
    client: httpx.AsyncClient, keys: dict[tuple[Role, str], str]
) -> None:
    """Those of callers limited to it; and no administrator reads what was typed in freely."""
    for where in ("everywhere", "community"):
        asked = {"q": "刘学政", "types": "Quarter"}
        await client.get(f"{PREFIX}/search", params=asked, headers=bearer(keys[Role.viewer, where]))
    read = {}
    for where in ("everywhere", "community"):
        key = bearer(keys[Role.administrator, where])
        read[where] = await client.get(f"{PREFIX}/audit", params={"limit": 1000}, headers=key)
    areas = {where: {entry["area"] for entry in r.json()["data"]} for where, r in read.items()}
    assert areas["community"] == {COMMUNITY}
    assert {None, COMMUNITY} <= areas["everywhere"]
    for response in read.values():
        assert "刘学政" not in response.text
    for where in read:
        key = bearer(keys[Role.administrator, where])
        params = {"limit": 1000, "what": "GET /search"}
        found = (await client.get(f"{PREFIX}/audit", params=params, headers=key)).json()["data"]
        assert {entry["parameters"]["q"] for entry in found} == {MASK}
        assert {"q": MASK, "types": "Quarter"} in [entry["parameters"] for entry in found]


async def test_a_name_in_the_place_of_an_id_is_not_read_by_administrators(
    client: httpx.AsyncClient, keys: dict[tuple[Role, str], str]
) -> None:
    """Nor one that was accepted as a word; the name of a place is, and so is an id that there is not."""
    name, viewer = "刘学政", bearer(keys[Role.viewer, "everywhere"])
    asked: list[tuple[str, dict[str, str], int]] = [
        (f"/nodes/{name}", {}, 404),
        ("/connections", {"source": name, "target": "p-990101-9999"}, 404),
        ("/coverage", {"place": name}, 404),
        ("/checks", {"rule": name}, 404),
        ("/queries/escalation_routes", {"source": name}, 200),
        ("/coverage", {"place": "示例", "dimension": "party_branch"}, 200),
    ]
    for path, params, status in asked:
        answer = await client.get(f"{PREFIX}{path}", params=params, headers=viewer)
        assert answer.status_code == status, answer.text
    key = bearer(keys[Role.administrator, "everywhere"])
    read = (await client.get(f"{PREFIX}/audit", params={"limit": 6, "last": "true"}, headers=key)).json()
    assert [entry["parameters"] for entry in read["data"]] == [
        {"id": MASK},
        {"source": MASK, "target": "p-990101-9999"},
        {"place": MASK},
        {"rule": MASK},
        {"name": MASK, "source": MASK},
        {"place": "示例", "dimension": "party_branch"},
    ]


async def test_a_kept_run_of_elsewhere_is_not_there(
    client: httpx.AsyncClient, keys: dict[tuple[Role, str], str], loaded: Graph
) -> None:
    """A caller limited to an area cannot tell it from one that was never kept."""
    stamp = {"as_of": "2025-06-30", "data_version": 1, "queries": {}, "profiles": {}, "rows": 0}
    run = KeptRun("别处", "示例科", "990101002001", date(2025, 6, 30), 1, stamp, [])
    kept = await loaded.ledger.keep(run)
    answers = []
    for id_ in (kept.id, "0" * len(kept.id)):
        response = await client.get(
            f"{PREFIX}/reports/difference",
            params={"from": id_, "to": "2025-06-30", "area": COMMUNITY},
            headers=bearer(keys[Role.viewer, "community"]),
        )
        answers.append((response.status_code, response.text.replace(id_, "")))
    assert answers[0] == answers[1]
    assert answers[0][0] == 404


async def test_on_ones_own_machine_personal_data_and_changes_are_on_record(graph: Graph) -> None:
    """Masked reading is not: no one is known there."""
    for shown, expected in ((False, []), (True, ["GET /model"])):
        async with opened(make_app(graph, show_personal=shown)) as client:
            before = len(await entries(graph))
            assert (await client.get(f"{PREFIX}/model")).status_code == 200
            assert [e.what for e in (await entries(graph))[before:]] == expected
    async with opened(make_app(graph)) as client:
        run = {"title": "试", "made_by": "示例科"}
        assert (await client.post(f"{PREFIX}/runs", json=run)).status_code == 200
    assert [e.what for e in await entries(graph)][-1] == "POST /runs"


async def test_who_asks_too_often_waits(loaded: Graph, keys: dict[tuple[Role, str], str]) -> None:
    """Each caller has a rate of their own; so have keys that do not hold."""
    app: FastAPI = guarded_app(loaded, rate_limit="3/minute")
    async with opened(app) as client:
        for role, expected in ((Role.viewer, [200, 200, 200, 429]), (Role.analyst, [200])):
            key = bearer(keys[role, "everywhere"])
            got = [await client.get(f"{PREFIX}/model", headers=key) for _ in expected]
            assert [r.status_code for r in got] == expected
            if expected[-1] == 429:
                assert 1 <= int(got[-1].headers["Retry-After"]) <= 60
        wrong = [await client.get(NODE, headers=bearer("cob_i_x")) for _ in range(21)]
        assert [r.status_code for r in wrong] == [401] * 20 + [429]


async def test_a_large_request_is_refused(
    client: httpx.AsyncClient, keys: dict[tuple[Role, str], str]
) -> None:
    """By its length, before it is read; in pieces too."""
    key = bearer(keys[Role.analyst, "everywhere"])

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 65_536

    for content in (b"x" * 2_000_000, pieces()):
        response = await client.post(f"{PREFIX}/cypher", content=content, headers=key)
        assert response.status_code in (400, 413)


async def test_a_decision_bears_the_name_of_the_account(graph: Graph) -> None:
    """Whatever the request says of who decided, the account stands beside it."""
    keys = await make_keys(graph)
    async with opened(guarded_app(graph)) as client:
        run = {"title": "试", "made_by": "示例科"}
        for role, status in ((Role.viewer, 403), (Role.organization_department, 200)):
            headers = bearer(keys[role, "everywhere"])
            response = await client.post(f"{PREFIX}/runs", json=run, headers=headers)
            assert response.status_code == status, response.text
    assert response.json()["data"]["made_by"] == "示例科（organization_department-everywhere）"


async def test_saved_queries_run_with_the_rights_of_who_runs_them(
    client: httpx.AsyncClient, keys: dict[tuple[Role, str], str]
) -> None:
    """Shared by name; masked for one, with personal data for another; changed by the owner only."""
    analyst = bearer(keys[Role.analyst, "everywhere"])
    office = bearer(keys[Role.organization_department, "everywhere"])
    other = bearer(keys[Role.analyst, "community"])
    body: dict[str, Any] = {
        "title": "人员",
        "text": "MATCH (p:Person {id: $id}) RETURN p.id AS id, p.name AS name",
        "parameters": {"id": {"type": "string", "default": "p-990101-0022"}},
        "shared_with": ["organization_department-everywhere"],
    }
    where = f"{PREFIX}/saved/person_{keys[Role.analyst, 'everywhere'][4:12].lower()}"
    where = "".join(c if c.isalnum() or c in "/_" else "_" for c in where)
    assert (await client.put(where, json=body, headers=analyst)).status_code == 200
    assert (await client.get(where, headers=office)).json()["data"]["title"] == "人员"
    assert (await client.get(where, headers=other)).status_code == 404
    assert (await client.put(where, json=body, headers=office)).status_code in (403, 404)
    mine = (await client.post(f"{where}/run", json={}, headers=analyst)).json()
    theirs = (await client.post(f"{where}/run", json={}, headers=office | REASON)).json()
    assert mine["rows"] == [["p-990101-0022", None]]
    assert theirs["rows"][0][1]
    wrong = await client.post(f"{where}/run", json={"parameters": {"x": 1}}, headers=office)
    assert wrong.status_code == 422
    writes = await client.put(where, json=body | {"text": "CREATE (n)"}, headers=analyst)
    assert writes.status_code == 403
    assert (await client.delete(where, headers=office)).status_code in (403, 404)
    assert (await client.delete(where, headers=analyst)).status_code == 200
    assert (await client.get(where, headers=analyst)).status_code == 404


async def test_the_example_of_a_reader(client: httpx.AsyncClient, keys: dict[tuple[Role, str], str]) -> None:
    """A viewer reads coverage, and may not write Cypher."""
    key = bearer(keys[Role.viewer, "everywhere"])
    asked = {"query": "RETURN 1 AS x"}
    assert (await client.post(f"{PREFIX}/cypher", json=asked, headers=key)).status_code == 403
    found = await client.get(f"{PREFIX}/coverage", headers=key, params={"area": "990101001001", **DAY})
    assert found.status_code == 200
    long = {"Cobuild-Reason": quote("长" * 501)}
    office = bearer(keys[Role.organization_department, "everywhere"])
    assert (await client.get(NODE, headers=office | long)).status_code == 422
