#!/usr/bin/env bash
# WITH of an aggregate, then LIMIT or SKIP without ORDER BY: every row goes on.
#
# Software: ArcadeDB, PyPI package arcadedb-embedded, version 26.10.2.post1
# Source:   https://github.com/ArcadeData/arcadedb (engine), `opencypher` query language
# Right:    LIMIT and SKIP bound the rows that WITH hands on, in whatever order (Cypher manual, LIMIT)
# Compared: Neo4j Community 5.26.31 gives the right answer
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

SETUP = ["UNWIND range(1, 6) AS i CREATE (:Committee {n: i, kind: i % 3})"]
GROUPED = "MATCH (c:Committee) WITH c.kind AS kind, count(*) AS n"
CASES = [
    (f"{GROUPED} LIMIT 1 RETURN count(*) AS n", [1], [3]),
    (f"{GROUPED} SKIP 2 RETURN count(*) AS n", [1], [3]),
    (f"{GROUPED} ORDER BY kind LIMIT 1 RETURN count(*) AS n", [1], [1]),
    ("MATCH (c:Committee) WITH DISTINCT c.kind AS kind LIMIT 1 RETURN count(*) AS n", [1], [1]),
]
"""Query, the right rows, the rows seen in 26.10.2."""

changed = False
with arcadedb_embedded.create_database("example") as database:
    for text in SETUP:
        with database.transaction():
            database.command("opencypher", text)
    for query, right, seen in CASES:
        rows = [next(iter(row.to_dict().values())) for row in database.query("opencypher", query)]
        print(f"{query}\n  expected: {right}\n  seen:     {rows}")
        changed = changed or rows != seen
print("CHANGED: not as stated" if changed else "as stated")
sys.exit(changed)
PYTHON
