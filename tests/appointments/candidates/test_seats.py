"""Candidates for a seat on an owners' committee (R17 to R20): bars, missing facts, order."""

from __future__ import annotations

from typing import Any

from graph.reading.graph import Graph
from tests.appointments.candidates.helpers_candidates import again, rows_of, state
from tests.oracle.scene import COMMUNITY, DISTRICT, ORG, RESIDENTS, SOURCE, STREET, Scene, post
from tests.strategies import DAY, TOMORROW, YESTERDAY

R17, R18 = "candidates_unified_post", "candidates_cross_seat"
R19, R20 = "candidates_owners_committee_seat", "candidates_three_parties"
CADRE = "p-990101-1"
SPELLS: dict[str, dict[str, Any]] = {
    "today": {"since": DAY},
    "ended": {"until": DAY},
    "tomorrow": {"since": TOMORROW},
}


def quarter(n: int) -> str:
    return f"q-990101-{n:02}"


def seat(n: int, person: int = 1) -> tuple[str, str, str, str]:
    """The key of a person's row for member of committee `n`."""
    return quarter(n), f"oc-990101-{n}", "member", f"p-990101-{person}"


def cadre(quarters: int, *homes: int) -> Scene:
    """One member of the community's Party committee, with homes in some quarters."""
    scene = Scene(quarters)
    scene.person(1, party_status="full")
    scene.seat(1, "committee_member", ORG)
    for n in homes:
        scene.link("p-1", "OWNS_HOME_IN", quarter(n))
    return scene


async def test_each_rule_bars_where_its_fact_is_recorded(graph: Graph) -> None:
    """Home, firm, kin, project, board: one quarter each; without a fact the cadre is free."""
    scene = cadre(9, 1, 4, 5, 6, 7, 8)
    scene.complete(quarter(2), "ownership")
    job = scene.link("p-1", "EMPLOYED_BY", "pf-4", kind="employee")
    scene.person(2)
    spouse = scene.link("p-1", "RELATED_TO", "p-2", relation="spouse")
    kin = scene.link("p-2", "EMPLOYED_BY", "pf-5", kind="seconded")
    runs = scene.seat(1, "staff", "pp-6")
    scene.builder.node("sc-990101-7", kind="owners")
    scene.link("sc-7", "COVERS", quarter(7))
    board = scene.seat(1, "member", "sc-7")
    scene.builder.edges.pop("pp-990101-8~OPERATED_BY~pf-990101-8")
    scene.seat(1, "project_manager", "pp-8")
    scene.seat(1, "member", "oc-9")
    found = await rows_of(graph, scene, R19)
    assert {k: state(row) for k, row in found.items()} == {
        seat(1): "free",
        seat(2): ["R14"],
        seat(3): [f"ownership@{quarter(3)}"],
        seat(4): ["R27"],
        seat(5): ["R28"],
        seat(6): ["R27", "R29"],
        seat(7): ["R32"],
        seat(8): ["R29"],
    }
    home = f"{CADRE}~OWNS_HOME_IN~"
    cadre_post = post(1, "committee_member", ORG)
    assert {n: found[seat(n)]["evidence"] for n in (1, 2, 4, 5, 6, 7)} == {
        1: [cadre_post, home + quarter(1)],
        2: [cadre_post, f"{quarter(2)}~COMPLETE_IN~{SOURCE}~ownership"],
        4: [cadre_post, home + quarter(4), job],
        5: [cadre_post, home + quarter(5), *sorted([spouse, kin])],
        6: [cadre_post, home + quarter(6), runs],
        7: [cadre_post, home + quarter(7), board],
    }
    row = found[seat(1)]
    assert (row["owner"], row["party"], row["posts"], row["area"], row["from_body"]) == (
        "yes",
        "full",
        5,
        COMMUNITY,
        ORG,
    )
    assert [found[seat(n)]["owner"] for n in (2, 3)] == ["no", "unknown"]


async def test_facts_count_while_they_last(graph: Graph) -> None:
    """Homes, registers, employers, kin, boards and posts as of the day; ends are exclusive."""
    scene = cadre(9, *range(4, 10))
    for n, spell in enumerate(SPELLS.values(), start=1):
        scene.link("p-1", "OWNS_HOME_IN", quarter(n), **spell)
    for n, spell in enumerate(SPELLS.values(), start=4):
        scene.link("p-1", "EMPLOYED_BY", f"pf-{n}", kind="employee", **spell)
    scene.people(7, 8, 9)
    for n, spell in enumerate(SPELLS.values(), start=7):
        scene.link("p-1", "RELATED_TO", f"p-{n}", relation="parent", **spell)
        scene.link(f"p-{n}", "EMPLOYED_BY", f"pf-{n}", kind="employee")
    expected: dict[Any, list[Any]] = {
        YESTERDAY: [3, 1, 3, 1, 4, 1, 1, 5, 1],
        DAY: [1, 3, 3, 4, 1, 1, 5, 1, 1],
        TOMORROW: [1, 3, 1, 4, 1, 4, 5, 1, 5],
    }
    words = {1: "free", 4: ["R27"], 5: ["R28"]}
    for day, codes in expected.items():
        found = await rows_of(graph, scene, R19, day)
        wanted = {
            seat(n): words.get(code, [f"ownership@{quarter(n)}"]) for n, code in enumerate(codes, start=1)
        }
        assert wanted == {k: state(row) for k, row in found.items()}, day


