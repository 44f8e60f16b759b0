"""R27: owners' committee members who work for the firm that serves the quarter."""

from __future__ import annotations

from graph.answers import Graph
from tests.oracle.scene import COMMUNITY, DAY, Scene, post
from tests.rules.asking import verdicts_of
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
