"""R02: branches with too few full members."""

from __future__ import annotations

from graph.reading.graph import Graph
from tests.oracle.scene import DISTRICT, Scene
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.party import SPELLS, assert_places, assert_registers, enrol, organization, verdicts
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "branch_below_min_members"


async def test_two_full_members_are_too_few_and_three_are_enough(graph: Graph) -> None:
    """Two fail, three pass, three with a probationary one fail: by edges and register."""
    scene = Scene(3, "po")
    scene.complete(scene.quarters[0], "membership")
    scene.complete("po-2", "membership")
    two = enrol(scene, "po-990101-1", "full", "full", "none")
    three = enrol(scene, "po-990101-2", "full", "full", "full")
    mixed = enrol(scene, "po-990101-3", "full", "full", "probationary")
    scene.complete("po-3", "membership")
    rows = verdicts(
        await rows_of(graph, scene, RULE),
        "verdict",
        "severity",
        "full_members",
        "not_known",
        "short",
        "tier",
        "missing",
        "evidence",
    )
    register = "~COMPLETE_IN~d-990101-register~membership"
    at_quarter, at_branch = scene.quarters[0] + register, "po-990101-3" + register
    assert rows == {
        "1": ("fail", "violation", 2, 0, 1, "branch", [], [*two, at_quarter]),
        "2": ("pass", None, 3, 0, 0, "branch", [], three),
        "3": ("fail", "violation", 2, 0, 1, "branch", [], [*mixed, at_branch]),
    }
    assert verdicts(await again(graph, RULE, min=2)) == dict.fromkeys("123", "pass")
    assert verdicts(await again(graph, RULE, min=4)) == {"1": "fail", "2": "fail", "3": "fail"}


async def test_unknown_statuses_and_lists_that_are_not_complete_leave_it_open(graph: Graph) -> None:
    """Bounds: possible members count upwards, and without a register there is no upper bound."""
    scene = Scene(5, "po")
    for number in (1, 2, 5):
        scene.complete(f"po-{number}", "membership")
    enrol(scene, "po-990101-1", "full", "full", None)
    enrol(scene, "po-990101-2", "full", None)
    enrol(scene, "po-990101-3", "full", "full", None)
    enrol(scene, "po-990101-4", "full", "full", "full", None)
    rows = verdicts(await rows_of(graph, scene, RULE), "verdict", "severity", "missing")
    assert rows == {
        "1": ("unknown", None, ["p-990101-3.party_status"]),
        "2": ("fail", "violation", []),
        "3": ("unknown", None, ["membership@po-990101-3", "p-990101-8.party_status"]),
        "4": ("pass", None, []),
        "5": ("fail", "info", []),
    }


async def test_a_functional_branch_is_counted_by_who_reported_to_it(graph: Graph) -> None:
    """Reported members count for a functional branch only, which is no more than a warning."""
    scene = Scene(1, "")
    for tier in ("functional_branch", "joint_branch"):
        body = organization(scene, tier.replace("_", "-"), scene.quarters[0], tier=tier)
        enrol(scene, body, "full", "full", type_="REPORTED_TO")
        enrol(scene, body, "full", "full", "full")
    scene.builder.node("u-990101-1")
    scene.builder.edge("u-990101-1", "REPORTED_TO", "po-990101-functional-branch")
    organization(scene, "group", scene.quarters[0], tier="group")
    organization(scene, "untold", scene.quarters[0], tier=None)
    rows = verdicts(await rows_of(graph, scene, RULE), "verdict", "full_members", "missing")
    assert rows == {
        "functional-branch": ("unknown", 2, ["report@po-990101-functional-branch"]),
        "joint-branch": ("pass", 3, []),
    }
    scene.complete(scene.quarters[0], "report")
    rows = verdicts(await rows_of(graph, scene, RULE), "verdict", "severity")
    assert rows["functional-branch"] == ("fail", "warning")


async def test_members_count_from_the_day_they_are_full_and_while_affiliated(graph: Graph) -> None:
    """Full from today counts, from tomorrow not; an affiliation that ended today is over."""
    scene = Scene(9, "po")
    scene.complete(DISTRICT, "membership", "report")
    for number, spell in enumerate(SPELLS.values(), start=1):
        enrol(scene, f"po-990101-{number}", *["full"] * 3, spell=spell)
        scene.builder.nodes[f"po-990101-{number + 3}"]["tier"] = "functional_branch"
        enrol(scene, f"po-990101-{number + 3}", *["full"] * 3, type_="REPORTED_TO", spell=spell)
    enrol(scene, "po-990101-7", *["full"] * 3, party_full_on=DAY, party_joined_on=YESTERDAY)
    enrol(scene, "po-990101-8", *["full"] * 3, party_full_on=TOMORROW, party_joined_on=YESTERDAY)
    enrol(scene, "po-990101-9", *[None] * 3, party_joined_on=TOMORROW)
    rows = verdicts(await rows_of(graph, scene, RULE))
    passing = {"1", "4", "7"}
    assert rows == {str(n): "pass" if str(n) in passing else "fail" for n in range(1, 10)}


async def test_two_spells_of_one_person_are_one_member(graph: Graph) -> None:
    """Persons are counted, not edges."""
    scene = Scene(1, "po")
    scene.complete("po-1", "membership")
    enrol(scene, "po-990101-1", "full", "full", None)
    for person in ("p-1", "p-3"):
        scene.link(person, "MEMBER_OF", "po-1", spell=2)
    rows = verdicts(await rows_of(graph, scene, RULE, min=4), "full_members", "not_known", "verdict")
    assert rows == {"1": (2, 1, "fail")}


async def test_rows_stand_where_the_branch_does(graph: Graph) -> None:
    """Existence and area come from what is covered today, and an area gives only its rows."""
    await assert_places(graph, RULE, tier="branch", level="quarter")


async def test_a_register_closes_the_list_where_it_stands(graph: Graph) -> None:
    """At the branch, its quarter or an area above, and only while it is open."""
    await assert_registers(graph, RULE, "membership", "fail")
