"""The pages of docs/building-a-page.md, run as they stand in Chromium, and what they show."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import threading
from collections.abc import AsyncIterator, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.reading.graph import Graph
from graph.views import Wanted, read_view
from tests.api.conftest import make_app
from tests.cli.serving import served
from tests.front_ends.folder import folder
from tests.reports.scenes import DAY

__all__ = ["folder"]

DOC = Path(__file__).parents[2] / "docs/building-a-page.md"
PAGES = dict(re.findall(r"```html\n(<!-- (\S+) -->.*?)```", DOC.read_text("utf-8"), re.S))
PAGES = {name: text for text, name in PAGES.items()}
SERVICE = "http://127.0.0.1:8000"
LIBRARIES = ("cytoscape/dist/cytoscape.min.js", "echarts/dist/echarts.min.js")
LOOK = """<script>setTimeout(() => { const found = [];
  if (typeof cy !== "undefined" && cy) for (const n of cy.nodes()) { const b = n.renderedBoundingBox();
    const at = n.renderedPosition();
    found.push([n.id(), n.style("label"), b.x1, b.y1, b.x2, b.y2, at.x, at.y]); }
  document.body.append(Object.assign(document.createElement("pre"),
    {id: "found", textContent: JSON.stringify(found)})); }, 2500)</script>"""
"""What Cytoscape.js drew, for the test to read: the canvas itself cannot be asked."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nothing: the test says what it found."""


