"""Callers with keys: one of each role, with and without an area, over a graph of the fixtures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

import httpx
from fastapi import FastAPI
from starlette.routing import BaseRoute

from api.app import create_app
from graph.ledger.roles import Role
from graph.reading.graph import Graph
from graph.settings import Settings
from tests.api.walk import COMMUNITY

AREAS: dict[str, str | None] = {"everywhere": None, "community": COMMUNITY}
REASON = {"Cobuild-Reason": quote("核对任职情况")}
ASKED = {"POST /cypher", "POST /appointments/check", "POST /merges/check"}
"""What is sent and writes nothing: the leak matrix asks it of everybody."""
CHANGE = {"kind": "appoint", "person": "p-990101-0022", "body": "oc-990101-001", "role": "member"}
PROPOSAL = {"as_of": "2025-07-01", "changes": [CHANGE]}
_ROUTES: list[BaseRoute] = []


def application(settings: Settings, graph: Graph | None = None) -> FastAPI:
    """An application of its own with the routes of the first one.

    They are the same whatever the settings, and hold no state; FastAPI builds their schemas with the
    first request, which takes half a second.
    """
    app = create_app(settings, graph=graph)
    if not _ROUTES:
        _ROUTES.extend(app.router.routes)
    app.router.routes[:] = _ROUTES
    return app


def guarded_app(graph: Graph, **settings: Any) -> FastAPI:
    """The application that asks everybody for a key."""
    given = {"auth": "required", **settings}
    return application(graph.settings.model_copy(update=given), graph)


async def make_keys(graph: Graph) -> dict[tuple[Role, str], str]:
    """A key for each role and area, made once per ledger."""
    accounts = graph.ledger.accounts
    known = {account.name for account in await accounts.accounts()}
    keys = {}
    for role in Role:
        for where, area in AREAS.items():
            name = f"{role}-{where}"
            if name not in known:
                await accounts.add(name, role, area, by="test")
            keys[role, where], _ = await accounts.issue_key(name, None, "")
    return keys


def bearer(key: str) -> dict[str, str]:
    """The header that bears a key."""
    return {"Authorization": f"Bearer {key}"}


@asynccontextmanager
async def opened(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application that may have made copies, which are closed at the end."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    try:
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            yield client
    finally:
        await app.state.service.copies.close()
