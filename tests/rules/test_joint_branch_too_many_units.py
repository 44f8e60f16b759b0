"""R05: joint branches that cover too many quarters and units, or only one."""

from __future__ import annotations

from typing import Any

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DISTRICT, Scene
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.party import SPELLS, assert_places, assert_registers, organization, verdicts

RULE = "joint_branch_too_many_units"
JOINT: dict[str, Any] = {"tier": "joint_branch", "level": "quarter"}


def scene_of_joint_branches(*sizes: int) -> Scene:
    """Joint branches 1, 2 … that cover so many of the scene's quarters."""
    scene = Scene(max(sizes), "")
    for number, size in enumerate(sizes, start=1):
        organization(scene, str(number), *scene.quarters[:size], **JOINT)
    return scene


async def test_five_quarters_are_allowed_and_six_are_too_many(graph: Graph) -> None:
    """Two to five pass, one is a remark, six a warning, with what is covered as evidence."""
    scene = scene_of_joint_branches(1, 2, 5, 6)
    scene.complete(COMMUNITY, "party_organization")
    rows = await rows_of(graph, scene, RULE)
    columns = ("verdict", "severity", "findings", "units", "missing")
    assert verdicts(rows, *columns) == {
        "1": ("fail", "info", ["single"], 1, []),
        "2": ("pass", None, [], 2, []),
        "3": ("pass", None, [], 5, []),
        "4": ("fail", "warning", ["too_many"], 6, []),
    }
    register = f"{COMMUNITY}~COMPLETE_IN~d-990101-register~party_organization"
    covers = [f"~COVERS~{q}" for q in scene.quarters]
    assert verdicts(rows, "evidence") == {
        "1": (["po-990101-1" + covers[0], register],),
        "2": ([*("po-990101-2" + c for c in covers[:2]), register],),
        "3": ([*("po-990101-3" + c for c in covers[:5]), register],),
        "4": (["po-990101-4" + c for c in covers],),
    }
    changed = verdicts(await again(graph, RULE, max_units=4, min_units=3), "findings")
    assert changed == {"1": (["single"],), "2": (["single"],), "3": (["too_many"],), "4": (["too_many"],)}
    assert verdicts(await again(graph, RULE, min_units=1))["1"] == "pass"
    narrow = await again(graph, RULE, max_units=1)
    assert verdicts(narrow, "findings", "severity")["1"] == (["single"], "info")


async def test_without_a_register_more_may_be_covered(graph: Graph) -> None:
    """Up to the maximum it is unknown; beyond it, it is not; nothing covered does not apply."""
    scene = scene_of_joint_branches(1, 5, 6)
    organization(scene, "none", **JOINT)
    listed = organization(scene, "listed", **JOINT)
    scene.complete(listed, "party_organization")
    rows = verdicts(await rows_of(graph, scene, RULE), "verdict", "missing", "evidence")
    assert {k: v[:2] for k, v in rows.items()} == {
        "1": ("unknown", ["party_organization@po-990101-1"]),
        "2": ("unknown", ["party_organization@po-990101-2"]),
        "3": ("fail", []),
        "none": ("unknown", ["party_organization@po-990101-none"]),
        "listed": ("not_applicable", []),
    }
    assert rows["listed"][2] == [f"{listed}~COMPLETE_IN~d-990101-register~party_organization"]


async def test_units_and_firms_count_and_other_places_do_not(graph: Graph) -> None:
    """Counted are quarters, units and firms covered today, each once; only of joint branches."""
    scene = Scene(1, "")
    scene.complete(DISTRICT, "party_organization")
    quarter = scene.quarters[0]
    building = scene.builder.node("b-990101-1", level="building")
    scene.builder.edge(building, "PART_OF", quarter)
    unit, firm = scene.builder.node("u-990101-1"), scene.builder.node("pf-990101-1")
    for name, spell in SPELLS.items():
        body = organization(scene, name, quarter, building, COMMUNITY, **JOINT)
        for covered in (unit, firm):
            scene.builder.edge(body, "COVERS", covered, **spell)
    again_covered = organization(scene, "again", quarter, **JOINT)
    scene.builder.edge(again_covered, "COVERS", quarter, spell=2)
    for tier in ("branch", "functional_branch", None):
        organization(scene, f"not-{tier}".replace("_", "-"), quarter, tier=tier)
    rows = verdicts(await rows_of(graph, scene, RULE), "units", "verdict")
    assert rows == {"today": (3, "pass"), "ended": (1, "fail"), "later": (1, "fail"), "again": (1, "fail")}


async def test_rows_stand_where_the_branch_does(graph: Graph) -> None:
    """Existence and area come from what is covered today, and an area gives only its rows."""
    await assert_places(graph, RULE, **JOINT)


async def test_a_register_closes_what_a_branch_covers(graph: Graph) -> None:
    """At the branch or an area above, not at a quarter, and only while it is open."""
    await assert_registers(graph, RULE, "party_organization", "fail", by_quarter=False, **JOINT)
