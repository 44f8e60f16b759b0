"""A file of the catalogue as it is to be found, in a form that goes to another process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.kept.low_areas import LowAreas
from graph.kept.ways import Ways

PlacedBy = Sequence[tuple[str, str | None]]
"""The columns that place a row, each with the file that says where what it names lies; None: a place."""
Placed = Mapping[str, bytes]
"""By file under `scopes/` the digest of what it said: where things lie."""
Edge = tuple[str, str, str]
"""Type, start and end; of a node its label, its id and nothing."""


@dataclass(frozen=True)
class File:
    """What is asked, and how its rows are packed.

    `parameters` are those with which it is asked for all of `root`; rows outside are left out if `cut`.
    """

    text: str
    parameters: Mapping[str, Any]
    head: Mapping[str, Any]
    """What its unit says of itself."""
    root: str | None = None
    cut: bool = False
    placed_by: PlacedBy = ()
    origin: str | None = None
    """The column by which a row is placed, where one is."""
    order: Sequence[str] = ()


@dataclass(frozen=True)
class Aftermath:
    """What a file may have other rows of, and how it is asked for some things."""

    ways: Ways
    begun: Mapping[str, str | None]
    """By label the text that begins at ids (`$origins`); empty: it gives no rows; None: there is none."""
    touched: Sequence[Edge]
    """What changed or turns that the file reads."""
    since: str
    """Names all that changed (`Finder.learn_edges`): edges that are gone lead on as others do. Or empty."""
    most: int
    """Things above which it is found as a whole."""
    low: LowAreas | None = field(default=None)
    """Of a file that has to be asked by area."""
