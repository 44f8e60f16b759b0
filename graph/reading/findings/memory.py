"""What is in memory of kept findings: units, where subjects lie, and what was derived from them.

All of it belongs to one state of the data; the first question of another one empties it, but for the
units of the state before, from which those of the next are made.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Hashable
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from graph.reading.findings.placing import Places, Placing
from graph.reading.findings.unit import PackedUnit
from graph.reading.graph import Graph

UNITS = 96 << 20
"""Bytes of units, packed as they are on the shelf."""
PLACINGS = 4
"""Days of which it is known where subjects lie."""
NOTES = 256
PLACES = 30
"""Files that say where things lie, as they were in the last states of the data."""


class Memory:
    """The memory of one graph, shared by all its viewers."""

    def __init__(self) -> None:
        self._edition: str | None = None
        self._units: OrderedDict[tuple[str | None, str], PackedUnit] = OrderedDict()
        self._placings: OrderedDict[date, Placing] = OrderedDict()
        self._notes: OrderedDict[Hashable, Any] = OrderedDict()
        self._places: OrderedDict[bytes, Places] = OrderedDict()
        self._locks: WeakKeyDictionary[Any, asyncio.Lock] = WeakKeyDictionary()

    def of(self, edition: str) -> Memory:
        """Itself, emptied where the data are no longer those that it knows; of units the last ones stay."""
        if edition != self._edition:
            for name, key in list(self._units):
                if name != self._edition:
                    del self._units[name, key]
            self._edition = edition
            for part in (self._placings, self._notes):
                part.clear()
        return self

    @property
    def lock(self) -> asyncio.Lock:
        """Held while the engine is asked, so that one statement runs at a time."""
        return self._locks.setdefault(asyncio.get_running_loop(), asyncio.Lock())

    def unit(self, key: str, edition: str | None = None) -> PackedUnit | None:
        """A unit of the state of the data that is known, or of the one before."""
        found = self._units.get((edition or self._edition, key))
        if found is not None:
            self._units.move_to_end((edition or self._edition, key))
        return found

    def add(self, key: str, unit: PackedUnit) -> None:
        """Remember a unit; the longest unused go above `UNITS`."""
        self._units[self._edition, key] = unit
        while sum({id(u): u.size for u in self._units.values()}.values()) > UNITS and len(self._units) > 1:
            self._units.popitem(last=False)

    def placing(self, day: date) -> Placing:
        """Where subjects lie on a day, as far as it was asked for."""
        found = self._placings.setdefault(day, Placing())
        self._placings.move_to_end(day)
        while len(self._placings) > PLACINGS:
            self._placings.popitem(last=False)
        return found

    def places(self, digest: bytes) -> Places | None:
        """Where things lie, by the digest of what says so: it outlives a state of the data."""
        found = self._places.get(digest)
        if found is not None:
            self._places.move_to_end(digest)
        return found

    def add_places(self, digest: bytes, places: Places) -> None:
        self._places[digest] = places
        while len(self._places) > PLACES:
            self._places.popitem(last=False)

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
