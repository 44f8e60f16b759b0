"""Appointments over HTTP: checked without a trace, carried out once, or refused with reasons."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.routers.appointments import EXAMPLE
from graph.ledger import Intentions
from graph.ledger.roles import Role
from graph.reading.graph import Graph
from tests.api.access import bearer, make_keys
from tests.api.conftest import client_of, get, make_app
from tests.api.problem_documents import check_problem
from tests.appointments.scenes import appointment, dump, relief, scene_of_conflict
from tests.oracle.asking import store
from tests.oracle.scene import post

WHERE = "/api/v1/appointments"
DAY = "2025-06-30"
DOCUMENT = Path(__file__).parents[2] / "docs" / "appointments.md"


def body(*changes: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A request."""
    return {"as_of": DAY, "changes": list(changes), **more}


async def posted(client: httpx.AsyncClient, where: str, value: Any) -> Any:
    """The JSON of a POST that has to succeed."""
    response = await client.post(where, json=value)
    assert response.status_code == 200, response.text
    assert response.headers["cache-control"] == "no-store"
    return response.json()


async def test_the_published_examples_can_be_checked(client: httpx.AsyncClient) -> None:
    """The proposal of the OpenAPI document and that of docs/appointments.md fit the seed data."""
    (documented,) = re.findall(r"```json\n(.*?)```", DOCUMENT.read_text("utf-8"), re.S)
    for proposal in (EXAMPLE, json.loads(documented)):
        checked = await posted(client, f"{WHERE}/check", proposal)
        assert len(checked["data"]["changes"]) >= len(proposal["changes"])


async def test_a_check_says_what_would_come_and_writes_nothing(
    scratch_client: httpx.AsyncClient, graph: Graph
) -> None:
    """The envelope holds effects with reasons in Chinese; the graph is what it was."""
    await store(graph, scene_of_conflict().builder)
    before = await dump(graph)
    answer = await posted(scratch_client, f"{WHERE}/check", body(appointment(2, "chair", "oc-1")))
    found = {row["code"]: row for row in answer["data"]["appear"]}
    assert found["R27"]["reason_zh"] == "不符合；依据含个人信息，说明从略"
    assert found["R27"]["verdict_before"] is None
    assert answer["stamp"]["as_of"] == DAY
    assert before == await dump(graph)


async def test_a_decision_needs_its_waivers_and_is_listed(
    scratch_client: httpx.AsyncClient, graph: Graph
) -> None:
    """409 with the finding named; with a waiver it is carried out, listed, and tallied apart."""
    await store(graph, scene_of_conflict().builder)
    signed = {"decided_by": "示例科", "reason": "换届"}
    request = body(appointment(2, "chair", "oc-1"), **signed)
    refused = await scratch_client.post(WHERE, json=request)
    check_problem(refused, 409, "findings_not_decided")
    checked = await posted(scratch_client, f"{WHERE}/check", body(*request["changes"]))
    waivers = [
        {"finding": r["finding"], "reason": "已报批", "until": "2026-01-01"}
        for r in checked["data"]["appear"]
    ]
    done = await posted(scratch_client, WHERE, {**request, "waivers": waivers})
    decisions = await get(scratch_client, "/api/v1/decisions")
    assert decisions["data"][0]["id"] == done["data"]["decision"]
    assert decisions["data"][0]["state"] == "applied"
    kept = await get(scratch_client, "/api/v1/waivers", as_of=DAY)
    assert {w["finding"] for w in waivers} <= {w["finding"] for w in kept["data"]}
    checks = await get(scratch_client, "/api/v1/checks", rule="R27", as_of=DAY)
    (tally,) = checks["data"]["tally"]
    assert (tally["fail"], tally["waived"]) == (0, 1)
    tag = (await scratch_client.get("/api/v1/checks?rule=R27")).headers["etag"]
    for waiver in kept["data"]:
        await posted(scratch_client, f"/api/v1/waivers/{waiver['id']}/end", {"until": DAY})
    changed = await scratch_client.get("/api/v1/checks?rule=R27", headers={"If-None-Match": tag})
    assert changed.status_code == 200  # the ledger is part of the answer's identity
    checks = await get(scratch_client, "/api/v1/checks", rule="R27", as_of=DAY)
    assert checks["data"]["tally"][0]["fail"] == 1


async def test_a_standing_finding_is_waived(scratch_client: httpx.AsyncClient, graph: Graph) -> None:
    """POST /waivers takes a finding that stands; one that does not is a 404."""
    await store(graph, scene_of_conflict().builder)
    finding = f"R14:p-990101-1|{post(1, 'member', 'oc-1')}"
    given = {
        "finding": finding,
        "reason": "已报批",
        "until": "2026-01-01",
        "decided_by": "示例科",
        "since": DAY,
    }
    kept = await posted(scratch_client, "/api/v1/waivers", given)
    assert kept["data"]["finding"] == finding
    await posted(scratch_client, f"/api/v1/waivers/{kept['data']['id']}/end", {"until": DAY})
    missing = await scratch_client.post("/api/v1/waivers", json={**given, "finding": "R14:x|y"})
    check_problem(missing, 404, "not_found")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (body(relief("p-990101-1~HOLDS_POST~oc-990101-1~chair~1")), "proposal_rejected"),
        (body(appointment(99, "chair", "oc-1")), "proposal_rejected"),
        (body(), "bad_parameter"),
        ({"changes": [relief("x")]}, "bad_parameter"),
        (body(relief("x"), more=1), "bad_parameter"),
        ("nothing", "bad_parameter"),
    ],
)
async def test_a_bad_proposal_is_a_problem_document(
    value: Any, code: str, scratch_client: httpx.AsyncClient, graph: Graph
) -> None:
    """What is wrong is reported in Chinese and English, with the place in the request."""
    await store(graph, scene_of_conflict().builder)
    check_problem(await scratch_client.post(f"{WHERE}/check", json=value), 422, code)


