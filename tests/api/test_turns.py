"""Whose turn it is to be answered: bounded, caller by caller, and nobody waits for who takes long."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from api.http import turns
from api.http.turns import Turns


class Questions:
    """Questions that stay at work until they are told to end."""

    def __init__(self, most: int) -> None:
        self.turns = Turns(most)
        self.begun: list[str] = []
        self.ends: dict[str, asyncio.Event] = {}
        self.left: dict[str, Callable[[], object]] = {}
        """What happens in the moment in which a question gives up its place."""

    def ask(self, name: str) -> asyncio.Task[None]:
        """A question of the caller that the name begins with."""
        self.ends[name] = asyncio.Event()

        async def work() -> None:
            async with self.turns.turn(name[0]):
                self.begun.append(name)
                await self.ends[name].wait()
            self.left.get(name, bool)()

        return asyncio.ensure_future(work())


async def until(true: Callable[[], bool]) -> None:
    """Let the other tasks go on until it is true."""
    for _ in range(1000):
        if true():
            return
        await asyncio.sleep(0.001)
    raise AssertionError


async def settled() -> None:
    """Let every task come as far as it can."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_callers_are_let_in_in_turn() -> None:
    """Of two places a third question waits; whoever asked much waits behind their own questions."""
    questions = Questions(2)
    tasks = [questions.ask(name) for name in ("a1", "a2", "a3", "a4", "b1", "c1", "b2")]
    await settled()
    assert questions.begun == ["a1", "a2"]
    for number, expected in enumerate(["a3", "b1", "c1", "a4", "b2"]):
        questions.ends[questions.begun[number]].set()
        await until(lambda: len(questions.begun) == number + 3)  # noqa: B023 - awaited at once
        await settled()
        assert questions.begun[-1] == expected
        assert len(questions.begun) == number + 3
    for end in questions.ends.values():
        end.set()
    await asyncio.gather(*tasks)
    async with questions.turns.turn("a"), questions.turns.turn("b"):
        pass  # both places are free again


async def test_who_has_gone_is_passed_over() -> None:
    """Callers who leave while they wait, or at work, or in the moment of their turn, keep no place."""
    questions = Questions(1)
    first, gone, last = (questions.ask(name) for name in ("a1", "b1", "c1"))
    await settled()
    gone.cancel()
    await settled()
    first.cancel()
    await until(lambda: questions.begun == ["a1", "c1"])
    chosen, after = questions.ask("d1"), questions.ask("e1")
    await settled()
    questions.left["c1"] = chosen.cancel  # its turn has come, and it does not know yet
    questions.ends["c1"].set()
    await last
    await until(lambda: "e1" in questions.begun)
    assert "d1" not in questions.begun
    questions.ends["e1"].set()
    await after


async def test_what_takes_long_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions that do not end leave their places, once each."""
    monkeypatch.setattr(turns, "LONG", 0)
    questions = Questions(1)
    endless = [questions.ask("a1"), questions.ask("a2")]
    await until(lambda: questions.begun == ["a1", "a2"])
    monkeypatch.setattr(turns, "LONG", 3600)
    await asyncio.sleep(0.01)  # the second leaves its place too
    held = questions.ask("b1")
    await until(lambda: "b1" in questions.begun)
    for name in ("a1", "a2"):
        questions.ends[name].set()
    await asyncio.gather(*endless)
    waiting = questions.ask("c1")
    await settled()
    assert "c1" not in questions.begun  # the places of both were given up before
    questions.ends["b1"].set()
    await until(lambda: "c1" in questions.begun)
    questions.ends["c1"].set()
    await asyncio.gather(held, waiting)


async def test_short_questions_wait_in_a_line_of_their_own() -> None:
    """Of ten short and ten long questions one of each comes in turn: neither line holds up the other."""
    queue = Turns(1)
    for kind, seconds in (("node", 0.0), ("report", 0.05)):
        async with queue.turn("a", kind):
            await asyncio.sleep(seconds)
    begun: list[str] = []

    async def ask(kind: str, who: str) -> None:
        async with queue.turn(who, kind):
            begun.append(kind)
            await asyncio.sleep(0)

    async with queue.turn("a", "report"):
        asked = [ask("report", f"b{i}") for i in range(10)] + [ask("node", f"c{i}") for i in range(10)]
        tasks = [asyncio.ensure_future(each) for each in asked]
        await settled()
    await asyncio.gather(*tasks)
    for first in range(0, len(begun), 2):
        assert set(begun[first : first + 2]) == {"node", "report"}


async def test_of_one_kind_nobody_is_preferred() -> None:
    """Kinds that take about the same, and those not met before, come as they were asked."""
    queue = Turns(1)
    queue._lasts |= {"node": 0.010, "path": 0.012}  # as measured
    begun: list[str] = []

    async def ask(kind: str) -> None:
        async with queue.turn(kind, kind):
            begun.append(kind)

    async with queue.turn("a", "node"):
        tasks = [asyncio.ensure_future(ask(kind)) for kind in ("new", "path", "node", "other")]
        await settled()
    await asyncio.gather(*tasks)
    assert begun == ["new", "path", "node", "other"]
