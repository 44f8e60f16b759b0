"""What changed since an older state of the data, read once for all files that are mended from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from graph.catalogue import Query
from graph.kept.file import Edge
from graph.reading.findings.asked import Slot
from graph.reading.findings.between import changes_between
from graph.reading.findings.days import days_of
from graph.reading.findings.memory import Memory
from graph.reading.findings.neighbours import Neighbours, Touched, crossings
from graph.reading.findings.touched import touched_by, turning
from graph.reading.graph import Graph
from graph.store.version import version_of

FAR = timedelta(days=62)
"""Between two days, above which what turned is not looked for: of a year it costs more than files anew."""


@dataclass(frozen=True)
class Since:
    """What changed, with the cross-appointments that follow; `name` is of both states, empty for one."""

    name: str
    touched: list[Touched]

    @cached_property
    def edges(self) -> list[Edge]:
        """The edges that changed: some are gone."""
        return [(one.kind, one.start, one.end) for one in self.touched if one.end]


async def changed_since(graph: Graph, memory: Memory, before: str, edition: str) -> Since | None:
    """What changed from one state of the data to this one; None where that is not known, or too much."""
    key = "since", before
    if memory.note(key) is None:
        memory.add_note(key, (await _read(graph, before, edition),))
    found: tuple[Since | None] = memory.note(key)
    return found[0]


async def _read(graph: Graph, before: str, edition: str) -> Since | None:
    if before == edition:
        return Since("", [])
    changes = await changes_between(graph, version_of(before), version_of(edition))
    touched = None if changes is None else touched_by(changes)
    if touched is None:
        return None
    followed = await crossings(touched, Neighbours(graph, touched))
    return Since(f"{before} {edition}", [*touched, *followed])


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
