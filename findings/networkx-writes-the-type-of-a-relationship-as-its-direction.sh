#!/usr/bin/env bash
# networkx writes an edge attribute named `type` as GEXF's direction of the edge: the file is invalid, the type is lost.
#
# Software: networkx 3.6.1 (PyPI)
# Source:   https://github.com/networkx/networkx (networkx/readwrite/gexf.py, add_edges)
# Expected: an attribute like any other: `type` is what relationships of a graph database have, and write_graphml
#           and write_gml keep it. In GEXF 1.2 the attribute `type` of <edge> says directed, undirected or mutual
#           (schema of GEXF 1.2draft, data.xsd), nothing else
# Seen:     <edge … type="KNOWS">, no such attribute among the declared ones, and read_gexf gives edges without it.
#           A relationship of the type `mutual` turns into two edges
#
# Installs the package into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
"""Writes two typed relationships in three formats, reads them, and prints their attributes."""

import re
import sys
from pathlib import Path

import networkx as nx

graph = nx.MultiDiGraph()
graph.add_edge("ann", "bob", type="KNOWS", since="2020")
graph.add_edge("bob", "choir", type="MEMBER_OF", since="2021")
kept = {}
for name in ("graphml", "gml", "gexf"):
    getattr(nx, f"write_{name}")(graph, f"graph.{name}")
    found = getattr(nx, f"read_{name}")(f"graph.{name}")
    kept[name] = sorted(data.get("type", "lost") for _, _, data in found.edges(data=True))
    print(f"{name}: {kept[name]}")
text = Path("graph.gexf").read_text(encoding="utf-8")
print(*re.findall("<edge .*?>", text), sep="\n")
declared = re.findall('<attribute [^>]*title="(.*?)"', text)
print("declared:", declared)

mutual = nx.MultiDiGraph()
mutual.add_edge("ann", "bob", type="mutual")
nx.write_gexf(mutual, "mutual.gexf")
edges = nx.read_gexf("mutual.gexf").number_of_edges()
print(f"one relationship of the type mutual, read again: {edges}")
sys.exit(
    kept != {"graphml": ["KNOWS", "MEMBER_OF"], "gml": ["KNOWS", "MEMBER_OF"], "gexf": ["lost", "lost"]}
    or 'type="KNOWS"' not in text
    or "type" in declared
    or edges != 2
)
PYTHON
