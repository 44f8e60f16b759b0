"""R19: members of the community's two committees on owners' committees."""

from __future__ import annotations

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DISTRICT, ORG, RESIDENTS, SOURCE, Scene, post
from tests.oracle.view import Identity
from tests.rules.scenes.ask import again, rows_of, verdicts_of
from tests.rules.scenes.communities import area, assert_spells, community, linked, quarter
from tests.rules.scenes.posts import check_quarters

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
    for place in (FIRST, SECOND):
        scene.complete(place, "ownership")
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


async def test_number_required_and_who_could_still_sit(graph: Graph) -> None:
    """Two persons where two are required; who sits is no candidate, nor is anybody on a pass."""
    scene = Scene(3)
    scene.people(1, 2, 3)
    for serial, role, body in ((1, "secretary", ORG), (2, "member", RESIDENTS), (3, "committee_member", ORG)):
        scene.seat(serial, role, body)
        for place in scene.quarters:
            scene.link(f"p-{serial}", "OWNS_HOME_IN", place)
    scene.seat(1, "chair", "oc-1")
    scene.seat(2, "member", "oc-1")
    scene.seat(1, "chair", "oc-2")
    scene.complete(COMMUNITY, "post", "ownership")
    shown = await rows_of(graph, scene, R19, min_per_quarter=2)
    one, two, three = (f"p-990101-{n}" for n in (1, 2, 3))
    assert {key[0]: (row["verdict"], row["candidates"]) for key, row in shown.items()} == {
        FIRST: ("pass", []),
        SECOND: ("fail", [two, three]),
        THIRD: ("fail", [one, two, three]),
    }
    listed = f"{COMMUNITY}~COMPLETE_IN~{SOURCE}~post"
    link = f"{post(1, 'chair', 'oc-2')}&{post(1, 'secretary', ORG)}"
    assert shown[SECOND,]["evidence"] == [link, listed]
    single = await again(graph, R19, min_per_quarter=1)
    assert {key[0]: row["verdict"] for key, row in single.items()} == {
        FIRST: "pass",
        SECOND: "pass",
        THIRD: "fail",
    }
    del scene.builder.edges[f"p-990101-3~OWNS_HOME_IN~{SECOND}"]
    scene.link("p-2", "EMPLOYED_BY", "pf-2", kind="employee")
    barred = (await rows_of(graph, scene, R19, min_per_quarter=2))[SECOND,]
    assert (barred["verdict"], barred["blocked_by"]) == ("not_possible", ["R14", "R27"])


async def test_manager_of_the_property_is_barred_by_what_runs_it(graph: Graph) -> None:
    """In a firm's project R27 bars the seat that is held; where no firm runs it, R29 a new one."""
    scene = Scene(3)
    scene.people(1)
    for number in (2, 3):
        del scene.builder.edges[f"pp-990101-{number}~OPERATED_BY~pf-990101-{number}"]
    scene.seat(1, "member", RESIDENTS)
    scene.seat(1, "staff", "pp-1")
    for number in (1, 2):
        scene.seat(1, "member", f"oc-{number}")
        scene.link("p-1", "OWNS_HOME_IN", f"q-990101-{number:02}")
    scene.seat(1, "project_manager", "pp-2")
    scene.seat(1, "project_manager", "pp-3")
    scene.link("p-1", "OWNS_HOME_IN", THIRD)
    scene.complete(COMMUNITY, "post")
    found = await rows_of(graph, scene, R19)
    assert {key[0]: (row["verdict"], row["blocked_by"]) for key, row in found.items()} == {
        FIRST: ("not_possible", ["R27", "R29"]),
        SECOND: ("pass", []),
        THIRD: ("not_possible", ["R29"]),
    }


async def test_which_lists_have_to_be_closed(graph: Graph) -> None:
    """Each body's posts, or the community's; whether there are bodies; not the quarter's own."""
    scene = Scene(0)
    bodies = {
        10: "po rc",
        11: "po rc",
        12: "",
        13: "po",
        14: "rc",
        15: "po",
        16: "rc",
        17: "",
        18: "",
        19: "rc",
        20: "rc",
    }
    for number, there in bodies.items():
        community(scene, number, bodies=there)
        quarter(scene, number, bodies="oc")
        scene.complete(f"oc-{number}", "post")
    scene.complete(area(11), "post")
    scene.complete("q-10", "post")
    scene.complete(area(12), "post")
    for number, prefix in ((13, "po"), (14, "rc"), (15, "po"), (19, "rc"), (20, "rc")):
        scene.complete(f"{prefix}-c{number}", "post")
    scene.complete(area(15), "post")
    scene.complete(area(16), "post")
    scene.complete(area(17), "party_organization")
    scene.complete("q-19", "party_organization")
    scene.complete(area(20), "party_organization")
    scene.builder.node("q-990101-30")
    scene.builder.node("oc-990101-30", kind="owners_committee")
    scene.link("oc-30", "COVERS", "q-30")
    found = await rows_of(graph, scene, R19)

    def org(n: int) -> str:
        return f"party_organization@{area(n)}"

    assert {key[0]: row["missing"] for key, row in found.items()} == {
        "q-990101-10": ["post@po-990101-c10", "post@rc-990101-c10"],
        "q-990101-11": [],
        "q-990101-12": [org(12), f"post@{area(12)}"],
        "q-990101-13": [f"post@{area(13)}"],
        "q-990101-14": [org(14)],
        "q-990101-15": [],
        "q-990101-16": [],
        "q-990101-17": [f"post@{area(17)}"],
        "q-990101-18": [org(18), f"post@{area(18)}"],
        "q-990101-19": [org(19)],
        "q-990101-20": [],
        "q-990101-30": ["post@oc-990101-30", "area@q-990101-30"],
    }
    assert {row["verdict"] for row in found.values() if not row["missing"]} == {"fail"}


