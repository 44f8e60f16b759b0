"""R24: a part-time member satisfies seven conditions."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.reading.graph import Graph
from tests.builder import BEGIN
from tests.oracle.asking import Row
from tests.oracle.scene import DISTRICT, ORG, STREET, Scene, post
from tests.oracle.view import Identity
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.communities import (
    STREETS,
    area,
    assert_areas,
    assert_spells,
    community,
    linked,
    quarter,
    street_of,
)
from tests.rules.scenes.part_time import (
    LATER,
    employee,
    head,
    in_a_quarter,
    in_two,
    key,
    led_unit,
    member,
    of_quarter,
    quarter_head,
    seated,
    sound,
    unplaced,
    unshown,
)
from tests.strategies import DAY, TOMORROW, YESTERDAY

FINE: tuple[Any, ...] = ("pass", [], [])
RULE = "parttime_commissioner_ineligible"


def said(found: dict[Identity, Row]) -> dict[int, tuple[Any, ...]]:
    """Verdict, findings and what is missing, by the number of the person."""
    return {
        int(str(person).rpartition("-")[2]): (r["verdict"], r["findings"], r["missing"])
        for (person, _), r in found.items()
    }


async def test_each_condition_fails_or_is_not_known(graph: Graph) -> None:
    """Status, category, end of term and pay: bad fails, null is unknown, a fail beats a null."""
    scene = Scene(0)
    cases: list[dict[str, Any]] = [
        {},
        {"status": "none"},
        {"status": None},
        {"status": "probationary"},
        {"capacity": "other"},
        {"capacity": None},
        {"term_until": DAY},
        {"term_until": TOMORROW},
        {"term_until": None},
        {"paid": True},
        {"paid": None},
        {"paid": True, "capacity": None},
    ]
    for number, given in enumerate(cases, start=2):
        community(scene, number)
        member(scene, number, **given)
    scene.builder.nodes["p-990101-5"]["party_joined_on"] = DAY
    community(scene, 14)
    member(scene, 14)
    scene.builder.nodes["p-990101-14"]["party_joined_on"] = TOMORROW
    community(scene, 15)
    member(scene, 15, term_until=TOMORROW)  # a term that ends in June
    scene.builder.edges[key(15)[1]]["date_precision"] = ["term_until:month"]
    joined = {"party_joined_on": date(2025, 1, 1), "date_precision": ["party_joined_on:year"]}
    community(scene, 16)
    member(scene, 16)
    scene.builder.nodes["p-990101-16"].update(joined)  # some day of this year
    found = await rows_of(graph, scene, RULE)
    assert said(found) == {
        2: FINE,
        3: ("fail", ["not_party_member"], []),
        4: ("unknown", [], ["p-990101-4.party_status"]),
        5: FINE,
        6: ("fail", ["category_not_allowed"], []),
        7: ("unknown", [], [f"{key(7)[1]}.capacity"]),
        8: ("fail", ["term_over"], []),
        9: FINE,
        10: ("unknown", [], [f"{key(10)[1]}.term_until"]),
        11: ("fail", ["paid"], []),
        12: ("unknown", [], [f"{key(12)[1]}.paid"]),
        13: ("fail", ["paid"], []),
        14: ("fail", ["not_party_member"], []),
        15: ("unknown", [], [f"{key(15)[1]}.term_until"]),
        16: ("unknown", [], ["p-990101-16.party_joined_on"]),
    }
    assert found[key(2)]["evidence"] == [key(2)[1]]
    assert found[key(3)]["evidence"] == [key(3)[1], "p-990101-3"]
    assert found[key(8)]["evidence"] == [key(8)[1]]
    assert [found[key(2)][c] for c in ("body", "area")] == ["po-990101-c2", area(2)]
    assert said(await again(graph, RULE, YESTERDAY))[8] == FINE
    unpaid = said(await again(graph, RULE, check_pay=False))
    assert (unpaid[11], unpaid[12]) == (FINE, FINE)
    assert unpaid[13] == ("unknown", [], [f"{key(13)[1]}.capacity"])
    narrow = said(await again(graph, RULE, allowed_categories=["other"]))
    assert (narrow[2], narrow[6]) == (("fail", ["category_not_allowed"], []), FINE)


async def test_the_term_of_the_body_is_that_of_the_post(graph: Graph) -> None:
    """Extended before set; not before the term began, if it is known when; the post's own end first."""
    scene = Scene(0)
    cases: list[tuple[int, dict[str, Any], date | None]] = [
        (2, {"term_until": TOMORROW}, None),
        (3, {"term_until": DAY}, None),
        (4, {"term_until": DAY, "extended_until": TOMORROW}, None),
        (5, {"term_until": LATER, "extended_until": DAY}, None),
        (6, {"term_until": LATER, "elected_on": TOMORROW}, None),
        (7, {"term_until": LATER, "elected_on": DAY}, None),
        (8, {"term_until": DAY}, LATER),
        (9, {"term_until": LATER, **_known("elected_on:year", date(2025, 1, 1))}, None),
        (10, {"term_until": LATER, **_known("elected_on:month", date(2025, 6, 1))}, None),
        (11, _known("term_until:month", TOMORROW), None),
        (12, {"term_until": DAY, **_known("extended_until:year", date(2026, 1, 1))}, None),
    ]
    for number, given, own in cases:
        community(scene, number, **given)
        member(scene, number, term_until=own)
    found = await rows_of(graph, scene, RULE)
    over: tuple[Any, ...] = ("fail", ["term_over"], [])
    open_ = "{}.term_until".format
    assert said(found) == {
        2: FINE,
        3: over,
        4: FINE,
        5: over,
        6: ("unknown", [], [open_(key(6)[1])]),
        7: FINE,
        8: FINE,
        9: ("unknown", [], ["po-990101-c9.elected_on"]),
        10: FINE,  # the last of June: it began by today
        11: ("unknown", [], ["po-990101-c11.term_until"]),
        12: ("unknown", [], ["po-990101-c12.extended_until"]),
    }
    assert found[key(3)]["evidence"] == [key(3)[1], "po-990101-c3"]
    alone = said(await again(graph, RULE, same_term_as_body=False))
    assert (alone[2], alone[3], alone[8]) == (
        ("unknown", [], [open_(key(2)[1])]),
        ("unknown", [], [open_(key(3)[1])]),
        FINE,
    )


