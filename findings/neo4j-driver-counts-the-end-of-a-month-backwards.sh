#!/usr/bin/env bash
# The Neo4j driver for Python adds a year to 28 February 2024 and gives 27 February 2025; a month, and it is 30 March.
#
# Software: neo4j 6.4.1 (PyPI); python-dateutil 2.9.0.post0 (PyPI) for comparison
# Source:   https://github.com/neo4j/neo4j-python-driver (src/neo4j/time/__init__.py, class Date)
# Expected: what the server gives for the same date and the same duration: the same day of the month, or the last one
#           where there is none (Cypher manual, Temporal operators); and of replace(month=3) the same day, as it says of
#           itself ("day: overwrite the day - default: self.day")
# Seen:     the last three days of a month are counted from its end, before and after: a term of five years from 28
#           February 2024 ends on 27 February 2029, one of a month from 30 April on 31 May.
#           The documentation of Date has a sentence on it ("a more desirable outcome"), those of +, - and replace none.
#           DateTime does the same; date(…) + duration(…) in Neo4j 5.26.26 and dateutil give the day expected
#
# Installs both into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check neo4j==6.4.1 python-dateutil==2.9.0.post0
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
"""Adds durations to dates as the driver does and as dateutil does."""

import sys
from datetime import date

from dateutil.relativedelta import relativedelta
from neo4j.time import Date, DateTime, Duration

CASES = [
    (date(2024, 2, 28), {"years": 1}, "2025-02-27"),
    (date(2024, 2, 28), {"years": 5}, "2029-02-27"),
    (date(2024, 2, 28), {"months": 1}, "2024-03-30"),
    (date(2025, 2, 28), {"months": -1}, "2025-01-31"),
    (date(2025, 4, 30), {"months": 1}, "2025-05-31"),
    (date(2025, 6, 29), {"months": 1}, "2025-07-30"),
    (date(2025, 6, 27), {"months": 1}, "2025-07-27"),
    (date(2025, 1, 31), {"months": 1}, "2025-02-28"),
]
"""A day, what is added, and what the driver gives."""

changed = False
for day, added, stated in CASES:
    right = str(day + relativedelta(**added))
    seen = str(Date.from_native(day) + Duration(**added))
    with_time = str(DateTime(day.year, day.month, day.day) + Duration(**added))[:10]
    print(f"{day} + {added}\n  expected: {right}\n  seen:     {seen}")
    changed = changed or not seen == with_time == stated
replaced = str(Date(2025, 2, 28).replace(month=3))
print(f"2025-02-28, month replaced by 3\n  expected: {date(2025, 2, 28).replace(month=3)}\n  seen:     {replaced}")
changed = changed or replaced != "2025-03-31"
print("CHANGED: not as stated" if changed else "as stated")
sys.exit(changed)
PYTHON
