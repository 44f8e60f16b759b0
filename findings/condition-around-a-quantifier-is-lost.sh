#!/usr/bin/env bash
# WHERE keeps rows by any(…) or all(…) alone where CASE or coalesce() stands round it.
#
# Software: ArcadeDB, PyPI package arcadedb-embedded, version 26.10.2.post1
# Source:   https://github.com/ArcadeData/arcadedb (engine), `opencypher` query language
# Right:    WHERE keeps the rows of which its whole expression is true (Cypher manual, WHERE)
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

SETUP = ["CREATE (:Person {name: 'Ann', n: [1]}), (:Person {name: 'Bob', n: [2]}), (:Person {name: 'Eve'})"]
CASE = "CASE WHEN any(x IN p.n WHERE x > 1) THEN false ELSE true END"
CASES = [
    (
        f"MATCH (p:Person) WHERE {CASE} RETURN p.name AS n ORDER BY n",
        [{"n": "Ann"}, {"n": "Eve"}],
        [{"n": "Bob"}],
    ),
    (
        "MATCH (p:Person) WHERE coalesce(true, any(x IN p.n WHERE x > 1)) RETURN p.name AS n ORDER BY n",
        [{"n": "Ann"}, {"n": "Bob"}, {"n": "Eve"}],
        [{"n": "Bob"}],
    ),
    (
        f"MATCH (p:Person) WHERE {CASE} = true RETURN p.name AS n ORDER BY n",
        [{"n": "Ann"}, {"n": "Eve"}],
        [{"n": "Ann"}, {"n": "Eve"}],
    ),
    (
        f"MATCH (p:Person) WITH p, {CASE} AS ok WHERE ok RETURN p.name AS n ORDER BY n",
        [{"n": "Ann"}, {"n": "Eve"}],
        [{"n": "Ann"}, {"n": "Eve"}],
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
