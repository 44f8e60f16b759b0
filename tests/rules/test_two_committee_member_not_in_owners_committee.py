"""R19: members of the community's two committees on owners' committees."""

from __future__ import annotations

from graph.answers import Graph
from tests.oracle.scene import COMMUNITY, DISTRICT, ORG, RESIDENTS, Scene
from tests.rules.asking import rows_of, verdicts_of

R19 = "two_committee_member_not_in_owners_committee"
FIRST, SECOND, THIRD, FOURTH = (f"q-990101-{n:02}" for n in range(1, 5))


async def test_two_committee_member_on_the_owners_committee(graph: Graph) -> None:
    """Either of the two committees counts, a part-time member does not."""
    scene = Scene(4)
    scene.people(1, 2, 3, 4)
    scene.seat(1, "committee_member", ORG)
    scene.seat(2, "member", RESIDENTS)
    scene.seat(3, "part_time_member", ORG)
    for serial in (1, 2, 3):
        scene.seat(serial, "member", f"oc-{serial}")
    scene.complete(DISTRICT, "post")
    assert (await verdicts_of(graph, scene, R19)) == {
        (FIRST,): "pass",
        (SECOND,): "pass",
        (THIRD,): "fail",
        (FOURTH,): "fail",
    }


async def test_no_two_committee_member_who_owns_a_home_is_not_possible(graph: Graph) -> None:
    """Candidates own a home; where all are known not to, the row is not a gap."""
    scene = Scene(3)
    scene.people(1, 2, 3)
    scene.seat(1, "secretary", ORG)
    scene.seat(2, "director", RESIDENTS)
    scene.link("p-1", "OWNS_HOME_IN", FIRST)
    scene.complete(COMMUNITY, "post")
    for quarter in (FIRST, SECOND):
        scene.complete(quarter, "ownership")
    found = await rows_of(graph, scene, R19)
    assert {key: row["verdict"] for key, row in found.items()} == {
        (FIRST,): "fail",
        (SECOND,): "not_possible",
        (THIRD,): "fail",
    }
    assert found[FIRST,]["candidates"] == ["p-990101-1"]
    assert found[SECOND,]["blocked_by"] == ["R14"]
    assert found[THIRD,]["unconfirmed"] == ["p-990101-1", "p-990101-2"]


async def test_two_committees_unknown_while_a_list_is_open(graph: Graph) -> None:
    """All three bodies' posts must be listed; one missing leaves it unknown."""
    scene = Scene()
    scene.complete("oc-1", "post")
    scene.complete(ORG, "post")
    found = await rows_of(graph, scene, R19)
    assert found[FIRST,]["verdict"] == "unknown"
    assert [f"post@{RESIDENTS}"] == found[FIRST,]["missing"]
