"""Problems: every failure is an RFC 9457 document in both languages that gives nothing away."""

from __future__ import annotations

import logging
from inspect import signature
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.http.errors import Unexpected
from api.http.problem_kinds import KINDS
from api.http.problems import kind_of
from graph import errors
from graph.catalogue import Catalogue
from graph.catalogue.profiles import Profiles
from graph.errors import GraphError, StoreUnavailable
from graph.ledger import Ledger
from graph.loading.journal import begin_batches
from graph.reading.graph import Graph
from graph.settings import Settings
from graph.store import Store
from tests.api.conftest import client_of, make_app
from tests.api.problem_documents import check_problem

ERRORS = [v for v in vars(errors).values() if isinstance(v, type) and issubclass(v, GraphError)]


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: e.__name__)
async def test_every_error_has_a_row_and_a_document(bare_app: FastAPI, error: type[GraphError]) -> None:
    """Each class of the graph's errors is in the table itself, and becomes its document."""
    # Some have their own sentences, which name what they are given.
    own = "zh" not in signature(error).parameters
    raised: Any = error
    sent = (
        raised("/secret")
        if own
        else raised("路径 /secret 不对。", "path /secret is wrong.", subject="/secret")
    )

    async def fails() -> None:
        raise sent

    assert error in KINDS
    kind = kind_of(error)
    bare_app.add_api_route("/fails", fails)
    async with client_of(bare_app) as client:
        response = await client.get("/fails")
    document = check_problem(response, kind.status, error.code)
    assert kind.shown == ("/secret" in document["detail"] or document["subject"] == "/secret")
    assert kind.shown or "/secret" not in response.text
    assert (sent.subject if kind.shown else None) == document["subject"]
    assert document["instance"] == "/fails"
    if kind.status == 503:
        assert int(response.headers["retry-after"]) > 0


@pytest.mark.parametrize("error", KINDS, ids=lambda e: e.__name__)
async def test_the_type_of_a_problem_leads_to_its_meaning(bare_app: FastAPI, error: type[GraphError]) -> None:
    """The address in `type` answers in both languages."""
    async with client_of(bare_app) as client:
        response = await client.get(f"/problems/{error.code.replace('_', '-')}")
    assert response.status_code == 200
    assert kind_of(error).about_zh in response.text
    assert error.code in response.text


