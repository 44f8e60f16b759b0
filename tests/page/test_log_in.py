"""Log-in on the page: the key stays in memory, masking and area hold in every answer that it gets."""

from __future__ import annotations

import re

from playwright.async_api import expect

from graph.ledger.roles import Role
from graph.reading.graph import Graph
from tests.api.access import make_keys
from tests.page.browsing import COMMUNITY, DAY, STREET, Visit

ID = re.compile(r"\b(?:q|oc|po|pp)-990101-[a-z]?\d+(?:-\w+)*\b")


async def enter(visit: Visit, key: str) -> None:
    """Give a key to the log-in that is open."""
    await visit.page.get_by_label("密钥").fill(key)
    await visit.page.locator("dialog").get_by_role("button", name="登录").click()


async def test_nothing_is_shown_before_the_log_in(guest: Visit, guarded: tuple[str, Graph]) -> None:
    """A wrong key is refused in a sentence; a good one opens the view that the address names."""
    keys = await make_keys(guarded[1])
    key = keys[Role.viewer, "everywhere"]
    await guest.open(f"/overview?area={STREET}&as_of={DAY}")
    assert "示例一街道" not in await guest.page.content()
    assert await guest.axe() == []
    await enter(guest, "cob_wrong_key")
    await expect(guest.page.locator(".wrong")).to_contain_text("无效")
    await enter(guest, key)
    await guest.page.get_by_role("heading", name="示例一街道 概览").wait_for()
    await guest.settled()
    assert key not in guest.page.url
    kept = await guest.page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
    )
    assert key not in kept
    assert not await guest.page.context.cookies()
    await guest.page.get_by_role("button", name="退出").click()
    await guest.page.locator("dialog").wait_for()


async def test_a_caller_of_an_area_meets_nothing_outside(guest: Visit, guarded: tuple[str, Graph]) -> None:
    """No answer that the page gets names a quarter or a body of elsewhere; persons are masked."""
    graph = guarded[1]
    keys = await make_keys(graph)
    inside = {row["id"] for row in await _inside(graph)}
    await guest.open(f"/overview?as_of={DAY}")
    await enter(guest, keys[Role.viewer, "community"])
    await guest.page.locator(".who b").wait_for()
    for path in (
        f"/overview?area={COMMUNITY}",
        f"/lists/findings?area={COMMUNITY}",
        f"/graph?area={COMMUNITY}",
    ):
        await guest.page.evaluate(
            "path => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')); }",
            f"{path}&as_of={DAY}",
        )
        await guest.settled()
    await guest.shoot("limited")
    seen: set[str] = set()
    for answer in guest.answers:
        # The stream of changes has no end to wait for.
        if "/api/v1/" in answer.url and answer.ok and not answer.url.endswith("/changes/stream"):
            seen |= set(ID.findall(await answer.text()))
    assert seen
    assert seen <= inside


async def _inside(graph: Graph) -> list[dict[str, str]]:
    places = await graph.ask(graph.catalogue["scope_places"], {"area": COMMUNITY})
    ids = [row["place"] for row in places.data]
    bodies = await graph.ask(graph.catalogue["scope_bodies"], {"places": ids})
    names = [row["body"] for row in bodies.data]
    return [{"id": id_} for id_ in [*ids, *names]]
