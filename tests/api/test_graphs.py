"""Graph formats: networkx and spreadsheets load the answers as they are; headers and refusals."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import httpx
import networkx as nx
import pytest

from graph.model import AUXILIARY, EDGES, NODES
from graph.reading.graph import Graph
from graph.views import FORMATS
from tests.api.conftest import get
from tests.api.problem_documents import check_problem
from tests.api.walk import DAY
from tests.views.plain import plain_edges

VIEWS: dict[str, dict[str, Any]] = {
    "area": {"area": "990101001001"},
    "node": {"node": "q-990101-001"},
    "path": {"path": "n-990101-0001"},
    "appointments": {"appointments": "990101000000"},
    "rings": {"rings": "po-990101-c01"},
}
READERS: dict[str, Callable[[httpx.Response], Any]] = {
    "nodelink": lambda r: nx.node_link_graph(r.json(), edges="edges"),
    "cytoscape": lambda r: nx.cytoscape_graph(r.json()),
    "graphml": lambda r: nx.read_graphml(io.BytesIO(r.content), force_multigraph=True),
    "gexf": lambda r: nx.read_gexf(io.BytesIO(r.content)),
}


async def answer(client: httpx.AsyncClient, **params: Any) -> httpx.Response:
    """A good answer of `/graph` for the day of the tests."""
    response = await client.get("/api/v1/graph", params={**params, **DAY})
    assert response.status_code == 200, response.text
    return response


@pytest.mark.parametrize("view", VIEWS)
async def test_networkx_loads_four_formats(client: httpx.AsyncClient, view: str) -> None:
    """All give the same nodes and edges, parallel edges kept, directions as in the graph."""
    found = {}
    for format_, read in READERS.items():
        response = await answer(client, format=format_, **VIEWS[view])
        found[format_] = read(response)
    first = found["nodelink"]
    assert first.number_of_edges() > 0
    ends = sorted((s, t, data["edge_type"]) for s, t, data in first.edges(data=True))
    for format_, other in found.items():
        assert other.is_directed()
        assert set(other.nodes) == set(first.nodes), format_
        assert sorted((s, t, d["edge_type"]) for s, t, d in other.edges(data=True)) == ends, format_
    for format_ in ("cytoscape", "graphml"):
        assert set(found[format_].edges(keys=True)) == set(first.edges(keys=True))
    drawn = found["gexf"]
    assert all(drawn.nodes[n]["label"] == first.nodes[n]["name"] for n in first.nodes)
    assert all({"color", "position"} <= set(data["viz"]) for _, data in drawn.nodes(data=True))


async def test_a_neighbourhood_is_what_a_plain_query_finds(client: httpx.AsyncClient, loaded: Graph) -> None:
    """Edge by edge: types, ends, start where it is known, and the source document."""
    linked = (await answer(client, format="nodelink", node="q-990101-001")).json()
    expected = {
        e["id"]: e
        for e in await plain_edges(loaded)
        if "q-990101-001" in (e["from"], e["to"])
        and EDGES[e["type"]].flag is None
        and not EDGES[e["type"]].auxiliary
    }
    assert {e["key"] for e in linked["edges"]} == set(expected)
    for edge in linked["edges"]:
        row = expected[edge["key"]]
        shown = edge["source"], edge["target"], edge["edge_type"], edge["documents"]
        assert shown == (row["from"], row["to"], row["type"], [row["source"]])
        assert edge.get("since") == (str(row["since"]) if row["since_known"] else None)
    assert {"since" in e for e in linked["edges"]} == {True, False}


async def test_cytoscape_parents_are_in_the_graph(client: httpx.AsyncClient) -> None:
    """A compound parent that is not there makes Cytoscape.js fail; ids are unique."""
    body = (await answer(client, area="990101001001")).json()
    nodes = [n["data"] for n in body["elements"]["nodes"]]
    edges = [e["data"] for e in body["elements"]["edges"]]
    ids = {n["id"] for n in nodes}
    assert len(nodes) == len(ids)
    assert {n["parent"] for n in nodes if "parent" in n} <= ids
    assert {e[end] for e in edges for end in ("source", "target")} <= ids
    assert len(edges) == len({e["id"] for e in edges} - ids)


@pytest.mark.parametrize("format_", FORMATS)
async def test_every_format_has_its_media_type_tag_and_stamp(client: httpx.AsyncClient, format_: str) -> None:
    """The body is the library's own; stamp and cut are in ASCII headers; files have a name."""
    response = await answer(client, format=format_, rings="po-990101-c01")
    media = response.headers["content-type"].partition(";")[0]
    assert media == FORMATS[format_].media
    stamp = json.loads(response.headers["cobuild-stamp"])
    assert response.headers["cobuild-stamp"].isascii()
    assert stamp["as_of"] == "2025-06-30"
    # Who employs the members is not asked for a caller who may not see it.
    assert set(stamp["queries"]) == {"committee_graph"}
    assert response.headers["cobuild-truncated"] == "false"
    named = response.headers.get("content-disposition")
    file = f'attachment; filename="cobuild-rings-po-990101-c01-2025-06-30.{format_}"'
    assert named == (file if FORMATS[format_].is_file else None)
    again = await client.get(
        "/api/v1/graph",
        params={"rings": "po-990101-c01", "format": format_, **DAY},
        headers={"If-None-Match": response.headers["etag"]},
    )
    assert again.status_code == 304
    repeated = await answer(client, format=format_, rings="po-990101-c01")
    assert repeated.content == response.content


