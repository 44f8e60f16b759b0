"""Resource paths: hand-made walks on both engines, and drawn graphs against plain search."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from graph.model import walk_cost
from graph.paths import find_paths
from graph.reading.graph import Graph
from tests.builder import GraphBuilder, district
from tests.oracle import paths as oracle
from tests.oracle.asking import Row, ask, is_enough, store, view_of
from tests.oracle.scene import COMMUNITY, DISTRICT, RESIDENTS, STREET, Scene
from tests.oracle.view import View
from tests.paths.drawing import graphs_with_uses, query_for, sources
from tests.paths.needs import FIRST, need, resource
from tests.strategies import DAY, TOMORROW, YESTERDAY, graphs

ALL = 10_000
"""More paths than any small graph has."""


async def paths_of(
    graph: Graph, builder: GraphBuilder, source: str, as_of: date = DAY, **params: Any
) -> list[Row]:
    """Rows of the path query on a graph that is stored first."""
    await store(graph, builder)
    return await ask(graph, "resource_paths", as_of, source=source, **{"k": ALL, **params})


def ladder() -> Scene:
    """A need, and medical resources at the quarter, the community, a co-builder, the district."""
    scene = Scene(1, bodies="po")
    b = scene.builder
    need(b, FIRST, "medical")
    b.node("u-990101-1", category="public_institution")
    scene.link("u-1", "CO_BUILDS", "po-1")
    b.node("t-990101-1", kind="volunteer_team")
    scene.link("t-1", "SERVES", DISTRICT)
    for number, provider in enumerate(("po-990101-1", "u-990101-1", RESIDENTS, "t-990101-1"), 1):
        resource(b, provider, number)
    resource(b, "po-990101-1", 5, "venue")
    return scene


async def test_nearest_resource_comes_first_with_its_way(graph: Graph) -> None:
    """Costs: 2 a level up, 1 each for covering, serving, co-building, offering, 0 to the place."""
    scene = ladder()
    rows = await paths_of(graph, scene.builder, "n-990101-1")
    assert [(r["resource"], r["cost"]) for r in rows] == [
        ("r-990101-1", 2),
        ("r-990101-2", 3),
        ("r-990101-3", 4),
        ("r-990101-4", 8),
    ]
    assert rows[1]["nodes"] == ["n-990101-1", FIRST, "po-990101-1", "u-990101-1", "r-990101-2"]
    assert rows[1]["types"] == ["CONCERNS", "COVERS", "CO_BUILDS", "OFFERS"]
    assert rows[3]["provider"] == "t-990101-1"


async def test_k_limits_and_category_filters(graph: Graph) -> None:
    """The k cheapest alone; a category asked for, or of a quarter every category."""
    scene = ladder()
    two = await paths_of(graph, scene.builder, "n-990101-1", k=2)
    assert [r["resource"] for r in two] == ["r-990101-1", "r-990101-2"]
    venues = await ask(graph, "resource_paths", DAY, source="n-990101-1", category="venue", k=9)
    assert [r["resource"] for r in venues] == ["r-990101-5"]
    everything = await ask(graph, "resource_paths", DAY, source=FIRST, k=9)
    assert [r["cost"] for r in everything] == [2, 2, 3, 4, 8]


@pytest.mark.parametrize(("day", "found"), [(YESTERDAY, True), (DAY, False), (TOMORROW, False)])
@pytest.mark.parametrize(
    "edge",
    ["n-990101-1~CONCERNS~q-990101-01", "po-990101-1~COVERS~q-990101-01", "po-990101-1~OFFERS~r-990101-1"],
)
async def test_no_way_leads_over_an_edge_that_has_ended(
    graph: Graph, edge: str, day: date, found: bool
) -> None:
    """`until` is exclusive: an edge that ends today carries no path today."""
    scene = ladder()
    scene.builder.edges[edge]["until"] = DAY
    rows = await paths_of(graph, scene.builder, "n-990101-1", day)
    assert found == any(r["resource"] == "r-990101-1" for r in rows)


async def test_paths_go_three_levels_up_and_one_co_builder_far(graph: Graph) -> None:
    """A fourth level, a second co-builder and what an owners' committee covers are out of reach."""
    builder = GraphBuilder()
    (quarter,) = district(builder, 1)
    b = builder
    b.node("430400000000", level="city")
    b.edge(DISTRICT, "PART_OF", "430400000000")
    for number, place in enumerate((STREET, DISTRICT, "430400000000"), start=1):
        b.node(f"t-990101-{number}", kind="volunteer_team")
        b.edge(f"t-990101-{number}", "SERVES", place)
        resource(b, f"t-990101-{number}", number)
    for number in (1, 2, 3):
        b.node(f"po-990101-{number}", level="quarter", tier="branch")
    b.edge("po-990101-1", "COVERS", quarter)
    b.edge("po-990101-2", "CO_BUILDS", "po-990101-1")
    b.edge("po-990101-3", "CO_BUILDS", "po-990101-2")
    for number in (2, 3):
        resource(b, f"po-990101-{number}", number + 10)
    rows = await paths_of(graph, b, quarter)
    assert [(r["resource"], r["cost"]) for r in rows] == [
        ("r-990101-12", 3),
        ("r-990101-1", 6),
        ("r-990101-2", 8),
    ]


