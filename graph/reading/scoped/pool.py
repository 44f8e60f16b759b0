"""Things that are costly to open, kept open for the next caller: one owner each, closed when unused.

A copy of an area runs an engine of its own. It must not be closed while a caller asks it, nor given
out once its closing began; and an engine that closes slowly must not hold up callers of another one.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

LOG = logging.getLogger("cobuild.graph")
Key = TypeVar("Key", bound=Hashable)
Thing = TypeVar("Thing")


@dataclass
class Opened(Generic[Thing]):
    """One thing; `users` have it just now, `stack` closes it."""

    thing: Thing
    stack: AsyncExitStack
    users: int = 0


Holds = Callable[[Thing, Callable[[], int]], Awaitable[bool]]
"""Whether a thing may be given out, and how many have it just now, the caller among them."""


class Pool(Generic[Key, Thing]):
    """At most `most` things kept, the least lately asked for goes first; at most one more is open.

    It is being made, still in use, or closing. Who needs another waits for that to end, so no one
    may borrow one within another, unless it is kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Opened[Thing]] = OrderedDict()
        self._retired: list[Opened[Thing]] = []
        """No longer given out; closed when the last of their users is done."""
        self._making: dict[Key, asyncio.Lock] = {}
        self._closing: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(most + 1)

    @asynccontextmanager
    async def borrow(
        self, key: Key, make: Callable[[], Awaitable[Opened[Thing]]], holds: Holds[Thing]
    ) -> AsyncIterator[Thing]:
        """A thing for as long as the block; made where there is none, or the kept one does not hold.

        While it is asked whether it holds no one else borrows it, so it may be changed there.
        """
        async with self._making.setdefault(key, asyncio.Lock()):
            opened = await self._taken(key, make, holds)
        try:
            yield opened.thing
        finally:
            self._give_back(opened)

    async def close(self) -> None:
        """Close all, also those still in use."""
        for opened in (*self._kept.values(), *self._retired):
            self._close(opened)
        self._kept.clear()
        self._retired.clear()
        await self._closed()

    async def _taken(
        self, key: Key, make: Callable[[], Awaitable[Opened[Thing]]], holds: Holds[Thing]
    ) -> Opened[Thing]:
        """The thing, with this user counted. It is counted before anything else can run."""
        found = self._kept.get(key)
        if found is not None:
            found.users += 1
            try:
                if await holds(found.thing, lambda: found.users):
                    if key in self._kept:
                        self._kept.move_to_end(key)
                    return found
            except BaseException:
                self._give_back(found)
                raise
            self._retire(key, found)
            self._give_back(found)
        if self._room.locked():
            self._make_room()
        await self._room.acquire()
        try:
            made = await make()
        except BaseException:
            self._room.release()
            raise
        made.users += 1
        self._kept[key] = made
        while len(self._kept) > self._most:
            oldest = next(iter(self._kept))
            self._retire(oldest, self._kept[oldest])
        return made

    def _make_room(self) -> None:
        """What is kept and unused goes before anyone waits for a user."""
        unused = next(((key, opened) for key, opened in self._kept.items() if not opened.users), None)
        if unused is not None:
            self._retire(*unused)

    def _retire(self, key: Key, opened: Opened[Thing]) -> None:
        if self._kept.get(key) is opened:
            del self._kept[key]
            self._retired.append(opened)
            self._close_unused()

    def _give_back(self, opened: Opened[Thing]) -> None:
        opened.users -= 1
        self._close_unused()

    def _close_unused(self) -> None:
        unused = [opened for opened in self._retired if not opened.users]
        self._retired = [opened for opened in self._retired if opened.users]
        for opened in unused:
            self._close(opened)

    def _close(self, opened: Opened[Thing]) -> None:
        """In a task of its own: who was the last user neither waits for it nor ends it by going away."""

        async def work() -> None:
            try:
                await opened.stack.aclose()
            except Exception:
                LOG.exception("a copy was not closed as it should be")
            finally:
                self._room.release()

        task = asyncio.create_task(work())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def _closed(self) -> None:
        while self._closing:
            await asyncio.wait(list(self._closing))
