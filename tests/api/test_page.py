"""The page as files: what the service gives under its addresses, with which headers; and without a build."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.documents import page
from graph.settings import Settings
from tests.api.conftest import client_of

ROOT = Path(__file__).parents[2]
SCRIPT = "assets/index-ab12.js"


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small build in the place of the real one."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><html lang=zh><title>Cobuild</title>", "utf-8")
    (tmp_path / "favicon.svg").write_text("<svg/>", "utf-8")
    (tmp_path / SCRIPT).write_text("let a = 1", "utf-8")
    (tmp_path / f"{SCRIPT}.gz").write_bytes(gzip.compress(b"let a = 1"))
    (tmp_path / "secret.pem").write_text("no", "utf-8")
    monkeypatch.setattr(page, "FOLDER", tmp_path)
    return tmp_path


async def ask(app: FastAPI, path: str, **headers: str) -> httpx.Response:
    """One answer; `headers` with `_` for `-`."""
    async with client_of(app) as client:
        return await client.get(path, headers={n.replace("_", "-"): v for n, v in headers.items()})


@pytest.mark.parametrize("path", ["/", "/overview", "/lists/gaps?area=1&row=a~b", "/graph", "/account"])
async def test_an_address_of_a_view_gives_the_page(bare_app: FastAPI, built: Path, path: str) -> None:
    """The page reads its address itself; it is asked for again every time, under a strict policy."""
    answer = await ask(bare_app, path)
    assert answer.text == (built / "index.html").read_text("utf-8").replace("<html", "<html data-open")
    assert answer.headers["cache-control"] == "no-cache"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    unchanged = await ask(bare_app, path, if_none_match=answer.headers["etag"])
    assert (unchanged.status_code, unchanged.content) == (304, b"")


async def test_where_one_logs_in_the_page_asks_first_who_one_is(built: Path) -> None:
    """Only where no one logs in it is told so, and asks for everything at once."""
    settings = Settings(auth="required")
    answer = await ask(create_app(settings), "/overview")
    assert answer.text == (built / "index.html").read_text("utf-8")
    opened = await ask(create_app(Settings()), "/overview", if_none_match=answer.headers["etag"])
    assert opened.status_code == 200
    assert opened.headers["etag"] != answer.headers["etag"]


async def test_hashed_files_are_kept_for_good_and_come_compressed(bare_app: FastAPI, built: Path) -> None:
    """The copy that the build made, where the browser takes it; the same content either way."""
    packed = await ask(bare_app, f"/{SCRIPT}", accept_encoding="gzip, br")
    plain = await ask(bare_app, f"/{SCRIPT}", accept_encoding="identity")
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text == "let a = 1"
    assert packed.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert packed.headers["content-type"].startswith("text/javascript")
    assert "Accept-Encoding" in packed.headers["vary"]


@pytest.mark.parametrize(
    "path",
    ["/nope", "/api/v1/nope", "/assets/nope.js", "/assets/..%2Fsecret.pem", "/secret.pem", "/index.html"],
)
async def test_other_addresses_stay_problems(bare_app: FastAPI, built: Path, path: str) -> None:
    """Nothing but views and files of the build is given under any address."""
    answer = await ask(bare_app, path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


async def test_without_a_build_it_says_how_to_make_one(
    bare_app: FastAPI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence in each language; the API is there all the same."""
    monkeypatch.setattr(page, "FOLDER", tmp_path / "none")
    answer = await ask(bare_app, "/")
    assert answer.status_code == 200
    assert "make page" in answer.text
    assert "网页尚未构建" in answer.text
    assert (await ask(bare_app, "/health/live")).status_code == 200


def test_the_service_knows_the_views_of_the_page() -> None:
    """A view that the page has and the service does not would be lost when its address is opened."""
    text = (ROOT / "web/src/frame/views.ts").read_text("utf-8")
    assert set(re.findall(r'\{ path: "(\w+)"', text)) <= set(page.VIEWS)


def test_the_lock_of_the_page_names_no_registry() -> None:
    """Where packages come from is the business of the machine that builds; versions are exact."""
    lock = json.loads((ROOT / "web/package-lock.json").read_text("utf-8"))
    assert not [name for name, found in lock["packages"].items() if "resolved" in found]
    wanted = json.loads((ROOT / "web/package.json").read_text("utf-8"))
    pins = {**wanted["dependencies"], **wanted["devDependencies"]}
    assert not [name for name, version in pins.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)]


def test_the_types_of_the_page_are_those_of_the_contract(tmp_path: Path) -> None:
    """`make client` writes them; the page is checked against what the service says today."""
    tool = ROOT / "web/node_modules/.bin/openapi-typescript"
    if not tool.exists() or shutil.which("node") is None:
        assert os.environ.get("CI") != "true", "make page has to come before the tests"
        pytest.skip("the page's tools are not installed: make page")
    made = tmp_path / "schema.d.ts"
    subprocess.run(
        [str(tool), "../tests/api/openapi.json", "-o", str(made)],
        cwd=ROOT / "web",
        check=True,
        capture_output=True,
    )
    assert made.read_text("utf-8") == (ROOT / "web/src/api/schema.d.ts").read_text("utf-8")
