"""What is said of a register given back."""

from __future__ import annotations

from typing_extensions import TypedDict


class GivenShape(TypedDict):
    """返回的台账。 A register given back: rows, those that are in the graph, those that are not sure.

    `failing` rows have something that is not as required or a gap, `lacking` rows miss records; `marked`
    are cells of which the graph has something else, `elsewhere` things of the place that no row names.
    `personal`: whether the file holds personal data from the graph.
    """

    rows: int
    known: int
    unsure: int
    failing: int
    lacking: int
    marked: int
    elsewhere: int
    personal: bool
    pictures_lost: bool
