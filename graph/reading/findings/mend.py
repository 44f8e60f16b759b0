"""A unit made of an older one: rows of what changed are asked of the engine, all others are taken over.

What changed is walked back to the things whose rows may be others (`spread`). The file is asked
for the lowest areas in which these lie, before or now; every row that lies in none of them stays. So the
cost goes with what changed, not with the place.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import orjson

from graph.reading.areas import AreaTree, read_areas
from graph.reading.findings.asked import NOWHERE, Ask, Slot, other_days
from graph.reading.findings.compute import head_of, placing_for, run_file
from graph.reading.findings.days import days_of
from graph.reading.findings.memory import Memory
from graph.reading.findings.placing import Placing
from graph.reading.findings.reach import reads
from graph.reading.findings.spread import Neighbours, Touched, origins, with_crossings
from graph.reading.findings.touched import changes_between, touched_by, turning
from graph.reading.findings.unit import Unit, pack
from graph.reading.findings.ways import ways_of
from graph.reading.graph import Graph
from graph.store import Row
from graph.store.version import version_of

MOST = 0.2
"""Of the lowest areas of a place, the share above which it is asked as a whole."""
WIDE = 4
"""Changed things to one whose rows may be others: from more, the walk costs more than the file."""
LEAST = 1
"""So many areas are asked for one by one in any place."""


async def mend(graph: Graph, memory: Memory, slot: Slot, ask: Ask) -> bytes | None:
    """What the file gives for the root, made of what it gave; None where that is to be found as a whole."""
    ways = ways_of(ask.query)
    if ways is None or {column for column, _ in ask.query.header.places} != {ways.column}:
        return None
    there = await slot.shelf.keys()
    for before in _before(slot, there):
        touched = await _touched(graph, memory, before, slot, ask)
        old = await before.take() if touched is not None else None
        if old is not None and touched is not None:
            changed = await _changed(graph, ask, old, touched)
            placing = await placing_for(graph, memory, slot, ask)
            return None if changed is None else await _mended(graph, ask, old, changed, placing)
    return None


def _before(slot: Slot, there: Mapping[str, list[str]]) -> Iterator[Slot]:
    """Where the same is kept: for other days, then of the state of the data before."""
    for day in other_days(slot, there):
        yield slot.of(day)
    version = version_of(slot.edition)
    older = [e for e in there if version_of(e) < version]
    if older:
        last = replace(slot, edition=max(older, key=version_of))
        if slot.key in there[last.edition]:
            yield last
        for day in other_days(last, there):
            yield last.of(day)


async def _touched(graph: Graph, memory: Memory, before: Slot, slot: Slot, ask: Ask) -> list[Touched] | None:
    """What changed and turns from where something is kept to what is asked for."""
    found: list[Touched] = []
    if before.edition != slot.edition:
        note = "changes since", before.edition
        if memory.note(note) is None:
            versions = version_of(before.edition), version_of(slot.edition)
            changes = await changes_between(graph, *versions)
            memory.add_note(note, (None if changes is None else touched_by(changes),))
        (changed,) = memory.note(note)
        if changed is None:
            return None
        found += changed
    if before.day != slot.day:
        days = await days_of(graph, slot.shelf, slot.edition, [ask.query])
        turned = await turning(graph, ask.query, ask.for_root, days, (before.day, slot.day))
        if turned is None:
            return None
        found += turned
    near = Neighbours(graph, found)
    return await with_crossings(found, near)


async def _changed(graph: Graph, ask: Ask, old: Unit, touched: list[Touched]) -> set[str] | None:
    """The things whose rows may be others; None where they are too many, or not bounded."""
    most = max(500, old.count // 5)
    if sum(reads(ask.query, one.words) for one in touched) > WIDE * most:
        return None
    return await origins(ask.query, touched, Neighbours(graph, touched), most)


async def _mended(graph: Graph, ask: Ask, old: Unit, changed: set[str], placing: Placing) -> bytes | None:
    """The old rows but those of what changed, which are asked for by area; sorted as the file sorts."""
    ways = ways_of(ask.query)
    assert ways is not None
    rows = list(old.rows(old.numbers(None, NOWHERE)))
    tree = await read_areas(graph, ask.parameters["as_of"])
    origin_of = [str(row[ways.column]).partition("#")[0] for row in rows]
    where = [set(areas) for areas in placing.areas_of(ask.query, [{ways.column: id_} for id_ in changed])]
    where += [set(old.areas(n)) for n, id_ in enumerate(origin_of) if id_ in changed]
    inside = set(tree.below(ask.root))
    low = {area for areas in where for area in _lowest(tree, areas & inside)}
    lowest = _lowest(tree, inside)
    if ask.root in low or len(low) > max(LEAST, MOST * len(lowest)):
        return None
    asked: dict[bytes, Row] = {}
    for area in sorted(low):
        for row in await run_file(graph, ask.query, {**ask.for_root, "area": area}):
            asked[orjson.dumps(row, default=str)] = row
    now = placing.areas_of(ask.query, rows)
    kept = [
        row
        for row, id_, areas in zip(rows, origin_of, now, strict=True)
        if id_ not in changed and low.isdisjoint(areas) and (ask.root is None or ask.root in areas)
    ]
    found = sorted([*kept, *asked.values()], key=lambda row: _order(row, ways.order))
    return await asyncio.to_thread(pack, found, placing.areas_of(ask.query, found), head_of(ask))


def _lowest(tree: AreaTree, areas: set[str]) -> set[str]:
    """Of some areas those in which no other of them lies."""
    above = {upper for area in areas for upper in tree.above(area)[1:]}
    return areas - above


def _order(row: Row, columns: Sequence[str]) -> list[tuple[bool, str]]:
    """As both engines sort texts: by their characters, nothing last."""
    return [(row[c] is None, str(row[c])) for c in columns]
