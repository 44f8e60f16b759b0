#!/usr/bin/env bash
# A variable that OPTIONAL MATCH left null is bound anew by a later pattern.
#
# Software: ArcadeDB, PyPI package arcadedb-embedded, version 26.10.2.post1
# Source:   https://github.com/ArcadeData/arcadedb (engine), `opencypher` query language
# Right:    a variable that is null stays null: a pattern that holds it has no match (openCypher 9, OPTIONAL MATCH)
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
        "MATCH (p:Person {name: 'Bob'}) OPTIONAL MATCH (p)-[:MEMBER_OF]->(x) OPTIONAL MATCH (p)-[:KNOWS]->(x) RETURN p.name AS p, x.name AS x",
        [{'p': 'Bob', 'x': None}],
        [{'p': 'Bob', 'x': 'Eve'}],
    ),
    (
        "MATCH (p:Person {name: 'Bob'}) OPTIONAL MATCH (p)-[:MEMBER_OF]->(x) RETURN COUNT { (p)-[:KNOWS]->(x) } AS n",
        [{'n': 0}],
        [{'n': 1}],
    ),
    (
        "MATCH (p:Person {name: 'Bob'}) OPTIONAL MATCH (p)-[:MEMBER_OF]->(x) WITH p, x WHERE NOT (p)-[:KNOWS]->(x) RETURN p.name AS p",
        [{'p': 'Bob'}],
        [],
    ),
    (
        "MATCH (p:Person {name: 'Bob'}) OPTIONAL MATCH (p)-[:MEMBER_OF]->(x) RETURN size([(x)<-[:MEMBER_OF]-(a) | 1]) AS n",
        [{'n': 0}],
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
