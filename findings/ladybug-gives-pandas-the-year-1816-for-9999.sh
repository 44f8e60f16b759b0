#!/usr/bin/env bash
# Ladybug gives pandas 29 March 1816 for the date 9999-12-31, and 1754 for the year 1.
#
# Software: ladybug 0.22.0 (PyPI), the fork that goes on with Kuzu; pandas 3.1.1 (PyPI)
# Source:   https://github.com/LadybugDB/ladybug (get_as_df of the Python client)
# Expected: the date, as get_next, get_as_pl and get_as_arrow give it: the column is datetime64[us], which holds the years
#           1 to 9999, and a TIMESTAMP of the same day is right in the same table. Days of this kind stand for "has not
#           ended" and "not known when" in registers
# Seen:     dates after 11 April 2262 and before 22 September 1677 are wrapped round as nanoseconds of 64 bits, without a
#           word: 2262-04-12 becomes 1677-09-21, 3000-01-01 becomes 1830-11-23, and who counts the terms that are over
#           counts those without an end
#
# Installs them into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check ladybug==0.22.0 pandas==3.1.1
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
"""Asks for the same days row by row and as a table of pandas."""

import sys

import ladybug

base = ladybug.Connection(ladybug.Database(":memory:"), num_threads=1)
STATED = {
    "2025-06-30": "2025-06-30",
    "2262-04-11": "2262-04-11",
    "2262-04-12": "1677-09-21",
    "3000-01-01": "1830-11-23",
    "9999-12-31": "1816-03-29",
    "0001-01-01": "1754-08-30",
}
changed = False
for day, stated in STATED.items():
    query = f"RETURN date('{day}') AS day, timestamp('{day}') AS moment"
    row = [str(value)[:10] for value in base.execute(query).get_next()]
    table = base.execute(query).get_as_df()
    seen = [str(table[name][0])[:10] for name in ("day", "moment")]
    changed |= row != [day, day] or seen != [stated, day] or str(table["day"].dtype) != "datetime64[us]"
    print(f"{day}: row {row[0]}, pandas {seen[0]} ({table['day'].dtype}); as TIMESTAMP {seen[1]}")
print("CHANGED: not as stated" if changed else "as stated")
sys.exit(changed)
PYTHON
