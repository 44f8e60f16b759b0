#!/usr/bin/env bash
# GraphQLite ignores what stands in the brackets of an OPTIONAL MATCH or of a pattern in WHERE: {body: 'owners'}.
#
# Software: graphqlite 0.12.0 (PyPI, an extension of SQLite), pysqlite3-binary 0.5.4.post2 (PyPI) for an SQLite that takes
#           extensions, which Python's own often does not
# Source:   https://github.com/colliery-io/graphqlite
# Expected: properties in a pattern restrict it wherever it stands (openCypher 9, Patterns): of two persons, of whom one
#           sits on the owners' committee, one is found with that seat and the other without
# Seen:     both are found with a seat, and nobody is without. Properties of edges and of the node at the end are ignored, in
#           OPTIONAL MATCH, WHERE (p)-[…]->(…), WHERE NOT and EXISTS { }; labels and types are not. In MATCH, and in
#           EXISTS { MATCH … WHERE … }, they count
#
# Installs both into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check graphqlite==0.12.0 pysqlite3-binary==0.5.4.post2
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
"""Asks in several ways who sits on the owners' committee and who does not."""

import sys

import pysqlite3

sys.modules["sqlite3"] = pysqlite3
import graphqlite

graph = graphqlite.connect(":memory:")
graph.cypher(
    "CREATE (east:Quarter {name: 'east'}), (west:Quarter {name: 'west'}), (ann:Person {name: 'ann'}), "
    "(bob:Person {name: 'bob'}), (ann)-[:SITS {body: 'owners'}]->(east), (bob)-[:SITS {body: 'residents'}]->(west)"
)
BOTH = [("ann",), ("bob",)]
CASES = (
    (
        "MATCH (p:Person) OPTIONAL MATCH (p)-[s:SITS {body: 'owners'}]->(q:Quarter) RETURN p.name, q.name",
        [("ann", "east"), ("bob", None)],
        [("ann", "east"), ("bob", "west")],
    ),
    (
        "MATCH (p:Person) OPTIONAL MATCH (p)-[s:SITS]->(q:Quarter {name: 'east'}) RETURN p.name, q.name",
        [("ann", "east"), ("bob", None)],
        [("ann", "east"), ("bob", "west")],
    ),
    ("MATCH (p:Person) WHERE (p)-[:SITS {body: 'owners'}]->(:Quarter) RETURN p.name", [("ann",)], BOTH),
    ("MATCH (p:Person) WHERE NOT (p)-[:SITS {body: 'owners'}]->(:Quarter) RETURN p.name", [("bob",)], []),
    ("MATCH (p:Person) WHERE NOT EXISTS { (p)-[:SITS]->(:Quarter {name: 'east'}) } RETURN p.name", [("bob",)], []),
    ("MATCH (p:Person)-[:SITS {body: 'owners'}]->(:Quarter) RETURN p.name", [("ann",)], [("ann",)]),
    (
        "MATCH (p:Person) WHERE NOT EXISTS { MATCH (p)-[s:SITS]->(q:Quarter) WHERE s.body = 'owners' } RETURN p.name",
        [("bob",)],
        [("bob",)],
    ),
)
changed = False
for query, right, seen in CASES:
    answer = sorted(tuple(dict(row).values()) for row in graph.cypher(query))
    print(f"{query}\n  expected: {right}\n  seen:     {answer}")
    changed |= answer != seen
print("CHANGED: not as stated" if changed else "as stated")
sys.exit(changed)
PYTHON
