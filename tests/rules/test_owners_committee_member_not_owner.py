"""R14: members of owners' committees who own no home in the quarter."""

from __future__ import annotations

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DAY, SOURCE, Scene, post
from tests.oracle.view import Identity
from tests.rules.scenes.ask import again, rows_of, verdicts_of
from tests.rules.scenes.communities import area, assert_areas, assert_spells, community, linked, quarter
from tests.rules.scenes.posts import AREAS, OTHER, WITHIN, committee, moved_quarters
from tests.rules.scenes.posts import SPELLS as SPELLS_OF_MOVED
from tests.strategies import TOMORROW, YESTERDAY

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


async def test_representative_of_an_owning_unit_and_spouse_pass_where_allowed(graph: Graph) -> None:
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
    one, two = (("p-990101-1", post(1, "member", "oc-1")), ("p-990101-2", post(2, "member", "oc-1")))
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


def key(n: int) -> Identity:
    """The member of committee `n`."""
    return f"p-990101-{n}", post(n, "member", f"oc-{n}")


def seated(scene: Scene, n: int) -> None:
    """`p-<n>` sits on the committee of quarter `n` and owns nothing; who owns is not listed."""
    community(scene, n, bodies="")
    quarter(scene, n, bodies="oc")
    scene.person(n)
    scene.seat(n, "member", f"oc-{n}")


def listed(scene: Scene, n: int) -> None:
    """As `seated`, but who owns a home is listed."""
    seated(scene, n)
    scene.complete(f"q-{n}", "ownership")


def listed_above(scene: Scene, n: int) -> None:
    """As `seated`, but who owns a home is listed for the community."""
    seated(scene, n)
    scene.complete(area(n), "ownership")


def representing(scene: Scene, n: int) -> None:
    """As `listed`, for unit `u-<n>`, which owns a home there and employs the member."""
    listed(scene, n)
    scene.builder.edges[post(n, "member", f"oc-{n}")]["capacity"] = "unit_owner_representative"
    scene.builder.node(f"u-990101-{n}")
    scene.link(f"u-{n}", "OWNS_HOME_IN", f"q-{n}")
    scene.link(f"p-{n}", "EMPLOYED_BY", f"u-{n}", kind="employee")


def hired(scene: Scene, n: int) -> None:
    """As `representing`, but for whom the member works is listed, and it is for no one."""
    representing(scene, n)
    del scene.builder.edges[f"p-990101-{n}~EMPLOYED_BY~u-990101-{n}"]
    scene.complete(f"p-{n}", "employment")


def stranger(scene: Scene, n: int) -> None:
    """As `hired`, but for whom the member works is not listed."""
    hired(scene, n)
    del scene.builder.edges[f"p-990101-{n}~COMPLETE_IN~{SOURCE}~employment"]


def married(scene: Scene, n: int) -> None:
    """As `listed`, with a spouse who owns a home there; kinship is listed."""
    listed(scene, n)
    scene.builder.node(f"p-990101-{n}b")
    scene.link(f"p-{n}", "RELATED_TO", f"p-{n}b", relation="spouse")
    scene.link(f"p-{n}b", "OWNS_HOME_IN", f"q-{n}")
    scene.complete(f"p-{n}", "kinship")


def alone(scene: Scene, n: int) -> None:
    """As `listed`; kinship is not."""
    listed(scene, n)


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """Seats, homes, employers, what is covered, places and lists have days."""
    cases = [
        linked(listed, "oc-# COVERS q-#", without=None, expect="fail"),
        linked(listed, "p-# HOLDS_POST oc-#", without=None, expect="fail", role="member"),
        linked(listed_above, "q-# PART_OF @#", without="unknown", expect="fail"),
        linked(listed, "p-# OWNS_HOME_IN q-#", without="fail", expect="pass"),
        linked(seated, f"q-# COMPLETE_IN {SOURCE}", without="unknown", expect="fail", subject="ownership"),
        linked(seated, f"p-# COMPLETE_IN {SOURCE}", without="unknown", expect="fail", subject="ownership"),
        linked(representing, "u-# OWNS_HOME_IN q-#", without="fail", expect="pass"),
        linked(hired, "p-# EMPLOYED_BY u-#", without="fail", expect="pass", kind="employee"),
        linked(stranger, f"q-# COMPLETE_IN {SOURCE}", without="unknown", expect="fail", subject="employment"),
        linked(stranger, f"p-# COMPLETE_IN {SOURCE}", without="unknown", expect="fail", subject="employment"),
        linked(stranger, f"u-# COMPLETE_IN {SOURCE}", without="unknown", expect="fail", subject="employment"),
    ]
    await assert_spells(graph, R14, cases, key)


