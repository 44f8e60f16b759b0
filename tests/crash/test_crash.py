"""A few kills in every run of the tests; `make crash` does a hundred."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from graph.settings import Settings
from tests.crash.loop import crash
from tests.ledger.conftest import postgres
from tests.postgres_server import PostgresServer

__all__ = ["postgres"]
KILLS = 5


@pytest.mark.parametrize("ledger", ["sqlite", "postgres"])
async def test_kills_at_random_moments_lose_and_double_nothing(
    ledger: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Every acknowledged write is there after a kill, once; what was under way is whole or absent."""
    url = None
    if ledger == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        url = SecretStr(server.database())
    settings = Settings(data_dir=tmp_path / "data", heap="256m", engine_compiler="quick", ledger_url=url)
    tally = await crash(settings, KILLS, seed=1, longest=0.5, most_done=2)
    assert tally.kills == KILLS
    assert sum(tally.acknowledged.values()) > 0
