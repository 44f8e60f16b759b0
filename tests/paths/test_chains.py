"""Contact chains and connections against networkx on the whole of a drawn graph."""

from __future__ import annotations

from itertools import islice
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadParameter, NotFound
from graph.model import EDGES, label_of
from graph.paths import chains, find_chains, find_connections, frontier
from graph.reading.graph import Graph
from tests.builder import GraphBuilder
from tests.conftest import unmasked
from tests.oracle.asking import is_enough, store, view_of
from tests.oracle.scene import Scene
from tests.oracle.view import View
from tests.strategies import DAY, TOMORROW, graphs

ONE, TWO, THREE = "p-990101-1", "p-990101-2", "p-990101-3"


def chain_of_three() -> Scene:
    """Two persons who never sat together, and one who sits with each of them."""
    scene = Scene(2, bodies="po oc")
    for person in (ONE, TWO, THREE):
        scene.builder.node(person)
    scene.builder.edge(ONE, "HOLDS_POST", "po-990101-1", role="secretary")
    scene.builder.edge(TWO, "HOLDS_POST", "po-990101-1", role="committee_member")
    scene.builder.edge(TWO, "HOLDS_POST", "oc-990101-1", role="member")
    scene.builder.edge(THREE, "HOLDS_POST", "oc-990101-1", role="chair")
    return scene


async def test_a_chain_names_who_introduces_whom(graph: Graph) -> None:
    """From person to body to person; the names of persons are withheld, not the way."""
    await store(graph, chain_of_three().builder)
    answer = (await find_chains(graph, ONE, THREE, as_of=DAY)).data
    (path,) = answer["paths"]
    assert [n["id"] for n in path["nodes"]] == [ONE, "po-990101-1", TWO, "oc-990101-1", THREE]
    assert (answer["verdict"], path["cost"], answer["not_walked"]) == ("found", 4, ["EMPLOYED_BY"])
    assert answer["source_name"] is None


async def test_a_post_that_ended_introduces_nobody(graph: Graph) -> None:
    """The chain breaks, and nothing on record joins the two."""
    scene = chain_of_three()
    scene.builder.edges[f"{TWO}~HOLDS_POST~oc-990101-1~member~1"]["until"] = DAY
    await store(graph, scene.builder)
    answer = (await find_chains(graph, ONE, THREE, as_of=DAY)).data
    assert (answer["verdict"], answer["paths"], answer["truncated"]) == ("none", [], False)


async def test_colleagues_are_walked_only_where_personal_data_may_be_shown(graph: Graph) -> None:
    """That someone is employed somewhere is personal."""
    scene = chain_of_three()
    scene.builder.node("u-990101-1")
    for person in (ONE, THREE):
        scene.builder.edge(person, "EMPLOYED_BY", "u-990101-1", kind="employee")
    await store(graph, scene.builder)
    masked = (await find_chains(graph, ONE, THREE, as_of=DAY)).data
    assert [p["cost"] for p in masked["paths"]] == [4]
    shown = (await find_chains(unmasked(graph), ONE, THREE, as_of=DAY)).data
    assert [p["cost"] for p in shown["paths"]] == [2, 4]
    assert shown["not_walked"] == []


async def test_wrong_ends_are_refused(graph: Graph) -> None:
    """The same node twice, a place in a chain of contacts, a node that is not there."""
    await store(graph, chain_of_three().builder)
    with pytest.raises(BadParameter, match="target"):
        await find_chains(graph, ONE, ONE)
    with pytest.raises(BadParameter, match="target"):
        await find_chains(graph, ONE, "q-990101-01")
    with pytest.raises(NotFound):
        await find_connections(graph, ONE, "q-990101-99")
    with pytest.raises(BadParameter, match="max_hops"):
        await find_connections(graph, ONE, TWO, max_hops=chains.MAX_HOPS + 1)


async def test_a_search_that_is_cut_says_so(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the size limit "none" would be a lie: the answer is not known."""
    await store(graph, chain_of_three().builder)
    monkeypatch.setattr(frontier, "MAX_NODES", 3)
    answer = await find_chains(graph, ONE, THREE, as_of=DAY)
    assert (answer.data["verdict"], answer.data["truncated"]) == ("unknown", True)
    assert answer.stamp.truncated


def whole(view: View, costs: dict[str, int]) -> nx.Graph[str]:
    """Everything that may be walked, either way, each pair at its least cost."""
    found: nx.Graph[str] = nx.Graph()
    found.add_nodes_from(view.nodes)
    for edge in view.edges:
        cost = costs.get(edge["type"])
        if cost is not None:
            known = found.get_edge_data(edge["from"], edge["to"], {"cost": cost})
            found.add_edge(edge["from"], edge["to"], cost=min(cost, known["cost"]))
    return found


def best(found: nx.Graph[str], one: str, other: str, k: int, hops: int) -> list[int]:
    """Costs of the k cheapest simple ways of at most so many hops, by plain enumeration."""
    ways = nx.all_simple_paths(found, one, other, cutoff=hops)
    return sorted(nx.path_weight(found, way, "cost") for way in islice(ways, 200_000))[:k]


@settings(max_examples=20)
@given(builder=graphs(), data=st.data())
async def test_ways_are_the_cheapest_of_all(graph: Graph, builder: GraphBuilder, data: st.DataObject) -> None:
    """Against every simple way that networkx enumerates, over ties and over posts."""
    if is_enough(graph):
        return
    await store(graph, builder)
    view = view_of(builder, DAY)
    ties = {t: e.tie for t, e in EDGES.items() if e.tie is not None}
    posts = {t: e.chain for t, e in EDGES.items() if e.chain is not None}
    for find, costs, labels in ((find_connections, ties, None), (find_chains, posts, chains.CHAIN_ENDS)):
        nodes = [n for n in view.nodes if labels is None or label_of(n) in labels]
        one, other = data.draw(st.sampled_from(nodes)), data.draw(st.sampled_from(nodes))
        if one == other:
            continue
        answer = await find(unmasked(graph), one, other, k=3, max_hops=5, as_of=DAY)
        found = whole(view, costs)
        assert [p["cost"] for p in answer.data["paths"]] == best(found, one, other, 3, 5)
        for path in answer.data["paths"]:
            check_way(view, path, nx.shortest_path_length(found, one, other))


def check_way(view: View, path: dict[str, Any], shortest: int) -> None:
    """Open edges that join its nodes; never fewer hops than the shortest way without costs."""
    open_today = {e["id"]: e for e in view.edges}
    assert len(path["hops"]) >= shortest
    for hop in path["hops"]:
        edge = open_today[hop["edge"]]
        assert {edge["from"], edge["to"]} == {hop["from"], hop["to"]}
    assert path["cost"] == sum(h["cost"] for h in path["hops"])


async def test_a_tie_of_tomorrow_joins_nobody_today(graph: Graph) -> None:
    """Connections are those of the day."""
    scene = chain_of_three()
    scene.builder.node("u-990101-1")
    scene.builder.edge("u-990101-1", "BASED_IN", "q-990101-02", since=TOMORROW)
    await store(graph, scene.builder)
    early = (await find_connections(graph, ONE, "u-990101-1", as_of=DAY)).data
    later = (await find_connections(graph, ONE, "u-990101-1", as_of=TOMORROW)).data
    assert (early["verdict"], later["verdict"]) == ("none", "found")
