"""Pages: every row once in a stable order, and no cursor that leads into another answer."""

from __future__ import annotations

import shutil
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import date
from typing import Any

import httpx
import pytest

from api.http.paging import PageCursor
from graph.data_files import data_folder
from graph.errors import BadParameter
from graph.loading.load import load_delivery
from graph.reading.graph import Graph
from graph.store.version import take_version
from tests.api.conftest import client_of, get, make_app
from tests.api.problem_documents import check_problem
from tests.api.walk import address
from tests.conftest import Opener

PAGED = ["/areas", "/coverage", "/search", "/nodes/{id}/neighbours", "/queries/{name}"]


def rows_of(body: dict[str, Any]) -> list[Any]:
    """The rows of a page."""
    rows: list[Any] = body["data"]["rows"] if isinstance(body["data"], dict) else body["data"]
    return rows


async def pages(client: httpx.AsyncClient, path: str, **params: Any) -> list[dict[str, Any]]:
    """All pages of an answer, following the cursors."""
    found = [await get(client, path, **params)]
    while (cursor := found[-1]["page"]["next"]) is not None:
        found.append(await get(client, path, cursor=cursor, **params))
    return found


@pytest.mark.parametrize("path", PAGED)
async def test_pages_are_the_whole_answer(client: httpx.AsyncClient, path: str) -> None:
    """Laid end to end, the pages are the rows of the answer in one page."""
    where, params = address(path)
    whole = await get(client, where, limit=1000, **params)
    limit = max(2, len(whole["data"]) // 3)
    found = await pages(client, where, limit=limit, **params)
    assert whole["data"] == [row for page in found for row in rows_of(page)]
    assert {whole["page"]["total"]} == {p["page"]["total"] for p in found}
    assert len(found) > 1
    assert all(p["stamp"]["truncated"] for p in found)


async def test_checks_come_in_pages_beside_their_tally(client: httpx.AsyncClient) -> None:
    """The rows are cut, the tally stands on every page."""
    params = {"area": "990101001001", "as_of": "2025-06-30"}
    whole = await get(client, "/api/v1/checks", limit=1000, **params)
    total = whole["page"]["total"]
    found = await pages(client, "/api/v1/checks", limit=total // 2 + 1, **params)
    assert len(found) == 2
    assert whole["data"]["rows"] == [row for page in found for row in rows_of(page)]
    assert all(whole["data"]["tally"] == page["data"]["tally"] for page in found)


async def test_the_limit_may_change_on_the_way(client: httpx.AsyncClient) -> None:
    """A cursor says where to go on, not how far."""
    path = "/api/v1/areas"
    first = await get(client, path, limit=3)
    rest = await get(client, path, limit=1000, cursor=first["page"]["next"])
    assert (await get(client, path, limit=1000))["data"] == first["data"] + rest["data"]


async def test_without_limit_a_page_has_a_hundred_rows(client: httpx.AsyncClient) -> None:
    """And there are limits to the limit."""
    body = await get(client, "/api/v1/search", q="示例")
    assert len(body["data"]) == 100
    for limit in (0, 1001, "x"):
        response = await client.get("/api/v1/areas", params={"limit": limit})
        assert check_problem(response, 422, "bad_parameter")["subject"] == "limit"


async def test_a_cursor_ends_with_the_data_version(scratch_client: httpx.AsyncClient, graph: Graph) -> None:
    """After a load the rows may be others, so the next page is refused."""
    await load_delivery(graph.store, data_folder("seed_data") / "divisions")
    cursor = (await get(scratch_client, "/api/v1/areas", limit=2))["page"]["next"]
    await graph.store.write(lambda tx: take_version(tx, 1))
    response = await scratch_client.get("/api/v1/areas", params={"limit": 2, "cursor": cursor})
    assert check_problem(response, 410, "cursor_expired")["subject"] == "cursor"


async def test_a_cursor_ends_with_the_day(loaded: Graph) -> None:
    """Pages of an answer for today do not go on tomorrow."""
    async with client_of(make_app(loaded)) as client:
        cursor = (await get(client, "/api/v1/areas", limit=2))["page"]["next"]
    later = replace(loaded, today=lambda: date(2025, 7, 1))
    async with client_of(make_app(later)) as client:
        response = await client.get("/api/v1/areas", params={"cursor": cursor})
    check_problem(response, 410, "cursor_expired")


async def test_a_cursor_belongs_to_its_question(client: httpx.AsyncClient) -> None:
    """With other parameters or at another endpoint it means nothing."""
    cursor = (await get(client, "/api/v1/areas", limit=2))["page"]["next"]
    for path in ("/api/v1/areas?as_of=2025-06-29", "/api/v1/coverage?as_of=2025-06-30"):
        response = await client.get(f"{path}&cursor={cursor}")
        check_problem(response, 422, "bad_parameter")


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "====",
        "é",
        "MTIz",
        "Li4u",
        urlsafe_b64encode(b"-5.7.a.b").decode(),
        urlsafe_b64encode(b"1.x.a.b").decode(),
        urlsafe_b64encode(b"\xff\xfe").decode(),
    ],
)
async def test_a_broken_cursor_is_refused(client: httpx.AsyncClient, text: str) -> None:
    """What was not given out is a 422, whatever it looks like."""
    response = await client.get("/api/v1/areas", params={"cursor": text})
    assert check_problem(response, 422, "bad_parameter")["subject"] == "cursor"


