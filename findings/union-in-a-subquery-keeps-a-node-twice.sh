#!/usr/bin/env bash
# UNION in a subquery keeps a node twice that one part finds by its label and another at the end of a step.
#
# Software: ArcadeDB, PyPI package arcadedb-embedded, version 26.10.2.post1
# Source:   https://github.com/ArcadeData/arcadedb (engine), `opencypher` query language
# Right:    UNION removes duplicate rows; a node is the same however a part of the union came to it (Cypher manual, UNION)
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
        "CALL () { MATCH (p:Person {name: 'Bob'}) RETURN p UNION MATCH (:Person {name: 'Ann'})-[:KNOWS]->(p) RETURN p } RETURN p.name AS n",
        [{'n': 'Bob'}],
        [{'n': 'Bob'}, {'n': 'Bob'}],
    ),
    (
        "RETURN COUNT { MATCH (p:Person {name: 'Bob'}) RETURN p UNION MATCH (:Person {name: 'Ann'})-[:KNOWS]->(p) RETURN p } AS n",
        [{'n': 1}],
        [{'n': 2}],
    ),
    (
        "CALL () { MATCH (p:Person {name: 'Bob'}) RETURN p.name AS n UNION MATCH (:Person {name: 'Ann'})-[:KNOWS]->(p) RETURN p.name AS n } RETURN n",
        [{'n': 'Bob'}],
        [{'n': 'Bob'}],
    ),
    (
        "MATCH (p:Person {name: 'Bob'}) RETURN p.name AS n UNION MATCH (:Person {name: 'Ann'})-[:KNOWS]->(p) RETURN p.name AS n",
        [{'n': 'Bob'}],
        [{'n': 'Bob'}],
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
