"""Hand-made judged rows and a place whose figures are known, for tests of reports."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.reading.areas import AreaTree
from tests.oracle.scene import DISTRICT, STREET, Scene

Row = dict[str, Any]
DAY = date(2025, 6, 30)
OTHER_STREET = "990101002000"
C1, C2, C3 = "990101001001", "990101001002", "990101002001"

TREE = AreaTree(
    {"area": area, "name": f"名{area[6:]}", "level": level, "parent": parent, "code": None, "synthetic": True}
    for area, level, parent in (
        (DISTRICT, "district", None),
        (STREET, "subdistrict", DISTRICT),
        (OTHER_STREET, "subdistrict", DISTRICT),
        (C1, "community", STREET),
        (C2, "community", STREET),
        (C3, "community", OTHER_STREET),
    )
)

WAIVER = {"id": "w", "reason": "已报批", "decided_by": "示例科", "since": DAY, "until": date(2026, 1, 1)}


def judged(
    verdict: str,
    *,
    area: str | None = C1,
    code: str = "R15",
    ids: str = "oc-990101-1",
    severity: str = "warning",
    missing: tuple[str, ...] = (),
    **more: Any,
) -> Row:
    """A row as a check gives it."""
    return {
        "rule": "owners_committee_party_ratio_low",
        "code": code,
        "title": "A ratio",
        "title_zh": "比例",
        "severity": severity,
        "profile": "national",
        "finding": f"{code}:{ids}",
        "subject": ids.partition("|")[0],
        "area": area,
        "verdict": verdict,
        "missing": list(missing),
        "evidence": [],
        "waiver": None,
        **more,
    }


def place_of_conflict(name: str = "示例业委会") -> Scene:
    """Two quarters: a committee member who owns no home, one of whom nothing is recorded.

    R14 has for committee 1 a failing row (person 1), for committee 2 an undecided one (person 4,
    where the register of owners is not complete), and a passing one (person 3, committee 1).
    """
    scene = Scene(2)
    scene.people(1, 2, 3, 4)
    for serial in (1, 2, 3, 4):
        scene.builder.nodes[f"p-990101-{serial}"]["name"] = f"张三{serial}号"
    scene.builder.nodes["oc-990101-1"]["name"] = name
    scene.seat(1, "member", "oc-1", term_until=date(2025, 8, 1))
    scene.seat(3, "chair", "oc-1")
    scene.link("p-3", "OWNS_HOME_IN", "q-990101-01")
    scene.seat(4, "member", "oc-2")
    scene.seat(3, "secretary", "po-1")
    scene.complete(DISTRICT, "post")
    scene.complete("q-990101-01", "ownership")
    return scene
