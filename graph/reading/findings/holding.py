"""The graph in columns, held by a process of its own: read once, then brought up to date.

`rows_from` answers a text from them. It is None, and the engine has to be asked, where nothing is held and
to read the whole graph is not worth it, where the graph is too large or damaged, where the text is not
compiled, and where the process died.
"""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from graph.errors import EngineUnavailable
from graph.executor.client import Client, Gone, Uncompiled
from graph.executor.given import asking_for
from graph.executor.parts import CannotHoldError, Portion
from graph.kept.source import LackingError
from graph.model import EDGES, NODES
from graph.pausing import PAUSE
from graph.reading.findings.between import MOST, changes_between
from graph.reading.findings.ended import Ended
from graph.reading.findings.scan import scan, scan_crossings, scan_kind, scan_some, wanted_of
from graph.reading.findings.shelf import columns_in
from graph.reading.graph import Graph
from graph.settings import Settings
from graph.store import Row
from graph.store.changes import Change
from graph.store.version import version_of
from graph.store.within import moves_places

BYTES = 250
"""Of each node and edge that is held."""
T = TypeVar("T")
Say = Callable[[bytes | str, Callable[..., Awaitable[Any]]], Awaitable[None]]
"""Says something to who lacks it, by the methods of `Finder`."""
TELLINGS = 3
"""How often something is asked again after what was lacking was said."""
TRIES = 2
"""How often the whole graph is read for one state of the data: a process may die."""


class Holding:
    """The columns of one data folder, as this process has them held."""

    def __init__(self) -> None:
        self.client = Client()
        self.edition: str | None = None
        """The state of the data that the process holds."""
        self._tried: tuple[str, int] = ("", 0)
        self._ended = Ended()
        self._locks: WeakKeyDictionary[Any, asyncio.Lock] = WeakKeyDictionary()

    @property
    def lock(self) -> asyncio.Lock:
        """Held while the process is asked."""
        return self._locks.setdefault(asyncio.get_running_loop(), asyncio.Lock())

    @property
    def holds(self) -> bool:
        """Whether the process is there and holds some state of the data."""
        return self.edition is not None and self.client.alive

    async def bring(self, graph: Graph, edition: str, *, whole: bool) -> bool:
        """Have this state of the data held, by what changed since another one; if `whole`, by reading it."""
        if not self.holds:
            self.edition = None
            await self._load(graph)
        if self.edition == edition:
            return True
        if self.edition is not None and await self._change(graph, self.edition, edition):
            return True
        return whole and await self._read(graph, edition)

    async def run(self, text: str, parameters: Mapping[str, Any], limit: float) -> list[Row]:
        """The rows of a text; raises `Uncompiled`, `Gone`, or `TimeoutError` after so many seconds."""
        async with self._ended.within(self.client, self.edition, text, limit):
            names, rows = await self.client.ask("run", text, dict(parameters))
        with PAUSE:
            return [dict(zip(names, row, strict=True)) for row in rows]

    async def find(self, what: str, given: Sequence[Any], say: Say, limit: float) -> Any:
        """What a method of `Finder` answers, told with `say` what it lacks; raises as `run`."""

        async def told(name: str, *said: Any) -> Any:
            return await self.client.ask("find", name, *said)

        text = given[0].text
        async with self._ended.within(self.client, self.edition, f"{what} {text}", limit):
            for _ in range(TELLINGS):
                try:
                    return await told(what, *given)
                except LackingError as error:
                    for key in error.keys:
                        await say(key, told)
        raise Gone("it forgets what it is told")

    async def _load(self, graph: Graph) -> None:
        path = columns_in(graph.settings)
        if path is not None and path.exists():
            self.edition = await self.client.ask("load", str(path), wanted_of(graph.catalogue))

    async def _read(self, graph: Graph, edition: str) -> bool:
        """Read everything, if that was not tried too often."""
        tried = self._tried[1] if self._tried[0] == edition else 0
        if tried >= TRIES:
            return False
        self._tried = edition, tried + 1
        self.edition = None
        wanted = wanted_of(graph.catalogue)
        if graph.store.engine is not None:
            async with graph.store.engine.give(asking_for(wanted, most_held(graph.settings))) as path:
                await self.client.ask("take", str(path), wanted)
        else:
            async for part in scan(graph.store, wanted, most_held(graph.settings)):
                await self.client.ask("add", part)
            await self.client.ask("build", wanted)
        return await self._now(graph, edition) and await self._keep(graph, edition)

    async def _change(self, graph: Graph, before: str, edition: str) -> bool:
        """Bring what is held up to date; False where it is not known what changed, or that is too much."""
        if version_of(before) >= version_of(edition):
            return False
        changes = await changes_between(graph, version_of(before), version_of(edition), MOST)
        if changes is None:
            return False
        self.edition = None
        await self.client.ask("change", *await _since(graph, changes))
        return await self._now(graph, edition)

    async def _now(self, graph: Graph, edition: str) -> bool:
        """Note what is held, if the data are still in that state."""
        await graph.version()
        self.edition = edition if graph.known.edition == edition else None
        return self.edition is not None

    async def _keep(self, graph: Graph, edition: str) -> bool:
        """Have a file written for the next process; removed where it came too late, as after an erasure."""
        path = columns_in(graph.settings)
        if path is not None:
            await self.client.ask("dump", str(path), edition, graph.settings.kept << 20)
            if not await self._now(graph, edition):
                path.unlink(missing_ok=True)
        return self.edition is not None


