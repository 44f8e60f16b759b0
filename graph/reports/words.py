"""The words of reports: figures and their legend, roles, days, in Chinese with the English beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from graph.labels import headings
from graph.model import OPEN_END, OPEN_START, PostRole
from graph.model.precision import precision_of, shown_day
from graph.model.words import COUNTED
from graph.reports.shapes import ReportRow

BY = {"rule": "规则", "area": "辖区", "severity": "等级", "body": "组织"}
"""What the tables are by, and the word for it."""

FIGURES = headings(
    ReportRow,
    *("fail", "violation", "warning", "info", "waived", "not_possible", "unknown", "pass"),
    *("not_applicable", "judged", "total", "share"),
)
"""The figures of a table, in order."""

LEGEND = {
    COUNTED["fail"]: "有记录为证，且未经豁免 / fail: the records prove it, and there is no waiver",
    COUNTED["waived"]: "不符合，但有人决定在期限内予以保留 / waived: stands by decision until a date",
    COUNTED[
        "not_possible"
    ]: "没有合格人选等，不算缺口 / not possible: there is no eligible person, so no gap",
    COUNTED["unknown"]: "台账或信息不全，不能判定 / unknown: a register or a value is missing",
    COUNTED["pass"]: "有记录为证 / pass: the records prove it",
    COUNTED["not_applicable"]: "规则不针对该对象 / not applicable",
    "已判定": "不符合＋已豁免＋符合，即不符合率的分母 / judged: the denominator of the share",
    "不符合率": "不符合÷已判定；尚有未知时不给出 / share: none while anything is unknown",
}

NOWHERE = "辖区不详"
"""The name of the row for what lies in no known area."""


def role_word(role: str | None) -> str | None:
    """The Chinese word for a post's role."""
    return PostRole[role].zh if role is not None and role in PostRole.__members__ else role


def day_word(value: Any) -> str:
    """A date as people read it; open ends in words."""
    if value is None or value == OPEN_START:
        return "不详"
    return "至今" if value == OPEN_END else str(value)


def last_day_word(ends_on: date | None) -> str:
    """The last day of a term whose end is exclusive, as calendars and people name it."""
    return "不详" if ends_on is None else day_word(ends_on - timedelta(days=1))


def written_word(element: Mapping[str, Any], name: str) -> str:
    """A date of a tie as a register has it (2015.07); of a term its last day, open ends in words."""
    if element.get(name) is not None and precision_of(element, name) != "day":
        return shown_day(element, name)
    return last_day_word(element.get(name)) if name == "term_until" else day_word(element.get(name))


def left_word(ends_on: date, day: date) -> str:
    """How many days a term still runs, the day itself counted, or since how many its last day is over."""
    days = (ends_on - day).days
    return f"剩余 {days} 天" if days > 0 else f"已届满 {1 - days} 天"
