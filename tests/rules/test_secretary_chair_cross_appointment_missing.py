"""R18: secretary or chair in the body of the other."""

from __future__ import annotations

import pytest

from graph.answers import Graph
from tests.oracle.scene import DISTRICT, Scene
from tests.rules.asking import rows_of, verdicts_of

R18 = "secretary_chair_cross_appointment_missing"
FIRST, SECOND, THIRD, FOURTH = (f"q-990101-{n:02}" for n in range(1, 5))
Q = FIRST, "po-990101-1", "oc-990101-1"


async def test_unified_post_passes_and_two_persons_fail_where_posts_are_listed(
    graph: Graph,
) -> None:
    """Same person passes; two persons are a fail only where both lists are complete."""
    scene = Scene(4)
    scene.people(1, 2, 3, 4, 5)
    for number, secretary, chair in ((1, 1, 1), (2, 2, 3), (3, 4, 5)):
        scene.seat(secretary, "secretary", f"po-{number}")
        scene.seat(chair, "chair", f"oc-{number}")
    scene.complete(SECOND, "post")
    scene.complete("oc-3", "post")
    expected = {
        (FIRST, "po-990101-1", "oc-990101-1"): "pass",
        (SECOND, "po-990101-2", "oc-990101-2"): "fail",
        (THIRD, "po-990101-3", "oc-990101-3"): "unknown",
        (FOURTH, "po-990101-4", "oc-990101-4"): "unknown",
    }
    found = await rows_of(graph, scene, R18)
    assert expected == {key: row["verdict"] for key, row in found.items()}
    assert found[THIRD, "po-990101-3", "oc-990101-3"]["missing"] == ["post@po-990101-3"]


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
    [("none", True, "not_possible"), ("probationary", True, "not_possible"),
     ("full", True, "fail"), (None, True, "fail"), ("none", False, "fail")],
)  # fmt: skip
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
    """Without a committee: unknown, until a register says that there is none."""
    scene = Scene(2, bodies="po")
    scene.complete(SECOND, "owners_committee")
    assert await verdicts_of(graph, scene, R18) == {
        (FIRST, "po-990101-1", None): "unknown",
        (SECOND, "po-990101-2", None): "not_applicable",
    }
