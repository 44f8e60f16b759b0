"""Cross-appointment rules: hand-made verdicts on both engines, and drawn graphs against Python."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.answers import Graph
from tests.builder import GraphBuilder
from tests.oracle.asking import Row, add, ask, ask_all, embedded_only, store, view_of
from tests.oracle.rules import RULES
from tests.oracle.scene import COMMUNITY, DISTRICT, ORG, RESIDENTS, Scene, post
from tests.oracle.view import Verdicts
from tests.strategies import DAY, TOMORROW, YESTERDAY, graphs

R14, R15 = "owners_committee_member_not_owner", "owners_committee_party_ratio_low"
R17, R18 = "secretary_chair_not_unified", "secretary_chair_cross_appointment_missing"
R19, R20 = "two_committee_member_not_in_owners_committee", "three_party_cross_appointment_gap"
R27, R29 = "coi_owners_committee_property_staff", "coi_self_supervision_managed_property"
R30 = "concurrent_post_paid"
FIRST, SECOND, THIRD, FOURTH = (f"q-990101-{n:02}" for n in range(1, 5))
Q = FIRST, "po-990101-1", "oc-990101-1"


async def rows_of(
    graph: Graph, scene: Scene, rule: str, as_of: date = DAY, **params: Any
) -> dict[tuple[str | None, ...], Row]:
    """Rows of a rule on a scene, by identity."""
    await store(graph, scene.builder)
    return by_identity(graph, rule, await ask(graph, rule, as_of, **params))


async def verdicts_of(
    graph: Graph, scene: Scene, rule: str, as_of: date = DAY, **params: Any
) -> Verdicts:
    """Verdicts of a rule on a scene, by identity."""
    found = await rows_of(graph, scene, rule, as_of, **params)
    return {identity: row["verdict"] for identity, row in found.items()}


def by_identity(graph: Graph, rule: str, rows: list[Row]) -> dict[tuple[str | None, ...], Row]:
    """Rows by the values of the columns that the file declares to identify a row."""
    columns = [c.strip() for c in graph.catalogue[rule].header.tags["identity"].split(",")]
    found = {tuple(row[c] for c in columns): row for row in rows}
    assert len(rows) == len(found), "identity columns do not identify"
    return found


# R14 ------------------------------------------------------------------------------------------


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


# R15 ------------------------------------------------------------------------------------------


def committee(scene: Scene, number: int, party: int, others: int, unknown: int = 0) -> None:
    """Seats on committee `number`: Party members, persons who are none, and unknown ones."""
    statuses = ["full"] * party + ["none"] * others + [None] * unknown
    for serial, status in enumerate(statuses, start=number * 100):
        scene.person(serial, party_status=status)
        scene.seat(serial, "member", f"oc-{number}")


@pytest.mark.parametrize(
    ("party", "size", "share", "verdict"),
    [
        (3, 5, (3, 5), "pass"), (3, 5, (1, 2), "pass"), (2, 5, (3, 5), "fail"),
        (4, 7, (3, 5), "fail"), (4, 7, (1, 2), "pass"), (5, 7, (3, 5), "pass"),
        (2, 3, (3, 5), "pass"), (1, 3, (3, 5), "fail"), (6, 9, (2, 3), "pass"),
        (5, 9, (3, 5), "fail"), (7, 11, (3, 5), "pass"), (6, 11, (3, 5), "fail"),
    ],
)  # fmt: skip
async def test_party_share_is_inclusive_and_exact(
    graph: Graph, party: int, size: int, share: tuple[int, int], verdict: str
) -> None:
    """Three of five are three fifths; four of seven are not, but more than half."""
    scene = Scene()
    committee(scene, 1, party, size - party)
    scene.builder.nodes["oc-990101-1"]["seats"] = size
    num, den = share
    (row,) = (await rows_of(graph, scene, R15, num=num, den=den)).values()
    short = -(-num * size // den) - party
    assert (verdict, size, party, short) == (row["verdict"], row["n"], row["party"], row["short"])


async def test_seats_without_a_holder_make_the_share_unknown(graph: Graph) -> None:
    """Vacant seats count as possible members until a register says that the list is complete."""
    scene = Scene(4)
    committee(scene, 1, party=2, others=1)
    committee(scene, 2, party=2, others=1)
    committee(scene, 3, party=3, others=0)
    committee(scene, 4, party=2, others=1)
    for number, seats in ((1, 5), (2, 5), (3, 5)):
        scene.builder.nodes[f"oc-990101-{number}"]["seats"] = seats
    scene.complete(SECOND, "post")
    found = await rows_of(graph, scene, R15)
    assert {key: row["verdict"] for key, row in found.items()} == {
        ("oc-990101-1",): "unknown",  # 2 of 5, two seats open
        ("oc-990101-2",): "pass",  # 2 of the 3 that are all there are
        ("oc-990101-3",): "pass",  # 3 of 5 at least
        ("oc-990101-4",): "unknown",  # how many seats there are is not known
    }
    assert found["oc-990101-1",]["missing"] == ["post@oc-990101-1"]


async def test_unknown_status_counts_as_possible_and_a_later_joiner_not_yet(
    graph: Graph,
) -> None:
    """Bounds: an unknown status keeps the verdict open only while it could change it."""
    scene = Scene(4)
    committee(scene, 1, party=2, others=2, unknown=1)
    committee(scene, 2, party=1, others=3, unknown=1)
    committee(scene, 3, party=2, others=1)
    scene.builder.nodes["p-990101-300"]["party_joined_on"] = TOMORROW
    scene.builder.nodes["p-990101-301"]["party_status"] = "probationary"
    scene.complete(COMMUNITY, "post")
    found = await rows_of(graph, scene, R15)
    assert {key: row["verdict"] for key, row in found.items()} == {
        ("oc-990101-1",): "unknown",
        ("oc-990101-2",): "fail",
        ("oc-990101-3",): "fail",
        ("oc-990101-4",): "not_applicable",
    }
    assert found["oc-990101-1",]["missing"] == ["p-990101-104.party_status"]
    later = await rows_of(graph, scene, R15, TOMORROW)
    assert later["oc-990101-3",]["verdict"] == "pass"


async def test_share_follows_the_spells_of_the_members(graph: Graph) -> None:
    """Before, within and after a spell; a second counts again; who sits twice counts once."""
    scene = Scene()
    scene.person(1, party_status="full")
    scene.person(2, party_status="none")
    first, last = date(2024, 1, 1), date(2024, 12, 31)
    scene.seat(1, "member", "oc-1", since=first, until=last)
    scene.seat(1, "member", "oc-1", since=DAY, spell=2)
    scene.seat(1, "chair", "oc-1", since=DAY)
    scene.seat(2, "member", "oc-1")
    scene.complete(FIRST, "post")
    days = {first - timedelta(days=1): 0, first: 1, last - timedelta(days=1): 1, last: 0, DAY: 1}
    for day, party in days.items():
        (row,) = (await rows_of(graph, scene, R15, day)).values()
        assert (party, 1 + party) == (row["party"], row["n"]), day


# R17 and R18 ----------------------------------------------------------------------------------


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
    found = await rows_of(graph, scene, R17)
    assert expected == {key: row["verdict"] for key, row in found.items()}
    assert found[THIRD, "po-990101-3", "oc-990101-3"]["missing"] == ["post@po-990101-3"]
    assert expected == await verdicts_of(graph, scene, R18)


async def test_secretary_who_is_no_owner_is_not_a_gap(graph: Graph) -> None:
    """Known not to own a home: not possible, blocked by R14; not known: an ordinary gap."""
    scene = Scene(2)
    scene.people(1, 2, 3, 4)
    for number, secretary, chair in ((1, 1, 2), (2, 3, 4)):
        scene.seat(secretary, "secretary", f"po-{number}")
        scene.seat(chair, "chair", f"oc-{number}")
    scene.complete(COMMUNITY, "post")
    scene.complete(FIRST, "ownership")
    found = await rows_of(graph, scene, R17)
    assert found[Q]["verdict"] == "not_possible"
    assert found[Q]["blocked_by"] == ["R14"]
    assert found[SECOND, "po-990101-2", "oc-990101-2"]["verdict"] == "fail"
    freely = await verdicts_of(graph, scene, R17, respect_r14=False)
    assert freely[Q] == "fail"


async def test_secretary_who_works_for_the_firm_cannot_be_chair(graph: Graph) -> None:
    """R27 beats R17: a secretary in the firm's pay makes it not possible, even as chair."""
    scene = Scene(2)
    scene.people(1, 2)
    for number in (1, 2):
        scene.seat(number, "secretary", f"po-{number}")
        scene.seat(number, "chair", f"oc-{number}")
        scene.link(f"p-{number}", "OWNS_HOME_IN", f"q-990101-{number:02}")
    scene.link("p-1", "EMPLOYED_BY", "pf-1", kind="employee")
    scene.link("p-2", "EMPLOYED_BY", "pf-1", kind="employee")
    scene.complete(DISTRICT, "post", "ownership", "employment")
    found = await rows_of(graph, scene, R17)
    assert found[Q]["verdict"] == "not_possible"
    assert "R27" in found[Q]["blocked_by"]
    assert found[SECOND, "po-990101-2", "oc-990101-2"]["verdict"] == "pass"


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


