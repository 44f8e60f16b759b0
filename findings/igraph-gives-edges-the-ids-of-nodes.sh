#!/usr/bin/env bash
# igraph reads the ids of edges from a GraphML file and gives them the ids of nodes.
#
# Software: igraph 1.0.0 (PyPI, python-igraph with igraph's C library 1.0.0)
# Source:   https://github.com/igraph/igraph (src/io/graphml.c), https://github.com/igraph/python-igraph
# Expected: the attribute `id` of an edge is the id of its <edge> (GraphML 1.0, Declaring an Edge), as in igraph 0.11.9
# Seen:     the n-th edge has the id of the n-th node, and an empty one where there are fewer nodes. Nothing is said; the
#           other attributes are right, so that ends and dates are looked up under an id that is something else's
# Compared: networkx 3.6.1 reads e1, e2 and e3
#
# Installs both into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check igraph==1.0.0 networkx==3.6.1
cd "$folder"
cat >graph.graphml <<'GRAPHML'
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="since" for="edge" attr.name="since" attr.type="string"/>
  <graph edgedefault="directed">
    <node id="ann"/>
    <node id="bob"/>
    <edge id="e1" source="ann" target="bob"><data key="since">2020</data></edge>
    <edge id="e2" source="bob" target="ann"><data key="since">2021</data></edge>
    <edge id="e3" source="ann" target="bob"><data key="since">2022</data></edge>
  </graph>
</graphml>
GRAPHML
"$folder/env/bin/python" - <<'PYTHON'
"""Reads one file with both and prints the ids of nodes and edges."""

import sys

import igraph
import networkx as nx

graph = igraph.Graph.Read_GraphML("graph.graphml")
other = nx.read_graphml("graph.graphml", edge_key_type=str)
nodes, edges = graph.vs["id"], list(zip(graph.es["id"], graph.es["since"], strict=True))
right = sorted((key, since) for _, _, key, since in other.edges(keys=True, data="since"))
print(f"nodes, igraph:   {nodes}")
print(f"edges, igraph:   {edges}")
print(f"edges, networkx: {right}")
sys.exit(
    nodes != ["ann", "bob"]
    or edges != [("ann", "2020"), ("bob", "2021"), ("", "2022")]
    or right != [("e1", "2020"), ("e2", "2021"), ("e3", "2022")]
)
PYTHON
