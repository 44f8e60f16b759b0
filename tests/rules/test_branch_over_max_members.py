"""R03: branches with too many members."""

from __future__ import annotations

from datetime import date

from graph.reading.graph import Graph
from tests.oracle.scene import DISTRICT, Scene
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.party import SPELLS, assert_places, assert_registers, enrol, organization, verdicts
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "branch_over_max_members"


async def test_fifty_are_silent_and_the_fifty_first_is_too_many(graph: Graph) -> None:
    """Fifty members are allowed; one more fails, with all edges as evidence and no register."""
    scene = Scene(3, "po")
    for number in (1, 2):
        scene.complete(f"po-{number}", "membership")
    fifty = enrol(scene, "po-990101-1", *["full"] * 49, "probationary")
    enrol(scene, "po-990101-1", "none")
    more = enrol(scene, "po-990101-2", *["full"] * 50, "probationary")
    also = enrol(scene, "po-990101-3", *["full"] * 51)
    rows = verdicts(await rows_of(graph, scene, RULE), "verdict", "members", "findings", "evidence", "tier")
    register = "po-990101-1~COMPLETE_IN~d-990101-register~membership"
    both = ["over_max", "suggest_general_branch"]
    assert rows == {
        "1": ("pass", 50, [], [*fifty, register], "branch"),
        "2": ("fail", 51, both, more, "branch"),
        "3": ("fail", 51, both, also, "branch"),
    }
    full_only = await again(graph, RULE, count_probationary=False)
    assert verdicts(full_only, "members") == {"1": (49,), "2": (50,), "3": (51,)}
    assert verdicts(full_only) == {"1": "pass", "2": "pass", "3": "fail"}
    assert set(verdicts(await again(graph, RULE, max=51)).values()) == {"pass", "unknown"}
    silent = verdicts(await again(graph, RULE, suggest_general_branch=False), "findings")
    assert silent["2"] == (["over_max"],)


async def test_unknown_statuses_and_open_lists_leave_it_open(graph: Graph) -> None:
    """Possible members may be too many; a list that is not complete may be longer."""
    scene = Scene(4, "po")
    scene.complete("po-1", "membership")
    scene.complete("po-2", "membership")
    enrol(scene, "po-990101-1", "full", None)
    enrol(scene, "po-990101-2", "full", None, None)
    enrol(scene, "po-990101-3", None)
    enrol(scene, "po-990101-4", "full", "full", "probationary", None)
    rows = verdicts(await rows_of(graph, scene, RULE, max=2), "verdict", "not_known", "findings", "missing")
    assert rows == {
        "1": ("pass", 1, [], []),
        "2": ("unknown", 2, [], ["p-990101-4.party_status", "p-990101-5.party_status"]),
        "3": ("unknown", 1, [], ["membership@po-990101-3", "p-990101-6.party_status"]),
        "4": ("fail", 1, ["over_max", "suggest_general_branch"], []),
    }


async def test_members_count_from_the_day_they_join_and_while_affiliated(graph: Graph) -> None:
    """Joined today counts, tomorrow not, this year leaves it open; what ended today is over."""
    scene = Scene(10, "po")
    scene.complete(DISTRICT, "membership", "report")
    for number, spell in enumerate(SPELLS.values(), start=1):
        enrol(scene, f"po-990101-{number}", "full", "probationary", spell=spell)
        scene.builder.nodes[f"po-990101-{number + 3}"]["tier"] = "functional_branch"
        enrol(scene, f"po-990101-{number + 3}", "full", "full", type_="REPORTED_TO", spell=spell)
    enrol(scene, "po-990101-7", "full", "full", party_joined_on=DAY, party_full_on=TOMORROW)
    enrol(scene, "po-990101-8", "full", "probationary", party_joined_on=TOMORROW)
    enrol(scene, "po-990101-9", "full", None, party_full_on=TOMORROW, party_joined_on=YESTERDAY)
    joined = {"party_joined_on": date(2025, 1, 1), "date_precision": ["party_joined_on:year"]}
    enrol(scene, "po-990101-10", "full", "full", **joined)
    rows = await rows_of(graph, scene, RULE, max=1)
    said = {1: "fail", 4: "fail", 7: "fail", 9: "unknown", 10: "unknown"}
    assert verdicts(rows) == {str(n): said.get(n, "pass") for n in range(1, 11)}
    rows = await again(graph, RULE, max=1, count_probationary=False)
    said = {4: "fail", 10: "unknown"}
    assert verdicts(rows) == {str(n): said.get(n, "pass") for n in range(1, 11)}


async def test_a_functional_branch_is_counted_by_who_reported_to_it(graph: Graph) -> None:
    """Affiliated persons do not count for it, nor reported ones for another branch."""
    scene = Scene(1, "")
    for tier in ("functional_branch", "joint_branch", "group", None):
        body = organization(scene, (tier or "untold").replace("_", "-"), scene.quarters[0], tier=tier)
        enrol(scene, body, "full", "full", type_="REPORTED_TO")
        enrol(scene, body, "full", "full", "full")
    rows = await rows_of(graph, scene, RULE, max=2)
    assert verdicts(rows, "verdict", "members", "missing") == {
        "functional-branch": ("unknown", 2, ["report@po-990101-functional-branch"]),
        "joint-branch": ("fail", 3, []),
    }
    scene.complete(DISTRICT, "report")
    assert verdicts(await rows_of(graph, scene, RULE, max=2))["functional-branch"] == "pass"


async def test_two_spells_of_one_person_are_one_member(graph: Graph) -> None:
    """Persons are counted, not edges."""
    scene = Scene(1, "po")
    scene.complete("po-1", "membership")
    enrol(scene, "po-990101-1", "full", None)
    for person in ("p-1", "p-2"):
        scene.link(person, "MEMBER_OF", "po-1", spell=2)
    rows = verdicts(await rows_of(graph, scene, RULE, max=2), "members", "not_known", "verdict")
    assert rows == {"1": (1, 1, "pass")}


async def test_rows_stand_where_the_branch_does(graph: Graph) -> None:
    """Existence and area come from what is covered today, and an area gives only its rows."""
    await assert_places(graph, RULE, tier="branch", level="quarter")


async def test_a_register_closes_the_list_where_it_stands(graph: Graph) -> None:
    """At the branch, its quarter or an area above, and only while it is open."""
    await assert_registers(graph, RULE, "membership", "pass")
