"""A service started by the command line, as its callers find it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn

from api.app import create_app
from cli.connections import bounded
from cli.serving import server_config
from graph.settings import Settings


@asynccontextmanager
async def served(
    app: Any = None, *, settings: Settings | None = None, **limits: float
) -> AsyncIterator[tuple[uvicorn.Server, int]]:
    """A server of the service on this machine, without a graph; and its port."""
    settings = settings or Settings(port=0)
    config = server_config(settings, app or create_app(settings))
    config.http = bounded(settings.trusted_proxies, **limits)
    config.lifespan = "off"
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event
        await asyncio.sleep(0.02)
    try:
        yield server, server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await serving
