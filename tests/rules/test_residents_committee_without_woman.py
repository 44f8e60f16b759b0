"""R51: a residents' committee has a woman among its members."""

from __future__ import annotations

from datetime import date

from graph.reading.graph import Graph
from tests.oracle.scene import RESIDENTS, SOURCE, Scene, post
from tests.rules.scenes.ask import rows_of
from tests.rules.scenes.communities import Case, Spell, area, assert_spells, community
from tests.rules.scenes.councils import check_places, council, councils, covering, listing, sit
from tests.strategies import TOMORROW

R51 = "residents_committee_without_woman"


def person(serial: int) -> str:
    return f"p-990101-{serial}"


async def test_one_woman_is_enough_and_none_has_to_be_known_of_all(graph: Graph) -> None:
    """Unknown gender is not guessed; posts have to be listed, or all seats of the term taken."""
    scene = councils(
        {
            2: {},
            3: {},
            4: {},
            5: {},
            6: {"seats": 2},
            7: {"seats": 3},
            8: {},
            9: {"seats": 1, "elected_on": TOMORROW},
            10: {"seats": 1, "elected_on": date(2025, 1, 1), "date_precision": ["elected_on:year"]},
        }
    )
    for number in range(2, 11):
        if number != 8:
            sit(scene, number, number * 10, gender="male")
    genders = {2: "female", 3: None, 4: "male", 5: "male", 6: "male", 7: "male"}
    for number, gender in genders.items():
        scene.person(number * 10 + 1, gender=gender)
        scene.seat(number * 10 + 1, "member", council(number))
    scene.person(42, gender="female")
    scene.seat(42, "community_worker", council(4))
    for number in (3, 4, 8):
        scene.complete(area(number), "post")
    found = await rows_of(graph, scene, R51)
    del found[RESIDENTS,]
    assert {key[0]: (row["verdict"], row["missing"]) for key, row in found.items()} == {
        council(2): ("pass", []),
        council(3): ("unknown", [f"{person(31)}.gender"]),
        council(4): ("fail", []),
        council(5): ("unknown", [f"post@{council(5)}"]),
        council(6): ("fail", []),
        council(7): ("unknown", [f"post@{council(7)}"]),
        council(8): ("not_applicable", []),
        council(9): ("unknown", [f"post@{council(9)}"]),
        council(10): ("unknown", [f"post@{council(10)}", f"{council(10)}.elected_on"]),
    }
    assert found[council(2),]["evidence"] == [post(21, "member", council(2))]
    assert found[council(4),]["evidence"] == [
        council(4),
        post(40, "director", council(4)),
        post(41, "member", council(4)),
        f"{area(4)}~COMPLETE_IN~{SOURCE}~post",
    ]
    assert found[council(4),]["sitting"] == 2


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """Coverage, seats and lists count from their first day to their last."""

    def seat(scene: Scene, n: int, spell: Spell) -> None:
        community(scene, n, bodies="rc")
        sit(scene, n, n * 10, gender="male")
        scene.person(n * 10 + 1, gender="female")
        scene.seat(n * 10 + 1, "deputy_director", council(n), **spell)
        scene.complete(area(n), "post")

    cases: list[Case] = [
        covering("unknown"),
        (seat, "fail", "pass"),
        *(listing("post", at, "unknown", "not_applicable") for at in ("council", "area", "above")),
    ]
    await assert_spells(graph, R51, cases, lambda n: (council(n),))


async def test_committees_stand_where_they_cover(graph: Graph) -> None:
    """A committee has a row in the area of the day, and is found by the areas above."""
    await check_places(graph, R51)
