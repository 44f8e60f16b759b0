"""Every endpoint of the contract with parameters under which it answers, for tests that look at all of them.

What a route takes and what it asks for is read from `openapi.json`, which test_documentation.py holds
against the application: path and required parameters as in their examples, the community where there
is an area, one day. `GIVEN` says otherwise.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from graph.catalogue import Catalogue
from graph.ledger.roles import Right
from tests.catalogue_samples import sample

CONTRACT = Path(__file__).parent / "openapi.json"
"""The document as last published."""
PREFIX = "/api/v1"
DAY = {"as_of": "2025-06-30"}
AREA = "990101000000"
COMMUNITY = "990101001001"
"""Small enough that every endpoint answers at once."""
Address = tuple[str, dict[str, Any]]

GIVEN: dict[str, Address] = {
    "/search": ("/search", {"q": "示例"}),
    "/coverage": ("/coverage", {"place": "worked_example", **DAY}),
    "/coverage/changes": ("/coverage/changes", {"from": "2024-06-30", "to": "2025-06-30", "area": COMMUNITY}),
    "/coverage/series": ("/coverage/series", {"from": "2025-05", "to": "2025-06", "area": COMMUNITY}),
    "/gaps": ("/gaps", {"area": "990101001000", **DAY}),
    "/chains": ("/chains", {"source": "p-990101-0022", "target": "po-990101-c01", **DAY}),
    "/connections": ("/connections", {"source": "q-990101-001", "target": "u-990101-001", **DAY}),
    "/rules/{name}": ("/rules/R15", DAY),
    "/queries/{name}": ("/queries/body_members", {"body": "oc-990101-009", **DAY}),
    "/queries/{name}/interface": ("/queries/body_members/interface", {}),
    "/queries/{name}/export": ("/queries/quarters/export", {"area": COMMUNITY, **DAY}),
    "/places/{name}": ("/places/worked_example", DAY),
    "/me/audit": ("/me/audit", {"limit": "10"}),
    "/audit": ("/audit", {"limit": "10"}),
    "/questions/export": ("/questions/export", {}),
    "/reports": ("/reports", {"by": "area", "area": COMMUNITY, **DAY}),
    "/reports/missing/areas": ("/reports/missing/areas", {"area": AREA, **DAY}),
    "/reports/calendar": ("/reports/calendar", {"area": AREA, "days": 180, **DAY}),
    # Days that others ask about too: all rules are judged anew for each.
    "/reports/difference": (
        "/reports/difference",
        {"from": "2025-06-30", "to": "2025-12-31", "area": COMMUNITY},
    ),
    "/reports/document": ("/reports/document", {"area": COMMUNITY, "format": "docx", **DAY}),
    "/reports/bodies/{id}": ("/reports/bodies/oc-990101-001", DAY),
}
"""Where the examples of the document would ask too much, or not enough, or of what is not there."""
STREAMED = "/changes/stream"
"""What never ends."""
WRITTEN = {
    "/me/audit",
    "/accounts",
    "/decisions",
    "/waivers",
    "/runs",
    "/saved",
    "/audit",
    "/deliveries",
    "/questions",
    "/merges",
    "/forms",
}
"""What people write: there is nothing at first."""
NOBODYS = "0" * 24
"""An id that nothing has."""
ABSENT = ("/saved/{", "/deliveries/{", "/accounts/{")
"""Beginnings of what is about something that nobody wrote or handed in."""


def _operations() -> dict[str, dict[str, Any]]:
    """By `GET /path`, without the prefix; named queries once, as `/queries/{name}`."""
    return {
        f"{method.upper()} {path.removeprefix(PREFIX)}": operation
        for path, item in json.loads(CONTRACT.read_text("utf-8"))["paths"].items()
        if path.startswith(PREFIX) and (not path.startswith(f"{PREFIX}/queries/") or "{" in path)
        for method, operation in item.items()
    }


def _made(path: str, operation: dict[str, Any]) -> Address:
    """An address made of what the document says of a route."""
    where, params = path, {}
    for given in operation.get("parameters", ()):
        name, example = given["name"], given["schema"].get("example", NOBODYS)
        if given["in"] == "path":
            where = where.replace(f"{{{name}}}", str(example))
        elif name == "area":
            params[name] = COMMUNITY
        elif name == "as_of":
            params |= DAY
        elif given["required"]:
            assert example != NOBODYS, f"GET {path}: {name} has no example, and GIVEN has no address"
            params[name] = example
    return where, params


OPERATIONS = _operations()
NEEDED = {name: Right(op["x-right"]) for name, op in OPERATIONS.items() if "x-right" in op}
"""What a route asks for beyond reading."""
_ALL = {
    path: GIVEN.get(path) or _made(path, operation)
    for method, path, operation in ((*name.split(), op) for name, op in OPERATIONS.items())
    if method == "GET" and path != STREAMED
}
_JSON = {
    path for path in _ALL if "application/json" in OPERATIONS[f"GET {path}"]["responses"]["200"]["content"]
}
ADDRESSES = {
    path: _ALL[path] for path in sorted(_JSON) if path != "/reports/document" and not path.startswith(ABSENT)
}
"""What answers with JSON, by path of the document without the prefix."""
FILES = {path: found for path, found in sorted(_ALL.items()) if path not in ADDRESSES}
"""What answers with a file, or with nothing before someone wrote it."""


MENDED = ("/reports/difference", "/coverage/series")
"""What is made of another day's findings, by statements of their own for what turned between: to plan them
takes Neo4j a minute, and reports/test_difference.py and test_coverage_answers.py ask there for both."""


def address(path: str) -> Address:
    """Address and parameters of one endpoint."""
    found, params = ADDRESSES[path]
    return PREFIX + found, params


def query_addresses() -> list[Address]:
    """Every query of the catalogue with parameters under which it can be run."""
    return [
        (f"{PREFIX}/queries/{q.name}", {n: _text(v) for n, v in sample(q).items()}) for q in Catalogue.load()
    ]


def _text(value: Any) -> Any:
    """Lists as they are in an address."""
    return ",".join(value) if isinstance(value, list) else value
