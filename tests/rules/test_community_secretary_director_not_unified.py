"""R22: one person is secretary and director of a community."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DISTRICT, SOURCE, STREET, Scene, post
from tests.oracle.view import Identity
from tests.rules.scenes.ask import again, rows_of, verdicts_of
from tests.rules.scenes.communities import (
    STREETS,
    Case,
    Spell,
    area,
    assert_areas,
    assert_spells,
    community,
    quarter,
    street_of,
)
from tests.strategies import DAY, TOMORROW

RULE = "community_secretary_director_not_unified"


def heads(scene: Scene, number: int, secretary: int = 0, director: int = 0) -> None:
    """Holders of the two posts, by the serials of persons; 0 for no one."""
    for serial, role, body in ((secretary, "secretary", "po"), (director, "director", "rc")):
        if serial:
            scene.person(serial)
            scene.seat(serial, role, f"{body}-c{number}")


def register(subject: str, at: str) -> str:
    return f"{at}~COMPLETE_IN~{SOURCE}~{subject}"


async def test_one_person_passes_two_known_persons_fail_a_vacancy_needs_a_register(graph: Graph) -> None:
    """Both holders known decide alone; a missing holder is vacant only where posts are listed."""
    scene = Scene(0)
    for number, secretary, director in (
        (2, 20, 20),
        (3, 30, 31),
        (4, 40, 0),
        (5, 50, 0),
        (6, 0, 0),
        (7, 0, 71),
        (8, 0, 81),
    ):
        community(scene, number)
        heads(scene, number, secretary, director)
    for at in (area(3), area(5), area(6), "po-c7", "rc-c8"):
        scene.complete(at, "post")
    found = await rows_of(graph, scene, RULE)
    said = {
        k: (r["verdict"], r["findings"], r["missing"], r["evidence"])
        for (k,), r in found.items()
        if k != COMMUNITY
    }
    assert {
        area(2): ("pass", [], [], [post(20, "secretary", "po-c2"), post(20, "director", "rc-c2")]),
        area(3): ("fail", ["different"], [], [post(30, "secretary", "po-c3"), post(31, "director", "rc-c3")]),
        area(4): ("unknown", [], ["post@rc-990101-c4"], []),
        area(5): (
            "fail",
            ["director_missing"],
            [],
            [post(50, "secretary", "po-c5"), register("post", area(5))],
        ),
        area(6): ("fail", ["secretary_missing", "director_missing"], [], [register("post", area(6))]),
        area(7): (
            "fail",
            ["secretary_missing"],
            [],
            [post(71, "director", "rc-c7"), register("post", "po-990101-c7")],
        ),
        area(8): ("unknown", [], ["post@po-990101-c8"], []),
    } == said
    assert all(row["area"] == key for (key,), row in found.items())


async def test_a_missing_body_makes_the_rule_not_applicable_where_lists_say_so(graph: Graph) -> None:
    """Organizations have a register of their own; a residents' committee that of posts."""
    scene = Scene(0)
    for number, bodies, listed in (
        (2, "rc", ""),
        (3, "rc", "party_organization"),
        (4, "rc", "post"),
        (5, "po", ""),
        (6, "po", "post"),
        (7, "po", "party_organization"),
        (8, "", "post"),
    ):
        community(scene, number, bodies)
        scene.complete(area(number), *listed.split())
    found = await rows_of(graph, scene, RULE)
    organization, posts = "party_organization@", "post@"
    assert {
        area(2): ("unknown", [organization + area(2)], []),
        area(3): ("not_applicable", [], [register("party_organization", area(3))]),
        area(4): ("unknown", [organization + area(4)], []),
        area(5): ("unknown", [posts + area(5)], []),
        area(6): ("not_applicable", [], [register("post", area(6))]),
        area(7): ("unknown", [posts + area(7)], []),
        area(8): ("not_applicable", [], [register("post", area(8))]),
    } == {k: (r["verdict"], r["missing"], r["evidence"]) for (k,), r in found.items() if k != COMMUNITY}


async def test_only_the_two_heads_of_the_community_count(graph: Graph) -> None:
    """Deputies, the secretary of a quarter and a covering organization of a quarter do not."""
    scene = Scene(0)
    for number in (2, 3, 4):
        community(scene, number)
        heads(scene, number, number * 10 + 1, number * 10 + 2)
        scene.person(number)
    scene.seat(2, "deputy_secretary", "po-c2")
    scene.seat(22, "secretary", "rc-c2")
    scene.seat(31, "deputy_director", "rc-c3")
    scene.builder.node("po-990101-q4", level="quarter", tier="branch")
    scene.link("po-q4", "COVERS", area(4))
    scene.seat(42, "secretary", "po-q4")
    found = await verdicts_of(graph, scene, RULE)
    assert [found[area(n),] for n in (2, 3, 4)] == ["fail"] * 3