async def test_nothing_is_decided_without_the_right(graph: Graph) -> None:
    """An analyst may ask what would be, and not carry it out: 403, and nothing is written."""
    await store(graph, scene_of_conflict().builder)
    before = await dump(graph)
    request = body(appointment(3, "chair", "oc-1"), decided_by="x", reason="y")
    keys = await make_keys(graph)
    async with client_of(make_app(graph, auth="required")) as client:
        check_problem(await client.post(WHERE, json=request), 401, "unauthorized")
        client.headers.update(bearer(keys[Role.analyst, "everywhere"]))
        check_problem(await client.post(WHERE, json=request), 403, "not_allowed")
        assert (await client.post(f"{WHERE}/check", json=body(*request["changes"]))).is_success
    assert before == await dump(graph)


async def test_a_form_from_another_site_is_not_read(scratch_client: httpx.AsyncClient, graph: Graph) -> None:
    """Only JSON declared as such is a request: what a browser posts unasked is refused."""
    await store(graph, scene_of_conflict().builder)
    text = '{"as_of": "2025-06-30", "changes": [{"kind": "relieve", "post": "x"}]}'
    response = await scratch_client.post(WHERE, content=text, headers={"Content-Type": "text/plain"})
    assert response.status_code == 422


async def test_profiles_are_explained(client: httpx.AsyncClient) -> None:
    """The list names every profile; one is found by a short Chinese name."""
    names = {p["profile"] for p in (await get(client, "/api/v1/profiles"))["data"]}
    assert {"national", "beijing", "shigu"} <= names
    found = await get(client, "/api/v1/profiles/衡阳石鼓", rule="R15", as_of="2019-06-30")
    settings = {r["setting"]: r for r in found["data"]}
    assert (settings["num"]["value"], settings["num"]["profile"]) == (1, "national")
    check_problem(await client.get("/api/v1/profiles/nowhere"), 404, "not_found")


async def test_a_decision_is_answered_where_the_ledger_is_locked_meanwhile(
    scratch_client: httpx.AsyncClient, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is carried out is called that, its record is completed later; a waiver is not half kept."""
    monkeypatch.setattr("graph.ledger.connection.BUSY", 100)
    await store(graph, scene_of_conflict().builder)
    await graph.ledger.close()
    real = Intentions.conclude
    lock = sqlite3.connect(graph.settings.data_dir / "ledger.db", isolation_level=None)

    async def locked(self: Intentions, *given: Any, **named: Any) -> bool:
        lock.execute("BEGIN IMMEDIATE")
        return await real(self, *given, **named)

    monkeypatch.setattr(Intentions, "conclude", locked)
    signed = {"decided_by": "示例科", "reason": "换届"}
    done = await posted(scratch_client, WHERE, body(appointment(3, "chair", "oc-1"), **signed))
    assert done["data"]["state"] == "pending"
    waiver = {"finding": "R14:x", "reason": "-", "until": "2026-01-01", "decided_by": "科"}
    assert (await scratch_client.post("/api/v1/waivers", json=waiver)).status_code in (404, 503)
    lock.execute("ROLLBACK")
    lock.close()
    monkeypatch.setattr(Intentions, "conclude", real)
    decisions = await get(scratch_client, "/api/v1/decisions")
    assert [d["state"] for d in decisions["data"]] == ["applied"]
    what = [e.what for e in await graph.ledger.audit.read() if "appointments" in e.what]
    assert what == [
        f"POST {WHERE.removeprefix('/api/v1')} begun",
        f"POST {WHERE.removeprefix('/api/v1')} applied",
    ]


async def test_a_change_and_its_entry_are_one(scratch_client: httpx.AsyncClient, graph: Graph) -> None:
    """A waiver over HTTP has an entry of its own beside that of the answer."""
    await store(graph, scene_of_conflict().builder)
    checks = await get(scratch_client, "/api/v1/checks", rule="R14", as_of=DAY, verdict="fail")
    finding = checks["data"]["rows"][0]["finding"]
    waiver = {"finding": finding, "reason": "-", "until": "2026-01-01", "decided_by": "科", "since": DAY}
    await posted(scratch_client, "/api/v1/waivers", waiver)
    what = [(e.what, e.status) for e in await graph.ledger.audit.read() if "waivers" in e.what]
    assert what == [("POST /waivers done", None), ("POST /waivers", 200)]