async def test_a_full_resource_is_no_way_out(graph: Graph) -> None:
    """Known uses below the capacity leave room; at the capacity they do not; unknown ones may."""
    scene = ladder()
    b = scene.builder
    b.nodes["r-990101-1"] |= {"capacity": 10.0, "capacity_unit": "人次/月"}
    b.node("pj-990101-1", status="active")
    b.edge("pj-990101-1", "USES", "r-990101-1", amount=9.5)
    await store(graph, b)
    (path,) = (await find_paths(graph, "n-990101-1", k=1, as_of=DAY)).data["paths"]
    assert path["capacity"] == {"capacity": 10, "unit": "人次/月", "used": 9.5, "use_known": True}
    b.node("pj-990101-2", status="active")
    b.edge("pj-990101-2", "USES", "r-990101-1")
    await store(graph, b)
    (path,) = (await find_paths(graph, "n-990101-1", k=1, as_of=DAY)).data["paths"]
    assert (path["resource"], path["capacity"]["use_known"]) == ("r-990101-1", False)
    b.edges["pj-990101-2~USES~r-990101-1"]["amount"] = 0.5
    await store(graph, b)
    (path,) = (await find_paths(graph, "n-990101-1", k=1, as_of=DAY)).data["paths"]
    assert path["resource"] == "r-990101-2"
    b.edges["pj-990101-2~USES~r-990101-1"]["until"] = DAY
    await store(graph, b)
    (path,) = (await find_paths(graph, "n-990101-1", k=1, as_of=DAY)).data["paths"]
    assert path["resource"] == "r-990101-1"


async def test_bodies_and_persons_have_ways_of_their_own(graph: Graph) -> None:
    """A body's own resource, a co-builder's, and by its quarter what others offer."""
    scene = ladder()
    scene.builder.node("p-990101-1")
    scene.builder.edge("p-990101-1", "HOLDS_POST", "po-990101-1", role="secretary")
    await store(graph, scene.builder)
    own = await ask(graph, "resource_paths_of_body", DAY, source="po-990101-1", k=9)
    assert [(r["resource"], r["cost"]) for r in own] == [
        ("r-990101-1", 1),
        ("r-990101-5", 1),
        ("r-990101-2", 2),
        ("r-990101-3", 5),
        ("r-990101-4", 9),
    ]
    posts = await ask(graph, "resource_paths_of_body", DAY, source="p-990101-1", k=9)
    assert [r["cost"] for r in posts] == [2, 2, 3, 6, 10]
    assert posts[0]["names"][0] is None
    far = await ask(graph, "resource_paths_of_body", DAY, source="p-990101-1", k=9, max_hops=3)
    assert [r["cost"] for r in far] == [2, 2, 3]


async def test_targets_are_resources_or_their_providers(graph: Graph) -> None:
    """Only paths to one of them are given."""
    scene = ladder()
    await store(graph, scene.builder)
    for targets, found in (
        (["r-990101-3"], ["r-990101-3"]),
        (["u-990101-1", "r-990101-4"], ["r-990101-2", "r-990101-4"]),
        (["t-990101-9"], []),
    ):
        answer = await find_paths(graph, "n-990101-1", targets=targets, as_of=DAY)
        assert [p["resource"] for p in answer.data["paths"]] == found


