"""The service's own preparation: started by a request, or by itself where the setting says so."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import date

from graph.errors import GraphError
from graph.reading.findings.progress import PreparationCancelled
from graph.reading.graph import Graph
from graph.upkeep.prepare import prepare, read_preparation, was_cancelled

LOG = logging.getLogger("cobuild.preparation")
LOOK = 30.0
"""Seconds between two looks at whether the data or the day are others than those last prepared."""
MOST = 3
"""Times that it begins by itself for one day and state of the data: what failed so often fails again."""


class Preparer:
    """At most one preparation of this process at a time."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._task: asyncio.Task[None] | None = None
        self._watch: asyncio.Task[None] | None = None

    async def start(self, as_of: date | None = None) -> None:
        """Begin, unless this process is at it already; returns when it has begun."""
        if self._task is None or self._task.done():
            begun = asyncio.Event()
            self._task = asyncio.create_task(self._run(as_of, begun))
            await begun.wait()

    async def _run(self, as_of: date | None, begun: asyncio.Event) -> None:
        try:
            await prepare(self._graph, as_of=as_of, report=lambda _: begun.set())
        except PreparationCancelled:
            LOG.info("the preparation was cancelled")
        except GraphError as error:
            LOG.warning("the preparation ended: %s", error.en)
        finally:
            begun.set()

    def watch(self) -> None:
        """From now on prepare by itself: after every change of the data, and every morning."""
        self._watch = asyncio.create_task(self._watching())

    async def _watching(self) -> None:
        cancelled, begun, times = None, None, 0
        while True:
            with suppress(GraphError):  # no engine, or a load under way: looked at again later
                settings = self._graph.settings
                last = read_preparation(settings)
                now = await self._graph.version(), self._graph.today()
                same = (last["data_version"], last["as_of"]) == now
                if same and was_cancelled(settings):
                    cancelled = now
                ended = same and last["state"] in {"complete", "under_way"}
                times = times if begun == now else 0
                if now[0] and now != cancelled and not ended and times < MOST:
                    begun, times = now, times + 1
                    await self.start()
            await asyncio.sleep(LOOK)

    async def close(self) -> None:
        """End what is under way; what was found stays."""
        for task in (self._watch, self._task):
            if task is not None:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
