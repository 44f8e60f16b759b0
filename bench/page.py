"""The page in Chromium beside bare libraries: a graph drawn and moved, a list scrolled, an overview opened.

`make bench ARGS="page --data FOLDER --area AREA"` on a loaded data folder; `--list` names a longer list, as
`/lists/findings?verdict=unknown`. Each pair is measured in turn in
one browser. The bare graph is Cytoscape.js with the elements and positions that the page shows; the bare list
has the rows in sight and nothing else. The area's view has as many nodes as `--nodes` says, if there are.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import statistics
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, Response, async_playwright

from bench.measures import DAY, PORT, Measure, service

ROOT = Path(__file__).parent.parent
CYTOSCAPE = ROOT / "web/node_modules/cytoscape/dist/cytoscape.min.js"
WINDOW = {"width": 1366, "height": 768}
ADDRESS = f"http://127.0.0.1:{PORT}"
PATIENCE = 1_800_000
"""Milliseconds for an answer that is found for the first time."""
STEPS = 90
"""Movements of the mouse or the wheel in one run."""
MEASURES = ROOT / "bench/page.js"


def main(arguments: list[str]) -> int:
    """Measure and print; 0."""
    options = argparse.ArgumentParser(prog="bench page", description=__doc__)
    options.add_argument("--data", type=Path, help="folder that a service is started on")
    options.add_argument("--at", default=ADDRESS, help="address of a service that runs, without --data")
    options.add_argument("--area", required=True)
    options.add_argument("--nodes", type=int, nargs="+", default=[1000, 5000])
    options.add_argument("--parts", nargs="+", default=["overview", "graph", "list"])
    options.add_argument("--times", type=int, default=5)
    options.add_argument("--list", default="/lists/persons", help="address of the list, without area and day")
    options.add_argument("--heap", default="768m")
    given = options.parse_args(arguments)
    with service(given.data, given.heap) if given.data else nullcontext():
        asyncio.run(_measured(given))
    return 0


async def _measured(given: argparse.Namespace) -> None:
    """Print each part as soon as it is measured."""
    async with async_playwright() as playwright:
        path = shutil.which("chromium")
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        if "overview" in given.parts:
            _print(await _overview(browser, given.at, given.area, given.times))
        for nodes in given.nodes if "graph" in given.parts else ():
            _print(await _graph(browser, given.at, given.area, nodes, given.times))
        if "list" in given.parts:
            _print(await _list(browser, given.at, given.list, given.area, given.times))
        await browser.close()


def _print(found: list[Measure]) -> None:
    for measure in found:
        print(measure, flush=True)


async def _open(browser: Browser) -> Page:
    # Playwright waits by a text that is evaluated, which the policy of the page refuses.
    context = await browser.new_context(viewport=WINDOW, locale="zh-CN", bypass_csp=True)  # type: ignore[arg-type]
    await context.add_init_script(path=MEASURES)
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    return page


def _note(waited: list[float], answer: Response) -> None:
    """How long the page waited for an answer, ms."""
    waited.append(answer.request.timing["responseStart"])


async def _overview(browser: Browser, at: str, area: str, times: int) -> list[Measure]:
    """Until nothing waits, beside the slowest answer that it asked for; with nothing kept, then again.

    Then within the open page, where no script is loaded: areas below are chosen, after a page before it had
    their answers found.
    """
    found = []
    for name in ("nothing kept", "kept"):
        page = await _open(browser)
        slowest: list[float] = []
        page.on("response", partial(_note, slowest))
        await page.goto(f"{at}/overview?area={area}&as_of={DAY}")
        await _at_rest(page, 0)
        usable = await page.evaluate("bench.usable")
        found.append(Measure(f"overview, {name}: usable", [usable], "ms", ""))
        ratio = [usable / max(slowest)]
        found.append(Measure(f"overview, {name}: by its slowest answer", ratio, "×", "aim: at most 1.3"))
        await page.context.close()
    within: list[tuple[float, float]] = []
    for kept in (False, True):
        page = await _open(browser)
        await page.goto(f"{at}/overview?area={area}&as_of={DAY}")
        await _at_rest(page, 0)
        links = page.locator(".coverage thead a")
        areas = [str(await link.get_attribute("href")) for link in (await links.all())[:times]]
        for there in areas:
            chosen = await _chosen(page, there)
            if kept:
                within.append(chosen)
            await page.go_back()
            await page.wait_for_timeout(500)
        await page.context.close()
    found.append(Measure("an area chosen in the open page, kept: usable", [w for w, _ in within], "ms", ""))
    ratios = [whole / slowest for whole, slowest in within]
    found.append(Measure("the same, by its slowest answer", ratios, "×", "aim: at most 1.3"))
    return found


async def _at_rest(page: Page, since: float) -> None:
    """What is asked one after the other leaves a moment in which nothing waits."""
    await page.wait_for_selector("main h1")
    await page.wait_for_function(f"bench.usable > {since} && performance.now() - bench.usable > 300")


async def _chosen(page: Page, href: str) -> tuple[float, float]:
    """An area chosen in the open page: milliseconds until nothing waits, and of the slowest answer."""
    slowest: list[float] = []

    def note(answer: Response) -> None:
        _note(slowest, answer)

    page.on("response", note)
    area = href.partition("area=")[2].partition("&")[0]
    link = f".coverage thead a[href*='{area}']"
    click = "link => { const begun = performance.now(); document.querySelector(link).click(); return begun; }"
    begun = await page.evaluate(click, link)
    await _at_rest(page, begun)
    page.remove_listener("response", note)
    return await page.evaluate("bench.usable") - begun, max(slowest)


async def _graph(browser: Browser, at: str, area: str, nodes: int, times: int) -> list[Measure]:
    """First picture from the answer on, and frames while it is moved and zoomed, in turn."""
    ours, bare, our_frames, bare_frames = [], [], [], []
    shown = 0
    for _ in range(times):
        page = await _open(browser)
        await page.goto(f"{at}/graph?area={area}&as_of={DAY}&limit={nodes}")
        await page.wait_for_function("performance.getEntriesByName('graph:drawn').length > 0")
        marks = "['drawn', 'answered'].map(n => performance.getEntriesByName('graph:' + n)[0].startTime)"
        drawn, answered = await page.evaluate(marks)
        ours.append(drawn - answered)
        async with page.expect_download() as coming:
            await page.get_by_role("button", name="JSON", exact=True).click()
        elements = _elements(await (await coming.value).path())
        shown = len(elements["nodes"])
        our_frames += await _moved(page, ".canvas")
        await page.context.close()
        page = await _open(browser)
        await page.set_content("<body style='margin:0'><div id=box style='width:660px;height:500px'></div>")
        await page.add_script_tag(path=CYTOSCAPE)
        bare.append(await page.evaluate("elements => bench.draw(elements)", elements))
        bare_frames += await _moved(page, "#box")
        await page.context.close()
    return [
        Measure(f"{shown} nodes, first picture", ours, "ms", ""),
        Measure(f"{shown} nodes, bare Cytoscape.js", bare, "ms", ""),
        _ratio(f"{shown} nodes, first picture by bare", ours, bare, "aim: at most 1.2"),
        _ratio(f"{shown} nodes, mean frame when moved, by bare", our_frames, bare_frames, "aim: at most 1.2"),
    ]


def _elements(path: Path) -> dict[str, Any]:
    """What the page gave away as JSON: Cytoscape.js' own elements, with their positions."""
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))["elements"]
    return found


