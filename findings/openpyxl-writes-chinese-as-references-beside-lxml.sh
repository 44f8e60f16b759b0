#!/usr/bin/env bash
# openpyxl writes every Chinese character of a sheet as a numeric reference once lxml is installed beside it.
#
# Software: openpyxl 3.1.5, lxml 6.0.2 (PyPI); the same two lines of Python, run without and with lxml
# Source:   https://foss.heptapod.net/openpyxl/openpyxl (openpyxl/xml/functions.py picks lxml where it can be
#           imported), https://lxml.de
# Expected: the same file: another package of the environment (python-docx brings lxml) changes nothing, and
#           the sheet, declared UTF-8, holds the characters
# Seen:     with lxml the sheet holds &#31034; and the like: a quarter larger, and who looks for a name in
#           the unpacked file (grep, a test for personal data, a virus scanner's rule) does not find it
#
# Installs both into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
pip=("$folder/env/bin/pip" install --quiet --disable-pip-version-check)
cd "$folder"
cat >write.py <<'PYTHON'
"""Writes a sheet of 1,000 names; prints its bytes, whether a name is found in them, and the references."""

import sys
import zipfile

from openpyxl import Workbook

book = Workbook()
for number in range(1_000):
    book.active.append([f"示例小区{number:04}"])
book.save(sys.argv[1])
with zipfile.ZipFile(sys.argv[1]) as archive:
    sheet = archive.read("xl/worksheets/sheet1.xml")
print(len(sheet), "示例小区".encode() in sheet, sheet.count(b"&#"))
PYTHON
"${pip[@]}" openpyxl==3.1.5
read -r bytes found references < <("$folder/env/bin/python" write.py without.xlsx)
"${pip[@]}" lxml==6.0.2
read -r bytes_lxml found_lxml references_lxml < <("$folder/env/bin/python" write.py with.xlsx)
echo "without lxml: $bytes bytes, name found: $found, references: $references"
echo "with lxml:    $bytes_lxml bytes, name found: $found_lxml, references: $references_lxml"
[ "$found $references" = "True 0" ] && [ "$found_lxml $references_lxml" = "False 4000" ] &&
  [ $((bytes_lxml * 10)) -gt $((bytes * 12)) ]
