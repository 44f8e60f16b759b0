"""Ad-hoc Cypher over HTTP: shapes, limits, errors, and the end of a query no one waits for."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import uvicorn

from graph.reading.graph import Graph
from tests.api.conftest import make_app
from tests.reading.adhoc.corpus import attacks
from tests.reading.adhoc.endless import ENDLESS, begins_soon, ends_soon

WHERE = "/api/v1/cypher"
LISTED = "MATCH (q:Quarter) RETURN q.id AS id, q.name AS 名称 ORDER BY id"


async def post(client: httpx.AsyncClient, query: str, **more: Any) -> httpx.Response:
    """One query; `format` goes into the address."""
    params = {"format": more.pop("format")} if "format" in more else {}
    return await client.post(WHERE, json={"query": query, **more}, params=params)


async def test_every_shape_has_the_same_rows(open_client: httpx.AsyncClient, loaded: Graph) -> None:
    """JSON, JSON lines and CSV, compared with what the store reads by itself."""
    (expected,) = await loaded.store.read([(LISTED, {})])
    rows = [list(row.values()) for row in expected]
    whole = (await post(open_client, LISTED)).json()
    assert whole["columns"] == ["id", "名称"]
    assert whole["rows"] == rows
    assert (whole["truncated"], whole["cut"], whole["rows_given"]) == (False, None, len(rows))
    assert whole["stamp"]["rows"] == len(rows)
    assert whole["stamp"]["data_version"] == await loaded.version()
    answer = await post(open_client, LISTED, format="jsonl")
    first, *middle, last = [json.loads(line) for line in answer.text.splitlines()]
    assert first == {"columns": ["id", "名称"]}
    assert middle == rows
    assert last["end"]["stamp"] == whole["stamp"]
    table = (await post(open_client, LISTED, format="csv")).content
    assert table.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    assert read == [["id", "名称"], *rows]


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv"])
async def test_a_cut_is_said_in_every_shape(open_client: httpx.AsyncClient, format_: str) -> None:
    """Rows that are missing are never missing in silence."""
    query = "UNWIND range(1, 5000) AS x RETURN x"
    cut = (await post(open_client, query, limits={"rows": 1200}, format=format_)).text
    whole = (await post(open_client, query, format=format_)).text
    shown = {"json": '"truncated":true', "jsonl": '"truncated":true', "csv": "截断"}[format_]
    assert shown in cut
    assert shown not in whole
    assert "1200" in cut
    assert "1201" not in cut


async def test_parameters_are_values(open_client: httpx.AsyncClient) -> None:
    """Texts, numbers, lists, maps and null arrive as they are; nothing is put into the text."""
    given = {"a": "'; MATCH (n) DETACH DELETE n", "b": 1.5, "c": [1, None], "d": {"k": "中"}}
    query = "RETURN $a AS a, $b AS b, $c AS c, $d.k AS d"
    found = (await post(open_client, query, parameters=given)).json()
    assert found["rows"] == [[given["a"], 1.5, [1, None], "中"]]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"query": "MATCH (n) SET n.x = 1"}, 403, "query_refused"),
        ({"query": "RETURN 1 ORDR"}, 422, "query_syntax"),
        ({"query": "RETURN $missing"}, 422, "query_syntax"),
        ({"query": "RETURN 1 //" + "x" * 100_000}, 413, "query_too_long"),
        ({"query": "RETURN 1", "limits": {"rows": 10**9}}, 422, "bad_parameter"),
        ({"query": "RETURN 1", "limits": {"rows": 0}}, 422, "bad_parameter"),
        ({"query": "RETURN 1", "limit": 1}, 422, "bad_parameter"),
        ({"query": ""}, 403, "query_refused"),
        ({}, 422, "bad_parameter"),
        ({"query": ENDLESS, "limits": {"seconds": 1}}, 504, "query_timed_out"),
    ],
)
async def test_each_failure_is_told_apart(
    open_client: httpx.AsyncClient, body: dict[str, Any], status: int, code: str
) -> None:
    """Refused, with errors, too long, over the time: a problem document with its own code."""
    response = await open_client.post(WHERE, json=body)
    assert (response.status_code, response.json()["code"]) == (status, code), response.text
    assert response.headers["content-type"] == "application/problem+json"


def nested(levels: int) -> Any:
    """A list in a list, and so on."""
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


UNUSABLE: dict[str, Any] = {
    "beyond 64 bit": 2**63,
    "below 64 bit": -(2**63) - 1,
    "half of a pair": "甲\ud800",
    "deep": nested(900),
    "deep inside": {"a": nested(40)},
    "half of a pair as a key": {"\udfff": 1},
}


@pytest.mark.parametrize("value", UNUSABLE.values(), ids=list(UNUSABLE))
async def test_a_parameter_that_no_engine_takes_is_named(open_client: httpx.AsyncClient, value: Any) -> None:
    """422 with the parameter's name, for a query and for the default or value of a saved one."""
    saved = {
        "title": "t",
        "text": "RETURN $x AS x",
        "parameters": {"x": {"type": "string", "default": value}},
    }
    runs: dict[str, Any] = {"parameters": {"x": value}}
    for method, path, body in (
        ("POST", WHERE, {"query": "RETURN $x AS x", **runs}),
        ("PUT", "/api/v1/saved/unusable", saved),
        ("POST", "/api/v1/saved/unusable/run", runs),
    ):
        found = await open_client.request(method, path, content=json.dumps(body))
        assert found.status_code == 422, found.text
        assert (found.json()["code"], found.json()["subject"]) == ("bad_parameter", "x")


