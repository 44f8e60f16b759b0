#!/usr/bin/env bash
# Ladybug stores the missing day of pandas (NaT) given as a parameter as 1 January of the year 1.
#
# Software: ladybug 0.22.0 (PyPI), the fork that goes on with Kuzu; pandas 3.1.1 (PyPI), duckdb 2.0.1 (PyPI) to compare
# Source:   https://github.com/LadybugDB/ladybug (parameters of execute in the Python client)
# Expected: null, as LOAD FROM makes of NaT in a table, or a refusal, as for pandas.NA
# Seen:     0001-01-01 00:00, alone, in a list and in a property of the type DATE or TIMESTAMP: IS NULL is false, the row
#           is found among those from before any day, and min() is the year 1. A table written row by row
#           (itertuples, to_dict("records")) gives NaT wherever a cell of a column of days is empty
# Compared: duckdb takes the same parameter for null
#
# Installs them into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check ladybug==0.22.0 pandas==3.1.1 duckdb==2.0.1
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
"""Writes two terms row by row, one without a known beginning, and asks for what is known."""

import sys

import duckdb
import ladybug
import pandas

base = ladybug.Connection(ladybug.Database(":memory:"), num_threads=1)
base.execute("CREATE NODE TABLE Term(id INT64 PRIMARY KEY, since DATE)")
terms = pandas.DataFrame({"id": [1, 2], "since": pandas.to_datetime(["2024-03-01", None])})
for row in terms.to_dict("records"):
    base.execute("CREATE (:Term {id: $id, since: $since})", row)


def rows(query: str) -> list:
    answer = base.execute(query)
    found = []
    while answer.has_next():
        found.append([str(value) for value in answer.get_next()])
    return found


changed = False
for query, right, stated in [
    ("MATCH (t:Term) WHERE t.since IS NULL RETURN t.id", [["2"]], []),
    ("MATCH (t:Term) WHERE t.since < date('2000-01-01') RETURN t.id, t.since", [], [["2", "0001-01-01"]]),
    ("MATCH (t:Term) RETURN min(t.since)", [["2024-03-01"]], [["0001-01-01"]]),
    ("LOAD FROM terms RETURN id, since", *[[["1", "2024-03-01 00:00:00"], ["2", "None"]]] * 2),
]:
    seen = rows(query)
    changed |= seen != stated
    print(f"{query}\n  expected: {right}\n  seen:     {seen}")
compared = duckdb.execute("SELECT $1", [pandas.NaT]).fetchone()
print(f"duckdb: {compared}")
changed |= compared != (None,)
print("CHANGED: not as stated" if changed else "as stated")
sys.exit(changed)
PYTHON
