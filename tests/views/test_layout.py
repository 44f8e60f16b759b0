"""Places on the page: every view, drawn as it is sent; names apart, nothing outside, the same every time."""

from __future__ import annotations

import re
from math import asin, cos, hypot, radians, sin, sqrt
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from graph.reading.graph import Graph
from graph.views import Wanted, read_view
from graph.views.formats.elements import cytoscape
from graph.views.formats.picture import html, svg
from graph.views.formats.style import contained
from graph.views.layout import CELL_HEIGHT, CELL_WIDTH, placed
from graph.views.view import View
from tests.reports.scenes import DAY

ASKED = {
    "area": Wanted(area="990101001000"),
    "node": Wanted(node="q-990101-001", hops=2),
    "path": Wanted(path="n-990101-0001"),
    "appointments": Wanted(appointments="990101000000"),
    "rings": Wanted(rings="po-990101-c01"),
}
MOST_COVERED = 0.05
"""Share of nodes whose name may touch another's."""


@pytest.fixture(scope="module")
async def views(loader: Any) -> dict[str, View]:
    """The five views; places do not depend on the engine."""
    graph: Graph = await loader("embedded")
    return {name: (await read_view(graph, wanted, as_of=DAY)).data for name, wanted in ASKED.items()}


@pytest.mark.parametrize("name", ASKED)
def test_names_stand_apart_and_the_same_every_time(views: dict[str, View], name: str) -> None:
    """No two nodes on one point, few names that touch, and no other places when placed again."""
    view = views[name]
    points = [(n.x, n.y) for n in view.nodes]
    assert None not in {v for point in points for v in point}
    assert len(set(points)) == len(points)
    covered = 0
    for i, (x, y) in enumerate(points):
        near = [
            1
            for j, (u, v) in enumerate(points)
            if i != j and abs(x - u) < 0.6 * CELL_WIDTH and abs(y - v) < 0.5 * CELL_HEIGHT
        ]
        covered += bool(near)
    assert covered <= MOST_COVERED * len(points) + (4 if len(points) < 60 else 0), (covered, len(points))
    bare = View(
        view.about, tuple(type(n)(**{**fields_of(n), "x": None, "y": None}) for n in view.nodes), view.edges
    )
    if name != "rings":
        assert placed(bare) == view


def fields_of(node: Any) -> dict[str, Any]:
    """A node's fields by name."""
    return {name: getattr(node, name) for name in node.__slots__}


def test_what_a_place_holds_stands_inside_and_its_tie_is_no_loop(views: dict[str, View]) -> None:
    """Boxes nest as places do, those beside each other do not meet; what nesting says is not drawn."""
    view = views["area"]
    drawn = cytoscape(view)
    hidden = {e["data"]["id"] for e in drawn["elements"]["edges"] if e["data"].get("contained")}
    parents = {n.id: n.parent for n in view.nodes}
    assert hidden == contained(view)
    assert hidden >= {e.id for e in view.edges if parents[e.source] == e.target}
    for edge in (e for e in view.edges if e.id in hidden):
        above, steps = parents[edge.source], 0
        while above not in (edge.target, None) and steps < 9:
            above, steps = parents[str(above)], steps + 1
        assert above == edge.target
    assert len(hidden) > 20
    assert {"selector": "edge[?contained]", "style": {"display": "none"}} in drawn["style"]
    boxes = {}
    for place in {p for p in parents.values() if p}:
        inside = [n for n in view.nodes if n.parent == place]
        boxes[place] = (
            [min(n.x or 0 for n in inside), max(n.x or 0 for n in inside)],
            [min(n.y or 0 for n in inside), max(n.y or 0 for n in inside)],
        )
    siblings = [(a, b) for a in boxes for b in boxes if a < b and parents.get(a) == parents.get(b)]
    assert siblings
    for a, b in siblings:
        (ax, ay), (bx, by) = boxes[a], boxes[b]
        apart = ax[1] < bx[0] or bx[1] < ax[0] or ay[1] < by[0] or by[1] < ay[0]
        assert apart, (a, b)


