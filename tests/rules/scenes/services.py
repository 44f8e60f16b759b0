"""What the tests of rules on services share: registers by id, moved quarters, rows by area.

Beside the tests of rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from graph.model import OPEN_END
from graph.reading.graph import Graph
from tests.builder import BEGIN, SOURCE
from tests.oracle.asking import Row
from tests.oracle.scene import COMMUNITY, DISTRICT, STREET, Scene
from tests.oracle.view import Identity
from tests.rules.scenes.ask import again
from tests.strategies import DAY, TOMORROW

OTHER = "990101001002"
"""A second community of the same subdistrict."""
SHUT: tuple[tuple[date, date], ...] = ((BEGIN, DAY), (TOMORROW, OPEN_END))
"""Spells that are not open on `DAY`: one ends with effect of it, one begins on the day after."""


def quarter(number: int) -> str:
    """The id of a scene's quarter."""
    return f"q-990101-{number:02}"


def serves(body: str, place: str, spell: int = 1) -> str:
    """The id of an edge from what serves a place, by the short ends of its id."""
    prefix, _, rest = body.partition("-")
    return f"{prefix}-990101-{rest}~SERVES~{place}" + (f"~{spell}" if spell > 1 else "")


def register(node: str, subject: str) -> str:
    """The id of the edge that says that a list is complete at a node."""
    return f"{node}~COMPLETE_IN~{SOURCE}~{subject}"


def shut_registers(scene: Scene, subject: str, ended: str, later: str) -> None:
    """A list that is closed no more at one node, and one not yet at another."""
    for node, (since, until) in zip((ended, later), SHUT, strict=True):
        scene.builder.edge(node, "COMPLETE_IN", SOURCE, since, until, subject=subject)


def community(scene: Scene, id_: str = OTHER, **properties: Any) -> str:
    """One more community of the subdistrict."""
    scene.builder.node(id_, level="community", **properties)
    scene.builder.edge(id_, "PART_OF", STREET)
    return id_


def city(scene: Scene) -> tuple[str, str]:
    """A province and a city above the scene's district; their ids."""
    scene.builder.node("990000000000", level="province")
    scene.builder.node("990100000000", level="city")
    scene.builder.edge("990100000000", "PART_OF", "990000000000")
    scene.builder.edge(DISTRICT, "PART_OF", "990100000000")
    return "990000000000", "990100000000"


def move(scene: Scene, place: str, *, on: date, to: str = OTHER) -> None:
    """A quarter of the scene's community belongs to another one from a day on."""
    scene.builder.edge(place, "PART_OF", COMMUNITY, until=on)
    scene.builder.edge(place, "PART_OF", to, since=on)


async def subjects_by_area(graph: Graph, rule: str, **params: Any) -> Mapping[str, set[str | None]]:
    """Subjects of a rule in three areas, where rows are those that filtering all rows gives."""
    everywhere = await again(graph, rule, **params)
    found: dict[str, set[str | None]] = {}
    for area in (COMMUNITY, OTHER, DISTRICT):
        rows = await again(graph, rule, area=area, **params)
        above = (area,) if area != DISTRICT else (COMMUNITY, OTHER, DISTRICT)
        assert rows == _filtered(everywhere, above), area
        found[area] = {row["subject"] for row in rows.values()}
    return found


def _filtered(rows: Mapping[Identity, Row], areas: tuple[str, ...]) -> dict[Identity, Row]:
    return {key: row for key, row in rows.items() if row["area"] in areas}


def by_number(rows: Mapping[Identity, Row]) -> dict[int, Row]:
    """Rows by the number of the quarter, or of the branch, that is their subject."""
    return {int(str(key[0]).rsplit("-", 1)[1]): row for key, row in rows.items()}