async def test_the_last_usable_values_arrive(open_client: httpx.AsyncClient) -> None:
    """The greatest and least whole numbers, a character of two units, a list in lists."""
    given = [2**63 - 1, -(2**63), "𠮷\x1b", nested(8)]
    found = await post(open_client, "RETURN $a AS a", parameters={"a": given})
    assert found.json()["rows"] == [[given]]


@pytest.mark.parametrize("text", ["换届\ud800", "换届\x1b[31m", "换届\uffff"])
async def test_texts_that_are_kept_hold_no_control_characters(
    open_client: httpx.AsyncClient, text: str
) -> None:
    """Reasons, names and titles of every route with a body are shown to others later."""
    change = {"kind": "appoint", "person": "p-990101-0022", "body": "oc-990101-009", "role": "member"}
    decision = {"as_of": "2025-07-01", "changes": [change], "decided_by": "示例科", "reason": "换届"}
    waiver = {"finding": "R15:oc-990101-009", "reason": text, "until": "2026-01-01", "decided_by": "示例科"}
    asked: list[tuple[str, dict[str, Any], str]] = [
        ("/appointments", {**decision, "reason": text}, "reason"),
        ("/appointments", {**decision, "decided_by": text}, "decided_by"),
        ("/appointments/check", {"changes": [{**change, "title": text}]}, "title"),
        ("/waivers", waiver, "reason"),
    ]
    for path, body, name in asked:
        found = await open_client.post(f"/api/v1{path}", content=json.dumps(body))
        assert (found.status_code, found.json()["subject"]) == (422, name), found.text


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv"])
async def test_an_error_after_the_first_rows_is_the_last_thing_said(
    open_client: httpx.AsyncClient, format_: str, loaded: Graph
) -> None:
    """The answer had begun with 200: what follows says that it is not whole."""
    query = "UNWIND range(1, 6000) AS x RETURN 1 / (5500 - x) AS y"
    response = await post(open_client, query, format=format_)
    if response.status_code != 200:  # the engine computed all rows before the first
        assert response.status_code == 422
        return
    end = response.text[-600:]
    assert "失败" in end or "出错" in end or '"error"' in end, end
    if format_ == "json":
        assert "error" in response.json()


async def test_attacks_get_a_4xx_and_change_nothing(open_client: httpx.AsyncClient, loaded: Graph) -> None:
    """Every way around that the guard's corpus knows."""
    counted = "MATCH (n) RETURN count(n) AS n, sum(size(keys(n))) AS k"
    before = await loaded.store.read([(counted, {})])
    for text in sorted(set(attacks())):
        response = await post(open_client, text)
        assert 400 <= response.status_code < 500, (text, response.text)
    assert await loaded.store.read([(counted, {})]) == before


@asynccontextmanager
async def served(graph: Graph) -> AsyncIterator[str]:
    """A real server on loopback: only there can a caller go away."""
    app = make_app(graph, show_personal=True)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    serving = asyncio.create_task(server.serve())
    try:
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event
            await asyncio.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await serving


async def test_the_engine_stops_when_the_caller_goes_away(graph: Graph) -> None:
    """Before the first row, and in the middle of many."""
    many = "UNWIND range(1, 50000) AS a UNWIND range(1, 50000) AS b RETURN a, b"
    async with served(graph) as address, httpx.AsyncClient(base_url=address) as client:
        asking = asyncio.create_task(post(client, ENDLESS))
        assert await begins_soon(graph)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        assert await ends_soon(graph)
        body = {"query": many}
        async with client.stream("POST", WHERE, json=body, params={"format": "jsonl"}) as answer:
            async for _ in answer.aiter_bytes():
                break
        assert await ends_soon(graph)


async def test_rows_leave_before_all_are_there(graph: Graph) -> None:
    """The first bytes come long before the last, and no more is held than some rows."""
    query = "UNWIND range(1, 200000) AS x RETURN x, 'some text of a row' AS text"
    async with served(graph) as address, httpx.AsyncClient(base_url=address) as client:
        asked = {"json": {"query": query}, "params": {"format": "jsonl"}}
        async with client.stream("POST", WHERE, **asked) as answer:
            sizes = [len(part) async for part in answer.aiter_raw()]
        assert len(sizes) > 20
        assert max(sizes) < 1_000_000
