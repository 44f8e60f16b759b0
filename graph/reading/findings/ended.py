"""What ended the process that holds columns: in that state of the data it is left to the engine."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from graph.executor.client import Client, Gone, Uncompiled

DEATHS = 2
"""How often the process may die of one text (it may have been killed otherwise). Past its time it is once."""


class Ended:
    """Texts that took longer than they may, or of which the process died.

    Without it every question would wait for the time limit, and have the columns read again.
    """

    def __init__(self) -> None:
        self._edition: str | None = None
        self._times: Counter[str] = Counter()

    @asynccontextmanager
    async def within(
        self, client: Client, edition: str | None, text: str, limit: float
    ) -> AsyncIterator[None]:
        """Ask for a text, for so many seconds.

        Raises `TimeoutError`, `Gone`, or `Uncompiled` at once for what ended the process in this state of the
        data before.
        """
        if self._edition != edition:
            self._edition = edition
            self._times.clear()
        if self._times[text] >= DEATHS:
            raise Uncompiled("it ended the process before")
        try:
            async with asyncio.timeout(limit):
                yield
        except TimeoutError:
            self._times[text] = DEATHS
            raise
        except Gone:
            if not client.alive:
                self._times[text] += 1
            raise