@pytest.fixture
def origin(folder: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A web server of the page's own, with the libraries beside it."""
    for library in LIBRARIES:
        shutil.copy(folder / "node_modules" / library, tmp_path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", tmp_path
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
async def shown(loader: Any, chromium: str, origin: tuple[str, Path]) -> AsyncIterator[Any]:
    """Opens a page of the document and gives what it shows, and a client of the same service."""
    graph: Graph = await loader("embedded")
    where, files = origin
    app = make_app(graph, origins=where)

    async with served(app) as (_, port):

        async def opened(name: str) -> str:
            text = PAGES[name].replace(SERVICE, f"http://127.0.0.1:{port}")
            (files / name).write_text(text.replace("</html>", f"{LOOK}</html>"), "utf-8")
            browser = await asyncio.create_subprocess_exec(
                *(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000"),
                *(f"--user-data-dir={files}/profile", "--dump-dom", f"{where}/{name}"),
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
            out, _ = await asyncio.wait_for(browser.communicate(), 60)
            return out.decode()

        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}/api/v1") as client:
            yield opened, client, graph


async def test_the_graph_page_shows_every_name_on_its_canvas(shown: Any) -> None:
    """As many nodes as the view has, named, none outside, no two on one point."""
    opened, _, graph = shown
    page = await opened("graph.html")
    view = (await read_view(graph, Wanted(rings="po-990101-c01"), as_of=DAY)).data
    assert f"{len(view.nodes)} 个节点，{len(view.edges)} 条关系，2025-06-30" in page
    found = json.loads(re.search(r'<pre id="found">(.*?)</pre>', page, re.S)[1])  # type: ignore[index]
    assert {id_: label for id_, label, *_ in found} == {n.id: n.name for n in view.nodes}
    for id_, _, x1, y1, x2, y2, *_ in found:
        assert -1 <= x1 <= x2 <= 1001, id_
        assert -1 <= y1 <= y2 <= 701, id_
    assert len({(round(x), round(y)) for *_, x, y in found}) == len(found)


async def test_the_coverage_page_draws_three_states(shown: Any) -> None:
    """The dimensions of the area by their names, with the legend of all three states."""
    opened, client, _ = shown
    page = await opened("coverage.html")
    asked = {"area": "990101001000", "as_of": "2025-06-30", "limit": 1000}
    rows = (await client.get("/coverage", params=asked)).json()["data"]
    own = [row for row in rows if row["area"] == "990101001000"]
    assert f"{len(own)} 个维度，2025-06-30" in page
    drawn = "".join(re.findall(r"<text[^>]*>([^<]+)</text>", page))
    for word in ("已覆盖", "缺口", "未知", own[0]["title_zh"]):
        assert word in drawn


async def test_the_list_page_holds_every_row_of_all_pages(shown: Any) -> None:
    """As many rows as the service counts, and the subjects themselves."""
    opened, client, _ = shown
    page = await opened("gaps.html")
    asked = {"area": "990101001000", "as_of": "2025-06-30", "limit": 1000}
    answer = (await client.get("/gaps", params=asked)).json()
    assert answer["page"]["total"] > 50
    assert f"{answer['page']['total']} 处缺口" in page
    assert page.count("<tr><td>") == answer["page"]["total"]
    for row in answer["data"][:5] + answer["data"][-5:]:
        assert f"<td>{row['subject_name'] or ''}</td>" in page


DRAWN = """<meta charset="utf-8"><body style="margin:0"><script src="cytoscape.min.js"></script>
<script src="echarts.min.js"></script><script>
(async () => { const found = {};
  for (const [view, asked] of Object.entries(ASKED)) {
    const box = document.body.appendChild(document.createElement("div"));
    box.style = "width:1600px;height:1200px;position:relative";
    const get = async (format) => (await fetch(`SERVICE/graph?${asked}&format=${format}`)).json();
    const cy = cytoscape({container: box, ...(await get("cytoscape"))});
    found[view] = cy.nodes().map((n) => { const b = n.renderedBoundingBox(), at = n.position();
      const label = n.boundingBox({includeNodes: false, includeOverlays: false});
      return [n.id(), n.style("label"), n.isParent(), [b.x1, b.y1, b.x2, b.y2], [at.x, at.y],
              [label.x1, label.y1, label.x2, label.y2]]; });
    found[`${view} loops`] = cy.edges(":visible").filter((e) => e.source().ancestors().contains(e.target())
      || e.target().ancestors().contains(e.source())).map((e) => e.data("edge_type"));
    const other = document.body.appendChild(document.createElement("div"));
    other.style = "width:1600px;height:1200px"; other.className = "echarts"; other.dataset.view = view;
    echarts.init(other, null, {renderer: "svg"})
      .setOption({animation: false, series: [{type: "graph", ...(await get("echarts"))}]});
  }
  document.body.append(Object.assign(document.createElement("pre"),
    {id: "found", textContent: JSON.stringify(found)}));
})();</script>"""
"""Every view with the lines of docs/views.md, by Cytoscape.js and ECharts."""
VIEWS = {
    "area": "area=990101001001",
    "node": "node=q-990101-001&hops=2",
    "path": "path=n-990101-0001",
    "appointments": "appointments=990101001000",
    "rings": "rings=po-990101-c01",
}
MOST_TOUCHING = 0.1
"""Share of names that may touch another one."""


async def test_every_view_is_a_picture(shown: Any) -> None:
    """Drawn by the documented lines: names, nothing outside the canvas, no loops, names apart."""
    opened, client, _ = shown
    asked = {view: f"{text}&as_of=2025-06-30" for view, text in VIEWS.items()}
    PAGES["views.html"] = DRAWN.replace("ASKED", json.dumps(asked)).replace("SERVICE", f"{SERVICE}/api/v1")
    try:
        page = await opened("views.html")
    finally:
        del PAGES["views.html"]
    found = json.loads(re.search(r'<pre id="found">(.*?)</pre>', page, re.S)[1])  # type: ignore[index]
    for view, text in asked.items():
        answer = (await client.get(f"/graph?{text}")).json()["elements"]["nodes"]
        nodes = found[view]
        assert {(id_, label) for id_, label, *_ in nodes} == {
            (n["data"]["id"], n["data"]["name"]) for n in answer
        }
        assert found[f"{view} loops"] == [], view
        for id_, _, _, (x1, y1, x2, y2), _, _ in nodes:
            assert x1 >= -1, (view, id_)
            assert y1 >= -1, (view, id_)
            assert x2 <= 1601, (view, id_)
            assert y2 <= 1201, (view, id_)
        leaves = [(at, box) for _, _, parent, _, at, box in nodes if not parent]
        assert len({(round(x), round(y)) for (x, y), _ in leaves}) == len(leaves), view
        touching = sum(any(a is not b and _meet(a, b) for _, b in leaves) for _, a in leaves)
        assert touching <= max(2, MOST_TOUCHING * len(leaves)), (view, touching, len(leaves))
    drawn = dict(re.findall(r'class="echarts" data-view="(\w+)".*?<svg(.*?)</svg>', page, re.S))
    assert set(drawn) == set(asked)
    for view, svg in drawn.items():
        texts = "".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))
        named = [label for _, label, *_ in found[view] if label[:6] in texts]
        assert len(named) >= len(found[view]) / 3, view  # ECharts leaves out names that would cover others


def _meet(a: list[float], b: list[float]) -> bool:
    """Whether two names cover each other by more than a pixel."""
    return min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1


def test_the_document_has_three_pages_that_name_no_other_address() -> None:
    """Each is complete, and asks nobody but the service and its own server."""
    assert list(PAGES) == ["graph.html", "coverage.html", "gaps.html"]
    for text in PAGES.values():
        assert set(re.findall(r"https?://[^\s\"`/]+", text)) == {SERVICE}
        assert text.rstrip().endswith("</html>")
