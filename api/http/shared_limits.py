"""Limits of requests that several instances of the service share through the ledger's database.

For the library of limits, as a place where counts are kept.
"""

from __future__ import annotations

import logging
import time

from limits.aio.storage import MemoryStorage

from graph.errors import EnvironmentFault
from graph.ledger.requests import Requests

LOG = logging.getLogger("cobuild.api")
SHUT = 1.0
"""Seconds for which one who was refused is refused without asking the database."""


class SharedCounts(MemoryStorage):
    """Counts of all instances; of this one alone, in memory, while the database cannot be reached."""

    STORAGE_SCHEME = ["cobuild+shared"]  # noqa: RUF012 - as the library declares it

    def __init__(self, requests: Requests) -> None:
        super().__init__()
        self._requests = requests
        self._shut: dict[str, float] = {}

    async def acquire_sliding_window_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Whether one more is within the limit; it is counted then."""
        now = time.monotonic()
        if self._shut.get(key, 0) > now:
            return False
        try:
            taken = await self._requests.take(key, limit, expiry)
        except EnvironmentFault as error:
            LOG.warning("requests are counted by this instance alone: %s", error.en)
            return await super().acquire_sliding_window_entry(key, limit, expiry, amount)
        if not taken:
            self._shut = {k: until for k, until in self._shut.items() if until > now} | {key: now + SHUT}
        return taken

    async def get_sliding_window(self, key: str, expiry: int) -> tuple[int, float, int, float]:
        """Counts of the last window and of this one, each with the seconds for which it still matters."""
        try:
            found = await self._requests.look(key, expiry)
        except EnvironmentFault:
            return await super().get_sliding_window(key, expiry)
        rest = found.rest * expiry
        return found.before, rest if found.before else 0.0, found.now, rest + expiry