def most_held(settings: Settings) -> int:
    """How many nodes and edges are held: as the setting says, and in at most a quarter of the memory."""
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # a system that does not say
        return settings.columns_most
    return min(settings.columns_most, memory // 4 // BYTES)


Tuples = list[tuple[str, str, str, str, dict[str, Any] | None, dict[str, Any] | None]]


async def _since(graph: Graph, changes: Sequence[Change]) -> tuple[Tuples, dict[str, Any]]:
    """What `graph.executor.changing.change` takes: what changed, as it is now, and the derived edges."""
    wanted = wanted_of(graph.catalogue)
    asked: dict[str, dict[str, str]] = defaultdict(dict)
    for change in changes:
        if change.kind in NODES or change.kind in EDGES:
            asked[change.kind][change.id] = change.start
    parts = [
        part
        for kind, ids in asked.items()
        async for part in scan_some(graph.store, wanted, kind, ids.items())
    ]
    there = {id_ for part in parts for id_ in part.ids}
    found: Tuples = [
        (kind, id_, start, "", {}, None)
        for kind, ids in asked.items()
        for id_, start in ids.items()
        if id_ not in there
    ]
    without: dict[str, Any] = {}
    if persons := set(asked["HOLDS_POST"].values()):
        without["CROSS_APPOINTMENT"] = ("person", persons)
        parts += [part async for part in scan_crossings(graph.store, wanted, persons)]
    if moves_places(changes):
        without["WITHIN"] = None
        parts += [part async for part in scan_kind(graph.store, wanted, "WITHIN")]
    return [*found, *(one for part in parts for one in _each(part))], without


def _each(part: Portion) -> Tuples:
    names, ends = [*part.columns], part.starts is not None
    rows = zip(*part.columns.values(), strict=True) if names else ((),) * len(part.ids)
    starts, stops = (part.starts, part.ends) if ends else ([""] * len(part.ids), [""] * len(part.ids))
    return [
        (part.kind, id_, start, stop, None, dict(zip(names, row, strict=True)))
        for id_, start, stop, row in zip(part.ids, starts or (), stops or (), rows, strict=True)
    ]


def holding_of(graph: Graph) -> Holding | None:
    """Of a graph whose settings have columns held; None otherwise."""
    if not graph.settings.columns or not graph.settings.kept:
        return None
    if graph.known.columns is None:
        graph.known.columns = Holding()
    found: Holding = graph.known.columns
    return found


async def bring(graph: Graph) -> bool:
    """Read the whole graph into columns, unless they are held; whether they are then."""
    holding = holding_of(graph)
    if holding is None:
        return False
    await graph.version()
    try:
        async with holding.lock:
            return graph.known.edition is not None and await holding.bring(
                graph, graph.known.edition, whole=True
            )
    except (Gone, CannotHoldError, EngineUnavailable):
        return False


class NotHeldError(Exception):
    """The engine has to be asked."""


async def _asked(graph: Graph, ask: Callable[[Holding], Awaitable[T]], *, worth: bool) -> T:
    """What the process says of the state of the data that the graph is in; raises `NotHeldError`.

    `worth`: whether to read the columns that another process left in a file where none are held.
    """
    holding = holding_of(graph)
    if holding is None or not (worth or holding.holds):
        raise NotHeldError
    await graph.version()
    edition = graph.known.edition
    try:
        async with holding.lock:
            if edition is not None and await holding.bring(graph, edition, whole=False):
                return await ask(holding)
    except (Uncompiled, Gone, CannotHoldError, TimeoutError):
        pass
    raise NotHeldError


async def find_in_columns(graph: Graph, what: str, given: Sequence[Any], say: Say, *, worth: bool) -> Any:
    """What a method of `Finder` answers; raises `NotHeldError`."""
    limit = graph.settings.time_limit
    return await _asked(graph, lambda holding: holding.find(what, given, say, limit), worth=worth)


async def rows_from(
    graph: Graph, text: str, parameters: Mapping[str, Any], *, worth: bool
) -> list[Row] | None:
    """The rows of a text in the state of the data that the graph is in; None: the engine has to be asked."""
    limit = graph.settings.time_limit
    try:
        return await _asked(graph, lambda holding: holding.run(text, parameters, limit), worth=worth)
    except NotHeldError:
        return None
