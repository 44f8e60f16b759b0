"""The areas of a place in which no other area lies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class LowAreas:
    """Of a root: all areas in it, the areas above each, and how many lowest ones there are."""

    inside: frozenset[str]
    above: Mapping[str, Sequence[str]]
    count: int

    def of(self, places: Iterable[Sequence[str]]) -> set[str]:
        """The lowest areas of each set, among those of the root."""
        return {area for areas in places for area in self._lowest(self.inside.intersection(areas))}

    def _lowest(self, areas: frozenset[str]) -> frozenset[str]:
        return areas.difference(*(self.above[area] for area in areas))