@pytest.mark.parametrize("rule", [R17, R18])
async def test_missing_body_is_not_applicable_only_where_known_absent(
    graph: Graph, rule: str
) -> None:
    """Without a committee: unknown, until a register says that there is none."""
    scene = Scene(2, bodies="po")
    scene.complete(SECOND, "owners_committee")
    assert await verdicts_of(graph, scene, rule) == {
        (FIRST, "po-990101-1", None): "unknown",
        (SECOND, "po-990101-2", None): "not_applicable",
    }


# R19 ------------------------------------------------------------------------------------------


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


# R20 ------------------------------------------------------------------------------------------


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
    conflict = by_identity(graph, R27, await ask(graph, R27, DAY))
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


# R27 ------------------------------------------------------------------------------------------


async def test_employment_with_the_serving_firm(graph: Graph) -> None:
    """Employed fails, free passes where employers are listed, else unknown; ended is over."""
    scene = Scene(2)
    scene.people(1, 2, 3, 4, 5)
    for serial in range(1, 5):
        scene.seat(serial, "member", "oc-1")
    scene.seat(5, "alternate", "oc-1")
    scene.link("p-1", "EMPLOYED_BY", "pf-1", kind="seconded")
    scene.link("p-2", "EMPLOYED_BY", "pf-1", kind="employee", until=DAY)
    scene.link("p-3", "EMPLOYED_BY", "pf-2", kind="employee")
    for serial in (2, 3):
        scene.complete(f"p-{serial}", "employment")
    keys = {s: (f"p-990101-{s}", post(s, "member", "oc-1"), FIRST, "pp-990101-1")
            for s in range(1, 5)}  # fmt: skip
    assert {keys[1]: "fail", keys[2]: "pass", keys[3]: "pass", keys[4]: "unknown"} == (
        await verdicts_of(graph, scene, R27)
    )
    before = await verdicts_of(graph, scene, R27, YESTERDAY)
    assert before[keys[2]] == "fail"


