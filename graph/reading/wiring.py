"""The one place where settings, catalogue, profiles and store are put together."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from graph.catalogue import Catalogue
from graph.catalogue.profiles import Profiles
from graph.errors import EnvironmentFault, NotTogether, StoreUnavailable
from graph.reading.deployment import are_together, join
from graph.reading.graph import Graph
from graph.reading.viewer import Viewer
from graph.settings import Settings
from graph.store import Store, open_store
from graph.store.schema import apply_schema

if TYPE_CHECKING:
    from graph.ledger import Ledger

LOG = logging.getLogger("cobuild.graph")


@asynccontextmanager
async def open_graph(
    settings: Settings, *, today: Callable[[], date] = date.today, whole: bool = True
) -> AsyncIterator[Graph]:
    """Read the catalogue, connect to the engine, hand out the graph, close it at the end.

    Not `whole`, for one command: files of the catalogue, profiles and the ledger of the data folder are
    read when they are first needed.

    Raises `CatalogueError`, `EnvironmentFault`, `NotTogether`, or `EngineUnavailable` where the
    embedded engine does not start.
    """
    catalogue = Catalogue.load() if whole else Catalogue.open()
    profiles = Profiles.load(catalogue) if whole else Profiles.open(catalogue)
    async with open_store(settings) as store, _opened_ledger(settings, whole=whole) as ledger:
        # A server that is away now may come back: the service starts and answers 503 until then,
        # and a load applies the schema before anything else.
        away = False
        try:
            await follow(store, ledger)
            await store.check_server()
            await apply_schema(store)
        except StoreUnavailable:
            away = True
        if not away and (whole or not await are_together(store, settings)):
            await _join(store, ledger)
        viewer = Viewer(personal=settings.show_personal)
        graph = Graph(settings, store, catalogue, profiles, ledger, today, viewer=viewer)
        try:
            yield graph
        finally:
            if graph.known.columns is not None:
                graph.known.columns.client.end()


@asynccontextmanager
async def _opened_ledger(settings: Settings, *, whole: bool) -> AsyncIterator[Ledger]:
    ledger = make_ledger(settings) if whole or settings.ledger_url else _later_ledger(settings)
    try:
        yield ledger
    finally:
        await ledger.close()


async def follow(store: Store, ledger: Ledger) -> None:
    """On a cluster, begin from where all processes know the graph to be, and tell them of what is written."""
    if store.position is None:
        return

    async def written(before: frozenset[str], after: frozenset[str]) -> None:
        try:
            await ledger.position.note(before, after)
        except EnvironmentFault as error:
            # It is written: to say otherwise would be wrong. Readers elsewhere may not see it at once.
            LOG.error("what was written is not on record for other instances: %s", error.en)

    store.after_writes(written)
    try:
        known = await ledger.position.read()
    except EnvironmentFault as error:
        LOG.warning("where the graph stands is not known yet: %s", error.en)
    else:
        store.position.take(known.version, known.marks)


async def _join(store: Store, ledger: Ledger) -> None:
    """Check that both are of one deployment, as far as both can be asked now."""
    try:
        await join(store, ledger)
    except NotTogether:
        raise
    except (EnvironmentFault, StoreUnavailable) as error:
        LOG.warning("whether graph and ledger belong together was not checked: %s", error.en)


def make_ledger(settings: Settings) -> Ledger:
    """The ledger alone, which needs no engine; raises `EnvironmentFault` for a wrong address."""
    from graph.ledger import Ledger  # noqa: PLC0415  many commands never need it, and it takes long to load

    url = settings.ledger_url
    return Ledger(settings.data_dir, None if url is None else url.get_secret_value())


class _LaterLedger:
    """A ledger that is made when it is first asked for anything."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._made: Ledger | None = None

    def __getattr__(self, name: str) -> Any:
        if self._made is None:
            self._made = make_ledger(self._settings)
        return getattr(self._made, name)

    async def close(self) -> None:
        if self._made is not None:
            await self._made.close()


def _later_ledger(settings: Settings) -> Ledger:
    return cast("Ledger", _LaterLedger(settings))
