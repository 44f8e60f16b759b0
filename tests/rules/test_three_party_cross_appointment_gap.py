"""R20: links between branch, owners' committee and property."""

from __future__ import annotations

from graph.reading.graph import Graph
from tests.oracle.asking import Row
from tests.oracle.scene import DISTRICT, SOURCE, Scene, post
from tests.oracle.view import Identity
from tests.rules.scenes.ask import again, rows_of, verdicts_of
from tests.rules.scenes.communities import area, assert_spells, community, linked, quarter
from tests.rules.scenes.posts import check_quarters

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
    assert tuple(found[FIRST,][c] for c in ("verdict", "links", "blocked_by")) == ("fail", [], ["R27"])
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
    assert (await verdicts_of(graph, scene, R20)) == {(FIRST,): "unknown", (SECOND,): "not_applicable"}


async def test_three_links_at_most_and_what_is_dropped(graph: Graph) -> None:
    """As many links as are required; a link that R27 bars is reported only where it was needed."""
    scene = Scene(3)
    scene.people(1, 2, 3)
    scene.builder.node("k-990101-1", kind="joint_meeting")
    for number in (1, 2, 3):
        for body in ("oc", "pp"):
            scene.link(f"{body}-{number}", "TAKES_PART_IN", "k-1")
        scene.seat(number, "committee_member", f"po-{number}")
    scene.seat(1, "member", "oc-1")
    scene.seat(1, "staff", "pp-1")
    scene.seat(2, "member", "oc-2")
    scene.seat(3, "staff", "pp-3")
    scene.complete(DISTRICT, "post", "property_project")
    found = await rows_of(graph, scene, R20, min_links=2)
    assert {key[0]: (row["verdict"], row["links"], row["blocked_by"]) for key, row in found.items()} == {
        FIRST: ("fail", ["committee-property"], ["R27"]),
        SECOND: ("pass", ["branch-committee", "committee-property"], []),
        THIRD: ("pass", ["branch-property", "committee-property"], []),
    }
    assert found[FIRST,]["evidence"] == [
        "oc-990101-1~TAKES_PART_IN~k-990101-1",
        "pp-990101-1~TAKES_PART_IN~k-990101-1",
        f"{DISTRICT}~COMPLETE_IN~{SOURCE}~post",
        f"{DISTRICT}~COMPLETE_IN~{SOURCE}~property_project",
    ]
    one = await again(graph, R20, min_links=1)
    assert [(row["verdict"], row["blocked_by"]) for row in one.values()] == [("pass", [])] * 3
    three = await verdicts_of(graph, scene, R20, min_links=3)
    assert set(three.values()) == {"fail"}


async def test_missing_body_and_open_lists_are_told(graph: Graph) -> None:
    """Which body or list is missing; a group is no branch, an interim committee is none here."""
    scene = Scene(5)
    b = scene.builder
    b.nodes["po-990101-2"]["tier"] = "group"
    b.nodes["oc-990101-3"]["kind"] = "property_management_committee"
    for number in (2, 3, 4):
        scene.complete(f"q-990101-{number:02}", "property_project")
    scene.complete(FIRST, "post")
    scene.complete("pp-4", "post")
    scene.complete("q-990101-05", "party_organization", "owners_committee")
    found = await rows_of(graph, scene, R20)
    assert {key[0]: (row["verdict"], row["missing"]) for key, row in found.items()} == {
        FIRST: ("unknown", [f"property_project@{FIRST}"]),
        SECOND: ("unknown", [f"party_organization@{SECOND}", "post@oc-990101-2", "post@pp-990101-2"]),
        THIRD: ("unknown", [f"owners_committee@{THIRD}", "post@po-990101-3", "post@pp-990101-3"]),
        "q-990101-04": ("unknown", ["post@po-990101-4", "post@oc-990101-4"]),
        "q-990101-05": (
            "unknown",
            ["post@po-990101-5", "post@oc-990101-5", "post@pp-990101-5", "property_project@q-990101-05"],
        ),
    }