def test_a_resource_stands_beside_the_unit_that_offers_it(views: dict[str, View]) -> None:
    """In the rings: nearer to its unit than to any other."""
    view = views["rings"]
    at = {n.id: (n.x or 0.0, n.y or 0.0) for n in view.nodes}
    units = [n.id for n in view.nodes if n.ring == 3]
    offers = [(e.source, e.target) for e in view.edges if e.edge_type == "OFFERS"]
    assert len(offers) > 3
    for unit, thing in offers:
        far = {u: (at[u][0] - at[thing][0]) ** 2 + (at[u][1] - at[thing][1]) ** 2 for u in units}
        assert min(far, key=far.__getitem__) == unit


@pytest.mark.parametrize("name", ASKED)
def test_the_picture_holds_everything_and_nothing_from_elsewhere(views: dict[str, View], name: str) -> None:
    """Every name that is not cut is there, every mark inside the canvas, no script and no address."""
    view = views[name]
    text = svg(view).decode()
    root = fromstring(text)
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    texts = "".join(root.itertext())
    for node in view.nodes:
        assert node.name[:8] in texts
        assert left < (node.x or 0) < left + width
        assert top < (node.y or 0) < top + height
    assert float(min(re.findall(r'font-size="(\d+)"', text), key=float)) >= 11
    for element in root.iter():
        if {"x", "y", "width", "height"} <= element.attrib.keys() and element.tag.endswith("rect"):
            x, y, w, h = (float(element.attrib[k]) for k in ("x", "y", "width", "height"))
            assert x >= left - 0.5
            assert y >= top - 0.5
            assert x + w <= left + width + 0.5
            assert y + h <= top + height + 0.5
    page = html(view).decode()
    for part in (text, page):
        assert "<script" not in part
        assert "href" not in part
        assert re.findall(r"https?://[^\"]+", part) == ["http://www.w3.org/2000/svg"]


async def test_the_map_is_true_to_scale(loader: Any) -> None:
    """Distances between quarters on the page are those on the globe; what has no coordinates is counted."""
    graph: Graph = await loader("embedded")
    area = "990101000000"
    view = (await read_view(graph, Wanted(map=area), as_of=DAY)).data
    text = "MATCH (q:Quarter) WHERE q.id STARTS WITH 'q-990101' RETURN q.id AS id, q.lat AS lat, q.lon AS lon"
    (rows,) = await graph.store.read([(text, {})])
    known = {r["id"]: (r["lat"], r["lon"]) for r in rows if r["lat"] is not None and r["lon"] is not None}
    at = {n.id: (n.x or 0.0, n.y or 0.0) for n in view.nodes if n.node_type == "Quarter"}
    assert set(at) == set(known)
    assert view.about["without_coordinates"] == len(rows) - len(known)
    pairs = [(a, b) for a in sorted(at)[::7] for b in sorted(at)[3::7] if _metres(known[a], known[b]) > 1_000]
    assert len(pairs) > 20
    for a, b in pairs:
        drawn = hypot(at[a][0] - at[b][0], at[a][1] - at[b][1]) * view.about["metres"] / 100
        assert drawn == pytest.approx(_metres(known[a], known[b]), rel=0.1, abs=300)
        assert (at[a][1] < at[b][1]) == (known[a][0] > known[b][0]) or abs(at[a][1] - at[b][1]) < 30
    assert len(set(at.values())) == len(at)


def _metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """On a globe of 6,371 km."""
    (p1, l1), (p2, l2) = (tuple(map(radians, x)) for x in (a, b))
    h = sin((p2 - p1) / 2) ** 2 + cos(p1) * cos(p2) * sin((l2 - l1) / 2) ** 2
    return 2 * 6_371_000 * asin(sqrt(h))
