#!/usr/bin/env bash
# openpyxl reads a date in the date format of Chinese Excel (2025年6月30日) as the number 45838, format General.
#
# Software: openpyxl 3.1.5 (PyPI); python-calamine 0.9.1 (PyPI) reads the same file for comparison
# Source:   https://foss.heptapod.net/openpyxl/openpyxl (openpyxl/styles/numbers.py, BUILTIN_FORMATS)
# Expected: dates. ECMA-376 Part 1, 18.8.30 gives the format numbers 27 to 36 and 50 to 58 a meaning in each East
#           Asian language (zh-cn: 31 is yyyy"年"m"月"d"日", 57 is yyyy"年"m"月"). Excel writes the number alone, as
#           it does with 14, the date format of English Excel: no file holds the text of these formats
# Seen:     openpyxl's table of built-in formats ends at 22 and begins again at 37: the cells are numbers, is_date
#           is False, number_format is General, and pandas.read_excel passes the numbers on. calamine gives dates
#
# Installs both into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
"""Writes a day in the formats 14, 31, 57 and 58, named by number only, and reads it with both."""

import re
import sys
import zipfile

from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

FORMATS = {14: "m/d/yyyy", 31: "yyyy年m月d日", 57: "yyyy年m月", 58: "m月d日"}
DAY = 45838  # 2025-06-30

book = Workbook()
for row, _ in enumerate(FORMATS, 1):
    cell = book.active.cell(row, 1, DAY)
    cell.number_format = f'"{row}"0'  # each its own, to be replaced below
book.save("plain.xlsx")
with zipfile.ZipFile("plain.xlsx") as plain, zipfile.ZipFile("chinese.xlsx", "w") as chinese:
    for name in plain.namelist():
        data = plain.read(name)
        if name == "xl/styles.xml":
            text = re.sub("<numFmts.*?</numFmts>", "", data.decode())
            for own, number in enumerate(FORMATS, 164):
                text = text.replace(f'numFmtId="{own}"', f'numFmtId="{number}"')
            data = text.encode()
        chinese.writestr(name, data)

sheet = load_workbook("chinese.xlsx").active
other = CalamineWorkbook.from_path("chinese.xlsx").get_sheet_by_index(0).to_python()
seen = []
for row, (number, shown) in enumerate(FORMATS.items(), 1):
    cell = sheet.cell(row, 1)
    print(f"{number} ({shown}): openpyxl {cell.value!r}, {cell.number_format}; calamine {other[row - 1][0]!r}")
    seen.append((cell.is_date, str(other[row - 1][0])))
sys.exit(seen != [(True, "2025-06-30"), *[(False, "2025-06-30")] * 3])
PYTHON
