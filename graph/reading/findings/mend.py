"""Bringing kept rows of a file up to date: only those that a change may touch are read again.

From what changed, the file's paths are walked back to the things whose rows may differ now (`spread.py`).
The file is run for these things alone (`narrowed.py`) or, if its form does not allow that, for the lowest
areas in which they lie now or lay before. All other rows stay: the cost follows the change, not the place.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import orjson

from graph.reading.areas import read_areas
from graph.reading.findings.asked import Ask, Slot, kept_before
from graph.reading.findings.compute import pack_rows, placing_for, placing_then, run_file, run_of
from graph.reading.findings.memory import Memory
from graph.reading.findings.packing import order_of, patched
from graph.reading.findings.placing import Placing
from graph.reading.findings.reach import reads
from graph.reading.findings.since import Since, changed_since, turned_since
from graph.reading.findings.spread import Touched, origins
from graph.reading.findings.unit import PackedUnit
from graph.reading.findings.ways import ways_of
from graph.reading.graph import Graph
from graph.store import Row

MOST = 0.2
"""The share of a place's lowest areas above which the file is run for the whole place."""
WIDE = 4
"""Changes per row that may differ: with more, the walk back costs more than running the file."""
LEAST = 1
"""Areas that are run one by one in any place, however few areas it has."""


async def mend(graph: Graph, memory: Memory, slot: Slot, ask: Ask) -> bytes | None:
    """The file's rows for the root, made from rows kept before; None if the file has to be run as a whole."""
    ways = ways_of(ask.query)
    if ways is None or {column for column, _ in ask.query.header.places} != {ways.column}:
        return None
    there = await slot.shelf.keys()
    for before in kept_before(slot, there):
        since = await changed_since(graph, memory, before.edition, slot.edition)
        if since is None:
            continue
        turned = await turned_since(graph, memory, (before, slot), ask.query, ask.for_root)
        old = None if turned is None else memory.unit(before.key, before.edition) or await before.take()
        if old is not None and turned is not None:
            touched = [*since.touched, *turned]
            slots = before, slot
            return await _mended(graph, memory, slots, ask, old=old, since=since, touched=touched)
    return None


async def _mended(
    graph: Graph,
    memory: Memory,
    slots: tuple[Slot, Slot],
    ask: Ask,
    *,
    old: PackedUnit,
    since: Since,
    touched: list[Touched],
) -> bytes | None:
    """The old rows, with those that the changes may touch read again; sorted as the file sorts."""
    before, slot = slots
    most = max(500, old.count // 5)
    if sum(reads(ask.query, one.words) for one in touched) > WIDE * most:
        return None
    changed = await origins(ask.query, touched, since.near, most)
    then = await placing_then(graph, memory, before, ask.query)
    if changed is None or then is None:
        return None
    placing = await placing_for(graph, memory, slot, ask)
    changed |= placing.moved(ask.query, then).intersection(old.origins)
    gone = {number for number, id_ in enumerate(old.origins) if id_ in changed}
    rows = await _of_origins(graph, ask, changed, placing)
    if rows is None:
        rows = await _of_areas(graph, memory, ask, (old, gone, changed), placing)
    if rows is None:
        return None
    if not gone and not rows:
        return old.content
    return await asyncio.to_thread(_packed, ask, old, gone, rows, placing)


async def _of_origins(graph: Graph, ask: Ask, changed: set[str], placing: Placing) -> list[Row] | None:
    """The rows of the changed things, read by their ids; None for a file that cannot be run for ids."""
    rows = await run_of(graph, ask.query, {**ask.for_root, "area": None}, changed)
    if rows is None:
        return None
    areas = placing.areas_of(ask.query, rows)
    return [r for r, inside in zip(rows, areas, strict=True) if ask.root is None or ask.root in inside]


async def _of_areas(
    graph: Graph, memory: Memory, ask: Ask, what: tuple[PackedUnit, set[int], set[str]], placing: Placing
) -> list[Row] | None:
    """The rows of the lowest areas in which the changed things lie or lay; None if the areas are too many.

    The numbers of the old rows of these areas are added to `gone`.
    """
    old, gone, changed = what
    lies = await _low_areas(graph, memory, ask)
    low = lies.of(placing.above_of(ask.query, changed))
    for number in gone:
        low |= lies.of([old.areas(number)])
    if ask.root in low or len(low) > max(LEAST, MOST * lies.count):
        return None
    rows: dict[bytes, Row] = {}
    for area in sorted(low):
        gone.update(old.members(area))
        for row in await run_file(graph, ask.query, {**ask.for_root, "area": area}):
            rows[orjson.dumps(row, default=str)] = row
    return list(rows.values())


def _packed(ask: Ask, old: PackedUnit, gone: Collection[int], rows: list[Row], placing: Placing) -> bytes:
    content = patched(old, gone, rows, placing.areas_of(ask.query, rows))
    if content is None:
        staying = old.rows(n for n in range(old.count) if n not in gone)
        order = old.head["order"]
        content = pack_rows(ask, sorted([*staying, *rows], key=lambda row: order_of(row, order)), placing)
    return content


@dataclass(frozen=True)
class _LowAreas:
    """The areas of a root in which no other area lies."""

    inside: frozenset[str]
    above: Mapping[str, Sequence[str]]
    count: int

    def of(self, places: Iterable[Sequence[str]]) -> set[str]:
        """The lowest areas of each set, among those of the root."""
        return {area for areas in places for area in self._lowest(self.inside.intersection(areas))}

    def _lowest(self, areas: frozenset[str]) -> frozenset[str]:
        return areas.difference(*(self.above[area] for area in areas))


async def _low_areas(graph: Graph, memory: Memory, ask: Ask) -> _LowAreas:
    key = "low areas", ask.root, ask.parameters["as_of"]
    found: _LowAreas | None = memory.note(key)
    if found is None:
        tree = await read_areas(graph, ask.parameters["as_of"])
        inside = frozenset(tree.below(ask.root))
        above = {area: tree.above(area)[1:] for area in inside}
        upper = {area for areas in above.values() for area in areas}
        found = _LowAreas(inside, above, len(inside - upper))
        memory.add_note(key, found)
    return found