async def test_answer_without_a_path_says_whether_there_is_none(graph: Graph) -> None:
    """No path: none where resources and co-building are listed, unknown where one list is open."""
    scene = Scene(1, bodies="po")
    id_ = need(scene.builder, FIRST, "medical")
    await store(graph, scene.builder)
    answer = (await find_paths(graph, id_, as_of=DAY)).data
    assert (answer["verdict"], len(answer["missing"])) == ("unknown", 2)
    scene.complete(COMMUNITY, "resource", "co_building")
    await store(graph, scene.builder)
    assert (await find_paths(graph, id_, as_of=DAY)).data["verdict"] == "none"
    resource(scene.builder, "po-990101-1", 1)
    await store(graph, scene.builder)
    assert (await find_paths(graph, id_, as_of=DAY)).data["verdict"] == "found"


# Drawn graphs ----------------------------------------------------------------------------------


def check_path(view: View, row: Row) -> None:
    """Every edge is open on the day, joins its two nodes, and is paid for."""
    open_edges = {e["id"]: e for e in view.edges}
    for i, id_ in enumerate(row["edges"]):
        edge = open_edges[id_]
        assert {edge["from"], edge["to"]} == set(row["nodes"][i : i + 2])
        assert edge["type"] == row["types"][i]
    assert row["cost"] == sum(walk_cost(t) or 0 for t in row["types"])
    assert len(row["edges"]) == row["hops"]


@settings(max_examples=20)
@given(builder=graphs_with_uses())
async def test_paths_agree_with_plain_search(graph: Graph, builder: GraphBuilder) -> None:
    """The same paths as a search in Python from every need, place, body and person."""
    if is_enough(graph):
        return
    await store(graph, builder)
    view = view_of(builder, DAY)
    for source in sources(view):
        rows = await ask(graph, query_for(source), DAY, source=source, k=ALL)
        expected = [p for p in oracle.find_paths(view, source) if oracle.has_room(view, p.resource)]
        assert {p.edges: p.cost for p in expected} == {tuple(r["edges"]): r["cost"] for r in rows}
        assert [p.cost for p in expected] == [r["cost"] for r in rows]
        for row in rows:
            check_path(view, row)


@settings(max_examples=20)
@given(builder=graphs())
async def test_no_path_is_cheaper_than_dijkstras(graph: Graph, builder: GraphBuilder) -> None:
    """From needs and quarters, and the k cheapest are the first of all."""
    if is_enough(graph):
        return
    await store(graph, builder)
    view = view_of(builder, DAY)
    for source in sources(view, ("Need", "Quarter")):
        rows = await ask(graph, "resource_paths", DAY, source=source, k=ALL)
        assert oracle.cheapest(view, source) == min((r["cost"] for r in rows), default=None)
        assert rows[:2] == await ask(graph, "resource_paths", DAY, source=source, k=2)


@settings(max_examples=20)
@given(builder=graphs_with_uses())
async def test_the_answer_gives_the_best_different_paths(graph: Graph, builder: GraphBuilder) -> None:
    """The cheapest node sequences, none twice, each adding up to its cost."""
    if is_enough(graph):
        return
    await store(graph, builder)
    view = view_of(builder, DAY)
    for source in sources(view):
        answer = (await find_paths(graph, source, k=3, as_of=DAY)).data
        cheapest: dict[tuple[str, ...], int] = {}
        for path in oracle.find_paths(view, source):
            if oracle.has_room(view, path.resource):
                cheapest.setdefault(path.nodes, path.cost)
        assert [p["cost"] for p in answer["paths"]] == sorted(cheapest.values())[:3]
        found = [tuple(n["id"] for n in p["nodes"]) for p in answer["paths"]]
        assert len(set(found)) == len(found)
        for path, nodes in zip(answer["paths"], found, strict=True):
            assert cheapest[nodes] == path["cost"] == sum(path["costs"].values())
            assert [h["to"] for h in path["hops"]] == list(nodes[1:])


@settings(max_examples=10)
@given(builder=graphs())
async def test_removing_a_path_changes_the_answer(graph: Graph, builder: GraphBuilder) -> None:
    """Without any one edge of the cheapest path, that path is not returned."""
    if is_enough(graph):
        return
    await store(graph, builder)
    view = view_of(builder, DAY)
    for source in sources(view, ("Need", "Quarter")):
        rows = await ask(graph, "resource_paths", DAY, source=source, k=1)
        if rows:
            for id_ in rows[0]["edges"]:
                del builder.edges[id_]
            await store(graph, builder)
            again = await ask(graph, "resource_paths", DAY, source=source, k=ALL)
            gone = set(rows[0]["edges"])
            assert not any(gone & set(r["edges"]) for r in again)
            assert all(r["cost"] >= rows[0]["cost"] for r in again)
            return
