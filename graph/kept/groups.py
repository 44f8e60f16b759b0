"""Groups of a unit: rows that lie in the same places and say the same. What units say alike is held once."""

from __future__ import annotations

from functools import lru_cache
from sys import intern
from typing import NamedTuple

PlacedRows = tuple[str | None, tuple[str, ...]]
"""The area of a row, and all areas in which it counts."""


class Group(NamedTuple):
    """Rows that lie in the same places and say the same; `severity` is None where the file says none."""

    place: int
    state: str
    severity: str | None


@lru_cache(maxsize=50_000)
def shared_group(place: int, state: str, severity: str | None) -> Group:
    """Units number their places alike: most have the same groups."""
    return Group(place, intern(state), severity)


@lru_cache(maxsize=50_000)
def shared_places(area: str | None, *counted: str) -> PlacedRows:
    """Units say the same of places: as texts of each that was two thirds of the memory that they take."""
    return None if area is None else intern(area), tuple(map(intern, counted))