async def test_what_nobody_expected_shows_no_internals(
    bare_app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    """A bug is a 500 document without trace or message; the log has both."""

    async def breaks() -> None:
        raise ZeroDivisionError("internal detail")

    bare_app.add_api_route("/breaks", breaks)
    async with client_of(bare_app) as client:
        with caplog.at_level(logging.ERROR, logger="cobuild.api"):
            response = await client.get("/breaks")
    check_problem(response, 500, Unexpected.code)
    assert "internal detail" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "internal detail" in caplog.text


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nope", 404, "no_such_path"),
        ("GET", "/api/v1/nope", 404, "no_such_path"),
        ("GET", "/api/v1/coverage/", 404, "no_such_path"),
        ("GET", "/problems/nope", 404, "not_found"),
        ("POST", "/api/v1/coverage", 405, "wrong_method"),
        ("DELETE", "/api/v1/nodes/x", 405, "wrong_method"),
        ("GET", "/api/v1/nodes/q-990101-999", 404, "not_found"),
        ("GET", "/api/v1/nodes/nonsense", 404, "not_found"),
        ("GET", "/api/v1/areas/nonsense", 404, "not_found"),
        ("GET", "/api/v1/coverage?area=1", 404, "not_found"),
        ("GET", "/api/v1/coverage?place=nowhere", 404, "not_found"),
        ("GET", "/api/v1/coverage?dimension=nothing", 422, "bad_parameter"),
        ("GET", "/api/v1/gaps?state=nothing", 422, "bad_parameter"),
        ("GET", "/api/v1/checks?verdict=nothing", 422, "bad_parameter"),
        ("GET", "/api/v1/checks?rule=nothing", 404, "not_found"),
        ("GET", "/api/v1/candidates?rule=nothing", 404, "not_found"),
        ("GET", "/api/v1/candidates?rule=R15", 422, "bad_parameter"),
        ("GET", "/api/v1/candidates?area=1", 404, "not_found"),
        ("GET", "/api/v1/candidates?subject=nonsense", 404, "not_found"),
        ("GET", "/api/v1/candidates?subject=q-990101-999", 404, "not_found"),
        ("GET", "/api/v1/candidates?area=990101000000&subject=p-990101-9999", 404, "not_found"),
        ("GET", "/api/v1/paths", 422, "bad_parameter"),
        ("GET", "/api/v1/paths?source=n-990101-0001&k=0", 422, "bad_parameter"),
        ("GET", "/api/v1/paths?source=n-990101-0001&category=x", 422, "bad_parameter"),
        ("GET", "/api/v1/paths?source=k-990101-appraisal", 422, "bad_parameter"),
        ("GET", "/api/v1/queries/nothing", 404, "not_found"),
        ("GET", "/api/v1/queries/quarters", 422, "bad_parameter"),
        ("GET", "/api/v1/queries/quarters?area=1&nothing=1", 422, "bad_parameter"),
        ("GET", "/api/v1/queries/party_members_needed?num=x", 422, "bad_parameter"),
        ("GET", "/api/v1/search?q=", 422, "bad_parameter"),
        ("GET", "/api/v1/search?q=a&types=Nothing", 422, "bad_parameter"),
        ("GET", "/api/v1/nodes/q-990101-001/neighbours?types=NOTHING", 422, "bad_parameter"),
        ("GET", "/api/v1/graph", 422, "bad_parameter"),
        ("GET", "/api/v1/graph?area=990101000000&node=q-990101-001", 422, "bad_parameter"),
        ("GET", "/api/v1/graph?area=990101001001&format=png", 422, "bad_parameter"),
        ("GET", "/api/v1/places/nowhere", 404, "not_found"),
        ("GET", "/api/v1/rules/nothing", 404, "not_found"),
    ],
)
async def test_what_cannot_be_answered_is_a_problem(
    client: httpx.AsyncClient, method: str, path: str, status: int, code: str
) -> None:
    """Unknown things are 404, parameters that do not fit 422, each as a document."""
    response = await client.request(method, path)
    document = check_problem(response, status, code)
    assert path.partition("?")[0] == document["instance"]
    if status == 405:
        assert "GET" in response.headers["allow"]


async def test_half_a_load_is_not_answered(scratch_client: httpx.AsyncClient, graph: Graph) -> None:
    """While a load is incomplete every question, also a conditional one, is a 503."""
    path = "/api/v1/queries/nodes_by_type"
    tag = (await scratch_client.get(path)).headers["etag"]
    version = await graph.version()
    await graph.store.write(lambda tx: begin_batches(tx, version, "digest"))
    for headers in ({}, {"If-None-Match": tag}):
        response = await scratch_client.get(path, headers=headers)
        check_problem(response, 503, "load_incomplete")
        assert response.headers["retry-after"] == "30"
    check_problem(await scratch_client.get("/health/ready"), 503, "load_incomplete")
    check_problem(await scratch_client.get("/api/v1/places"), 503, "load_incomplete")
    assert (await scratch_client.get("/health/live")).status_code == 200


async def test_an_engine_out_of_reach_is_a_503(tmp_path: Path) -> None:
    """No engine at the address: not ready, but alive; the address is not given away."""
    settings = Settings(neo4j_uri="bolt://127.0.0.1:9")
    store = Store(settings)
    await store.connect()
    catalogue = Catalogue.load()
    graph = Graph(settings, store, catalogue, Profiles.load(catalogue), Ledger(tmp_path))
    try:
        async with client_of(make_app(graph)) as client:
            assert (await client.get("/health/live")).status_code == 200
            response = await client.get("/health/ready")
        assert response.status_code == 503
        assert response.json()["code"] in (StoreUnavailable.code, "engine_unavailable")
        assert int(response.headers["retry-after"]) > 0
        assert "127.0.0.1" not in response.text
    finally:
        await store.close()
