#!/usr/bin/env bash
# WITH … ORDER BY … LIMIT … WHERE filters first, then takes the first rows.
#
# Software: ArcadeDB, PyPI package arcadedb-embedded, version 26.10.2.post1
# Source:   https://github.com/ArcadeData/arcadedb (engine), `opencypher` query language
# Right:    WHERE behind WITH filters the rows that LIMIT and SKIP leave (Cypher manual, WITH)
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

SETUP = ["UNWIND range(1, 6) AS i CREATE (:Committee {n: i})"]
NAMED = "MATCH (c:Committee) WITH c.n AS n"
CASES = [
    (f"{NAMED} ORDER BY n LIMIT 3 WHERE n > 2 RETURN n", [3], [3, 4, 5]),
    (f"{NAMED} ORDER BY n SKIP 4 WHERE n > 2 RETURN n", [5, 6], []),
    (f"{NAMED} ORDER BY n LIMIT 3 WITH n WHERE n > 2 RETURN n", [3], [3]),
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
