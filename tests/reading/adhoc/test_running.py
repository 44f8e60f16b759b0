"""Running ad-hoc queries: limits, places of errors, and the end of what no one waits for."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from graph.errors import BadParameter, QueryTimedOut
from graph.reading.adhoc import QueryLimits, open_query
from graph.reading.adhoc.refusals import BadQuery, TooLong
from graph.reading.graph import Graph
from tests.reading.adhoc.endless import ENDLESS, begins_soon, ends_soon


async def run(graph: Graph, text: str, limits: QueryLimits | None = None) -> tuple[list[Any], Any]:
    """All rows, and how it ended."""
    async with open_query(graph, text, {}, limits) as running:
        rows = [row async for row in running]
    return rows, running


@pytest.mark.parametrize("most", [1, 999, 1000, 1001, 2500])
async def test_rows_are_cut_where_the_limit_says(graph: Graph, most: int) -> None:
    """And a result of exactly so many rows is not called cut."""
    rows, running = await run(graph, "UNWIND range(1, 3000) AS x RETURN x", QueryLimits(rows=most))
    assert [row[0] for row in rows] == list(range(1, most + 1))
    assert (running.cut, running.ended().truncated) == ("rows", True)
    rows, running = await run(graph, f"UNWIND range(1, {most}) AS x RETURN x", QueryLimits(rows=most))
    assert len(rows) == most == running.ended().rows
    assert running.cut is None


async def test_bytes_are_those_of_json_lines(graph: Graph) -> None:
    """Every row is `["中"]` and a line end: eight bytes."""
    rows, running = await run(graph, "UNWIND range(1, 3000) AS x RETURN '中'", QueryLimits(bytes=80))
    assert len(rows) == 10
    assert running.cut == "bytes"
    async with open_query(graph, "RETURN '中'") as query:
        assert [line async for lines in query.lines() for line in lines] == ['["中"]\n'.encode()]


@pytest.mark.parametrize(
    "limits",
    [QueryLimits(rows=10**9), QueryLimits(seconds=1e6), QueryLimits(bytes=1 << 40), QueryLimits(rows=0)],
)
async def test_limits_are_only_lowered(graph: Graph, limits: QueryLimits) -> None:
    """Above the service's own they are refused, not cut down in silence."""
    with pytest.raises(BadParameter, match="上限"):
        await run(graph, "RETURN 1", limits)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("RETURN 1 ORDR", 1, 10),
        ("\n// leading\n  MATCH (n:Area)\n  RETURN n.id ORDR BY n.id", 4, 15),
        ("/* a\nb */ RETURN 1 ORDR", 2, 15),
        ("MATCH (q:Quarter)\nWITH q.name AS n\nRETURN n, q.id", 3, 11),
        ("RETURN 1 AS missing\nLIMIT $missing", 2, 8),
    ],
)
async def test_a_mistake_is_told_with_its_place(graph: Graph, text: str, line: int, column: int) -> None:
    """As the caller wrote it, whatever the engine was sent."""
    with pytest.raises(BadQuery) as caught:
        await run(graph, text)
    assert f"第 {line} 行第 {column} 列" in caught.value.zh


async def test_a_mistake_while_running_is_the_callers(graph: Graph) -> None:
    """Not an error of the service."""
    with pytest.raises(BadQuery):
        await run(graph, "UNWIND [1, 0] AS x RETURN 1 / x")


async def test_a_text_may_be_too_long(graph: Graph) -> None:
    """A hundred thousand characters is the most."""
    with pytest.raises(TooLong):
        await run(graph, "RETURN 1 //" + "x" * 100_000)


async def test_the_engine_stops_when_nobody_waits(graph: Graph) -> None:
    """Before the first row: the query is cancelled, and soon nothing computes any more."""
    task = asyncio.create_task(run(graph, ENDLESS))
    assert await begins_soon(graph)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await ends_soon(graph)


async def test_a_lowered_time_limit_holds(graph: Graph) -> None:
    """The query ends there, and in the engine too."""
    begun = time.monotonic()
    with pytest.raises(QueryTimedOut):
        await run(graph, ENDLESS, QueryLimits(seconds=1))
    assert time.monotonic() - begun < 10
    assert await ends_soon(graph)


async def test_leaving_early_ends_a_long_result(graph: Graph) -> None:
    """Some rows are taken, the rest is never made."""
    text = "UNWIND range(1, 50000) AS a UNWIND range(1, 50000) AS b RETURN a, b"
    async with open_query(graph, text) as running:
        async for _ in running:
            break
    assert await ends_soon(graph)
