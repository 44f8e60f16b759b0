#!/usr/bin/env bash
# The rows that CALL { … } adds or takes away are passed over when RETURN counts by groups.
#
# Software: ArcadeDB, PyPI package arcadedb-embedded, version 26.10.2.post1
# Source:   https://github.com/ArcadeData/arcadedb (engine), `opencypher` query language
# Right:    a row for each that the subquery gives, none where it gives none (Cypher manual, CALL subqueries)
# Compared: Neo4j Community 5.26.26 gives the right answer
#
# Installs the package into a temporary folder, runs the query on a database made for it, removes
# both. Exit status 0: the engine still answers as stated below; 1: it does not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check arcadedb-embedded==26.10.2.post1
cd "$folder"
"$folder/env/bin/python" - 2>"$folder/log" <<'PYTHON' || { tail -n 20 "$folder/log" >&2; exit 1; }
import sys

import arcadedb_embedded

SETUP = [
    """CREATE (ann:Person {name: 'Ann'}), (bob:Person {name: 'Bob'}),
              (ann)-[:CALLED {minutes: 5}]->(bob), (bob)-[:CALLED {minutes: 50}]->(ann),
              (bob)-[:CALLED {minutes: 1}]->(bob), (ann)-[:WROTE]->(bob)"""
]
CASES = [
    (
        "MATCH (p:Person)-[:CALLED]->(o) CALL (o) { UNWIND [1, 2, 3] AS x RETURN x } RETURN p.name AS p, count(*) AS n ORDER BY p",
        [{'p': 'Ann', 'n': 3}, {'p': 'Bob', 'n': 6}],
        [{'p': 'Ann', 'n': 1}, {'p': 'Bob', 'n': 2}],
    ),
    (
        "MATCH (p:Person)-[:CALLED]->(o) CALL (o) { MATCH (o)-[:WROTE]->(x) RETURN x } RETURN p.name AS p, count(*) AS n ORDER BY p",
        [{'p': 'Bob', 'n': 1}],
        [{'p': 'Ann', 'n': 1}, {'p': 'Bob', 'n': 2}],
    ),
    (
        "MATCH (p:Person)-[:CALLED]->(o) CALL (o) { MATCH (o)-[:WROTE]->(x) RETURN x } WITH p, count(*) AS n RETURN p.name AS p, n ORDER BY p",
        [{'p': 'Bob', 'n': 1}],
        [{'p': 'Bob', 'n': 1}],
    ),
]
"""Query, the right rows, the rows seen in 26.10.2."""

changed = False
with arcadedb_embedded.create_database("example") as database:
    for text in SETUP:
        with database.transaction():
            database.command("opencypher", text)
    for query, right, seen in CASES:
        rows = [row.to_dict() for row in database.query("opencypher", query)]
        print(f"{query}\n  expected: {right}\n  seen:     {rows}")
        changed = changed or rows != seen
print("CHANGED: not as stated" if changed else "as stated")
sys.exit(changed)
PYTHON
