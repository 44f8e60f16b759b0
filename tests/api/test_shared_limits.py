"""Limits that several instances share through a PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from math import floor
from pathlib import Path

import psycopg
import pytest
from limits import parse
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from api.http import shared_limits
from api.http.shared_limits import SharedCounts
from graph.ledger import Ledger
from tests.ledger.conftest import postgres
from tests.postgres_server import PostgresServer

__all__ = ["postgres"]
HOURLY = parse("20/hour")


@pytest.fixture
async def url(postgres: PostgresServer) -> str:
    """An empty database."""
    return postgres.database()


@pytest.fixture
async def limiters(url: str, tmp_path: Path) -> AsyncIterator[list[SlidingWindowCounterRateLimiter]]:
    """Those of three instances."""
    ledgers = [Ledger(tmp_path / name, url) for name in ("one", "two", "three")]
    yield [SlidingWindowCounterRateLimiter(SharedCounts(ledger.requests)) for ledger in ledgers]
    for ledger in ledgers:
        await ledger.close()


async def test_three_instances_let_in_no_more_than_one(
    limiters: list[SlidingWindowCounterRateLimiter], url: str
) -> None:
    """Of 60 requests at once by three ways 20 are let in; another caller is not held up; no name is kept."""
    hits = await asyncio.gather(*(limiters[i % 3].hit(HOURLY, "caller", "clerk") for i in range(60)))
    assert sum(hits) == HOURLY.amount
    assert not await limiters[0].test(HOURLY, "caller", "clerk")
    assert await limiters[0].hit(HOURLY, "caller", "another")
    reset, remaining = await limiters[1].get_window_stats(HOURLY, "caller", "another")
    assert remaining == HOURLY.amount - 1
    assert reset > 0
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT key, asked FROM requests ORDER BY asked").fetchall()
    assert [asked for _, asked in rows] == [1, HOURLY.amount]
    assert not any("clerk" in key for key, _ in rows)


async def test_the_window_before_counts_as_far_as_it_reaches(
    limiters: list[SlidingWindowCounterRateLimiter], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Full in the window before: what is let in now is the part of it that has passed."""
    monkeypatch.setattr(shared_limits, "SHUT", 0)
    await limiters[0].hit(HOURLY, "clerk")
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE requests SET slot = slot - 1, asked = 20")
        (passed,) = connection.execute("SELECT extract(epoch FROM now())::float").fetchall()[0]
    hits = [await limiters[i % 2].hit(HOURLY, "clerk") for i in range(25)]
    let_in = 20 - floor(20 * (1 - passed % 3600 / 3600))
    assert sum(hits) in (let_in, let_in + 1)  # a part of it may have passed since


async def test_without_the_database_each_counts_alone(tmp_path: Path) -> None:
    """Nobody is let in without end, and nobody is shut out, while the ledger is away."""
    ledger = Ledger(tmp_path, "postgresql://nobody@127.0.0.1:1/none?connect_timeout=1")
    limiter = SlidingWindowCounterRateLimiter(SharedCounts(ledger.requests))
    assert [await limiter.hit(HOURLY, "clerk") for _ in range(22)] == [True] * 20 + [False] * 2
    await ledger.close()
