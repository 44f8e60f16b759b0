"""Why there is no path: each reason by hand, the best near-path against plain search."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings

from graph.model import label_of
from graph.paths import find_paths
from graph.paths.why_not import NEAR_LEVELS
from graph.reading.graph import Graph
from tests.builder import GraphBuilder
from tests.oracle import paths as oracle
from tests.oracle.asking import ask, is_enough, store, view_of
from tests.oracle.scene import COMMUNITY, Scene
from tests.oracle.view import View
from tests.paths.drawing import graphs_with_uses, query_for, regardless, sources
from tests.paths.needs import FIRST, need, resource
from tests.strategies import DAY, TOMORROW

SECOND = "q-990101-02"
NEED = "n-990101-1"


def one_way() -> Scene:
    """A need and the one resource that would meet it, in the same quarter."""
    scene = Scene(2, bodies="po")
    need(scene.builder, FIRST, "medical")
    resource(scene.builder, "po-990101-1", 1)
    return scene


async def why_not(graph: Graph, scene: Scene, source: str = NEED, **options: Any) -> dict[str, Any]:
    """The reason that an answer without a path gives."""
    await store(graph, scene.builder)
    answer = (await find_paths(graph, source, as_of=DAY, **options)).data
    assert answer["paths"] == []
    found: dict[str, Any] = answer["why_not"]
    assert found["sentence_zh"].endswith("。")
    assert found["sentence_en"].endswith(".")
    return found


@pytest.mark.parametrize(
    ("edge", "hops"), [("po-990101-1~COVERS~q-990101-01", 2), ("po-990101-1~OFFERS~r-990101-1", 3)]
)
@pytest.mark.parametrize(
    ("period", "reason"), [({"until": DAY}, "ended"), ({"since": TOMORROW}, "not_begun")]
)
async def test_the_first_blocked_hop_is_named(
    graph: Graph, edge: str, hops: int, period: dict[str, date], reason: str
) -> None:
    """A tie that ended today or begins tomorrow, with the way up to it."""
    scene = one_way()
    scene.builder.edges[edge] |= period
    found = await why_not(graph, scene)
    assert (found["reason"], found["hop"]["edge"], len(found["hops"])) == (reason, edge, hops)
    assert found["resource"] == "r-990101-1"
    if reason == "ended":
        assert str(DAY) in found["sentence_zh"]


async def test_a_closed_need_is_said_to_be_closed(graph: Graph) -> None:
    """Its way is not broken: the need is over."""
    scene = one_way()
    scene.builder.edges["n-990101-1~CONCERNS~q-990101-01"]["until"] = DAY
    assert (await why_not(graph, scene))["reason"] == "closed"


async def test_a_full_resource_is_said_to_be_full(graph: Graph) -> None:
    """With its capacity and what is known to be in use."""
    scene = one_way()
    scene.builder.nodes["r-990101-1"] |= {"capacity": 2.0, "capacity_unit": "场"}
    scene.builder.node("pj-990101-1", status="active")
    scene.builder.edge("pj-990101-1", "USES", "r-990101-1", amount=2.0)
    found = await why_not(graph, scene)
    assert (found["reason"], found["hop"]["type"]) == ("full", "OFFERS")
    assert "2场" in found["sentence_zh"]


async def test_the_way_with_fewest_blocks_is_the_best_near_path(graph: Graph) -> None:
    """A dearer way that is blocked once comes before a cheap one that is blocked twice."""
    scene = one_way()
    b = scene.builder
    for edge in ("po-990101-1~COVERS~q-990101-01", "po-990101-1~OFFERS~r-990101-1"):
        b.edges[edge]["until"] = DAY
    b.node("t-990101-1", kind="volunteer_team")
    b.edge("t-990101-1", "SERVES", COMMUNITY)
    resource(b, "t-990101-1", 2)
    b.edges["t-990101-1~OFFERS~r-990101-2"]["until"] = DAY
    found = await why_not(graph, scene)
    assert found["hop"]["edge"] == "t-990101-1~OFFERS~r-990101-2"


async def test_a_resource_of_another_area_is_named(graph: Graph) -> None:
    """It is on offer in the second quarter, and no tie leads from the first."""
    scene = Scene(2, bodies="po")
    need(scene.builder, FIRST, "medical")
    resource(scene.builder, "po-990101-2", 1)
    found = await why_not(graph, scene)
    assert (found["reason"], found["resource"], found["provider"], found["area"]) == (
        "other_area",
        "r-990101-1",
        "po-990101-2",
        COMMUNITY,
    )
    assert found["hop"] is None


async def test_what_is_not_on_record_is_said_to_be_so(graph: Graph) -> None:
    """No resource of the category at all; nor does a need without categories find one."""
    scene = Scene(1, bodies="po")
    need(scene.builder, FIRST, "medical")
    resource(scene.builder, "po-990101-1", 1, "venue")
    assert (await why_not(graph, scene))["reason"] == "not_recorded"
    assert (await why_not(graph, scene, category="mediation"))["reason"] == "not_recorded"
    scene.builder.nodes[NEED]["resource_categories"] = None
    found = await why_not(graph, scene)
    assert found["reason"] == "not_known_what"
    answer = (await find_paths(graph, NEED, as_of=DAY)).data
    assert answer["verdict"] == "unknown"
    assert f"{NEED}.resource_categories" in answer["missing"]


@settings(max_examples=20)
@given(builder=graphs_with_uses())
async def test_the_best_near_path_is_that_of_plain_search(graph: Graph, builder: GraphBuilder) -> None:
    """Fewest blocked hops, then the cheapest, from every source of a drawn graph."""
    if is_enough(graph):
        return
    await store(graph, builder)
    view, ever = view_of(builder, DAY), regardless(builder)
    open_today = {e["id"] for e in view.edges}

    def blocked(path: oracle.Path) -> int:
        shut = sum(e not in open_today for e in path.edges)
        full = path.edges[-1] in open_today and not oracle.has_room(view, path.resource)
        return shut + full

    for source in sources(view):
        rows = await ask(graph, query_for(source), DAY, source=source, near=True, k=1)
        ways = [(blocked(p), p.cost) for p in oracle.find_paths(ever, source)]
        found = [(sum(b is not None for b in r["blocks"]), r["cost"]) for r in rows]
        assert found == sorted(ways)[:1]


async def test_a_near_path_opens_when_its_block_is_lifted(graph: Graph) -> None:
    """Once the named tie is open again there is a path over it."""
    scene = one_way()
    edge = "po-990101-1~COVERS~q-990101-01"
    scene.builder.edges[edge]["until"] = DAY
    found = await why_not(graph, scene)
    scene.builder.edges[found["hop"]["edge"]]["until"] = DAY + timedelta(days=1)
    await store(graph, scene.builder)
    (path,) = (await find_paths(graph, NEED, as_of=DAY)).data["paths"]
    assert edge in [h["edge"] for h in path["hops"]]


def shared_levels(view: View, place: str) -> dict[tuple[str, str], int | None]:
    """Every resource on offer with its provider: levels from a place up to the nearest area they share."""
    upward = nx.DiGraph((e["from"], e["to"]) for e in view.edges if e["type"] == "PART_OF")
    upward.add_nodes_from(view.nodes)
    above = nx.single_source_shortest_path_length(upward, place)
    found: dict[tuple[str, str], int | None] = {}
    for offer in (e for e in view.edges if e["type"] == "OFFERS"):
        provider = offer["from"]
        bodies = [provider, *(e["to"] for e in view.out(provider, "CO_BUILDS"))]
        at = {e["to"] for b in bodies for t in ("COVERS", "SERVES", "BASED_IN") for e in view.out(b, t)}
        shared = above.keys() & {area for x in at for area in (x, *nx.descendants(upward, x))}
        found[offer["to"], provider] = min((above[area] for area in shared), default=None)
    return found


@settings(max_examples=15)
@given(builder=graphs_with_uses())
async def test_the_nearest_elsewhere_is_the_same_looked_for_level_by_level(
    graph: Graph, builder: GraphBuilder
) -> None:
    """Of each place: the levels to each resource are networkx's, and fewer levels give the nearest of all."""
    if is_enough(graph):
        return
    await store(graph, builder)
    view = view_of(builder, DAY)
    for place in [n for n in view.nodes if label_of(n) in ("Quarter", "Building", "Area")][:6]:
        every = await ask(graph, "resources_elsewhere", DAY, place=place, k=1000)
        assert {(r["resource"], r["provider"]): r["steps"] for r in every} == shared_levels(view, place)
        for levels in NEAR_LEVELS:
            near = await ask(graph, "resources_elsewhere", DAY, place=place, levels=levels, k=1000)
            assert near == [r for r in every if r["steps"] is not None and r["steps"] <= levels]
