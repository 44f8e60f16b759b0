"""Every view, drawn in Chromium by each library with the line of docs/views.md.

Cytoscape.js and ECharts are looked at by test_pages.py.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, async_playwright

from graph.reading.graph import Graph
from graph.views import FORMATS, View, Wanted, read_view
from graph.views.legend import PALETTE
from tests.front_ends.folder import folder
from tests.reports.scenes import DAY

__all__ = ["folder"]

WIDE, HIGH = 1600, 1200
DOC = (Path(__file__).parents[2] / "docs/views.md").read_text("utf-8")
VIEWS: dict[str, dict[str, Any]] = {
    "area": {"area": "990101001001"},
    "node": {"node": "q-990101-001", "hops": 2},
    "path": {"path": "n-990101-0001"},
    "appointments": {"appointments": "990101001000"},
    "rings": {"rings": "po-990101-c01"},
    "map": {"map": "990101001000"},
}
GRAPHOLOGY = ("graphology/dist/graphology.umd.min.js",)
SIGMA = """const graph = graphology.Graph.from(json);
  const drawn = new Sigma(graph, container, graph.getAttribute("sigma"));
  await new Promise((r) => setTimeout(r, 300));
  return graph.mapNodes((id, n) => { const at = drawn.graphToViewport(n);
    const shown = drawn.getNodeDisplayData(id);
    return [id, n.name, [at.x, at.y], shown.color]; });"""
LIBRARIES: dict[str, tuple[str, tuple[str, ...], str, str]] = {
    "vis": (
        "vis",
        ("vis-network/standalone/umd/vis-network.min.js",),
        "new vis.Network(el, json, json.options)",
        """const el = container, drawn = new vis.Network(el, json, json.options);
  await new Promise((r) => drawn.once("afterDrawing", r));
  return json.nodes.map((n) => { const b = drawn.getBoundingBox(n.id);
    const [from, to] = [[b.left, b.top], [b.right, b.bottom]].map(([x, y]) => drawn.canvasToDOM({x, y}));
    const at = drawn.canvasToDOM(drawn.getPosition(n.id));
    return [n.id, drawn.body.nodes[n.id].options.label, [at.x, at.y], n.color,
            [from.x, from.y, to.x, to.y]]; });""",
    ),
    "g6": (
        "g6",
        ("@antv/g6/dist/g6.min.js",),
        'new Graph({container, data: json, autoFit: "view", padding: 40}).render()',
        """const drawn = new G6.Graph({container, data: json, autoFit: "view", padding: 40});
  await drawn.render();
  return drawn.getNodeData().map((n) => { const b = drawn.getElementRenderBounds(n.id);
    const [from, to, at] = [b.min, b.max, drawn.getElementPosition(n.id)]
      .map((p) => drawn.getViewportByCanvas(p));
    return [n.id, n.style.labelText, [at[0], at[1]], n.style.fill, [from[0], from[1], to[0], to[1]]]; });""",
    ),
    "sigma3": (
        "graphology",
        (*GRAPHOLOGY, "sigma3/dist/sigma.min.js"),
        'new Sigma(graph, container, graph.getAttribute("sigma"))',
        SIGMA,
    ),
    "sigma4": (
        "graphology",
        (*GRAPHOLOGY, "sigma/dist/sigma.min.js"),
        'new Sigma(graph, container, graph.getAttribute("sigma"))',
        SIGMA,
    ),
    "force-graph": (
        "d3",
        ("force-graph/dist/force-graph.min.js",),
        "const g = ForceGraph()(el).cooldownTicks(0).graphData(json).onEngineStop(() => g.zoomToFit(0, 40))",
        """const el = container;
  const g = ForceGraph()(el).cooldownTicks(0).graphData(json).onEngineStop(() => g.zoomToFit(0, 40));
  await new Promise((r) => setTimeout(r, 500));
  return g.graphData().nodes.map((n) => { const at = g.graph2ScreenCoords(n.x, n.y);
    return [n.id, n.name, [at.x, at.y], n.color]; });""",
    ),
}
"""Format, scripts, the line of the document, and how the library is asked what it drew."""
COLOURS = {colour.upper() for colour, *_ in PALETTE.values()}
NAMES_TOUCHING = 0.1
"""Share of names that may touch another one, of libraries that say where they write them."""


@pytest.fixture(scope="module")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """A browser that draws WebGL without a graphics card."""
    flags = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
    async with async_playwright() as playwright:
        yield await playwright.chromium.launch(executable_path=chromium, args=flags)


@pytest.mark.parametrize("library", LIBRARIES)
async def test_every_view_is_drawn_by_the_documented_line(
    library: str, loader: Any, browser: Browser, folder: Path
) -> None:
    """All nodes by name, inside the canvas, each at a place of its own, in colours of the legend."""
    format_, scripts, line, code = LIBRARIES[library]
    assert line in DOC
    graph: Graph = await loader("embedded")
    page = await browser.new_page(viewport={"width": WIDE, "height": HIGH})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    for name, asked in VIEWS.items():
        view = (await read_view(graph, Wanted(**asked), as_of=DAY)).data
        await page.set_content(f'<div id="c" style="width:{WIDE}px;height:{HIGH}px"></div>')
        await page.add_style_tag(content="body { margin: 0 }")
        for script in scripts:
            await page.add_script_tag(path=folder / "node_modules" / script)
        start = "async ([text]) => { const json = JSON.parse(text), container = document.getElementById('c');"
        found = await page.evaluate(f"{start} {code} }}", [FORMATS[format_].write(view).decode()])
        check(view, found, name)
        if to := os.environ.get("COBUILD_SCREENSHOTS"):
            await page.screenshot(path=Path(to) / f"{library}-{name}.png")
    assert wrong == []
    await page.close()


def check(view: View, found: list[Any], name: str) -> None:
    assert {(id_, label) for id_, label, *_ in found} == {(n.id, n.name) for n in view.nodes}, name
    for id_, _, (x, y), colour, *_ in found:
        assert 0 <= x <= WIDE, (name, id_)
        assert 0 <= y <= HIGH, (name, id_)
        assert colour.upper() in COLOURS, (name, id_)
    assert len({(round(x), round(y)) for _, _, (x, y), *_ in found}) == len(found), name
    boxes = [box for *_, box in found if isinstance(box, list)]
    for x1, y1, x2, y2 in boxes:
        assert -1 <= x1 <= x2 <= WIDE + 1, name
        assert -1 <= y1 <= y2 <= HIGH + 1, name
    if name == "map":  # quarters stay where they lie
        return
    touching = sum(any(a is not b and meet(a, b) for b in boxes) for a in boxes)
    assert touching <= max(2, NAMES_TOUCHING * len(boxes)), (name, touching, len(boxes))


def meet(a: list[float], b: list[float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
