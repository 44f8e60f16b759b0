"""Where the subjects of rules stand: quarters that moved, committees that came and went.

Beside the tests of rules; one scene that every rule on quarters or owners' committees has to read
in the same way, with an area and without.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DAY, DISTRICT, STREET, Scene
from tests.rules.scenes.ask import again, rows_of

TOMORROW = DAY + timedelta(days=1)
OTHER = "990101001002"
"""A second community in the same subdistrict."""

SPELLS: dict[int, dict[str, Any]] = {
    1: {"since": DAY},
    2: {"until": DAY},
    3: {"since": TOMORROW},
    4: {"until": TOMORROW},
}
"""Four spells around the day, of which the first and the last are open on it."""

AREAS = {1: COMMUNITY, 2: OTHER, 3: None, 4: COMMUNITY, 5: DISTRICT}
"""The lowest area of each quarter of `moved_quarters` on the day."""
WITHIN: dict[str | None, set[int]] = {
    None: {1, 2, 3, 4, 5},
    DISTRICT: {1, 2, 4, 5},
    STREET: {1, 2, 4},
    COMMUNITY: {1, 4},
    OTHER: {2},
}
"""Which of the quarters an area holds on the day; None asks for all."""


def quarter(number: int) -> str:
    """The id of a quarter of a scene."""
    return f"q-990101-{number:02}"


def committee(number: int) -> str:
    """The id of an owners' committee of a scene."""
    return f"oc-990101-{number}"


def register(node: str, subject: str) -> str:
    """The id of the edge that says so of a list."""
    return f"{node}~COMPLETE_IN~d-990101-register~{subject}"


def moved_quarters() -> Scene:
    """Quarters whose place changed today or changes tomorrow: see `AREAS`."""
    scene = Scene(5, bodies="")
    b = scene.builder
    b.node(OTHER, level="community")
    b.edge(OTHER, "PART_OF", STREET)
    for number in AREAS:
        del b.edges[f"{quarter(number)}~PART_OF~{COMMUNITY}"]
    for number, spell in SPELLS.items():
        b.edge(quarter(number), "PART_OF", COMMUNITY, **spell)
    b.edge(quarter(2), "PART_OF", OTHER, since=DAY)
    b.edge(quarter(5), "PART_OF", DISTRICT)
    return scene


async def check_quarters(graph: Graph, rule: str) -> None:
    """A rule on quarters has a row for each, in its area of the day, and finds it by that area."""
    found = await rows_of(graph, moved_quarters(), rule)
    assert len(found) == len(AREAS)
    assert {quarter(n): area for n, area in AREAS.items()} == {
        key[0]: row["area"] for key, row in found.items()
    }
    await _check_areas(graph, rule, {quarter(n): {n} for n in AREAS})


async def check_committees(graph: Graph, rule: str) -> None:
    """A rule on owners' committees has a row for each that covers a quarter on the day."""
    scene = moved_quarters()
    for number in AREAS:
        scene.builder.node(committee(number), kind="owners_committee")
        scene.link(committee(number), "COVERS", quarter(number))
    for number, spell in SPELLS.items():  # covering the first quarter: 11 and 14 on the day
        scene.builder.node(committee(10 + number), kind="owners_committee")
        scene.link(committee(10 + number), "COVERS", quarter(1), **spell)
    scene.builder.node(committee(20), kind="property_management_committee")
    scene.link(committee(20), "COVERS", quarter(1))
    scene.builder.node(committee(30), kind="owners_committee")
    scene.link(committee(30), "COVERS", quarter(2))
    scene.link(committee(30), "COVERS", quarter(5))
    scene.builder.node(committee(31), kind="owners_committee")  # of the first quarter it was one until today
    scene.link(committee(31), "COVERS", quarter(1), until=DAY)
    scene.link(committee(31), "COVERS", quarter(2))
    found = await rows_of(graph, scene, rule)
    areas = {**AREAS, 11: COMMUNITY, 14: COMMUNITY, 30: OTHER, 31: OTHER}
    standing = {n: {n} for n in AREAS} | {11: {1}, 14: {1}, 30: {2, 5}, 31: {2}}
    assert {(committee(n),): area for n, area in areas.items()} == {
        key: row["area"] for key, row in found.items()
    }
    await _check_areas(graph, rule, {committee(n): quarters for n, quarters in standing.items()})


async def _check_areas(graph: Graph, rule: str, standing: dict[str, set[int]]) -> None:
    """In an area a rule has the rows of the subjects that stand there, and no other; in order."""
    everything = await again(graph, rule)
    assert list(everything) == sorted(everything)
    for area, quarters in WITHIN.items():
        found = await again(graph, rule, area=area)
        assert found == {key: row for key, row in everything.items() if standing[str(key[0])] & quarters}
