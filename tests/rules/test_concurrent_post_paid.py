"""R30: pay for concurrent posts."""

from __future__ import annotations

import pytest

from graph.answers import Graph
from tests.oracle.scene import ORG, Scene
from tests.rules.asking import rows_of, verdicts_of

R30 = "concurrent_post_paid"


@pytest.mark.parametrize(
    ("public", "paid", "basis", "verdict"),
    [
        ("public_employee", True, "owners_assembly", "fail"),
        ("civil_servant", False, None, "pass"),
        ("none", True, "owners_assembly", "pass"),
        ("none", True, "employer", "fail"),
        ("none", True, None, "unknown"),
        (None, True, "owners_assembly", "unknown"),
        ("none", None, None, "unknown"),
    ],
)
async def test_pay_for_a_concurrent_seat_on_the_committee(
    graph: Graph, public: str | None, paid: bool | None, basis: str | None, verdict: str
) -> None:
    """Officials draw nothing; others an allowance that the owners' assembly fixed."""
    scene = Scene()
    scene.person(1, public_post=public)
    id_ = scene.seat(1, "chair", "oc-1", concurrent=True, paid=paid, pay_basis=basis)
    found = await rows_of(graph, scene, R30)
    assert {("p-990101-1", id_): ("committee", verdict)} == {
        key: (row["kind"], row["verdict"]) for key, row in found.items()
    }


async def test_part_time_members_are_unpaid_and_other_posts_not_judged(graph: Graph) -> None:
    """A part-time seat is judged, concurrent or not; a plain post is no row at all."""
    scene = Scene()
    scene.people(1, 2, 3, 4, 5)
    paid = scene.seat(1, "part_time_member", ORG, paid=True)
    unpaid = scene.seat(2, "part_time_member", ORG, paid=False)
    silent = scene.seat(3, "part_time_member", ORG)
    other = scene.seat(4, "committee_member", "po-1", concurrent=True, paid=True)
    scene.seat(5, "project_manager", "pp-1", paid=True)
    assert {
        ("p-990101-1", paid): "fail",
        ("p-990101-2", unpaid): "pass",
        ("p-990101-3", silent): "unknown",
        ("p-990101-4", other): "not_applicable",
    } == await verdicts_of(graph, scene, R30)
