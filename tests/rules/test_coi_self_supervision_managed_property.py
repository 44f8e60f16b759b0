"""R29: who manages a quarter and sits in a body that supervises it."""

from __future__ import annotations

from datetime import date

import pytest

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, RESIDENTS, SOURCE, Scene
from tests.oracle.view import Identity
from tests.rules.scenes.ask import again, rows_of, verdicts_of
from tests.rules.scenes.communities import area, assert_spells, community, linked, quarter

R29 = "coi_self_supervision_managed_property"
R30 = "concurrent_post_paid"
FIRST, SECOND, THIRD = (f"q-990101-{n:02}" for n in range(1, 4))


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
    pay = await again(graph, R30)
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
    expected = {("p-990101-1", FIRST): "pass", ("p-990101-2", SECOND): "pass", ("p-990101-3", THIRD): "fail"}
    assert expected == await verdicts_of(graph, scene, R29)
    open_lists = await verdicts_of(graph, scene, R29, date(2019, 12, 31))
    assert open_lists == {}  # nobody held a post then
    for id_ in [i for i in scene.builder.edges if "~COMPLETE_IN~" in i]:
        del scene.builder.edges[id_]
    unlisted = await verdicts_of(graph, scene, R29)
    assert [unlisted[k] for k in sorted(unlisted)] == ["unknown", "unknown", "fail"]


async def test_what_a_seat_weighs_and_what_is_missing(graph: Graph) -> None:
    """Severity by the body that supervises; each open list by name, of the other side only."""
    scene = Scene(6)
    b = scene.builder
    for number in (1, 2, 3, 4, 5):
        scene.person(number)
        scene.seat(number, "project_manager", f"pp-{number}")
    scene.seat(1, "chair", "oc-1")
    b.node("sc-990101-2", kind="owners")
    scene.link("sc-2", "COVERS", SECOND)
    scene.seat(2, "member", "sc-2")
    scene.seat(3, "member", RESIDENTS)
    scene.complete("q-990101-04", "post")  # of the quarter's bodies, not of the community's
    del b.edges["oc-990101-5~COVERS~q-990101-05"]
    scene.person(6)
    scene.seat(6, "member", "oc-6")
    found = await rows_of(graph, scene, R29)
    columns = ("verdict", "severity", "findings", "missing")
    shown = {k: tuple(row[c] for c in columns) for k, row in found.items()}
    assert {k: v for k, v in shown.items() if k[0] != "p-990101-3" or k[1] == THIRD} == {
        ("p-990101-1", FIRST): ("fail", "violation", ["a"], []),
        ("p-990101-2", SECOND): ("fail", "violation", ["b"], []),
        ("p-990101-3", THIRD): ("fail", "info", ["c"], []),
        ("p-990101-4", "q-990101-04"): ("unknown", None, [], [f"post@{RESIDENTS}"]),
        ("p-990101-5", "q-990101-05"): (
            "unknown",
            None,
            [],
            [f"post@{RESIDENTS}", "owners_committee@q-990101-05", "post@q-990101-05"],
        ),
        ("p-990101-6", "q-990101-06"): ("unknown", None, [], ["post@pp-990101-6"]),
    }
    # A member of the residents' committee supervises every quarter of the community.
    assert shown["p-990101-3", FIRST] == ("unknown", None, [], ["post@pp-990101-1"])
    assert len(found) == 11


async def test_without_a_project_nobody_manages(graph: Graph) -> None:
    """Not applicable where it is known that no project is there, else unknown."""
    scene = Scene(2, bodies="oc")
    scene.people(1, 2)
    for serial in (1, 2):
        scene.seat(serial, "chair", f"oc-{serial}")
    scene.complete(SECOND, "property_project")
    found = await rows_of(graph, scene, R29)
    assert {k: (row["verdict"], row["missing"]) for k, row in found.items()} == {
        ("p-990101-1", FIRST): ("unknown", [f"property_project@{FIRST}"]),
        ("p-990101-2", SECOND): ("not_applicable", []),
    }


async def test_only_the_committee_that_runs_the_property_is_named(graph: Graph) -> None:
    """Another residents' committee of the community is not, nor any where it is not asked."""
    scene = Scene(1, bodies="")
    for name in ("one", "two"):
        scene.builder.node(f"rc-990101-{name}")
        scene.link(f"rc-{name}", "COVERS", COMMUNITY)
    scene.builder.node("pp-990101-1", mode="community")
    scene.link("pp-1", "SERVES", FIRST)
    runs = scene.link("pp-1", "OPERATED_BY", "rc-one")
    found = await rows_of(graph, scene, R29)
    shown = {k: (row["severity"], row["findings"], row["evidence"]) for k, row in found.items()}
    assert shown == {("rc-990101-one", FIRST): ("info", ["organization"], [runs])}
    assert await again(graph, R29, check_org_level=False) == {}


