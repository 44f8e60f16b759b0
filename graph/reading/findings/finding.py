"""What finds units: the process that holds columns, else this one with what the engine answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from graph.errors import StoreUnavailable
from graph.kept.file import Edge
from graph.kept.finder import Finder
from graph.kept.source import LackingError
from graph.reading.findings.engine import EngineSource
from graph.reading.findings.holding import NotHeldError, find_in_columns
from graph.reading.findings.memory import Memory
from graph.reading.graph import Graph


class PlacesGone(StoreUnavailable):
    """Where things lie was found and stands nowhere any more: the disk is full, or the data moved on."""


class Finders:
    """Asks for units, in one state of the data.

    `worth`: whether columns that another process left in a file are read for it. `alone`: only the engine.
    """

    def __init__(self, graph: Graph, memory: Memory, *, worth: bool, alone: bool = False) -> None:
        self.graph = graph
        self.memory = memory
        self._worth = worth
        self._alone = alone

    async def ask(self, what: str, *given: Any, edges: Sequence[Edge] = (), worth: bool = False) -> Any:
        """The answer of a method of `Finder`; `edges` are what `given` names as changed.

        Raises `PlacesGone`, and what `Graph.read` raises.
        """

        async def say(key: bytes | str, to: Callable[..., Awaitable[Any]]) -> None:
            if isinstance(key, str):
                await to("learn_edges", key, edges)
                return
            slot = self.memory.standing(key)
            content = None if slot is None else await slot.shelf.take(slot.edition, slot.key)
            if content is None:
                raise PlacesGone("数据刚刚更新，请重试。", "the data have just changed, ask again.")
            await to("learn", content)

        if not self._alone:
            try:
                return await find_in_columns(self.graph, what, given, say, worth=worth or self._worth)
            except NotHeldError:
                pass
        finder = self._finder()
        while True:
            try:
                return await getattr(finder, what)(*given)
            except LackingError as error:
                for key in error.keys:
                    await say(key, lambda name, *said: getattr(finder, name)(*said))

    def _finder(self) -> Finder:
        if self.memory.finder is None:
            source = EngineSource(self.memory)
            self.memory.finder = Finder(source), source
        found, source = self.memory.finder
        source.of(self.graph)
        return found
