"""The service behind a real server, for its clients."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import uvicorn

from graph.reading.graph import Graph
from tests.api.conftest import make_app
from tests.conftest import Opener


@pytest.fixture(scope="session")
async def served(loader: Opener) -> AsyncIterator[tuple[Graph, str]]:
    """All seed data behind a real server on this machine, and its address."""
    graph = await loader("embedded")
    config = uvicorn.Config(make_app(graph), host="127.0.0.1", port=0, lifespan="off", log_level="error")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event
        await asyncio.sleep(0.02)
    yield graph, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await serving