def test_a_cursor_reads_what_it_wrote() -> None:
    """Encoding and decoding are each other's inverse; a cut text is none."""
    cursor = PageCursor(100, 7, "e" * 16, "a" * 16)
    assert cursor == PageCursor.decode(cursor.encode())
    with pytest.raises(BadParameter):
        PageCursor.decode(cursor.encode()[:8])


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/gaps", {"dimension": "party_branch"}),
        ("/coverage", {"dimension": "party_branch"}),
        ("/reports", {"by": "body"}),
        ("/candidates", {"rule": "R19"}),
        ("/law/verdicts", {"rule": "R15", "from": "2024-06-30", "to": "2025-06-30"}),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
async def test_a_further_page_is_cut_from_what_is_remembered(
    loader: Opener, monkeypatch: pytest.MonkeyPatch, path: str, params: dict[str, str]
) -> None:
    """No file of rules, dimensions or candidates is asked again; the rows are those of one page of all."""
    graph = await loader("embedded")
    texts: list[str] = []
    read, each = graph.store.read, graph.store.read_each

    async def counted(statements: list[Any], **most: Any) -> list[Any]:
        texts.extend(text for text, _ in statements)
        return await (read if len(statements) > 1 else each)(statements, **most)

    folders = ("rules", "coverage", "candidates")
    asked = {q.asked for folder in folders for q in graph.catalogue.folder(folder)}
    given = {"area": "990101000000", **params}
    where = f"/api/v1{path}"
    async with client_of(make_app(graph)) as client:
        whole = await get(client, where, limit=1000, **given)
        monkeypatch.setattr(graph.store, "read", counted)
        monkeypatch.setattr(graph.store, "read_each", counted)
        found = await pages(client, where, limit=len(rows_of(whole)) // 2 + 1, **given)
    assert len(found) == 2
    assert rows_of(whole) == [row for page in found for row in rows_of(page)]
    assert not asked.intersection(texts)


async def test_further_pages_come_where_kept_findings_were_removed(
    loaded: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by another process that makes room: rows are found anew, for who asked for a page before too."""
    monkeypatch.setattr("graph.kept.unit.SMALL", 0)
    async with client_of(make_app(loaded)) as client:
        first = await get(client, "/api/v1/checks", limit=50)
        shutil.rmtree(loaded.settings.data_dir / "findings")
        monkeypatch.setattr("graph.kept.unit.UNPACKED", 0)
        for offset in (0, 50, 100):
            answer = await get(client, "/api/v1/checks", limit=50, offset=offset)
            assert answer["page"]["total"] == first["page"]["total"]


async def test_a_difference_has_further_pages(client: httpx.AsyncClient) -> None:
    """Each page has its names, though both sides are compared anew for it."""
    given = {"area": "990101001001", "from": "2024-06-30", "to": "2025-06-30", "change": "staying"}
    whole = await get(client, "/api/v1/reports/difference", limit=1000, **given)
    found = await pages(client, "/api/v1/reports/difference", limit=len(rows_of(whole)) // 2 + 1, **given)
    assert len(found) == 2
    assert rows_of(whole) == [row for page in found for row in rows_of(page)]
    assert all(row["reason_zh"] for row in rows_of(whole))
