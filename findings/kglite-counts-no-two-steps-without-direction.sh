#!/usr/bin/env bash
# KGLite counts 0 for two steps of which one has no direction, though the same pattern has rows.
#
# Software: kglite 0.21.2 (PyPI, with its own engine in Rust, in memory)
# Source:   https://github.com/kkollsga/kglite
# Expected: count(*) is the number of rows that the same MATCH gives (openCypher 9, Aggregation): a person who sits on
#           two committees joins them, so MATCH (a)-[:SITS]-(p:Person)-[:SITS]-(b) has two rows, there and back
# Seen:     the rows are there when they are returned, counted by groups or with DISTINCT; count(*), count(b) and
#           WITH … RETURN count(*) say 0, whatever the types, labels and properties. Arrows at both steps, one step
#           alone and three steps are counted right. The lists of warnings and diagnostics of the answer are empty
#
# Installs it into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check kglite==0.21.2
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
"""Counts the ways of length two in a graph of three nodes and compares with the rows."""

import sys

import kglite

graph = kglite.KnowledgeGraph()
graph.cypher("CREATE (p:Person {name: 'ann'}), (a:Body {name: 'east'}), (b:Body {name: 'west'})")
graph.cypher("MATCH (p:Person), (b:Body) CREATE (p)-[:SITS]->(b)")
WAYS = (
    ("(a)-[:SITS]-(p:Person)-[:SITS]-(b)", 2, 0),
    ("(a:Body)-[:SITS]-(p:Person)-[:SITS]-(b:Body)", 2, 0),
    ("(a)<-[:SITS]-(p:Person)-[:SITS]-(b)", 2, 0),
    ("(a)-[:SITS]-(p:Person)-[:SITS]->(b)", 2, 0),
    ("(a)<-[:SITS]-(p:Person)-[:SITS]->(b)", 2, 2),
    ("(a)--(p:Person)--(b)", 2, 0),
    ("(a)-[:SITS]-(p:Person)", 2, 2),
)
changed = False
for way, rows, counted in WAYS:
    seen = len(graph.cypher(f"MATCH {way} RETURN a.name, p.name").to_list())
    distinct = graph.cypher(f"MATCH {way} RETURN count(DISTINCT a.name) AS n").to_list()[0]["n"]
    groups = graph.cypher(f"MATCH {way} RETURN p.name AS p, count(*) AS n").to_list()[0]["n"]
    numbers = {
        text: graph.cypher(f"MATCH {way} {text} AS n").to_list()[0]["n"]
        for text in ("RETURN count(*)", "RETURN count(a)", "WITH a, p RETURN count(*)")
    }
    print(f"{way}: {seen} rows, by groups {groups}, {distinct} different; {numbers}")
    changed |= (seen, groups, distinct) != (rows, rows, rows) or set(numbers.values()) != {counted}
print("CHANGED: not as stated" if changed else "as stated")
sys.exit(changed)
PYTHON
