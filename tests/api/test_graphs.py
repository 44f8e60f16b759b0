"""Graph formats: other people's libraries load the answers as they are."""

from __future__ import annotations

import json
from typing import Any

import httpx
import networkx as nx
import pytest

from tests.api.conftest import get

DAY = {"as_of": "2025-06-30"}
VIEWS = [{"area": "990101001001"}, {"node": "q-990101-001"}, {"path": "n-990101-0001"}]
IDS = ["area", "node", "path"]


def size(found: nx.Graph[str]) -> tuple[int, int]:
    """Numbers of nodes and edges."""
    return found.number_of_nodes(), found.number_of_edges()


@pytest.mark.parametrize("view", VIEWS, ids=IDS)
async def test_networkx_loads_both_formats(client: httpx.AsyncClient, view: dict[str, Any]) -> None:
    """Node-link data and Cytoscape elements give the same graph, parallel edges kept."""
    linked = await get(client, "/api/v1/graph", format="nodelink", **view, **DAY)
    elements = await get(client, "/api/v1/graph", format="cytoscape", **view, **DAY)
    one: Any = nx.node_link_graph(linked, edges="edges")
    other: Any = nx.cytoscape_graph(elements)
    assert size(one) == size(other) == (len(linked["nodes"]), len(linked["edges"]))
    assert set(one.nodes) == set(other.nodes)
    assert set(one.edges(keys=True)) == set(other.edges(keys=True))
    assert one.is_directed()
    assert one.is_multigraph()
    assert one.number_of_edges() > 0


async def test_cytoscape_parents_are_in_the_graph(client: httpx.AsyncClient) -> None:
    """A compound parent that is not there makes Cytoscape.js fail; ids are unique."""
    body = await get(client, "/api/v1/graph", area="990101001001", **DAY)
    nodes = [n["data"] for n in body["elements"]["nodes"]]
    edges = [e["data"] for e in body["elements"]["edges"]]
    ids = {n["id"] for n in nodes}
    assert len(nodes) == len(ids)
    assert {n["parent"] for n in nodes if "parent" in n} <= ids
    assert {e[end] for e in edges for end in ("source", "target")} <= ids
    assert len(edges) == len({e["id"] for e in edges} - ids)


async def test_the_stamp_of_a_graph_travels_in_headers(client: httpx.AsyncClient) -> None:
    """The body is the library's own; stamp and cut stand in ASCII headers."""
    response = await client.get("/api/v1/graph", params={"area": "990101001001", **DAY})
    stamp = json.loads(response.headers["cobuild-stamp"])
    assert response.headers["cobuild-stamp"].isascii()
    assert stamp["as_of"] == "2025-06-30"
    assert len(response.json()["elements"]["nodes"]) == stamp["rows"]
    assert response.headers["cobuild-truncated"] == "false"
    assert "stamp" not in response.json()


async def test_a_graph_that_is_too_large_says_so(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above the size limit the graph is cut, and the header tells it."""
    monkeypatch.setattr("graph.views.MAX_NODES", 10)
    response = await client.get("/api/v1/graph", params={"area": "990101001001", **DAY})
    assert len(response.json()["elements"]["nodes"]) == 10
    assert response.headers["cobuild-truncated"] == "true"
