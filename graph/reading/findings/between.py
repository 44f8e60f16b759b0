"""What changed between two states of the data, as their change sets have it."""

from __future__ import annotations

from graph.reading.findings.memory import memory_of
from graph.reading.graph import Graph
from graph.store.changes import Change
from graph.store.history import read_sets, read_undo

MOST = 20_000
"""Changes above which everything that they reach is found as a whole."""


async def changes_between(
    graph: Graph, before: int, now: int, most: int | None = None
) -> list[Change] | None:
    """The changes that undo all between two versions; None where that is not known, or above `most`.

    Several ask for the same: few are read once for a state of the data. No caller may change them.
    """
    memory, key = memory_of(graph), ("changes", before, now)
    known: list[Change] | None = memory.note(key)
    if known is not None:
        return known
    sets = [s for s in await read_sets(graph.store) if before < s.version <= now]
    if {s.version for s in sets} != set(range(before + 1, now + 1)):
        return None
    many = sum(s.created + s.changed + s.ended + s.removed for s in sets)
    if most is not None and many > most:
        return None
    changes = [change for made in sets for change in await read_undo(graph.store, made.number)]
    if many <= MOST:
        memory.add_note(key, changes)
    return changes
