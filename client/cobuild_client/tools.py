"""The questions that a language model may ask: tools whose descriptions come from the contract.

Each is one operation of the service, so rights, area, masking and audit trail are those of HTTP.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

API = "/api/v1"
ROWS = 20
"""Rows of an answer unless the model asks for more: an answer has to fit what it can read."""
MOST_ROWS = 200
"""Rows of an ad-hoc query unless the model sets other limits."""
CHOICE = ("name", "code", "topic", "title", "title_zh")
"""What a model chooses a query or a rule by: all that is said of them is 250 KB, more than it can read."""
UNSAID = ("title", "example", "examples", "nullable", "discriminator")
"""Words of OpenAPI 3.0 that JSON Schema does not know, or that only repeat the name."""


@dataclass(frozen=True)
class Operation:
    """One tool: its name, and the operation of the contract that it stands for."""

    name: str
    path: str
    method: str = "get"
    shown: tuple[str, ...] = ()
    """The fields of a row that the model is shown, empty: all. Another tool tells the rest of one row."""


TOOLS = (
    Operation("places", f"{API}/places"),
    Operation("areas", f"{API}/areas"),
    Operation("search", f"{API}/search"),
    Operation("node", f"{API}/nodes/{{id}}"),
    Operation("neighbours", f"{API}/nodes/{{id}}/neighbours"),
    Operation("model", f"{API}/model"),
    Operation("queries", f"{API}/queries", shown=CHOICE),
    Operation("query_interface", f"{API}/queries/{{name}}/interface"),
    Operation("query", f"{API}/queries/{{name}}"),
    Operation("coverage", f"{API}/coverage"),
    Operation("gaps", f"{API}/gaps"),
    Operation("gap", f"{API}/gaps/{{dimension}}/{{subject}}"),
    Operation("plan", f"{API}/plan"),
    Operation("paths", f"{API}/paths"),
    Operation("chains", f"{API}/chains"),
    Operation("rules", f"{API}/rules", shown=CHOICE),
    Operation("rule", f"{API}/rules/{{name}}"),
    Operation("checks", f"{API}/checks"),
    Operation("law", f"{API}/law"),
    Operation("candidates", f"{API}/candidates"),
    Operation("what_if", f"{API}/appointments/check", "post"),
    Operation("cypher", f"{API}/cypher", "post"),
)
FREE = "parameters"
"""Argument of `query` that holds the parameters of the query asked for; each query has its own."""


@dataclass(frozen=True)
class Request:
    """What a call of a tool asks of the service."""

    method: str
    path: str
    parameters: dict[str, Any]
    body: Any = None


class Toolbox:
    """The tools as the contract of a service has them."""

    def __init__(self, contract: Mapping[str, Any]) -> None:
        self._contract = contract
        self.operations = {t.name: t for t in TOOLS if t.method in contract["paths"].get(t.path, {})}

    def description(self, name: str) -> str:
        """What the tool answers, in Chinese and English, as the contract says it."""
        said = self._said(name)
        return f"{said['summary']}\n\n{said.get('description', '')}".strip()

    def schema(self, name: str) -> dict[str, Any]:
        """The arguments of the tool as JSON Schema."""
        said = self._said(name)
        if "requestBody" in said:
            body = said["requestBody"]["content"]["application/json"]["schema"]
            return {**self._plain(self._resolve(body)), "$defs": self._definitions}
        # A reason for personal data is the person's to give, in the client's settings, not the model's.
        given = [p for p in said.get("parameters", ()) if p["name"] != "cursor" and p["in"] != "header"]
        properties = {p["name"]: self._plain(p["schema"]) for p in given}
        if "limit" in properties:
            properties["limit"]["default"] = ROWS
        if name == "query":
            about = "查询的参数，见 query_interface / the query's own parameters, see query_interface"
            properties[FREE] = {"type": "object", "description": about}
        required = [p["name"] for p in given if p["required"]]
        return {
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }

    def request(self, name: str, arguments: Mapping[str, Any]) -> Request:
        """What a call asks of the service; raises `KeyError` for an unknown tool or a missing id.

        And `ValueError` for an argument that cannot be one.
        """
        operation = self.operations[name]
        if operation.method == "post":
            body = dict(arguments)
            if name == "cypher":
                body.setdefault("limits", {"rows": MOST_ROWS})
            return Request("POST", operation.path, {}, body)
        given = dict(arguments)
        parts = [
            _segment(given.pop(part[1:-1])) if part.startswith("{") else part
            for part in operation.path.split("/")
        ]
        free = given.pop(FREE, None) or {}
        if not isinstance(free, dict):
            raise ValueError(FREE)
        given |= free
        if any(p["name"] == "limit" for p in self._said(name).get("parameters", ())):
            given.setdefault("limit", ROWS)
        return Request("GET", "/".join(parts), given)

    def shortened(self, name: str, answer: str) -> str:
        """An answer as the model is given it: of what it only chooses from, what it chooses by."""
        shown = self.operations[name].shown
        if not shown:
            return answer
        told = json.loads(answer)
        told["data"] = [{key: row[key] for key in shown if key in row} for row in told["data"]]
        return json.dumps(told, ensure_ascii=False)

    def _said(self, name: str) -> dict[str, Any]:
        operation = self.operations[name]
        said: dict[str, Any] = self._contract["paths"][operation.path][operation.method]
        return said

    def _resolve(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._contract["components"]["schemas"][schema["$ref"].split("/")[-1]]
        return found

    @cached_property
    def _definitions(self) -> dict[str, Any]:
        return {name: self._plain(s) for name, s in self._contract["components"]["schemas"].items()}

    def _plain(self, schema: Any) -> Any:
        """A schema of OpenAPI 3.0 as JSON Schema: null is a type, a strict bound a number."""
        if isinstance(schema, list):
            return [self._plain(part) for part in schema]
        if not isinstance(schema, dict):
            return schema
        if "$ref" in schema:
            return {"$ref": f"#/$defs/{schema['$ref'].split('/')[-1]}"}
        plain = {
            key: {name: self._plain(s) for name, s in value.items()}
            if key == "properties"
            else self._plain(value)
            for key, value in schema.items()
            if key not in UNSAID
        }
        for bound, strict in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
            if plain.get(strict) is True:
                plain[strict] = plain.pop(bound)
        return {"anyOf": [plain, {"type": "null"}]} if schema.get("nullable") else plain


def _segment(value: Any) -> str:
    """One part of an address; a step up would ask for what no tool stands for."""
    if value in (".", ".."):
        raise ValueError(value)
    return quote(str(value), safe="")
