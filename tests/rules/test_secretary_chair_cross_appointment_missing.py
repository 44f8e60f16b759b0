"""R18: secretary or chair in the body of the other."""

from __future__ import annotations

import pytest

from graph.reading.graph import Graph
from tests.oracle.scene import DISTRICT, Scene, post
from tests.rules.scenes.ask import rows_of, verdicts_of
from tests.rules.scenes.communities import assert_spells, linked
from tests.rules.scenes.posts import check_quarters
from tests.rules.scenes.secretary_and_chair import (
    FIRST,
    FOURTH,
    SECOND,
    SPELLS,
    THIRD,
    Q,
    apart,
    assert_conflict_beats_the_post,
    assert_missing_body,
    assert_one_person_passes,
    homeless,
    key,
)

R18 = "secretary_chair_cross_appointment_missing"


async def test_unified_post_passes_and_two_persons_fail_where_posts_are_listed(graph: Graph) -> None:
    """Same person passes; two persons are a fail only where both lists are complete."""
    await assert_one_person_passes(graph, R18)


async def test_either_direction_of_a_cross_seat_counts(graph: Graph) -> None:
    """Secretary as member of the committee, or chair as branch member; part-time is no seat."""
    scene = Scene(4)
    scene.people(*range(1, 9))
    for number in range(1, 5):
        scene.seat(number, "secretary", f"po-{number}")
        scene.seat(number + 4, "chair", f"oc-{number}")
    scene.seat(1, "member", "oc-1")
    scene.seat(6, "committee_member", "po-2")
    scene.seat(7, "part_time_member", "po-3")
    scene.seat(4, "alternate", "oc-4")
    scene.complete(DISTRICT, "post")
    assert await verdicts_of(graph, scene, R18) == {
        Q: "pass",
        (SECOND, "po-990101-2", "oc-990101-2"): "pass",
        (THIRD, "po-990101-3", "oc-990101-3"): "fail",
        (FOURTH, "po-990101-4", "oc-990101-4"): "fail",
    }


@pytest.mark.parametrize(
    ("status", "owners_listed", "verdict"),
    [
        ("none", True, "not_possible"),
        ("probationary", True, "not_possible"),
        ("full", True, "fail"),
        (None, True, "fail"),
        ("none", False, "fail"),
    ],
)
async def test_cross_seat_is_not_possible_only_if_both_ways_are_shut(
    graph: Graph, status: str | None, owners_listed: bool, verdict: str
) -> None:
    """The secretary no owner and the chair no full member: neither may take the other's seat."""
    scene = Scene()
    scene.person(1, party_status="full")
    scene.person(2, party_status=status)
    scene.seat(1, "secretary", "po-1")
    scene.seat(2, "chair", "oc-1")
    scene.complete(FIRST, "post")
    if owners_listed:
        scene.complete(FIRST, "ownership")
    assert {Q: verdict} == await verdicts_of(graph, scene, R18)


async def test_missing_body_is_not_applicable_only_where_known_absent(graph: Graph) -> None:
    """Without a body: unknown, until a register says that there is none; a group is no branch."""
    await assert_missing_body(graph, R18)


async def test_conflict_of_interest_beats_the_seat(graph: Graph) -> None:
    """R27 bars who works for the firm, by the kinds and affiliates of the profile."""
    await assert_conflict_beats_the_post(graph, R18)


async def test_who_may_take_the_seat_and_what_bars_the_others(graph: Graph) -> None:
    """Candidates own a home or are full members; what is not known is unconfirmed, not barred."""
    scene = Scene(4)
    scene.people(*range(1, 9))
    for number, status in enumerate(("full", None, "none", "none"), start=1):
        scene.seat(number, "secretary", f"po-{number}")
        scene.person(number + 4, party_status=status)
        scene.seat(number + 4, "chair", f"oc-{number}")
    scene.link("p-1", "OWNS_HOME_IN", FIRST)
    scene.seat(4, "vice_chair", "oc-4")
    scene.complete(DISTRICT, "post")
    for quarter in (FIRST, THIRD, FOURTH):
        scene.complete(quarter, "ownership")
    scene.link("p-7", "EMPLOYED_BY", "pf-3", kind="employee")
    found = await rows_of(graph, scene, R18)
    columns = ("verdict", "blocked_by", "candidates", "unconfirmed")
    assert {k[0]: tuple(row[c] for c in columns) for k, row in found.items()} == {
        FIRST: ("fail", [], ["p-990101-1", "p-990101-5"], []),
        SECOND: ("fail", [], [], ["p-990101-2", "p-990101-6"]),
        THIRD: ("not_possible", ["R08", "R14", "R27"], [], []),
        FOURTH: ("pass", [], [], []),
    }
    assert found[THIRD, "po-990101-3", "oc-990101-3"]["evidence"] == [
        post(3, "secretary", "po-3"),
        post(7, "chair", "oc-3"),
    ]


def chaired_by_a_member(scene: Scene, n: int) -> None:
    """As `homeless`, but the chair is a full Party member."""
    homeless(scene, n)
    scene.builder.nodes[f"p-990101-{n}b"]["party_status"] = "full"


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """Posts, homes, employers, what is covered, served and run, places and lists have days."""
    cases = [
        *SPELLS,
        linked(homeless, "p-#b HOLDS_POST oc-#", without="fail", expect="not_possible", role="chair"),
        linked(apart, "p-#b HOLDS_POST po-#", without="fail", expect="pass", role="committee_member"),
        linked(apart, "p-# HOLDS_POST oc-#", without="fail", expect="pass", role="member"),
        linked(
            chaired_by_a_member,
            "p-#b EMPLOYED_BY pf-#",
            without="fail",
            expect="not_possible",
            kind="employee",
        ),
    ]
    await assert_spells(graph, R18, cases, key)


async def test_each_quarter_has_a_row_in_its_area(graph: Graph) -> None:
    """Also where it moved today or moves tomorrow, and where it lies in no area."""
    await check_quarters(graph, R18)
