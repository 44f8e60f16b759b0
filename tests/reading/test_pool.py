"""Costly things kept open: never given out once they close, never closed under their users."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import pytest

from graph.reading.scoped.pool import Opened, Pool

AREAS = "abcde"


@dataclass
class Slow:
    """Something that takes its time to open and to close, and knows whether it is open."""

    area: str
    version: int
    state: str = "open"
    asking: int = 0

    async def answer(self) -> str:
        """Takes several turns, in each of which it has to be open."""
        self.asking += 1
        try:
            for _ in range(random.randrange(1, 5)):
                assert self.state == "open"
                await asyncio.sleep(random.uniform(0, 0.003))
            assert self.state == "open"
        finally:
            self.asking -= 1
        return self.area

    async def close(self) -> None:
        assert self.asking == 0
        assert self.state == "open"
        self.state = "closing"
        await asyncio.sleep(random.uniform(0, 0.01))
        self.state = "closed"


@dataclass
class Service:
    """A pool of such things over data that change."""

    pool: Pool[str, Slow]
    version: int = 1
    made: list[Slow] = field(default_factory=list)
    most_open: int = 0

    async def make(self, area: str) -> Opened[Slow]:
        version = self.version
        await asyncio.sleep(random.uniform(0, 0.01))
        thing, stack = Slow(area, version), AsyncExitStack()
        stack.push_async_callback(thing.close)
        self.made.append(thing)
        self.most_open = max(self.most_open, sum(t.state != "closed" for t in self.made))
        return Opened(thing, stack)

    async def holds(self, thing: Slow, users: Callable[[], int]) -> bool:
        await asyncio.sleep(0)
        return thing.version == self.version

    async def ask(self, area: str) -> str:
        async with self.pool.borrow(area, lambda: self.make(area), self.holds) as thing:
            return await thing.answer()


@pytest.mark.parametrize("most", [1, 2, 4])
async def test_many_callers_always_get_an_open_one(most: int) -> None:
    """Tasks that come, go and are ended while data change: each that is not ended is answered."""
    random.seed(most)
    service = Service(Pool(most))
    ended = 0

    async def caller() -> None:
        nonlocal ended
        for _ in range(20):
            area = random.choice(AREAS)
            asking = asyncio.create_task(service.ask(area))
            if random.random() < 0.2:
                await asyncio.sleep(random.uniform(0, 0.01))
                asking.cancel()
            try:
                assert await asking == area
            except asyncio.CancelledError:
                ended += 1
            if random.random() < 0.05:
                service.version += 1

    await asyncio.gather(*(caller() for _ in range(30)))
    assert ended > 0
    await service.pool.close()
    assert {thing.state for thing in service.made} == {"closed"}
    assert service.most_open <= most + 1


async def test_who_was_last_does_not_wait_for_the_closing() -> None:
    """An engine that takes long to stop holds up no one who has an answer."""
    service, release = Service(Pool(1)), asyncio.Event()

    async def make(area: str) -> Opened[Slow]:
        stack = AsyncExitStack()
        stack.push_async_callback(release.wait)
        return Opened(Slow(area, 1), stack)

    async with (
        service.pool.borrow("a", lambda: make("a"), service.holds),
        service.pool.borrow("b", lambda: make("b"), service.holds) as other,
    ):
        assert other.area == "b"
    async with asyncio.timeout(10):
        async with service.pool.borrow("b", lambda: make("b"), service.holds) as again:
            assert again is other
        release.set()
        await service.pool.close()


async def test_one_that_cannot_be_made_or_closed_fails_alone() -> None:
    """The caller who makes it reads the error; the next one tries again; others are not concerned."""
    service = Service(Pool(1))

    async def broken(area: str) -> Opened[Slow]:
        raise OSError(area)

    async def unwilling(area: str) -> Opened[Slow]:
        async def fail() -> None:
            raise OSError("cannot be closed")

        stack = AsyncExitStack()
        stack.push_async_callback(fail)
        return Opened(Slow(area, 1), stack)

    with pytest.raises(OSError, match="a"):
        async with service.pool.borrow("a", lambda: broken("a"), service.holds):
            pass
    async with service.pool.borrow("a", lambda: unwilling("a"), service.holds):
        pass
    assert await service.ask("b") == "b"
    assert await service.ask("a") == "a"
    await service.pool.close()
