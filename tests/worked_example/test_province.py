"""Many invented districts: where they lie."""

from __future__ import annotations

from worked_example.delivery import Delivery
from worked_example.generate import generate
from worked_example.province import renumbered
from worked_example.scale import Scale


def _box(delivery: Delivery) -> tuple[float, float, float, float]:
    points = [
        (row["lat"], row["lon"])
        for rows in delivery.nodes.values()
        for row in rows
        if row.get("lat") is not None
    ]
    lats, lons = zip(*((float(str(lat)), float(str(lon))) for lat, lon in points), strict=True)
    return min(lats), max(lats), min(lons), max(lons)


def test_districts_lie_beside_each_other() -> None:
    """No point of a second district is west of the first one's last, none of an eleventh south of it."""
    made = generate(Scale(1, 5, 24, 216), 1, place="x_01").delivery
    first, second, eleventh = (_box(d) for d in (made, renumbered(made, 2), renumbered(made, 11)))
    assert second[2] > first[3]
    assert (second[0], second[1]) == (first[0], first[1])
    assert eleventh[0] > first[1]
