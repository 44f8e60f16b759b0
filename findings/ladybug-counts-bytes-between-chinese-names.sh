#!/usr/bin/env bash
# Ladybug's levenshtein() counts bytes: 张 and 李 are three edits apart, 陈 and 陳 one, whatever the name.
#
# Software: ladybug 0.22.0 (PyPI), the fork that goes on with Kuzu; rapidfuzz 3.14.6 (PyPI) for comparison
# Source:   https://github.com/LadybugDB/ladybug
# Expected: "the minimum number of single-character edits" (documentation of Kuzu, Text functions): one character in
#           place of another is one. size, left, reverse and substring of the same version count characters
# Seen:     the distance of the three bytes that UTF-8 has for a character: 1, 2 or 3 for one other character, by where it
#           happens to stand in Unicode. A limit of 1, as for a typing mistake, lets 王伟 and 玉伟 pass and not 李明 and
#           李朋; 张三丰 and 张三 are as far apart as 张三 and 李三, and further than 王陈 and 玉陳, in which both differ
#
# Installs both into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check ladybug==0.22.0 rapidfuzz==3.14.6
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
"""Compares pairs of invented names with both."""

import sys

import ladybug
from rapidfuzz.distance import Levenshtein

base = ladybug.Connection(ladybug.Database(":memory:"), num_threads=1)
changed = False
for one, other, stated in [
    ("王伟", "玉伟", 1),
    ("陈明", "陳明", 1),
    ("李明", "李朋", 2),
    ("张三", "李三", 3),
    ("张三丰", "张三", 3),
    ("王陈", "玉陳", 2),
    ("Wang", "Wong", 1),
]:
    right = Levenshtein.distance(one, other)
    query = "RETURN levenshtein($one, $other), size($one)"
    seen, size = base.execute(query, {"one": one, "other": other}).get_next()
    changed |= seen != stated or size != len(one)
    print(f"{one} {other}: expected {right}, seen {seen} (size of the first: {size})")
print("CHANGED: not as stated" if changed else "as stated")
sys.exit(changed)
PYTHON
