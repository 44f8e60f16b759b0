"""The application, assembled: lifespan, routers, error handlers, middleware, documentation."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.documents import docs, page
from api.documents.openapi import PREFIX
from api.http.dependencies import refuse_unknown, refuse_unusable
from api.http.doorkeeper import Doorkeeper
from api.http.edge import SizeGuard
from api.http.feed import Feed
from api.http.gate import Gate
from api.http.handlers import add_handlers
from api.http.origins import ALLOWED_HEADERS, ALLOWED_METHODS, SHOWN_HEADERS
from api.http.preparer import Preparer
from api.http.refusals import Refusals
from api.http.revision import read_revision
from api.http.service import Service
from api.http.turns import Turns
from api.routers import (
    accounts,
    appointments,
    areas,
    audit,
    calendar,
    candidates,
    changes,
    coverage,
    cypher,
    deliveries,
    findings,
    give_back,
    graphs,
    health,
    law,
    loads,
    me,
    merges,
    missing,
    model,
    nodes,
    paths,
    places,
    plans,
    preparation,
    problems,
    profiles,
    queries,
    questions,
    rehearsals,
    reports,
    rules,
    runs,
    saved,
    search,
    sign_in,
)
from graph import __version__
from graph.appointments.recovery import recover
from graph.errors import EnvironmentFault, StoreUnavailable
from graph.intake.desk import Desk
from graph.reading.graph import Graph
from graph.reading.scoped import Copies
from graph.reading.wiring import open_graph
from graph.settings import Settings

ROUTERS = (
    coverage,
    paths,
    plans,
    rules,
    preparation,
    law,
    candidates,
    profiles,
    calendar,
    missing,
    reports,
    runs,
    appointments,
    queries,
    cypher,
    saved,
    audit,
    accounts,
    places,
    areas,
    nodes,
    search,
    graphs,
    changes,
    deliveries,
    findings,
    give_back,
    rehearsals,
    loads,
    merges,
    questions,
    model,
    me,
)
LOG = logging.getLogger("cobuild.api")
COMPRESSED = 4096
"""Bytes from which an answer is compressed; below, the time is worth more than the bytes."""


def create_app(settings: Settings, *, graph: Graph | None = None) -> FastAPI:
    """The application; opens a graph of its own for its lifetime unless one is handed in."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if graph is not None:
            yield
            return
        async with open_graph(settings) as opened:
            service = _serve(app, settings, opened)
            await _recover(opened, service)
            if settings.prepare:
                app.state.preparer.watch()
            try:
                yield
            finally:
                await app.state.preparer.close()
                await service.feed.close()
                await service.desk.close()
                await service.copies.close()
                await app.state.refusals.close()

    app = FastAPI(
        title="Cobuild",
        version=__version__,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.opened = settings.auth == "none"
    if graph is not None:
        _serve(app, settings, graph)
    known = [Depends(refuse_unknown), Depends(refuse_unusable)]
    # First because routers are tried in turn, and named queries are what is asked most.
    app.include_router(queries.open_router, prefix=PREFIX)
    app.include_router(deliveries.upload_router, prefix=PREFIX, dependencies=[Depends(refuse_unknown)])
    app.state.routers = [queries.open_router, deliveries.upload_router, *(m.router for m in ROUTERS)]
    for module in ROUTERS:
        app.include_router(module.router, prefix=PREFIX, dependencies=known)
    for outside in (health, sign_in, problems, docs):
        app.include_router(outside.router, dependencies=known)
    app.include_router(page.router)  # its views read their parameters themselves
    add_handlers(app)
    app.add_middleware(GZipMiddleware, minimum_size=COMPRESSED, compresslevel=4)
    app.add_middleware(Gate)
    app.add_middleware(SizeGuard, any_host=settings.auth != "none")
    if settings.allowed_origins:
        # Outside of the gate: a browser asks beforehand, without a key, whether it may ask.
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.allowed_origins,
            allow_methods=ALLOWED_METHODS,
            allow_headers=ALLOWED_HEADERS,
            expose_headers=SHOWN_HEADERS,
            allow_private_network=True,  # the origins are named, and the service is on an intranet
        )
    # Added last, so outermost. The server's own belief in such headers is off (`cli.serving`).
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=settings.trusted_proxies)
    return app


async def _recover(graph: Graph, service: Service) -> None:
    """Conclude what the last run left pending; a service whose engine or ledger is away still starts."""
    try:
        await recover(graph)
        await service.desk.recover()
    except (EnvironmentFault, StoreUnavailable) as error:
        LOG.warning("decisions or loads left pending are not concluded yet: %s", error.en)


def _serve(app: FastAPI, settings: Settings, graph: Graph) -> Service:
    copies = Copies(graph, settings.copies)
    revision, turns = read_revision(graph, settings), Turns(settings.at_once)
    service = Service(settings, graph, revision, copies, Desk(graph), Feed(graph), turns)
    app.state.service = service
    app.state.preparer = Preparer(graph)
    app.state.doorkeeper = Doorkeeper(settings, graph)
    app.state.refusals = Refusals(graph.ledger)
    return service