async def test_a_graph_that_is_too_large_says_so(client: httpx.AsyncClient) -> None:
    """Above the limit the graph is cut, and the header tells it; the stamp counts what is left."""
    response = await answer(client, area="990101001001", limit=10)
    assert len(response.json()["elements"]["nodes"]) == 10
    assert response.headers["cobuild-truncated"] == "true"
    assert json.loads(response.headers["cobuild-stamp"])["rows"] == 10


async def test_pairs_are_a_table_with_an_optional_mark(client: httpx.AsyncClient) -> None:
    """A row per edge, a date that is not known empty; `bom` puts the mark that Excel wants."""
    response = await answer(client, format="csv", area="990101001001")
    rows = list(csv.DictReader(io.StringIO(response.text, newline="")))
    linked = (await answer(client, format="nodelink", area="990101001001")).json()
    names = {n["id"]: n["name"] for n in linked["nodes"]}
    assert [
        (r["source"], r["source_name"], r["target"], r["target_name"], r["type"], r["since"]) for r in rows
    ] == [
        (e["source"], names[e["source"]], e["target"], names[e["target"]], e["edge_type"], e.get("since", ""))
        for e in linked["edges"]
    ]
    marked = await answer(client, format="csv", area="990101001001", bom="true")
    assert marked.content == b"\xef\xbb\xbf" + response.content
    refused = await client.get("/api/v1/graph", params={"area": "990101001001", "bom": "true"})
    assert check_problem(refused, 422, "bad_parameter")["subject"] == "bom"


@pytest.mark.parametrize(
    ("params", "subject"),
    [
        ({}, "area"),
        ({"area": "990101001001", "rings": "po-990101-c01"}, "area"),
        ({"area": "990101001001", "hops": 2}, "hops"),
        ({"rings": "po-990101-c01", "category": "medical"}, "category"),
        ({"path": "n-990101-0001", "ended": "true"}, "ended"),
        ({"node": "q-990101-001", "hops": 4}, "hops"),
        ({"node": "q-990101-001", "cap": 0}, "cap"),
        ({"node": "q-990101-001", "types": "LIKES"}, "types"),
        ({"area": "990101001001", "limit": 5001}, "limit"),
        ({"area": "990101001001", "format": "png"}, "format"),
        ({"rings": "q-990101-001"}, "rings"),
    ],
)
async def test_a_request_that_makes_no_sense_is_refused(
    client: httpx.AsyncClient, params: dict[str, Any], subject: str
) -> None:
    """None or several views, a setting of another view, a number out of range, an unknown word."""
    response = await client.get("/api/v1/graph", params=params)
    document = check_problem(response, 422, "bad_parameter")
    assert subject in str(document["subject"]) or subject in document["detail_en"]


@pytest.mark.parametrize("view", VIEWS)
async def test_what_is_not_there_is_not_found(client: httpx.AsyncClient, view: str) -> None:
    """An id that no one has, in every view."""
    response = await client.get("/api/v1/graph", params={view: "990999999999"})
    check_problem(response, 404, "not_found")


async def test_the_legend_has_every_type_and_the_answers_use_it(client: httpx.AsyncClient) -> None:
    """Each node and edge of the model once, distinguished by colour and shape, in both languages."""
    legend = (await get(client, "/api/v1/graph/legend"))["data"]
    assert [row["node_type"] for row in legend["nodes"]] == list(NODES)
    assert [row["edge_type"] for row in legend["edges"]] == [t for t in EDGES if t not in AUXILIARY]
    assert all(row["zh"] and row["en"] for part in legend.values() for row in part)
    for part, form in (("nodes", "shape"), ("edges", "line")):
        looks = [(row["colour"], row[form]) for row in legend[part]]
        assert len(looks) == len(set(looks))
    colours = {row["colour_key"]: row["colour"] for row in legend["colours"]}
    by_type = {row["node_type"]: row for row in legend["nodes"]}
    linked = (await answer(client, format="nodelink", area="990101001001")).json()
    for node in linked["nodes"]:
        row = by_type[node["node_type"]]
        assert (node["colour_key"], node["shape"]) == (row["colour_key"], row["shape"])
        assert node["colour"] == colours[node["colour_key"]]
    assert all(colours[e["colour_key"]] == e["colour"] for e in linked["edges"])