async def _moved(page: Page, where: str) -> list[float]:
    """The mean frame while the picture is dragged, and while it is zoomed; milliseconds."""
    box = await page.locator(where).bounding_box()
    assert box is not None
    x, y = box["x"] + 12, box["y"] + 12  # a corner without nodes
    await page.mouse.move(x, y)
    await page.evaluate("bench.count()")
    await page.mouse.down()
    for i in range(STEPS):
        await page.mouse.move(x + i * 2, y + i)
    await page.mouse.up()
    dragged = await page.evaluate("bench.taken(false)")
    for i in range(STEPS):
        await page.mouse.wheel(0, 40 if i % 2 else -40)
    zoomed = await page.evaluate("bench.taken(true)")
    return [statistics.fmean(part) for part in (dragged, zoomed) if part]


async def _list(browser: Browser, at: str, path: str, area: str, times: int) -> list[Measure]:
    """Memory of a long list after it was scrolled through, and its frames beside those of bare rows."""
    heap, ours, bare, total = [], [], [], 0
    for _ in range(times):
        page = await _open(browser)
        await page.goto(f"{at}{path}{'&' if '?' in path else '?'}area={area}&as_of={DAY}")
        await page.wait_for_selector("table tbody tr:nth-child(5)")
        body = await page.locator("table[aria-rowcount]").first.get_attribute("aria-rowcount")
        total = int(body or 0)
        ours.append(await _scrolled(page, "[tabindex='0']:has(> table)"))
        session = await page.context.new_cdp_session(page)
        await session.send("HeapProfiler.collectGarbage")
        used = await session.send("Runtime.getHeapUsage")
        heap.append(used["usedSize"] / 2**20)
        await page.context.close()
        page = await _open(browser)
        await page.evaluate("total => bench.rows(total)", total)
        bare.append(await _scrolled(page, "#box"))
        await page.context.close()
    return [
        Measure(f"list of {total} rows: JavaScript heap", heap, "MiB", "aim: at most 150"),
        Measure("95th percentile of its frames", ours, "ms", ""),
        Measure("95th percentile of bare rows", bare, "ms", ""),
        _ratio("the list's frames by bare rows", ours, bare, "aim: at most 1.2"),
    ]


async def _scrolled(page: Page, where: str) -> float:
    """The 95th percentile of frames while a box is scrolled from its beginning to its end; milliseconds."""
    frames: list[float] = await page.evaluate("([where, n]) => bench.scroll(where, n)", [where, 3 * STEPS])
    return statistics.quantiles(frames[1:], n=20)[-1]


def _ratio(name: str, ours: list[float], bare: list[float], aim: str) -> Measure:
    return Measure(name, [a / b for a, b in zip(ours, bare, strict=True)], "×", aim)
