"""R49: a residents' committee has five to nine members."""

from __future__ import annotations

from graph.reading.graph import Graph
from tests.oracle.scene import RESIDENTS, Scene, post
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.communities import Case, Spell, area, assert_spells, community
from tests.rules.scenes.councils import check_places, council, councils, covering, listing, sit
from tests.strategies import DAY, TOMORROW

R49 = "residents_committee_size_invalid"


async def test_five_to_nine_seats_of_the_present_term(graph: Graph) -> None:
    """Bounds are inclusive and even numbers allowed; seats of a term to come are not known."""
    seats = {2: 4, 3: 5, 4: 6, 5: 9, 6: 10}
    scene = councils(
        {n: {"seats": s} for n, s in seats.items()}
        | {7: {"seats": 5, "elected_on": TOMORROW}, 8: {"seats": 5, "elected_on": DAY}, 9: {}}
    )
    found = await rows_of(graph, scene, R49)
    del found[RESIDENTS,]
    said = {k[0]: (r["verdict"], r["findings"], r["evidence"]) for k, r in found.items()}
    assert said == {
        council(2): ("fail", ["too_few"], [council(2)]),
        **{council(n): ("pass", [], [council(n)]) for n in (3, 4, 5, 8)},
        council(6): ("fail", ["too_many"], [council(6)]),
        **{council(n): ("unknown", [], []) for n in (7, 9)},
    }
    assert found[council(9),]["missing"] == [f"{council(9)}.seats", f"post@{council(9)}"]
    assert {row["vacancies"] for row in found.values()} == {None}
    other = await again(graph, R49, min=6, max=8)
    assert [other[council(n),]["verdict"] for n in (3, 4, 5)] == ["fail", "pass", "fail"]


async def test_members_who_sit_count_where_seats_are_not_recorded(graph: Graph) -> None:
    """Each person once and workers never; only where posts are listed, or already too many."""
    scene = councils({2: {}, 3: {}, 4: {}, 5: {"seats": 7}, 6: {"seats": 9}})
    sit(scene, 2, 21, 22, 23, 24, 25)
    scene.seat(21, "deputy_director", council(2))
    scene.people(26)
    scene.seat(26, "community_worker", council(2))
    sit(scene, 3, 31, 32, 33, 34)
    sit(scene, 4, *range(40, 50))
    sit(scene, 5, 51, 52)
    sit(scene, 6, *range(60, 70))
    for number in (2, 3, 5):
        scene.complete(area(number), "post")
    found = await rows_of(graph, scene, R49)
    columns = ("n", "seats", "sitting", "vacancies", "verdict", "findings")
    assert {n: tuple(found[council(n),][c] for c in columns) for n in range(2, 7)} == {
        2: (5, None, 5, None, "pass", []),
        3: (4, None, 4, None, "fail", ["too_few"]),
        4: (10, None, 10, None, "fail", ["too_many"]),
        5: (7, 7, 2, 5, "pass", []),
        6: (10, 9, 10, None, "fail", ["too_many"]),
    }
    seats = [post(31, "director", council(3))] + [post(n, "member", council(3)) for n in (32, 33, 34)]
    assert found[council(3),]["evidence"] == [*seats, f"{area(3)}~COMPLETE_IN~d-990101-register~post"]
    assert len(found[council(4),]["evidence"]) == 10
    assert (await again(graph, R49, max=1))[council(5),]["verdict"] == "fail"


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """Coverage, seats and lists count from their first day to their last."""

    def seat(scene: Scene, n: int, spell: Spell) -> None:
        community(scene, n, bodies="rc")
        scene.complete(area(n), "post")
        sit(scene, n, *(n * 10 + k for k in range(4)))
        scene.person(n * 10 + 4)
        scene.seat(n * 10 + 4, "member", council(n), **spell)

    cases: list[Case] = [
        covering("unknown"),
        (seat, "fail", "pass"),
        *(listing("post", at, "unknown", "fail") for at in ("council", "area", "above")),
    ]
    await assert_spells(graph, R49, cases, lambda n: (council(n),))


async def test_committees_stand_where_they_cover(graph: Graph) -> None:
    """A committee has a row in the area of the day, and is found by the areas above."""
    await check_places(graph, R49)
