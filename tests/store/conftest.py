"""Fixtures of a cluster as the engine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Opener, emptied, require_neo4j
from tests.neo4j_server import Neo4jServer
from tests.store.cluster import Cluster
from tests.store.switch import Routes, Switch


@pytest.fixture
async def cluster(scratches: Opener, tmp_path: Path) -> AsyncIterator[Cluster]:
    """A cluster without data."""
    require_neo4j()
    graph = await emptied(await scratches("neo4j"))
    port = int(str(graph.settings.neo4j_uri).rpartition(":")[2])
    routes = Routes()
    async with AsyncExitStack() as stack:
        a, b, c = [await stack.enter_async_context(Switch(port, routes)) for _ in "abc"]
        routes.writer, routes.readers = a, [b, c]
        yield Cluster(graph, tmp_path / "data", routes, a, b, c)


@pytest.fixture(scope="module")
def other(scratch_password: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A second Neo4j, with the password of the first, as members of one cluster have it."""
    with Neo4jServer(tmp_path_factory.mktemp("other") / "neo4j", password=scratch_password) as server:
        yield server


@pytest.fixture(scope="module")
async def scratch_password(scratches: Opener) -> str:
    """The password of the server that tests may wipe."""
    require_neo4j()
    return (await scratches("neo4j")).settings.neo4j_password.get_secret_value()
