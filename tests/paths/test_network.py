"""Analyses: definitions recomputed by hand or by another algorithm on drawn networks."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadParameter
from graph.paths.network import analyse, find_cut_points, find_groups, find_needed, make_network, rank_central
from graph.private import MASK
from graph.reading.graph import Graph
from tests.builder import GraphBuilder
from tests.conftest import unmasked
from tests.oracle import paths as oracle
from tests.oracle.asking import ask, is_enough, store, view_of
from tests.oracle.scene import COMMUNITY, Scene
from tests.strategies import DAY, graphs

AREA = "990101001001"
names = st.sampled_from([f"n{i}" for i in range(7)])
pairs = st.lists(st.tuples(names, names).filter(lambda p: p[0] != p[1]), max_size=14)


@given(found=pairs)
def test_betweenness_is_the_share_of_shortest_ways(found: list[tuple[str, str]]) -> None:
    """Recounted from every shortest way of every pair."""
    network = make_network(found)
    others = len(network) - 1
    for row in rank_central(network):
        between = 0.0
        for a, b in combinations(sorted(set(network) - {row["node"]}), 2):
            if nx.has_path(network, a, b):
                ways = list(nx.all_shortest_paths(network, a, b))
                between += sum(row["node"] in way for way in ways) / len(ways)
        share = between / (others * (others - 1) / 2) if others > 1 else 0.0
        assert row["betweenness"] == pytest.approx(share)
        assert row["ties"] == len(set(network[row["node"]]))


@given(found=pairs)
def test_a_cut_point_is_what_cannot_be_taken_away(found: list[tuple[str, str]]) -> None:
    """Exactly the nodes without which there are more parts; counted by taking each away."""
    network = make_network(found)
    expected = {}
    for node in network:
        rest = nx.Graph(network)
        rest.remove_node(node)
        before, after = list(nx.connected_components(network)), list(nx.connected_components(rest))
        if len(after) > len(before):
            own = [len(c) for c in after if c & next(p for p in before if node in p)]
            expected[node] = (len(own), sum(own) - max(own))
    assert {r["node"]: (r["parts"], r["cut_off"]) for r in find_cut_points(network)} == expected


@given(found=pairs)
def test_groups_divide_the_network_the_same_way_each_time(found: list[tuple[str, str]]) -> None:
    """Every node is in one group; groups lie within connected parts; a second run agrees."""
    network = make_network(found)
    rows = find_groups(network)
    assert sorted(r["node"] for r in rows) == sorted(network)
    for one, other in combinations(rows, 2):
        if one["group"] == other["group"]:
            assert nx.has_path(network, one["node"], other["node"])
    assert rows == find_groups(make_network(list(reversed(found))))


@settings(max_examples=20)
@given(builder=graphs())
async def test_what_a_quarter_depends_on_are_the_dominators(graph: Graph, builder: GraphBuilder) -> None:
    """Nodes on every path, against networkx's dominators of a category from the quarter."""
    if is_enough(graph):
        return
    await store(graph, builder)
    view = view_of(builder, DAY)
    for quarter in (n["id"] for n in view.of("Quarter")):
        rows = find_needed(quarter, await ask(graph, "resource_paths", DAY, source=quarter, k=9999))
        found = {(r["category"], r["node"]) for r in rows}
        walked: dict[str, nx.DiGraph[str]] = {}
        for path in oracle.find_paths(view, quarter):
            category = view.value(path.resource, "category")
            ways = walked.setdefault(category, nx.DiGraph())
            nx.add_path(ways, [*path.nodes, "end"])
        expected = set()
        for category, ways in walked.items():
            above, node = nx.immediate_dominators(ways, quarter), "end"
            while (node := above[node]) != quarter:
                if not node.startswith(("q-", "b-")) and not node[0].isdigit():
                    expected.add((category, node))
        assert found == expected


async def test_a_person_who_holds_two_bodies_together_is_a_cut_point(graph: Graph) -> None:
    """And the person's name is withheld unless it may be shown."""
    scene = Scene(1, bodies="po oc")
    b = scene.builder
    for person in ("p-990101-1", "p-990101-2", "p-990101-3"):
        b.node(person, name="某甲")
    b.edge("p-990101-1", "HOLDS_POST", "po-990101-1", role="secretary")
    b.edge("p-990101-1", "HOLDS_POST", "oc-990101-1", role="chair")
    b.edge("p-990101-2", "HOLDS_POST", "po-990101-1", role="committee_member")
    b.edge("p-990101-3", "HOLDS_POST", "oc-990101-1", role="member")
    await store(graph, b)
    rows = (await analyse(graph, "cut_points", COMMUNITY, as_of=DAY)).data
    person = next(r for r in rows if r["node"] == "p-990101-1")
    assert (person["parts"], person["cut_off"], person["name"]) == (2, 2, MASK)
    shown = (await analyse(unmasked(graph), "cut_points", COMMUNITY, as_of=DAY)).data
    assert next(r for r in shown if r["node"] == "p-990101-1")["name"] == "某甲"


@pytest.mark.parametrize("kind", ["centrality", "groups", "cut_points", "dependence"])
async def test_every_analysis_answers_for_the_worked_example(loaded: Graph, kind: str) -> None:
    """Rows with names and a stamp; the ties counted are those of the catalogue's questions."""
    answer = await analyse(loaded, kind, AREA, as_of=DAY)
    assert answer.data
    assert answer.stamp.data_version
    if kind == "centrality":
        ties = await ask(loaded, "co_building", DAY, area=AREA)
        posts = await ask(loaded, "area_posts", DAY, area=AREA)
        joined = {(r["member"], r["organization"]) for r in ties}
        joined |= {(r["person"], r["body"]) for r in posts}
        assert sum(r["ties"] for r in answer.data) == 2 * len(joined)


async def test_an_unknown_analysis_is_refused(loaded: Graph) -> None:
    """With the kinds that there are."""
    with pytest.raises(BadParameter, match="centrality"):
        await analyse(loaded, "pagerank", AREA)