async def test_affiliates_count_up_to_three_steps(graph: Graph) -> None:
    """Parent, sister and a firm three steps off are affiliates; a fourth step is not."""
    scene = Scene()
    b = scene.builder
    for name in ("parent", "sister", "niece", "far"):
        b.node(f"u-990101-{name}")
    b.node("pf-990101-old")
    scene.link("pf-1", "SUBORDINATE_TO", "u-parent")
    scene.link("u-sister", "SUBORDINATE_TO", "u-parent")
    scene.link("u-niece", "SUBORDINATE_TO", "u-sister")
    scene.link("u-far", "SUBORDINATE_TO", "u-niece")
    scene.link("pf-old", "SUBORDINATE_TO", "u-parent", until=DAY)
    employers = ["u-parent", "u-sister", "u-niece", "u-far", "pf-old"]
    for serial, employer in enumerate(employers, start=1):
        scene.person(serial)
        scene.seat(serial, "member", "oc-1")
        scene.link(f"p-{serial}", "EMPLOYED_BY", employer, kind="employee")
    scene.complete(COMMUNITY, "employment")
    found = await verdicts_of(graph, scene, R27)
    assert [found[k] for k in sorted(found)] == ["fail", "fail", "fail", "pass", "pass"]
    narrow = await verdicts_of(graph, scene, R27, affiliates=False)
    assert [narrow[k] for k in sorted(narrow)] == ["pass"] * 5


