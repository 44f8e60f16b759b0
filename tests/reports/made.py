"""A report made of judged rows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from graph.reading.answer import Stamp
from graph.reports.compose import Report, Rule
from graph.reports.words import BY
from tests.oracle.scene import DISTRICT
from tests.reports.scenes import DAY


def report_of(lists: list[tuple[str, list[dict[str, Any]]]], **parts: Any) -> Report:
    """A report with these lists."""
    given: dict[str, Any] = {
        "place": "示例区",
        "stamp": Stamp({}, {}, DAY, 7, area=DISTRICT, rows=1),
        "profiles": ("全国（national）",),
        "rules": (Rule("R15", "比例", "x@abc"),),
        "made_by": "=cmd",
        "made_at": datetime.now(UTC),
        "masked": True,
        "tables": {by: [] for by in BY},
        "missing": [],
        "registers": [],
        "days": 90,
        "calendar": [],
        "lists": lists,
    }
    return Report(**{**given, **parts})
