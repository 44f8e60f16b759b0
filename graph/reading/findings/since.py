"""What changed since an older state of the data, read once for all files that are mended from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from graph.catalogue import Query
from graph.reading.findings.asked import Slot
from graph.reading.findings.between import changes_between
from graph.reading.findings.days import days_of
from graph.reading.findings.memory import Memory
from graph.reading.findings.spread import Neighbours, Touched, with_crossings
from graph.reading.findings.touched import neighbours_now, touched_by, turning
from graph.reading.graph import Graph
from graph.store.version import version_of

FAR = timedelta(days=62)
"""Between two days, above which what turned is not looked for: of a year it costs more than files anew."""


@dataclass(frozen=True)
class Since:
    """What changed, with the cross-appointments that follow, and who is joined to whom, now or then."""

    touched: list[Touched]
    near: Neighbours


async def changed_since(graph: Graph, memory: Memory, before: str, edition: str) -> Since | None:
    """What changed from one state of the data to this one; None where that is not known, or too much."""
    key = "since", before
    if memory.note(key) is None:
        memory.add_note(key, (await _read(graph, memory, before, edition),))
    found: tuple[Since | None] = memory.note(key)
    return found[0]


async def _read(graph: Graph, memory: Memory, before: str, edition: str) -> Since | None:
    if before == edition:
        return Since([], neighbours_now(graph, memory))
    changes = await changes_between(graph, version_of(before), version_of(edition))
    touched = None if changes is None else touched_by(changes)
    if touched is None:
        return None
    near = Neighbours(graph, touched)
    return Since(await with_crossings(touched, near), near)


async def turned_since(
    graph: Graph, memory: Memory, slots: tuple[Slot, Slot], query: Query, given: Mapping[str, Any]
) -> list[Touched] | None:
    """What turns from the day of one slot to that of another that the file reads; None: much, or all."""
    before, slot = slots
    if before.day == slot.day:
        return []
    if abs(before.day - slot.day) > FAR:
        return None
    days = await days_of(graph, slot.shelf, slot.edition, [query])
    return await turning(graph, memory, query, given, days=days, between=(before.day, slot.day))
