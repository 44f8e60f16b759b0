"""Every view: nothing for axe to find, no error, no request elsewhere, at three widths; light and dark."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from graph.private import MASK
from tests.page.browsing import AREA, COMMUNITY, DAY, STREET, Visit
from tests.page.conftest import ROOT

POST = "p-990101-0021~HOLDS_POST~oc-990101-004~chair~1"
PLAN = "appoint,person=p-990101-0021,body=oc-990101-009,role=member"
VIEWS = {
    "places": "/",
    "overview": f"/overview?area={AREA}&as_of={DAY}",
    "overview-shigu": "/overview?area=430407000000&as_of=2022-12-31",
    "gaps": f"/lists/gaps?area={STREET}&as_of={DAY}&row=party_branch%7Cq-990101-005",
    "findings": f"/lists/findings?area={STREET}&as_of={DAY}&row=R10%3Aq-990101-003",
    "terms": f"/lists/terms?area={AREA}&as_of={DAY}",
    "persons": f"/lists/persons?area={COMMUNITY}&as_of={DAY}&row={POST}",
    "graph-area": f"/graph?area={COMMUNITY}&as_of={DAY}",
    "graph-rings": f"/graph?view=rings&of=po-990101-c01&as_of={DAY}&node=po-990101-c01",
    "graph-map": f"/graph?view=map&of={AREA}&as_of={DAY}",
    "graph-shigu": "/graph?area=430407000000&as_of=2022-12-31",
    "appointments": f"/appointments?as_of=2025-07-01&plan={PLAN}",
    "questions": f"/questions?area={AREA}&as_of={DAY}",
    "question": f"/questions/catalogue/terms_ending?area={AREA}&as_of={DAY}&run=1&p.days=365",
    "question-graph": f"/questions/catalogue/co_building?area={COMMUNITY}&as_of={DAY}&run=1&as=graph",
    "cypher": "/questions/cypher",
    "saved": "/questions/saved",
    "import": f"/import?area={STREET}",
    "loads": "/import/loads",
    "forms": "/import/forms",
    "account": "/account",
    "accounts": "/account/accounts",
    "audit": "/account/audit",
}
WIDTHS = {"1366": (1366, 768), "1920": (1920, 1080), "phone": (390, 844)}
MOST_FIRST = 250 * 1024
"""Bytes, gzipped, before the first view can be used."""


@pytest.mark.parametrize("name", VIEWS)
async def test_a_view_is_usable_by_everybody(visit: Visit, name: str) -> None:
    """Names, roles, contrast and order as axe checks them, in the light and in the dark."""
    await visit.open(VIEWS[name])
    assert await visit.page.locator("h1").count() == 1
    for width, (x, y) in WIDTHS.items():
        await visit.page.set_viewport_size({"width": x, "height": y})
        wide: Any = await visit.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= x, "the page scrolls sideways"
        await visit.shoot(f"{name}-{width}")
    assert await visit.axe() == []
    await visit.page.evaluate("document.documentElement.dataset.light = 'dark'")
    assert await visit.axe("color-contrast") == []


async def test_the_first_load_is_small(visit: Visit) -> None:
    """What the overview needs of scripts and styles before it can be used, compressed."""
    await visit.open(VIEWS["overview"])
    asked = [a.url.removeprefix(visit.address + "/") for a in visit.answers if "/assets/" in a.url]
    sizes = {name: len(gzip.compress((ROOT / "api/page" / name).read_bytes())) for name in asked}
    assert 10_000 < sum(sizes.values()) <= MOST_FIRST, sizes


async def test_english_is_a_switch(visit: Visit) -> None:
    """All words of the frame change, and the choice is kept; what records say stays as it is."""
    await visit.open(VIEWS["overview"])
    await visit.page.get_by_role("button", name="English").click()
    await visit.page.get_by_role("heading", name="Coverage").wait_for()
    assert await visit.page.locator("html").get_attribute("lang") == "en"
    await visit.page.reload()
    await visit.page.get_by_role("heading", name="Coverage").wait_for()
    await visit.settled()
    assert await visit.page.get_by_role("link", name="示例一街道").count() > 0
    await visit.page.locator(".finder input").fill("示例小区005")
    await expect(visit.page.locator("#found .kind").first).to_have_text("quarter")


async def test_docs_prefills_what_is_there(visit: Visit) -> None:
    """An id of what people hand in is that of the latest, or empty while there is none; none is made up."""
    page = visit.page
    for handed_in in (False, True):
        if handed_in:
            made = await page.request.post(f"{visit.address}/api/v1/deliveries?name=a.xlsx", data=b"a")
            id_ = (await made.json())["data"]["id"]
        await page.goto(f"{visit.address}/docs#/loads")
        asked = page.locator(".opblock-get").filter(has=page.locator('[data-path="/api/v1/deliveries/{id}"]'))
        await asked.locator(".opblock-summary").click()
        await asked.get_by_role("button", name="Try it out").click()
        filled = asked.locator('tr[data-param-name="id"] input')
        await expect(filled).to_have_value(id_ if handed_in else "")
        await page.goto("about:blank")  # the same address with another fragment loads nothing
    await page.request.delete(f"{visit.address}/api/v1/deliveries/{id_}")


async def test_what_is_old_says_so(visit: Visit) -> None:
    """When the service tells of a newer data version, the view marks its figures and offers to ask anew."""
    event = 'id: 99999\nevent: changed\ndata: {"data_version": 99999, "changes": []}\n\n'
    await visit.page.route(
        "**/changes/stream", lambda route: route.fulfill(body=event, content_type="text/event-stream")
    )
    await visit.open(f"/lists/terms?area={AREA}&as_of={DAY}")
    await expect(visit.page.locator(".note.stale")).to_contain_text("旧版本")
    await expect(visit.page.locator(".version")).to_contain_text("99999")


def test_the_page_knows_the_mark_of_what_is_withheld() -> None:
    """The contract says it beside any text, so the build cannot compare them."""
    assert f'MASK = "{MASK}";' in Path(ROOT / "web/src/parts/mask.ts").read_text("utf-8")


def test_no_script_of_the_page_stands_in_its_document() -> None:
    """The policy refuses inline scripts and styles; the build has none."""
    text = Path(ROOT / "api/page/index.html").read_text("utf-8")
    assert "<style" not in text
    assert " style=" not in text
    assert text.count("<script") == text.count("src=")
