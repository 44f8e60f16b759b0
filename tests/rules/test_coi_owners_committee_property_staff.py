"""R27: owners' committee members who work for the firm that serves the quarter."""

from __future__ import annotations

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DAY, SOURCE, Scene, post
from tests.oracle.view import Identity
from tests.rules.scenes.ask import rows_of, verdicts_of
from tests.rules.scenes.communities import area, assert_spells, community, linked, quarter
from tests.strategies import YESTERDAY

R27 = "coi_owners_committee_property_staff"
FIRST, SECOND, THIRD = (f"q-990101-{n:02}" for n in range(1, 4))


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
    keys = {s: (f"p-990101-{s}", post(s, "member", "oc-1"), FIRST, "pp-990101-1") for s in range(1, 5)}
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


async def test_what_is_missing_and_what_decides(graph: Graph) -> None:
    """Whose list of staff is open, or of what project; a pass names the lists that close it."""
    scene = Scene(5)
    scene.people(*range(1, 6))
    for serial in range(1, 6):
        scene.seat(serial, "chair", f"oc-{serial}")
    for number in (3, 4):
        del scene.builder.edges[f"pp-990101-{number}~OPERATED_BY~pf-990101-{number}"]
    del scene.builder.nodes["pp-990101-4"]["mode"]
    del scene.builder.edges["pp-990101-5~SERVES~q-990101-05"]
    scene.complete("pf-2", "employment")
    scene.complete("p-2", "employment")
    found = await rows_of(graph, scene, R27)
    shown = {k[0]: (r["verdict"], r["firm"], r["missing"]) for k, r in found.items()}
    assert shown == {
        "p-990101-1": ("unknown", "pf-990101-1", ["employment@pf-990101-1"]),
        "p-990101-2": ("pass", "pf-990101-2", []),
        "p-990101-3": ("unknown", None, ["property_project@pp-990101-3"]),
        "p-990101-4": ("unknown", None, ["pp-990101-4.mode", "property_project@pp-990101-4"]),
        "p-990101-5": ("unknown", None, ["property_project@q-990101-05"]),
    }
    key = "p-990101-2", post(2, "chair", "oc-2"), SECOND, "pp-990101-2"
    assert found[key]["evidence"] == [
        post(2, "chair", "oc-2"),
        f"pp-990101-2~SERVES~{SECOND}",
        "pp-990101-2~OPERATED_BY~pf-990101-2",
        f"p-990101-2~COMPLETE_IN~{SOURCE}~employment",
        f"pf-990101-2~COMPLETE_IN~{SOURCE}~employment",
    ]


def key(n: int) -> Identity:
    """The member of committee `n` and the project of its quarter."""
    return f"p-990101-{n}", post(n, "member", f"oc-{n}"), f"q-990101-{n}", f"pp-990101-{n}"


def bare_key(n: int) -> Identity:
    """As `key` where no project is known."""
    return (*key(n)[:3], None)


def seated(scene: Scene, n: int) -> None:
    """`p-<n>` sits on the committee of quarter `n`; nothing is listed."""
    community(scene, n, bodies="")
    quarter(scene, n)
    scene.person(n)
    scene.seat(n, "member", f"oc-{n}")


def listed(scene: Scene, n: int) -> None:
    """As `seated`; for whom the member works is listed."""
    seated(scene, n)
    scene.complete(f"p-{n}", "employment")


def listed_above(scene: Scene, n: int) -> None:
    """As `seated`; for whom people work is listed for the community."""
    seated(scene, n)
    scene.complete(area(n), "employment")


def employed(scene: Scene, n: int) -> None:
    """As `seated`; the member works for the firm."""
    seated(scene, n)
    scene.link(f"p-{n}", "EMPLOYED_BY", f"pf-{n}", kind="employee")


def affiliated(scene: Scene, n: int) -> None:
    """As `listed`; the member works for a unit that is nothing to the firm."""
    listed(scene, n)
    scene.builder.node(f"u-990101-{n}")
    scene.link(f"p-{n}", "EMPLOYED_BY", f"u-{n}", kind="employee")


def unserved(scene: Scene, n: int) -> None:
    """As `seated`, in a quarter that no project serves."""
    community(scene, n, bodies="")
    quarter(scene, n, bodies="oc")
    scene.person(n)
    scene.seat(n, "member", f"oc-{n}")


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """Seats, employers, posts, what is covered, served and run, places and lists have days."""
    cases = [
        linked(employed, "oc-# COVERS q-#", without=None, expect="fail"),
        linked(employed, "p-# HOLDS_POST oc-#", without=None, expect="fail", role="member"),
        linked(employed, "pp-# SERVES q-#", without=None, expect="fail"),
        linked(employed, "pp-# OPERATED_BY pf-#", without="unknown", expect="fail"),
        linked(listed, "p-# EMPLOYED_BY pf-#", without="pass", expect="fail", kind="employee"),
        linked(listed, "p-# HOLDS_POST pp-#", without="pass", expect="fail", role="staff"),
        linked(affiliated, "pf-# SUBORDINATE_TO u-#", without="pass", expect="fail"),
        linked(seated, f"q-# COMPLETE_IN {SOURCE}", without="unknown", expect="pass", subject="employment"),
        linked(seated, f"p-# COMPLETE_IN {SOURCE}", without="unknown", expect="pass", subject="employment"),
        linked(seated, f"pf-# COMPLETE_IN {SOURCE}", without="unknown", expect="pass", subject="employment"),
        linked(listed_above, "q-# PART_OF @#", without="unknown", expect="pass"),
    ]
    await assert_spells(graph, R27, cases, key)


async def test_a_project_that_is_not_there_today(graph: Graph) -> None:
    """A quarter is without a project only on the days on which none serves it."""
    cases = [
        linked(employed, "pp-# SERVES q-#", without="unknown", expect=None),
        linked(
            unserved,
            f"q-# COMPLETE_IN {SOURCE}",
            without="unknown",
            expect="not_applicable",
            subject="property_project",
        ),
    ]
    await assert_spells(graph, R27, cases, bare_key)
