"""The closing plan on scenes: what it says it closes is closed once it is carried out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from graph.coverage.gaps import find_gaps
from graph.coverage.plan import find_plan
from graph.errors import BadParameter, NotFound
from graph.reading.graph import Graph
from tests.builder import GraphBuilder
from tests.oracle.asking import is_enough, store
from tests.oracle.scene import COMMUNITY, DISTRICT, Scene
from tests.paths.drawing import graphs_with_uses
from tests.strategies import DAY

FIRST, SECOND = "q-990101-01", "q-990101-02"
UNIT, PARTY = "u-990101-1", "po-990101-9"


def scene_of_gaps() -> Scene:
    """A community without co-builders, two needs that no one can meet, a unit that could."""
    scene = Scene(2, bodies="po")
    b = scene.builder
    b.node(PARTY, level="community", tier="general_branch")
    b.edge(PARTY, "COVERS", COMMUNITY)
    for number, place in ((1, FIRST), (2, SECOND)):
        b.node(
            f"n-990101-{number}",
            kind="need",
            category="elderly",
            status="open",
            resource_categories=["medical"],
        )
        b.edge(f"n-990101-{number}", "CONCERNS", place)
    b.node(UNIT, category="public_institution")
    b.edge(UNIT, "BASED_IN", FIRST)
    b.node("r-990101-1", category="medical", capacity=1.0)
    b.edge(UNIT, "OFFERS", "r-990101-1")
    scene.complete(COMMUNITY, "resource", "co_building", "post", "party_organization")
    return scene


async def plan_of(graph: Graph, builder: GraphBuilder, **options: Any) -> dict[str, Any]:
    """The plan of the district on a graph that is stored first."""
    await store(graph, builder)
    found: dict[str, Any] = (await find_plan(graph, DISTRICT, as_of=DAY, **options)).data
    return found


async def test_one_invitation_closes_a_committee_and_what_the_capacity_allows(graph: Graph) -> None:
    """One of two needs is met, for the resource has room for one; the other says why not."""
    plan = await plan_of(graph, scene_of_gaps().builder)
    invite, match = plan["steps"]
    assert (invite["kind"], invite["unit"], invite["committee"]) == ("invite", UNIT, PARTY)
    assert {c["dimension"] for c in invite["closes"]} == {"big_committee", "resource_match"}
    assert (match["kind"], match["need"], match["by_step"]) == ("match", "n-990101-1", 1)
    assert plan["before"]["resource_match"] == {"gap": 2, "unknown": 0}
    assert plan["closed"]["resource_match"] == {"gap": 1, "unknown": 0}
    assert plan["closed"]["big_committee"] == {"gap": 1, "unknown": 0}
    assert [row["subject"] for row in plan["left"]] == ["n-990101-2"]


async def test_a_larger_room_or_a_smaller_share_meets_both(graph: Graph) -> None:
    """What one match takes is the caller's to say, and so is the room of an unknown capacity."""
    scene = scene_of_gaps()
    halves = await plan_of(graph, scene.builder, amount=0.5)
    assert halves["closed"]["resource_match"]["gap"] == 2
    scene.builder.nodes["r-990101-1"]["capacity"] = None
    for room, met in ((0, 0), (1, 1), (2, 2)):
        plan = await plan_of(graph, scene.builder, unknown_room=room)
        assert plan["closed"]["resource_match"]["gap"] == met
    scene.builder.nodes["r-990101-1"]["capacity"] = 9.0
    scene.builder.node("pj-990101-1", status="active")
    scene.builder.edge("pj-990101-1", "USES", "r-990101-1")
    plan = await plan_of(graph, scene.builder)
    assert plan["closed"]["resource_match"]["gap"] == 1


async def test_what_cannot_be_closed_is_told_why(graph: Graph) -> None:
    """No resource of the kind; a unit of another subdistrict; a need that does not say."""
    scene = scene_of_gaps()
    scene.builder.nodes["n-990101-2"]["resource_categories"] = ["venue"]
    scene.builder.nodes["n-990101-1"]["resource_categories"] = None
    plan = await plan_of(graph, scene.builder)
    reasons = {row["subject"]: row["reason_en"] for row in plan["left"]}
    assert "on record as offered" in reasons["n-990101-2"]
    assert "not on record" in reasons["n-990101-1"]


async def test_bad_parameters_are_refused(graph: Graph) -> None:
    """By name, with what was expected."""
    await store(graph, scene_of_gaps().builder)
    for options, named in (({"reach": "city"}, "reach"), ({"amount": 0}, "amount")):
        with pytest.raises(BadParameter, match=named):
            await find_plan(graph, DISTRICT, as_of=DAY, **options)
    with pytest.raises(NotFound):
        await find_plan(graph, "990199000000", as_of=DAY)


def carry_out(builder: GraphBuilder, plan: dict[str, Any]) -> None:
    """The ties and projects that the steps speak of."""
    for step in plan["steps"]:
        if step["kind"] == "invite":
            builder.edge(step["unit"], "CO_BUILDS", step["committee"], since=DAY, spell=9)
        else:
            project = builder.node(f"pj-990101-x{step['step']}", status="active")
            builder.edge(project, "MEETS", step["need"])
            builder.edge(project, "USES", step["resource"], amount=1.0)


@settings(max_examples=15)
@given(builder=graphs_with_uses())
async def test_what_is_said_to_be_closed_is_closed(graph: Graph, builder: GraphBuilder) -> None:
    """After the steps of a drawn graph's plan, its subjects are covered and the rest is not."""
    if is_enough(graph):
        return
    plan = await plan_of(graph, builder)
    announced = {(c["dimension"], c["subject"]) for s in plan["steps"] for c in s["closes"]}
    count = sum(n for states in plan["closed"].values() for n in states.values())
    assert len(announced) == count
    carry_out(builder, plan)
    await store(graph, builder)
    for dimension in ("resource_match", "big_committee"):
        covered = await find_gaps(graph, area=DISTRICT, dimension=dimension, state="covered", as_of=DAY)
        subjects = {row["subject"] for row in covered.data}
        assert {s for d, s in announced if d == dimension} <= subjects
