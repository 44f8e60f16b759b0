"""Parameters with which every catalogue file can be run on the worked example."""

from __future__ import annotations

from typing import Any

from graph.catalogue import Query

DAY = "2025-06-30"
GIVEN: dict[str, Any] = {
    "area": "990101000000",
    "person": "p-990101-0022",
    "body": "oc-990101-009",
    "organization": "po-990101-q001",
    "station": "st-990101-c01",
    "place": "q-990101-001",
    "as_of": DAY,
    "places": ["990101001001", "q-990101-001", "b-990101-001-1", "g-990101-001"],
    "bodies": ["po-990101-c01", "rc-990101-c01", "oc-990101-009", "pp-990101-001"],
    "things": ["n-990101-0001", "r-990101-001", "k-990101-001", "po-990101-q001", "pf-990101-01"],
    "subjects": ["q-990101-001", "b-990101-001-1", "oc-990101-009", "n-990101-0001", "990101001001"],
}
CENTRES = {"committee_graph": "po-990101-c01", "member_employers": "po-990101-c01"}
SUBJECTS = {
    "Quarter": "q-990101-001",
    "Building": "b-990101-001-1",
    "Grid": "g-990101-001",
    "Area": "990101001001",
    "Need": "n-990101-0001",
    "OwnersCommittee": "oc-990101-009",
    "Person": "p-990101-0022",
}
"""A subject of each label of which the files of closers ask."""
SOURCES = {
    "resource_paths": "n-990101-0001",
    "resource_paths_of_body": "po-990101-c01",
    "path_registers": "n-990101-0001",
    "escalation_routes": "q-990101-001",
}


def sample(query: Query, **more: Any) -> dict[str, Any]:
    """Values for the required parameters, and the day for all."""
    names = {p.name for p in query.parameters if p.required} | {"as_of"}
    declared = {p.name for p in query.parameters}
    found = {n: v for n, v in GIVEN.items() if n in names & declared}
    if "source" in names:
        found["source"] = SOURCES[query.name]
    if query.name in CENTRES:
        found["organization"] = CENTRES[query.name]
    if query.folder == "closers":
        label = next(label for label in SUBJECTS if f":{label} {{id: $subject}}" in query.text)
        found["subject"] = SUBJECTS[label]
    return {**found, **{n: v for n, v in more.items() if n in declared}}
