#!/usr/bin/env bash
# WHERE a.n > 3 OR any(… IN b.l …): judged where `a` is found, before `b` is, and rows are lost.
#
# Software: ArcadeDB, PyPI package arcadedb-embedded, version 26.10.2.post1
# Source:   https://github.com/ArcadeData/arcadedb (engine), `opencypher` query language
# Right:    WHERE keeps the rows of which its expression is true, with all that MATCH has found (Cypher manual, WHERE)
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
    "UNWIND range(1, 6) AS i CREATE (:Body {n: i, years: [i, i + 1]})",
    "MATCH (a:Body), (b:Body) WHERE b.n = a.n + 1 CREATE (a)-[:FOLLOWS]->(b)",
]
PATH = "MATCH (a:Body)-[:FOLLOWS]->(b)"
CASES = [
    (f"{PATH} WHERE a.n > 3 OR any(y IN b.years WHERE y > 1) RETURN count(*) AS n", [5], [2]),
    (f"{PATH} WHERE a.n + b.years[0] > 5 RETURN count(*) AS n", [3], [0]),
    (f"{PATH} WHERE a.n = CASE WHEN b.n > 3 THEN b.n - 1 ELSE 1 END RETURN count(*) AS n", [4], [1]),
    (f"{PATH} WITH * WHERE a.n + b.years[0] > 5 RETURN count(*) AS n", [3], [3]),
    (f"{PATH} WHERE a.n + b.n > 5 RETURN count(*) AS n", [3], [3]),
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
