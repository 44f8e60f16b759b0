#!/usr/bin/env bash
# A subquery loses the variables of the outer query at its first WITH: a pattern binds them anew, UNWIND gives nothing.
#
# Software: ArcadeDB, PyPI package arcadedb-embedded, version 26.10.2.post1
# Source:   https://github.com/ArcadeData/arcadedb (engine), `opencypher` query language
# Right:    variables of the outer query stay in scope in the whole subquery, through every WITH (Cypher manual, Subqueries)
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
    """CREATE (ann:Person {name: 'Ann'}), (bob:Person {name: 'Bob'}), (eve:Person {name: 'Eve'}),
              (ann)-[:KNOWS]->(bob), (bob)-[:KNOWS]->(eve), (eve)-[:KNOWS]->(ann)"""
]
CASES = [
    (
        "MATCH (p:Person {name: 'Bob'}) RETURN COUNT { UNWIND [1] AS x WITH x MATCH (p)-[:KNOWS]->(f) RETURN f } AS n",
        [{'n': 1}],
        [{'n': 3}],
    ),
    (
        "MATCH (p:Person {name: 'Bob'}) RETURN COLLECT { MATCH (p)-[:KNOWS]->(f) WITH f MATCH (p)-[:KNOWS]->(g) RETURN g.name ORDER BY g.name } AS l",
        [{'l': ['Eve']}],
        [{'l': ['Ann', 'Bob', 'Eve']}],
    ),
    (
        "MATCH (p:Person {name: 'Bob'}) CALL (p) { UNWIND [1] AS x WITH x MATCH (p)-[:KNOWS]->(f) RETURN f } RETURN count(f) AS n",
        [{'n': 1}],
        [{'n': 3}],
    ),
    (
        "MATCH (p:Person {name: 'Bob'}) WITH p, [1, 2] AS list RETURN COUNT { MATCH (p)-[:KNOWS]->(f) WITH f UNWIND list AS x RETURN x } AS n",
        [{'n': 2}],
        [{'n': 0}],
    ),
    (
        "MATCH (p:Person {name: 'Bob'}) RETURN COUNT { UNWIND [1] AS x WITH p, x MATCH (p)-[:KNOWS]->(f) RETURN f } AS n",
        [{'n': 1}],
        [{'n': 1}],
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
