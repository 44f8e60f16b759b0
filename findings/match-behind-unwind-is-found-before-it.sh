#!/usr/bin/env bash
# MATCH … UNWIND … AS u MATCH … WHERE u …: no rows, the patterns are found before UNWIND.
#
# Software: ArcadeDB, PyPI package arcadedb-embedded, version 26.10.2.post1
# Source:   https://github.com/ArcadeData/arcadedb (engine), `opencypher` query language
# Right:    clauses work on the rows of those before them, in their order (Cypher manual, Clauses)
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

SETUP = [
    "UNWIND range(1, 3) AS i CREATE (:Community {n: i})",
    "UNWIND range(1, 3) AS i CREATE (:Quarter {n: i})",
    "MATCH (q:Quarter), (c:Community) WHERE q.n = c.n CREATE (q)-[:PART_OF]->(c)",
]
UNWOUND = "MATCH (c:Community) UNWIND [1, 2] AS u"
CASES = [
    (f"{UNWOUND} MATCH (q:Quarter)-[:PART_OF]->(c) WHERE q.n = u RETURN count(*) AS n", [2], [0]),
    (f"{UNWOUND} MATCH (q:Quarter) WHERE u > 1 RETURN count(*) AS n", [9], [0]),
    (f"{UNWOUND} MATCH (q:Quarter {{n: u}}) RETURN count(*) AS n", [6], [0]),
    (f"{UNWOUND} WITH c, u MATCH (q:Quarter)-[:PART_OF]->(c) WHERE q.n = u RETURN count(*) AS n", [2], [2]),
    ("UNWIND [1, 2] AS u MATCH (q:Quarter) WHERE q.n = u RETURN count(*) AS n", [2], [2]),
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
