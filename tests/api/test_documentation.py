"""Documentation: the OpenAPI document is valid and true, the page needs no one else's server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from api.documents.docs import FILES
from api.documents.openapi import as_3_0
from graph import __version__
from graph.ledger.roles import Role
from graph.model import NODES
from graph.reading.graph import Graph
from tests.api.access import bearer
from tests.api.walk import ABSENT, ADDRESSES, CONTRACT, PREFIX, WRITTEN
from tests.api.walk import FILES as NOT_JSON

FILES_OF_ANSWERS = {path for path in NOT_JSON if not path.startswith(ABSENT)}
HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[a-z]{3}")

KINDS = ("query", "header")
PAGING = {"limit", "cursor", "offset", "where", "sort", "counts"}
"""What every paged answer takes beside its own parameters."""


@pytest.fixture
async def document(client: httpx.AsyncClient) -> dict[str, Any]:
    """The document as it is served."""
    found: dict[str, Any] = (await client.get("/openapi.json")).json()
    return found


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping in a document."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from parts(inner)


def differences(old: Any, new: Any, at: str = "") -> list[str]:
    """Where two documents differ, as JSON pointers with what is there before and after."""
    if isinstance(old, dict) and isinstance(new, dict):
        keys = sorted({*old, *new})
        return [d for k in keys for d in differences(old.get(k), new.get(k), f"{at}/{k}")]
    return [] if old == new else [f"{at}: {old!r:.80} → {new!r:.80}"]


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Every operation with its path."""
    return [(path, op) for path, item in document["paths"].items() for op in item.values()]


def test_where_a_free_text_is_typed_it_says_who_reads_it(document: dict[str, Any]) -> None:
    """Reasons, titles and texts of queries, wherever a route takes one."""
    sent = {
        schema["$ref"].rpartition("/")[2]
        for _, operation in operations(document)
        for schema in parts(operation.get("requestBody", {}))
        if "$ref" in schema
    }
    typed = [
        (name, word, given.get("description", ""))
        for name in sent | {"Excuse"}
        for word, given in document["components"]["schemas"][name].get("properties", {}).items()
        if word in ("reason", "title", "text", "history")
    ]
    assert len(typed) >= 8
    assert [found for found in typed if not re.search("可见|可阅读|可读|看到", found[2])] == []


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    """References resolve, and no component is left without use."""
    used = {p["$ref"] for p in parts(document) if "$ref" in p}
    there = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert used <= there
    assert there - used == set()


def test_the_document_is_openapi_3_0(document: dict[str, Any]) -> None:
    """None of the words that only 3.1 knows; operation ids are unique."""
    assert document["openapi"] == "3.0.3"
    for part in parts({k: v for k, v in document.items() if k != "info"}):
        assert part.get("type") != "null"
        assert not isinstance(part.get("type"), list)
        assert not isinstance(part.get("examples"), list)
        assert not {"const", "prefixItems", "$defs"} & set(part)
    ids = [op["operationId"] for _, op in operations(document)]
    assert len(ids) == len(set(ids))


def test_everything_is_said_in_both_languages(document: dict[str, Any]) -> None:
    """Summaries, descriptions and parameters, Chinese first."""
    for path, operation in operations(document):
        parameters = operation.get("parameters", [])
        described = [operation, *parameters, *operation["responses"].values()]
        texts = [d["description"] for d in described] + [operation["summary"]]
        generic = "{" in path or not path.startswith(f"{PREFIX}/queries/")
        for text in texts if generic else texts[1:]:
            han, latin = HAN.search(text), LATIN.search(text)
            assert han, (path, text)
            assert latin, (path, text)
            assert han.start() < latin.start() or text.startswith("stamp"), (path, text)


