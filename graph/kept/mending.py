"""The rows that a change may have touched, asked for by ids or, of files of another form, by area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import orjson

from graph.kept.file import Aftermath, File
from graph.kept.placing import Placing
from graph.kept.source import Source
from graph.kept.unit import PackedUnit, Row
from graph.model import label_of

MOST = 0.2
"""The share of a place's lowest areas above which a file is found for the whole place."""
LEAST = 1
"""Areas that are asked one by one in any place, however few areas it has."""


async def rows_of_origins(
    source: Source, file: File, changed: Aftermath, ids: Collection[str]
) -> list[Row] | None:
    """The rows of some things, wherever they lie, asked for by their ids; None of a file that cannot be."""
    found: list[Row] = []
    by_label: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(ids):
        by_label[label_of(id_)].append(id_)
    for label, asked in by_label.items():
        text = changed.begun[label]
        if text is None:
            return None
        if text:
            found += await source.rows(text, {**_everywhere(file), "origins": asked})
    return found


async def rows_of_areas(
    source: Source,
    file: File,
    changed: Aftermath,
    what: tuple[PackedUnit, set[int], set[str]],
    placing: Placing,
) -> list[Row] | None:
    """The rows of the lowest areas in which the changed things lie or lay; None if the areas are too many.

    `what`: the older unit, the numbers of rows that go (those of these areas are added), and the things.
    """
    unit, gone, ids = what
    if changed.low is None:
        return None
    low = changed.low.of(placing.above_of(file.placed_by, ids))
    for number in gone:
        low |= changed.low.of([unit.areas(number)])
    if file.root in low or len(low) > max(LEAST, MOST * changed.low.count):
        return None
    rows: dict[bytes, Row] = {}
    for area in sorted(low):
        gone.update(unit.members(area))
        for row in await source.rows(file.text, {**file.parameters, "area": area}):
            rows[orjson.dumps(row, default=str)] = row
    return list(rows.values())


def _everywhere(file: File) -> dict[str, object]:
    given = dict(file.parameters)
    if "area" in given:
        given["area"] = None
    return given
