"""Candidates over HTTP: scope, rule and subject, pages beside all gaps, masking."""

from __future__ import annotations

import httpx

from graph.private import MASK
from tests.api.conftest import get
from tests.api.walk import AREA, DAY

PATH = "/api/v1/candidates"


async def test_rule_and_subject_choose_gaps_and_rows(client: httpx.AsyncClient) -> None:
    """A code and a name mean the same; a subject gets its own part of the area's answer."""
    whole = await get(client, PATH, area=AREA, rule="R19", limit=1000, **DAY)
    name = "two_committee_member_not_in_owners_committee"
    assert whole["data"] == (await get(client, PATH, area=AREA, rule=name, limit=1000, **DAY))["data"]
    subject = whole["data"]["rows"][0]["subject"]
    part = await get(client, PATH, rule="R19", subject=subject, limit=1000, **DAY)
    for key in ("gaps", "rows"):
        assert part["data"][key] == [r for r in whole["data"][key] if r["subject"] == subject]
    assert whole["stamp"]["parameters"] == {
        "area": AREA,
        "rule": "R19",
        "subject": None,
        "as_of": "2025-06-30",
    }


async def test_pages_hold_rows_and_every_gap(client: httpx.AsyncClient) -> None:
    """Pages together are the whole; the gaps are the same beside each."""
    params = {"place": "worked_example", "rule": "R19", **DAY}
    whole = await get(client, PATH, limit=1000, **params)
    total = whole["page"]["total"]
    first = await get(client, PATH, limit=total // 2 + 1, **params)
    second = await get(client, PATH, limit=total // 2 + 1, cursor=first["page"]["next"], **params)
    assert first["data"]["rows"] + second["data"]["rows"] == whole["data"]["rows"]
    assert first["data"]["gaps"] == second["data"]["gaps"] == whole["data"]["gaps"]
    assert whole["stamp"]["rows"] == total == len(whole["data"]["rows"])


async def test_persons_are_shown_only_by_the_operator(
    client: httpx.AsyncClient, open_client: httpx.AsyncClient
) -> None:
    """The same ranks and numbers, with and without persons."""
    params = {"area": AREA, "rule": "R17", "limit": 1000, **DAY}
    masked = (await get(client, PATH, **params))["data"]
    shown = (await get(open_client, PATH, **params))["data"]
    assert {MASK} == {row["candidate"] for row in masked["rows"]}
    assert all(row["candidate"].startswith("p-990101-") for row in shown["rows"])
    ranks = [[(r["finding"], r["rank"]) for r in data["rows"]] for data in (masked, shown)]
    assert ranks[0] == ranks[1]
    reported = ("reason_zh", "reason_en")
    gaps = [[{n: v for n, v in g.items() if n not in reported} for g in d["gaps"]] for d in (masked, shown)]
    assert gaps[0] == gaps[1]
    assert {g["reason_zh"].partition("；")[0] for g in masked["gaps"]} <= {"不符合", "条件不具备，不算缺口"}