def key(n: int) -> Identity:
    """The person of quarter `n`."""
    return f"p-990101-{n}", f"q-990101-{n}"


def committee_key(n: int) -> Identity:
    """The residents' committee of quarter `n`."""
    return f"rc-990101-c{n}", f"q-990101-{n}"


def managed(scene: Scene, n: int) -> None:
    """Quarter `n` with all its bodies and `p-<n>` in the project; all posts are listed."""
    community(scene, n, bodies="rc")
    quarter(scene, n)
    scene.builder.node(f"sc-990101-{n}", kind="owners")
    scene.link(f"sc-{n}", "COVERS", f"q-{n}")
    scene.person(n)
    scene.seat(n, "staff", f"pp-{n}")
    scene.complete(area(n), "post")


def unlisted(scene: Scene, n: int) -> None:
    """As `managed`, but posts are not listed."""
    managed(scene, n)
    del scene.builder.edges[f"{area(n)}~COMPLETE_IN~{SOURCE}~post"]


def doubled(scene: Scene, n: int) -> None:
    """As `managed`, with a seat on the owners' committee."""
    managed(scene, n)
    scene.seat(n, "member", f"oc-{n}")


def watched(scene: Scene, n: int) -> None:
    """As `managed`, with a seat on the owners' supervision committee."""
    managed(scene, n)
    scene.seat(n, "member", f"sc-{n}")


def led(scene: Scene, n: int) -> None:
    """As `managed`, with a seat on the residents' committee."""
    managed(scene, n)
    scene.seat(n, "member", f"rc-c{n}")


def seated(scene: Scene, n: int) -> None:
    """As `doubled`, but with no post in the project."""
    doubled(scene, n)
    del scene.builder.edges[f"p-990101-{n}~HOLDS_POST~pp-990101-{n}~staff~1"]


def hired(scene: Scene, n: int) -> None:
    """As `seated`, working for the firm."""
    seated(scene, n)
    scene.link(f"p-{n}", "EMPLOYED_BY", f"pf-{n}", kind="employee")


def seated_unlisted(scene: Scene, n: int) -> None:
    """As `seated`, but posts are not listed."""
    seated(scene, n)
    del scene.builder.edges[f"{area(n)}~COMPLETE_IN~{SOURCE}~post"]


def run_by_committee(scene: Scene, n: int) -> None:
    """Quarter `n`, whose project the residents' committee runs; no one is posted."""
    community(scene, n, bodies="rc")
    quarter(scene, n, bodies="pp")
    scene.link(f"pp-{n}", "OPERATED_BY", f"rc-c{n}")


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """Posts, employers, what is covered, served and run, places and lists have days."""
    cases = [
        linked(doubled, "pp-# SERVES q-#", without="unknown", expect="fail"),
        linked(doubled, "oc-# COVERS q-#", without="pass", expect="fail"),
        linked(watched, "sc-# COVERS q-#", without="pass", expect="fail"),
        linked(led, "rc-c# COVERS @#", without="pass", expect="fail"),
        linked(hired, "pp-# OPERATED_BY pf-#", without="pass", expect="fail"),
        linked(seated, "p-# EMPLOYED_BY pf-#", without="pass", expect="fail", kind="employee"),
        linked(seated, "p-# HOLDS_POST pp-#", without="pass", expect="fail", role="staff"),
        linked(managed, "p-# HOLDS_POST oc-#", without="pass", expect="fail", role="member"),
        linked(unlisted, f"@# COMPLETE_IN {SOURCE}", without="unknown", expect="pass", subject="post"),
        linked(
            seated_unlisted, f"pp-# COMPLETE_IN {SOURCE}", without="unknown", expect="pass", subject="post"
        ),
        linked(managed, "q-# PART_OF @#", without="unknown", expect="pass"),
    ]
    await assert_spells(graph, R29, cases, key)


async def test_the_committee_runs_the_property_within_the_days(graph: Graph) -> None:
    """The residents' committee is named only while it covers the community and runs the project."""
    cases = [
        linked(run_by_committee, "pp-# OPERATED_BY rc-c#", without=None, expect="fail"),
        linked(run_by_committee, "rc-c# COVERS @#", without=None, expect="fail"),
        linked(run_by_committee, "pp-# SERVES q-#", without=None, expect="fail"),
        linked(run_by_committee, "q-# PART_OF @#", without=None, expect="fail"),
    ]
    await assert_spells(graph, R29, cases, committee_key)