def test_path_parameters_are_those_of_the_path(document: dict[str, Any]) -> None:
    """Each name in braces is declared, required, and has an example, or names the list that has them."""
    for path, operation in operations(document):
        declared = {p["name"]: p for p in operation.get("parameters", []) if p["in"] == "path"}
        assert set(re.findall(r"{(\w+)}", path)) == set(declared)
        assert all(p["required"] and {"example", "x-listed"} & set(p["schema"]) for p in declared.values())


def test_every_failure_is_documented_as_a_problem(document: dict[str, Any]) -> None:
    """422, 503 and the others refer to the one problem document."""
    for path, operation in operations(document):
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                schema = response["content"]["application/problem+json"]["schema"]
                assert schema["$ref"] == "#/components/schemas/Problem", path
        assert {"200", "404", "422", "500", "503"} <= set(operation["responses"])


def test_node_schemas_come_from_the_model(document: dict[str, Any]) -> None:
    """Every label has a schema with all its properties, enumerations and flags."""
    schemas = document["components"]["schemas"]
    for label, node in NODES.items():
        assert set(node.properties()) == set(schemas[label]["properties"])
    person = schemas["Person"]["properties"]
    assert person["party_status"]["x-flag"] == "sensitive"
    assert "full" in person["party_status"]["enum"]
    assert person["name"]["description"] == "姓名 / name"


def test_every_query_has_a_path_of_its_own(document: dict[str, Any], loaded: Graph) -> None:
    """Named queries are documented from their headers, parameters and all."""
    for query in loaded.catalogue.folder("queries"):
        operation = document["paths"][f"{PREFIX}/queries/{query.name}"]["get"]
        declared = {p["name"] for p in operation["parameters"]}
        reason = {"Cobuild-Reason"} if query.header.tells else set()
        assert {p.name for p in query.parameters} | PAGING | reason == declared


async def test_the_examples_are_real(client: httpx.AsyncClient, document: dict[str, Any]) -> None:
    """Every endpoint answers its own examples."""
    for path in ADDRESSES:
        if path == "/queries/{name}":
            continue  # its example is one of the queries, asked below
        operation = document["paths"][PREFIX + path]["get"]
        examples = {
            p["name"]: (p["in"], p["schema"]["example"])
            for p in operation.get("parameters", [])
            if "example" in p["schema"]
        }
        where = {n: v for n, (kind, v) in examples.items() if kind == "path"}
        params = {n: v for n, (kind, v) in examples.items() if kind == "query"}
        response = await client.get((PREFIX + path).format(**where), params=params)
        assert response.status_code == 200, (path, params, response.text)
        if not path.startswith("/graph") and path not in WRITTEN:
            assert response.json()["data"], path


async def test_every_question_answers_as_prefilled(
    client: httpx.AsyncClient, document: dict[str, Any], loaded: Graph
) -> None:
    """What a question requires has an example, with which it is answered."""
    for query in loaded.catalogue.folder("queries"):
        path = f"{PREFIX}/queries/{query.name}"
        needed = [p for p in document["paths"][path]["get"]["parameters"] if p["required"]]
        given = {p["name"]: p["schema"]["example"] for p in needed}
        params = {n: ",".join(v) if isinstance(v, list) else v for n, v in given.items()}
        response = await client.get(path, params={**params, "limit": 1})
        assert response.status_code == 200, (path, response.text)


async def test_what_takes_a_reason_has_one_prefilled(
    guarded: httpx.AsyncClient, document: dict[str, Any], keys: dict[tuple[Role, str], str]
) -> None:
    """Where one logs in: 403 without the header that is prefilled, 200 with it."""
    asked = 0
    for path, item in document["paths"].items():
        parameters = item.get("get", {}).get("parameters", [])
        given = {k: [p for p in parameters if p["in"] == k and "example" in p["schema"]] for k in KINDS}
        if not given["header"]:
            continue
        params = {p["name"]: _as_text(p["schema"]["example"]) for p in given["query"]}
        headers = {p["name"]: p["schema"]["example"] for p in given["header"]}
        known = bearer(keys[Role.organization_department, "everywhere"])
        without = await guarded.get(path, params=params, headers=known)
        assert (without.status_code, without.json()["code"]) == (403, "reason_needed"), path
        answer = await guarded.get(path, params=params, headers={**known, **headers})
        assert answer.status_code == 200, (path, answer.text)
        asked += 1
    assert asked > 5