async def test_shareholders_only_where_the_profile_says_so(graph: Graph) -> None:
    """A shareholder is tied only if `kinds` names shareholding."""
    scene = Scene()
    scene.people(1)
    scene.seat(1, "chair", "oc-1")
    scene.link("p-1", "EMPLOYED_BY", "pf-1", kind="shareholder")
    scene.complete("pf-1", "employment")
    key = "p-990101-1", post(1, "chair", "oc-1"), FIRST, "pp-990101-1"
    assert {key: "pass"} == await verdicts_of(graph, scene, R27)
    assert {key: "fail"} == await verdicts_of(graph, scene, R27, kinds=["shareholder"])


async def test_conflict_without_a_firm(graph: Graph) -> None:
    """Self-run: not applicable; no project: not applicable where known, unknown where not."""
    scene = Scene(3, bodies="oc")
    scene.people(1, 2, 3)
    for serial in (1, 2, 3):
        scene.seat(serial, "member", f"oc-{serial}")
    scene.builder.node("pp-990101-1", mode="self")
    scene.link("pp-1", "SERVES", FIRST)
    scene.link("pp-1", "OPERATED_BY", "oc-1")
    scene.complete(SECOND, "property_project")
    assert {
        ("p-990101-1", post(1, "member", "oc-1"), FIRST, "pp-990101-1"): "not_applicable",
        ("p-990101-2", post(2, "member", "oc-2"), SECOND, None): "not_applicable",
        ("p-990101-3", post(3, "member", "oc-3"), THIRD, None): "unknown",
    } == await verdicts_of(graph, scene, R27)


# R29 and R30 ----------------------------------------------------------------------------------


def cadre(scene: Scene, *, paid: bool) -> str:
    """A member of the residents' committee who manages quarter 1 and sits on its committee."""
    scene.people(1)
    scene.builder.nodes["pp-990101-1"]["mode"] = "community"
    del scene.builder.edges["pp-990101-1~OPERATED_BY~pf-990101-1"]
    scene.link("pp-1", "OPERATED_BY", RESIDENTS)
    scene.seat(1, "member", RESIDENTS)
    scene.seat(1, "member", "oc-1")
    return scene.seat(1, "project_manager", "pp-1", concurrent=True, paid=paid)


@pytest.mark.parametrize("paid", [False, True])
async def test_cadre_who_manages_and_sits_on_the_committee(graph: Graph, paid: bool) -> None:
    """Self-supervision fires whether paid or not; concurrent pay only where paid."""
    scene = Scene()
    managing = cadre(scene, paid=paid)
    found = await rows_of(graph, scene, R29)
    assert {key: row["verdict"] for key, row in found.items()} == {
        ("p-990101-1", FIRST): "fail",
        (RESIDENTS, FIRST): "fail",
    }
    assert found["p-990101-1", FIRST]["findings"] == ["a", "c"]
    pay = by_identity(graph, R30, await ask(graph, R30, DAY))
    row = pay["p-990101-1", managing]
    assert ("manager", "fail" if paid else "pass") == (row["kind"], row["verdict"])


async def test_committee_that_runs_two_projects_is_one_row(graph: Graph) -> None:
    """The residents' committee is named once per quarter, however many projects it runs there."""
    scene = Scene(1, bodies="")
    for n in (1, 2):
        scene.builder.node(f"pp-990101-{n}", mode="community")
        scene.link(f"pp-{n}", "SERVES", FIRST)
        scene.link(f"pp-{n}", "OPERATED_BY", RESIDENTS)
    assert await verdicts_of(graph, scene, R29) == {(RESIDENTS, FIRST): "fail"}