async def test_bars_follow_the_parameters(graph: Graph) -> None:
    """Kinds of employment, affiliates and kin that bar are parameters."""
    scene = cadre(4, 1, 2, 3, 4)
    scene.link("p-1", "EMPLOYED_BY", "pf-1", kind="shareholder")
    scene.builder.node("pf-990101-9")
    scene.link("pf-2", "SUBORDINATE_TO", "pf-9")
    scene.link("p-1", "EMPLOYED_BY", "pf-9", kind="employee")
    scene.person(2)
    scene.link("p-2", "RELATED_TO", "p-1", relation="sibling")
    scene.seat(2, "project_manager", "pp-3")
    found = await rows_of(graph, scene, R19)
    assert [state(found[seat(n)]) for n in range(1, 5)] == ["free", ["R27"], "free", "free"]
    alone = await again(graph, R19, affiliates=False)
    assert state(alone[seat(2)]) == "free"
    shares = await again(graph, R19, kinds=["shareholder"])
    assert [state(shares[seat(n)]) for n in (1, 2)] == [["R27"], "free"]
    kin = await again(graph, R19, relations=["sibling"])
    assert state(kin[seat(3)]) == ["R28"]


async def test_officials_are_barred_and_few_posts_come_first(graph: Graph) -> None:
    """Free before unconfirmed before blocked, then few posts, then the id; staff are no cadres."""
    scene = Scene(1)
    for serial in (1, 2, 3, 4, 5, 6, 7):
        scene.person(serial, public_post={5: "civil_servant", 6: "public_employee"}.get(serial))
    roles = {
        1: ("member", RESIDENTS),
        2: ("secretary", ORG),
        3: ("director", RESIDENTS),
        4: ("deputy_secretary", ORG),
        5: ("deputy_director", RESIDENTS),
        6: ("committee_member", ORG),
    }
    for serial, (role, body) in roles.items():
        scene.seat(serial, role, body)
    scene.seat(3, "group_leader", "po-1")
    scene.seat(7, "part_time_member", ORG)
    scene.seat(7, "community_worker", RESIDENTS)
    for serial in (3, 4, 5, 6):
        scene.link(f"p-{serial}", "OWNS_HOME_IN", quarter(1))
    scene.complete("p-2", "ownership")
    found = await rows_of(graph, scene, R19)
    missing = [f"ownership@{quarter(1)}"]
    assert [(k[3][-1], state(row), row["posts"]) for k, row in found.items()] == [
        ("4", "free", 1),
        ("6", "free", 1),
        ("3", "free", 2),
        ("1", missing, 1),
        ("2", ["R14"], 1),
        ("5", ["R31"], 1),
    ]


async def test_area_and_subject_choose_the_quarters(graph: Graph) -> None:
    """The rows of a quarter or an area are those of everywhere; outside there are none."""
    scene = cadre(3, 1)
    other = scene.builder.node("990101001002", level="community")
    scene.link(other, "PART_OF", STREET)
    scene.builder.edges.pop(f"{quarter(2)}~PART_OF~{COMMUNITY}")
    scene.link(quarter(2), "PART_OF", COMMUNITY, until=TOMORROW)
    scene.link(quarter(2), "PART_OF", other, since=TOMORROW)
    everywhere = await rows_of(graph, scene, R19)
    assert {seat(1), seat(2), seat(3)} == set(everywhere)
    assert {seat(2): everywhere[seat(2)]} == await again(graph, R19, subject=quarter(2))
    assert everywhere == await again(graph, R19, area=DISTRICT)
    assert await again(graph, R19, area=other) == {}
    assert await again(graph, R19, area=other, subject=quarter(2)) == {}
    assert set(await again(graph, R19, TOMORROW, area=COMMUNITY)) == {seat(1), seat(3)}
    assert await again(graph, R19, subject=COMMUNITY) == {}


