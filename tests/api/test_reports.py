"""Reports over HTTP: tables, kept runs, differences, a workbook and a page, each with its stamp."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from openpyxl import load_workbook
from pydantic import TypeAdapter

from api.documents.envelope_shapes import Answered, Paged
from api.http.edge import HEADERS
from graph.reading.graph import Graph
from graph.reports.crosstab import read_report
from graph.reports.shapes import DifferenceShape, RunRow
from graph.reports.tables.sheets import MEDIA_TYPE
from tests.api.conftest import client_of, get, make_app
from tests.api.problem_documents import check_problem
from tests.oracle.asking import store
from tests.oracle.scene import DISTRICT
from tests.reports.scenes import DAY, place_of_conflict

V1 = "/api/v1"
STREET = "990101001000"


@pytest.mark.parametrize("by", ["rule", "area", "severity", "body"])
async def test_a_report_is_the_table_of_the_graph(client: httpx.AsyncClient, loaded: Graph, by: str) -> None:
    """The same rows page by page, with the stamp of the rules."""
    wanted = await read_report(loaded, by, area=STREET, as_of=DAY)
    params = {"by": by, "area": STREET, "as_of": str(DAY), "limit": 40}
    found: list[dict[str, Any]] = []
    while True:
        body = await get(client, f"{V1}/reports", **params)
        found += body["data"]
        if body["page"]["next"] is None:
            break
        params["cursor"] = body["page"]["next"]
    assert found == wanted.data
    assert body["page"]["total"] == len(wanted.data)
    assert body["stamp"]["queries"] == wanted.stamp.queries
    assert body["stamp"]["area"] == STREET


async def test_a_workbook_is_a_file_with_two_names_and_a_stamp(client: httpx.AsyncClient) -> None:
    """An .xlsx with the asked days and maker on its cover; the stamp is in a header."""
    response = await client.get(
        f"{V1}/reports/workbook", params={"area": STREET, "as_of": str(DAY), "made_by": "=示例科", "days": 30}
    )
    assert response.status_code == 200
    assert response.headers["content-type"] == MEDIA_TYPE
    named = response.headers["content-disposition"]
    assert re.search(r'filename="([ -~]+)"', named)[1] == f"cobuild-{STREET}-2025-06-30.xlsx"  # type: ignore[index]
    full = unquote(named.partition("filename*=UTF-8''")[2])
    assert full.startswith("交叉任职核查报告-示例区（虚构）示例一街道-2025-06-30")
    stamp = json.loads(response.headers["cobuild-stamp"])
    assert (stamp["area"], stamp["as_of"]) == (STREET, "2025-06-30")
    book = load_workbook(BytesIO(response.content))
    cover = {row[0].value: row[1].value for row in book["技术说明"].iter_rows()}
    assert cover["制表人"] == "=示例科"
    assert cover["届期日历"] == "统计日期之后 30 天内"
    assert cover["数据版本"] == stamp["data_version"]
    same = await client.get(str(response.request.url), headers={"If-None-Match": response.headers["etag"]})
    assert same.status_code == 304


async def test_the_page_may_have_its_own_style_and_nothing_else(client: httpx.AsyncClient) -> None:
    """The policy names the style by its hash; other answers keep the stricter one."""
    response = await client.get(f"{V1}/reports/bodies/oc-990101-010", params={"as_of": str(DAY)})
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    policy = response.headers["content-security-policy"]
    style = re.search(r"<style>(.*?)</style>", response.text, re.S)
    assert style is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "style=" not in response.text
    assert "script-src" not in policy
    assert json.loads(response.headers["cobuild-stamp"])["data_version"] > 0
    strict = await client.get(f"{V1}/rules")
    assert strict.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


async def test_reports_name_nobody_unless_the_operator_shows_it(graph: Graph) -> None:
    """Page, workbook, calendar and difference: no name; with the setting it is there."""
    await store(graph, place_of_conflict().builder)
    day = {"as_of": str(DAY)}
    asked: list[tuple[str, dict[str, Any]]] = [
        ("/reports/bodies/oc-990101-1", day),
        ("/reports/calendar", {**day, "days": 90}),
        ("/reports/difference", {"from": "2019-12-31", "to": str(DAY), "area": DISTRICT}),
    ]
    for shown in (False, True):
        async with client_of(make_app(graph, show_personal=shown)) as client:
            for path, params in asked:
                response = await client.get(V1 + path, params=params)
                assert response.status_code == 200, response.text
                assert ("张三1号" in response.text) is shown, path


async def test_a_run_is_kept_listed_and_compared(graph: Graph) -> None:
    """What was kept is in the list, and stands for a side of a difference."""
    await store(graph, place_of_conflict().builder)
    async with client_of(make_app(graph)) as client:
        before = await client.get(f"{V1}/runs")
        wanted = {"title": "上半年", "made_by": "示例科", "area": DISTRICT, "as_of": str(DAY)}
        made = await client.post(f"{V1}/runs", json=wanted)
        assert made.status_code == 200, made.text
        assert made.headers["cache-control"] == "no-store"
        run = made.json()["data"]
        TypeAdapter(Answered[RunRow]).validate_python(made.json())
        assert {k: run[k] for k in wanted} == wanted
        after = await client.get(f"{V1}/runs", headers={"If-None-Match": before.headers["etag"]})
        assert after.json()["data"][0] == run
        params = {"from": "2019-12-31", "to": run["id"], "limit": 1, "change": "new"}
        body = await get(client, f"{V1}/reports/difference", **params)
        TypeAdapter(Paged[DifferenceShape]).validate_python(body)
        assert body["data"]["to"]["title"] == "上半年"
        assert body["page"]["total"] == sum(line["new"] for line in body["data"]["counts"]) > 0
        assert [row["change"] for row in body["data"]["rows"]] == ["new"]


async def test_runs_are_kept_by_those_who_may(graph: Graph) -> None:
    """Without a key nothing is written where keys are asked for; a wrong body is a problem."""
    async with client_of(make_app(graph, auth="required")) as client:
        response = await client.post(f"{V1}/runs", json={"title": "x", "made_by": "y"})
        check_problem(response, 401, "unauthorized")
    async with client_of(make_app(graph)) as client:
        for body in ({}, {"title": "", "made_by": "y"}, {"title": "x", "made_by": "y", "name": 1}):
            check_problem(await client.post(f"{V1}/runs", json=body), 422, "bad_parameter")
        body = {"title": "x", "made_by": "y", "area": "110101000000"}
        check_problem(await client.post(f"{V1}/runs", json=body), 404, "not_found")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/reports?by=person", 422, "bad_parameter"),
        ("/reports?area=1", 404, "not_found"),
        ("/reports?place=nowhere", 404, "not_found"),
        ("/reports/workbook?area=1", 404, "not_found"),
        ("/reports/workbook?days=0", 422, "bad_parameter"),
        ("/reports/workbook?colour=red", 422, "bad_parameter"),
        ("/reports/calendar?days=99999", 422, "bad_parameter"),
        ("/reports/bodies/oc-990101-999", 404, "not_found"),
        ("/reports/bodies/p-990101-0001", 404, "not_found"),
        ("/reports/bodies/oc-990101-009?x=1", 422, "bad_parameter"),
        ("/reports/difference", 422, "bad_parameter"),
        ("/reports/difference?from=yesterday", 422, "bad_parameter"),
        ("/reports/difference?from=000000000000000000000000", 404, "not_found"),
        ("/reports/difference?from=2025-01-01&change=better", 422, "bad_parameter"),
    ],
)
async def test_what_cannot_be_reported_is_a_problem(
    client: httpx.AsyncClient, path: str, status: int, code: str
) -> None:
    """Unknown things are 404, parameters that do not fit 422."""
    check_problem(await client.get(V1 + path), status, code)


async def test_a_waiver_changes_the_report(graph: Graph) -> None:
    """The tag of a report follows the ledger: after a waiver the figures are read anew."""
    await store(graph, place_of_conflict().builder)
    async with client_of(make_app(graph)) as client:
        params = {"by": "rule", "as_of": str(DAY)}
        first = await client.get(f"{V1}/reports", params=params)
        finding = "R14:p-990101-1|p-990101-1~HOLDS_POST~oc-990101-1~member~1"
        waiver = {
            "finding": finding,
            "reason": "已报批",
            "decided_by": "示例科",
            "since": str(DAY),
            "until": "2025-07-01",
        }
        made = await client.post(f"{V1}/waivers", json=waiver)
        assert made.status_code == 200, made.text
        again = await client.get(
            f"{V1}/reports", params=params, headers={"If-None-Match": first.headers["etag"]}
        )
        assert again.status_code == 200
        lines = [next(x for x in r.json()["data"] if x["key"] == "R14") for r in (first, again)]
        assert [(x["fail"], x["waived"], x["judged"]) for x in lines] == [(1, 0, 2), (0, 1, 2)]
        ended = made.json()["data"]["id"]
        await client.post(f"{V1}/waivers/{ended}/end", json={"until": str(DAY)})


async def test_the_files_are_documented_as_what_they_are(client: httpx.AsyncClient) -> None:
    """Their media types are in the OpenAPI document."""
    document = (await client.get("/openapi.json")).json()
    for path, media in (("/reports/workbook", MEDIA_TYPE), ("/reports/bodies/{id}", "text/html")):
        operation = document["paths"][V1 + path]["get"]
        assert list(operation["responses"]["200"]["content"]) == [media]
