"""R29: who manages a quarter and sits in a body that supervises it."""

from __future__ import annotations

from datetime import date

import pytest

from graph.answers import Graph
from tests.oracle.scene import COMMUNITY, RESIDENTS, Scene
from tests.rules.asking import again, rows_of, verdicts_of

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
