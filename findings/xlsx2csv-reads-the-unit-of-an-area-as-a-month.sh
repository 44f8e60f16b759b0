#!/usr/bin/env bash
# xlsx2csv reads the m of the unit m² in a number format as a month: the area 86.5 m² becomes 0.0"03²".
#
# Software: xlsx2csv 0.8.6 (PyPI); polars 2.1.0 (PyPI), whose read_excel has it as an engine; python-calamine 0.9.1
# Source:   https://github.com/dilshod/xlsx2csv
# Expected: 86.5, or 86.5m² as shown: text in quotes or behind a backslash is shown as it is and formats nothing
#           (ECMA-376 Part 1, 18.8.31); Excel writes the backslash by itself when someone types the format 0.0m²
# Seen:     the cell is taken for a date because an m stands in its format, and 0, quotes and all are written with the
#           month of the day 86.5: every area of the same size class looks alike, and no number is left to recover.
#           0"户" and 0.0"亩" are numbers. polars.read_excel(engine="xlsx2csv") passes it on
#
# Installs them into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
  xlsx2csv==0.8.6 polars==2.1.0 python-calamine==0.9.1 openpyxl==3.1.5
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
"""Writes one area in four number formats and reads it with the three."""

import csv
import io
import sys

import polars
from openpyxl import Workbook
from python_calamine import CalamineWorkbook
from xlsx2csv import Xlsx2csv

FORMATS = ('0.0"m²"', "0.0\\m\\²", '0.0"㎡"', '0.0"户"')
book = Workbook()
for row, text in enumerate(FORMATS, 1):
    book.active.cell(row, 1, 86.5).number_format = text
book.save("areas.xlsx")
out = io.StringIO()
Xlsx2csv("areas.xlsx").convert(out)
plain = [row[0] for row in csv.reader(io.StringIO(out.getvalue()))]
frame = polars.read_excel("areas.xlsx", engine="xlsx2csv", has_header=False, infer_schema_length=0).to_series()
right = [row[0] for row in CalamineWorkbook.from_path("areas.xlsx").get_sheet_by_index(0).to_python()]
for line in zip(FORMATS, plain, frame, right, strict=True):
    print("{}: xlsx2csv {}, polars {}, calamine {}".format(*line))
broken = ['0.0"03²"', "0.003²"]
sys.exit(
    [*plain[:2], *map(float, plain[2:])] != [*broken, 86.5, 86.5]
    or frame.to_list()[:2] != broken
    or right != [86.5] * 4
)
PYTHON
