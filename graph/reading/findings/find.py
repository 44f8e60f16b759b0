"""The rows of rules and dimensions: from memory, from the shelf (files), or computed now and kept.

A question (`Ask`) names a query, its parameters with the area, and the root: a larger area in which the same
parameters apply, a city for instance. Rows computed for the root are kept, and each area in it is given its
share (`Cut`). Where nothing is kept for the root, the area alone is computed, so that nobody who asks for a
community waits for a city.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial

from graph.errors import StoreUnavailable
from graph.kept.packing import pack
from graph.kept.unit import PackedUnit
from graph.reading.findings.asked import Ask, Slot, other_days, scopes_of, slot_of
from graph.reading.findings.carry import carry_over
from graph.reading.findings.compute import packed_rows, placed_anew, run_file, whole_unit
from graph.reading.findings.cut import Cut
from graph.reading.findings.days import days_of, turns_between
from graph.reading.findings.facts import expect, is_wide
from graph.reading.findings.finding import Finders, PlacesGone
from graph.reading.findings.memory import Memory, memory_of
from graph.reading.findings.mend import mend
from graph.reading.findings.progress import QuestionProgress
from graph.reading.findings.remembered import remembered_files
from graph.reading.findings.shelf import Shelf
from graph.reading.graph import TRIES, Graph
from graph.store import Row
from graph.store.engine.locks import FileLock
from graph.store.version import version_of

LOCK = "computing.lock"
CARRIED = "carried"
WAIT = 0.1
"""Seconds between two looks at whether another process is done."""


async def find_cuts(graph: Graph, asked: Sequence[Ask], more: int = 0) -> tuple[int, list[Cut]]:
    """The data version, and for each question its rows, all of that version.

    `more` such questions are asked next. Raises as `Graph.read_facts`.
    """
    graph.check([ask.query.select(ask.parameters) for ask in asked])
    for _ in range(TRIES):
        version = await graph.version()
        edition = graph.known.edition
        if edition is None or not graph.settings.kept:
            found = [await _ask_for_area(graph, ask) for ask in asked]
        else:
            found = await _cuts_of(graph, edition, asked, more)
        if await graph.version() == version and graph.known.edition == edition:
            return version, found
    raise StoreUnavailable("数据正在连续更新，请稍后重试。", "the data keep changing, try again later.")


async def is_kept(graph: Graph, ask: Ask) -> bool:
    """Whether what is asked for is in memory or on the shelf."""
    await graph.version()
    edition = graph.known.edition
    return edition is not None and await _kept(graph, edition, ask) is not None


async def know_days(graph: Graph, asked: Sequence[Ask]) -> None:
    """Read ahead on which days something begins or ends that these queries read: needed tomorrow."""
    await graph.version()
    edition = graph.known.edition
    if edition is None or not graph.settings.kept:
        return
    memory = memory_of(graph).of(edition)
    queries = {ask.query.name: ask.query for ask in asked}
    names = {name for query in queries.values() for name in scopes_of(query)} | remembered_files(memory)
    read = [*queries.values(), *(graph.catalogue[name] for name in sorted(names))]
    async with memory.lock:
        await days_of(graph, Shelf(graph.settings, graph.ledger), edition, read)


async def find_kept(graph: Graph, edition: str | None, asked: Sequence[Ask]) -> list[Cut | None]:
    """What is kept for each question, else None: for callers that ask the rest in a transaction of their own.

    All None if the data are no longer in the state `edition`.
    """
    if edition is None or not await _is_now(graph, edition):
        return [None] * len(asked)
    return [await _kept_cut(graph, edition, ask) for ask in asked]


async def keep(graph: Graph, edition: str | None, ask: Ask, rows: list[Row]) -> None:
    """Keep rows that a caller has computed for the area itself, if the data are still in that state."""
    if edition is None or not await _is_now(graph, edition):
        return
    alone = replace(ask, root=ask.area)
    memory, slot = memory_of(graph).of(edition), slot_of(graph, edition, alone)
    async with memory.lock:
        content = await _made(graph, memory, partial(packed_rows, slot=slot, ask=alone, rows=rows))
    if await _is_now(graph, edition):
        await slot.shelf.put(edition, slot.key, content)
        memory.of(edition).add(slot.key, slot.unit(content))


async def _is_now(graph: Graph, edition: str) -> bool:
    await graph.version()
    return bool(graph.settings.kept) and graph.known.edition == edition


async def _ask_for_area(graph: Graph, ask: Ask) -> Cut:
    """The engine's answer for the area itself; nothing is kept."""
    rows = await run_file(graph, ask.query, ask.parameters)
    unit = PackedUnit(pack(rows, [()] * len(rows), {}))
    return Cut(unit, None, ask.elsewhere, graph.viewer)


async def _cuts_of(graph: Graph, edition: str, asked: Sequence[Ask], more: int) -> list[Cut]:
    """What is kept for the root or the area of each, else what is computed for the area now."""
    found = [await _kept_cut(graph, edition, ask) for ask in asked]
    missing = [ask for ask, cut in zip(asked, found, strict=True) if cut is None]
    made = iter(await _computed(graph, edition, missing, more))
    return [next(made) if cut is None else cut for cut in found]


