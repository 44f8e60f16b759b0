"""The Python client against the service itself, over a socket, and against the contract."""

from __future__ import annotations

import ast
import asyncio
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import networkx as nx
import orjson
import pandas as pd
import pytest
from cobuild_client import Client, Problem, client, transport
from cobuild_client.transport import Transport

from graph.reading.graph import Graph

ROOT = Path(__file__).parents[2]
CONTRACT = orjson.loads((ROOT / "tests" / "api" / "openapi.json").read_bytes())["paths"]
API = "/api/v1"
DISTRICT = "990101000000"
DAY = "2025-06-30"
FOR_PEOPLE = (
    "/changes/stream",
    "/preparation",
    "/me",
    "/runs",
    "/decisions",
    "/waivers",
    "/profiles",
    "/legend",
    "/interface",
    "/reports/document",
)
"""What a page asks, and no analysis; neither is what takes more than the right to read, or gives a file."""


async def asked(address: str, question: Callable[[Client], Any]) -> Any:
    """What the client gives, asked in a thread: it blocks, and the server is in this one."""

    def ask() -> Any:
        with Client(address) as cobuild:
            return question(cobuild)

    return await asyncio.to_thread(ask)


async def test_rows_are_those_of_the_service_over_all_pages(
    served: tuple[Graph, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty rows a page: the same rows and stamp as the package itself gives."""
    graph, address = served
    monkeypatch.setattr(transport, "PAGE", 20)
    rows = await asked(address, lambda c: c.query("quarters", area=DISTRICT, as_of=DAY))
    parameters = {"area": DISTRICT, "as_of": date.fromisoformat(DAY)}
    found = await graph.ask(graph.catalogue["quarters"], parameters)
    assert len(rows) > 40
    assert [row["quarter"] for row in rows] == [row["quarter"] for row in found.data]
    assert rows.stamp["data_version"] == found.stamp.data_version
    assert rows.stamp["queries"] == found.stamp.queries


async def test_a_frame_tells_not_known_from_zero(served: tuple[Graph, str]) -> None:
    """Households that no register gives are NA, the others stay whole numbers."""
    _, address = served
    rows = await asked(address, lambda c: c.query("quarters", area=DISTRICT, as_of=DAY))
    frame = rows.frame()
    given = [row["households"] for row in rows]
    assert str(frame["households"].dtype) == "Int64"
    assert [None if pd.isna(v) else int(v) for v in frame["households"]] == given
    assert frame.attrs["stamp"]["data_version"] == rows.stamp["data_version"]


async def test_a_view_becomes_the_same_graph_as_by_networkx_own_reader(served: tuple[Graph, str]) -> None:
    """The format of Cytoscape.js, read by networkx, has the same nodes and edges."""
    _, address = served
    graph = await asked(address, lambda c: c.graph(node="q-990101-001", hops=2, as_of=DAY))
    async with httpx.AsyncClient(base_url=address) as http:
        answer = await http.get(f"{API}/graph", params={"node": "q-990101-001", "hops": 2, "as_of": DAY})
    other = nx.cytoscape_graph(answer.json())
    assert set(graph) == set(other)
    assert sorted(graph.edges()) == sorted(other.edges())
    assert graph.is_multigraph()
    assert graph.graph["stamp"]["as_of"] == DAY
    assert graph.graph["cut"] is False


async def test_a_picture_is_that_of_the_service_and_notebooks_show_it(
    served: tuple[Graph, str], tmp_path: Path
) -> None:
    """Well-formed SVG with the name of whose rings they are, its stamp, and a file of it."""
    _, address = served
    asked_for: dict[str, Any] = {"rings": "po-990101-c01", "as_of": DAY}
    drawn = await asked(address, lambda c: c.picture(**asked_for))
    graph = await asked(address, lambda c: c.graph(**asked_for))
    root = ElementTree.fromstring(drawn._repr_svg_())
    assert root.tag.endswith("svg")
    assert graph.nodes["po-990101-c01"]["name"] in " ".join(root.itertext())
    assert (drawn.stamp, drawn.cut) == (graph.graph["stamp"], graph.graph["cut"])
    assert drawn.save(tmp_path / "圈层.svg").read_text("utf-8") == drawn.svg


async def test_cypher_and_checks_and_paths_come_with_their_parts(served: tuple[Graph, str]) -> None:
    """Columns have names, the tally is that of all rows, a verdict tells none from not known."""
    graph, address = served
    text = "MATCH (q:Quarter) WHERE q.households > $n RETURN q.id AS id, q.households AS n ORDER BY id"
    rows = await asked(address, lambda c: c.cypher(text, n=1000))
    (table,) = await graph.store.read([(text, {"n": 1000})])
    assert list(rows) == table
    assert rows.parts["cut"] is None
    few = await asked(address, lambda c: c.cypher(text, {"rows": 3, "seconds": 30}, n=1000))
    assert list(few) == table[:3]
    assert few.parts["cut"] == "rows"
    checks = await asked(address, lambda c: c.checks(area="990101001001", rule="R15", as_of=DAY))
    counted = sum(1 for row in checks if row["verdict"] == "fail")
    assert counted == sum(row["fail"] for row in checks.parts["tally"])
    paths = await asked(address, lambda c: c.paths("n-990101-0001", as_of=DAY))
    assert paths.data["verdict"] in ("found", "none", "unknown")


async def test_a_file_is_whole_or_not_there(served: tuple[Graph, str], tmp_path: Path) -> None:
    """A workbook opens; a refused question leaves no file."""
    _, address = served
    where = f"{API}/coverage/export"
    to = tmp_path / "覆盖.xlsx"
    await asked(address, lambda c: c.download(where, to=to, area=DISTRICT, as_of=DAY))
    assert "xl/workbook.xml" in zipfile.ZipFile(to).namelist()
    with pytest.raises(Problem):
        await asked(address, lambda c: c.download(where, to=tmp_path / "b", area="1"))
    assert os.listdir(tmp_path) == [to.name]


async def test_a_refusal_has_both_languages_and_names_what_is_wrong(served: tuple[Graph, str]) -> None:
    """An unknown area: status, code, subject, and two sentences."""
    _, address = served
    with pytest.raises(Problem) as caught:
        await asked(address, lambda c: c.coverage(area="no-such-area"))
    assert (caught.value.status, caught.value.code, caught.value.subject) == (404, "not_found", "area")
    assert "no-such-area" in caught.value.zh
    assert "no-such-area" in caught.value.en


def answers(*given: httpx.Response) -> tuple[Transport, list[httpx.Request]]:
    """A transport to a server that answers in this order, and what it was asked."""
    left, seen = list(given), []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return left.pop(0)

    http = httpx.Client(base_url="http://service", transport=httpx.MockTransport(handle))
    return Transport(http, "a-key", "换届核查"), seen


def problem(status: int, code: str, **headers: str) -> httpx.Response:
    document = {"status": status, "code": code, "detail": "", "detail_zh": "", "detail_en": ""}
    kind = {"content-type": "application/problem+json", **headers}
    return httpx.Response(status, content=orjson.dumps(document), headers=kind)


def page(version: int, rows: list[int], following: str | None) -> httpx.Response:
    said = {"data": rows, "stamp": {"data_version": version}, "page": {"next": following, "total": 4}}
    return httpx.Response(200, json=said)


def test_it_asks_again_when_the_service_says_so_and_writes_once() -> None:
    """A load is under way: the question is repeated, what writes is not."""
    later = {"Retry-After": "0"}
    asks, seen = answers(problem(503, "load_incomplete", **later), page(1, [1], None))
    assert asks.ask("/x", {}).json()["data"] == [1]
    assert [r.headers["Authorization"] for r in seen] == ["Bearer a-key"] * 2
    assert seen[0].headers["Cobuild-Reason"] == "%E6%8D%A2%E5%B1%8A%E6%A0%B8%E6%9F%A5"
    writes, seen = answers(problem(503, "load_incomplete", **later), page(1, [1], None))
    with pytest.raises(Problem):
        writes.change("POST", "/x", {})
    assert len(seen) == 1


def test_it_begins_again_where_the_data_change_between_two_pages() -> None:
    """All rows are of the second version, none of the first."""
    asks, _ = answers(
        page(1, [1, 2], "c"), problem(410, "cursor_expired"), page(2, [3, 4], "d"), page(2, [5, 6], None)
    )
    assert [row for p in asks.pages("/x", {}) for row in p["data"]] == [3, 4, 5, 6]


def questions() -> dict[str, set[str]]:
    """Route and parameters of each method, as the client's source has them."""
    found: dict[str, set[str]] = {}
    tree = ast.parse(Path(client.__file__).read_text("utf-8"))
    for method in ast.walk(tree):
        if not isinstance(method, ast.FunctionDef):
            continue
        given = (key for node in ast.walk(method) if isinstance(node, ast.Dict) for key in node.keys)
        words = {str(key.value) for key in given if isinstance(key, ast.Constant)}
        for node in ast.walk(method):
            text = ""
            if isinstance(node, ast.JoinedStr):
                parts = (p.value if isinstance(p, ast.Constant) else "{}" for p in node.values)
                text = "".join(str(p) for p in parts)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
            text = text.removeprefix("{}") if text.startswith("{}/") else text
            if text.startswith("/") and not text.startswith(API):
                found[text] = words
    return found


def test_every_reading_question_has_a_method_and_no_parameter_is_unknown() -> None:
    """Routes and parameters of the client are those of the contract."""
    routes, skipped = {}, set()
    for path, operations in CONTRACT.items():
        named = path.startswith(f"{API}/queries/") and "{" not in path
        if path.startswith(API) and "get" in operations and not named:
            operation = operations["get"]
            plain = "/".join("{}" if part.startswith("{") else part for part in path.split("/"))
            route = plain.removeprefix(API)
            routes[route] = {p["name"] for p in operation.get("parameters", ())}
            rows = "application/json" in operation["responses"]["200"]["content"]
            if "x-right" in operation or not rows or any(w in route for w in FOR_PEOPLE):
                skipped.add(route)
    ours = questions()
    assert set(routes) - skipped - set(ours) == set()
    for route, words in ours.items():
        if route in routes and route not in ("/graph", "/appointments/check"):
            assert words <= routes[route] | {"format"}, route


def test_the_types_are_those_of_the_contract(tmp_path: Path) -> None:
    """`make client` writes nothing else than what is kept."""
    kept = ROOT / "client" / "cobuild_client" / "shapes.py"
    made = tmp_path / "shapes.py"
    lines = (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " ").splitlines()
    (recipe,) = (line for line in lines if "datamodel-codegen" in line)
    words = recipe.split()[1:]
    words[words.index("--output") + 1] = str(made)
    command = [str(Path(sys.executable).with_name("datamodel-codegen")), *words]
    subprocess.run(command, cwd=ROOT, check=True)
    assert made.read_text("utf-8") == kept.read_text("utf-8")


def test_the_wheel_of_the_client_needs_httpx_only(tmp_path: Path) -> None:
    """No engine and no driver: it imports httpx, and the rest where that is asked for."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT / "client", check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "cobuild_client/py.typed" in names
    imports = {
        alias.split(".")[0]
        for name in names
        if name.endswith(".py")
        for node in ast.walk(ast.parse(zipfile.ZipFile(wheel).read(name)))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    others = imports - set(sys.stdlib_module_names) - {"cobuild_client"}
    assert others == {"httpx", "typing_extensions", "pandas", "networkx", "mcp", "anyio"}
