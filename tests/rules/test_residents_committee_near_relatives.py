"""R50: members of a residents' committee avoid near relatives."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.scene import RESIDENTS, SOURCE, Scene, post
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.communities import Case, Spell, area, assert_spells, community
from tests.rules.scenes.councils import check_places, council, councils, covering, listing, sit
from tests.strategies import DAY, TOMORROW

R50 = "residents_committee_near_relatives"


def person(serial: int) -> str:
    return f"p-990101-{serial}"


async def test_two_near_relatives_on_one_committee_fail(graph: Graph) -> None:
    """Spouse, lineal and siblings, recorded from either end; others, and other bodies, do not."""
    relations = ("spouse", "parent", "grandparent", "sibling", "parent_in_law", "other")
    scene = councils({n: {} for n in range(2, 10)})
    for number, relation in enumerate(relations, start=2):
        sit(scene, number, number * 10, number * 10 + 1)
        scene.link(f"p-{number * 10 + 1}", "RELATED_TO", f"p-{number * 10}", relation=relation)
    sit(scene, 8, 80)
    sit(scene, 9, 90)
    scene.link("p-80", "RELATED_TO", "p-90", relation="spouse")
    scene.people(81)
    scene.seat(81, "community_worker", council(8))
    scene.link("p-80", "RELATED_TO", "p-81", relation="spouse")
    scene.complete("990101000000", "post", "kinship")
    found = await rows_of(graph, scene, R50)
    del found[RESIDENTS,]
    failing = {key[0] for key, row in found.items() if row["verdict"] == "fail"}
    assert failing == {council(n) for n in (2, 3, 4, 5)}
    assert {found[council(n),]["verdict"] for n in (6, 7, 8, 9)} == {"pass"}
    assert found[council(5),]["evidence"] == [
        f"{person(51)}~RELATED_TO~{person(50)}~sibling",
        post(50, "director", council(5)),
        post(51, "member", council(5)),
    ]
    assert found[council(5),]["sitting"] == 2
    lineal = await again(graph, R50, kin_scope="spouse_lineal")
    assert {k[0] for k, row in lineal.items() if row["verdict"] == "fail"} == {council(n) for n in (2, 3, 4)}


async def test_a_pass_needs_all_members_and_a_list_of_every_pair(graph: Graph) -> None:
    """One list of two is enough; all seats of the present term taken are a list of posts."""
    year = {"elected_on": date(2025, 1, 1), "date_precision": ["elected_on:year"]}
    terms: dict[int, dict[str, Any]] = {
        9: {"seats": 2, "elected_on": TOMORROW},
        10: {"seats": 2, "elected_on": DAY},
        11: {"seats": 2, **year},
        12: {"seats": 3, **year},
    }
    scene = councils({2: {}, 3: {}, 4: {"seats": 2}, 5: {"seats": 3}, 6: {"seats": 1}, 7: {}, 8: {}} | terms)
    for number in (2, 3, 4, 5, 9, 10, 11, 12):
        sit(scene, number, number * 10, number * 10 + 1)
    sit(scene, 6, 60)
    sit(scene, 7, 70, 71, 72)
    for number in (2, 3, 7, 8):
        scene.complete(area(number), "post")
    for serial in (30, 40, 50, 70, 90, 100, 110, 120):
        scene.complete(person(serial), "kinship")
    found = await rows_of(graph, scene, R50)
    del found[RESIDENTS,]
    assert {key[0]: (row["verdict"], row["missing"]) for key, row in found.items()} == {
        council(2): ("unknown", [f"kinship@{person(20)}", f"kinship@{person(21)}"]),
        council(3): ("pass", []),
        council(4): ("pass", []),
        council(5): ("unknown", [f"post@{council(5)}"]),
        council(6): ("pass", []),
        council(7): ("unknown", [f"kinship@{person(71)}", f"kinship@{person(72)}"]),
        council(8): ("not_applicable", []),
        council(9): ("unknown", [f"post@{council(9)}"]),
        council(10): ("pass", []),
        council(11): ("unknown", [f"post@{council(11)}", f"{council(11)}.elected_on"]),
        council(12): ("unknown", [f"post@{council(12)}"]),
    }
    assert found[council(3),]["evidence"] == [
        council(3),
        post(30, "director", council(3)),
        post(31, "member", council(3)),
        f"{area(3)}~COMPLETE_IN~{SOURCE}~post",
        f"{person(30)}~COMPLETE_IN~{SOURCE}~kinship",
    ]


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """Coverage, seats, kinship and lists count from their first day to their last."""

    def pair(scene: Scene, n: int) -> None:
        community(scene, n, bodies="rc")
        sit(scene, n, n * 10, n * 10 + 1)

    def kin(scene: Scene, n: int, spell: Spell) -> None:
        pair(scene, n)
        scene.link(f"p-{n * 10}", "RELATED_TO", f"p-{n * 10 + 1}", relation="parent", **spell)
        scene.complete(area(n), "post", "kinship")

    def seat(scene: Scene, n: int, spell: Spell) -> None:
        community(scene, n, bodies="rc")
        sit(scene, n, n * 10)
        scene.person(n * 10 + 1)
        scene.seat(n * 10 + 1, "member", council(n), **spell)
        scene.link(f"p-{n * 10}", "RELATED_TO", f"p-{n * 10 + 1}", relation="spouse")
        scene.complete(area(n), "post", "kinship")

    def own(scene: Scene, n: int, spell: Spell) -> None:
        pair(scene, n)
        scene.complete(area(n), "post")
        scene.builder.edge(person(n * 10), "COMPLETE_IN", SOURCE, subject="kinship", **spell)

    def of_area(scene: Scene, n: int, spell: Spell) -> None:
        pair(scene, n)
        scene.complete(area(n), "post")
        scene.builder.edge(area(n), "COMPLETE_IN", SOURCE, subject="kinship", **spell)

    cases: list[Case] = [
        covering("unknown"),
        (kin, "pass", "fail"),
        (seat, "pass", "fail"),
        (own, "unknown", "pass"),
        (of_area, "unknown", "pass"),
        *(listing("post", at, "unknown", "not_applicable") for at in ("council", "area", "above")),
    ]
    await assert_spells(graph, R50, cases, lambda n: (council(n),))


async def test_committees_stand_where_they_cover(graph: Graph) -> None:
    """A committee has a row in the area of the day, and is found by the areas above."""
    await check_places(graph, R50)
