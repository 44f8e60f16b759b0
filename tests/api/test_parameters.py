"""Parameters: none is silently ignored, none silently read as something else."""

from __future__ import annotations

import httpx
import pytest

from api.http.handlers import SHOWN
from tests.api.conftest import get
from tests.api.problem_documents import check_problem
from tests.api.walk import ADDRESSES, DAY, address


@pytest.mark.parametrize("path", ADDRESSES)
async def test_an_unknown_parameter_is_refused(client: httpx.AsyncClient, path: str) -> None:
    """A mistyped name is a 422 that lists the names there are."""
    where, params = address(path)
    response = await client.get(where, params={**params, "as-of": "2025-06-30"})
    document = check_problem(response, 422, "bad_parameter")
    assert document["subject"] == "as-of"
    for name in params:
        assert name in document["detail_en"]


@pytest.mark.parametrize("path", ["/health/live", "/docs", "/openapi.json"])
async def test_endpoints_outside_refuse_them_too(client: httpx.AsyncClient, path: str) -> None:
    """Also where nothing is asked of the graph."""
    check_problem(await client.get(path, params={"x": 1}), 422, "bad_parameter")


@pytest.mark.parametrize("path", ["/api/v1/coverage", "/api/v1/queries/quarters"])
async def test_a_repeated_parameter_is_refused(client: httpx.AsyncClient, path: str) -> None:
    """One of two values would be ignored."""
    response = await client.get(f"{path}?area=990101001001&area=990101001002")
    assert check_problem(response, 422, "bad_parameter")["subject"] == "area"


@pytest.mark.parametrize("day", ["2025", "1751241600", "2025-6-30", "2025-02-30", "today", "-1"])
async def test_only_dates_are_days(client: httpx.AsyncClient, day: str) -> None:
    """A number is not read as seconds since 1970."""
    response = await client.get("/api/v1/coverage", params={"as_of": day})
    document = check_problem(response, 422, "bad_parameter")
    assert "YYYY-MM-DD" in document["detail_zh"]


async def test_an_empty_value_is_no_value(client: httpx.AsyncClient) -> None:
    """What a form sends for an empty field means the default."""
    empty = dict.fromkeys(("area", "place", "dimension", "as_of", "limit", "cursor"), "")
    wanted = await get(client, "/api/v1/coverage")
    assert wanted["data"] == (await get(client, "/api/v1/coverage", **empty))["data"]
    for path, names in (
        ("/gaps", ("state",)),
        ("/checks", ("rule", "verdict")),
        ("/paths", ("category", "k")),
        ("/candidates", ("rule", "subject")),
        ("/graph", ("node", "path", "format")),
        ("/queries/{name}", ("as_of",)),
    ):
        where, params = address(path)
        params = {n: v for n, v in params.items() if n not in names}
        blank = {**params, **dict.fromkeys(names, "")}
        assert (await get(client, where, **params)).get("data") == (await get(client, where, **blank)).get(
            "data"
        )


async def test_every_mistake_is_told_at_once(client: httpx.AsyncClient) -> None:
    """Two wrong parameters are reported in one answer."""
    response = await client.get("/api/v1/paths", params={"k": "many"})
    document = check_problem(response, 422, "bad_parameter")
    for name in ("source", "k"):
        assert name in document["detail_zh"]
        assert name in document["detail_en"]


async def test_a_long_value_is_not_repeated_in_full(client: httpx.AsyncClient) -> None:
    """The answer to a mistake does not grow with it."""
    response = await client.get("/api/v1/paths", params={"source": "x", "k": "9" * 5000})
    assert len(check_problem(response, 422, "bad_parameter")["detail_en"]) < 4 * SHOWN


@pytest.mark.parametrize(
    "text", ["'", '"', "`", "$", "\\", "{id}", "}) DETACH DELETE (n", "\u2028", "\x00", "😀", "%25", "＊"]
)
async def test_values_are_never_part_of_a_query(client: httpx.AsyncClient, text: str) -> None:
    """Whatever is in a parameter is a value: an answer or a problem, never a 500."""
    for path, name in (
        ("/api/v1/search", "q"),
        ("/api/v1/queries/quarters", "area"),
        ("/api/v1/paths", "source"),
        ("/api/v1/coverage", "place"),
    ):
        response = await client.get(path, params={name: text})
        assert response.status_code in (200, 404, 422), (path, response.text)