async def test_one_view_is_prefilled(document: dict[str, Any]) -> None:
    """/docs takes the first of named examples: of what names a view, all but the area are empty."""
    parameters = document["paths"][f"{PREFIX}/graph"]["get"]["parameters"]
    first = {p["name"]: next(iter(p["examples"].values()))["value"] for p in parameters if "examples" in p}
    assert set(first.values()) == {""}
    assert {"node", "path", "appointments", "rings", "map"} <= set(first)


def _as_text(value: Any) -> Any:
    return ",".join(value) if isinstance(value, list) else value


async def test_the_examples_of_files_are_real(client: httpx.AsyncClient, document: dict[str, Any]) -> None:
    """What answers with a file answers as /docs has it prefilled."""
    for path in sorted(FILES_OF_ANSWERS):
        operation = document["paths"][PREFIX + path]["get"]
        given = [p for p in operation.get("parameters", []) if "example" in p["schema"]]
        where = {p["name"]: p["schema"]["example"] for p in given if p["in"] == "path"}
        params = {p["name"]: p["schema"]["example"] for p in given if p["in"] == "query"}
        if "/queries/" in path:
            params = {n: v for n, v in params.items() if n == "format"}
        response = await client.get((PREFIX + path).format(**where), params=params)
        assert response.status_code == 200, (path, params, response.text)
        assert response.headers["content-type"].partition(";")[0] != "application/json"


def test_words_of_3_1_are_put_into_those_of_3_0() -> None:
    """Nullable values, references that may be null, examples and constants."""
    null = {"type": "null"}
    ref = {"$ref": "#/x"}
    assert as_3_0({"anyOf": [{"type": "string"}, null]}) == {"type": "string", "nullable": True}
    assert {"allOf": [ref], "nullable": True} == as_3_0({"anyOf": [ref, null]})
    assert {"anyOf": [ref, {}], "nullable": True} == as_3_0({"anyOf": [ref, {}, null]})
    assert as_3_0({"examples": [1, 2]}) == {"example": 1}
    assert as_3_0({"const": "a"}) == {"enum": ["a"]}


async def test_the_page_loads_nothing_from_elsewhere(client: httpx.AsyncClient) -> None:
    """Page, script and style refer to no other host; the policy would not allow it either."""
    page = await client.get("/docs")
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    script = policy.partition("script-src")[2]
    assert "unsafe" not in script
    links = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert {f"/docs/{name}" for name in FILES} == set(links)
    assert "<script>" not in page.text
    for link in links:
        response = await client.get(link)
        assert response.status_code == 200
        assert response.content
        if link.endswith((".css", "docs.js")):
            # The name of the SVG name space in an embedded icon is not an address.
            text = response.text.replace("http://www.w3.org/2000/svg", "")
            assert not re.search(r"https?://|url\(['\"]?//", text), link
    assert "://" not in page.text


async def test_only_the_files_of_the_page_are_served(client: httpx.AsyncClient) -> None:
    """No other file of the bundle or of the machine can be had."""
    for path in ("index.html", "swagger-ui.js", "../asgi.py", "..%2fasgi.py", "%2e%2e/asgi.py"):
        assert (await client.get(f"/docs/{path}")).status_code == 404


def test_the_contract_changes_only_on_purpose(document: dict[str, Any]) -> None:
    """The document equals the one that is kept: moving code changes no name that clients see.

    After a wanted change, write it anew with `make contract` and say so in CHANGELOG.md.
    """
    kept = json.loads(CONTRACT.read_text("utf-8"))
    assert document["info"].pop("version") == __version__
    kept["info"].pop("version")
    assert differences(kept, document) == []
