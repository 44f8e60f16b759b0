#!/usr/bin/env bash
# WHERE on a shortestPath is applied after the search: a longer path that fits is not found.
#
# Software: ArcadeDB, PyPI package arcadedb-embedded, version 26.10.2.post1
# Source:   https://github.com/ArcadeData/arcadedb (engine), `opencypher` query language
# Right:    the shortest of the paths that fulfil the predicate (Neo4j manual, Shortest paths)
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
    """CREATE (a:Stop {name: 'a'}), (b:Stop {name: 'b'}), (c:Stop {name: 'c'}),
              (a)-[:WAY {open: false}]->(c), (a)-[:WAY {open: true}]->(b),
              (b)-[:WAY {open: true}]->(c)"""
]
CASES = [
    (
        "MATCH p = shortestPath((a:Stop {name: 'a'})-[:WAY*]->(c:Stop {name: 'c'})) WHERE all(w IN relationships(p) WHERE w.open) RETURN length(p) AS steps",
        [{'steps': 2}],
        [],
    ),
    (
        "MATCH p = (a:Stop {name: 'a'})-[:WAY*]->(c:Stop {name: 'c'}) WHERE all(w IN relationships(p) WHERE w.open) RETURN length(p) AS steps ORDER BY steps LIMIT 1",
        [{'steps': 2}],
        [{'steps': 2}],
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
