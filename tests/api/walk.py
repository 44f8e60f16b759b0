"""Every GET endpoint with parameters under which it answers, for tests that look at all of them."""

from __future__ import annotations

from typing import Any

from graph.catalogue import Catalogue
from tests.catalogue_samples import sample

PREFIX = "/api/v1"
DAY = {"as_of": "2025-06-30"}
AREA = "990101000000"
COMMUNITY = "990101001001"
"""Small enough that every endpoint answers at once."""
Address = tuple[str, dict[str, Any]]

ADDRESSES: dict[str, Address] = {
    "/nodes/{id}": ("/nodes/q-990101-001", {}),
    "/nodes/{id}/neighbours": ("/nodes/q-990101-001/neighbours", DAY),
    "/search": ("/search", {"q": "示例"}),
    "/areas": ("/areas", DAY),
    "/areas/{id}": ("/areas/990101001001", DAY),
    "/coverage": ("/coverage", {"place": "worked_example", **DAY}),
    "/coverage/changes": (
        "/coverage/changes",
        {"from": "2024-06-30", "to": "2025-06-30", "area": "990101001001"},
    ),
    "/coverage/series": ("/coverage/series", {"from": "2025-05", "to": "2025-06", "area": "990101001001"}),
    "/gaps/{dimension}/{subject}": ("/gaps/party_branch/q-990101-005", DAY),
    "/gaps": ("/gaps", {"area": "990101001000", **DAY}),
    "/paths": ("/paths", {"source": "n-990101-0001", **DAY}),
    "/chains": ("/chains", {"source": "p-990101-0022", "target": "po-990101-c01", **DAY}),
    "/connections": ("/connections", {"source": "q-990101-001", "target": "u-990101-001", **DAY}),
    "/plan": ("/plan", {"area": "990101001001", **DAY}),
    "/analyses/{kind}": ("/analyses/cut_points", {"area": "990101001001", **DAY}),
    "/rules": ("/rules", {}),
    "/rules/{name}": ("/rules/R15", DAY),
    "/checks": ("/checks", {"area": COMMUNITY, **DAY}),
    "/candidates": ("/candidates", {"area": "990101001001", **DAY}),
    "/profiles": ("/profiles", {}),
    "/profiles/{name}": ("/profiles/worked_example", DAY),
    "/law": ("/law", {"area": COMMUNITY, **DAY}),
    "/law/changes": ("/law/changes", {"area": COMMUNITY, "from": "2025-12-31", "to": "2026-01-01"}),
    "/law/verdicts": ("/law/verdicts", {"area": COMMUNITY, "from": "2025-12-31", "to": "2026-01-01"}),
    "/decisions": ("/decisions", {}),
    "/waivers": ("/waivers", DAY),
    "/queries": ("/queries", {}),
    "/queries/{name}": ("/queries/body_members", {"body": "oc-990101-009", **DAY}),
    "/queries/{name}/interface": ("/queries/body_members/interface", {}),
    "/graph": ("/graph", {"area": "990101001001", **DAY}),
    "/graph/legend": ("/graph/legend", {}),
    "/places": ("/places", {}),
    "/places/{name}": ("/places/worked_example", DAY),
    "/model": ("/model", {}),
    "/me": ("/me", {}),
    "/me/audit": ("/me/audit", {"limit": "10"}),
    "/accounts": ("/accounts", {}),
    "/runs": ("/runs", {}),
    "/saved": ("/saved", {}),
    "/deliveries": ("/deliveries", {}),
    "/loads": ("/loads", {}),
    "/questions": ("/questions", {}),
    "/merges": ("/merges", {}),
    "/forms": ("/forms", {}),
    "/preparation": ("/preparation", {}),
    "/audit": ("/audit", {"limit": "10"}),
    "/audit/verification": ("/audit/verification", {}),
    "/reports": ("/reports", {"by": "area", "area": COMMUNITY, **DAY}),
    "/reports/missing": ("/reports/missing", {"area": COMMUNITY, **DAY}),
    "/reports/missing/areas": ("/reports/missing/areas", {"area": AREA, **DAY}),
    "/reports/calendar": ("/reports/calendar", {"area": AREA, "days": 180, **DAY}),
    "/reports/difference": (
        "/reports/difference",
        {"from": "2025-01-01", "to": "2025-06-30", "area": "990101001001"},
    ),
}
"""By path of the OpenAPI document, without the prefix."""
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
ELSEWHERE = {
    "/reports/workbook",
    "/reports/document",
    "/reports/bodies/{id}",
    "/template",
    "/coverage/export",
    "/gaps/export",
    "/checks/export",
    "/reports/calendar/export",
    "/reports/missing/areas/export",
    "/questions/export",
    "/queries/{name}/export",
    "/candidates/export",
    "/paths/export",
    "/saved/{name}",
    "/changes/stream",
    "/accounts/{name}/keys",
    "/deliveries/{id}",
    "/deliveries/{id}/findings",
    "/deliveries/{id}/changes",
    "/deliveries/{id}/changes/export",
    "/deliveries/{id}/marked",
    "/deliveries/{id}/given-back",
}
"""What is no JSON has tests of its own."""


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
