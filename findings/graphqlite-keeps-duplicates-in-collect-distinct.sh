#!/usr/bin/env bash
# GraphQLite's collect(DISTINCT …) gives what collect(…) gives, duplicates too; count and sum with DISTINCT are right.
#
# Software: graphqlite 0.12.0 (PyPI, an extension of SQLite), pysqlite3-binary 0.5.4.post2 (PyPI) for an SQLite that takes
#           extensions, which Python's own often does not
# Source:   https://github.com/colliery-io/graphqlite
# Expected: DISTINCT inside an aggregate takes each value once (openCypher 9, Aggregation, DISTINCT): a person with two
#           seats is one of the persons who sit there, and count(DISTINCT x) is size(collect(DISTINCT x))
# Seen:     the person is in the list twice, and the two numbers differ in one row; for nodes, texts and numbers alike,
#           after UNWIND and in WITH. WITH DISTINCT before collect(…) is right
#
# Installs both into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check graphqlite==0.12.0 pysqlite3-binary==0.5.4.post2
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
"""Collects the persons of a quarter, of whom one has two seats, in several ways."""

import sys

import pysqlite3

sys.modules["sqlite3"] = pysqlite3
import graphqlite

graph = graphqlite.connect(":memory:")
graph.cypher(
    "CREATE (east:Quarter {name: 'east'}), (ann:Person {name: 'ann'}), (bob:Person {name: 'bob'}), "
    "(ann)-[:SITS {body: 'residents'}]->(east), (ann)-[:SITS {body: 'owners'}]->(east), (bob)-[:SITS]->(east)"
)
SEATS = "MATCH (p:Person)-[:SITS]->(:Quarter)"
CASES = (
    (f"{SEATS} RETURN collect(DISTINCT p.name) AS x", ["ann", "bob"], ["ann", "ann", "bob"]),
    (f"{SEATS} RETURN size(collect(DISTINCT p)) AS x", 2, 3),
    (f"{SEATS} WITH collect(DISTINCT p.name) AS names RETURN size(names) AS x", 2, 3),
    ("UNWIND [1, 1, 2] AS i RETURN collect(DISTINCT i) AS x", [1, 2], [1, 1, 2]),
    (f"{SEATS} RETURN count(DISTINCT p.name) AS x", 2, 2),
    ("UNWIND [1, 1, 2] AS i RETURN sum(DISTINCT i) AS x", 3, 3),
    (f"{SEATS} WITH DISTINCT p.name AS name RETURN collect(name) AS x", ["ann", "bob"], ["ann", "bob"]),
)
changed = False
for query, right, seen in CASES:
    answer = [dict(row)["x"] for row in graph.cypher(query)][0]
    answer = sorted(answer) if isinstance(answer, list) else answer
    print(f"{query}\n  expected: {right}\n  seen:     {answer}")
    changed |= answer != seen
print("CHANGED: not as stated" if changed else "as stated")
sys.exit(changed)
PYTHON
