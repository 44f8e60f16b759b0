#!/usr/bin/env bash
# networkx reads edges of a GraphML file whose ids are equal as Python numbers as one edge: "1_1", "11" and "011".
#
# Software: networkx 3.6.1 (PyPI); igraph 0.11.9 (PyPI) reads the same file for comparison
# Source:   https://github.com/networkx/networkx (networkx/readwrite/graphml.py, add_edge)
# Expected: three edges: the id of an edge is a name (xs:NMTOKEN in the schema of GraphML 1.0), and 1_1 is not 11.
#           The documentation says that ids become keys of the type edge_key_type, int, and stay texts where they cannot;
#           a graph that write_graphml wrote is the same when read again
# Seen:     int("1_1") is 11, int("011") too: the later edge overwrites the earlier one, with a graph that networkx itself
#           wrote as well. Ids such as 2025_06 or 0012 come back as 202506 and 12. edge_key_type=str keeps them all
#
# Installs both into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1 igraph==0.11.9
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
"""Writes three edges with the same ends, by term and seat, and reads them with both."""

import sys

import igraph
import networkx as nx

graph = nx.MultiDiGraph()
for key, post in (("1_1", "chair"), ("11", "deputy"), ("011", "member")):
    graph.add_edge("ann", "committee", key=key, post=post)
nx.write_graphml(graph, "graph.graphml")
seen = list(nx.read_graphml("graph.graphml", force_multigraph=True).edges(keys=True, data="post"))
kept = list(nx.read_graphml("graph.graphml", edge_key_type=str).edges(keys=True, data="post"))
other = igraph.Graph.Read_GraphML("graph.graphml")
print(f"written:                      {list(graph.edges(keys=True, data='post'))}")
print(f"read:                         {seen}")
print(f"read with edge_key_type=str:  {kept}")
print(f"read by igraph:               {list(zip(other.es['id'], other.es['post'], strict=True))}")
sys.exit(
    seen != [("ann", "committee", 11, "member")]
    or kept != list(graph.edges(keys=True, data="post"))
    or sorted(other.es["id"]) != ["011", "11", "1_1"]
)
PYTHON
