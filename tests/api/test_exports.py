"""Files of the API: the rows of the answer itself, with its stamp, masked as it is."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from openpyxl import load_workbook

from graph.model import EDGES, NODES
from graph.model.vocabulary import MechanismMode, NeedStatus
from graph.private import MASK
from graph.reading.graph import Graph
from graph.reports.tables.code_words import words_of
from graph.reports.tables.sheets import MEDIA_TYPE
from tests.api.conftest import get

V1 = "/api/v1"
DAY = {"as_of": "2025-06-30"}
AREA = {"area": "990101000000"}
ANSWERS: dict[str, tuple[str, dict[str, Any]]] = {
    "query": ("/queries/body_members", {"body": "oc-990101-009", **DAY}),
    "coverage": ("/coverage", {**AREA, **DAY}),
    "gaps": ("/gaps", {**AREA, **DAY, "dimension": "owners_committee"}),
}


WORDED = {
    "terms_ending": ["日期精度"],
    "needs": ["状态"],
    "mechanisms": ["方式"],
    "quarter_coverage": ["小区党支部"],
}
"""Queries with codes, and the headings of their columns."""


@pytest.mark.parametrize("name", ANSWERS)
async def test_a_file_has_all_rows_of_the_answer(name: str, client: httpx.AsyncClient) -> None:
    """Workbook and CSV hold as many rows and columns, whatever the page; the stamp is the same."""
    path, params = ANSWERS[name]
    wanted = await get(client, V1 + path, **params, limit=1000)
    made = await client.get(f"{V1}{path}/export", params=params)
    assert made.status_code == 200, made.text
    assert made.headers["content-type"] == MEDIA_TYPE
    assert unquote(made.headers["content-disposition"]).endswith("2025-06-30.xlsx")
    stamp = json.loads(made.headers["cobuild-stamp"])
    assert stamp["queries"] == wanted["stamp"]["queries"]
    book = load_workbook(io.BytesIO(made.content))
    total = wanted["page"]["total"]
    assert book["结果"].max_row == total + 1
    assert book["封面"]["A1"].value == "项目"
    text = await client.get(f"{V1}{path}/export", params={**params, "format": "csv"})
    assert text.headers["content-type"].startswith("text/csv")
    assert text.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(text.content.decode("utf-8-sig"), newline="")))
    assert len(rows) == total > 0
    columns = list(wanted["data"][0])
    if name == "query":
        columns.remove("since_known")  # in a file of these a start that is not known is a word in its cell
    assert list(rows[0]) == columns
    assert book["结果"].max_column == len(rows[0])
    assert made.headers["etag"] != text.headers["etag"]
    again = await client.get(str(made.request.url), headers={"If-None-Match": made.headers["etag"]})
    assert again.status_code == 304


async def test_a_workbook_says_codes_in_words(client: httpx.AsyncClient) -> None:
    """Enumerations, precisions of days and states, each by its own column; CSV keeps the codes."""
    said: dict[str, set[str]] = {}
    for query, columns in WORDED.items():
        made = await client.get(f"{V1}/queries/{query}/export", params={**AREA, **DAY, "format": "xlsx"})
        heading, *lines = load_workbook(io.BytesIO(made.content))["结果"].iter_rows(values_only=True)
        for column in columns:
            cells = (str(line[heading.index(column)] or "") for line in lines)
            said[column] = {word for cell in cells for word in cell.split("\n") if word}
    assert said["日期精度"] <= {"日", "月", "年"}
    assert said["状态"] <= {term.zh for term in NeedStatus}
    assert said["方式"] <= {term.zh for term in MechanismMode}
    assert said["小区党支部"] == {"已覆盖", "缺口", "未知"}
    assert all(said.values())
    assert words_of("mode", [{"mode": "target"}])["target"] == MechanismMode("target").zh
    text = await client.get(f"{V1}/queries/needs/export", params={**AREA, **DAY, "format": "csv"})
    kept = {row["status"] for row in csv.DictReader(io.StringIO(text.content.decode("utf-8-sig")))}
    assert kept <= {term.value for term in NeedStatus}


async def test_a_file_of_what_lacks_a_register_has_the_rows_of_the_page(client: httpx.AsyncClient) -> None:
    """And says in its stamp what was chosen, and how many rows it has."""
    chosen = {**AREA, **DAY, "lacks": "小区：纬度"}
    body = await get(client, f"{V1}/checks", **chosen, limit=1000)
    made = await client.get(f"{V1}/checks/export", params={**chosen, "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"), newline="")))
    assert [r["finding"] for r in rows] == [r["finding"] for r in body["data"]["rows"]] != []
    stamp = json.loads(made.headers["cobuild-stamp"])
    assert (stamp["parameters"]["lacks"], stamp["rows"]) == ("小区：纬度", len(rows))


async def read_rows(client: httpx.AsyncClient, path: str, **params: Any) -> list[dict[str, str]]:
    """The rows of a file as CSV, whose workbook has as many."""
    made = await client.get(f"{V1}{path}", params=params)
    assert made.status_code == 200, made.text
    text = await client.get(f"{V1}{path}", params={**params, "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(text.content.decode("utf-8-sig"), newline="")))
    assert load_workbook(io.BytesIO(made.content))["结果"].max_row == len(rows) + 1
    return rows


@pytest.mark.parametrize(
    ("path", "params", "columns"),
    [
        (
            "/checks",
            {**AREA, **DAY, "verdict": "fail", "rule": "R07"},
            "code,subject_name,severity,reason_zh",
        ),
        ("/gaps", {**AREA, **DAY}, "subject_name,households"),
        ("/reports/calendar", {**AREA, **DAY, "days": 400}, "last_day,name,kind_zh"),
        ("/queries/quarters", {**AREA, **DAY}, "name,households"),
    ],
)
async def test_a_file_holds_exactly_what_is_shown(
    client: httpx.AsyncClient, path: str, params: dict[str, Any], columns: str
) -> None:
    """The rows that conditions choose, in the order asked for, with the columns asked for."""
    name, by = columns.split(",")[:2]
    chosen = {**params, "where": f"{name}!=", "sort": f"-{by}"}
    body = await get(client, V1 + path, **chosen, limit=1000)
    rows = body["data"]["rows"] if path == "/checks" else body["data"]
    made = await client.get(f"{V1}{path}/export", params={**chosen, "columns": columns, "format": "csv"})
    assert made.status_code == 200, made.text
    found = list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"), newline="")))
    assert list(found[0]) == columns.split(",")
    assert [row[name] for row in found] == [str(row[name]) for row in rows]
    assert len(found) == body["page"]["total"] > 1
    refused = await client.get(f"{V1}{path}/export", params={**chosen, "columns": "nonsense"})
    assert refused.status_code == 422


async def test_candidates_as_a_file_leave_no_gap_out(client: httpx.AsyncClient) -> None:
    """A row for every candidate of the answer, and every gap is there."""
    asked = {**AREA, **DAY, "rule": "R19"}
    data = (await get(client, f"{V1}/candidates", **asked, limit=1000))["data"]
    rows = await read_rows(client, "/candidates/export", **asked)
    shown = [(row["finding"], row["candidate"]) for row in rows if row["candidate"]]
    assert sorted(shown) == sorted((row["finding"], row["candidate"]) for row in data["rows"])
    assert {row["finding"] for row in rows} == {gap["finding"] for gap in data["gaps"]}


async def test_paths_as_a_file_say_why_there_is_none(client: httpx.AsyncClient) -> None:
    """A row for each path; where nothing is found, one row with the verdict and the reason."""
    for source, verdict in (("n-990101-0001", "found"), ("n-990101-0002", None)):
        data = (await get(client, f"{V1}/paths", source=source, **DAY))["data"]
        rows = await read_rows(client, "/paths/export", source=source, **DAY)
        assert [row["sentence_zh"] for row in rows if "sentence_zh" in row] == [
            path["sentence_zh"] for path in data["paths"]
        ]
        assert {row["verdict"] for row in rows} == {data["verdict"]}
        assert verdict in (None, data["verdict"])


async def test_names_are_withheld_unless_the_operator_shows_them(
    client: httpx.AsyncClient, open_client: httpx.AsyncClient
) -> None:
    """In workbooks as in answers, and the cover says so."""
    path, params = ANSWERS["query"]
    for asked, masked in ((client, True), (open_client, False)):
        made = await asked.get(f"{V1}{path}/export", params=params)
        book = load_workbook(io.BytesIO(made.content))
        values = {v for row in book["结果"].iter_rows(values_only=True) for v in row}
        assert (MASK in values) is masked
        cover = {row[0].value: row[1].value for row in book["封面"].iter_rows()}
        assert ("已屏蔽" in cover["个人信息"]) is masked


async def test_a_wrong_request_for_a_file_is_a_problem(client: httpx.AsyncClient) -> None:
    """Another format, an unknown query, a parameter that is not declared."""
    for path, params, status in (
        ("/coverage/export", {"format": "xls"}, 422),
        ("/coverage/export", {"limit": "3"}, 422),
        ("/queries/nothing/export", {}, 404),
        ("/queries/body_members/export", {}, 422),
        ("/queries/body_members/export", {"body": "oc-990101-009", "limit": "1"}, 422),
        ("/template", {"types": "Quarters"}, 422),
    ):
        response = await client.get(V1 + path, params=params)
        assert response.status_code == status, (path, response.text)
        assert response.headers["content-type"].startswith("application/problem+json")


def test_no_query_has_a_parameter_of_the_name_of_ours(loaded: Graph) -> None:
    """`format` chooses the kind of file."""
    assert not [q.name for q in loaded.catalogue if "format" in {p.name for p in q.parameters}]


async def test_the_template_can_be_had_from_the_service(client: httpx.AsyncClient) -> None:
    """All types, or those that are named."""
    made = await client.get(f"{V1}/template")
    sheets = load_workbook(io.BytesIO(made.content)).sheetnames
    kinds = [*NODES.values(), *(e for e in EDGES.values() if not e.derived)]
    assert {k.zh for k in kinds} <= set(sheets)
    some = await client.get(f"{V1}/template", params={"types": "Quarter,HOLDS_POST"})
    # A quarter is in no area's answer without the sheet that says where it belongs.
    sheets = load_workbook(io.BytesIO(some.content)).sheetnames
    assert sheets[2:] == ["小区", "来源", "属于", "任职", "词表"]
