"""Gephi, igraph and networkx load the files that are written for them, whole."""

from __future__ import annotations

from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import igraph
import networkx as nx
import pytest

from graph.reading.graph import Graph
from graph.views import Wanted, read_view
from graph.views.formats.documents import edge_kinds, gexf, graphml
from graph.views.view import View, ViewEdge, ViewNode
from tests.views.gephi import toolkit

DAY = date(2025, 6, 30)
NASTY = "示例\x1b[31m小区\x07\uffff"
"""A name that no import takes, and that a graph made by another program may hold."""


def parallel() -> View:
    """Two bodies with four edges: two spells of one type, another type, and one the other way."""
    body, quarter = "oc-990101-1", "q-990101-01"
    nodes = (ViewNode(body, "OwnersCommittee", NASTY), ViewNode(quarter, "Quarter", "示例小区"))
    edges = (
        ViewEdge("e1", "COVERS", body, quarter, until=date(2020, 1, 1), ended=True),
        ViewEdge("e2", "COVERS", body, quarter, since=date(2021, 1, 1)),
        ViewEdge("e3", "SERVES", body, quarter),
        ViewEdge("e4", "COVERS", quarter, body),
    )
    return View({"view": "node", "of": quarter, "as_of": DAY}, nodes, edges)


def test_no_two_edges_with_the_same_ends_are_of_one_kind() -> None:
    """What Gephi merges by is the type, numbered from the second of a type between two nodes on."""
    assert edge_kinds(parallel()) == {"e1": "COVERS", "e2": "COVERS 2", "e3": "SERVES", "e4": "COVERS"}
    written = [e.get("kind") for e in ET.fromstring(gexf(parallel())).iter() if e.tag.endswith("}edge")]
    assert written == ["COVERS", "COVERS 2", "SERVES", "COVERS"]


def test_the_type_of_an_edge_is_not_its_direction() -> None:
    """GEXF's own `type` says directed or not; networkx puts an attribute of that name there and loses it."""
    elements = [e for e in ET.fromstring(gexf(parallel())).iter() if e.tag.endswith("}edge")]
    assert {e.get("type") for e in elements} == {None}
    found = nx.read_gexf(BytesIO(gexf(parallel())))
    types = {data["id"]: data["edge_type"] for _, _, data in found.edges(data=True)}
    assert types == {"e1": "COVERS", "e2": "COVERS", "e3": "SERVES", "e4": "COVERS"}


def test_no_control_character_reaches_a_document() -> None:
    """GraphML and GEXF are XML whatever the names are; what XML cannot hold is seen to be replaced."""
    for read, content in ((nx.read_graphml, graphml(parallel())), (nx.read_gexf, gexf(parallel()))):
        found = read(BytesIO(content))
        assert found.nodes["oc-990101-1"]["name"] == "示例�[31m小区��"


async def test_gephi_keeps_every_edge(loaded: Graph, tmp_path: Path) -> None:
    """Nodes, edges, ends and weights of a neighbourhood in Gephi are those that were written."""
    toolkit.require_toolkit()
    view: View = (await read_view(loaded, Wanted(node="q-990101-001", hops=2), as_of=DAY)).data
    ends = Counter((e.source, e.target) for e in view.edges)
    assert max(ends.values()) > 1, "there are parallel edges, which this test is about"
    path = tmp_path / "view.gexf"
    path.write_bytes(gexf(view))
    found = toolkit.load(path)
    assert found["edges"] == sorted([e.id, e.source, e.target, float(e.weight)] for e in view.edges)
    assert found["nodes"] == sorted([n.id, n.name] for n in view.nodes)


@pytest.mark.filterwarnings("ignore:Could not add edge ids:RuntimeWarning")
@pytest.mark.parametrize("hops", [1, 2])
async def test_igraph_keeps_every_edge(loaded: Graph, tmp_path: Path, hops: int) -> None:
    """GraphML is read by igraph with all edges, their ids and their ends."""
    view: View = (await read_view(loaded, Wanted(node="q-990101-001", hops=hops), as_of=DAY)).data
    path = tmp_path / "view.graphml"
    path.write_bytes(graphml(view))
    found = igraph.Graph.Read_GraphML(str(path))
    names = found.vs["id"]
    ends = [(e["id"], names[e.source], names[e.target], e["edge_type"]) for e in found.es]
    assert sorted(ends) == sorted((e.id, e.source, e.target, e.edge_type) for e in view.edges)
