"""Clients of the application, over the graphs of the outer fixtures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from graph.ledger.roles import Role
from graph.reading.graph import Graph
from graph.settings import Settings
from tests.api.access import application, guarded_app, make_keys, opened


def make_app(graph: Graph, **settings: Any) -> FastAPI:
    """The application over a graph, with some settings changed."""
    return application(graph.settings.model_copy(update=settings), graph)


@asynccontextmanager
async def client_of(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client without a network in between."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        yield client


@pytest.fixture(scope="session")
async def client(loaded: Graph) -> AsyncIterator[httpx.AsyncClient]:
    """All seed data; personal data is masked, as it is unless the operator says otherwise."""
    async with client_of(make_app(loaded)) as client:
        yield client


@pytest.fixture(scope="session")
async def open_client(loaded: Graph) -> AsyncIterator[httpx.AsyncClient]:
    """All seed data with personal data shown."""
    async with client_of(make_app(loaded, show_personal=True)) as client:
        yield client


@pytest.fixture(scope="session")
async def keys(loaded: Graph) -> dict[tuple[Role, str], str]:
    """A key of each role and area."""
    return await make_keys(loaded)


@pytest.fixture(scope="session")
async def guarded(loaded: Graph) -> AsyncIterator[httpx.AsyncClient]:
    """All seed data; everybody is asked for a key.

    One application for all, so that the copy of an area is made once: an engine starts for each.
    """
    async with opened(guarded_app(loaded, rate_limit="100000/minute")) as client:
        yield client


@pytest.fixture
async def scratch_client(graph: Graph) -> AsyncIterator[httpx.AsyncClient]:
    """An empty graph that the test may fill."""
    async with client_of(make_app(graph)) as client:
        yield client


@pytest.fixture
def bare_app() -> FastAPI:
    """The application without a graph: what needs no engine can be asked."""
    return application(Settings())


async def get(client: httpx.AsyncClient, where: str, /, **params: Any) -> Any:
    """The JSON of an answer that has to be a good one."""
    response = await client.get(where, params=params)
    assert response.status_code == 200, response.text
    return response.json()
