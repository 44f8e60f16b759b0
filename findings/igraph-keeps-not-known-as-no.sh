#!/usr/bin/env bash
# igraph writes and reads what is not known as `false`, and a text that is not known as the word None.
#
# Software: igraph 1.0.0 (PyPI, python-igraph with igraph's C library 1.0.0)
# Source:   https://github.com/igraph/igraph (src/io/graphml.c), https://github.com/igraph/python-igraph
# Expected: a node without <data> for a key without <default> has no value (GraphML 1.0, Declaring GraphML-Attributes),
#           so that None, which igraph has for it in memory, is written as nothing and nothing is read as None
# Seen:     a truth value that is not there is read as False; None is written as <data>false</data> and, beside texts,
#           as <data>None</data>. Three answers (yes, no, not known) are two after a file, and no number tells them apart.
#           Numbers are right: NaN, and no <data>
# Compared: networkx 3.6.1 reads no attribute
#
# Installs both into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check igraph==1.0.0 networkx==3.6.1
cd "$folder"
cat >given.graphml <<'GRAPHML'
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="gated" for="node" attr.name="gated" attr.type="boolean"/>
  <graph edgedefault="directed">
    <node id="east"><data key="gated">true</data></node>
    <node id="west"><data key="gated">false</data></node>
    <node id="north"/>
  </graph>
</graphml>
GRAPHML
"$folder/env/bin/python" - <<'PYTHON'
"""Reads a file in which one answer is missing, and writes three answers and reads them again."""

import re
import sys
from pathlib import Path

import igraph
import networkx as nx

read = igraph.Graph.Read_GraphML("given.graphml").vs["gated"]
other = [value for _, value in nx.read_graphml("given.graphml").nodes(data="gated")]
print(f"read: igraph {read}, networkx {other}")

graph = igraph.Graph(n=3)
graph.vs["gated"] = [True, False, None]
graph.vs["manager"] = ["Ann", "", None]
graph.vs["homes"] = [120, 0, None]
graph.write_graphml("written.graphml")
written = {}
for name in graph.vs.attributes():
    text = Path("written.graphml").read_text(encoding="utf-8")
    written[name] = re.findall(f'<data key="v_{name}">(.*?)</data>', text)
    print(f"written: {name} {graph.vs[name]} as {written[name]}")
sys.exit(
    read != [True, False, False]
    or other != [True, False, None]
    or written != {"gated": ["true", "false", "false"], "manager": ["Ann", "", "None"], "homes": ["120", "0"]}
)
PYTHON
