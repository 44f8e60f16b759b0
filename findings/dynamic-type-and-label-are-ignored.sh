#!/usr/bin/env bash
# A dynamic relationship type, and a dynamic label in a predicate, are ignored: everything matches.
#
# Software: ArcadeDB, PyPI package arcadedb-embedded, version 26.10.2.post1
# Source:   https://github.com/ArcadeData/arcadedb (engine), `opencypher` query language
# Right:    only relationships of that type; nodes with one of those labels (Cypher manual, Dynamic values)
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
              (choir:Club {name: 'Choir'}),
              (ann)-[:KNOWS]->(bob), (bob)-[:KNOWS]->(eve), (ann)-[:MEMBER_OF]->(choir)"""
]
CASES = [
    (
        "MATCH ()-[r:$('MEMBER_OF')]->() RETURN count(r) AS n",
        [{'n': 1}],
        [{'n': 3}],
    ),
    (
        "MATCH (n) WHERE n:$('Club') RETURN count(n) AS n",
        [{'n': 1}],
        [{'n': 4}],
    ),
    (
        "MATCH (n:$any(['Club', 'Person'])) RETURN count(n) AS n",
        [{'n': 4}],
        [{'n': 0}],
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
