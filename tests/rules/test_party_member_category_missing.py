"""R48: every Party member has a category, by hand-made cases with exact ids."""

from __future__ import annotations

from typing import Any

import pytest

from graph.errors import BadParameter
from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DISTRICT, STREET, Scene
from tests.rules.scenes.ask import again, rows_of
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "party_member_category_missing"
OTHER = "990101001002"
FIRST = "q-990101-01"
STATES: dict[int, dict[str, Any]] = {
    1: {"party_status": "full", "party_category": "employed"},
    2: {"party_status": "full", "party_category": "other"},
    3: {"party_status": "full"},
    4: {"party_status": "probationary", "party_category": "mobile", "party_joined_on": DAY},
    5: {"party_status": "probationary", "party_joined_on": TOMORROW},
    6: {"party_status": "none"},
    7: {},
    8: {"party_category": "retired"},
    9: {"party_status": "full", "party_category": "retired"},
    10: {"party_status": "full", "party_category": "community_managed"},
}


def person(n: int) -> str:
    return f"p-990101-{n}"


def members() -> Scene:
    """Persons 1 to 8 in the first quarter, 9 lived there until today, 10 from tomorrow on."""
    scene = Scene(1, bodies="")
    b = scene.builder
    for serial, values in STATES.items():
        scene.person(serial, **values)
        spell = {9: {"until": DAY}, 10: {"since": TOMORROW}}.get(serial, {})
        b.edge(person(serial), "LIVES_IN", FIRST, **spell)
    return scene


async def test_a_member_has_one_of_the_categories(graph: Graph) -> None:
    """None or another one fails; unknown membership is unknown; who is no member has no row."""
    found = await rows_of(graph, members(), RULE)
    assert {key[0]: row["verdict"] for key, row in found.items()} == {
        person(1): "pass",
        person(2): "fail",
        person(3): "fail",
        person(4): "pass",
        person(7): "unknown",
        person(8): "unknown",
        person(9): "pass",
        person(10): "pass",
    }
    assert {n: found[person(n),]["findings"] for n in (1, 2, 3)} == {1: [], 2: ["other"], 3: ["none"]}
    assert {n: found[person(n),]["missing"] for n in (1, 3, 8)} == {
        1: [],
        3: [],
        8: [f"{person(8)}.party_status"],
    }
    assert [person(3)] == found[person(3),]["evidence"]
    assert {n: found[person(n),]["area"] for n in (1, 9, 10)} == {1: COMMUNITY, 9: None, 10: None}


async def test_days_and_categories(graph: Graph) -> None:
    """A member counts from the day of joining; which categories count is a parameter."""
    await rows_of(graph, members(), RULE)
    before, after = await again(graph, RULE, YESTERDAY), await again(graph, RULE, TOMORROW)
    assert [(person(4),) in before, (person(5),) in before] == [False, False]
    assert after[person(5),]["verdict"] == "fail"
    assert before[person(9),]["area"] == COMMUNITY
    assert after[person(10),]["area"] == COMMUNITY
    some = await again(graph, RULE, categories=["other", "mobile"])
    assert {n: some[person(n),]["verdict"] for n in (1, 2, 4)} == {1: "fail", 2: "pass", 4: "pass"}
    with pytest.raises(BadParameter):
        await again(graph, RULE, categories=["nobody"])


async def test_area_gives_the_rows_of_its_residents(graph: Graph) -> None:
    """With an area come the same rows as filtered; a quarter that moved counts where it is."""
    scene = members()
    b = scene.builder
    b.node(OTHER, level="community")
    b.edge(OTHER, "PART_OF", STREET)
    b.node("q-990101-50")
    b.edge("q-990101-50", "PART_OF", COMMUNITY, until=DAY)
    b.edge("q-990101-50", "PART_OF", OTHER, since=DAY)
    for serial, values in STATES.items():
        scene.person(serial + 20, **values)
        b.edge(person(serial + 20), "LIVES_IN", "q-990101-50")
    b.edge(person(1), "LIVES_IN", "q-990101-50", since=DAY)
    b.node("q-990101-51")
    b.edge("q-990101-51", "PART_OF", OTHER, since=TOMORROW)
    scene.person(50, party_status="full")
    b.edge(person(50), "LIVES_IN", "q-990101-51")
    everywhere = await rows_of(graph, scene, RULE)
    here = {(person(n),) for n in (1, 2, 3, 4, 7, 8)}
    there = {(person(n + 20),) for n in STATES if n not in (5, 6)} | {(person(1),)}
    for area, keys in ((COMMUNITY, here), (OTHER, there), (DISTRICT, here | there)):
        expected = {k: v for k, v in everywhere.items() if k in keys}
        assert expected == await again(graph, RULE, area=area)
    assert everywhere[person(21),]["area"] == OTHER
    assert everywhere[person(50),]["area"] is None
    assert everywhere[person(1),]["area"] == COMMUNITY