async def test_a_secretary_known_to_live_elsewhere_makes_it_not_possible(graph: Graph) -> None:
    """Before 2026: a list of residences, of the person or place, and no home of open community."""
    scene = Scene(0)
    for number in range(2, 10):
        community(scene, number)
        quarter(scene, number, bodies="")
        heads(scene, number, number, number + 50)
    scene.builder.node("q-990101-99")
    scene.link("q-99", "PART_OF", STREET)  # in which community it lies is not known
    homes = {2: "q-3", 3: "q-2", 5: "q-5", 6: "q-4", 7: "q-99", 8: "q-4", 9: "q-4"}
    del scene.builder.edges[post(56, "director", "rc-c6")]
    for person, home in homes.items():
        scene.link(f"p-{person}", "LIVES_IN", home)
    for at in ("p-2", area(3), area(4), "p-5", "p-7", "p-8"):
        scene.complete(at, "residence")
    heads(scene, 8, 80)  # a second secretary, of whose home nothing is known
    del scene.builder.edges[post(59, "director", "rc-c9")]
    scene.complete("p-9", "residence")
    found = await rows_of(graph, scene, RULE, resident_required=True)
    said = {
        k: (r["verdict"], r["blocked_by"], r["candidates"], r["unconfirmed"])
        for (k,), r in found.items()
        if k != COMMUNITY
    }
    away: tuple[Any, ...] = ("not_possible", ["not_resident"], [], [])
    assert {
        area(2): away,
        area(3): away,
        area(4): away,
        area(5): ("fail", [], ["p-990101-5"], []),
        area(6): ("unknown", [], [], ["p-990101-6"]),
        area(7): ("fail", [], [], ["p-990101-7"]),
        area(8): ("fail", [], [], ["p-990101-80"]),
        area(9): away,
    } == said
    row = found[area(3),]
    assert row["findings"] == ["not_resident"]
    assert [post(3, "secretary", "po-c3"), register("residence", area(3))] == row["evidence"]
    assert [post(2, "secretary", "po-c2"), register("residence", "p-990101-2")] == (
        found[area(2),]["evidence"]
    )
    anyhow = await again(graph, RULE)
    assert {
        area(n): tuple(anyhow[area(n),][c] for c in ("verdict", "candidates", "unconfirmed"))
        for n in (2, 5, 9)
    } == {
        area(2): ("fail", [], ["p-990101-2"]),
        area(5): ("fail", ["p-990101-5"], []),
        area(9): ("unknown", [], ["p-990101-9"]),
    }


async def test_who_has_worked_there_six_months_may_stand_too(graph: Graph) -> None:
    """Art. 16 (2025): a community worker of that community for six months, whose start is known."""
    scene = Scene(0)
    months = {2: date(2024, 12, 30), 3: date(2025, 1, 1), 4: None}
    for number, since in months.items():
        community(scene, number)
        heads(scene, number, number, number + 50)
        scene.seat(number, "community_worker", f"rc-c{number}", since=since)
    for number, (at, role, spell) in {
        5: (6, "community_worker", {}),
        6: (6, "member", {}),
        7: (7, "community_worker", {"until": DAY}),
    }.items():
        community(scene, number)
        heads(scene, number, number, number + 50)
        scene.builder.node(f"rc-990101-c{at}")
        scene.seat(number, role, f"rc-c{at}", **spell)
    found = await rows_of(graph, scene, RULE)
    said = {k: (r["candidates"], r["unconfirmed"]) for (k,), r in found.items() if k != COMMUNITY}
    assert said == {
        area(2): (["p-990101-2"], []),
        **{area(n): ([], [f"p-990101-{n}"]) for n in (3, 4, 5, 6, 7)},
    }
    none = await again(graph, RULE, worker_months=0)
    five = await again(graph, RULE, worker_months=5)
    required = await again(graph, RULE, resident_required=True)
    assert [rows[area(2),]["candidates"] for rows in (none, required)] == [[], []]
    assert [five[area(n),]["candidates"] for n in (3, 4)] == [["p-990101-3"], []]


def _secretary(scene: Scene, n: int, street: Spell | None = None) -> None:
    community(scene, n, street=street)
    scene.person(n)
    scene.seat(n, "secretary", f"po-c{n}")


