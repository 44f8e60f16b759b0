"""`cobuild mcp` with the official client of the protocol: what a language model may ask."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx
import jsonschema
import orjson
import pytest
from cobuild_client.mcp_server import make_server
from cobuild_client.tools import TOOLS, Toolbox
from cobuild_client.transport import Transport
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from graph.reading.graph import Graph

CONTRACT = orjson.loads((Path(__file__).parents[1] / "api" / "openapi.json").read_bytes())
DAY = "2025-06-30"


@asynccontextmanager
async def connected(served: tuple[Graph, str]) -> AsyncIterator[Client]:
    """A client as a language model has it, connected to the server in this process."""
    with httpx.Client(base_url=served[1], timeout=60) as http:
        server = await anyio.to_thread.run_sync(lambda: make_server(Transport(http, None, None), "1"))
        async with Client(server) as model:
            yield model


async def called(model: Client, tool: str, /, **arguments: Any) -> Any:
    """The answer of a tool, read as JSON; it has to be a good one."""
    result = await model.call_tool(tool, arguments)
    assert not result.is_error, result.content
    return json.loads(result.content[0].text)


async def test_every_tool_is_there_reads_only_and_says_what_it_takes(served: tuple[Graph, str]) -> None:
    """Each has a description in both languages, a valid schema, and the mark that it only reads."""
    async with connected(served) as model:
        listed = {tool.name: tool for tool in (await model.list_tools()).tools}
    assert set(listed) == {operation.name for operation in TOOLS}
    for tool in listed.values():
        assert " / " in (tool.description or "")
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
    jsonschema.validate({"source": "n-1", "k": 3}, listed["paths"].input_schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"source": "n-1", "k": "many"}, listed["paths"].input_schema)


def test_no_tool_stands_for_an_operation_that_writes() -> None:
    """Reading operations, the rehearsal that is rolled back, and Cypher behind the guard."""
    writing = {(t.method, t.path) for t in TOOLS if t.method != "get"}
    assert writing == {("post", "/api/v1/appointments/check"), ("post", "/api/v1/cypher")}
    assert set(Toolbox(CONTRACT).operations) == {t.name for t in TOOLS}


async def test_answers_are_those_of_the_service_with_their_stamp(served: tuple[Graph, str]) -> None:
    """Twenty rows unless more are asked for, how many there are, and where they come from."""
    graph, address = served
    given = {"area": "990101000000", "as_of": DAY}
    text = "MATCH (q:Quarter {id: $id}) RETURN q.name AS name"
    async with connected(served) as model:
        answer = await called(model, "query", name="quarters", parameters=given)
        found = await called(model, "paths", source="n-990101-0001", as_of=DAY, k=1)
        rows = await called(model, "cypher", query=text, parameters={"id": "q-990101-001"})
    async with httpx.AsyncClient(base_url=address) as http:
        asked = await http.get("/api/v1/queries/quarters", params={**given, "limit": 20})
    assert answer["data"] == asked.json()["data"]
    assert len(answer["data"]) == 20 < answer["page"]["total"]
    assert answer["stamp"]["data_version"] == await graph.version()
    assert found["data"]["verdict"] == "found"
    assert rows["columns"] == ["name"]


async def test_lists_to_choose_from_are_short(served: tuple[Graph, str]) -> None:
    """All queries and rules are there, by name and title; another tool tells what one of them takes."""
    async with connected(served) as model:
        queries, rules = await called(model, "queries"), await called(model, "rules")
        one = await called(model, "query_interface", name=queries["data"][0]["name"])
    assert len(queries["data"]) > 100
    assert len(rules["data"]) > 50
    assert set(queries["data"][0]) == {"name", "topic", "title", "title_zh"}
    assert set(rules["data"][0]) == {"name", "code", "topic", "title", "title_zh"}
    assert max(len(json.dumps(told, ensure_ascii=False)) for told in (queries, rules)) < 40_000
    assert one["data"]["parameters"]


async def test_what_the_service_refuses_is_said_to_the_model(served: tuple[Graph, str]) -> None:
    """A write in Cypher, an unknown id, a missing argument, a step out of the tools: words, no exception."""
    refused: list[tuple[str, dict[str, Any]]] = [
        ("cypher", {"query": "MATCH (n) DETACH DELETE n"}),
        ("node", {"id": "q-no-such"}),
        ("node", {}),
        ("query", {"name": "quarters", "parameters": "area"}),
        ("gap", {"dimension": "..", "subject": "me"}),
    ]
    async with connected(served) as model:
        for name, arguments in refused:
            result = await model.call_tool(name, arguments)
            assert result.is_error
            assert " / " in result.content[0].text  # type: ignore[union-attr]


async def test_the_command_speaks_the_protocol_on_standard_output(served: tuple[Graph, str]) -> None:
    """As a desktop program starts it; persons stay masked, as for the key's account over HTTP."""
    command = str(Path(sys.executable).with_name("cobuild"))
    server = StdioServerParameters(command=command, args=["mcp", "--address", served[1]])
    async with Client(stdio_client(server)) as model:
        assert "unknown" in (model.instructions or "")
        people = await called(model, "query", name="body_members", parameters={"body": "oc-990101-001"})
    assert {row["person_name"] for row in people["data"]} == {"＊＊＊"}