def _known(precision: str, first: date) -> dict[str, Any]:
    """A day of which the month or year alone is known, by `property:month`."""
    return {precision.partition(":")[0]: first, "date_precision": [precision]}


async def test_edges_show_a_category_too(graph: Graph) -> None:
    """Heads of co-builders and of quarters that co-build, committee members, project managers."""
    scene = Scene(0)
    for number in range(2, 11):
        community(scene, number)
        member(scene, number, capacity=None)
        quarter(scene, number)
    led_unit(scene, 2)
    scene.link("u-2", "SERVES", area(2))
    for number, role in ((3, "secretary"), (4, "committee_member")):
        scene.builder.node(f"po-990101-q{number}", level="quarter", tier="branch")
        scene.link(f"po-q{number}", "CO_BUILDS", f"po-c{number}")
        scene.seat(number, role, f"po-q{number}")
    scene.seat(5, "vice_chair", "oc-5")
    scene.seat(6, "alternate", "oc-6")
    scene.seat(7, "project_manager", "pp-7")
    scene.seat(8, "staff", "pp-8")
    scene.seat(9, "chair", "oc-2")  # of another community
    led_unit(scene, 10)
    scene.seat(10, "deputy_secretary", "po-u10")
    del scene.builder.edges[post(10, "secretary", "po-u10")]
    found = await rows_of(graph, scene, RULE)
    assert {k: v[0] for k, v in said(found).items()} == {
        2: "pass",
        3: "pass",
        4: "unknown",
        5: "pass",
        6: "unknown",
        7: "pass",
        8: "unknown",
        9: "unknown",
        10: "unknown",
    }
    assert found[key(2)]["evidence"] == [
        key(2)[1],
        post(2, "secretary", "po-u2"),
        "po-990101-u2~COVERS~u-990101-2",
        "u-990101-2~CO_BUILDS~po-990101-c2",
    ]
    assert found[key(7)]["evidence"] == [key(7)[1], post(7, "project_manager", "pp-7")]
    narrow = {
        k: v[0]
        for k, v in said(await again(graph, RULE, allowed_categories=["owners_committee_member"])).items()
    }
    assert (narrow[5], narrow[7], narrow[2]) == ("pass", "unknown", "unknown")


