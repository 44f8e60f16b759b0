"""R14: members of owners' committees who own no home in the quarter."""

from __future__ import annotations

from graph.answers import Graph
from tests.oracle.scene import DAY, Scene, post
from tests.rules.asking import verdicts_of
from tests.strategies import YESTERDAY

R14 = "owners_committee_member_not_owner"
FIRST, SECOND = (f"q-990101-{n:02}" for n in range(1, 3))


async def test_member_without_a_home_fails_only_where_owners_are_listed(graph: Graph) -> None:
    """Owner passes; no home is a fail at a complete register, of the person too, else unknown."""
    scene = Scene(2)
    scene.people(1, 2, 3, 4, 5)
    for serial in (1, 2):
        scene.seat(serial, "member", "oc-1")
    scene.link("p-1", "OWNS_HOME_IN", FIRST)
    scene.link("p-2", "OWNS_HOME_IN", SECOND)
    scene.complete(FIRST, "ownership")
    for serial, role in ((3, "chair"), (4, "vice_chair"), (5, "alternate")):
        scene.seat(serial, role, "oc-2")
    scene.complete("p-3", "ownership")
    assert {
        ("p-990101-1", post(1, "member", "oc-1")): "pass",
        ("p-990101-2", post(2, "member", "oc-1")): "fail",
        ("p-990101-3", post(3, "chair", "oc-2")): "fail",
        ("p-990101-4", post(4, "vice_chair", "oc-2")): "unknown",
    } == await verdicts_of(graph, scene, R14)


async def test_representative_of_an_owning_unit_and_spouse_pass_where_allowed(
    graph: Graph,
) -> None:
    """A unit's representative passes by default, a spouse only where the profile says so."""
    scene = Scene()
    scene.people(1, 2, 3)
    scene.builder.node("u-990101-1")
    scene.link("u-1", "OWNS_HOME_IN", FIRST)
    scene.link("p-1", "EMPLOYED_BY", "u-1", kind="employee")
    scene.seat(1, "member", "oc-1", capacity="unit_owner_representative")
    scene.seat(2, "member", "oc-1")
    scene.link("p-3", "OWNS_HOME_IN", FIRST)
    scene.link("p-3", "RELATED_TO", "p-2", relation="spouse")
    scene.complete(FIRST, "ownership")
    scene.complete("p-1", "kinship")
    one, two = (("p-990101-1", post(1, "member", "oc-1")),
                ("p-990101-2", post(2, "member", "oc-1")))  # fmt: skip
    assert {one: "pass", two: "fail"} == await verdicts_of(graph, scene, R14)
    allowed = await verdicts_of(graph, scene, R14, unit_representative=False, spouse=True)
    assert {one: "fail", two: "pass"} == allowed


async def test_home_sold_today_counts_no_more(graph: Graph) -> None:
    """Ends are exclusive: sold with effect of today is not owned today, but was yesterday."""
    scene = Scene()
    scene.people(1)
    scene.seat(1, "chair", "oc-1")
    scene.link("p-1", "OWNS_HOME_IN", FIRST, until=DAY)
    scene.complete(FIRST, "ownership")
    key = "p-990101-1", post(1, "chair", "oc-1")
    assert {key: "fail"} == await verdicts_of(graph, scene, R14)
    assert {key: "pass"} == await verdicts_of(graph, scene, R14, YESTERDAY)
