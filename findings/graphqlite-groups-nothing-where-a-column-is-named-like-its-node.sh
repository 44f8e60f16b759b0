#!/usr/bin/env bash
# GraphQLite counts everything in one group where a column is named like the node that it is of: q.name AS q.
#
# Software: graphqlite 0.12.0 (PyPI, an extension of SQLite), pysqlite3-binary 0.5.4.post2 (PyPI) for an SQLite that takes
#           extensions, which Python's own often does not
# Source:   https://github.com/colliery-io/graphqlite
# Expected: a row for each quarter: what stands beside an aggregate in RETURN is its group (openCypher 9, Aggregation),
#           and a column may be named as one likes, also like a variable that is not used after it
# Seen:     one row with the name of the first quarter and the number of all; with another name for the column, without
#           AS, or with WITH in place of RETURN there is a row for each. Nothing tells that quarters are missing
#
# Installs both into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check graphqlite==0.12.0 pysqlite3-binary==0.5.4.post2
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
"""Counts the seats of two quarters under several names of the column."""

import sys

import pysqlite3

sys.modules["sqlite3"] = pysqlite3
import graphqlite

graph = graphqlite.connect(":memory:")
graph.cypher(
    "CREATE (east:Quarter {name: 'east'}), (west:Quarter {name: 'west'}), (ann:Person {name: 'ann'}), "
    "(bob:Person {name: 'bob'}), (ann)-[:SITS]->(east), (bob)-[:SITS]->(east), (bob)-[:SITS]->(west)"
)
SEATS = "MATCH (p:Person)-[:SITS]->(q:Quarter)"
RIGHT = [("east", 2), ("west", 1)]
CASES = (
    (f"{SEATS} RETURN q.name AS q, count(*) AS n", RIGHT, [("east", 3)]),
    (f"{SEATS} RETURN q.name AS q, count(p) AS n", RIGHT, [("east", 3)]),
    ("MATCH (q:Quarter) RETURN q.name AS q, count(*) AS n", [("east", 1), ("west", 1)], [("east", 2)]),
    (f"{SEATS} RETURN q.name AS quarter, count(*) AS n", RIGHT, RIGHT),
    (f"{SEATS} RETURN q.name, count(*)", RIGHT, RIGHT),
    (f"{SEATS} WITH q.name AS q, count(*) AS n RETURN q, n", RIGHT, RIGHT),
)
changed = False
for query, right, seen in CASES:
    answer = sorted(tuple(dict(row).values()) for row in graph.cypher(query))
    print(f"{query}\n  expected: {right}\n  seen:     {answer}")
    changed |= answer != seen
print("CHANGED: not as stated" if changed else "as stated")
sys.exit(changed)
PYTHON
