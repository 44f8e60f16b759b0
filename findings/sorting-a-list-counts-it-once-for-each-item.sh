#!/usr/bin/env bash
# Sorting the items of a list fails from a few thousand on: the whole list is counted with each of them.
#
# Software: ArcadeDB, PyPI package arcadedb-embedded, version 26.10.2.post1
# Source:   https://github.com/ArcadeData/arcadedb (engine), `opencypher` query language; openCypher 9, WITH:
#           only what WITH names goes on to what follows
# Right:    the items sorted: 20,000 whole numbers are less than 1 MB
# Seen:     "Query heap budget exceeded" (3 GB, of the heap of 4 GB that the package takes by itself), as if each
#           row that is sorted held a list of its own; a subquery that sorts the items of a list of its outer
#           row likewise. Where a WITH takes the items over first, the same rows are sorted at once
# Compared: Neo4j Community 5.26.26 sorts both
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

PEOPLE = "WITH [i IN range(1, 3000) | {id: 'p-' + toString(i), post: 'h-' + toString(i)}] AS found"
CASES = [
    ("WITH range(1, 20000) AS numbers UNWIND numbers AS x WITH x ORDER BY x DESC RETURN count(x) AS n", 20000, None),
    (
        "WITH range(1, 20000) AS numbers UNWIND numbers AS x WITH DISTINCT x "
        "WITH x ORDER BY x DESC RETURN count(x) AS n",
        20000,
        20000,
    ),
    (f"{PEOPLE} RETURN size(COLLECT {{ UNWIND found AS m RETURN DISTINCT m.id AS id ORDER BY id }}) AS n", 3000, None),
    (
        f"{PEOPLE} RETURN size(COLLECT {{ UNWIND found AS m WITH DISTINCT m.id AS id RETURN id ORDER BY id }}) AS n",
        3000,
        3000,
    ),
]
"""Query, the right number, the number seen (None: the budget is exceeded)."""

changed = False
with arcadedb_embedded.create_database("example") as database:
    for query, right, seen in CASES:
        try:
            number = [row.to_dict() for row in database.query("opencypher", query)][0]["n"]
            said = str(number)
        except Exception as error:
            number, said = None, str(error).split(" needs ")[0].splitlines()[0]
            if "budget exceeded" not in said:
                raise
        print(f"{query}\n  expected: {right}\n  seen:     {said}")
        changed = changed or number != seen
print("CHANGED: not as stated" if changed else "as stated")
sys.exit(changed)
PYTHON