async def test_self_supervision_needs_both_sides(graph: Graph) -> None:
    """One side passes where the other side's posts are listed, else it is unknown."""
    scene = Scene(3)
    scene.people(1, 2, 3, 4)
    scene.seat(1, "project_manager", "pp-1")
    scene.complete(COMMUNITY, "post")
    scene.seat(2, "member", "oc-2")
    scene.builder.node("sc-990101-3", kind="owners")
    scene.link("sc-3", "COVERS", THIRD)
    scene.seat(3, "chair", "sc-3")
    scene.link("p-3", "EMPLOYED_BY", "pf-3", kind="employee")
    expected = {
        ("p-990101-1", FIRST): "pass",
        ("p-990101-2", SECOND): "pass",
        ("p-990101-3", THIRD): "fail",
    }
    assert expected == await verdicts_of(graph, scene, R29)
    open_lists = await verdicts_of(graph, scene, R29, date(2019, 12, 31))
    assert open_lists == {}  # nobody held a post then
    for id_ in [i for i in scene.builder.edges if "~COMPLETE_IN~" in i]:
        del scene.builder.edges[id_]
    unlisted = await verdicts_of(graph, scene, R29)
    assert [unlisted[k] for k in sorted(unlisted)] == ["unknown", "unknown", "fail"]


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


# Drawn graphs ---------------------------------------------------------------------------------

PARAMS: tuple[dict[str, dict[str, Any]], ...] = (
    {},
    {
        R14: {"unit_representative": False, "spouse": True},
        R15: {"num": 1, "den": 2},
        R17: {"kinds": ["employee", "seconded", "shareholder"], "respect_r14": False},
        R18: {"affiliates": False},
        R19: {"min_per_quarter": 2, "affiliates": False},
        R20: {"min_links": 1, "kinds": ["shareholder"]},
        R27: {"kinds": ["shareholder"], "affiliates": False},
        R29: {"check_org_level": False},
        R30: {"allowance_ok_for_non_officials": False},
    },
)
"""The files' own defaults, and one other choice of each parameter."""


@settings(max_examples=40)
@given(builder=graphs(), as_of=st.sampled_from([DAY, DAY, YESTERDAY, TOMORROW]),
       params=st.sampled_from(PARAMS))  # fmt: skip
async def test_rules_agree_with_plain_python(
    graph: Graph, builder: GraphBuilder, as_of: date, params: dict[str, dict[str, Any]]
) -> None:
    """All nine rules give the verdicts of a recomputation, row by row, on any drawn graph."""
    embedded_only(graph)
    await store(graph, builder)
    view = view_of(builder, as_of)
    for rule, rows in (await ask_all(graph, "rules", as_of, params)).items():
        found = by_identity(graph, rule, rows)
        expected = RULES[rule](view, **params.get(rule, {}))
        assert expected == {k: r["verdict"] for k, r in found.items()}, builder
        for key, row in found.items():
            assert row["missing"] or row["verdict"] != "unknown", (rule, key)


@settings(max_examples=15)
@given(builder=graphs())
async def test_a_register_decides_but_never_overturns(graph: Graph, builder: GraphBuilder) -> None:
    """Closing every list of posts and employers turns unknown into something, pass into nothing."""
    embedded_only(graph)
    await store(graph, builder)
    before = await ask_all(graph, "rules", DAY)
    known = {*builder.nodes, *builder.edges}
    builder.complete(DISTRICT, "post", "employment")
    await add(graph, builder, known)
    for rule, rows in (await ask_all(graph, "rules", DAY)).items():
        after = by_identity(graph, rule, rows)
        for key, row in by_identity(graph, rule, before[rule]).items():
            if row["verdict"] != "unknown":
                assert row["verdict"] == after[key]["verdict"], (rule, key, builder)