async def _computed(graph: Graph, edition: str, asked: list[Ask], more: int) -> list[Cut]:
    """What is computed for the areas now; others are told how far it is, and may cancel it."""
    if not asked:
        return []
    folder = Shelf(graph.settings, graph.ledger).folder
    progress = QuestionProgress(folder, asked[0].parameters["as_of"], version_of(edition), len(asked))
    try:
        await expect(graph, asked, more)
        made = []
        for done, ask in enumerate(asked):
            progress.next(done, ask.query.name, ask.query.header.title_zh)
            unit = await _compute(graph, edition, replace(ask, root=ask.area))
            made.append(Cut(unit, None, ask.elsewhere, graph.viewer))
        return made
    finally:
        progress.close()


async def _kept_cut(graph: Graph, edition: str, ask: Ask) -> Cut | None:
    """What is kept for the root, cut for the area, or what is kept for the area itself."""
    unit = await _kept(graph, edition, ask)
    if unit is not None:
        area = None if ask.area == ask.root else ask.area
        return Cut(unit, area, ask.elsewhere, graph.viewer)
    unit = await _kept(graph, edition, replace(ask, root=ask.area))
    return None if unit is None else Cut(unit, None, ask.elsewhere, graph.viewer)


async def _kept(graph: Graph, edition: str, ask: Ask) -> PackedUnit | None:
    """What is in memory or on the shelf, or was computed for another day and is the same on this one.

    In a new state of the data, first everything that the change did not touch is carried over.
    """
    memory = memory_of(graph).of(edition)
    if memory.note(CARRIED) is None:
        async with memory.lock:
            if memory.note(CARRIED) is None:
                await carry_over(graph, memory, Shelf(graph.settings, graph.ledger), edition)
                memory.of(edition).add_note(CARRIED, True)
    memory, slot = memory_of(graph).of(edition), slot_of(graph, edition, ask)
    unit = memory.unit(slot.key)
    if unit is None:
        unit = await slot.take() or await _of_another_day(graph, memory, slot, ask)
        if unit is not None:
            memory.of(edition).add(slot.key, unit)
    return unit


async def _of_another_day(graph: Graph, memory: Memory, slot: Slot, ask: Ask) -> PackedUnit | None:
    """The rows of the nearest day, if nothing that the query reads begins or ends between it and this one."""
    for day in other_days(slot, await slot.shelf.keys()):
        async with memory.lock:
            scopes = [graph.catalogue[name] for name in scopes_of(ask.query)]
            days = await days_of(graph, slot.shelf, slot.edition, [ask.query, *scopes])
            asked = ask.parameters["as_of"]
            if turns_between(ask.query, ask.for_root, days, day, asked):
                continue
            other = slot.of(day)
            unit = memory.unit(other.key, other.edition) or await other.take()
            if unit is None:
                continue
            if any(turns_between(scope, {}, days, day, asked) for scope in scopes):
                content = await _made(graph, memory, partial(placed_anew, slot=slot, ask=ask, old=unit))
                if graph.known.edition == slot.edition:
                    await slot.shelf.put(slot.edition, slot.key, content)
                return slot.unit(content)
            if graph.known.edition == slot.edition:
                await slot.shelf.share((other.edition, other.key), (slot.edition, slot.key))
            return unit
    return None


async def _compute(graph: Graph, edition: str, ask: Ask) -> PackedUnit:
    """Compute it now; others in this process who ask meanwhile wait and get the same."""
    memory, slot = memory_of(graph).of(edition), slot_of(graph, edition, ask)
    async with memory.lock:
        unit = memory.unit(slot.key) or await _compute_once(graph, memory, slot, ask)
    memory.of(edition).add(slot.key, unit)
    return unit


async def _compute_once(graph: Graph, memory: Memory, slot: Slot, ask: Ask) -> PackedUnit:
    """Compute it, unless another process does so: then wait for its result."""
    lock = FileLock(slot.shelf.folder / LOCK)
    while not lock.take(shared=False):
        await asyncio.sleep(WAIT)
        unit = await slot.take()
        if unit is not None:
            return unit
    try:
        unit = await slot.take()
        if unit is None:
            content = await _made(
                graph, memory, partial(_found, slot=slot, ask=ask), worth=is_wide(graph, ask.root)
            )
            if graph.known.edition == slot.edition:
                await slot.shelf.put(slot.edition, slot.key, content)
            unit = slot.unit(content)
    finally:
        lock.release()
    return unit


async def _found(finding: Finders, slot: Slot, ask: Ask) -> bytes:
    content = await mend(finding, slot, ask)
    return await whole_unit(finding, slot, ask) if content is None else content


async def _made(
    graph: Graph, memory: Memory, make: Callable[[Finders], Awaitable[bytes]], *, worth: bool = True
) -> bytes:
    """A unit; where what it needs stands nowhere, as on a full disk, made by this process alone."""
    try:
        return await make(Finders(graph, memory, worth=worth))
    except PlacesGone:
        memory.forget_places()
        return await make(Finders(graph, memory, worth=worth, alone=True))
