"""Residents' committees of many communities in one scene, and edges of a spell for each of them.

Beside the tests of rules; above the scenes of communities.
"""

from __future__ import annotations

from typing import Any

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DISTRICT, RESIDENTS, SOURCE, STREET, Scene
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.communities import STREETS, Case, Spell, area, community, street_of
from tests.strategies import DAY


def council(number: int) -> str:
    """The id of the residents' committee of a community."""
    return f"rc-990101-c{number}"


def councils(terms: dict[int, dict[str, Any]]) -> Scene:
    """Communities by number, each with a residents' committee of these properties."""
    scene = Scene(0)
    for number, term in terms.items():
        community(scene, number, bodies="rc")
        scene.builder.nodes[council(number)].update(term)
    return scene


def sit(scene: Scene, number: int, *serials: int, **properties: Any) -> None:
    """Members of a committee, the first of them director; persons of these properties."""
    for place, serial in enumerate(serials):
        scene.person(serial, **properties)
        scene.seat(serial, "member" if place else "director", council(number))


def covering(expected: str) -> Case:
    """A committee covers its community for a spell only; without it there is no row."""

    def build(scene: Scene, n: int, spell: Spell) -> None:
        community(scene, n, bodies="rc", covers=spell)

    return build, None, expected


def listing(subject: str, at: str, without: str, with_: str, **term: Any) -> Case:
    """A register of the committee, its community or the subdistrict above for a spell."""

    def build(scene: Scene, n: int, spell: Spell) -> None:
        community(scene, n, bodies="rc", street=spell if at == "above" else None)
        scene.builder.nodes[council(n)].update(term)
        node = {"council": council(n), "area": area(n), "above": street_of(n)}[at]
        spell_of_list = {} if at == "above" else spell
        scene.builder.edge(node, "COMPLETE_IN", SOURCE, subject=subject, **spell_of_list)

    return build, without, with_


async def check_places(graph: Graph, rule: str) -> None:
    """A committee has a row in its area of the day, and is found by that area; not by an earlier one."""
    scene = Scene(0)
    for number, spell in enumerate(STREETS, start=3):
        community(scene, number, bodies="rc", street=spell)
    scene.builder.edge(council(5), "COVERS", area(3), until=DAY)
    found = await rows_of(graph, scene, rule)
    areas = {RESIDENTS: COMMUNITY} | {council(n): area(n) for n in (3, 4, 5)}
    assert {key[0]: row["area"] for key, row in found.items()} == areas
    assert list(found) == sorted(found)
    inside: dict[str, set[str]] = {
        DISTRICT: {RESIDENTS},
        STREET: {RESIDENTS},
        area(3): {council(3)},
        area(5): {council(5)},
        street_of(3): set(),
        street_of(4): set(),
        street_of(5): {council(5)},
    }
    for place, bodies in inside.items():
        rows = await again(graph, rule, area=place)
        assert rows == {key: row for key, row in found.items() if key[0] in bodies}, place
