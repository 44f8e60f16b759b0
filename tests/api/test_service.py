"""The service as a whole: health, headers, compression, many at once, a graph of its own."""

from __future__ import annotations

import asyncio
import importlib
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from graph import __version__
from graph.reading.graph import Graph
from graph.settings import Settings
from tests.api.conftest import client_of, get, make_app
from tests.api.walk import ADDRESSES, DAY, address, query_addresses

EVERYWHERE = [address(p)[0] for p in ADDRESSES] + ["/docs", "/openapi.json", "/nope", "/health/live"]


async def test_ready_tells_the_data_version(client: httpx.AsyncClient, loaded: Graph) -> None:
    """Ready means that the engine answered just now."""
    assert {"status": "ready", "data_version": await loaded.version()} == await get(client, "/health/ready")
    assert await get(client, "/health/live") == {"status": "live"}


@pytest.mark.parametrize("path", EVERYWHERE)
async def test_every_answer_is_protected(client: httpx.AsyncClient, path: str) -> None:
    """Good answers and problems alike carry the headers that protect the reader."""
    headers = (await client.get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


async def test_large_answers_are_compressed(client: httpx.AsyncClient) -> None:
    """For those who accept it, and only from the size where it pays."""
    path = "/api/v1/model"
    packed = await client.get(path)
    plain = await client.get(path, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content) / 4
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert packed.headers["etag"] == plain.headers["etag"]
    assert packed.headers.get_list("vary") == ["Accept-Encoding"]
    assert "content-encoding" not in (await client.get("/health/live")).headers


@pytest.mark.parametrize("path", ["/api/v1/model", "/nope", "/docs"])
async def test_head_is_get_without_the_body(client: httpx.AsyncClient, path: str) -> None:
    """Same status and headers, nothing after them."""
    got, head = await client.get(path), await client.head(path)
    assert (got.status_code, b"") == (head.status_code, head.content)
    for name in ("content-length", "content-type"):
        assert got.headers[name] == head.headers[name]


async def test_fifty_at_once(client: httpx.AsyncClient) -> None:
    """Fifty requests of several kinds at the same time give what they give one by one."""
    cheap = ("/nodes/{id}", "/areas", "/paths", "/queries/{name}", "/rules", "/places", "/graph")
    asked = [address(cheap[i % len(cheap)]) for i in range(50)]
    answers = await asyncio.gather(*(client.get(path, params=params) for path, params in asked))
    assert {200} == {a.status_code for a in answers}
    for (path, params), answer in zip(asked[: len(cheap)], answers, strict=False):
        assert (await client.get(path, params=params)).content == answer.content


async def test_every_query_of_the_catalogue_can_be_run(client: httpx.AsyncClient, loaded: Graph) -> None:
    """By its name and parameters as text, with the columns that it declares; no open date stands there."""
    for path, params in query_addresses():
        body = await get(client, path, **params)
        query = loaded.catalogue[path.rpartition("/")[2]]
        assert {query.name: query.revision} == body["stamp"]["queries"]
        columns = [c.name for c in query.columns]
        for row in body["data"]:
            assert columns == [n for n in row if n in columns]
            assert set(row) - set(columns) <= {"since_known"}
            if "since" in row:
                assert row["since_known"] == (row["since"] is not None)
        text = str(body["data"])
        assert "0001-01-01" not in text
        assert "9999-12-31" not in text


async def test_the_application_opens_a_graph_of_its_own(tmp_path: Path) -> None:
    """Without a graph handed in, the lifespan opens one and closes it."""
    app = create_app(Settings(data_dir=tmp_path / "data", heap="256m", engine_compiler="quick"))
    async with app.router.lifespan_context(app), client_of(app) as client:
        body = await get(client, "/api/v1/queries/nodes_by_type")
        assert body["stamp"]["data_version"] == 0
    assert app.state.service.graph.store.engine is not None


def test_the_module_for_servers_reads_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """`api.asgi` holds an application with the settings of the environment; nothing starts yet."""
    monkeypatch.setenv("COBUILD_DATA_DIR", "/nowhere")
    asgi = importlib.import_module("api.asgi")
    assert isinstance(asgi.app, FastAPI)


async def test_the_description_names_version_and_masking(bare_app: FastAPI) -> None:
    """What needs no graph is known before there is one."""
    assert ("Cobuild", __version__) == (bare_app.title, bare_app.version)


async def test_ids_are_found_whatever_their_case_of_encoding(loaded: Graph) -> None:
    """Chinese in a path may come percent-encoded or not."""
    async with client_of(make_app(loaded)) as client:
        encoded = await client.get("/api/v1/places/%E7%9F%B3%E9%BC%93")
        assert encoded.json()["data"]["name"] == "shigu"
        assert encoded.headers["etag"] == (await client.get("/api/v1/places/石鼓")).headers["etag"]
        assert (await client.get("/api/v1/coverage", params=DAY)).status_code == 200


async def test_a_foreign_host_name_is_refused(loaded: Graph) -> None:
    """A page that resolves its own name to this machine cannot read answers in a browser."""
    app = create_app(loaded.settings, graph=loaded)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://evil.example:8000"
    ) as client:
        refused = await client.get("/api/v1/places")
        assert (refused.status_code, refused.json()["code"]) == (422, "bad_parameter")
        for host in ("127.0.0.1:8000", "localhost", "[::1]:8000"):
            asked = await client.get("/health/live", headers={"Host": host})
            assert asked.status_code == 200
