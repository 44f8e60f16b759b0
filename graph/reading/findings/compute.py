"""Rows of a file from the engine, and the areas in which each counts on a day."""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from graph.catalogue import Query
from graph.model import label_of
from graph.pausing import PAUSE
from graph.reading.findings.asked import NOWHERE, Ask, Slot, kept_before, other_days
from graph.reading.findings.days import days_of, turns_between
from graph.reading.findings.facts import facts, is_wide
from graph.reading.findings.memory import Memory
from graph.reading.findings.narrowed import narrowed
from graph.reading.findings.packing import pack, patched
from graph.reading.findings.placing import Places, Placing, changed_places, gathered
from graph.reading.findings.since import changed_since, turned_since
from graph.reading.findings.spread import origins
from graph.reading.findings.unit import PackedUnit
from graph.reading.findings.ways import ways_of
from graph.reading.graph import Graph
from graph.store import Row


async def placed_rows(graph: Graph, memory: Memory, slot: Slot, ask: Ask, rows: list[Row]) -> bytes:
    """Rows as a unit, each with the areas in which it counts on the day."""
    placing = await placing_for(graph, memory, slot, ask)
    return await asyncio.to_thread(pack_rows, ask, rows, placing)


async def root_rows(graph: Graph, memory: Memory, slot: Slot, ask: Ask) -> bytes:
    """What the file says for the root, as a unit.

    Where the root is the only place that was loaded the file is asked for everywhere, and what lies
    outside is left out: to begin at an area is up to a quarter of the work.
    """
    everywhere = {load["area"] for load in graph.known.loads if load.get("area")} == {ask.root}
    given = {**ask.for_root, "area": None} if everywhere else ask.for_root
    rows = await run_file(graph, ask.query, given)
    if everywhere:
        placing = await placing_for(graph, memory, slot, ask)
        areas = await asyncio.to_thread(placing.areas_of, ask.query, rows)
        rows = [row for row, inside in zip(rows, areas, strict=True) if ask.root in inside]
    return await placed_rows(graph, memory, slot, ask, rows)


def pack_rows(ask: Ask, rows: list[Row], placing: Placing) -> bytes:
    """Rows as a unit that can be mended where the file's ways are known."""
    ways = ways_of(ask.query)
    origin, order = (None, ()) if ways is None else (ways.column, ways.order)
    with PAUSE:
        areas = placing.areas_of(ask.query, rows)
        return pack(rows, areas, head_of(ask), origin=origin, order=order)


def head_of(ask: Ask) -> dict[str, str | None]:
    """What a unit says of itself."""
    return {"file": ask.query.name, "revision": ask.query.revision, "root": ask.root}


async def placing_for(graph: Graph, memory: Memory, slot: Slot, ask: Ask) -> Placing:
    """Where what the rows of a file name is, on the day."""
    placing = memory.placing(ask.parameters["as_of"])
    for name in placing.missing(ask.query):
        scope = graph.catalogue[name]
        own = scope_slot(slot, scope)
        unit, rows = await own.take(), None
        if unit is None:
            given = graph.bind_known(scope, ask.parameters)
            unit = await _places_of_another_day(graph, own, scope) or await _mended(
                graph, memory, own, scope, given
            )
            if unit is None:
                rows = await run_file(graph, scope, given)
                head = {"file": name, "revision": scope.revision}
                unit = PackedUnit(
                    pack(rows, [()] * len(rows), head, origin="subject", order=("subject", "place"))
                )
            if graph.known.edition == slot.edition:
                # Under its own day too: what is mended from here compares where things lay.
                await slot.shelf.put(slot.edition, own.key, unit.content)
        placing.add(name, places_of(memory, unit, rows))
    return placing


async def placing_then(graph: Graph, memory: Memory, slot: Slot, query: Query) -> Placing | None:
    """The same of another day or state of the data, as far as it is kept; None where it is not."""
    key = "placing", slot.edition, slot.day
    placing: Placing | None = memory.note(key)
    if placing is None:
        placing = Placing()
        memory.add_note(key, placing)
    for name in placing.missing(query):
        unit = await scope_slot(slot, graph.catalogue[name]).take()
        if unit is None:
            return None
        placing.add(name, places_of(memory, unit))
    return placing


def scope_slot(slot: Slot, scope: Query) -> Slot:
    """Where the rows of a file under `scopes/` are kept."""
    family = hashlib.sha256(f"{scope.name}@{scope.revision}".encode()).hexdigest()[:32] + "-"
    return replace(slot, family=family)


def places_of(memory: Memory, unit: PackedUnit, rows: list[Row] | None = None) -> Places:
    """What a file under `scopes/` said, unpacked once however many states of the data share it.

    `rows` are those of the unit, where they are at hand.
    """
    digest = digest_of(unit.content)
    found = memory.places(digest)
    if found is None:
        found = gathered(unit.rows(unit.numbers(None, NOWHERE)) if rows is None else rows)
        memory.add_places(digest, found)
    return found


def digest_of(content: bytes) -> bytes:
    """Tells what one file under `scopes/` said from what another one did, or the same one at another time."""
    return hashlib.blake2b(content, digest_size=16).digest()


async def _places_of_another_day(graph: Graph, slot: Slot, scope: Query) -> PackedUnit | None:
    for day in other_days(slot, await slot.shelf.keys()):
        days = await days_of(graph, slot.shelf, slot.edition, [scope])
        if not turns_between(scope, {}, days, day, slot.day):
            return await slot.of(day).take()
    return None


async def _mended(
    graph: Graph, memory: Memory, slot: Slot, scope: Query, given: Mapping[str, Any]
) -> PackedUnit | None:
    """Where things lie, made of where they lay: only what changed or turned is asked for."""
    for before in kept_before(slot, await slot.shelf.keys()):
        since = await changed_since(graph, memory, before.edition, slot.edition)
        turned = await turned_since(graph, memory, (before, slot), scope, given) if since else None
        old = await before.take() if turned is not None else None
        if since is None or turned is None or old is None:
            continue
        most = max(500, old.count // 5)
        changed = await origins(scope, [*since.touched, *turned], since.near, most)
        rows = None if changed is None else await run_of(graph, scope, given, changed)
        if rows is None or changed is None:
            return None
        gone = [number for number, subject in enumerate(old.origins) if subject in changed]
        content = patched(old, gone, rows, [()] * len(rows)) if gone or rows else old.content
        if content is None:
            return None
        if gone or rows:
            memory.add_places(digest_of(content), changed_places(places_of(memory, old), changed, rows))
        return PackedUnit(content)
    return None


async def run_of(
    graph: Graph, query: Query, given: Mapping[str, Any], ids: Collection[str]
) -> list[Row] | None:
    """The rows of some things, asked for by their ids; None for a file that cannot be asked so."""
    found: list[Row] = []
    by_label: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(ids):
        by_label[label_of(id_)].append(id_)
    for label, asked in by_label.items():
        text = narrowed(query, label)
        if text is None:
            return None
        if text:
            found += await run_file(graph, query, {**given, "origins": asked}, text=text)
    return found


async def run_file(
    graph: Graph, query: Query, parameters: Mapping[str, Any], *, text: str | None = None
) -> list[Row]:
    """Rows as they are, for what is kept serves every viewer; `text` replaces the file's own."""
    select = query.select(parameters)
    if text is not None:
        select = select._replace(text=text)
    return await facts(graph, select, worth=text is not None or is_wide(graph, parameters.get("area")))
