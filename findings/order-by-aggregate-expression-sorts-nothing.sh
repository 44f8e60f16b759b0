#!/usr/bin/env bash
# ORDER BY with an expression over an aggregate does not sort, and LIMIT then keeps the wrong rows.
#
# Software: ArcadeDB, PyPI package arcadedb-embedded, version 26.10.2.post1
# Source:   https://github.com/ArcadeData/arcadedb (engine), `opencypher` query language
# Right:    rows sorted by the value of the expression
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

SETUP: list[str] = []
CASES = [
    (
        "UNWIND ['a', 'b', 'b'] AS x RETURN x, count(*) AS n ORDER BY -count(*)",
        [{'x': 'b', 'n': 2}, {'x': 'a', 'n': 1}],
        [{'x': 'a', 'n': 1}, {'x': 'b', 'n': 2}],
    ),
    (
        "UNWIND ['a', 'b', 'b'] AS x RETURN x, count(*) AS n ORDER BY toFloat(count(*)) DESC LIMIT 1",
        [{'x': 'b', 'n': 2}],
        [{'x': 'a', 'n': 1}],
    ),
    (
        "UNWIND ['a', 'b', 'b'] AS x RETURN x, count(*) AS n ORDER BY -n LIMIT 1",
        [{'x': 'b', 'n': 2}],
        [{'x': 'b', 'n': 2}],
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
