#!/usr/bin/env bash
# Ladybug finds nothing in a subquery or OPTIONAL MATCH that looks at a value of the outer query that is not known.
#
# Software: ladybug 0.22.0 (PyPI), the fork that goes on with Kuzu
# Source:   https://github.com/LadybugDB/ladybug, documentation of the subqueries EXISTS { } and COUNT { }
# Expected: coalesce(e.first, 0) <= m.year and e.first IS NULL are true or false for a row whose e.first is null, so the
#           subquery finds for it what it finds for others (openCypher 9, IS NULL and coalesce; Cypher manual, Subqueries:
#           a subquery is run for each row)
# Seen:     COUNT is 0, EXISTS false and OPTIONAL MATCH null for exactly the rows whose value is not known, whatever the
#           condition says; the same condition on the same rows is right in one MATCH. The subquery seems to be joined to
#           its rows by the values it uses, and null joins nothing
# Compared: plain Python over the same rows
#
# Installs the package into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check ladybug==0.22.0
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
"""Three posts, one of them with a first year that is not known, each of a body with two meetings."""

import sys

import ladybug

base = ladybug.Connection(ladybug.Database(":memory:"), num_threads=1)
FIRST = {1: 2020, 2: None, 3: 2024}
MEETINGS = [2022, 2025]
base.execute("CREATE NODE TABLE Post(id INT64 PRIMARY KEY, first INT64)")
base.execute("CREATE NODE TABLE Meeting(year INT64 PRIMARY KEY)")
base.execute("CREATE REL TABLE ATTENDED(FROM Post TO Meeting)")
for year in MEETINGS:
    base.execute(f"CREATE (:Meeting {{year: {year}}})")
for post, first in FIRST.items():
    base.execute("CREATE (:Post {id: $id, first: $first})", {"id": post, "first": first})
base.execute("MATCH (e:Post), (m:Meeting) CREATE (e)-[:ATTENDED]->(m)")


def rows(query: str) -> list:
    answer = base.execute(query)
    found = []
    while answer.has_next():
        found.append(answer.get_next())
    return found


SINCE = "coalesce(e.first, 0) <= m.year"
since = [[post, sum((first or 0) <= year for year in MEETINGS)] for post, first in FIRST.items()]
unknown = [[post, 2 if first is None else 0] for post, first in FIRST.items()]
lost = [[post, 0 if FIRST[post] is None else count] for post, count in since]
count = "MATCH (e:Post) RETURN e.id, COUNT {{ MATCH (e)-[:ATTENDED]->(m:Meeting) WHERE {} }} ORDER BY e.id"
exists = "MATCH (e:Post) WHERE EXISTS {{ MATCH (e)-[:ATTENDED]->(m:Meeting) WHERE {} }} RETURN e.id ORDER BY e.id"
optional = (
    f"MATCH (e:Post) OPTIONAL MATCH (e)-[:ATTENDED]->(m:Meeting) WHERE {SINCE} "
    "RETURN e.id, count(m) ORDER BY e.id"
)
plain = f"MATCH (e:Post)-[:ATTENDED]->(m:Meeting) WHERE {SINCE} RETURN e.id, count(m) ORDER BY e.id"
changed = False
for query, right, stated in [
    (count.format(SINCE), since, lost),
    (count.format("e.first IS NULL"), unknown, [[post, 0] for post in FIRST]),
    (exists.format(SINCE), [[post] for post in FIRST], [[1], [3]]),
    (exists.format("e.first IS NULL"), [[2]], []),
    (optional, since, lost),
    (plain, since, since),
]:
    seen = rows(query)
    changed |= seen != stated
    print(f"{query}\n  expected: {right}\n  seen:     {seen}")
print("CHANGED: not as stated" if changed else "as stated")
sys.exit(changed)
PYTHON