def _post(role: str, body: str) -> Case:
    def build(scene: Scene, n: int, spell: Spell) -> None:
        community(scene, n)
        scene.person(n)
        scene.seat(
            n,
            "director" if role == "secretary" else "secretary",
            f"rc-c{n}" if role == "secretary" else f"po-c{n}",
        )
        scene.seat(n, role, f"{body}-c{n}", **spell)

    return build, "unknown", "pass"


def _covers(body: str) -> Case:
    def build(scene: Scene, n: int, spell: Spell) -> None:
        community(scene, n, bodies="rc" if body == "po" else "po")
        scene.builder.node(f"{body}-990101-c{n}", **({"level": "community"} if body == "po" else {}))
        scene.link(f"{body}-c{n}", "COVERS", area(n), **spell)
        scene.person(n)
        scene.seat(n, "secretary", f"po-c{n}")
        scene.seat(n, "director", f"rc-c{n}")

    return build, "unknown", "pass"


def _register(at: str) -> Case:
    def build(scene: Scene, n: int, spell: Spell) -> None:
        _secretary(scene, n)
        node = {"rc": f"rc-990101-c{n}", "area": area(n)}[at]
        scene.builder.edge(node, "COMPLETE_IN", SOURCE, subject="post", **spell)

    return build, "unknown", "fail"


def _above(scene: Scene, n: int, spell: Spell) -> None:
    _secretary(scene, n, street=spell)
    scene.complete(street_of(n), "post")


def _home(scene: Scene, n: int, spell: Spell) -> None:
    _secretary(scene, n)
    quarter(scene, n, bodies="")
    scene.link(f"p-{n}", "LIVES_IN", f"q-{n}", **spell)
    scene.complete(f"p-{n}", "residence")


def _moved_home(scene: Scene, n: int, spell: Spell) -> None:
    _secretary(scene, n)
    community(scene, n + 300)
    quarter(scene, n, bodies="", **spell)
    rest = {"since": DAY} if "until" in spell else {"until": TOMORROW}
    scene.link(f"q-{n}", "PART_OF", area(n + 300), **rest)
    scene.link(f"p-{n}", "LIVES_IN", f"q-{n}")
    scene.complete(f"p-{n}", "residence")


def _elsewhere(scene: Scene, n: int, spell: Spell) -> None:
    _secretary(scene, n)
    community(scene, n + 300)
    quarter(scene, n + 300, bodies="", **spell)
    scene.link(f"p-{n}", "LIVES_IN", f"q-{n + 300}")
    scene.complete(f"p-{n}", "residence")


def _unplaced(scene: Scene, n: int, spell: Spell) -> None:
    _secretary(scene, n)
    scene.builder.node(f"q-990101-{n}")
    scene.link(f"p-{n}", "LIVES_IN", f"q-{n}", **spell)
    scene.complete(f"p-{n}", "residence")


def _listed(at: str) -> Case:
    def build(scene: Scene, n: int, spell: Spell) -> None:
        _secretary(scene, n)
        node = {"person": f"p-990101-{n}", "area": area(n)}[at]
        scene.builder.edge(node, "COMPLETE_IN", SOURCE, subject="residence", **spell)

    return build, "unknown", "not_possible"


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """Posts, coverage, registers, homes and what lies above count from first to last day."""
    cases: list[Case] = [
        _post("secretary", "po"),
        _post("director", "rc"),
        _covers("po"),
        _covers("rc"),
        _register("rc"),
        _register("area"),
        (_above, "unknown", "fail"),
        (_home, "not_possible", "unknown"),
        (_moved_home, "not_possible", "unknown"),
        (_elsewhere, "unknown", "not_possible"),
        (_unplaced, "not_possible", "unknown"),
        _listed("person"),
        _listed("area"),
    ]
    await assert_spells(graph, RULE, cases, lambda n: (area(n),), resident_required=True)


async def test_an_area_gives_its_own_communities(graph: Graph) -> None:
    """A community, its subdistrict of today and the district each give what lies in them."""
    scene = Scene(0)
    community(scene, 2)
    heads(scene, 2, 2, 2)
    for number, spell in enumerate(STREETS, start=3):
        community(scene, number, street=spell)
    found = await rows_of(graph, scene, RULE)
    everywhere: list[Identity] = [(area(1),), (area(2),)]
    assert {(area(n),) for n in range(1, 6)} == set(found)
    await assert_areas(
        graph,
        RULE,
        {
            area(2): [(area(2),)],
            STREET: everywhere,
            DISTRICT: everywhere,
            street_of(3): [],
            street_of(4): [],
            street_of(5): [(area(5),)],
        },
    )