async def test_without_an_owners_committee(graph: Graph) -> None:
    """Not applicable where it is known that there is none, else unknown; interim ones are none."""
    scene = Scene(3, bodies="")
    scene.builder.node("oc-990101-3", kind="property_management_committee")
    scene.link("oc-3", "COVERS", THIRD)
    scene.complete(SECOND, "owners_committee")
    found = await rows_of(graph, scene, R19)
    assert {key[0]: (row["verdict"], row["missing"]) for key, row in found.items()} == {
        FIRST: ("unknown", [f"owners_committee@{FIRST}"]),
        SECOND: ("not_applicable", []),
        THIRD: ("unknown", [f"owners_committee@{THIRD}"]),
    }


def key(n: int) -> Identity:
    """The quarter of number `n`."""
    return (f"q-990101-{n}",)


def served(scene: Scene, n: int) -> None:
    """Quarter `n` with all bodies; `p-<n>` of the residents' committee is no owner; all listed."""
    community(scene, n)
    quarter(scene, n)
    scene.person(n)
    scene.seat(n, "member", f"rc-c{n}")
    scene.complete(area(n), "post", "ownership")


def owner(scene: Scene, n: int) -> None:
    """As `served`, but the person owns a home there."""
    served(scene, n)
    scene.link(f"p-{n}", "OWNS_HOME_IN", f"q-{n}")


def seated(scene: Scene, n: int) -> None:
    """As `served`, but the person sits on the owners' committee."""
    served(scene, n)
    scene.seat(n, "member", f"oc-{n}")


def employed(scene: Scene, n: int) -> None:
    """As `seated`, but works for the firm."""
    seated(scene, n)
    scene.link(f"p-{n}", "EMPLOYED_BY", f"pf-{n}", kind="employee")


def affiliated(scene: Scene, n: int) -> None:
    """As `seated`, but works for a unit that is nothing to the firm."""
    seated(scene, n)
    scene.builder.node(f"u-990101-{n}")
    scene.link(f"p-{n}", "EMPLOYED_BY", f"u-{n}", kind="employee")


def unsettled(scene: Scene, n: int) -> None:
    """As `served`, but who owns a home is not listed."""
    served(scene, n)
    del scene.builder.edges[f"{area(n)}~COMPLETE_IN~{SOURCE}~ownership"]


def half_listed(scene: Scene, n: int) -> None:
    """As `owner`, but only the posts of the community's committees are listed."""
    owner(scene, n)
    del scene.builder.edges[f"{area(n)}~COMPLETE_IN~{SOURCE}~post"]
    scene.complete(f"po-c{n}", "post")
    scene.complete(f"rc-c{n}", "post")


def unlisted(scene: Scene, n: int) -> None:
    """As `half_listed`, but no posts are."""
    owner(scene, n)
    del scene.builder.edges[f"{area(n)}~COMPLETE_IN~{SOURCE}~post"]


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """Posts, homes, employers, what is covered, served and run, places and lists have days."""
    cases = [
        linked(seated, "q-# PART_OF @#", without="unknown", expect="pass"),
        linked(seated, "oc-# COVERS q-#", without="unknown", expect="pass"),
        linked(seated, "rc-c# COVERS @#", without="fail", expect="pass"),
        linked(owner, "p-# HOLDS_POST oc-#", without="fail", expect="pass", role="member"),
        linked(served, "p-# HOLDS_POST rc-c#", without="fail", expect="not_possible", role="member"),
        linked(served, "p-# OWNS_HOME_IN q-#", without="not_possible", expect="fail"),
        linked(
            unsettled, f"q-# COMPLETE_IN {SOURCE}", without="fail", expect="not_possible", subject="ownership"
        ),
        linked(
            unsettled, f"p-# COMPLETE_IN {SOURCE}", without="fail", expect="not_possible", subject="ownership"
        ),
        linked(owner, "p-# EMPLOYED_BY pf-#", without="fail", expect="not_possible", kind="employee"),
        linked(seated, "p-# EMPLOYED_BY pf-#", without="pass", expect="not_possible", kind="employee"),
        linked(seated, "p-# HOLDS_POST pp-#", without="pass", expect="not_possible", role="staff"),
        linked(employed, "pp-# SERVES q-#", without="pass", expect="not_possible"),
        linked(employed, "pp-# OPERATED_BY pf-#", without="pass", expect="not_possible"),
        linked(affiliated, "pf-# SUBORDINATE_TO u-#", without="pass", expect="not_possible"),
        linked(half_listed, f"oc-# COMPLETE_IN {SOURCE}", without="unknown", expect="fail", subject="post"),
        linked(unlisted, f"@# COMPLETE_IN {SOURCE}", without="unknown", expect="fail", subject="post"),
    ]
    await assert_spells(graph, R19, cases, key)


async def test_each_quarter_has_a_row_in_its_area(graph: Graph) -> None:
    """Also where it moved today or moves tomorrow, and where it lies in no area."""
    await check_quarters(graph, R19)
