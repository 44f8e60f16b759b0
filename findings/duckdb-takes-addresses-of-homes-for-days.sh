#!/usr/bin/env bash
# DuckDB reads the address of a home in a CSV file (3-2-501: building, staircase, flat) as 3 February of the year 501.
#
# Software: duckdb 2.0.0 (PyPI); polars 2.1.0 and pyarrow 26.0.1 (PyPI) for comparison
# Source:   https://github.com/duckdb/duckdb (CSV sniffer), https://duckdb.org/docs/data/csv/auto_detection
# Expected: texts. Types are detected from values, and leading zeros keep a code a text; no list of homes has days of
#           the years 102 to 1802, a column of days has years of one length, and issue 13121 (41_10_1) was mended as
#           overzealous guessing
# Seen:     DATE: 3-2-501 is 0501-02-03, and 2 March where another home has staircase 13; 3-1-1201 is 1201-01-03, 2-11-10 is
#           2010-11-02, 1-2-3 the midnight of 0001-02-03. No warning, and COPY writes the days into the next file. A home
#           that is no day in the sample, such as 13-13-102, makes all of them texts. home::VARCHAR straight from the file is
#           the text and not that of the day, so who looks with a cast sees nothing. read_csv(…, all_varchar = true) is right
# Compared: polars does the same if asked for days (try_parse_dates=True) and else keeps texts; pyarrow keeps texts
#
# Installs all into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.0 polars==2.1.0 pyarrow==26.0.1
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
"""Reads short lists of homes and compares each with what stands in the file."""

import sys
from pathlib import Path

import duckdb
import polars
import pyarrow.csv

CASES = (
    (["3-2-501", "1-1-102"], ["0501-02-03", "0102-01-01"]),
    (["3-1-1201", "12-2-1802"], ["1201-01-03", "1802-02-12"]),
    (["2-11-10", "3-12-5"], ["2010-11-02", "2005-12-03"]),
    (["1-2-3", "4-5-6"], ["0001-02-03 00:00:00", "0004-05-06 00:00:00"]),
    (["3-2-501", "1-13-102"], ["0501-03-02", "0102-01-13"]),
    (["3-2-501", "13-13-102"], ["3-2-501", "13-13-102"]),
)
changed = False
for homes, seen in CASES:
    Path("homes.csv").write_text("home,persons\n" + "".join(f"{home},2\n" for home in homes), encoding="utf-8")
    read = [str(row[0]) for row in duckdb.sql("SELECT home FROM 'homes.csv'").fetchall()]
    cast = [row[0] for row in duckdb.sql("SELECT home::VARCHAR FROM 'homes.csv'").fetchall()]
    kind = duckdb.sql("SELECT typeof(home) FROM 'homes.csv'").fetchall()[0][0]
    plain = [row[0] for row in duckdb.sql("SELECT home FROM read_csv('homes.csv', all_varchar = true)").fetchall()]
    arrow = pyarrow.csv.read_csv("homes.csv").to_pydict()["home"]
    print(f"{homes}: DuckDB {kind} {read}, cast {cast}, with all_varchar {plain}; pyarrow {arrow}")
    changed |= read != seen or cast != homes or plain != homes or arrow != homes

Path("homes.csv").write_text("home,persons\n3-1-1201,2\n12-2-1802,2\n", encoding="utf-8")
duckdb.sql("COPY (FROM 'homes.csv') TO 'copy.csv'")
copy = Path("copy.csv").read_text(encoding="utf-8").split()
other = [str(day) for day in polars.read_csv("homes.csv", try_parse_dates=True)["home"]]
kept = polars.read_csv("homes.csv")["home"].to_list()
print(f"written by COPY: {copy}; polars {kept}, asked for days {other}")
changed |= copy != ["home,persons", "1201-01-03,2", "1802-02-12,2"]
changed |= other != ["1201-01-03", "1802-02-12"] or kept != ["3-1-1201", "12-2-1802"]
print("CHANGED: not as stated" if changed else "as stated")
sys.exit(changed)
PYTHON