async def test_spouses_count_while_they_are_spouses_and_own_a_home(graph: Graph) -> None:
    """Where a spouse passes: marriage, home and the list of kin have days."""
    cases = [
        linked(married, "p-# RELATED_TO p-#b", without="fail", expect="pass", relation="spouse"),
        linked(married, "p-#b OWNS_HOME_IN q-#", without="fail", expect="pass"),
        linked(alone, f"p-# COMPLETE_IN {SOURCE}", without="unknown", expect="fail", subject="kinship"),
        linked(alone, f"q-# COMPLETE_IN {SOURCE}", without="unknown", expect="fail", subject="kinship"),
    ]
    await assert_spells(graph, R14, cases, key, spouse=True)


async def test_evidence_names_the_homes_of_the_day_and_missing_what_is_open(graph: Graph) -> None:
    """A home that the unit sold today or buys tomorrow is no evidence; nor is one elsewhere."""
    scene = Scene(4)
    spells = [{"until": DAY}, {"since": TOMORROW}, {"since": DAY}, {"until": TOMORROW}]
    scene.link("oc-1", "COVERS", SECOND)
    scene.people(1, 2, 3, 4)
    unit = scene.builder.node("u-990101-1")
    for spell, days in enumerate(spells, start=1):
        scene.link("u-1", "OWNS_HOME_IN", FIRST, spell=spell, **days)
    for place in (SECOND, "q-990101-03"):
        scene.link("u-1", "OWNS_HOME_IN", place)
    works = scene.link("p-1", "EMPLOYED_BY", "u-1", kind="employee")
    for serial in (1, 2):
        scene.seat(serial, "member", "oc-1", capacity="unit_owner_representative")
    scene.seat(3, "chair", "oc-3")
    scene.seat(4, "chair", "oc-4")
    scene.complete("q-990101-04", "ownership")
    found = await rows_of(graph, scene, R14)
    shown = {k[0]: (r["verdict"], r["missing"], r["evidence"]) for k, r in found.items()}
    chair = post(4, "chair", "oc-4")
    assert shown == {
        "p-990101-1": (
            "pass",
            [],
            [
                post(1, "member", "oc-1"),
                works,
                *(f"{unit}~OWNS_HOME_IN~{FIRST}~{n}" for n in (3, 4)),
                f"{unit}~OWNS_HOME_IN~{SECOND}",
            ],
        ),
        "p-990101-2": (
            "unknown",
            [f"ownership@{FIRST}", f"ownership@{SECOND}", "employment@p-990101-2"],
            [post(2, "member", "oc-1")],
        ),
        "p-990101-3": ("unknown", ["ownership@q-990101-03"], [post(3, "chair", "oc-3")]),
        "p-990101-4": ("fail", [], [chair, f"q-990101-04~COMPLETE_IN~{SOURCE}~ownership"]),
    }


async def test_committees_stand_where_their_quarters_lie_today(graph: Graph) -> None:
    """Also where a quarter moved today or moves tomorrow; a committee of two areas is in both."""
    scene = moved_quarters()
    keys: dict[int, Identity] = {}
    for number in (*AREAS, 30):
        scene.builder.node(committee(number), kind="owners_committee")
        scene.person(number)
        seat = scene.seat(number, "member", f"oc-{number}")
        keys[number] = f"p-990101-{number}", seat
    for number in AREAS:
        scene.link(committee(number), "COVERS", f"q-990101-{number:02}")
    for number in (2, 5):
        scene.link(committee(30), "COVERS", f"q-990101-{number:02}")
    for number, spell in SPELLS_OF_MOVED.items():  # of the second quarter, on the day 1 and 4
        scene.link(committee(40 + number), "COVERS", "q-990101-02", **spell)
        scene.builder.node(committee(40 + number), kind="owners_committee")
        scene.person(40 + number)
        seat = scene.seat(40 + number, "member", f"oc-{40 + number}")
        keys[40 + number] = f"p-990101-{40 + number}", seat
    scene.builder.node(committee(45), kind="owners_committee")  # of the first quarter until today
    scene.link(committee(45), "COVERS", "q-990101-01", until=DAY)
    scene.link(committee(45), "COVERS", "q-990101-02")
    scene.person(45)
    keys[45] = "p-990101-45", scene.seat(45, "member", "oc-45")
    found = await rows_of(graph, scene, R14)
    areas = {**AREAS, 30: OTHER, 41: OTHER, 44: OTHER, 45: OTHER}
    assert {key: row["area"] for key, row in found.items()} == {keys[n]: a for n, a in areas.items()}
    stands = {**{n: {n} for n in AREAS}, 30: {2, 5}, 41: {2}, 44: {2}, 45: {2}}
    expected = {
        place: [keys[n] for n, quarters in stands.items() if quarters & inside]
        for place, inside in WITHIN.items()
        if place is not None
    }
    await assert_areas(graph, R14, expected)
    assert len(await again(graph, R14, area=COMMUNITY)) == 2
