"""Log-in on the page: the key stays in memory, masking and area hold in every answer that it gets."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from graph.ledger.roles import Role
from graph.reading.graph import Graph
from tests.api.access import guarded_app, make_keys
from tests.conftest import Opener
from tests.ledger.identity import AUDIENCE, Identity, answering
from tests.page.browsing import COMMUNITY, DAY, STREET, Visit, serving, visiting

ID = re.compile(r"\b(?:q|oc|po|pp)-990101-[a-z]?\d+(?:-\w+)*\b")


@pytest.fixture
async def elsewhere(browser: Browser, loader: Opener) -> AsyncIterator[tuple[Visit, Identity]]:
    """A fresh window at a service whose page logs in at an identity provider, and that provider."""
    graph = await loader("embedded")
    with answering() as identity:
        there = identity.address
        given = {"oidc_issuer": there, "oidc_audience": AUDIENCE, "oidc_keys": f"{there}/keys"}
        app = guarded_app(graph, oidc_client="cobuild", **given)
        async with serving(app) as address, visiting(browser, address) as visit:
            yield visit, identity
            await visit.page.close()
        await app.state.service.copies.close()
    # The log-in is the one thing for which the browser leaves.
    assert [
        c for c in visit.complaints if "401" not in c and not c.startswith(f"request to {there}/authorize")
    ] == []


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


async def test_what_lies_outside_is_refused_once(guest: Visit, guarded: tuple[str, Graph]) -> None:
    """The overview of an area that is not one's own says so once, not in every part."""
    keys = await make_keys(guarded[1])
    await guest.open(f"/overview?area={STREET}&as_of={DAY}")
    await enter(guest, keys[Role.viewer, "community"])
    await guest.page.locator(".trouble", has_text="范围内").first.wait_for()
    await guest.settled()
    await expect(guest.page.locator(".trouble")).to_have_count(1)
    await expect(guest.page.locator(".trouble")).to_contain_text("示例一街道 不在您的辖区 示例社区01 范围内")
    guest.complaints = [c for c in guest.complaints if "403" not in c]


async def _inside(graph: Graph) -> list[dict[str, str]]:
    places = await graph.ask(graph.catalogue["scope_places"], {"area": COMMUNITY})
    ids = [row["place"] for row in places.data]
    bodies = await graph.ask(graph.catalogue["scope_bodies"], {"places": ids})
    names = [row["body"] for row in bodies.data]
    return [{"id": id_} for id_ in [*ids, *names]]


async def test_one_logs_in_at_the_provider(elsewhere: tuple[Visit, Identity]) -> None:
    """There and back to the view that was asked for; a reload does it again, a log-out does not."""
    visit, identity = elsewhere
    page = visit.page
    identity.lifetime = 6.0
    await visit.open(f"/overview?area={COMMUNITY}&as_of={DAY}")
    assert await visit.axe() == []
    await page.get_by_role("button", name="用统一身份认证登录").click()
    await page.get_by_role("heading", name="示例社区01 概览").wait_for()
    assert page.url == f"{visit.address}/overview?area={COMMUNITY}&as_of={DAY}"
    await expect(page.locator(".who b")).to_contain_text("示例科")
    kept = await page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert "eyJ" not in kept  # how tokens begin
    # It ends soon, and is renewed before.
    while identity.asked.count("/token") < 2:
        await page.wait_for_timeout(200)
    await page.reload()
    await page.get_by_role("heading", name="示例社区01 概览").wait_for()
    assert identity.asked.count("/authorize") == 2
    await page.get_by_role("button", name="退出").click()
    await page.get_by_label("密钥").wait_for()
    await page.reload()
    await page.get_by_role("button", name="用统一身份认证登录").wait_for()
    assert identity.asked.count("/authorize") == 2


async def test_a_log_in_that_the_service_refuses_is_told(elsewhere: tuple[Visit, Identity]) -> None:
    """A person without a role here reads so, and is not sent round in circles."""
    visit, identity = elsewhere
    identity.claims = {"cobuild_role": "king"}
    await visit.open("/overview")
    await visit.page.get_by_role("button", name="用统一身份认证登录").click()
    await expect(visit.page.locator(".wrong")).to_contain_text("没有本系统的角色")
    assert identity.asked.count("/authorize") == 1
    visit.complaints = [c for c in visit.complaints if "403" not in c]
