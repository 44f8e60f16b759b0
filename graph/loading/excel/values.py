"""A cell as Excel stores it, as the text that a CSV file would hold in its place."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from graph.loading.cells import BadCell, refuse_controls
from graph.loading.excel.layout import CODES
from graph.model.base import Property

EXACT = 10**15
"""Below it Excel keeps every digit of a whole number."""
LAST_SERIAL = 2_958_465
"""31 December 9999 as Excel counts days."""
_EPOCH = date(1899, 12, 30)
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_PARTS = re.compile(r"[;；\n]")
_PARTS_OF_TERMS = re.compile(r"[;；、\n]")


def to_text(value: Any, name: str, column: Property | None) -> str | BadCell:
    """The text of a cell for a column, or why none can be made of it.

    `value` is what the reader gives: text, float, bool, date, datetime, time or timedelta.
    `column` is None for the ends of an edge.
    """
    kind = "text" if column is None else column.kind
    if isinstance(value, str):
        return _text(value, kind, column)
    if isinstance(value, bool):
        return _truth(value, kind)
    if isinstance(value, (int, float)):
        return _number(value, name, kind)
    if isinstance(value, date):
        return _day(value, kind)
    if isinstance(value, (time, timedelta)):
        return BadCell("是时间，不是所需的内容", "a time of day is not expected", str(value))
    return BadCell("无法识别的内容", "unreadable content", str(value))


def _text(value: str, kind: str, column: Property | None) -> str | BadCell:
    try:
        refuse_controls(value)
    except BadCell as bad:
        return bad
    text = value.strip()
    if kind == "date" and (match := _DATE.fullmatch(text)):
        year, month, day = (int(part) for part in match.groups())
        return f"{year:04}-{month:02}-{day:02}"
    if kind == "list" and column is not None:
        parts = _PARTS if column.vocabulary is None else _PARTS_OF_TERMS
        return ";".join(parts.split(text))
    return text


def _truth(value: bool, kind: str) -> str | BadCell:
    if kind == "bool":
        return "true" if value else "false"
    shown = "TRUE" if value else "FALSE"
    return BadCell("是逻辑值，请填所需的内容", "a truth value is not expected", shown)


def _number(value: float, name: str, kind: str) -> str | BadCell:
    whole = value == value // 1 if abs(value) < EXACT else False
    shown = str(int(value)) if whole else repr(float(value))
    if kind == "date":
        hint = ""
        if whole and 0 < value <= LAST_SERIAL:
            hint = f"（设为日期格式后是 {_EPOCH + timedelta(days=int(value))}，请核对）"
        return BadCell(
            f"是数字 {shown}，不是日期{hint}；请设为日期格式或写作 YYYY-MM-DD",
            "a number, not a date: format the cell as a date or write YYYY-MM-DD",
            shown,
        )
    if kind == "text" and name not in CODES and abs(value) >= EXACT:
        return BadCell(
            "超过 15 位的数字，Excel 不保留全部数位；请设为文本后重填",
            "more than 15 digits: Excel does not keep them, format as text and type again",
            f"{value:.0f}",
        )
    if name in CODES and not whole:
        return BadCell(
            "编号被 Excel 存成了不精确的数字，请把单元格设为文本后重填",
            "an id stored as an inexact number: format as text and enter it again",
            shown,
        )
    if name in CODES and value < 0:
        return BadCell("编号不能是负数", "an id is no negative number", shown)
    return shown


def _day(value: date, kind: str) -> str | BadCell:
    moment = isinstance(value, datetime) and value.time() != time()
    day = value.date() if isinstance(value, datetime) else value
    if kind != "date":
        return BadCell(
            "被 Excel 存成了日期；请把单元格设为文本格式后重填",
            "stored as a date by Excel: format the cell as text and enter it again",
            str(value),
        )
    if moment:
        return BadCell("应为日期，不带时刻", "expected a date without a time", str(value))
    return day.isoformat()
