"""Many invented districts, one after the other: a city of them, or with ten large ones a province.

In `worked_example`, above `generate`. Each is a delivery of its own with a district code of its own,
so memory holds one at a time, when it is made and when it is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from worked_example.delivery import Delivery, Row, Value, write_delivery
from worked_example.generate import generate
from worked_example.plan import CITY, CODE, PROVINCE
from worked_example.scale import Scale

MOST = 99
"""Two digits of the code count the districts."""
_BESIDE = 10
"""Districts from west to east, the next ones north of them: all at sea."""
_STEPS = {"lat": 0.1, "lon": 0.11}
"""Degrees from one district to the next: a little more than its points are apart (`geography`)."""


def write_districts(scale: Scale, seed: int, folder: Path, count: int) -> Iterator[Path]:
    """Write districts of one scale into `01`, `02` …; each folder when it is there.

    The first has the province and the city, which the others need.
    """
    for number in range(1, count + 1):
        path = folder / f"{number:02d}"
        write_delivery(_made(scale, seed, folder.name, number), path)
        yield path


def _made(scale: Scale, seed: int, name: str, number: int) -> Delivery:
    made = generate(scale, seed + number - 1, place=f"{name}_01").delivery
    return made if number == 1 else renumbered(made, number)


def renumbered(delivery: Delivery, number: int) -> Delivery:
    """The same rows under the code of another district and beside it, without what only the first has."""
    code = f"{CODE[:4]}{number:02d}"
    upper = {PROVINCE, CITY}

    north, east = divmod(number - 1, _BESIDE)
    moved = {"lat": north * _STEPS["lat"], "lon": east * _STEPS["lon"]}

    def other(value: Value) -> Value:
        return value.replace(CODE, code) if isinstance(value, str) else value

    def there(name: str, value: Value) -> Value:
        return round(value + moved[name], 6) if name in moved and isinstance(value, float) else other(value)

    def rows(listed: list[Row], key: str) -> list[Row]:
        kept = [row for row in listed if row[key] not in upper]
        return [{name: there(name, value) for name, value in row.items()} for row in kept]

    first = str(delivery.manifest["place"])
    found = Delivery({name: other(value) for name, value in delivery.manifest.items() if name != "profile"})
    found.manifest |= {
        "place": f"{first[:-2]}{number:02d}",
        "place_zh": f"示例{number}区（虚构）",
        "needs": [first],
    }
    found.nodes = {label: rows(listed, "id") for label, listed in delivery.nodes.items()}
    found.edges = {type_: rows(listed, "from") for type_, listed in delivery.edges.items()}
    for area in found.nodes["Area"]:
        if area["level"] == "district":
            area["name"] = f"示例{number}区（虚构）"
    return found
