"""R08: branches without a secretary, or whose secretary does not meet the conditions."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.scene import DISTRICT, ORG, Scene, post
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.party import SPELLS, assert_places, assert_registers, organization, somebody, verdicts
from tests.strategies import TOMORROW, YESTERDAY

RULE = "branch_secretary_ineligible"
LONG_AGO = {"party_status": "full", "party_full_on": date(2015, 7, 1)}
LISTS = ("post", "membership", "report")
COLUMNS = ("verdict", "severity", "findings", "missing")


def secretary(scene: Scene, number: int, member_of: str | None = "own", **properties: Any) -> str:
    """A secretary of branch `number`, affiliated with it (`own`), with another or with none."""
    person = somebody(scene, **{**LONG_AGO, **properties})
    body = f"po-990101-{number}"
    scene.builder.post(person, "secretary", body)
    if member_of:
        scene.builder.edge(person, "MEMBER_OF", body if member_of == "own" else member_of)
    return person


async def test_conditions_of_a_secretary(graph: Graph) -> None:
    """Full for a year and of the branch passes; each condition that fails is reported by its code."""
    scene = Scene(9, "po")
    scene.complete(DISTRICT, *LISTS)
    secretary(scene, 1)
    secretary(scene, 2, party_full_on=date(2024, 6, 30))
    secretary(scene, 3, party_full_on=date(2024, 7, 1))
    secretary(scene, 4, party_status="probationary", party_full_on=None)
    secretary(scene, 5, party_status="none", party_full_on=None)
    secretary(scene, 6, party_full_on=TOMORROW)
    secretary(scene, 7, None)
    secretary(scene, 8, ORG)
    rows = await rows_of(graph, scene, RULE)
    assert verdicts(rows, *COLUMNS) == {
        "1": ("pass", None, [], []),
        "2": ("pass", None, [], []),
        "3": ("fail", "warning", ["too_recent"], []),
        "4": ("fail", "violation", ["not_full_member"], []),
        "5": ("fail", "violation", ["not_full_member"], []),
        "6": ("fail", "violation", ["not_full_member"], []),
        "7": ("fail", "warning", ["no_organization", "not_of_branch"], []),
        "8": ("fail", "warning", ["not_of_branch"], []),
        "9": ("fail", "warning", ["no_secretary"], []),
    }
    register = f"{DISTRICT}~COMPLETE_IN~d-990101-register~"
    assert verdicts(rows, "secretary", "evidence") == {
        **{
            str(n): (
                f"p-990101-{n}",
                [post(n, "secretary", f"po-{n}"), f"p-990101-{n}", f"p-990101-{n}~MEMBER_OF~po-990101-{n}"],
            )
            for n in range(1, 7)
        },
        "7": (
            "p-990101-7",
            [post(7, "secretary", "po-7"), "p-990101-7", register + "membership", register + "report"],
        ),
        "8": (
            "p-990101-8",
            [post(8, "secretary", "po-8"), "p-990101-8", f"p-990101-8~MEMBER_OF~{ORG}", register + "report"],
        ),
        "9": (None, [register + "post"]),
    }
    longer = verdicts(await again(graph, RULE, min_years=2), "findings")
    assert (longer["2"], longer["1"]) == ((["too_recent"],), ([],))
    assert verdicts(await again(graph, RULE, min_years=0))["3"] == "pass"


async def test_reported_members_of_other_organizations_pass(graph: Graph) -> None:
    """A secretary may be affiliated elsewhere if he reported to the branch, not if nowhere."""
    scene = Scene(4, "po")
    for number, member_of in ((1, ORG), (2, None), (3, ORG), (4, None)):
        person = secretary(scene, number, member_of)
        if number < 3:
            scene.link(person, "REPORTED_TO", f"po-{number}")
    scene.link("p-3", "REPORTED_TO", ORG)
    rows = verdicts(await rows_of(graph, scene, RULE), "verdict", "missing")
    assert rows == {
        "1": ("pass", []),
        "2": ("unknown", ["membership@po-990101-2"]),
        "3": ("unknown", ["report@po-990101-3"]),
        "4": ("unknown", ["membership@po-990101-4", "report@po-990101-4"]),
    }
    scene.complete(DISTRICT, "membership")
    rows = verdicts(await rows_of(graph, scene, RULE), "verdict", "findings", "evidence")
    listed = f"{DISTRICT}~COMPLETE_IN~d-990101-register~membership"
    assert rows["2"][:2] == rows["4"][:2] == ("fail", ["no_organization"])
    assert rows["2"][2][-2:] == ["p-990101-2~REPORTED_TO~po-990101-2", listed]
    assert rows["1"][2][-1] == "p-990101-1~REPORTED_TO~po-990101-1"


async def test_unknown_status_or_date_leaves_it_open(graph: Graph) -> None:
    """Null properties are asked for, unless another condition fails; no register, no verdict."""
    scene = Scene(6, "po")
    for number in range(1, 5):
        scene.complete(f"po-{number}", *LISTS)
    secretary(scene, 1, party_status=None)
    secretary(scene, 2, party_full_on=None)
    secretary(scene, 3, party_status=None, party_full_on=YESTERDAY)
    secretary(scene, 4, party_status=None, party_full_on=None, party_joined_on=TOMORROW)
    secretary(scene, 5, party_status=None, party_full_on=None)
    rows = verdicts(await rows_of(graph, scene, RULE), *COLUMNS)
    assert rows == {
        "1": ("unknown", None, [], ["p-990101-1.party_status"]),
        "2": ("unknown", None, [], ["p-990101-2.party_full_on"]),
        "3": ("fail", "warning", ["too_recent"], []),
        "4": ("fail", "violation", ["not_full_member"], []),
        "5": ("unknown", None, [], ["p-990101-5.party_status", "p-990101-5.party_full_on"]),
        "6": ("unknown", None, [], ["post@po-990101-6"]),
    }


async def test_posts_affiliations_and_reports_count_on_their_days(graph: Graph) -> None:
    """From today on and until yesterday; two secretaries at once are two rows."""
    scene = Scene(9, "po")
    scene.complete(DISTRICT, *LISTS)
    expected: dict[str, tuple[list[str], ...]] = {}
    for number, (name, spell) in enumerate(SPELLS.items(), start=1):
        today = name == "today"
        person = secretary(scene, number)
        scene.builder.edges[f"{person}~HOLDS_POST~po-990101-{number}~secretary~1"].update(spell)
        person = secretary(scene, number + 3, None)
        scene.builder.edge(person, "MEMBER_OF", f"po-990101-{number + 3}", **spell)
        person = secretary(scene, number + 6, ORG)
        scene.builder.edge(person, "REPORTED_TO", f"po-990101-{number + 6}", **spell)
        expected[str(number)] = ([] if today else ["no_secretary"],)
        nowhere = ["no_organization", "not_of_branch"]
        expected[str(number + 3)] = ([] if today else nowhere,)
        expected[str(number + 6)] = ([] if today else ["not_of_branch"],)
    deputy = somebody(scene, **LONG_AGO)
    scene.builder.post(deputy, "deputy_secretary", "po-990101-2")
    organization(scene, "group", scene.quarters[0], tier="group")
    assert verdicts(await rows_of(graph, scene, RULE), "findings") == expected
    second = secretary(scene, 1, party_status="none")
    rows = await rows_of(graph, scene, RULE)
    assert {k: r["verdict"] for k, r in rows.items() if k[0] == "po-990101-1"} == {
        ("po-990101-1", "p-990101-1"): "pass",
        ("po-990101-1", second): "fail",
    }


async def test_rows_stand_where_the_branch_does(graph: Graph) -> None:
    """Existence and area come from what is covered today, and an area gives only its rows."""
    await assert_places(graph, RULE, tier="functional_branch", level="quarter")


async def test_a_register_closes_the_list_where_it_stands(graph: Graph) -> None:
    """At the branch, its quarter or an area above, and only while it is open."""
    await assert_registers(graph, RULE, "post", "fail", tier="joint_branch")

    def unattached(scene: Scene, body: str) -> None:
        scene.builder.post(somebody(scene, **LONG_AGO), "secretary", body)
        scene.builder.complete(body, "report")

    await assert_registers(graph, RULE, "membership", "fail", prepare=unattached)

    def elsewhere(scene: Scene, body: str) -> None:
        person = somebody(scene, **LONG_AGO)
        scene.builder.post(person, "secretary", body)
        scene.builder.edge(person, "MEMBER_OF", ORG)

    await assert_registers(graph, RULE, "report", "fail", prepare=elsewhere)