async def test_several_chinese_words_all_have_to_be_there(client: httpx.AsyncClient) -> None:
    """Words in any order, narrowed to types; of what is found by its name, shorter names come first."""
    body = await get(client, "/api/v1/search", q="党支部 示例小区", types="PartyOrganization,Quarter")
    names = [r["name"] for r in body["data"] if r["found_by"] == "own_name"]
    assert names
    assert all("党支部" in n and "示例小区" in n for n in names)
    assert {"PartyOrganization"} == {r["label"] for r in body["data"]}
    assert names == sorted(names, key=len)
    quarters = await get(client, "/api/v1/search", q="示例小区001", types="Quarter")
    assert [r["id"] for r in quarters["data"]] == ["q-990101-001"]
    assert quarters["data"][0]["label_zh"] == "小区"


async def test_a_search_that_finds_too_much_says_so(client: httpx.AsyncClient) -> None:
    """The stamp is truncated even on the last page when there was more than is given."""
    body = await get(client, "/api/v1/search", q="示例", limit=1000)
    assert 1000 == body["page"]["total"] == len(body["data"])
    assert body["page"]["next"] is None
    assert body["stamp"]["truncated"] is True


async def test_the_day_changes_the_answer(client: httpx.AsyncClient) -> None:
    """The committee of quarter 014 was dissolved on 2024-09-01."""
    path = "/api/v1/nodes/q-990101-014/neighbours"
    before = await get(client, path, as_of="2024-08-31", types="COVERS")
    after = await get(client, path, **DAY, types="COVERS")
    labels = [{r["other_label"] for r in body["data"]} for body in (before, after)]
    assert "OwnersCommittee" in labels[0]
    assert "OwnersCommittee" not in labels[1]


async def test_every_whole_number_has_a_bound(client: httpx.AsyncClient) -> None:
    """Beyond 64 bits neither engine nor ledger can take it; those of queries are checked when bound."""
    document = await get(client, "/openapi.json")
    unbounded = [
        (path, parameter["name"])
        for path, operations in document["paths"].items()
        if not path.startswith("/api/v1/queries/")
        for operation in operations.values()
        for parameter in operation.get("parameters", ())
        if parameter["schema"].get("type") == "integer" and "maximum" not in parameter["schema"]
    ]
    assert unbounded == []


async def test_numbers_beyond_the_bounds_are_refused(client: httpx.AsyncClient) -> None:
    """With the parameter's name, in the audit trail and in a named query alike."""
    for path, name in (("/api/v1/audit", "after"), ("/api/v1/queries/terms_ending", "days")):
        response = await client.get(path, params={name: str(2**63)})
        assert check_problem(response, 422, "bad_parameter")["subject"] == name


async def test_an_interface_says_what_a_form_needs(client: httpx.AsyncClient) -> None:
    """Bounds, choices and which parameters take ids; a value that the form allows is accepted."""
    found = {q["name"]: q for q in (await get(client, "/api/v1/queries"))["data"]}
    (num, _) = found["party_members_needed"]["parameters"]
    assert (num["low"], num["high"], num["ids"]) == (1, 1000, False)
    reach = {p["name"]: p for p in found["units_to_invite"]["parameters"]}
    assert reach["reach"]["choices"] == ["community", "subdistrict"]
    assert reach["area"]["ids"]
    assert not reach["as_of"]["ids"]
    assert found["needs"]["topic"] == "cobuilding"
    assert {c["name"]: c["zh"] for c in found["needs"]["columns"]}["need"] == "需求"


@pytest.mark.parametrize("name", ["where", "sort", "counts", "area", "cursor"])
async def test_an_empty_text_is_none_given(client: httpx.AsyncClient, name: str) -> None:
    """A form sends an empty value for a field that was left empty; and a text has a bound."""
    assert (await client.get("/api/v1/gaps", params={name: ""})).status_code == 200
    too_long = await client.get("/api/v1/gaps", params={name: "x" * 1_501})
    assert check_problem(too_long, 422, "bad_parameter")["subject"] == name