async def test_the_unit_of_its_head_stands_here_or_serves_the_place(graph: Graph) -> None:
    """In the place or community, or serving it or an area above it; elsewhere is known by area."""
    scene = Scene(0)
    for number in (*range(2, 13), 20):
        community(scene, number)
        quarter(scene, number, bodies="")
    scene.builder.node("q-990101-99")
    scene.link("q-99", "PART_OF", STREET)
    for number, type_, at in (
        (2, "BASED_IN", area(2)),
        (3, "BASED_IN", "q-3"),
        (4, "SERVES", "q-4"),
        (5, "SERVES", DISTRICT),
        (6, "BASED_IN", area(20)),
        (7, "BASED_IN", "q-20"),
        (8, "BASED_IN", STREET),
        (9, "BASED_IN", "q-99"),
        (10, "SERVES", area(20)),
        (11, "BASED_IN", area(20)),
        (12, "BASED_IN", area(20)),
    ):
        member(scene, number, capacity="unit_party_head")
        led_unit(scene, number)
        scene.link(f"u-{number}", type_, at)
    scene.link("u-11", "SERVES", area(11))
    scene.builder.nodes["u-990101-12b"] = dict(scene.builder.nodes["u-990101-12"], id="u-990101-12b")
    scene.link("p-12", "EMPLOYED_BY", "u-12b", kind="employee")
    scene.link("u-12b", "CO_BUILDS", "po-c12")
    found = await rows_of(graph, scene, RULE)
    away: tuple[Any, ...] = ("fail", ["unit_elsewhere"], [])
    assert said(found) == {
        2: FINE,
        3: FINE,
        4: FINE,
        5: FINE,
        6: away,
        7: away,
        8: ("unknown", [], ["area@u-990101-8"]),
        9: ("unknown", [], ["area@u-990101-9"]),
        10: ("unknown", [], ["area@u-990101-10"]),
        11: FINE,
        12: ("unknown", [], ["area@u-990101-12b"]),
    }
    assert found[key(6)]["evidence"] == [key(6)[1], f"u-990101-6~BASED_IN~{area(20)}"]
    scene.builder.nodes["po-990101-c7"]["level"] = "quarter"
    scene.link("po-c7", "COVERS", "q-7")
    del scene.builder.edges[f"po-990101-c7~COVERS~{area(7)}"]
    scene.link("u-7", "SERVES", area(7))
    scene.builder.edges[post(12, "part_time_member", "po-c12")]["capacity"] = "police"
    found = await rows_of(graph, scene, RULE)
    assert (said(found)[7], said(found)[12]) == (FINE, away)


