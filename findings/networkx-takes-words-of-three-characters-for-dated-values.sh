#!/usr/bin/env bash
# networkx writes words of three characters in a list into GEXF as values of one character with a start and an end.
#
# Software: networkx 3.6.1 (PyPI)
# Source:   https://github.com/networkx/networkx (networkx/readwrite/gexf.py, add_attributes)
# Expected: NetworkXError or ValueError for any list of texts, as for words of two and four characters: GEXF 1.2 has
#           `liststring` for lists, which networkx does not know, and `start` and `end` for the time in which a value holds
# Seen:     ["居委会", "业委会"], the residents' and the owners' committee, becomes value="居" start="委" end="会" and
#           value="业" start="委" end="会"; the whole graph turns dynamic. Any item that can be taken apart into three is
#           taken for (value, start, end), and most names of bodies and posts in Chinese have three characters
# Compared: write_gml of the same version writes the list, and read_gml gives it back
#
# Installs the package into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
"""Writes lists of words of two, three and four characters and prints what became of them."""

import re
import sys
from pathlib import Path

import networkx as nx

LISTS = {2: ["支部", "物业"], 3: ["居委会", "业委会"], 4: ["物业公司", "社区支部"]}
seen = {}
for length, words in LISTS.items():
    graph = nx.DiGraph()
    graph.add_node("q1", bodies=words)
    try:
        nx.write_gexf(graph, "graph.gexf")
    except ValueError as error:
        seen[length] = type(error).__name__
    else:
        text = Path("graph.gexf").read_text(encoding="utf-8")
        seen[length] = re.findall("<attvalue (.*?) />", text)
        mode = re.findall('<graph .*?mode="(.*?)"', text)
        found = nx.read_gexf("graph.gexf").nodes["q1"]["bodies"]
        print(f"{words}: the graph is {mode}; read again: {found}")
    print(f"{words}: {seen[length]}")

graph = nx.DiGraph()
graph.add_node("q1", bodies=LISTS[3])
nx.write_gml(graph, "graph.gml")
gml = nx.read_gml("graph.gml").nodes["q1"]["bodies"]
print(f"GML: {gml}")
sys.exit(
    seen
    != {
        2: "ValueError",
        3: ['for="0" value="居" start="委" end="会"', 'for="0" value="业" start="委" end="会"'],
        4: "ValueError",
    }
    or gml != LISTS[3]
)
PYTHON
