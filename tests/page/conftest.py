"""The page in Debian's Chromium, over a service of its own; one service and one browser for all tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.async_api import Browser, async_playwright

from graph.reading.graph import Graph
from tests.api.access import guarded_app
from tests.api.conftest import make_app
from tests.conftest import Opener
from tests.page.browsing import Visit, serving, visiting

ROOT = Path(__file__).parents[2]
Open = Callable[[str], Awaitable[Visit]]


def require(there: bool, what: str) -> None:
    """Skip, saying so plainly; in CI that is a failure."""
    if not there and os.environ.get("CI") == "true":
        pytest.fail(f"the page was not tested: {what}")
    if not there:
        pytest.skip(f"the page was not tested: {what}")


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium of this machine; nothing is downloaded."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    require(path is not None, "no Chromium is installed")
    require((ROOT / "api/page/index.html").exists(), "make page has not built it")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        await browser.close()


@asynccontextmanager
async def _served(app: FastAPI) -> AsyncIterator[str]:
    async with serving(app) as address:
        yield address
        await app.state.service.desk.close()
        await app.state.service.copies.close()


@pytest.fixture(scope="session")
async def address(loader: Opener) -> AsyncIterator[str]:
    """Where the service with all seed data answers; no one logs in."""
    async with _served(make_app(await loader("embedded"))) as found:
        yield found


@pytest.fixture(scope="session")
async def guarded(loader: Opener) -> AsyncIterator[tuple[str, Graph]]:
    """A service that asks everybody for a key, and its graph."""
    graph = await loader("embedded")
    async with _served(guarded_app(graph)) as found:
        yield found, graph


@pytest.fixture
async def visit(browser: Browser, address: str) -> AsyncIterator[Visit]:
    """A fresh window; what it complains about fails the test at its end."""
    async with visiting(browser, address) as found:
        yield found
    assert found.complaints == []


@pytest.fixture
async def guest(browser: Browser, guarded: tuple[str, Graph]) -> AsyncIterator[Visit]:
    """A fresh window at the service that asks for a key; refused requests are expected there."""
    async with visiting(browser, guarded[0]) as found:
        yield found
    assert [c for c in found.complaints if "401" not in c] == []