def key(n: int) -> Identity:
    """The quarter of number `n`."""
    return (f"q-990101-{n}",)


def served(scene: Scene, n: int) -> None:
    """Quarter `n` with all bodies and an interim committee, `p-<n>` a full member; all listed."""
    b = scene.builder
    community(scene, n, bodies="")
    quarter(scene, n)
    b.node(f"po-990101-{n}", level="quarter", tier="branch")
    b.node(f"oc-990101-{n}b", kind="property_management_committee")
    for body in (f"po-{n}", f"oc-{n}b"):
        scene.link(body, "COVERS", f"q-{n}")
    scene.person(n, party_status="full")
    scene.complete(f"q-{n}", "post", "property_project")


def branch_member(scene: Scene, n: int) -> None:
    """As `served`, the person on the branch committee."""
    served(scene, n)
    scene.seat(n, "committee_member", f"po-{n}")


def in_both(scene: Scene, n: int) -> None:
    """As `branch_member`, and on the owners' committee."""
    branch_member(scene, n)
    scene.seat(n, "member", f"oc-{n}")


def in_project(scene: Scene, n: int) -> None:
    """As `branch_member`, and in the project."""
    branch_member(scene, n)
    scene.seat(n, "staff", f"pp-{n}")


def interim_in_project(scene: Scene, n: int) -> None:
    """As `in_project`, and on the interim committee."""
    in_project(scene, n)
    scene.seat(n, "member", f"oc-{n}b")


def employed(scene: Scene, n: int) -> None:
    """As `branch_member`, and working for the firm."""
    branch_member(scene, n)
    scene.link(f"p-{n}", "EMPLOYED_BY", f"pf-{n}", kind="employee")


def interim_employed(scene: Scene, n: int) -> None:
    """As `employed`, and on the interim committee."""
    employed(scene, n)
    scene.seat(n, "member", f"oc-{n}b")


def affiliated(scene: Scene, n: int) -> None:
    """As `in_both`, and working for a unit that is nothing to the firm."""
    in_both(scene, n)
    scene.builder.node(f"u-990101-{n}")
    scene.link(f"p-{n}", "EMPLOYED_BY", f"u-{n}", kind="employee")


def meeting(scene: Scene, n: int) -> None:
    """As `served`; committee and project take part in one joint meeting."""
    served(scene, n)
    scene.builder.node(f"k-990101-{n}", kind="joint_meeting")
    scene.link(f"oc-{n}", "TAKES_PART_IN", f"k-{n}")
    scene.link(f"pp-{n}", "TAKES_PART_IN", f"k-{n}")


def half_listed(scene: Scene, n: int) -> None:
    """As `served`, but of the three bodies the project's posts are not listed."""
    served(scene, n)
    del scene.builder.edges[f"q-990101-{n}~COMPLETE_IN~{SOURCE}~post"]
    for body in ("po", "oc"):
        scene.complete(f"{body}-{n}", "post")


def unlisted(scene: Scene, n: int) -> None:
    """As `served`, but whether there are further projects is not known."""
    served(scene, n)
    del scene.builder.edges[f"q-990101-{n}~COMPLETE_IN~{SOURCE}~property_project"]


