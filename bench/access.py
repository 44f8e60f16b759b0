"""Rows streamed over HTTP against the bare driver; what log-in, area and audit cost a query."""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

import psutil

from bench.measures import DAY, PORT, Measure, service
from bench.peer import driver_for
from graph.ledger import Ledger
from graph.ledger.roles import Role
from graph.store.engine import EmbeddedEngine

ROWS = 100_000
LONG = f"UNWIND range(1, {ROWS}) AS x RETURN x AS n, 'q-990101-001' AS quarter, '示例小区' AS name"
AREA = "990101001001"
QUERY = ("body_members", {"body": "oc-990101-001"})


def measure_streaming(data_dir: Path, heap: str, times: int) -> list[Measure]:
    """A result of 100,000 rows as JSON lines, in turn with the bare driver; first byte; memory."""
    with service(data_dir, heap, COBUILD_SHOW_PERSONAL="true") as (process, _):
        return asyncio.run(_stream(data_dir, times, process.pid))


async def _stream(data_dir: Path, times: int, pid: int) -> list[Measure]:
    engine = EmbeddedEngine(data_dir)
    address = await engine.acquire()
    ours, theirs, first = [], [], []
    client = HTTPConnection("127.0.0.1", PORT)
    before = 0.0
    async with driver_for(address) as driver:
        for i in range(times + 2):
            begun = time.perf_counter()
            answer = _ask(client, LONG)
            answer.read(1)
            started = time.perf_counter()
            rows = answer.read().count(b"\n")
            ended = time.perf_counter()
            assert rows == ROWS + 2
            bare = time.perf_counter()
            async with driver.session(database=address.database) as session:
                result = await session.run(LONG)
                assert len([record.values() async for record in result]) == ROWS
            if i >= 2:
                ours.append(ended - begun)
                first.append(started - begun)
                theirs.append(time.perf_counter() - bare)
            if i == 1:
                before = psutil.Process(pid).memory_info().rss
    _ask(client, LONG.replace(str(ROWS), "999000")).read()
    grown = (psutil.Process(pid).memory_info().rss - before) / 2**20
    await engine.release()
    return [
        Measure("100,000 rows as JSON lines over HTTP", ours, "s", ""),
        Measure("the same through the bare driver", theirs, "s", ""),
        Measure(
            "HTTP / bare driver", [a / b for a, b in zip(ours, theirs, strict=True)], "×", "aim: at most 1.5"
        ),
        Measure(
            "first byte / whole answer",
            [a / b for a, b in zip(first, ours, strict=True)],
            "×",
            "aim: below 0.1",
        ),
        Measure("memory grown by a million rows", [grown], "MiB", "aim: at most 64"),
    ]


def _ask(client: HTTPConnection, query: str) -> HTTPResponse:
    body = json.dumps({"query": query})
    headers = {"Content-Type": "application/json"}
    client.request("POST", "/api/v1/cypher?format=jsonl", body, headers)
    return client.getresponse()


def measure_access(data_dir: Path, heap: str, times: int) -> list[Measure]:
    """A named query of a caller with key and area, in turn with one without a key."""
    key = asyncio.run(_key(data_dir))
    guarded = PORT + 1
    with service(data_dir, heap), _guarded(data_dir, heap, guarded):
        return _in_turn(times, guarded, key)


@contextmanager
def _guarded(data_dir: Path, heap: str, port: int) -> Iterator[None]:
    limits = {"COBUILD_RATE_LIMIT": "1000000/minute", "COBUILD_AUTH": "required"}
    with service(data_dir, heap, port=port, **limits):
        yield


async def _key(data_dir: Path) -> str:
    ledger = Ledger(data_dir)
    if not await ledger.accounts.accounts():
        await ledger.accounts.add("bench", Role.viewer, AREA, by="bench")
    key, _ = await ledger.accounts.issue_key("bench", None, "")
    await ledger.close()
    return key


def _in_turn(times: int, guarded: int, key: str) -> list[Measure]:
    name, given = QUERY
    path = f"/api/v1/queries/{name}?{urlencode({**given, 'as_of': DAY.isoformat()})}"
    open_, closed = (HTTPConnection("127.0.0.1", port) for port in (PORT, guarded))
    headers = {"Authorization": f"Bearer {key}"}
    begun = time.perf_counter()
    _get(closed, path, headers)
    made = time.perf_counter() - begun
    plain, kept = [], []
    for i in range(times + 50):
        a, b = _get(open_, path, {}), _get(closed, path, headers)
        if i >= 50:
            plain.append(a)
            kept.append(b)
    stretch = max(1, len(plain) // 10)
    added = [
        statistics.median(kept[i : i + stretch]) - statistics.median(plain[i : i + stretch])
        for i in range(0, len(plain), stretch)
    ]
    return [
        Measure(f"{name}, nobody logs in", plain, "ms", ""),
        Measure(f"{name}, key, area and audit", kept, "ms", ""),
        Measure("what key, area and audit add to the median", added, "ms", "aim: at most 2 ms"),
        Measure("a community's copy, made for the first question", [made], "s", ""),
    ]


def _get(client: HTTPConnection, path: str, headers: dict[str, str]) -> float:
    begun = time.perf_counter()
    client.request("GET", path, headers=headers)
    answer = client.getresponse()
    body = answer.read()
    assert answer.status == 200, body
    return (time.perf_counter() - begun) * 1000
