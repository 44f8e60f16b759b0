"""A map: quarters where they lie, with the community of each in the middle of its quarters; no tiles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from math import cos, pi, radians, sin, sqrt

from graph.reading.answer import Answer
from graph.reading.areas import require_area
from graph.reading.graph import Graph
from graph.store import Row
from graph.views.compose import Gathered, about, compose
from graph.views.view import View, edge_of

ROOM = 150.0
"""Pixels that a quarter has on the average, each way."""
NUDGE = 14.0
"""Pixels between quarters of the same coordinates: a register that knows the community's only."""


async def view_map(graph: Graph, area: str, *, limit: int, as_of: date | None = None) -> Answer[View]:
    """The quarters of an area with known coordinates, north at the top, true to scale.

    `about` has `without_coordinates`, how many are not on the map for that, and `metres`, what a hundred
    pixels are. Raises `NotFound`.
    """
    day = graph.day(as_of)
    await require_area(graph, area, day)
    answer = await graph.ask(graph.catalogue["map_graph"], {"area": area, "as_of": day})
    rows = [row for row in answer.data if row["lat"] is not None and row["lon"] is not None]
    points, metres = _points(rows)
    rows = [row for row in rows if row["quarter"] in points]
    middle: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        middle[row["part_of"]].append(points[row["quarter"]])
    for place, found in middle.items():
        x, y = (sum(p[i] for p in found) / len(found) for i in (0, 1))
        # Beside a lone quarter, not on it.
        points[place] = (x + NUDGE, y + NUDGE)
    edges = [
        edge_of({**row, "type": "PART_OF", "from": row["quarter"], "to": row["part_of"]}, day) for row in rows
    ]
    said = about("map", area, day, without_coordinates=len(answer.data) - len(rows), metres=metres)
    seeds = [row["quarter"] for row in rows]
    return await compose(graph, Gathered(said, edges, seeds, positions=points), answer.stamp, limit=limit)


def _points(rows: Sequence[Row]) -> tuple[dict[str, tuple[float, float]], float | None]:
    """Pixels by quarter, and the metres of a hundred pixels; a degree of latitude is 111,320 m."""
    if not rows:
        return {}, None
    lat0 = sum(row["lat"] for row in rows) / len(rows)
    lon0 = sum(row["lon"] for row in rows) / len(rows)
    flat = {
        row["quarter"]: (
            (row["lon"] - lon0) * cos(radians(lat0)) * 111_320.0,
            (lat0 - row["lat"]) * 111_320.0,
        )
        for row in rows
    }
    wide = max(max(abs(x), abs(y)) for x, y in flat.values()) or 1.0
    scale = ROOM * sqrt(len(rows)) / (2 * wide)
    met: dict[tuple[int, int], int] = defaultdict(int)
    points = {}
    for id_, (x, y) in flat.items():
        spot = round(x * scale), round(y * scale)
        turn, met[spot] = met[spot], met[spot] + 1
        points[id_] = (
            round(x * scale + NUDGE * sqrt(turn) * cos(turn * pi * (3 - sqrt(5))), 2),
            round(y * scale + NUDGE * sqrt(turn) * sin(turn * pi * (3 - sqrt(5))), 2),
        )
    return points, round(100 / scale, 1)
