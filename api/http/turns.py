"""Whose turn it is: how many questions are at work at once, and who comes next.

Thirty questions at once share two processors in thirty parts, so that one of a hundred statements is
starved by those of two. A few at a time, in turn, each is done soon. Who waits is let in caller by
caller: one who asks much waits behind their own questions. A question that takes `LONG` no longer counts,
so that some that would not end hold up no one.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

LONG = 1.0
"""Seconds after which a question that is at work leaves its place to others."""


class Turns:
    """At most `most` questions at work, and the queues of those that wait."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._at_work = 0
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def turn(self, who: str) -> AsyncIterator[None]:
        """Wait for a turn and hold it inside the block, for `LONG` at most."""
        await self._come(who)
        held = True

        def leave() -> None:
            nonlocal held
            if held:
                held = False
                self._leave()

        timer = asyncio.get_running_loop().call_later(LONG, leave)
        try:
            yield
        finally:
            timer.cancel()
            leave()

    async def _come(self, who: str) -> None:
        if self._at_work < self._most:  # then no one waits
            self._at_work += 1
            return
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(who, deque()).append(place)
        try:
            await place
        except asyncio.CancelledError:
            if not place.cancelled():  # its turn came at the same moment
                self._leave()
            raise

    def _leave(self) -> None:
        self._at_work -= 1
        while self._at_work < self._most and (place := self._next()) is not None:
            self._at_work += 1
            place.set_result(None)

    def _next(self) -> asyncio.Future[None] | None:
        """The one that waits longest of the caller whose turn it is; who has gone is passed over."""
        while self._waiting:
            who, places = self._waiting.popitem(last=False)
            place = places.popleft()
            if places:
                self._waiting[who] = places  # behind the other callers
            if not place.done():
                return place
        return None