async def test_full_members_and_moved_memberships_fail(graph: Graph) -> None:
    """Of this committee or of the community's two; membership that began with the post."""
    scene = Scene(0)
    for number in range(2, 17):
        community(scene, number)
        member(scene, number, since=date(2024, 1, 1))
    seats = {
        2: ("committee_member", "po-c2"),
        3: ("member", "rc-c3"),
        4: ("member", "rc-c5"),
        5: ("community_worker", "rc-c5"),
        6: ("instructor", "po-c6"),
        7: ("secretary", "po-b7"),
        13: ("deputy_secretary", "po-b13"),
    }
    scene.seat(15, "deputy_secretary", "po-c15")
    scene.seat(16, "deputy_director", "rc-c16")
    for number, level in ((7, "community"), (13, "quarter")):
        scene.builder.node(f"po-990101-b{number}", level=level)
        scene.link(f"po-b{number}", "COVERS", area(number))
    for number, (role, body) in seats.items():
        scene.seat(number, role, body)
    for number, since in ((8, date(2024, 1, 1)), (9, date(2023, 12, 31)), (10, BEGIN)):
        scene.link(f"p-{number}", "MEMBER_OF", f"po-c{number}", since=since)
    scene.link("p-11", "MEMBER_OF", "po-c2", since=date(2024, 1, 1))
    scene.builder.edges[post(12, "part_time_member", "po-c12")].update(since=date.min, since_known=False)
    scene.link("p-12", "MEMBER_OF", "po-c12", since=None)
    scene.builder.nodes["po-990101-c14"]["level"] = "quarter"
    scene.seat(14, "director", "rc-c14")
    found = await rows_of(graph, scene, RULE)
    full: tuple[Any, ...] = ("fail", ["full_member"], [])
    assert said(found) == {
        2: full,
        3: full,
        4: FINE,
        5: FINE,
        6: FINE,
        7: full,
        8: ("fail", ["membership_moved"], []),
        9: FINE,
        10: FINE,
        11: FINE,
        12: FINE,
        13: FINE,
        14: full,
        15: full,
        16: full,
    }
    assert found[key(3)]["evidence"] == [key(3)[1], post(3, "member", "rc-c3")]
    assert found[key(8)]["evidence"] == [key(8)[1], "p-990101-8~MEMBER_OF~po-990101-c8"]


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """What shows a category, a unit's place, a full seat or a moved membership has its days."""
    quarter_ = {"role": "secretary"}
    cases = [
        linked(
            sound,
            "p-# HOLDS_POST po-c#",
            without=None,
            expect="pass",
            role="part_time_member",
            capacity="police",
            paid=False,
            term_until=LATER,
        ),
        linked(head, "p-# HOLDS_POST po-u#", without="unknown", expect="pass", role="secretary"),
        linked(head, "po-u# COVERS u-#", without="unknown", expect="pass"),
        linked(head, "u-# CO_BUILDS po-c#", without="unknown", expect="pass"),
        linked(quarter_head, "p-# HOLDS_POST po-x#", without="unknown", expect="pass", **quarter_),
        linked(quarter_head, "po-x# CO_BUILDS po-c#", without="unknown", expect="pass"),
        linked(unshown, "p-# HOLDS_POST oc-#", without="unknown", expect="pass", role="chair"),
        linked(seated("oc", "member"), "oc-# COVERS q-#", without="unknown", expect="pass"),
        linked(seated("pp", "project_manager"), "pp-# SERVES q-#", without="unknown", expect="pass"),
        linked(seated("oc", "chair"), "q-# PART_OF @#", without="unknown", expect="pass"),
        linked(sound, "p-# HOLDS_POST rc-c#", without="pass", expect="fail", role="member"),
        linked(sound, "p-# HOLDS_POST po-c#", without="pass", expect="fail", role="secretary"),
        linked(in_two, "rc-x# COVERS @#", without="pass", expect="fail"),
        linked(in_two, "po-c# COVERS @#", without="pass", expect="fail"),
        linked(head, "u-# BASED_IN q-#", without="unknown", expect="pass"),
        linked(head, "q-# PART_OF @#", without="unknown", expect="pass"),
        linked(unplaced, "u-# SERVES q-#", without="unknown", expect="pass"),
        linked(unplaced, f"u-# SERVES {STREET}", without="unknown", expect="pass"),
        linked(unplaced, "u-# BASED_IN @+", without="unknown", expect="fail"),
        linked(employee, "p-# EMPLOYED_BY u-#", without="pass", expect="fail", kind="employee"),
        linked(employee, "u-# CO_BUILDS po-c#", without="pass", expect="fail"),
        linked(of_quarter, "q-# PART_OF @#", without="fail", expect="pass"),
        linked(in_a_quarter, "q-y# PART_OF @+", without="unknown", expect="fail"),
    ]
    await assert_spells(graph, RULE, cases, key)


