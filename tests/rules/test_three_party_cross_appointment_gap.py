"""R20: links between branch, owners' committee and property."""

from __future__ import annotations

from graph.answers import Graph
from tests.oracle.scene import DISTRICT, Scene, post
from tests.rules.asking import again, rows_of, verdicts_of

R20 = "three_party_cross_appointment_gap"
R27 = "coi_owners_committee_property_staff"
FIRST, SECOND, THIRD = (f"q-990101-{n:02}" for n in range(1, 4))


async def test_three_parties_need_two_admissible_links(graph: Graph) -> None:
    """Two links pass, one fails where lists are complete, else it is unknown."""
    scene = Scene(3)
    scene.people(*range(1, 7))
    scene.builder.node("k-990101-1", kind="joint_meeting")
    for number in (1, 2, 3):
        scene.seat(number, "committee_member", f"po-{number}")
        scene.seat(number, "member", f"oc-{number}")
    for body in ("oc-1", "pp-1"):
        scene.link(body, "TAKES_PART_IN", "k-1")
    scene.link("oc-2", "TAKES_PART_IN", "k-1")
    scene.complete(SECOND, "post", "property_project")
    found = await rows_of(graph, scene, R20)
    assert {key: row["verdict"] for key, row in found.items()} == {
        (FIRST,): "pass",
        (SECOND,): "fail",
        (THIRD,): "unknown",
    }
    assert found[FIRST,]["links"] == ["branch-committee", "committee-property"]


async def test_property_manager_on_the_committee_is_no_link(graph: Graph) -> None:
    """The manager on the owners' committee fires R27, and R20 does not count the manager."""
    scene = Scene()
    scene.people(1)
    scene.seat(1, "project_manager", "pp-1")
    scene.seat(1, "member", "oc-1")
    scene.seat(1, "committee_member", "po-1")
    scene.complete(DISTRICT, "post", "property_project", "employment")
    found = await rows_of(graph, scene, R20)
    assert tuple(found[FIRST,][c] for c in ("verdict", "links", "blocked_by")) == (
        "fail",
        [],
        ["R27"],
    )
    conflict = await again(graph, R27)
    key = "p-990101-1", post(1, "member", "oc-1"), FIRST, "pp-990101-1"
    assert {key: "fail"} == {k: r["verdict"] for k, r in conflict.items()}


async def test_branch_member_employed_by_the_operator_links(graph: Graph) -> None:
    """Employment links branch and property; it never links committee and property."""
    scene = Scene(2)
    scene.people(1, 2)
    scene.seat(1, "committee_member", "po-1")
    scene.link("p-1", "EMPLOYED_BY", "pf-1", kind="employee")
    scene.seat(2, "member", "oc-2")
    scene.link("p-2", "EMPLOYED_BY", "pf-2", kind="employee")
    found = await rows_of(graph, scene, R20)
    assert found[FIRST,]["links"] == ["branch-property"]
    assert found[SECOND,]["links"] == []


async def test_three_parties_without_a_third(graph: Graph) -> None:
    """No property project: not applicable where known, unknown where not."""
    scene = Scene(2, bodies="po oc")
    scene.complete(SECOND, "property_project")
    assert (await verdicts_of(graph, scene, R20)) == {
        (FIRST,): "unknown",
        (SECOND,): "not_applicable",
    }