async def test_secretary_for_chair_and_chair_for_secretary(graph: Graph) -> None:
    """The chair has to be a full member of a year; who holds both posts is no candidate."""
    scene = Scene(6)
    fulls = {1: "2024-06-30", 2: "2024-07-01", 3: None}
    for n in range(1, 7):
        scene.person(n, party_status="full")
        scene.seat(n, "secretary", f"po-{n}")
        status = {4: "probationary", 5: None}.get(n, "full")
        full = fulls.get(n)
        scene.person(n + 10, party_status=status, party_full_on=full and DAY.fromisoformat(full))
        if n < 6:
            scene.seat(n + 10, "chair", f"oc-{n}")
        scene.link(f"p-{n}", "OWNS_HOME_IN", quarter(n))
    scene.seat(6, "chair", "oc-6")
    scene.seat(1, "member", "oc-1")
    found = await rows_of(graph, scene, R17)
    chairs = {
        k: v
        for n in range(1, 6)
        for k, v in {(quarter(n), f"oc-990101-{n}", "chair", f"p-990101-{n}"): "free"}.items()
    }

    def secretary(n: int) -> tuple[str, str, str, str]:
        return quarter(n), f"po-990101-{n}", "secretary", f"p-990101-{n + 10}"

    assert {k: state(row) for k, row in found.items()} == {
        **chairs,
        secretary(1): "free",
        secretary(3): ["p-990101-13.party_full_on"],
        secretary(5): ["p-990101-15.party_status"],
    }
    early = await again(graph, R17, min_years=0)
    assert secretary(2) in early
    assert secretary(4) not in early
    assert found[secretary(1)]["from_body"] == "oc-990101-1"
    assert {row["closes"] for row in found.values()} == {True}


async def test_secretary_who_is_no_owner_or_an_official(graph: Graph) -> None:
    """R14 unless the profile sets it aside; R31 only while the official does not sit there yet."""
    scene = Scene(2)
    for n in (1, 2):
        scene.person(n, public_post="leading_cadre")
        scene.seat(n, "secretary", f"po-{n}")
    scene.seat(2, "vice_chair", "oc-2")
    scene.complete(DISTRICT, "ownership")
    found = await rows_of(graph, scene, R17)
    assert [state(row) for row in found.values()] == [["R14", "R31"], ["R14"]]
    freely = await again(graph, R17, respect_r14=False)
    assert [state(row) for row in freely.values()] == [["R31"], "free"]


async def test_cross_seats_of_secretary_chair_and_other_members(graph: Graph) -> None:
    """Sitting full members may join the branch; only the chair's doing so mends the gap."""
    scene = Scene(1)
    statuses = {1: "full", 2: "full", 3: "full", 4: "probationary", 5: None, 6: "full", 7: "full"}
    for serial, status in statuses.items():
        scene.person(serial, party_status=status)
    scene.seat(1, "secretary", "po-1")
    for serial, role in (
        (2, "chair"),
        (3, "member"),
        (4, "member"),
        (5, "vice_chair"),
        (6, "member"),
        (7, "alternate"),
    ):
        scene.seat(serial, role, "oc-1")
    scene.seat(6, "committee_member", "po-1")
    scene.link("p-2", "EMPLOYED_BY", "pf-1", kind="employee")
    found = await rows_of(graph, scene, R18)
    branch = (quarter(1), "po-990101-1", "committee_member")
    assert {k: (state(row), row["closes"]) for k, row in found.items()} == {
        (*branch, "p-990101-3"): ("free", False),
        (*branch, "p-990101-5"): (["p-990101-5.party_status"], False),
        (*branch, "p-990101-2"): (["R27"], True),
        seat(1): ([f"ownership@{quarter(1)}"], True),
    }


async def test_candidates_for_the_links_that_are_missing(graph: Graph) -> None:
    """Branch members and owners for one link, project staff for the other; never across."""
    scene = Scene(3)
    for serial in range(1, 8):
        scene.person(serial, party_status="none" if serial == 7 else "full")
    for n in (1, 2):
        scene.seat(1, "committee_member", f"po-{n}")
        scene.seat(2, "member", f"oc-{n}")
    for serial, role in ((3, "project_manager"), (4, "staff"), (7, "staff")):
        scene.seat(serial, role, "pp-1")
    scene.seat(4, "member", "oc-1")
    scene.seat(3, "part_time_member", "po-2")
    scene.seat(3, "staff", "pp-2")
    scene.link("p-1", "OWNS_HOME_IN", quarter(1))
    found = await rows_of(graph, scene, R20)
    branch = "po-990101-1", "committee_member"
    assert {k: (row["link"], state(row), row["owner"]) for k, row in found.items()} == {
        seat(1): ("branch-committee", "free", "yes"),
        (quarter(1), *branch, "p-990101-2"): ("branch-committee", "free", "unknown"),
        (quarter(1), *branch, "p-990101-4"): ("branch-committee", ["R27", "R29"], "unknown"),
        (quarter(1), "po-990101-1", "part_time_member", "p-990101-3"): ("branch-property", "free", None),
        (quarter(1), "po-990101-1", "part_time_member", "p-990101-4"): (
            "branch-property",
            ["R27", "R29"],
            "unknown",
        ),
        (quarter(2), "oc-990101-2", "member", "p-990101-1"): (
            "branch-committee",
            [f"ownership@{quarter(2)}"],
            "unknown",
        ),
        (quarter(2), "po-990101-2", "committee_member", "p-990101-2"): (
            "branch-committee",
            "free",
            "unknown",
        ),
    }
    some = await again(graph, R20, admissible=["branch-property"])
    assert {row["link"] for row in some.values()} == {"branch-property"}