def listed_above(scene: Scene, n: int) -> None:
    """As `unlisted`, but known for the community."""
    unlisted(scene, n)
    scene.complete(area(n), "property_project")


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """Posts, employers, meetings, what is covered, served and run, places and lists have days."""
    cases = [
        linked(in_both, "oc-# COVERS q-#", without="unknown", expect="pass"),
        linked(in_both, "po-# COVERS q-#", without="unknown", expect="pass"),
        linked(in_project, "pp-# SERVES q-#", without="not_applicable", expect="pass"),
        linked(employed, "pp-# OPERATED_BY pf-#", without="fail", expect="pass"),
        linked(branch_member, "p-# HOLDS_POST oc-#", without="fail", expect="pass", role="member"),
        linked(branch_member, "p-# HOLDS_POST pp-#", without="fail", expect="pass", role="staff"),
        linked(branch_member, "p-# EMPLOYED_BY pf-#", without="fail", expect="pass", kind="employee"),
        linked(employed, "p-# HOLDS_POST po-#", without="fail", expect="pass", role="committee_member"),
        # Whom R27 bars: by employment, by affiliation, by a post in the project; while seated.
        linked(in_both, "p-# EMPLOYED_BY pf-#", without="pass", expect="fail", kind="employee"),
        linked(affiliated, "pf-# SUBORDINATE_TO u-#", without="pass", expect="fail"),
        linked(in_both, "p-# HOLDS_POST pp-#", without="pass", expect="fail", role="staff"),
        linked(employed, "p-# HOLDS_POST oc-#", without="pass", expect="fail", role="member"),
        linked(in_project, "p-# HOLDS_POST oc-#", without="pass", expect="fail", role="member"),
        linked(interim_employed, "oc-#b COVERS q-#", without="pass", expect="fail"),
        linked(interim_in_project, "oc-#b COVERS q-#", without="pass", expect="fail"),
        linked(meeting, "oc-# TAKES_PART_IN k-#", without="fail", expect="pass"),
        linked(meeting, "pp-# TAKES_PART_IN k-#", without="fail", expect="pass"),
        linked(half_listed, f"pp-# COMPLETE_IN {SOURCE}", without="unknown", expect="fail", subject="post"),
        linked(
            unlisted,
            f"q-# COMPLETE_IN {SOURCE}",
            without="unknown",
            expect="fail",
            subject="property_project",
        ),
        linked(listed_above, "q-# PART_OF @#", without="unknown", expect="fail"),
    ]
    await assert_spells(graph, R20, cases, key, min_links=1)


def owner(scene: Scene, n: int) -> None:
    """As `served`, the person at home there and in no Party."""
    served(scene, n)
    scene.builder.nodes[f"p-990101-{n}"]["party_status"] = "none"
    scene.link(f"p-{n}", "OWNS_HOME_IN", f"q-{n}")


def leading(scene: Scene, n: int) -> None:
    """As `owner`, and on the branch committee."""
    owner(scene, n)
    scene.seat(n, "deputy_secretary", f"po-{n}")


def asked(row: Row) -> str:
    """Whom a row names as candidates."""
    assert row["verdict"] == "fail"
    return " ".join("p" for _ in row["candidates"]) or "nobody"


async def test_candidates_are_those_of_the_day(graph: Graph) -> None:
    """Branch members who own a home and are free; full members of the other two bodies."""
    cases = [
        linked(owner, "p-# HOLDS_POST po-#", without="nobody", expect="p", role="secretary"),
        linked(leading, "p-# OWNS_HOME_IN q-#", without="nobody", expect="p"),
        linked(leading, "p-# EMPLOYED_BY pf-#", without="p", expect="nobody", kind="employee"),
        linked(served, "p-# HOLDS_POST oc-#", without="nobody", expect="p", role="chair"),
        linked(served, "p-# HOLDS_POST pp-#", without="nobody", expect="p", role="project_manager"),
    ]
    await assert_spells(graph, R20, cases, key, outcome=asked)
    scene = Scene(0)
    for number in (10, 11, 12, 13):
        served(scene, number)
    scene.seat(10, "member", "oc-10")
    scene.seat(11, "staff", "pp-11")
    scene.seat(12, "member", "oc-12")
    scene.seat(12, "staff", "pp-12")
    scene.seat(13, "part_time_member", "po-13")
    scene.link("p-13", "OWNS_HOME_IN", "q-13")
    found = await rows_of(graph, scene, R20)
    assert {k[0]: row["candidates"] for k, row in found.items()} == {
        "q-990101-10": ["p-990101-10"],
        "q-990101-11": ["p-990101-11"],
        "q-990101-12": [],
        "q-990101-13": [],
    }


async def test_each_quarter_has_a_row_in_its_area(graph: Graph) -> None:
    """Also where it moved today or moves tomorrow, and where it lies in no area."""
    await check_quarters(graph, R20)
