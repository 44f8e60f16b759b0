"""The rows of rules and dimensions: from memory, from the shelf, or from the engine, found once.

A question names a file, its parameters with the area, and the root: an area round it in which the file
is asked with the same parameters. What is found for the root is kept and cut for every area in it. An
area in a root for which nothing is kept yet is asked for itself: nobody waits for a city who asks for
a community.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from graph.catalogue import Query
from graph.errors import StoreUnavailable
from graph.reading.findings.carry import carry_over
from graph.reading.findings.memory import Memory, memory_of
from graph.reading.findings.placing import Placing, scopes_of
from graph.reading.findings.shelf import Shelf
from graph.reading.findings.unit import Unit, pack
from graph.reading.graph import TRIES, Graph
from graph.reading.viewer import Viewer
from graph.store import Row
from graph.store.engine.locks import FileLock

LOCK = "computing.lock"
CARRIED = "carried"
WAIT = 0.1
"""Seconds between two looks at whether another process is done."""
NOWHERE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Ask:
    """A file asked for an area; rows whose own area is in `elsewhere` are left out.

    `root` is the area, or one round it, that is asked with the same parameters.
    """

    query: Query
    parameters: Mapping[str, Any]
    root: str | None
    elsewhere: frozenset[str] = NOWHERE

    @property
    def area(self) -> str | None:
        """The area that is asked for; None for everywhere."""
        found: str | None = self.parameters["area"]
        return found

    @cached_property
    def for_root(self) -> dict[str, Any]:
        """The parameters with which the file is run for the root."""
        return {**self.parameters, "area": self.root}


@dataclass(frozen=True)
class Cut:
    """The rows of one question; they hold personal data, and pass the viewer before they are shown."""

    unit: Unit
    area: str | None
    """None: all of the unit."""
    elsewhere: frozenset[str]
    viewer: Viewer

    def count(self, state: str | None = None) -> int:
        """How many rows, or those of one verdict or state."""
        return len(self.unit.numbers(self.area, self.elsewhere, state))

    def counts(self) -> Mapping[tuple[str, str | None], int]:
        """How many rows of each verdict or state and severity."""
        return self.unit.counts(self.unit.groups_in(self.area, self.elsewhere))

    def rows(self, state: str | None = None, start: int = 0, stop: int | None = None) -> Iterator[Row]:
        """Rows in their order, from one place to another."""
        found = self.unit.rows(self.unit.numbers(self.area, self.elsewhere, state)[start:stop])
        return found if self.viewer.ids is None else map(self.viewer.inside, found)


async def find_cuts(graph: Graph, asked: Sequence[Ask]) -> tuple[int, list[Cut]]:
    """Data version and the rows of each question, all of one state of the data.

    Raises as `Graph.read_facts`.
    """
    graph.check([ask.query.select(ask.parameters) for ask in asked])
    for _ in range(TRIES):
        version = await graph.version()
        edition = graph.known.edition
        if edition is None or not graph.settings.kept:
            found = [await _directly(graph, ask) for ask in asked]
        else:
            found = [await _find(graph, edition, ask) for ask in asked]
        if await graph.version() == version and graph.known.edition == edition:
            return version, found
    raise StoreUnavailable("数据正在连续更新，请稍后重试。", "the data keep changing, try again later.")


async def is_kept(graph: Graph, ask: Ask) -> bool:
    """Whether what is asked for stands in memory or on the shelf."""
    await graph.version()
    edition = graph.known.edition
    return edition is not None and await _kept(graph, edition, ask) is not None


async def find_kept(graph: Graph, edition: str | None, asked: Sequence[Ask]) -> list[Cut | None]:
    """What is kept of each question, None where nothing is: for who asks the rest in a transaction.

    Nothing is given where `edition` is not the state that the data are in.
    """
    if edition is None or not await _is_now(graph, edition):
        return [None] * len(asked)
    return [await _kept_cut(graph, edition, ask) for ask in asked]


async def keep(graph: Graph, edition: str | None, ask: Ask, rows: Sequence[Row]) -> None:
    """Keep the rows that a file gave for the area itself, if the data are still in that state."""
    if edition is None or not await _is_now(graph, edition):
        return
    alone = replace(ask, root=ask.area)
    memory, slot = memory_of(graph).of(edition), _slot(graph, edition, alone)
    content = await _pack(graph, memory, slot, alone, rows)
    if await _is_now(graph, edition):
        memory.of(edition).add(slot.key, Unit(content))
        await slot.shelf.put(edition, slot.key, content)


async def _is_now(graph: Graph, edition: str) -> bool:
    await graph.version()
    return bool(graph.settings.kept) and graph.known.edition == edition


async def _directly(graph: Graph, ask: Ask) -> Cut:
    """The file asked for the area itself; nothing is kept."""
    rows = await _run(graph, ask.query, ask.parameters)
    unit = Unit(pack(rows, [()] * len(rows), {}))
    return Cut(unit, None, ask.elsewhere, graph.viewer)


@dataclass(frozen=True)
class _Slot:
    """Where a unit is kept."""

    shelf: Shelf
    edition: str
    key: str

    async def take(self) -> Unit | None:
        """What stands on the shelf; what is not whole does not stand there."""
        content = await self.shelf.take(self.edition, self.key)
        try:
            return None if content is None else Unit(content)
        except (ValueError, KeyError):
            return None


async def _find(graph: Graph, edition: str, ask: Ask) -> Cut:
    cut = await _kept_cut(graph, edition, ask)
    if cut is None:
        unit = await _found(graph, edition, replace(ask, root=ask.area))
        cut = Cut(unit, None, ask.elsewhere, graph.viewer)
    return cut


async def _kept_cut(graph: Graph, edition: str, ask: Ask) -> Cut | None:
    """What is kept for the root, cut for the area, or what is kept for the area itself."""
    unit = await _kept(graph, edition, ask)
    if unit is not None:
        area = None if ask.area == ask.root else ask.area
        return Cut(unit, area, ask.elsewhere, graph.viewer)
    unit = await _kept(graph, edition, replace(ask, root=ask.area))
    return None if unit is None else Cut(unit, None, ask.elsewhere, graph.viewer)


async def _kept(graph: Graph, edition: str, ask: Ask) -> Unit | None:
    """What is in memory or on the shelf; first of all what holds of the state of the data before."""
    memory = memory_of(graph).of(edition)
    if memory.note(CARRIED) is None:
        async with memory.lock:
            if memory.note(CARRIED) is None:
                await carry_over(graph, Shelf(graph.settings, graph.ledger), edition)
                memory.of(edition).add_note(CARRIED, True)
    memory, slot = memory_of(graph).of(edition), _slot(graph, edition, ask)
    unit = memory.unit(slot.key)
    if unit is None:
        unit = await slot.take()
        if unit is not None:
            memory.of(edition).add(slot.key, unit)
    return unit


async def _found(graph: Graph, edition: str, ask: Ask) -> Unit:
    """Find it now; whoever asked at the same time finds what the first one found."""
    memory, slot = memory_of(graph).of(edition), _slot(graph, edition, ask)
    async with memory.lock:
        unit = memory.unit(slot.key) or await _together(graph, memory, slot, ask)
    memory.of(edition).add(slot.key, unit)
    return unit


async def _together(graph: Graph, memory: Memory, slot: _Slot, ask: Ask) -> Unit:
    """Find it, unless another process does: then wait for what it finds."""
    lock = FileLock(slot.shelf.folder / LOCK)
    while not lock.take(shared=False):
        await asyncio.sleep(WAIT)
        unit = await slot.take()
        if unit is not None:
            return unit
    try:
        unit = await slot.take()
        if unit is None:
            content = await _compute(graph, memory, slot, ask)
            unit = Unit(content)
            if graph.known.edition == slot.edition:
                await slot.shelf.put(slot.edition, slot.key, content)
    finally:
        lock.release()
    return unit


def _slot(graph: Graph, edition: str, ask: Ask) -> _Slot:
    return _Slot(Shelf(graph.settings, graph.ledger), edition, key_of(graph, ask))


async def _compute(graph: Graph, memory: Memory, slot: _Slot, ask: Ask) -> bytes:
    return await _pack(graph, memory, slot, ask, await _run(graph, ask.query, ask.for_root))


async def _pack(graph: Graph, memory: Memory, slot: _Slot, ask: Ask, rows: Sequence[Row]) -> bytes:
    placing = memory.placing(ask.parameters["as_of"])
    await _know_places(graph, placing, slot, ask)
    head = {"file": ask.query.name, "revision": ask.query.revision, "root": ask.root}
    return await asyncio.to_thread(pack, rows, placing.areas_of(ask.query, rows), head)


async def _know_places(graph: Graph, placing: Placing, slot: _Slot, ask: Ask) -> None:
    for name in placing.missing(ask.query):
        scope = graph.catalogue[name]
        key = hashlib.sha256(f"{name}@{scope.revision}@{ask.parameters['as_of']}".encode()).hexdigest()[:32]
        own = replace(slot, key=key)
        unit = await own.take()
        if unit is None:
            rows = await _run(graph, scope, graph.bind_known(scope, ask.parameters))
            content = pack(rows, [()] * len(rows), {"file": name, "revision": scope.revision})
            unit = Unit(content)
            if graph.known.edition == slot.edition:
                await slot.shelf.put(slot.edition, key, content)
        placing.add(name, unit.rows(unit.numbers(None, NOWHERE)))


async def _run(graph: Graph, query: Query, parameters: Mapping[str, Any]) -> list[Row]:
    """Rows as they are: what is kept serves every viewer."""
    _, (rows,) = await graph.under(Viewer(personal=True)).read_facts([query.select(parameters)])
    return rows


def key_of(graph: Graph, ask: Ask) -> str:
    """Names a unit: the file as it stands, its parameters, the root, and the files that place its rows."""
    scopes: Iterable[str] = (f"{s}@{graph.catalogue[s].revision}" for s in scopes_of(ask.query))
    parts = [ask.query.name, ask.query.revision, *scopes, sorted(ask.for_root.items())]
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()[:32]
