"""Whose turn it is: how many questions are at work at once, and who comes next.

Thirty questions at once share two processors in thirty parts, so that one of a hundred statements is
starved by those of two. A few at a time, in turn, each is done soon. Who waits is let in caller by
caller: one who asks much waits behind their own questions. Questions of a kind that is usually short wait
in a line of their own and come every second time, so that fifty callers with long ones hold up nobody who
asks for one node. A question that takes `LONG` no longer counts, so that some that would not end hold up
no one.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

LONG = 1.0
"""Seconds after which a question that is at work leaves its place to others."""
NEW = 0.2
"""How much the last question of a kind says of how long the next will take."""

_Line = OrderedDict[str, deque[asyncio.Future[None]]]
"""By caller, those that wait."""


class Turns:
    """At most `most` questions at work, and the lines of those that wait."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._at_work = 0
        self._short, self._long = _Line(), _Line()
        self._short_is_next = True
        self._lasts: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, who: str, kind: str = "") -> AsyncIterator[None]:
        """Wait for a turn and hold it inside the block, for `LONG` at most.

        `kind` is what questions that take about as long have in common.
        """
        await self._come(who, self._short if self._is_short(kind) else self._long)
        held, begun = True, time.monotonic()

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
            lasted = time.monotonic() - begun
            self._lasts[kind] = NEW * lasted + (1 - NEW) * self._lasts.get(kind, lasted)
            leave()

    def _is_short(self, kind: str) -> bool:
        """Whether a kind usually takes less than half of what kinds do on the average, however busy it is."""
        usual = self._lasts.get(kind)
        return usual is not None and 2 * usual * len(self._lasts) < sum(self._lasts.values())

    async def _come(self, who: str, line: _Line) -> None:
        if self._at_work < self._most:  # then no one waits
            self._at_work += 1
            return
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        line.setdefault(who, deque()).append(place)
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
        """The one that waits longest of the caller whose turn it is, of each line every second time."""
        lines = (self._short, self._long) if self._short_is_next else (self._long, self._short)
        self._short_is_next = not self._short_is_next
        return _first(lines[0]) or _first(lines[1])


def _first(line: _Line) -> asyncio.Future[None] | None:
    """The first of a line; who has gone is passed over."""
    while line:
        who, places = line.popitem(last=False)
        place = places.popleft()
        if places:
            line[who] = places  # behind the other callers
        if not place.done():
            return place
    return None
