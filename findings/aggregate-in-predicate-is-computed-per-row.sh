#!/usr/bin/env bash
# An aggregate inside IS NULL, IN, AND, NOT or a map is computed per row: no aggregation happens.
#
# Software: ArcadeDB, PyPI package arcadedb-embedded, version 26.10.2.post1
# Source:   https://github.com/ArcadeData/arcadedb (engine), `opencypher` query language
# Right:    an expression that holds an aggregate makes one row per group (openCypher 9, Aggregating functions)
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
        'UNWIND [1, 2] AS x RETURN max(x) IS NULL AS r',
        [{'r': False}],
        [{'r': True}, {'r': True}],
    ),
    (
        'UNWIND [1, 2] AS x RETURN 1 IN collect(x) AS r',
        [{'r': True}],
        [{'r': None}, {'r': None}],
    ),
    (
        'UNWIND [1, 2] AS x RETURN count(*) > 1 AND true AS r',
        [{'r': True}],
        [{'r': False}, {'r': False}],
    ),
    (
        'UNWIND [1, 2] AS x RETURN {n: size(collect(x))} AS r',
        [{'r': {'n': 2}}],
        [{'r': {'n': None}}, {'r': {'n': None}}],
    ),
    (
        'UNWIND [1, 2] AS x WITH max(x) AS m RETURN m IS NULL AS r',
        [{'r': False}],
        [{'r': False}],
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
