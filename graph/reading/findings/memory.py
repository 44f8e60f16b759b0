"""What is in memory of kept findings: units, and what was derived from them.

All of it belongs to one state of the data; the first question of another one empties it, but for the
units of the state before, from which those of the next are made.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Hashable
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from graph.kept.finder import Finder
from graph.kept.unit import PackedUnit
from graph.reading.graph import Graph

if TYPE_CHECKING:
    from graph.reading.findings.asked import Slot
    from graph.reading.findings.engine import EngineSource

UNITS = 96 << 20
"""Bytes of units, of large ones in files without their rows."""
NOTES = 256
STANDING = 100
"""Units of which it is known where they stand, of those that say where things lie."""


class Memory:
    """The memory of one graph, shared by all its viewers."""

    def __init__(self) -> None:
        self._edition: str | None = None
        self._units: OrderedDict[tuple[str | None, str], PackedUnit] = OrderedDict()
        self._notes: OrderedDict[Hashable, Any] = OrderedDict()
        self._standing: OrderedDict[bytes, Slot] = OrderedDict()
        self.remembered: OrderedDict[Any, Any] = OrderedDict()
        """Rows that outlive a state of the data (`remembered`)."""
        self.finder: tuple[Finder, EngineSource] | None = None
        """What finds with the engine's answers."""
        self._locks: WeakKeyDictionary[Any, asyncio.Lock] = WeakKeyDictionary()

    def of(self, edition: str) -> Memory:
        """Itself, emptied where the data are no longer those that it knows; of units the last ones stay."""
        if edition != self._edition:
            for name, key in list(self._units):
                if name != self._edition:
                    del self._units[name, key]
            self._edition = edition
            self._notes.clear()
        return self

    @property
    def lock(self) -> asyncio.Lock:
        """Held while the engine is asked, so that one statement runs at a time."""
        return self._locks.setdefault(asyncio.get_running_loop(), asyncio.Lock())

    def unit(self, key: str, edition: str | None = None) -> PackedUnit | None:
        """A unit of the state of the data that is known, or of the one before."""
        found = self._units.get((edition or self._edition, key))
        if found is not None and found.gone:
            del self._units[edition or self._edition, key]
            return None
        if found is not None:
            self._units.move_to_end((edition or self._edition, key))
        return found

    def add(self, key: str, unit: PackedUnit) -> None:
        """Remember a unit; the longest unused go above `UNITS`."""
        self._units[self._edition, key] = unit
        while sum({id(u): u.size for u in self._units.values()}.values()) > UNITS and len(self._units) > 1:
            self._units.popitem(last=False)

    def standing(self, digest: bytes) -> Slot | None:
        """Where a unit stands that says where things lie, by its digest: it outlives a state of the data."""
        return self._standing.get(digest)

    def note_standing(self, digest: bytes, slot: Slot) -> None:
        self._standing.pop(digest, None)
        self._standing[digest] = slot
        while len(self._standing) > STANDING:
            self._standing.popitem(last=False)

    def forget_places(self) -> None:
        """Where things lie has to be found anew."""
        self._standing.clear()
        for key in [key for key in self._notes if isinstance(key, tuple) and key[0] == "placed"]:
            del self._notes[key]

    def note(self, key: Hashable) -> Any:
        """What was derived under a key, or None."""
        found = self._notes.get(key)
        if found is not None:
            self._notes.move_to_end(key)
        return found

    def add_note(self, key: Hashable, value: Any) -> None:
        """Remember something small that follows from the data alone."""
        self._notes[key] = value
        while len(self._notes) > NOTES:
            self._notes.popitem(last=False)


def memory_of(graph: Graph) -> Memory:
    """The memory of a graph."""
    if graph.known.findings is None:
        graph.known.findings = Memory()
    found: Memory = graph.known.findings
    return found