async def test_membership_that_began_with_the_post_has_its_days(graph: Graph) -> None:
    """Moved here with the post and away again: only while it lasted."""
    scene = Scene(0)
    for number, until in ((2, DAY), (3, TOMORROW)):
        sound(scene, number)
        scene.link(f"p-{number}", "MEMBER_OF", f"po-c{number}", until=until)
    found = await rows_of(graph, scene, RULE)
    assert [found[key(n)]["verdict"] for n in (2, 3)] == ["pass", "fail"]
    before, after = await again(graph, RULE, YESTERDAY), await again(graph, RULE, TOMORROW)
    assert [before[key(2)]["verdict"], after[key(3)]["verdict"]] == ["fail", "pass"]


async def test_an_area_gives_the_posts_of_its_organizations(graph: Graph) -> None:
    """Of the community, of its quarters, their buildings and what covers them; of no place everywhere."""
    scene = Scene(0)
    community(scene, 2)
    quarter(scene, 2, bodies="")
    member(scene, 2)
    for name, level in (("q", "quarter"), ("s", "subdistrict"), ("none", "quarter")):
        scene.builder.node(f"po-990101-{name}", level=level)
    scene.link("po-q", "COVERS", "q-2")
    scene.link("po-s", "COVERS", STREET)
    for number, body in ((3, "po-q"), (4, "po-s"), (5, "po-none"), (6, ORG)):
        member(scene, number, body=body)
    for number, spell in enumerate(STREETS, start=7):
        community(scene, number, street=spell)
        member(scene, number)
    # A quarter that left community 10 for 11 today; buildings of both, and one that moved between them.
    for number in (10, 11):
        community(scene, number, bodies="")
    quarter(scene, 10, bodies="", until=DAY)
    scene.link("q-10", "PART_OF", area(11), since=DAY)
    for number, at in ((10, "q-2"), (12, "q-10"), (13, "q-10")):
        scene.builder.node(f"b-990101-{number}", level="building")
        scene.link(f"b-{number}", "PART_OF", at, since=DAY if number == 13 else BEGIN)
        scene.builder.node(f"po-990101-b{number}", level="quarter")
        scene.link(f"po-b{number}", "COVERS", f"b-{number}")
        member(scene, number, body=f"po-b{number}")
    scene.link("b-13", "PART_OF", "q-2", until=DAY)
    member(scene, 14, body="po-b10", until=DAY)
    keys = {
        n: (f"p-990101-{n}", post(n, "part_time_member", b))
        for n, b in (
            *((2, "po-c2"), (3, "po-q"), (4, "po-s"), (5, "po-none"), (6, ORG)),
            *((n, f"po-b{n}") for n in (10, 12, 13)),
        )
    }
    found = await rows_of(graph, scene, RULE)
    assert {*keys.values(), *map(key, range(7, 10))} == set(found)
    areas = [area(2), area(2), STREET, None, area(1), area(2), area(11), area(11)]
    assert [found[k]["area"] for k in keys.values()] == areas
    everywhere = [keys[n] for n in keys if n != 5]
    await assert_areas(
        graph,
        RULE,
        {
            area(2): [keys[2], keys[3], keys[10]],
            area(10): [],
            area(11): [keys[12], keys[13]],
            STREET: everywhere,
            DISTRICT: everywhere,
            street_of(7): [],
            street_of(8): [],
            street_of(9): [key(9)],
        },
    )
