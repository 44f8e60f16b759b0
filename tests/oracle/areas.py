"""Coverage summed over areas: a subject counts in its area and in every area above.

Above the oracle of coverage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tests.oracle.coverage import Subject
from tests.oracle.view import View


def roll_up(view: View, subjects: Iterable[Subject]) -> dict[str, Counter[str]]:
    """How many subjects of each state lie in each area; every area has an entry."""
    counts: dict[str, Counter[str]] = {a["id"]: Counter() for a in view.of("Area")}
    for subject in subjects:
        for area in view.above(subject.area) if subject.area else ():
            counts[area][subject.state] += 1
    return counts


def total_complete(view: View, area: str, denominator: Iterable[str]) -> bool:
    """Whether registers close every list that the total of an area rests on."""
    return all(view.complete(register, area) for register in denominator)
