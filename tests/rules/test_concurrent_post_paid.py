"""R30: pay for concurrent posts."""

from __future__ import annotations

import pytest

from graph.reading.graph import Graph
from tests.oracle.asking import Row, store
from tests.oracle.scene import DISTRICT, ORG, RESIDENTS, STREET, Scene, post
from tests.oracle.view import Identity
from tests.rules.scenes.ask import again, rows_of, verdicts_of
from tests.rules.scenes.communities import (
    STREETS,
    Spell,
    area,
    assert_areas,
    assert_spells,
    community,
    linked,
    quarter,
    street_of,
)
from tests.strategies import DAY, TOMORROW

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


async def test_what_each_case_weighs_and_what_is_missing(graph: Graph) -> None:
    """An official's pay on a committee is a violation, other pay a warning; what is not known."""
    scene = Scene(2)
    scene.person(1, public_post="civil_servant")
    scene.person(2, public_post="none")
    scene.people(3, 4, 5)
    posts = [
        scene.seat(1, "chair", "oc-1", concurrent=True, paid=True),
        scene.seat(2, "member", "oc-1", concurrent=True, paid=True, pay_basis="employer"),
        scene.seat(2, "member", "oc-2", concurrent=True, paid=True),
        scene.seat(3, "member", "oc-1", concurrent=True, paid=True),
        scene.seat(4, "member", "oc-1", concurrent=True),
        scene.seat(5, "staff", "pp-1", paid=True),
        scene.seat(5, "chair", "oc-2", paid=False),
        scene.seat(1, "part_time_member", ORG, paid=True),
    ]
    scene.seat(5, "member", RESIDENTS, paid=True)
    found = await rows_of(graph, scene, R30)
    columns = ("kind", "verdict", "severity", "missing")
    assert {key[1]: tuple(row[c] for c in columns) for key, row in found.items()} == {
        posts[0]: ("committee", "fail", "violation", []),
        posts[1]: ("committee", "fail", "warning", []),
        posts[2]: ("committee", "unknown", None, [f"{posts[2]}.pay_basis"]),
        posts[3]: ("committee", "unknown", None, ["p-990101-3.public_post"]),
        posts[4]: ("committee", "unknown", None, [f"{posts[4]}.paid"]),
        posts[5]: ("manager", "fail", "warning", []),
        posts[6]: ("committee", "pass", None, []),
        posts[7]: ("part_time", "fail", "warning", []),
    }
    strict = await rows_of(graph, scene, R30, allowance_ok_for_non_officials=False)
    assert strict["p-990101-2", posts[2]]["verdict"] == "fail"


def managing(scene: Scene, n: int, street: Spell | None = None) -> None:
    """`p-<n>` has a paid post in the project of quarter `n`, and no other."""
    community(scene, n, bodies="po rc", street=street)
    quarter(scene, n)
    scene.person(n)
    scene.seat(n, "staff", f"pp-{n}", paid=True)


def cadre(scene: Scene, n: int, street: Spell | None = None) -> None:
    """As `managing`, and sits on the residents' committee."""
    managing(scene, n, street)
    scene.seat(n, "member", f"rc-c{n}")


def housed(scene: Scene, n: int) -> None:
    """A paid part-time seat in the Party organization of a unit that is in quarter `n`."""
    community(scene, n, bodies="")
    quarter(scene, n, bodies="")
    scene.person(n)
    scene.builder.node(f"u-990101-{n}")
    scene.link(f"u-{n}", "BASED_IN", f"q-{n}")
    scene.builder.node(f"po-990101-{n}", level="unit", tier="branch")
    scene.link(f"po-{n}", "COVERS", f"u-{n}")
    scene.seat(n, "part_time_member", f"po-{n}", paid=True)


def in_project(n: int) -> Identity:
    """The post in the project."""
    return f"p-990101-{n}", post(n, "staff", f"pp-{n}")


def in_organization(n: int) -> Identity:
    """The part-time seat."""
    return f"p-990101-{n}", post(n, "part_time_member", f"po-{n}")


def where(row: Row) -> str:
    """Whether a post that is paid is in an area."""
    assert row["verdict"] == "fail"
    return "nowhere" if row["area"] is None else "somewhere"


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """Both posts, and where the body stands, have days."""
    cases = [
        linked(cadre, "p-# HOLDS_POST pp-#", without=None, expect="somewhere", role="staff", paid=True),
        linked(managing, "p-# HOLDS_POST rc-c#", without=None, expect="somewhere", role="member"),
        linked(managing, "p-# HOLDS_POST po-c#", without=None, expect="somewhere", role="secretary"),
        linked(cadre, "pp-# SERVES q-#", without="nowhere", expect="somewhere"),
        linked(cadre, "q-# PART_OF @#", without="nowhere", expect="somewhere"),
    ]
    await assert_spells(graph, R30, cases, in_project, outcome=where)
    cases = [
        linked(
            housed,
            "p-# HOLDS_POST po-#",
            without=None,
            expect="somewhere",
            role="part_time_member",
            paid=True,
        ),
        linked(housed, "u-# BASED_IN q-#", without="nowhere", expect="somewhere"),
        linked(housed, "po-# COVERS u-#", without="nowhere", expect="somewhere"),
        linked(housed, "q-# PART_OF @#", without="nowhere", expect="somewhere"),
    ]
    await assert_spells(graph, R30, cases, in_organization, outcome=where)


async def test_an_area_has_the_posts_of_the_bodies_that_stand_there(graph: Graph) -> None:
    """In quarters, in what is in them, in units based there; not what left today."""
    scene = Scene(0)
    for number in (10, 11):
        cadre(scene, number)
    cadre(scene, 12, {"since": DAY})
    for number, spell in enumerate(STREETS, start=13):
        cadre(scene, number, spell)
    housed(scene, 20)
    for number, spell in ((21, {"until": DAY}), (22, {"since": TOMORROW}), (23, {"since": DAY})):
        cadre(scene, number)
        scene.link(f"pp-{number}", "SERVES", "q-10", **spell)
    scene.builder.node("g-990101-1", kind="grid")
    scene.link("g-1", "PART_OF", "q-10")
    scene.people(30)
    posted = scene.seat(30, "grid_worker", "g-1", concurrent=True)
    grid = "p-990101-30", posted
    there = [in_project(n) for n in (10, 11, 21, 22, 23)]
    expected = {
        area(10): [in_project(10), in_project(23), grid],
        area(11): [in_project(11)],
        area(20): [in_organization(20)],
        street_of(12): [in_project(12)],
        street_of(13): [],
        street_of(14): [],
        street_of(15): [in_project(15)],
        STREET: [*there, in_organization(20), grid],
        DISTRICT: [*there, in_organization(20), grid],
    }
    await store(graph, scene.builder)
    await assert_areas(graph, R30, expected)
    rows = await again(graph, R30)
    assert (rows[grid]["verdict"], rows[grid]["area"]) == ("not_applicable", area(10))
