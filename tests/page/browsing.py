"""A window of the browser and what is watched in it: errors, requests elsewhere, answers of the service."""

from __future__ import annotations

import asyncio
import base64
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from playwright.async_api import Browser, Page, Response, Route, expect

ROOT = Path(__file__).parents[2]
AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
PATIENCE = 180_000
"""Milliseconds for the first answers of an engine that plans its queries on a shared machine."""
expect.set_options(timeout=PATIENCE)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
AREA = "990101000000"
STREET = "990101001000"
COMMUNITY = "990101001001"
DAY = "2025-06-30"


@asynccontextmanager
async def serving(app: FastAPI) -> AsyncIterator[str]:
    """The application behind a real port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await task


@dataclass
class Visit:
    """A window at a service, and what was seen in it."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    """Errors of the console, of scripts, and requests to other origins."""
    answers: list[Response] = field(default_factory=list)

    async def open(self, path: str) -> None:
        """Go there, and wait until nothing is loading any longer."""
        await self.page.goto(self.address + path)
        await self.settled()

    async def settled(self) -> None:
        """Until the view is there and no part of it waits for an answer."""
        page = self.page
        await page.wait_for_selector("main h1, main .state, dialog[open]", state="attached")
        await expect(page.locator(".spinner, .waiting")).to_have_count(0, timeout=PATIENCE)
        # The page listens to a stream that never ends, so the network is never idle.
        await page.wait_for_timeout(250)
        await expect(page.locator(".spinner, .waiting")).to_have_count(0, timeout=PATIENCE)

    async def axe(self, *rules: str) -> list[str]:
        """What axe finds wrong, by these rules or by all: rule and element.

        It is put in by the debugger, which no policy holds for.
        """
        await self.page.evaluate(AXE.read_text("utf-8"))
        wanted = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": TAGS}
        found: dict[str, Any] = await self.page.evaluate(
            "wanted => axe.run(document, {runOnly: wanted, resultTypes: ['violations']})", wanted
        )
        return [
            f"{v['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
            for v in found["violations"]
            for node in v["nodes"][:3]
        ]

    async def shoot(self, name: str) -> None:
        """A screenshot where `COBUILD_SCREENSHOTS` names a folder."""
        folder = os.environ.get("COBUILD_SCREENSHOTS")
        if folder:
            await self.page.screenshot(path=Path(folder) / f"{name}.png")

    async def take(self, button: str) -> Path:
        """The file that a button gives."""
        async with self.page.expect_download() as coming:
            await self.page.get_by_role("button", name=button, exact=True).click()
        return Path(await (await coming.value).path())


async def drop(page: Page, path: Path) -> None:
    """A file dropped where the page takes files, as from a folder of the desktop."""
    files = await page.evaluate_handle(
        """([name, content]) => {
            const files = new DataTransfer();
            files.items.add(new File([Uint8Array.from(atob(content), c => c.charCodeAt(0))], name));
            return files;
        }""",
        [path.name, _coded(path)],
    )
    await page.dispatch_event(".drop", "drop", {"dataTransfer": files})


def _coded(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()


@asynccontextmanager
async def visiting(browser: Browser, address: str) -> AsyncIterator[Visit]:
    """A fresh window without memory of others."""
    context = await browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    visit = Visit(page, address)

    def note(text: str) -> None:
        visit.complaints.append(text)

    async def watch(route: Route) -> None:
        if not route.request.url.startswith((address, "blob:", "data:")):
            note(f"request to {route.request.url}")
        await route.continue_()

    page.on("console", lambda m: note(f"console: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: note(f"script: {error}"))
    page.on("response", lambda answer: visit.answers.append(answer))  # noqa: PLW0108 - it has to take attributes
    await page.route("**/*", watch)
    yield visit
    await context.close()
